"""Labels of the radar's axes: as much as fits side by side, on a phone or a projector."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from reports.content.radar import CROWDED
from scoring.result import Result, SectionResult
from wording.numbers import below_sign, percent_words

_LINE, _LONG = 5, 15
"""Characters of a title that fit one line of a label, and all three lines."""

GAP, SPACING, LETTER = 8, 1.3, 1.45
"""Pixels between the outer ring and a label; from line to line, and of one line, in font sizes."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Height, margins, font size and least width of the picture, in pixels.

    width: what a phone 390 wide has for it, where nothing else is said.
    """

    height: int
    side: int
    top: int
    bottom: int
    font: int
    width: int = 358


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def inside(self, width: int) -> bool:
        return self.left >= -width / 2 and self.right <= width / 2

    def covers(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def fitting_labels(
    result: Result, elements: Sequence[SectionResult], frame: Frame, names: bool
) -> tuple[list[str], Frame]:
    """A label for each axis: number, title, and the percentage where it is below the line.

    Where they would not fit, only elements below the line keep their title, and where
    even these do not, none. names: whether to try the first.
    Returns: labels, and the frame, with narrow margins where many axes carry numbers only.
    """
    bare = [_label(result, element, False) for element in elements]
    if len(elements) > CROWDED:
        narrow = 3 * frame.font
        return bare, replace(frame, side=4 * frame.font, top=narrow, bottom=narrow)
    below = [result.is_below(element) for element in elements]
    for titled in ([True] * len(below), below) if names else (below,):
        labels = [
            _label(result, element, title) for element, title in zip(elements, titled, strict=True)
        ]
        boxes = [_box(label, index, len(labels), frame) for index, label in enumerate(labels)]
        apart = not any(one.covers(other) for one, other in combinations(boxes, 2))
        if apart and all(box.inside(frame.width) for box in boxes):
            return labels, frame
    return bare, frame


def _label(result: Result, element: SectionResult, titled: bool) -> str:
    below = result.is_below(element)
    number = f"{below_sign(result.scheme) if below else ''}{element.section.id}"
    if not titled:
        return number
    title = element.section.title
    if len(title) > _LONG:
        title = title[: _LONG - 1] + "…"
    width = math.ceil(len(title) / math.ceil(len(title) / _LINE))  # lines of even length
    lines = [title[i : i + width] for i in range(0, len(title), width)]
    lines[0] = f"{number} {lines[0]}"
    if below:
        lines.append(percent_words(result.scheme, element.percent))
    return "<br>".join(lines)


def _box(label: str, index: int, count: int, frame: Frame) -> _Box:
    """Where plotly puts the label of an axis; the first axis points up, the others clockwise."""
    lines = label.split("<br>")
    width = max(sum(0.6 if c.isascii() else 1 for c in line) for line in lines) * frame.font
    height = ((len(lines) - 1) * SPACING + LETTER) * frame.font
    space = (frame.width - 2 * frame.side, frame.height - frame.top - frame.bottom)
    radius = min(space) / 2 + GAP
    angle = math.radians(90 - 360 * index / count)
    x, y = radius * math.cos(angle), -radius * math.sin(angle)
    if abs(math.cos(angle)) < 0.1:
        x -= width / 2
    elif math.cos(angle) < 0:
        x -= width
    y -= (1 + math.sin(angle)) / 2 * height
    return _Box(x, y, x + width, y + height)
