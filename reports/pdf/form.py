"""A grid to be filled in by hand."""

from reports.content.blocks import Form, FormCell, FormRow
from reports.content.palette import GREY, PALE
from reports.pdf.canvas import Canvas

_STEP, _BESIDE, _ABOVE, _SIZE = 4.8, 1.5, 1.2, 9.0
"""Millimetres from line to line, beside and above a cell's text; points of its font."""

_LONGEST = 45
"""Lines of a cell; more than a page is not to be filled in by hand."""


def draw_form(canvas: Canvas, form: Form) -> None:
    """Draw the rows, those that belong together on one page."""
    scale = canvas.epw / sum(form.widths)
    widths = [width * scale for width in form.widths]
    with canvas.holding("Table"):
        for index, row in enumerate(form.rows):
            heights = [_height(canvas, row, widths)]
            while form.rows[index + len(heights) - 1].keep and index + len(heights) < len(
                form.rows
            ):
                heights.append(_height(canvas, form.rows[index + len(heights)], widths))
            together = sum(heights)
            page = canvas.h - canvas.t_margin - canvas.b_margin
            if canvas.room() < (together if together < page else heights[0]):
                canvas.add_page()
            _row(canvas, row, widths, heights[0])
    canvas.ln(3)


def _spans(row: FormRow, widths: list[float]) -> list[tuple[FormCell, float]]:
    """Each cell with its width."""
    spans, place = [], 0
    for cell in row.cells:
        spans.append((cell, sum(widths[place : place + cell.span])))
        place += cell.span
    return spans


def _lines(canvas: Canvas, cell: FormCell, width: float) -> list[str]:
    canvas.style(_SIZE, bold=cell.label)
    return canvas.lines(cell.text, width - 2 * _BESIDE)[:_LONGEST]


def _height(canvas: Canvas, row: FormRow, widths: list[float]) -> float:
    tallest = max(len(_lines(canvas, *pair)) for pair in _spans(row, widths))
    return max(row.height, tallest * _STEP + 2 * _ABOVE)


def _row(canvas: Canvas, row: FormRow, widths: list[float], height: float) -> None:
    top, left = canvas.get_y(), canvas.l_margin
    with canvas.holding("TR"):
        for cell, width in _spans(row, widths):
            lines = _lines(canvas, cell, width)
            with (
                canvas.artifact(),
                canvas.local_context(draw_color=GREY, fill_color=PALE, line_width=0.2),
            ):
                canvas.rect(left, top, width, height, style="DF" if cell.label else "D")
            canvas.style(_SIZE, bold=cell.label)
            y = top + (height - len(lines) * _STEP) / 2
            with canvas.tagged("TH" if cell.label else "TD", span=cell.span):
                for line in lines:
                    canvas.set_xy(left + _BESIDE, y)
                    canvas.put(width - 2 * _BESIDE, _STEP, line)
                    y += _STEP
            left += width
    canvas.set_xy(canvas.l_margin, top + height)
