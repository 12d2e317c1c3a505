"""The radar drawn as vectors."""

import io
import math
from collections.abc import Sequence
from fractions import Fraction

import pypdfium2

from reports.content.blocks import Axis, Radar
from reports.content.palette import BLUE, BROWN, GREEN, GREY, INK, RED, Colour
from reports.pdf.canvas import Canvas
from reports.pdf.metadata import About
from scoring.numbers import text

Point = tuple[float, float]

_SIZE, _STEP, _WIDE = 7.5, 3.1, 7
"""Of a label: size in points, millimetres from line to line, characters of a line."""

_LINE, _EARLIER = (1.2, 1.0), (3.5, 1.5)
"""Dash and gap of the line's ring and of the earlier outline, in millimetres."""

Style = tuple[Colour, tuple[float, ...], float]
"""Colour, dash and gap, and width of a line, in millimetres."""

_STYLES: tuple[Style, ...] = (
    (BLUE, (), 0.7),
    (BROWN, (3.5, 1.5), 0.5),
    (GREEN, (0.5, 1.1), 0.6),
    (INK, (6.5, 1.4), 0.35),
    (RED, (1.6, 0.8), 0.5),
)
"""Of each of several outlines; the dashes alone tell them apart."""

_SHARP = 200 / 72
"""Pixels per point of the picture."""

_POINTS = 72 / 25.4
"""Of a millimetre."""


def radar_legend(canvas: Canvas, radar: Radar, *, short: bool = False) -> None:
    """A line of samples of what the radar's lines mean. short: for half the width of a page."""
    line = radar.line
    canvas.style(8, colour=GREY)
    x, y = canvas.get_x(), canvas.get_y()
    with canvas.tagged("P"):
        if radar.outlines:
            x, y = _outline_samples(canvas, radar, (x, y))
        if radar.compared:
            x = _sample(canvas, (x, y), radar.states[0], (BLUE, (), 0.4))
            x = _sample(canvas, (x, y), radar.states[1], (BROWN, _EARLIER, 0.4))
        if line:
            words = f"{text(line)}%" if short else radar.line_words
            x = _sample(canvas, (x, y), words, (INK if radar.required else GREY, _LINE, 0.4))
            low = "低于线" if radar.required else "参考线以下"
            if not radar.outlines:
                x = _words(canvas, (x, y), f"{radar.sign}：{low}{'' if short else '的要素'}")
        if not short:
            _words(canvas, (x, y), "单位：%")
    canvas.set_xy(canvas.l_margin, y + 6)


def _outline_samples(canvas: Canvas, radar: Radar, corner: Point) -> Point:
    """A sample of each outline, on as many lines as they need. Returns: where the next begins."""
    x, y = corner
    for outline, style in zip(radar.outlines, _STYLES, strict=False):
        if (
            x > canvas.l_margin
            and x + 12 + canvas.get_string_width(outline.name) > canvas.w - canvas.r_margin
        ):
            x, y = canvas.l_margin, y + 5
        x = _sample(canvas, (x, y), outline.name, style)
    return canvas.l_margin, y + 5


def _sample(canvas: Canvas, corner: Point, words: str, style: Style) -> float:
    """A piece of a line and what it means. Returns: where the next may begin."""
    x, y = corner
    colour, dashes, width = style
    with canvas.local_context(draw_color=colour, line_width=width):
        canvas.set_dash_pattern(*dashes)
        canvas.line(x, y + 2.3, x + 9, y + 2.3)
        canvas.set_dash_pattern()
    return _words(canvas, (x + 10.5, y), words)


def _words(canvas: Canvas, corner: Point, words: str) -> float:
    canvas.set_xy(*corner)
    width = canvas.get_string_width(words)
    canvas.put(width, 4.6, words)
    return corner[0] + width + 5


def radar_pngs(radars: Sequence[Radar], width: float, height: float) -> list[bytes]:
    """Radars as pictures of `width` by `height` millimetres.

    Each is drawn in the middle of a page, of which the rest is cut off.
    """
    if not radars:
        return []
    canvas = Canvas(About(""), ())
    centre = (canvas.w / 2, canvas.h / 2)
    for index, radar in enumerate(radars):
        if index:
            canvas.add_page()
        draw_radar(canvas, radar, centre, height / 2 - 14)
    side, foot = (canvas.w - width) / 2 * _POINTS, (canvas.h - height) / 2 * _POINTS
    with pypdfium2.PdfDocument(bytes(canvas.output())) as document:
        pages = [document[index] for index in range(len(radars))]
        return [_png(page.render(scale=_SHARP, crop=(side, foot, side, foot))) for page in pages]


def _png(bitmap: pypdfium2.PdfBitmap) -> bytes:
    png = io.BytesIO()
    bitmap.to_pil().save(png, "PNG")
    return png.getvalue()


