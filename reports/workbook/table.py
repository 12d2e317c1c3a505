"""Where things stand on the sheet 评分汇总表."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from reports.workbook.book import Book, Value, Worksheet, letter, runs_of
from reports.workbook.rows import Row, rows_of
from schemes import Scheme
from scoring.result import ItemResult, Result
from wording.numbers import line_name

NAME = "评分汇总表"
YES, NO = "是", "否"
HEAD = 5

COLUMNS = {
    "id": ("编号", 10),
    "title": ("名称", 40),
    "points": ("标准分", 8),
    "absent": ("空项", 9),
    "full": ("应得分", 8),
    "deducted": ("扣分", 8),
    "extra": ("追加和否决", 9),
    "bonus": ("加分", 8),
    "adjusted": ("权重折算", 9),
    "veto": ("要素否决", 9),
    "score": ("得分", 9),
    "percent": ("得分率", 10),
    "line": ("要素线", 10),
    "weight": ("权重", 8),
    "weighted": ("加权得分", 10),
    "share": ("本级权重", 8),
}
_HIDDEN = ("charged", "left", "room", "got", "before", "worth", "excess", "counts", "brings")
"""Columns that only formulas see.

Of an element: the extras it is charged, before it is at 0; what it has without them; how much room
there is for bonuses, and what they come to; what it has before a veto; what a point of it is worth
in the total, and how much of its bonuses the total leaves out. Of a section with a weight in the
one above: that weight where anything applies, and the share of it that was scored.
"""


class Table:
    """The sheet and its lines.

    words, gates, standing: once they are written, the row of the grade in words, those of the head
    and the end of the grade's conditions, and what stands above all.
    """

    words: int
    gates: tuple[int, int]
    standing: str

    def __init__(self, book: Book, result: Result) -> None:
        self.result = result
        self.shown = list(_keys(result.scheme))
        self.keys = [*self.shown, *_HIDDEN]
        self._letters = {key: letter(index) for index, key in enumerate(self.keys)}
        widths = [COLUMNS[key][1] for key in self.shown]
        self.page = Worksheet(book, NAME, widths, hidden=len(self.keys) - len(widths))
        self.top = rows_of(result, HEAD + 1)
        self.lines = [line for top in self.top for line in top.all]
        self.elements = [line for line in self.lines if line.kind == "element"]
        self.last = self.lines[-1].row if self.lines else HEAD

    @property
    def gate_values(self) -> dict[str, Value]:
        """What the cells of the grade's conditions come to."""
        return self.page.values

    @property
    def total(self) -> int:
        """Row of the sums over everything."""
        return self.last + 1

    @property
    def exact(self) -> int:
        """Row of the total before rounding."""
        return self.last + 2

    @property
    def rounded(self) -> int:
        """Row of the total."""
        return self.last + 3

    @property
    def beyond(self) -> list[tuple[str, str, str]]:
        """What lies between the marks of items and those of their element: column, head, sign."""
        found = [
            ("extra", "追加扣除和否决", "-"),
            ("bonus", "加分", ""),
            ("adjusted", "权重折算", ""),
        ]
        return [one for one in found if one[0] in self.shown]

    def at(self, key: str, row: int) -> str:
        """The cell of a column in a row."""
        return f"{self._letters[key]}{row}"

    def column(self, key: str, first: int, last: int) -> str:
        """Cells of a column."""
        return f"{self.at(key, first)}:{self.at(key, last)}"

    def sum_of(self, key: str, lines: Sequence[Row]) -> str:
        """The formula of a sum over lines from top to bottom."""
        runs = runs_of([line.row for line in lines])
        return f"SUM({','.join(self.column(key, *run) for run in runs)})" if runs else "0"

    def elsewhere(self, key: str, row: int) -> str:
        """The cell of a column in a row, as another sheet names it."""
        return f"{NAME}!{self.at(key, row)}"

    def sum_elsewhere(self, key: str, lines: Sequence[Row]) -> str:
        """The formula of a sum over lines from top to bottom, for another sheet."""
        runs = runs_of([line.row for line in lines])
        areas = (f"{NAME}!{self.column(key, *run)}" for run in runs)
        return f"SUM({','.join(areas)})" if runs else "0"

    @property
    def heads(self) -> list[str]:
        """What stands above the columns."""
        named = {"line": line_name(self.result.scheme)}
        return [named.get(key, COLUMNS[key][0]) for key in self.shown]

    @cached_property
    def element_of(self) -> dict[str, Row]:
        """The element of each item, by item id."""
        return {item.item.id: top for top in self.elements for item in top.items}

    @cached_property
    def rows(self) -> dict[str, int]:
        """Rows of items, by id."""
        return {
            line.node.item.id: line.row for line in self.lines if isinstance(line.node, ItemResult)
        }


def _keys(scheme: Scheme) -> Iterator[str]:
    """Columns the standard has a use for."""
    yield from ("id", "title", "points", "absent", "full", "deducted", "extra")
    if scheme.has_bonus:
        yield "bonus"
    if scheme.has_weights_below:
        yield "adjusted"
    if any(condition.scope == "element" for _, condition in scheme.conditions.values()):
        yield "veto"
    yield from ("score", "percent")
    if scheme.element_line is not None or scheme.reference:
        yield "line"
    if scheme.scoring.total == "weighted":
        yield from ("weight", "weighted")
    if scheme.has_weights_below:
        yield "share"
