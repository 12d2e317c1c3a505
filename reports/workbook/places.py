"""Where things stand on the sheet 打分表: an item in a row, what is answered on it in those below.

Each condition has a row, and so have the levels, the sample and the user's own findings; what each
occurrence costs, where that is chosen, stands in rows of its own below its condition.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from reports.content.deduction_rows import name_heads
from reports.content.shape import Shape
from reports.workbook.book import clean, letter, runs_of
from reports.workbook.levels import level_names
from schemes import Condition, Item
from schemes.tree import AppliesWhen
from scoring.applicability import Status, visible_conditions
from scoring.findings import Finding, findings_of
from scoring.numbers import POINTS_PLACES, round_half_up, text
from scoring.result import ItemResult, Result
from scoring.wishes import OwnFinding
from wording.findings import loss_text, rules_words
from wording.numbers import NOT_APPLICABLE
from wording.tables import CREDITED

NAME = "打分表"
ABSENT = NOT_APPLICABLE
HEAD = 4

TOGETHER = 100
"""Findings that one formula puts together; it may be 8192 characters long."""

AMOUNTS, LEAST_AMOUNTS = 2, 3
"""Empty rows for amounts that are left below those chosen, and the fewest rows in all."""

AMOUNT_MARK = "/"
"""Between a condition's id and the number of an amount; no id has it."""

_EARLIER = ("earlier", "rectified", "planned", "open")
_HIDDEN = ("charged", "gained", "number", "suffix", "rule", "item", "key")
NOISE = 10
"""Decimals to which sums are rounded before they are compared; more is arithmetic's dust."""

UNIT = "处"
"""Of own findings, which are counted."""

KEY = "标识"
"""Head of the column that holds ids, which only formulas and `reading` see."""

