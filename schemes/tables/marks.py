"""What ★ says of the rows that it marks: they must be met in full, for every grade or for some."""

import re
from collections.abc import Mapping, Sequence

from schemes.tables.grammar.plain import plain, sentences

_RUN = re.compile(r"([★☆▲]{1,3}|\*{1,3})(?:”|号)?")
_MUST = re.compile(
    r"必备|必达|缺一不可|满分|不得扣分|否决|(?:必须|应当?|均?应|须|要|需)(?:全部|完全|100%)?(?:满足|达标|达到)"
    r"|(?:全部|完全)(?:满足|达到)"
)
_GRADE = re.compile(r"([一二三])级(及以上|以上|及以下|以下)?")
_ORDER = "一二三"
EVERY = ""
"""Stands for every grade."""


def required(notes: Sequence[str]) -> Mapping[int, frozenset[str]]:
    """By the number of stars, the grades that ask for the full points of rows marked so.

    `EVERY` where none is named. Empty where no sentence says what a star is.
    """
    found: dict[int, frozenset[str]] = {}
    for note in notes:
        for sentence in sentences(plain(note)):
            runs = list(_RUN.finditer(sentence))
            if not runs or not _MUST.search(sentence):
                continue
            ends = [*(run.start() for run in runs[1:]), len(sentence)]
            for run, end in zip(runs, ends, strict=True):
                words = sentence[run.end() : end]
                grades = frozenset(g for m in _GRADE.finditer(words) for g in _grades(m))
                found[len(run[1])] = found.get(len(run[1]), frozenset()) | (grades or {EVERY})
    return found


def _grades(found: re.Match[str]) -> Sequence[str]:
    place = _ORDER.index(found[1])
    more = found[2] or ""
    names = _ORDER[: place + 1] if "上" in more else _ORDER[place:] if "下" in more else found[1]
    return [f"{name}级" for name in names]


def stars_in(*texts: str) -> int:
    """How many stars mark a row, in the longest run of them."""
    return max((len(run[1]) for text in texts for run in _RUN.finditer(text)), default=0)


def asked_by(stars: int, meaning: Mapping[int, frozenset[str]], titles: Sequence[str]) -> set[str]:
    """The grades of the scheme, highest first, that ask for a row with so many stars.

    What a lower grade asks for the higher ones ask for as well.
    """
    if not stars or not meaning:
        return set()
    only = len(meaning) == 1 and meaning.get(1)
    said = meaning.get(stars) or only or frozenset[str]()
    if EVERY in said:
        return set(titles)
    lowest = max((place for place, title in enumerate(titles) if title[:2] in said), default=-1)
    return set(titles[: lowest + 1])
