"""Where things stand on the sheet 打分表: an item in a row, its conditions in the rows below."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from reports.content.deduction_rows import name_heads
from reports.content.shape import Shape
from reports.workbook.book import letter, runs_of
from reports.workbook.levels import level_names
from schemes import Condition, Item
from schemes.tree import AppliesWhen
from scoring.applicability import Status, visible_conditions
from scoring.findings import Finding, findings_of
from scoring.result import ItemResult, Result
from scoring.wishes import OwnFinding
from wording.findings import loss_text

NAME = "打分表"
ABSENT, CREDITED = "不适用", "视同得分"
HEAD = 4

TOGETHER = 100
"""Findings that one formula puts together; it may be 8192 characters long."""

_EARLIER = ("earlier", "rectified", "planned", "open")
_HIDDEN = ("charged", "number", "suffix", "rule", "item", "key")
UNIT = "处"
"""Of own findings, which are counted."""

KEY = "标识"
"""Head of the column that holds ids, which only formulas and `reading` see."""

COLUMNS = {
    "id": ("编号", 11),
    "way": ("", 18),
    "words": ("要求／扣分情形", 46),
    "count": ("数量", 7),
    "earlier": ("自评发现", 7),
    "rectified": ("已整改", 7),
    "planned": ("已计划", 7),
    "open": ("未整改", 7),
    "taken": ("扣分", 9),
    "points": ("标准分", 7),
    "absent": ("空项", 9),
    "score": ("得分", 7),
    "reviewed": ("核查", 8),
    "remark": ("备注", 24),
    "evidence": ("证据", 20),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A condition in its row.

    before, after: rows of the item's conditions that take points before it and after it.
    own: of an own finding, which stands here as a condition of its item that takes its points.
    """

    condition: Condition
    row: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    own: OwnFinding | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """An item in its row, and its conditions below it in the order of the standard."""

    result: ItemResult
    row: int
    lines: tuple[Line, ...]

    @property
    def mark(self) -> str:
        """What is written where the item is not assessed."""
        return CREDITED if self.result.item.na == "full_credit" else ABSENT


class Places:
    """The sheet's columns and rows.

    Items that an applicability question takes away have no place: the workbook does not ask it.
    """

    def __init__(self, result: Result) -> None:
        self.result = result
        again = bool(result.answers.earlier)
        self.shown = [key for key in COLUMNS if again or key not in _EARLIER]
        self.names = [f"name {index}" for index, _ in enumerate(name_heads(result.scheme))]
        self._shape = Shape.of(result.scheme)
        self.blocks = tuple(_blocks(result))
        most = max((len(block.lines) for block in self.blocks), default=0)
        self.told = [f"told {index}" for index in range(-(-most // TOGETHER))]
        self.keys = [*self.shown, *_HIDDEN, *self.names, *self.told]
        self._letters = {key: letter(index) for index, key in enumerate(self.keys)}
        self.first = HEAD + 1
        self.last = self.blocks[-1].row + len(self.blocks[-1].lines) if self.blocks else HEAD

    def names_of(self, item: Item) -> list[str]:
        """Numbers and titles of all above an item and its own, in the columns `names`."""
        return level_names(self.result.scheme, self._shape, item)

    @cached_property
    def of_item(self) -> dict[str, Block]:
        """Blocks by item id."""
        return {block.result.item.id: block for block in self.blocks}

    @cached_property
    def line_of(self) -> dict[str, tuple[Block, Line]]:
        """Conditions with their item, by condition id."""
        return {line.condition.id: (block, line) for block in self.blocks for line in block.lines}

    @cached_property
    def found(self) -> dict[str, Finding]:
        """What was found when the workbook was written, by condition id or own key, in order."""
        return {
            finding.loss.key: finding for finding in findings_of(self.result) if finding.loss.key
        }

    def told_of(self, block: Block) -> str:
        """The formula of all that was found on an item, for another sheet."""
        count = -(-len(block.lines) // TOGETHER)
        cells = [self.elsewhere(self.at(key, block.row)) for key in self.told[:count]]
        return "&".join(cells) or '""'

    @staticmethod
    def words_of(finding: Finding) -> str:
        """What was found and how often, as the columns words and suffix say it together."""
        return loss_text(finding.loss)

    def at(self, key: str, row: int) -> str:
        """The cell of a column in a row."""
        return f"{self._letters[key]}{row}"

    def many(self, key: str, rows: "tuple[int, ...] | list[int]") -> str:
        """Cells of a column in rows from top to bottom, as arguments of a function."""
        column = self._letters[key]
        return ",".join(
            f"{column}{first}:{column}{last}" if last > first else f"{column}{first}"
            for first, last in runs_of(sorted(rows))
        )

    def elsewhere(self, cells: str) -> str:
        """Cells of this sheet, as another sheet names them."""
        return ",".join(f"{NAME}!{area}" for area in cells.split(","))

    def column(self, key: str) -> str:
        """All cells of a column, as another sheet names them."""
        column = self._letters[key]
        return f"{NAME}!${column}${HEAD + 1}:${column}${max(self.last, HEAD + 1)}"

    @property
    def faults(self) -> str:
        """The formula of how many cells hold what cannot be."""
        return f'COUNTIF({self.column("charged")},"▲*")'


def _as_condition(own: OwnFinding) -> Condition:
    return Condition(
        own.key, own.key, own.words, own.points, UNIT, "item", Decimal(0), None, AppliesWhen()
    )


def _blocks(result: Result) -> Iterator[Block]:
    row = HEAD + 1
    for one in result.items.values():
        if one.status not in (Status.APPLIES, Status.MARKED):
            continue
        own = {f.key: f for f in result.answers.own_findings if f.item == one.item.id}
        conditions = [
            *visible_conditions(one.item, result.applies.choices),
            *map(_as_condition, own.values()),
        ]
        rows = {condition.id: row + 1 + place for place, condition in enumerate(conditions)}
        order = [rows[c.id] for c in sorted(conditions, key=lambda c: not c.forfeit)]
        places = {at: place for place, at in enumerate(order)}
        lines = tuple(
            Line(
                condition,
                at,
                tuple(order[: places[at]]),
                tuple(order[places[at] + 1 :]),
                own.get(condition.id),
            )
            for condition in conditions
            for at in (rows[condition.id],)
        )
        yield Block(one, row, lines)
        row += 1 + len(lines)
