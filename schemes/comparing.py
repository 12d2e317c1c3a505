"""Two versions of a standard row by row: what is new, gone or changed, and in what.

Unlike `schemes.difference` it also sees words that change no score, for somebody who compares a
changed table with the one before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from schemes.heirs import Heirs
from schemes.tree import AppliesWhen, Condition, Item, Scheme

What = Literal["number", "place", "words", "points", "conditions", "scope", "unread"]
"""What changed of a row: its number, the headings above it, its words, its points, what it costs,
where it applies, or what of it waits for confirmation."""

_SAME = Heirs(())
"""Of the newer version itself: every id is its own heir."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is not as it was. old: None for a new one; new: None for one that is gone."""

    old: Item | None
    new: Item | None
    what: tuple[What, ...] = ()
    conditions: tuple[tuple[Condition | None, Condition | None], ...] = ()
    """Older and newer conditions that differ; None where there is none."""


def rows_between(old: Scheme, new: Scheme, heirs: Heirs) -> list[RowChange]:
    """Rows that changed, in the order of the newer version; those that are gone come last.

    heirs: lead from the older version to the newer one.
    """
    became = {item.id: heirs.item(item.id) for item in old.items.values()}
    before: dict[str, list[Item]] = {}
    for item_id, heir in became.items():
        before.setdefault(heir, []).append(old.items[item_id])
    found = []
    for item in new.items.values():
        olders = before.get(item.id, [])
        if not olders:
            found.append(RowChange(None, item))
        for older in olders:
            conditions = tuple(_conditions(older, item, heirs))
            what = tuple(_what(old, older, new, item, heirs, bool(conditions)))
            if what:
                found.append(RowChange(older, item, what, conditions))
    gone = [old.items[i] for i, heir in became.items() if heir not in new.items]
    return [*found, *(RowChange(item, None) for item in gone)]


def _what(  # noqa: PLR0913, PLR0917 - two rows and where they stand
    old: Scheme, older: Item, new: Scheme, item: Item, heirs: Heirs, conditions: bool
) -> Iterator[What]:
    if older.id != item.id:
        yield "number"
    if _above(old, older) != _above(new, item):
        yield "place"
    if _words(older) != _words(item):
        yield "words"
    if older.points != item.points:
        yield "points"
    costs = [(i.exhausted_extra, i.levels, i.ratio, _checks(i)) for i in (older, item)]
    if conditions or costs[0] != costs[1]:
        yield "conditions"
    if _terms(older.applies_when, heirs) != _terms(item.applies_when, _SAME):
        yield "scope"
    if older.unread != item.unread:
        yield "unread"


def _words(item: Item) -> list[str]:
    """What is said; lines break elsewhere in another file of the same table."""
    return ["".join(text.split()) for text in (item.title, item.requirement, item.note or "")]


def _conditions(
    older: Item, item: Item, heirs: Heirs
) -> Iterator[tuple[Condition | None, Condition | None]]:
    now = {condition.id: condition for condition in item.conditions}
    for condition in older.conditions:
        newer = now.pop(heirs.condition(condition.id), None)
        if newer is None or _meaning(condition, heirs) != _meaning(newer, _SAME):
            yield condition, newer
    yield from ((None, condition) for condition in now.values())


def _meaning(condition: Condition, heirs: Heirs) -> tuple[object, ...]:
    cost = (condition.deduct, condition.amount, condition.add, condition.at_most)
    reach = (condition.per, condition.scope, condition.extra, condition.major)
    return condition.when, cost, reach, _terms(condition.applies_when, heirs)


def _checks(item: Item) -> list[tuple[str, bool]]:
    return [(check.text, check.starred) for check in item.checks]


def _above(scheme: Scheme, item: Item) -> list[str]:
    return [section.title for section in scheme.path(item.id).sections]


def _terms(applies_when: AppliesWhen, heirs: Heirs) -> set[tuple[str, frozenset[str]]]:
    return {
        (heirs.facet(facet), frozenset(heirs.option(facet, one) for one in options))
        for facet, options in applies_when.terms
    }
