"""The e-mail addresses in what somebody typed or pasted into one field."""

import re
import unicodedata
from dataclasses import dataclass

MOST = 254
"""Characters that an address can have."""

LONGEST = 5000
"""Characters that are read of one field."""

_SEPARATORS = re.compile(r"[,;、\n\r\t]+")
_NAMED = re.compile(r"[^<>]*<([^<>]*)>")
"""王会计 <wang@example.com>, as mail programs write it."""

_ADDRESS = re.compile(r"[^\s@<>()\"',;:\\\[\]]+@[^\s@<>()\"',;:\\\[\]]+\.[^\s@<>()\"',;:\\\[\].]+")
_INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """understood: addresses, each once, in the order typed. refused: pieces that are none."""

    understood: tuple[str, ...]
    refused: tuple[str, ...]


def addresses_in(typed: str) -> Addresses:
    """What is meant by a field's text: one address or several, with or without names.

    Full-width signs of addresses (＠ ． ，) are taken for what they look like; letters are not,
    as another letter is another person's address. What is longer than a field is refused whole.
    """
    if len(typed) > LONGEST:
        return Addresses((), (typed,))
    understood: list[str] = []
    refused: list[str] = []
    for piece in _SEPARATORS.split(_narrowed(typed)):
        words = piece.strip()
        if not words:
            continue
        named = _NAMED.fullmatch(words)
        found = [_bare(named[1])] if named else _several(words)
        if all(_is_address(one) for one in found):
            understood += found
        else:
            refused.append(words)
    return Addresses(tuple(dict.fromkeys(understood)), tuple(dict.fromkeys(refused)))


def _narrowed(typed: str) -> str:
    """With the signs of an address as they are written in one, and nothing invisible."""
    kept = "".join(
        sign for sign in typed if sign in "\n\r\t" or unicodedata.category(sign) not in _INVISIBLE
    )
    return kept.translate(str.maketrans("＠．。，；＜＞（）＿－", "@..,;<>()_-"))


def _several(words: str) -> list[str]:
    """What stands between spaces, without a name in brackets and without spaces around a sign.

    Words are never drawn together: `王 li@example.com` would make another person's address.
    """
    bare = re.sub(r"\([^()]*\)", " ", words).strip()
    found = [_bare(one) for one in bare.split()]
    if not found:
        return [words]
    if all(map(_is_address, found)):
        return found
    return [_bare(one) for one in re.sub(r"\s*([@.])\s*", r"\1", bare).split()]


def _bare(words: str) -> str:
    return re.sub(r"\s", "", words).removeprefix("mailto:").strip(".")


def _is_address(words: str) -> bool:
    return len(words) <= MOST and bool(_ADDRESS.fullmatch(words))
