"""What a radar shows, wherever it is drawn."""

from dataclasses import dataclass
from fractions import Fraction

from schemes import Scheme
from scoring.result import PartResult, Result
from wording.numbers import percent_number, percent_words

FEWEST = 3
"""Axes below which there is no area to draw."""

CROWDED = 16
"""With more axes than this there is room for numbers only; a table has the titles."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One element on the radar.

    value: percentage; shown: the same in words; below: whether it misses the line.
    title: left out where many axes leave no room for it. earlier: percentage in the
    self-assessment, where there was one and the element applied.
    """

    number: str
    title: str
    value: Fraction
    shown: str
    below: bool
    earlier: Fraction | None = None


def axes_of(
    result: Result, part: PartResult, before: Result | None = None, *, titles: bool = True
) -> list[Axis]:
    """The axes of a part's radar: its elements that apply.

    before: the result of the self-assessment. titles: whether there is room for them.
    """
    named = titles and len(part.applicable) <= CROWDED
    earlier = {e.section.id: e.percent for e in before.elements} if before else {}
    return [
        Axis(
            e.section.id,
            e.section.title if named else "",
            e.percent or Fraction(0),
            percent_number(result.scheme, e.percent or Fraction(0)),
            result.is_below(e),
            earlier.get(e.section.id),
        )
        for e in part.applicable
    ]


def radar_words(scheme: Scheme, axes: list[Axis]) -> str:
    """What the radar shows, for those who cannot see it."""
    return "雷达图，得分率：" + "；".join(
        f"{axis.number} {axis.title} {axis.shown}%"
        + (f"（自评 {percent_words(scheme, axis.earlier)}）" if axis.earlier is not None else "")
        + ("，低于线" if axis.below else "")
        for axis in axes
    )


def radar_title(part: PartResult) -> str:
    """What to call a part's radar."""
    title = part.part.title
    return f"{title}：要素得分率雷达图" if title else "要素得分率雷达图"
