"""Breaking text into lines as Chinese print does."""

import re
from collections.abc import Callable, Iterator

_WORD = re.compile(r"[A-Za-z0-9.,:%/+\-]+|.", re.DOTALL)
"""What stays together where it can: a word or number, or else one character."""

_JOINED = re.compile(r"[A-Za-z0-9.,:%/+\-]{2}")
_BACK = 12
"""Characters to look back for a better place to break."""

_SURELY = 1 - 1e-9
"""Of a width: what is below it fits, in whatever order floats were added."""

_NEVER_FIRST = frozenset("，。、；：？！）】》〉」』”’…%,.;:?!)]}")
_NEVER_LAST = frozenset("×（【《〈「『“‘([{")


def break_lines(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """Lines of `text` that are at most `width` wide, at least one.

    A line starts with no closing mark and ends with no opening one where that can be had; white
    space at a break is dropped, nothing else is. measure: width of one character.
    """
    return [line for part in text.split("\n") for line in _wrapped(part, width, measure)]


def _wrapped(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    if sum(map(measure, text)) < width * _SURELY:
        yield text.rstrip(" ")
        return
    line, used = "", 0.0
    for piece in _pieces(text, width, measure):
        size = sum(map(measure, piece))
        if line and used + size > width:
            keep = _split(line, piece)
            yield line[:keep].rstrip(" ")
            line = line[keep:].lstrip(" ")
            used = sum(map(measure, line))
            if line and used + size > width:
                yield line
                line, used = "", 0.0
            if not line and piece == " ":
                continue
        line, used = line + piece, used + size
    yield line.rstrip(" ")


def _pieces(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """Words that fit into a line, and single characters."""
    for word in _WORD.findall(text):
        if len(word) > 1 and sum(map(measure, word)) > width:
            yield from word
        else:
            yield word


def _split(line: str, piece: str) -> int:
    """Where to break before `piece` so that both lines look right; the end if nowhere."""
    for keep in range(len(line), max(len(line) - _BACK, 0), -1):
        first = line[keep] if keep < len(line) else piece[0]
        parted = keep < len(line) and bool(_JOINED.fullmatch(line[keep - 1 : keep + 1]))
        if first not in _NEVER_FIRST and line[keep - 1] not in _NEVER_LAST and not parted:
            return keep
    return len(line)
