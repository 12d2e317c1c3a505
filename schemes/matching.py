"""Which row of a changed table is which row of the one before: by number, then by words.

Numbers move when a row is put in between, so words count more. Nothing here is certain; what was
found is shown row by row before anybody installs it.
"""

from collections.abc import Mapping, Sequence

_SAME_NUMBER = 0.4
"""Likeness from which two texts under one number are one row whose words were changed."""

_OTHER_NUMBER = 0.7
"""Likeness from which two texts under different numbers are one."""

_MOST = 400
"""Rows left over on a side beyond which they are only compared by number."""


def matched(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    """The older key of each newer one that has one; no older key twice.

    old, new: the words of each row by its number, in order.
    """
    before = {key: _plain(text) for key, text in old.items()}
    after = {key: _plain(text) for key, text in new.items()}
    found: dict[str, str] = {}
    left = dict(before)

    def take(key: str, older: str) -> None:
        found[key] = older
        del left[older]

    for key, text in after.items():
        if left.get(key) == text:
            take(key, key)
    by_text: dict[str, list[str]] = {}
    for older, text in left.items():
        by_text.setdefault(text, []).append(older)
    for key, text in after.items():
        if key not in found and text and by_text.get(text):
            take(key, by_text[text].pop(0))
    for key, text in after.items():
        if key not in found and key in left and likeness(text, left[key]) >= _SAME_NUMBER:
            take(key, key)
    lonely = [key for key in after if key not in found]
    if max(len(lonely), len(left)) <= _MOST:
        _by_likeness(lonely, after, left, found)
    return found


def likeness(one: str, other: str) -> float:
    """How much of two texts is the same, from 0 to 1: of the pairs of characters next to another.

    Texts of one character are alike when they are the same.
    """
    first, second = _pairs(one), _pairs(other)
    if not first or not second:
        return float(one == other)
    return 2 * len(first & second) / (len(first) + len(second))


def _by_likeness(
    lonely: Sequence[str],
    after: Mapping[str, str],
    left: dict[str, str],
    found: dict[str, str],
) -> None:
    """The most alike first; among equals the first of the table."""
    pairs = {older: _pairs(text) for older, text in left.items()}
    scores = []
    for place, key in enumerate(lonely):
        mine = _pairs(after[key])
        for other, (older, theirs) in enumerate(pairs.items()):
            if mine and theirs:
                score = 2 * len(mine & theirs) / (len(mine) + len(theirs))
                if score >= _OTHER_NUMBER:
                    scores.append((-score, place, other, key, older))
    for *_, key, older in sorted(scores, key=lambda one: one[:3]):
        if key not in found and older in left:
            found[key] = older
            del left[older]


def _plain(text: str) -> str:
    return "".join(text.split())


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
