"""The rows of a standard's table: parts, elements, sections and items."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from scoring.applicability import Status
from scoring.numbers import added
from scoring.result import ItemResult, PartResult, Result, Rule, SectionResult

Node = PartResult | SectionResult | ItemResult
Kind = Literal["part", "element", "section", "item"]


@dataclass(frozen=True, slots=True)
class Row:
    """One node of the standard in its row.

    below: lines of its children. last: row of the last line anywhere below, or its own.
    """

    row: int
    kind: Kind
    node: Node
    below: "tuple[Row, ...]"
    last: int

    @property
    def all(self) -> "Iterator[Row]":
        """The line itself and all below it, from top to bottom."""
        yield self
        for line in self.below:
            yield from line.all

    @property
    def name(self) -> tuple[str, str]:
        """Id and title."""
        if isinstance(self.node, PartResult):
            return self.node.part.id, self.node.part.title
        if isinstance(self.node, SectionResult):
            return self.node.section.id, self.node.section.title
        return self.node.item.id, self.node.item.title

    @property
    def items(self) -> list[ItemResult]:
        """Results of the items among these lines."""
        return [line.node for line in self.all if isinstance(line.node, ItemResult)]

    @property
    def points(self) -> Decimal:
        """Marks in the standard, whether they apply or not."""
        return added(item.item.points for item in self.items)

    @property
    def full(self) -> Decimal:
        """Marks that apply."""
        return added(item.full for item in self.items)

    @property
    def deducted(self) -> Decimal:
        """What the items lost."""
        return added(item.full - item.score for item in self.items)

    @property
    def score(self) -> Decimal:
        """Marks achieved."""
        if isinstance(self.node, PartResult):
            return added(element.score for element in self.node.elements)
        return self.node.score

    @property
    def left(self) -> Decimal:
        """What a section or element has by what is below it, before extras, bonuses and vetoes."""
        assert isinstance(self.node, SectionResult)
        return added((self.node.score, *(loss.taken for loss in self.node.losses)))

    @property
    def bonus(self) -> Decimal:
        """What of the marks achieved are bonuses."""
        if isinstance(self.node, PartResult):
            return added(line.bonus for line in self.below)
        return self.node.bonus if isinstance(self.node, SectionResult) else Decimal(0)

    @property
    def extra(self) -> Decimal:
        """What extras and vetoes took beyond the items."""
        if isinstance(self.node, PartResult):
            return added(line.extra for line in self.below)
        return added((self.left, self.bonus, -self.score))

    @property
    def adjusted(self) -> Decimal:
        """What weights below it make of the sum of its items, more or less."""
        if isinstance(self.node, PartResult):
            return added(line.adjusted for line in self.below)
        return added((self.left, -self.full, self.deducted))


def rows_of(result: Result, row: int) -> tuple[Row, ...]:
    """The table from `row` on, without variants that were not chosen."""
    if result.scheme.parts[0].id:
        return _lines(result.all_parts, "part", row)
    return _lines(result.elements, "element", row)


def exhausted(element: SectionResult, item: ItemResult) -> bool:
    """Whether the element was charged because the item has nothing left."""
    return any(
        loss.rule is Rule.EXHAUSTED_EXTRA and loss.item is item.item for loss in element.losses
    )


def _lines(nodes: "tuple[Node, ...]", kind: Kind, row: int) -> tuple[Row, ...]:
    found: list[Row] = []
    for node in nodes:
        if _shown(node):
            found.append(_line(node, kind, row))
            row = found[-1].last + 1
    return tuple(found)


def _line(node: Node, kind: Kind, row: int) -> Row:
    if isinstance(node, ItemResult):
        return Row(row, "item", node, (), row)
    if isinstance(node, PartResult):
        below = _lines(node.elements, "element", row + 1)
    else:
        below = _lines(node.children, "section", row + 1)
    return Row(row, kind, node, below, below[-1].last)


def _shown(node: Node) -> bool:
    if isinstance(node, ItemResult):
        return node.status is not Status.NOT_CHOSEN
    below = node.elements if isinstance(node, PartResult) else node.children
    return any(_shown(child) for child in below)
