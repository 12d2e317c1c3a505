"""The tables of a document, taken from it while it is made, for others to make again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import Any

import openpyxl

from reports import Subject
from reports.content import blocks
from reports.content.gaps import Gains, gain_clause
from reports.content.nonconformities import nonconformities
from reports.content.self_assessment import self_assessment
from reports.content.summary import summary
from scoring import Result
from wording.gains import gain_words
from wording.numbers import percent_words

Rows = Sequence[Sequence[Any]]
"""Of a canvas of a workbook."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a report hands to the `grid` of a PDF or a Word document."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    align: str


_CONTENTS: dict[str, Callable[[Result, Subject], blocks.Document]] = {
    "pdf": summary,
    "docx": self_assessment,
    "nonconformities": nonconformities,
}
"""What documents of tables contain, by kind."""


def tables_of(kind: str, result: Result, subject: Subject) -> list[Table]:
    """The tables of a PDF or a Word document, as its content has them."""
    if kind not in _CONTENTS:
        return _page(result)
    drawn = _CONTENTS[kind](result, subject).blocks
    return [_of(block) for block in drawn if isinstance(block, blocks.Table)]


def _of(table: blocks.Table) -> Table:
    """The words of a table, those below a row among them."""
    rows = []
    for row in table.rows:
        rows.append([cell if isinstance(cell, str) else "" for cell in row.cells])
        width = len(table.columns)
        rows += [["", *[""] * (width - 2), f"{name}：{words}"] for name, words in row.under]
    columns = table.columns
    widths, align = [c.width for c in columns], "".join(c.align for c in columns)
    return Table([c.head for c in columns], rows, widths, align)


def _page(result: Result) -> list[Table]:
    """What a page without a table lists: the elements, and the findings that cost most."""
    elements = [
        [e.section.id, e.section.title, percent_words(result.scheme, e.percent)]
        for e in result.elements
    ]
    gaps = [[gain_clause(result, g), g.item.title, gain_words(g)] for g in Gains.of(result).top]
    header, widths = ["编号", "名称", "得分率或扣分"], (20, 120, 38)
    return [Table(header, rows, widths, "LLR") for rows in (elements, gaps)]


def read_sheets(content: bytes) -> dict[str, Rows]:
    """The rows of every canvas of a workbook, its formulas as they are, empty texts as nothing."""
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