COLUMNS = {
    "id": ("编号", 11),
    "way": ("", 18),
    "words": ("要求／扣分情形", 46),
    "count": ("数量", 7),
    "amount": ("每次扣分", 7),
    "level": ("档次", 10),
    "inspected": ("抽查", 7),
    "failed": ("不合格", 7),
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


class Kind(StrEnum):
    """What is answered in a row."""

    CONDITION = "condition"
    BONUS = "bonus"
    LEVEL = "level"
    RATIO = "ratio"
    OWN = "own"


@dataclass(frozen=True, slots=True)
class Line:
    """A condition in its row, or what stands here as if it were one, by the key of its finding.

    before, after: rows of the item that take points before it and after it.
    amounts: rows of what each occurrence costs, where that is chosen.
    own: the user's own finding of the row.
    asks: whether it asks for points, of which there may be none left.
    """

    kind: Kind
    condition: Condition
    row: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    amounts: range = range(0)
    own: OwnFinding | None = None
    asks: bool = True

    @property
    def takes(self) -> bool:
        """Whether it can take points."""
        return self.kind is not Kind.BONUS


@dataclass(frozen=True, slots=True)
class Block:
    """An item in its row, and its conditions below it in the order of the standard."""

    result: ItemResult
    row: int
    lines: tuple[Line, ...]

    @property
    def last(self) -> int:
        """The last of its rows."""
        if not self.lines:
            return self.row
        line = self.lines[-1]
        return line.amounts[-1] if line.amounts else line.row

    @property
    def taking(self) -> list[int]:
        """Rows of what can take points."""
        return [line.row for line in self.lines if line.takes]

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
        self.shown = [key for key in COLUMNS if _is_asked(result, key)]
        self.names = [f"name {index}" for index, _ in enumerate(name_heads(result.scheme))]
        self._shape = Shape.of(result.scheme)
        self.blocks = tuple(_blocks(result))
        most = max((len(block.lines) for block in self.blocks), default=0)
        self.told = [f"told {index}" for index in range(-(-most // TOGETHER))]
        several = max((len(item.levels) for item in result.scheme.items.values()), default=0)
        self.levels = [f"level {index}" for index in range(several)]
        self.keys = [*self.shown, *_HIDDEN, *self.names, *self.told, *self.levels]
        self.decimals = POINTS_PLACES if result.scheme.has_shares else NOISE
        self._letters = {key: letter(index) for index, key in enumerate(self.keys)}
        self.first = HEAD + 1
        self.last = self.blocks[-1].last if self.blocks else HEAD

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

    def rules_of(self, finding: Finding) -> str:
        """By which rules it costs, as the column rule says it."""
        return rules_words(finding, self.decimals)

    def used_up(self, taken: str) -> str:
        """The condition under which nothing was left for a finding to take, by that cell."""
        return f"{self.rounded(taken)}=0" if self.result.scheme.has_shares else f"{taken}=0"

    def cost(self, taken: str) -> str:
        """The formula of what a finding takes, in words."""
        return self.rounded(taken) if self.result.scheme.has_shares else taken

    def points(self, value: Decimal) -> str:
        """Points in words; those without an end as they are rounded on paper."""
        return text(round_half_up(value, self.decimals))

    def rounded(self, cell: str) -> str:
        """The formula of points in words."""
        return f"ROUND({cell},{self.decimals})"

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


def amount_key(condition_id: str, place: int) -> str:
    """What stands in the column of ids beside an amount."""
    return f"{condition_id}{AMOUNT_MARK}{place + 1}"


def titles_of(item: Item) -> list[str]:
    """What the levels of an item are called here, where each name must be one's own."""
    counts = Counter(level.title for level in item.levels)
    return [
        clean(level.title if counts[level.title] == 1 else f"{level.title}（{level.id}）")
        for level in item.levels
    ]


def _is_asked(result: Result, key: str) -> bool:
    """Whether the sheet has a use for a column."""
    items = result.scheme.items.values()
    if key in _EARLIER:
        return bool(result.answers.earlier)
    if key == "amount":
        return any(c.amount for item in items for c in item.conditions)
    if key == "level":
        return any(item.levels for item in items)
    return key not in ("inspected", "failed") or any(item.ratio for item in items)


def _as_condition(key: str, words: str, points: Decimal, unit: str | None = None) -> Condition:
    return Condition(key, key, words, points, unit, "item", Decimal(0), None, AppliesWhen())


def _answered(result: Result, item: Item) -> Iterator[tuple[Kind, Condition, OwnFinding | None]]:
    """What is answered on an item, in the order in which it is shown."""
    for condition in visible_conditions(item, result.applies.choices):
        yield Kind.CONDITION if condition.add is None else Kind.BONUS, condition, None
    if item.levels:
        yield Kind.LEVEL, _as_condition(f"level:{item.id}", item.title, item.points), None
    if item.ratio:
        yield Kind.RATIO, _as_condition(f"ratio:{item.id}", item.title, item.points), None
    for own in result.answers.own_findings:
        if own.item == item.id:
            yield Kind.OWN, _as_condition(own.key, own.words, own.points, UNIT), own


def _blocks(result: Result) -> Iterator[Block]:
    row = HEAD + 1
    for one in result.items.values():
        if one.status in (Status.APPLIES, Status.MARKED):
            block = Block(one, row, tuple(_lines(result, one.item, row + 1)))
            yield block
            row = block.last + 1


def _lines(result: Result, item: Item, row: int) -> Iterator[Line]:
    """What is answered on an item, from a row on; what forfeits takes its points first."""
    placed = []
    for kind, condition, own in _answered(result, item):
        amounts = range(0)
        if condition.amount is not None:
            given = len(result.answers.amounts.get(condition.id, ()))
            amounts = range(row + 1, row + 1 + max(LEAST_AMOUNTS, given + AMOUNTS))
        placed.append((kind, condition, row, amounts, own))
        row = amounts.stop if amounts else row + 1
    taking = [(c.forfeit, at) for kind, c, at, _, _ in placed if kind is not Kind.BONUS]
    order = [at for _, at in sorted(taking, key=lambda one: not one[0])]
    places = {at: place for place, at in enumerate(order)}
    for kind, condition, at, amounts, own in placed:
        place = places.get(at, 0)
        before, after = tuple(order[:place]), tuple(order[place + 1 :])
        asks = bool(own.points if own else item.points or not condition.forfeit)
        yield Line(kind, condition, at, before, after, amounts, own, asks)
