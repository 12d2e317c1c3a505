"""Who changed an item last, where several people work on one assessment."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from schemes import Scheme
from state.documents.assessment import Assessment, Touch, Work
from state.documents.changes import Change
from state.documents.clashes import round_of


def signed(change: Change, scheme: Scheme, touch: Touch) -> Change:
    """The change, after which every item whose answers it changed bears the name.

    What only moves, such as into another version of the standard, bears nobody's.
    """

    def applied(before: Assessment) -> Assessment:
        after = change(before)
        if round_of(before) != round_of(after):
            return after
        items = dict.fromkeys(_changed(before.work, after.work, scheme), touch)
        if not items:
            return after
        return after.having(work=after.work.having(touched={**after.work.touched, **items}))

    return applied


def _changed(before: Work, after: Work, scheme: Scheme) -> Iterator[str]:
    """Ids of the items whose answers or texts differ."""
    one, other = before.answers, after.answers
    for condition in chain(
        _differing(one.findings, other.findings), _differing(one.earlier, other.earlier)
    ):
        if condition in scheme.conditions:
            yield scheme.conditions[condition][0].id
    for condition in _differing(one.amounts, other.amounts):
        if condition in scheme.conditions:
            yield scheme.conditions[condition][0].id
    for field in ("levels", "ratios"):
        yield from _differing(getattr(one, field), getattr(other, field))
    for mark in chain(
        set(one.reviewed) ^ set(other.reviewed), set(one.not_applicable) ^ set(other.not_applicable)
    ):
        yield mark.partition("/")[0]
    for field in ("remarks", "evidence", "absence", "entries", "samples", "photos"):
        yield from _differing(getattr(before, field), getattr(after, field))


def _differing(one: Mapping[str, Any], other: Mapping[str, Any]) -> Iterator[str]:
    return (key for key in {**one, **other} if one.get(key) != other.get(key))
