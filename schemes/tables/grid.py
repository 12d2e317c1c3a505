"""A table as any file has it: text in rows and columns, and which cells were merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column, from 0."""


@dataclass(frozen=True)
class Grid:
    """One sheet, one table of a document, or a pasted text.

    rows: text of every cell, that of merged ones in each; all of one length.
    origins: the first cell of the merged block that a cell belongs to, where it is another one.
    formulas: cells that hold a formula without a kept result.
    sheet: whether cells have letters, as in a workbook; else only rows are numbered.
    title: what stands right above the table.
    first_row: number of its first row in the file, from 1.
    """

    name: str
    rows: Sequence[Sequence[str]]
    origins: Mapping[Place, Place] = field(default_factory=dict)
    formulas: frozenset[Place] = frozenset()
    sheet: bool = False
    title: str = ""
    knows_merges: bool = True
    first_row: int = 1

    def origin(self, row: int, column: int) -> Place:
        """The first cell of the block that the cell belongs to."""
        return self.origins.get((row, column), (row, column))

    def where(self, row: int, column: int | None = None) -> str:
        """The place as people name it: `Sheet1!C5`, or `表 2:5` for row 5 of a table."""
        number = row + self.first_row
        if self.sheet:
            return f"{self.name}!{letters(column or 0)}{number}"
        return f"{self.name}:{number}"


@dataclass(frozen=True)
class Pages:
    """All tables of a file in their order, the words around them, and what to know of the file."""

    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def letters(column: int) -> str:
    """The letters of a column: 0 → A, 26 → AA."""
    text = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        text = chr(65 + digit) + text
    return text


def rectangle(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows filled up to one length."""
    width = max(map(len, rows), default=0)
    return [[*row, *[""] * (width - len(row))] for row in rows]
