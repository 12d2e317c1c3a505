"""What can be put right: every finding that stands, with what it takes and what is wished of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from schemes import Condition, Item
from schemes.tree import Level
from scoring.answers import Answers, Earlier
from scoring.applicability import Status
from scoring.choices import Ratio
from scoring.result import Result
from scoring.wishes import OwnFinding, Pin, named_in


@dataclass(frozen=True, slots=True)
class Fixable:
    """One finding that stands, whatever unreviewed items and open questions turn out to be.

    key: what effort and pins call it. condition, own, level, ratio: what was found or chosen, one
    of them. amounts: of a condition that has them, what each costs, the largest first, which is
    also put right first. to: the level that a level becomes.
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
    amounts: tuple[Decimal, ...] = ()
    level: Level | None = None
    ratio: Ratio | None = None

    @property
    def to(self) -> Level | None:
        """The level that is reached by putting it right."""
        return None if self.level is None else self.item.best_level

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
        if condition.add is not None or not applies.settled(item, condition):
            continue
        count = answers.findings.get(condition.id, 0)
        if count:
            one = _fixable(answers, condition.id, item, condition, None, count, count)
            yield replace(one, amounts=answers.amounts.get(condition.id, ()))
        earlier = answers.earlier.get(condition.id)
        if earlier and earlier.open + earlier.planned:
            left = earlier.open + earlier.planned
            key = f"earlier:{condition.id}"
            yield _fixable(answers, key, item, condition, None, left, earlier.open)
    yield from _chosen(answers, item)
    for own in answers.own_findings:
        if own.item == item.id:
            yield _fixable(answers, own.key, item, None, own, own.count, own.count)


def _chosen(answers: Answers, item: Item) -> Iterator[Fixable]:
    """A level below the best, and what failed of a sample."""
    if item.id in answers.levels:
        level = item.level[answers.levels[item.id]]
        if level.score < item.points:
            one = _fixable(answers, f"level:{item.id}", item, None, None, 1, 1)
            yield replace(one, level=level)
    ratio = answers.ratios.get(item.id)
    if ratio is not None and ratio.failed:
        failed = ratio.failed
        one = _fixable(answers, f"ratio:{item.id}", item, None, None, failed, failed)
        yield replace(one, ratio=ratio)


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
    findings, amounts = dict(answers.findings), dict(answers.amounts)
    levels, ratios, earlier = dict(answers.levels), dict(answers.ratios), dict(answers.earlier)
    for key, places in fixed.items():
        kind, _, name = key.partition(":")
        if key in findings:
            findings[key] -= places
            if key in amounts:
                amounts[key] = amounts[key][places:]
            if not findings[key]:
                del findings[key]
                amounts.pop(key, None)
        elif kind == "earlier":
            earlier[name] = _rectified(earlier[name], places)
        elif kind == "level" and places:
            levels[name] = result.scheme.items[name].best_level.id
        elif kind == "ratio":
            ratios[name] = replace(ratios[name], failed=ratios[name].failed - places)
    own = answers.own_findings
    if own:
        less = (replace(o, count=o.count - fixed.get(o.key, 0)) for o in own)
        own = tuple(o for o in less if o.count)
    reviewed = answers.reviewed
    if reviewed != "all":
        reviewed |= frozenset(_seen(result, fixed))
    return replace(
        answers,
        findings=findings,
        amounts=amounts,
        levels=levels,
        ratios=ratios,
        own_findings=own,
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
        name = named_in(key)
        if key in own:
            item_id = own[key]
        elif name in result.scheme.items and key != name:
            item_id = name
        else:
            item_id = result.scheme.conditions[name][0].id
        one = result.items[item_id]
        if one.reviewed:
            yield item_id
        else:
            yield from (f"{item_id}/{group}" for group, seen in one.groups if seen)
