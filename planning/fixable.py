"""What can be put right: every finding that stands, with what it takes and what is wished of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from schemes import Condition, Item
from scoring.answers import Answers, Earlier
from scoring.applicability import Status
from scoring.result import Result
from scoring.wishes import OwnFinding, Pin


@dataclass(frozen=True, slots=True)
class Fixable:
    """One finding that stands, whatever unreviewed items and open questions turn out to be.

    key: what effort and pins call it. condition, own: what was found, one of them is None.
    count: in how many places; firm: how many of them cost in full, the others, found earlier and
    planned, a part. effort: what one place takes; given: whether the user said so.
    """

    key: str
    item: Item
    condition: Condition | None
    own: OwnFinding | None
    count: int
    firm: int
    effort: Fraction
    given: bool
    pin: Pin | None

    @property
    def least(self) -> int:
        """How many must be put right."""
        return self.count if self.pin == "fix" else 0

    @property
    def most(self) -> int:
        """How many can be."""
        return 0 if self.pin == "keep" else self.count


def fixables(result: Result) -> list[Fixable]:
    """Everything that can be put right, in the order of the standard, own findings last."""
    return [one for item in result.scheme.items.values() for one in _of_item(result, item)]


def _of_item(result: Result, item: Item) -> Iterator[Fixable]:
    answers, applies = result.answers, result.applies
    if applies.status[item.id] is not Status.APPLIES or item.id in applies.unsettled:
        return
    for condition in item.conditions:
        if not applies.settled(item, condition):
            continue
        count = answers.findings.get(condition.id, 0)
        if count:
            yield _fixable(answers, condition.id, item, condition, None, count, count)
        earlier = answers.earlier.get(condition.id)
        if earlier and earlier.open + earlier.planned:
            left = earlier.open + earlier.planned
            key = f"earlier:{condition.id}"
            yield _fixable(answers, key, item, condition, None, left, earlier.open)
    for own in answers.own_findings:
        if own.item == item.id:
            yield _fixable(answers, own.key, item, None, own, own.count, own.count)


def _fixable(  # noqa: PLR0913, PLR0917 - the fields of one row
    answers: Answers,
    key: str,
    item: Item,
    condition: Condition | None,
    own: OwnFinding | None,
    count: int,
    firm: int,
) -> Fixable:
    effort = answers.effort.get(key)
    cost = Fraction(1) if effort is None else Fraction(effort)
    pin = answers.pins.get(key)
    return Fixable(key, item, condition, own, count, firm, cost, effort is not None, pin)


def share_of(result: Result) -> Fraction:
    """What a finding costs of its deduction that was found earlier and is planned to be mended."""
    reassessment = result.scheme.reassessment
    return Fraction(reassessment.planned) if reassessment else Fraction(0)


def put_right(result: Result, fixed: Mapping[str, int]) -> Answers:
    """The answers with so many places of each finding put right.

    What was reviewed stays reviewed. Of what was found earlier and is open or planned, the open
    ones, which cost more, are put right first.
    """
    answers = result.answers
    findings = {c: n - fixed.get(c, 0) for c, n in answers.findings.items()}
    own = (replace(o, count=o.count - fixed.get(o.key, 0)) for o in answers.own_findings)
    earlier = {c: _rectified(e, fixed.get(f"earlier:{c}", 0)) for c, e in answers.earlier.items()}
    reviewed = answers.reviewed
    if reviewed != "all":
        reviewed |= frozenset(_seen(result, fixed))
    return replace(
        answers,
        findings={c: n for c, n in findings.items() if n},
        own_findings=tuple(o for o in own if o.count),
        earlier=earlier,
        reviewed=reviewed,
    )


def _rectified(earlier: Earlier, places: int) -> Earlier:
    done = min(places, earlier.open)
    return replace(
        earlier,
        rectified=earlier.rectified + places,
        open=earlier.open - done,
        planned=earlier.planned - (places - done),
    )


def _seen(result: Result, fixed: Mapping[str, int]) -> Iterator[str]:
    """What was reviewed by a finding that may be gone now."""
    own = {one.key: one.item for one in result.answers.own_findings}
    for key in fixed:
        name = key.removeprefix("earlier:")
        item_id = own[key] if key in own else result.scheme.conditions[name][0].id
        one = result.items[item_id]
        if one.reviewed:
            yield item_id
        else:
            yield from (f"{item_id}/{group}" for group, seen in one.groups if seen)
