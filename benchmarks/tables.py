"""The tables of a document, taken from it while it is made, for others to make again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any
from unittest.mock import patch

import openpyxl

from reports import Subject
from reports.paper import Paper
from reports.sheet import Sheet
from scoring import Result

Rows = Sequence[Sequence[Any]]
"""Of a sheet of a workbook."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a report hands to `Sheet.grid` or `Paper.grid`."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    align: str


def tables_of(
    make: Callable[[Result, Subject], bytes], result: Result, subject: Subject
) -> list[Table]:
    """The tables of a PDF or a Word document, as they pass through its `grid`."""
    tables: list[Table] = []

    def keep(_: object, *table: object) -> None:
        tables.append(Table(*table))  # type: ignore[arg-type]

    with patch.object(Sheet, "grid", keep), patch.object(Paper, "grid", keep):
        make(result, subject)
    return tables


def read_sheets(content: bytes) -> dict[str, Rows]:
    """The rows of every sheet of a workbook, its formulas as they are, empty texts as nothing."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        page.title: [
            [None if value == "" else value for value in row]
            for row in page.iter_rows(values_only=True)
        ]
        for page in book
    }


def signs(tables: Sequence[Table]) -> int:
    """How many characters stand in the tables, without white space."""
    cells = (cell for table in tables for row in [table.header, *table.rows] for cell in row)
    return sum(len("".join(cell.split())) for cell in cells)


def html(tables: Sequence[Table]) -> str:
    """The tables in HTML; classes L, C and R say how cells are aligned."""
    return "".join(map(_table, tables))


def _table(table: Table) -> str:
    columns = "".join(f'<col style="width: {100 * w / sum(table.widths)}%">' for w in table.widths)
    rows = "".join(_row("td", row, table.align) for row in table.rows)
    header = _row("th", table.header, table.align)
    return f"<table><colgroup>{columns}</colgroup><thead>{header}</thead>{rows}</table>"


def _row(tag: str, cells: Sequence[str], align: str) -> str:
    pairs = zip(cells, align, strict=True)
    inner = "".join(f'<{tag} class="{side}">{escape(cell)}</{tag}>' for cell, side in pairs)
    return f"<tr>{inner}</tr>"
