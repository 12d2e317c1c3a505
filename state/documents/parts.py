"""What a change touches, for those who may change some elements only."""

from collections.abc import Callable, Collection
from typing import Any

from schemes import Scheme
from state.documents.assessment import Assessment, Work

_BY_ITEM = ("remarks", "evidence", "absence", "entries", "samples", "touched", "photos")
_BY_CONDITION = ("findings", "earlier")
_MARKS = ("reviewed", "not_applicable", "quick")


def items_of(scheme: Scheme, elements: Collection[str]) -> frozenset[str]:
    """Ids of all items of some elements; of unknown ones, none."""
    return frozenset(i.id for e in scheme.elements if e.id in elements for i in e.items)


def touches_only(
    before: Assessment, after: Assessment, scheme: Scheme, items: Collection[str]
) -> bool:
    """Whether nothing differs but the answers and texts of these items."""
    if before.having(work=after.work, revision=after.revision, updated=after.updated) != after:
        return False
    return _rest(before.work, scheme, items) == _rest(after.work, scheme, items)


def _rest(work: Work, scheme: Scheme, items: Collection[str]) -> dict[str, Any]:
    """All of the work but what is of these items."""
    left: dict[str, Any] = {name: value for name, value in work if name != "answers"}
    for name in _BY_ITEM:
        if name in left:
            left[name] = _without(left[name], lambda item: item in items)
    for name, value in work.answers:
        left[f"answers.{name}"] = value
    for name in _BY_CONDITION:
        kept = left[f"answers.{name}"]
        left[f"answers.{name}"] = _without(kept, lambda c: _item(scheme, c) in items)
    for name in _MARKS:
        marks = left[f"answers.{name}"]
        left[f"answers.{name}"] = [m for m in marks if m.partition("/")[0] not in items]
    own = left["answers.own_findings"]
    left["answers.own_findings"] = [one for one in own if one.item not in items]
    return left


def _without(kept: dict[str, Any], gone: Callable[[str], bool]) -> dict[str, Any]:
    return {key: value for key, value in kept.items() if not gone(key)}


def _item(scheme: Scheme, condition: str) -> str:
    known = scheme.conditions.get(condition)
    return known[0].id if known else ""
