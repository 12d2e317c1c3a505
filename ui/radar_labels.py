"""Labels of the radar's axes: as much as fits a phone side by side."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from scoring.result import SectionResult
from wording.labels import percent_text

_LINE, _LONG = 5, 15
"""Characters of a title that fit one line of a label, and all three lines."""

_PHONE = 358
"""Pixels the picture has on a phone 390 wide."""

_GAP, _SPACING, _LETTER = 8, 1.3, 1.45
"""Pixels between the outer ring and a label; from line to line, and of one line, in font sizes."""

_MANY = 16
"""More axes than this leave no room for any title."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Height, margins and font size of the picture, in pixels."""

    height: int
    side: int
    top: int
    bottom: int
    font: int


@dataclass(frozen=True, slots=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def inside(self) -> bool:
        return self.left >= -_PHONE / 2 and self.right <= _PHONE / 2

    def covers(self, other: "_Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def fitting_labels(
    elements: Sequence[SectionResult], below: Sequence[bool], frame: Frame, names: bool
) -> tuple[list[str], Frame]:
    """A label for each axis: number, title, and the percentage where it is below the line.

    Where they would not fit, only elements below the line keep their title, and where
    even these do not, none. names: whether to try the first.
    Returns: labels, and the frame, with narrow margins where many axes carry numbers only.
    """
    if len(elements) > _MANY:
        narrow = replace(frame, side=40, top=30, bottom=30)
        return [_label(e, low, False) for e, low in zip(elements, below, strict=True)], narrow
    for titled in ([True] * len(below), list(below)) if names else (list(below),):
        labels = [
            _label(element, low, title)
            for element, low, title in zip(elements, below, titled, strict=True)
        ]
        boxes = [_box(label, place, len(labels), frame) for place, label in enumerate(labels)]
        apart = not any(one.covers(other) for one, other in combinations(boxes, 2))
        if apart and all(box.inside for box in boxes):
            return labels, frame
    return [_label(e, low, False) for e, low in zip(elements, below, strict=True)], frame


def _label(element: SectionResult, below: bool, titled: bool) -> str:
    number = f"{'▼' if below else ''}{element.section.id}"
    if not titled:
        return number
    title = element.section.title
    if len(title) > _LONG:
        title = title[: _LONG - 1] + "…"
    width = math.ceil(len(title) / math.ceil(len(title) / _LINE))  # lines of even length
    lines = [title[i : i + width] for i in range(0, len(title), width)]
    lines[0] = f"{number} {lines[0]}"
    if below:
        lines.append(percent_text(element.percent))
    return "<br>".join(lines)


def _box(label: str, place: int, count: int, frame: Frame) -> _Box:
    """Where plotly puts the label of an axis; the first axis points up, the others clockwise."""
    lines = label.split("<br>")
    width = max(sum(0.6 if c.isascii() else 1 for c in line) for line in lines) * frame.font
    height = ((len(lines) - 1) * _SPACING + _LETTER) * frame.font
    space = (_PHONE - 2 * frame.side, frame.height - frame.top - frame.bottom)
    radius = min(space) / 2 + _GAP
    angle = math.radians(90 - 360 * place / count)
    x, y = radius * math.cos(angle), -radius * math.sin(angle)
    if abs(math.cos(angle)) < 0.1:
        x -= width / 2
    elif math.cos(angle) < 0:
        x -= width
    y -= (1 + math.sin(angle)) / 2 * height
    return _Box(x, y, x + width, y + height)
