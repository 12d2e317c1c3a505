"""What a group of results says together: the class's radar, and what is worth discussing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from schemes import Condition, Item, Section
from scoring.result import Result


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


def spreads(results: Sequence[Result]) -> list[Spread]:
    """For each element that applies to anybody, in the order of the standard."""
    found: dict[str, list[Fraction]] = {}
    sections: dict[str, Section] = {}
    for result in results:
        for element in result.elements:
            if element.percent is not None:
                sections[element.section.id] = element.section
                found.setdefault(element.section.id, []).append(Fraction(element.percent))
    return [
        Spread(
            sections[name],
            quantile(values, Fraction(1, 4)),
            quantile(values, Fraction(1, 2)),
            quantile(values, Fraction(3, 4)),
            len(values),
        )
        for name, values in found.items()
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


def votes(results: Sequence[Result]) -> list[Vote]:
    """Every condition that somebody ticked, the widest disagreement first.

    Who has not looked at the item has no vote.
    """
    ticked: Counter[str] = Counter()
    looked: Counter[str] = Counter()
    for result in results:
        findings = result.answers.findings
        for one in result.items.values():
            if not one.applicable or (one.pending and not one.losses):
                continue
            for condition in one.item.conditions:
                looked[condition.id] += 1
                ticked[condition.id] += bool(findings.get(condition.id))
    if not results:
        return []
    items = results[0].scheme.items.values()
    found = [
        Vote(item, condition, ticked[condition.id], looked[condition.id])
        for item in items
        for condition in item.conditions
        if ticked[condition.id]
    ]
    return sorted(found, key=lambda vote: (-vote.split, -vote.ticked))
