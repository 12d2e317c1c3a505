"""Which items have to be scored again when answers have changed."""

from collections.abc import Iterator, Mapping
from typing import Any

from schemes import Scheme
from scoring.answers import Answers


def changed_items(scheme: Scheme, before: Answers, after: Answers) -> frozenset[str] | None:
    """Ids of the items on which something else is answered; None where any may come out new.

    Facets and marks 不适用 say what applies, and with it what any element is made of. The safety
    record, wishes and what is only shown are no item's.
    """
    if before.facets != after.facets or before.not_applicable != after.not_applicable:
        return None
    if before.reviewed != after.reviewed and "all" in (before.reviewed, after.reviewed):
        return None
    return frozenset(_items(scheme, before, after))


def _items(scheme: Scheme, before: Answers, after: Answers) -> Iterator[str]:
    for old, new in (
        (before.findings, after.findings),
        (before.earlier, after.earlier),
        (before.amounts, after.amounts),
    ):
        yield from (scheme.conditions[name][0].id for name in _differing(old, new))
    for chosen, now in ((before.levels, after.levels), (before.ratios, after.ratios)):
        yield from _differing(chosen, now)
    if before.reviewed != after.reviewed:  # of which both are sets of marks
        yield from (mark.partition("/")[0] for mark in set(before.reviewed) ^ set(after.reviewed))
    if before.own_findings != after.own_findings:
        yield from (own.item for own in (*before.own_findings, *after.own_findings))


def _differing(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[str]:
    if old is not new:
        yield from (name for name in old.keys() | new.keys() if old.get(name) != new.get(name))
