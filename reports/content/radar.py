"""What a radar shows, wherever it is drawn."""

from fractions import Fraction

from reports.content.blocks import Axis, Radar
from schemes import Scheme
from scoring.result import PartResult, Result
from wording.numbers import below_sign, line_words, percent_number, percent_words

FEWEST = 3
"""Axes below which there is no area to draw."""

CROWDED = 16
"""With more axes than this there is room for numbers only; a table has the titles."""


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


def radar_block(
    result: Result, part: PartResult, before: Result | None = None, *, titles: bool = True
) -> Radar | None:
    """A part's radar; None below three elements that apply. As `axes_of`."""
    if len(part.applicable) < FEWEST:
        return None
    scheme, axes = result.scheme, axes_of(result, part, before, titles=titles)
    return Radar(
        radar_title(part),
        tuple(axes),
        radar_words(scheme, axes),
        scheme.drawn_line,
        line_words(scheme) or "",
        below_sign(scheme),
        required=scheme.element_line is not None,
    )


def radar_title(part: PartResult) -> str:
    """What to call a part's radar."""
    title = part.part.title
    return f"{title}：要素得分率雷达图" if title else "要素得分率雷达图"
