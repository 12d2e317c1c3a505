"""A percentage as a bar."""

from reports.content.blocks import Bar, Mark
from reports.content.palette import AMBER, BLUE, GREEN, GREY, RED, Colour
from reports.pdf.canvas import Canvas

_COLOURS: dict[Mark, Colour] = {
    Mark.MET: GREEN,
    Mark.OPEN: AMBER,
    Mark.UNMET: RED,
    Mark.NEUTRAL: BLUE,
}
_HEIGHT, _HATCH = 3.0, 0.9
"""Millimetres of the bar, and between the lines of a hatch."""


def draw_bar(canvas: Canvas, bar: Bar, corner: tuple[float, float], width: float) -> None:
    """A bar, `width` by 3 millimetres when full, from its upper left corner.

    What could still be lost in review is hollow, and what misses a line that counts is hatched.
    """
    x, y = corner
    full, sure = (width * float(share) / 100 for share in (bar.percent, bar.low))
    colour = _COLOURS[bar.mark]
    with canvas.local_context(draw_color=GREY, line_width=0.1):
        canvas.rect(x, y, width, _HEIGHT)
    with canvas.local_context(draw_color=colour, fill_color=colour, line_width=0.25):
        canvas.rect(x, y, full, _HEIGHT)
        if bar.mark is Mark.UNMET:
            _hatch(canvas, x, y, full)
        else:
            canvas.rect(x, y, sure, _HEIGHT, style="F")
    if bar.line is not None:
        mark = x + width * float(bar.line) / 100
        with canvas.local_context(line_width=0.3):
            canvas.line(mark, y - 0.6, mark, y + _HEIGHT + 0.6)


def _hatch(canvas: Canvas, x: float, y: float, width: float) -> None:
    with canvas.rect_clip(x, y, width, _HEIGHT):
        start = x - _HEIGHT
        while start < x + width:
            canvas.line(start, y + _HEIGHT, start + _HEIGHT, y)
            start += _HATCH
