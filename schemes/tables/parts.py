"""A scheme in the making: its sections and items, with what was read of each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from schemes.tables.found import Line
from schemes.tables.grammar import Effect, Reading, Rule
from schemes.tables.notes import Proposals


@dataclass
class Item:
    """A scored row: where it stands in the file, its text, and what was read of it.

    stars: how many mark it as one that must be met in full.
    """

    id: str
    title: str
    requirement: str
    points: Decimal
    where: str
    text: str
    reading: Reading
    rule: Rule | None = None
    checks: list[tuple[str, Line]] = field(default_factory=list)
    stars: int = 0

    @property
    def unread(self) -> str:
        """What was not read, word for word; empty where all was."""
        return "；".join(dict.fromkeys(one.text for one in self.reading.unread))

    @property
    def effects(self) -> list[Effect]:
        """What the item's conditions will be, those of a rule included."""
        if self.rule is None:
            return list(self.reading.effects)
        return list(_by_rule(self.rule, self.checks))


@dataclass
class Section:
    """A heading. full: the sum printed in it, where it is that of its items.

    weight: its share of the total, where the table gives one to every element.
    """

    id: str
    title: str
    children: "list[Section | Item]" = field(default_factory=list)
    printed: str = ""
    full: Decimal | None = None
    weight: Decimal | None = None

    @property
    def items(self) -> "list[Item]":
        """Every item below."""
        return [
            item
            for child in self.children
            for item in (child.items if isinstance(child, Section) else [child])
        ]


@dataclass
class Draft:
    """A scheme in the making, and what its makers must look at."""

    elements: list[Section]
    levels: tuple[str, ...]
    proposals: Proposals
    printed_total: Decimal | None
    differences: list[str]
    remarks: tuple[str, ...] = ()
    marks: Mapping[int, frozenset[str]] = field(default_factory=dict)
    """What stars mean, as `schemes.tables.marks.required` has it."""

    @property
    def items(self) -> list[Item]:
        """All rows in order."""
        return [item for element in self.elements for item in element.items]

    @property
    def points(self) -> Decimal:
        """Their sum."""
        return sum((item.points for item in self.items), Decimal(0))


def _by_rule(rule: Rule, checks: Sequence[tuple[str, Line]]) -> Iterator[Effect]:
    for _, line in checks:
        if line.starred and (rule.starred or rule.missing_material):
            yield Effect(line.text)
        if not line.starred or not rule.starred:
            yield Effect(line.text, rule.per_place, "处")
