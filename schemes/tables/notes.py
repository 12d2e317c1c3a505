"""What the 考评说明 around a table says of full marks and grades: proposals, with the sentence."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from schemes.tables.grammar.plain import plain, sentences

_FULL = re.compile(r"(?:共计|总计|满分|总分值?|合计)(?:为|是|共)?(\d{2,4})分")
_TITLE = (
    r"(?P<{}>[一二三四]级|[甲乙丙]级|[ABC]级|优秀|良好|基本合格|(?<!不)(?<!基本)合格|(?<!不)达标)"
)
_MIN = r"(?:≥|>=|＞=|不低于|不少于|不小于|大于等于|大于或等于|达到|在)"
_NUMBER = r"(?P<line>\d{2,4}(?:\.\d)?)"
_INCLUSIVE = r"(?:（含[^）]*）|含|及)*"
_AFTER = re.compile(
    _TITLE.format("title")
    + rf"(?:企业)?[^\d，。；级]{{0,12}}?{_MIN}?{_NUMBER}(?:分|%)?{_INCLUSIVE}(?P<up>以上)?"
)
_BEFORE = re.compile(
    rf"{_MIN}?{_NUMBER}(?:分|%){_INCLUSIVE}(?:以上)?{_INCLUSIVE}[^\d，。；]{{0,12}}?"
    r"(?:为|评为|定为|达到|的，?为)" + _TITLE.format("title")
)
_ROUNDED = re.compile(r"四舍五入[^。]{0,12}小数点后([一两二1-2])位")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A number that a sentence gives, to be confirmed. title: of a grade."""

    value: Decimal
    sentence: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Proposals:
    """Full marks, grade lines from the highest, and decimals that a total is rounded to.

    percent: whether the notes speak of a total out of a hundred.
    """

    full: Proposal | None
    grades: tuple[Proposal, ...]
    decimals: Proposal | None
    percent: bool = False

    def in_points(self, full: Decimal) -> bool:
        """Whether the lines are points out of the full marks, not out of a hundred."""
        lines = [grade.value for grade in self.grades]
        return (
            bool(lines)
            and not self.percent
            and full * _LOWEST <= max(lines) <= full
            and full != 100
        )


_LOWEST = Decimal("0.6")
"""Of the full marks; no highest grade asks for less."""
_PERCENT = re.compile(r"百分制|换算|折算|折合|得分率|百分率|%|÷|/")


def proposals(notes: Sequence[str]) -> Proposals:
    """What the notes propose; grade lines only where they fall from the first to the last."""
    said = [one for note in notes for one in sentences(plain(note))]
    full = [Proposal(Decimal(m[1]), s) for s in said if (m := _FULL.search(s))]
    rounded = [
        Proposal(Decimal(1 if m[1] in "一1" else 2), s)
        for s in [plain(note) for note in notes]
        if (m := _ROUNDED.search(s))
    ]
    grades = list(_grades(said))
    lines = [grade.value for grade in grades]
    titles = {grade.title for grade in grades}
    falling = all(a > b for a, b in itertools.pairwise(lines))
    sure = falling and len(titles) == len(grades)
    return Proposals(
        full[0] if len({one.value for one in full}) == 1 else None,
        tuple(grades) if sure else (),
        rounded[0] if rounded else None,
        any(_PERCENT.search(plain(note)) for note in notes),
    )


def _grades(said: Sequence[str]) -> Iterator[Proposal]:
    seen: set[tuple[str, str]] = set()
    for sentence in said:
        for pattern in (_BEFORE, _AFTER):
            found = [
                m
                for m in pattern.finditer(sentence)
                if pattern is _BEFORE or re.search(_MIN, m[0]) or m["up"]
            ]
            for match in found:
                key = (match["title"], match["line"])
                if key not in seen:
                    seen.add(key)
                    yield Proposal(Decimal(match["line"]), sentence, match["title"])
            if found:
                break
