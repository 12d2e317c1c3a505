"""Tables whose rows may go on over a page's end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.content.blocks import Bar, Mark, Row, RowKind, Table
from reports.content.palette import GREY, INK, PALE, Colour
from reports.content.widths import column_widths
from reports.pdf.bar import draw_bar
from reports.pdf.canvas import Canvas

_STEP, _ABOVE, _BESIDE = 4.6, 0.8, 1.5
"""Millimetres from line to line, above and below, and beside the text of a cell."""

_SIZE = 8.5

_WHOLE = 8
"""Rows of at most so many lines are moved to the next page rather than split."""

TABLE_ROOM = 57
"""Millimetres for a heading, the header, and the tallest row that is not split."""

_FEW = 3
"""Lines worth beginning a longer row for at the foot of a page."""

_INDENT = 6.0
"""Millimetres that words below a row stand further in."""

_FAILED: Colour = (240, 205, 200)
_STRONG = (RowKind.GROUP, RowKind.SUBTOTAL, RowKind.TOTAL)

Cell = list[str] | Bar
"""A cell's text as it breaks into lines, or its bar."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """Left edges, widths and alignments; how many columns of the table each takes."""

    lefts: tuple[float, ...]
    widths: tuple[float, ...]
    align: str
    span: int = 1


def grid(canvas: Canvas, table: Table) -> None:
    """Draw a table whose header repeats on every page; of one without rows, what it says then."""
    if not table.rows:
        if table.empty:
            canvas.paragraph(table.empty)
        return
    columns = _measured(canvas, table)
    with canvas.holding("Table"):
        _header(canvas, table, columns)
        for row in table.rows:
            for part in _parts(canvas, row, columns):
                _split(canvas, table, columns, part)


@dataclass(frozen=True, slots=True)
class _Part:
    """What stands side by side: a row of cells, or words below one over all columns.

    ruled: whether a line stands below it. kept: lines of what must stay on its page.
    """

    cells: list[Cell]
    columns: _Columns
    kind: RowKind
    mark: Mark = Mark.NEUTRAL
    ruled: bool = True
    kept: int = 0

    @property
    def tallest(self) -> int:
        """Lines of its longest text; a bar takes one."""
        return max(len(cell) if isinstance(cell, list) else 1 for cell in self.cells)


def _measured(canvas: Canvas, table: Table) -> _Columns:
    widths = tuple(column_widths(table, canvas.epw))
    lefts = tuple(canvas.l_margin + sum(widths[:index]) for index in range(len(widths)))
    return _Columns(lefts, widths, "".join(column.align for column in table.columns))


def _parts(canvas: Canvas, row: Row, columns: _Columns) -> Iterator[_Part]:
    """The row of cells, then what stands below it."""
    canvas.style(_SIZE, bold=row.kind in _STRONG)
    if row.kind is RowKind.GROUP:
        columns = _Columns(columns.lefts[:1], (canvas.epw,), "L", len(columns.lefts))
        yield _Part([_broken(canvas, row.cells[0], canvas.epw)], columns, row.kind, kept=1)
        return
    cells = [_broken(canvas, *pair) for pair in zip(row.cells, columns.widths, strict=True)]
    under = [_below(canvas, *named, len(cells)) for named in row.under]
    kept = min(_FEW, len(under[0].cells[0])) if under and isinstance(under[0].cells[0], list) else 0
    yield _Part(cells, columns, row.kind, row.mark, ruled=not under, kept=kept)
    for index, part in enumerate(under, 1):
        yield _Part(part.cells, part.columns, part.kind, ruled=index == len(under))


def _below(canvas: Canvas, name: str, words: str, span: int) -> _Part:
    canvas.style(_SIZE)
    width = canvas.epw - _INDENT
    columns = _Columns((canvas.l_margin + _INDENT,), (width,), "L", span)
    return _Part([_broken(canvas, f"{name}：{words}", width)], columns, RowKind.PLAIN)


def _broken(canvas: Canvas, cell: str | Bar, width: float) -> Cell:
    return cell if isinstance(cell, Bar) else canvas.lines(cell, width - 2 * _BESIDE)


