"""Tables whose rows may go on over a page's end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.content.palette import GREY, INK, PALE
from reports.content.tables import Table
from reports.pdf.canvas import Canvas

Under = Callable[[int, int, float, float, float], None]
"""Paints under a cell: row and column from 0, left edge, top, height in millimetres."""

_STEP, _ABOVE, _BESIDE = 4.6, 0.8, 1.5
"""Millimetres from line to line, above and below, and beside the text of a cell."""

_WHOLE = 8
"""Rows of at most so many lines are moved to the next page rather than split."""

TABLE_ROOM = 57
"""Millimetres for a heading, the header, and the tallest row that is not split."""

_FEW = 3
"""Lines worth beginning a longer row for at the foot of a page."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left edges, widths and alignments of all columns."""

    lefts: list[float]
    widths: list[float]
    align: str


def grid(
    canvas: Canvas,
    table: Table,
    widths: Sequence[float],
    align: str,
    under: Under | None = None,
) -> None:
    """Draw a table whose header repeats on every page.

    table: header and rows. widths: relative. align: one letter a column, L, C or R.
    under: paints behind the text.
    """
    header, rows = table
    scale = canvas.epw / sum(widths)
    sized = [width * scale for width in widths]
    lefts = [canvas.l_margin + sum(sized[:index]) for index in range(len(sized))]
    columns = _Columns(lefts, sized, align)
    with canvas.holding("Table"):
        _header(canvas, header, columns)
        for index, row in enumerate(rows):
            cells = _broken(canvas, row, columns)
            tallest = max(map(len, cells))
            while True:
                fits = int((canvas.room() - 2 * _ABOVE) / _STEP)
                if fits < min(tallest, _FEW if tallest > _WHOLE else tallest):
                    canvas.add_page()
                    _header(canvas, header, columns)
                    continue
                _row(canvas, index, [cell[:fits] for cell in cells], columns, under)
                cells = [cell[fits:] for cell in cells]
                tallest -= fits
                if tallest <= 0:
                    break


def _header(canvas: Canvas, header: Sequence[str], columns: _Columns) -> None:
    canvas.style(8.5, bold=True)
    cells = _broken(canvas, header, columns)
    height = max(map(len, cells)) * _STEP + 2 * _ABOVE
    with canvas.artifact(), canvas.local_context(fill_color=PALE):
        canvas.rect(canvas.l_margin, canvas.get_y(), canvas.epw, height, style="F")
    _cells(canvas, "TH", cells, columns, height)
    canvas.style(8.5)


def _broken(canvas: Canvas, row: Sequence[str], columns: _Columns) -> list[list[str]]:
    return [
        canvas.lines(cell, width - 2 * _BESIDE)
        for cell, width in zip(row, columns.widths, strict=True)
    ]


def _row(
    canvas: Canvas, index: int, cells: list[list[str]], columns: _Columns, under: Under | None
) -> None:
    height = max(map(len, cells)) * _STEP + 2 * _ABOVE
    if under:
        with canvas.artifact():
            for column, left in enumerate(columns.lefts):
                under(index, column, left, canvas.get_y(), height)
        canvas.style(8.5, colour=INK)
    _cells(canvas, "TD", cells, columns, height)


def _cells(
    canvas: Canvas, kind: str, cells: list[list[str]], columns: _Columns, height: float
) -> None:
    """Text of one row, each cell in the middle of its height, and the line below."""
    top = canvas.get_y()
    with canvas.holding("TR"):
        for lines, left, width, align in zip(
            cells, columns.lefts, columns.widths, columns.align, strict=True
        ):
            y = top + (height - len(lines) * _STEP) / 2
            with canvas.tagged(kind):
                for line in lines:
                    canvas.set_xy(left + _BESIDE, y)
                    canvas.cell(width - 2 * _BESIDE, _STEP, line, align=align)
                    y += _STEP
    with canvas.artifact(), canvas.local_context(draw_color=GREY, line_width=0.15):
        canvas.line(canvas.l_margin, top + height, canvas.l_margin + canvas.epw, top + height)
    canvas.set_xy(canvas.l_margin, top + height)
