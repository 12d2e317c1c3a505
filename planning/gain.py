"""What putting something right would bring: the answers scored again without it.

Every list of what to fix is ordered by this, never by raw points: a point is worth more in a
heavy element, a finding may hide behind another, and one that exhausts its item costs an extra.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from schemes import Condition, Item
from scoring.answers import Answers, Earlier
from scoring.engine import outlook
from scoring.result import GradeResult, Loss, Result, State


@dataclass(frozen=True, slots=True)
class Gain:
    """What putting some findings of one item right, and nothing else, brings.

    total: change of the exact total, in its unit. element: change of the element's percentage.
    unlocks: the grades, best first, that fail now and would not fail then.
    """

    item: Item
    conditions: tuple[Condition, ...]
    total: Fraction
    element: Fraction
    unlocks: tuple[GradeResult, ...]


def finding_gains(result: Result) -> list[Gain]:
    """The gain of each finding that counts: first what unlocks a grade, then the largest.

    Equals, such as two findings that each forfeit one item and gain nothing alone, follow by
    the points they took, then in the standard's order.
    """
    return _ordered(result, ((condition,) for condition in _found(result)))


def item_gains(result: Result) -> list[Gain]:
    """The gain of each item with all its findings put right, ordered as `finding_gains`."""
    by_item: dict[str, list[Condition]] = {}
    for condition in _found(result):
        by_item.setdefault(_item(result, condition).id, []).append(condition)
    return _ordered(result, (tuple(found) for found in by_item.values()))


def losses_of(result: Result, gain: Gain) -> list[Loss]:
    """What the findings of a gain took, what follows from them for others apart."""
    return [loss for loss in result.losses if loss.condition in gain.conditions]


def _found(result: Result) -> list[Condition]:
    """The conditions with a finding that counts, in the standard's order."""
    found = {loss.condition.id: loss.condition for loss in result.losses if loss.condition}
    return [found[i] for i in sorted(found, key=result.scheme.position.__getitem__)]


def _ordered(result: Result, sets: Iterator[tuple[Condition, ...]]) -> list[Gain]:
    gains = [_gain(result, conditions) for conditions in sets]
    taken: dict[str, Decimal] = defaultdict(Decimal)
    for loss in result.losses:
        if loss.condition:
            taken[loss.condition.id] += loss.taken
    lost = {id(gain): sum(taken[c.id] for c in gain.conditions) for gain in gains}
    return sorted(gains, key=lambda g: (-len(g.unlocks), -g.total, -lost[id(g)]))


def _gain(result: Result, conditions: tuple[Condition, ...]) -> Gain:
    item = _item(result, conditions[0])
    element = result.scheme.path(item.id).element
    answers = _without(result.answers, {condition.id for condition in conditions})
    after = outlook(result, answers, element.id)
    before = next(e for e in result.elements if e.section is element)
    failed = {grade.title for grade in result.grades if grade.state is State.UNMET}
    return Gain(
        item,
        conditions,
        (after.total_exact or Fraction(0)) - (result.total_exact or Fraction(0)),
        (after.element.percent or Fraction(0)) - (before.percent or Fraction(0)),
        tuple(g for g in after.grades if g.title in failed and g.state is not State.UNMET),
    )


def _item(result: Result, condition: Condition) -> Item:
    return result.scheme.conditions[condition.id][0]


def _without(answers: Answers, ids: Collection[str]) -> Answers:
    """The answers with these conditions not found, and found earlier only to be rectified."""
    return replace(
        answers,
        findings={c: count for c, count in answers.findings.items() if c not in ids},
        earlier={
            c: Earlier(kept.count, rectified=kept.count) if c in ids else kept
            for c, kept in answers.earlier.items()
        },
    )
