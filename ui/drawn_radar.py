"""The radar beside an item, which every click draws anew: a picture of lines and words, as SVG.

A figure of plotly's took nearly half of what the browser's scripts did for a click, as it measures
each label again, and here nothing is pointed at. The picture grows and shrinks as a whole with the
room there is.
"""

import math
from collections.abc import Sequence
from fractions import Fraction
from html import escape

import streamlit as st

from scoring.result import PartResult, Result
from ui.radar_figure import BLUE, FONT, GREY, RED
from ui.radar_labels import GAP, LETTER, SPACING, Frame, fitting_labels

_FRAME = Frame(height=290, side=78, top=44, bottom=44, font=11)
"""In units that are pixels on a phone."""

_MARK = 5.5
"""How far a triangle reaches from its middle."""

_RIM, _SPOKE = "#444", "#d5dbe1"


def drawn_radar(result: Result, part: PartResult) -> None:
    """Draw the radar of a part, of three elements that apply or more.

    What it says stands in words beside it, so to a screen reader it is but named.
    """
    st.image(radar_svg(result, part), width="stretch", alt="各要素得分率的雷达图")


def radar_svg(result: Result, part: PartResult) -> str:
    """The radar as SVG: rings, spokes, what is unreviewed as nothing, what is, and the labels."""
    scheme, elements = result.scheme, part.applicable
    labels, frame = fitting_labels(result, elements, _FRAME, names=False)
    axes = _Axes(len(elements), frame)
    line, required = scheme.drawn_line, scheme.element_line is not None
    shapes = [
        f'<path d="{"".join(f"M0 0L{axes.at(i, 1)}" for i in range(len(elements)))}"'
        f' stroke="{_SPOKE}"/>',
        _ring(axes.radius * float(line or 50) / 100, GREY, dashed=line is not None),
        _ring(axes.radius, _RIM, dashed=False),
    ]
    if any(element.low < element.score for element in elements):
        low = axes.polygon([element.low_percent for element in elements])
        shapes.append(
            f'<path d="{low}" stroke="{GREY}" stroke-width="1.5" stroke-dasharray="1.5 3"/>'
        )
    values = [element.percent for element in elements]
    shapes.append(
        f'<path d="{axes.polygon(values)}" stroke="{BLUE}" stroke-width="2"'
        f' fill="{BLUE}" fill-opacity=".18"/>'
    )
    shapes += [
        _triangle(axes.at(i, _share(value)), required=required)
        for i, (element, value) in enumerate(zip(elements, values, strict=True))
        if result.is_below(element)
    ]
    words = [_words(label, axes.angle(i), axes.radius, frame) for i, label in enumerate(labels)]
    box = f"{-frame.width / 2:g} {-frame.height / 2:g} {frame.width} {frame.height}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{frame.width}" height="{frame.height}"'
        f' viewBox="{box}" fill="none" font-size="{frame.font}" font-family="{FONT["family"]}">'
        f"{''.join(shapes)}"
        f'<g fill="{_RIM}">{"".join(words)}</g></svg>'
    )


class _Axes:
    """Where a share of an axis is; the first one points up, the others follow clockwise."""

    def __init__(self, count: int, frame: Frame) -> None:
        room = (frame.width - 2 * frame.side, frame.height - frame.top - frame.bottom)
        self.radius = min(room) / 2
        self._count = count

    def angle(self, index: int) -> float:
        return math.radians(90 - 360 * index / self._count)

    def at(self, index: int, share: float) -> str:
        """X and y, which grows downwards."""
        angle, far = self.angle(index), self.radius * share
        return f"{far * math.cos(angle):.1f} {-far * math.sin(angle):.1f}"

    def polygon(self, percents: Sequence[Fraction | None]) -> str:
        corners = (self.at(index, _share(percent)) for index, percent in enumerate(percents))
        return f"M{'L'.join(corners)}Z"


def _share(percent: Fraction | None) -> float:
    return float(percent or 0) / 100


def _ring(radius: float, colour: str, *, dashed: bool) -> str:
    dashes = ' stroke-dasharray="9 9"' if dashed else ""
    return f'<circle r="{radius:.1f}" stroke="{colour}"{dashes}/>'


def _triangle(place: str, *, required: bool) -> str:
    """required: whether the standard sets the line; a reference fails nobody and is no red."""
    half = _MARK * 2 / math.sqrt(3)
    look = f'fill="{RED}" fill-opacity=".8"' if required else f'stroke="{BLUE}"'
    shape = f"M{-half:.1f} {-_MARK / 2:.1f}h{2 * half:.1f}L0 {_MARK:g}Z"
    return f'<path transform="translate({place})" d="{shape}" {look}/>'


def _words(label: str, angle: float, radius: float, frame: Frame) -> str:
    """A label outside the rim, as `fitting_labels` has reckoned with."""
    lines = label.split("<br>")
    x, y = (radius + GAP) * math.cos(angle), -(radius + GAP) * math.sin(angle)
    height = ((len(lines) - 1) * SPACING + LETTER) * frame.font
    top = y - (1 + math.sin(angle)) / 2 * height
    side = "middle" if abs(math.cos(angle)) < 0.1 else "end" if math.cos(angle) < 0 else "start"
    spans = (
        f'<tspan x="{x:.1f}" y="{top + (1.1 + place * SPACING) * frame.font:.1f}">'
        f"{escape(words)}</tspan>"
        for place, words in enumerate(lines)
    )
    return f'<text text-anchor="{side}">{"".join(spans)}</text>'