def _split(canvas: Canvas, table: Table, columns: _Columns, part: _Part) -> None:
    """Draw a part, over as many pages as it takes."""
    cells, left = part.cells, part.tallest
    parted = False
    while left > 0:
        fits = int((canvas.room() - 2 * _ABOVE) / _STEP)
        least = min(left, _FEW if left > _WHOLE else left)
        if fits < least + part.kept:
            canvas.add_page()
            _header(canvas, table, columns)
            fits = max(1, int((canvas.room() - 2 * _ABOVE) / _STEP))
        if 0 < left - fits < _FEW and fits > 2 * _FEW:
            fits = left - _FEW  # no line alone at the head of the next page
        shown = [cell[:fits] if isinstance(cell, list) else cell for cell in cells]
        lines = min(left, fits)
        parted = parted or left > fits
        if parted:
            shown = [_from_top(cell, lines) for cell in shown]
        height = lines * _STEP + 2 * _ABOVE
        _ground(canvas, part, height)
        colour = GREY if part.kind is RowKind.ABSENT else INK
        canvas.style(_SIZE, part.kind in _STRONG, colour)
        _cells(canvas, "TD", shown, part.columns, height)
        if part.ruled:
            _rule(canvas)
        cells = [cell[fits:] if isinstance(cell, list) else [] for cell in cells]
        left -= fits


def _from_top(cell: Cell, lines: int) -> Cell:
    """A cell of a row that is parted by a page's end: it begins at the top, not in the middle."""
    return [*cell, *[""] * (lines - len(cell))] if isinstance(cell, list) else cell


def _header(canvas: Canvas, table: Table, columns: _Columns) -> None:
    canvas.style(_SIZE, bold=True)
    cells: list[Cell] = [
        _broken(canvas, column.head, width)
        for column, width in zip(table.columns, columns.widths, strict=True)
    ]
    height = max(len(cell) for cell in cells if isinstance(cell, list)) * _STEP + 2 * _ABOVE
    _shade(canvas, canvas.l_margin, height, PALE)
    _cells(canvas, "TH", cells, columns, height)
    _rule(canvas)
    canvas.style(_SIZE)


def _ground(canvas: Canvas, part: _Part, height: float) -> None:
    """What is painted behind a row."""
    if part.kind in _STRONG:
        _shade(canvas, canvas.l_margin, height, PALE)
    elif part.mark is Mark.UNMET:
        _shade(canvas, part.columns.lefts[-1], height, _FAILED)


def _shade(canvas: Canvas, left: float, height: float, colour: Colour) -> None:
    """From `left` to the right margin."""
    width = canvas.w - canvas.r_margin - left
    with canvas.artifact(), canvas.local_context(fill_color=colour):
        canvas.rect(left, canvas.get_y(), width, height, style="F")


def _rule(canvas: Canvas) -> None:
    y = canvas.get_y()
    with canvas.artifact(), canvas.local_context(draw_color=GREY, line_width=0.15):
        canvas.line(canvas.l_margin, y, canvas.l_margin + canvas.epw, y)


def _cells(
    canvas: Canvas, kind: str, cells: Sequence[Cell], columns: _Columns, height: float
) -> None:
    """One row, each cell in the middle of its height."""
    top = canvas.get_y()
    with canvas.holding("TR"):
        for cell, left, width, align in zip(
            cells, columns.lefts, columns.widths, columns.align, strict=True
        ):
            if isinstance(cell, Bar):
                with canvas.tagged(kind):
                    draw_bar(canvas, cell, (left + 1, top + height / 2 - 1.5), width - 4)
                canvas.style(_SIZE)
                continue
            y = top + (height - len(cell) * _STEP) / 2
            with canvas.tagged(kind, span=columns.span):
                for line in cell:
                    canvas.set_xy(left + _BESIDE, y)
                    canvas.put(width - 2 * _BESIDE, _STEP, line, align=align)
                    y += _STEP
    canvas.set_xy(canvas.l_margin, top + height)