def draw_radar(canvas: Canvas, radar: Radar, centre: Point, radius: float) -> None:
    """Draw the radar around `centre` (millimetres) with rings every 20 per cent.

    The line is a dashed ring; what misses it is red where the standard sets it.
    """
    line, axes = radar.line, radar.axes
    corners = [_direction(i, len(axes)) for i in range(len(axes))]
    _rings(canvas, corners, centre, radius)
    if line is not None:
        canvas.set_line_width(0.25)
        canvas.set_dash_pattern(*_LINE)
        ring = [_at(centre, c, radius * float(line) / 100) for c in corners]
        _polygon(canvas, ring, INK if radar.required else GREY)
        canvas.set_dash_pattern()
    if radar.outlines:
        _outlines(canvas, radar, corners, centre, radius)
        return
    points = [
        _at(centre, c, radius * float(axis.value) / 100)
        for c, axis in zip(corners, axes, strict=True)
    ]
    canvas.set_line_width(0.5)
    with canvas.local_context(fill_opacity=0.2, fill_color=BLUE):
        _polygon(canvas, points, BLUE, filled=True)
    _outline(
        canvas, [axis.earlier for axis in axes], corners, (centre, radius), (BROWN, _EARLIER, 0.5)
    )
    canvas.set_line_width(0.2)
    for corner, point, axis in zip(corners, points, axes, strict=True):
        failed = axis.below and radar.required
        with canvas.local_context(fill_color=RED if failed else BLUE):
            canvas.circle(point[0], point[1], 1.0 if axis.below else 0.6, style="F")
        _label(canvas, radar, axis, corner, _at(centre, corner, radius + 3))


def _outlines(
    canvas: Canvas, radar: Radar, corners: list[Point], centre: Point, radius: float
) -> None:
    """Each state as an outline of its own, the first one on top, and the axes' titles."""
    styled = list(zip(radar.outlines, _STYLES, strict=False))
    for outline, style in reversed(styled):
        _outline(canvas, outline.values, corners, (centre, radius), style)
    canvas.set_line_width(0.2)
    for corner, axis in zip(corners, radar.axes, strict=True):
        _label(canvas, radar, axis, corner, _at(centre, corner, radius + 3))


def _outline(
    canvas: Canvas,
    values: Sequence[Fraction | None],
    corners: list[Point],
    circle: tuple[Point, float],
    style: Style,
) -> None:
    """An outline with dashes, open where an element does not apply; alone, it is a dot.

    circle: its centre and its radius.
    """
    centre, radius = circle
    points = [
        None if value is None else _at(centre, c, radius * float(value) / 100)
        for c, value in zip(corners, values, strict=True)
    ]
    colour, dashes, width = style
    with canvas.local_context(draw_color=colour, fill_color=colour, line_width=width):
        canvas.set_dash_pattern(*dashes)
        for one, next_one in zip(points, points[1:] + points[:1], strict=True):
            if one and next_one:
                canvas.line(*one, *next_one)
        canvas.set_dash_pattern()
        for before, point, after in zip(
            points[-1:] + points[:-1], points, points[1:] + points[:1], strict=True
        ):
            if point and not before and not after:
                canvas.circle(point[0], point[1], 0.7, style="F")


def _direction(index: int, count: int) -> Point:
    """Unit vector of an axis: the first upward, the others clockwise."""
    angle = 2 * math.pi * index / count
    return math.sin(angle), -math.cos(angle)


def _at(centre: Point, direction: Point, length: float) -> Point:
    return centre[0] + direction[0] * length, centre[1] + direction[1] * length


def _rings(canvas: Canvas, corners: list[Point], centre: Point, radius: float) -> None:
    canvas.set_line_width(0.1)
    canvas.set_font("main", "", 6)
    for percent in (20, 40, 60, 80, 100):
        _polygon(canvas, [_at(centre, c, radius * percent / 100) for c in corners], GREY)
        canvas.set_text_color(*GREY)
        canvas.text(centre[0] + 0.5, centre[1] - radius * percent / 100 - 0.4, str(percent))
    for corner in corners:
        end = _at(centre, corner, radius)
        canvas.line(centre[0], centre[1], end[0], end[1])


def _polygon(canvas: Canvas, points: list[Point], colour: Colour, filled: bool = False) -> None:
    canvas.set_draw_color(*colour)
    canvas.polygon(points, style="DF" if filled else "D")


def _label(canvas: Canvas, radar: Radar, axis: Axis, corner: Point, outside: Point) -> None:
    """Number and value, then the title in short lines, outside the last ring."""
    x, y = outside
    canvas.set_font("main", "B" if axis.below else "", _SIZE)
    canvas.set_text_color(*(RED if axis.below and radar.required else INK))
    lines = [f"{radar.sign if axis.below else ''}{axis.number} {axis.shown}".rstrip()]
    lines += [axis.title[i : i + _WIDE] for i in range(0, len(axis.title), _WIDE)]
    y -= (1 - corner[1]) / 2 * (len(lines) - 1) * _STEP  # above at the top, below at the foot
    for line in lines:
        width = canvas.get_string_width(line)
        left = width / 2 if abs(corner[0]) < 0.1 else width if corner[0] < 0 else 0
        canvas.text(x - left, y + 1 + corner[1], line)
        y += _STEP
    canvas.set_text_color(*INK)
