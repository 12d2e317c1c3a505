"""What a group of results says together: the class's radar, and what is worth discussing."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from schemes import Condition, Item, Scheme, Section
from scoring.numbers import added
from scoring.result import Result, SectionResult


@dataclass(frozen=True, slots=True)
class Spread:
    """An element's percentages in a group: quartiles and median, exact. count: of how many."""

    element: Section
    low: Fraction
    median: Fraction
    high: Fraction
    count: int


@dataclass(frozen=True, slots=True)
class Vote:
    """How many ticked a condition, of those who looked at its item."""

    item: Item
    condition: Condition
    ticked: int
    looked: int

    @property
    def split(self) -> int:
        """How many would have to think again for all to agree."""
        return min(self.ticked, self.looked - self.ticked)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a result has in some elements: marks of their full marks, and how far it has come.

    low, high: what unreviewed items leave possible.
    """

    score: Decimal
    low: Decimal
    high: Decimal
    full: Decimal
    reviewed: int
    applicable: int

    @property
    def open(self) -> bool:
        """Whether anything is left that may still change the marks."""
        return self.low != self.high


def within(result: Result, elements: Collection[str]) -> Chosen:
    """The sum of some elements, or of all where none is named."""
    found = chosen_elements(result, elements)
    return Chosen(
        added(e.score for e in found),
        added(e.low for e in found),
        added(e.high for e in found),
        added(e.full for e in found),
        sum(e.reviewed for e in found),
        sum(e.applicable_items for e in found),
    )


def chosen_elements(result: Result, elements: Collection[str]) -> list[SectionResult]:
    """Results of some elements, or of all where none is named, in the order of the standard."""
    return [e for e in result.elements if not elements or e.section.id in elements]


def is_chosen(scheme: Scheme, item_id: str, elements: Collection[str]) -> bool:
    """Whether an item is in one of some elements, or in any where none is named."""
    return not elements or scheme.path(item_id).element.id in elements


def spreads(results: Sequence[Result], elements: Collection[str] = ()) -> list[Spread]:
    """For each element that applies to anybody, in the order of the standard.

    elements: only these; none for all.
    """
    sections: dict[str, Section] = {}
    found: dict[str, list[Fraction]] = {}
    for result in results:
        for element in chosen_elements(result, elements):
            sections[element.section.id] = element.section
            percents = found.setdefault(element.section.id, [])
            if element.percent is not None:
                percents.append(element.percent)
    return [
        Spread(
            sections[name],
            quantile(values, Fraction(1, 4)),
            quantile(values, Fraction(1, 2)),
            quantile(values, Fraction(3, 4)),
            len(values),
        )
        for name, values in found.items()
        if values
    ]


def quantile(values: Sequence[Fraction], share: Fraction) -> Fraction:
    """The value below which that share of them lies, in between by the straight line.

    values: at least one. As spreadsheets compute it (QUARTILE.INC).
    """
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def votes(results: Sequence[Result], elements: Collection[str] = ()) -> list[Vote]:
    """Every condition that somebody ticked, the widest disagreement first.

    Who has not looked at the item, or is not asked that condition, has no vote. elements: only of
    these; none for all.
    """
    ticked: Counter[str] = Counter()
    looked: Counter[str] = Counter()
    for result in results:
        findings = result.answers.findings
        for one in result.items.values():
            if not one.applicable or (one.pending and not one.losses):
                continue
            for condition in one.item.conditions:
                if not result.applies.counts(one.item, condition):
                    continue
                looked[condition.id] += 1
                ticked[condition.id] += bool(findings.get(condition.id))
    if not results:
        return []
    sections = chosen_elements(results[0], elements)
    items = [one.item for section in sections for one in section.items]
    found = [
        Vote(item, condition, ticked[condition.id], looked[condition.id])
        for item in items
        for condition in item.conditions
        if ticked[condition.id]
    ]
    return sorted(found, key=lambda vote: (-vote.split, -vote.ticked))
