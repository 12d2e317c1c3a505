"""Tables whose rows may go on over a page's end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.sheet import GREY, INK, PALE, Sheet
from reports.tables import Table

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
    sheet: Sheet,
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
    scale = sheet.epw / sum(widths)
    sized = [width * scale for width in widths]
    lefts = [sheet.l_margin + sum(sized[:place]) for place in range(len(sized))]
    columns = _Columns(lefts, sized, align)
    with sheet.holding("Table"):
        _header(sheet, header, columns)
        for place, row in enumerate(rows):
            cells = _broken(sheet, row, columns)
            tallest = max(map(len, cells))
            while True:
                fits = int((sheet.room() - 2 * _ABOVE) / _STEP)
                if fits < min(tallest, _FEW if tallest > _WHOLE else tallest):
                    sheet.add_page()
                    _header(sheet, header, columns)
                    continue
                _row(sheet, place, [cell[:fits] for cell in cells], columns, under)
                cells = [cell[fits:] for cell in cells]
                tallest -= fits
                if tallest <= 0:
                    break


def _header(sheet: Sheet, header: Sequence[str], columns: _Columns) -> None:
    sheet.style(8.5, bold=True)
    cells = _broken(sheet, header, columns)
    height = max(map(len, cells)) * _STEP + 2 * _ABOVE
    with sheet.artifact(), sheet.local_context(fill_color=PALE):
        sheet.rect(sheet.l_margin, sheet.get_y(), sheet.epw, height, style="F")
    _cells(sheet, "TH", cells, columns, height)
    sheet.style(8.5)


def _broken(sheet: Sheet, row: Sequence[str], columns: _Columns) -> list[list[str]]:
    return [
        sheet.lines(cell, width - 2 * _BESIDE)
        for cell, width in zip(row, columns.widths, strict=True)
    ]


def _row(
    sheet: Sheet, place: int, cells: list[list[str]], columns: _Columns, under: Under | None
) -> None:
    height = max(map(len, cells)) * _STEP + 2 * _ABOVE
    if under:
        with sheet.artifact():
            for column, left in enumerate(columns.lefts):
                under(place, column, left, sheet.get_y(), height)
        sheet.style(8.5, colour=INK)
    _cells(sheet, "TD", cells, columns, height)


def _cells(
    sheet: Sheet, kind: str, cells: list[list[str]], columns: _Columns, height: float
) -> None:
    """Text of one row, each cell in the middle of its height, and the line below."""
    top = sheet.get_y()
    with sheet.holding("TR"):
        for lines, left, width, align in zip(
            cells, columns.lefts, columns.widths, columns.align, strict=True
        ):
            y = top + (height - len(lines) * _STEP) / 2
            with sheet.tagged(kind):
                for line in lines:
                    sheet.set_xy(left + _BESIDE, y)
                    sheet.cell(width - 2 * _BESIDE, _STEP, line, align=align)
                    y += _STEP
    with sheet.artifact(), sheet.local_context(draw_color=GREY, line_width=0.15):
        sheet.line(sheet.l_margin, top + height, sheet.l_margin + sheet.epw, top + height)
    sheet.set_xy(sheet.l_margin, top + height)
