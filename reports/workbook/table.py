"""Where things stand on the sheet 评分汇总表."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from reports.workbook.book import Book, Worksheet, letter
from reports.workbook.rows import Row, rows_of
from schemes import Scheme
from scoring.result import ItemResult, Result

NAME = "评分汇总表"
ABSENT, CREDITED, YES, NO = "不适用", "视同得分", "是", "否"
HEAD = 5

COLUMNS = {
    "id": ("编号", 10),
    "title": ("名称", 40),
    "points": ("标准分", 8),
    "absent": ("不适用", 9),
    "full": ("应得分", 8),
    "deducted": ("扣分", 8),
    "extra": ("追加扣除", 9),
    "veto": ("要素否决", 9),
    "score": ("得分", 9),
    "percent": ("得分率", 10),
    "line": ("要素线", 10),
    "weight": ("权重", 8),
    "weighted": ("加权得分", 10),
}


class Table:
    """The sheet and its lines."""

    def __init__(self, book: Book, result: Result) -> None:
        self.result = result
        self.keys = list(_keys(result.scheme))
        self.page = Worksheet(book, NAME, [COLUMNS[key][1] for key in self.keys])
        self.top = rows_of(result, HEAD + 1)
        self.lines = [line for top in self.top for line in top.all]
        self.elements = [line for line in self.lines if line.kind == "element"]
        self.last = self.lines[-1].row if self.lines else HEAD

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

    def at(self, key: str, row: int) -> str:
        """The cell of a column in a row."""
        return f"{letter(self.keys.index(key))}{row}"

    def column(self, key: str, first: int, last: int) -> str:
        """Cells of a column."""
        return f"{self.at(key, first)}:{self.at(key, last)}"

    def sum_of(self, key: str, lines: Sequence[Row]) -> str:
        """The formula of a sum over lines from top to bottom."""
        runs: list[list[int]] = []
        for line in lines:
            if runs and runs[-1][1] == line.row - 1:
                runs[-1][1] = line.row
            else:
                runs.append([line.row, line.row])
        return f"SUM({','.join(self.column(key, *run) for run in runs)})" if runs else "0"

    def elsewhere(self, key: str, row: int) -> str:
        """The cell of a column in a row, as another sheet names it."""
        return f"'{NAME}'!{self.at(key, row)}"

    @cached_property
    def rows(self) -> dict[str, int]:
        """Rows of items, by id."""
        return {
            line.node.item.id: line.row for line in self.lines if isinstance(line.node, ItemResult)
        }


def _keys(scheme: Scheme) -> Iterator[str]:
    """Columns the standard has a use for."""
    yield from ("id", "title", "points", "absent", "full", "deducted", "extra")
    if any(condition.scope == "element" for _, condition in scheme.conditions.values()):
        yield "veto"
    yield from ("score", "percent")
    if scheme.element_line is not None or scheme.reference:
        yield "line"
    if scheme.scoring.total == "weighted":
        yield from ("weight", "weighted")
