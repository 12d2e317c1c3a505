"""What putting something right would bring: the answers scored again without it.

Every list of what to fix is ordered by this, never by raw points: a point is worth more in a
heavy element, a finding may hide behind another, and one that exhausts its item costs an extra.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from schemes import Condition, Item
from scoring.answers import Answers, Earlier
from scoring.engine import outlook
from scoring.numbers import added
from scoring.result import GradeResult, Loss, Result, State
from scoring.wishes import OwnFinding


@dataclass(frozen=True, slots=True)
class Gain:
    """What putting some findings of one item right, and nothing else, brings.

    conditions, own: the findings. beside: keys of a level or a sample. total: change of the exact
    total, in its unit. element: change of the element's percentage.
    unlocks: the grades, best first, that fail now and would not fail then.
    """

    item: Item
    conditions: tuple[Condition, ...]
    total: Fraction
    element: Fraction
    unlocks: tuple[GradeResult, ...]
    own: tuple[OwnFinding, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def keys(self) -> frozenset[str]:
        """What effort and pins call the findings."""
        own = (one.key for one in self.own)
        return frozenset([*(c.id for c in self.conditions), *own, *self.beside])


def finding_gains(result: Result) -> list[Gain]:
    """The gain of each finding that counts: first what unlocks a grade, then the largest.

    Equals, such as two findings that each forfeit one item and gain nothing alone, follow by
    the points they took, then in the standard's order.
    """
    return _ordered(result, [[loss] for loss in _found(result)])


def item_gains(result: Result, findings: Iterable[Gain] = ()) -> list[Gain]:
    """The gain of each item with all its findings put right, ordered as `finding_gains`.

    findings: the gains of single findings as far as they are known already; an item with one
    finding has that one's.
    """
    by_item: dict[str, list[Loss]] = {}
    for loss in _found(result):
        by_item.setdefault(loss.item.id, []).append(loss)
    return _ordered(result, by_item.values(), {gain.keys: gain for gain in findings})


def losses_of(result: Result, gain: Gain) -> list[Loss]:
    """What the findings of a gain took, what follows from them for others apart."""
    return [loss for loss in result.losses if loss.key in gain.keys]


def _found(result: Result) -> list[Loss]:
    """One loss of each finding that counts, in the standard's order, own findings last."""
    found = {loss.key: loss for loss in result.losses if loss.key}
    items = {item_id: place for place, item_id in enumerate(result.scheme.items)}
    positions = result.scheme.position

    def place(loss: Loss) -> tuple[int, int]:
        last = len(positions) if loss.condition is None else positions[loss.condition.id]
        return items[loss.item.id], last

    return sorted(found.values(), key=place)


def _ordered(
    result: Result,
    sets: Iterable[list[Loss]],
    known: Mapping[frozenset[str | None], Gain] = MappingProxyType({}),
) -> list[Gain]:
    gains = [known.get(frozenset(loss.key for loss in s)) or _gain(result, s) for s in sets]
    taken: dict[str, list[Decimal]] = defaultdict(list)
    for loss in result.losses:
        if loss.key:
            taken[loss.key].append(loss.taken)
    lost = {id(gain): added(n for key in gain.keys for n in taken[key]) for gain in gains}
    return sorted(gains, key=lambda g: (-len(g.unlocks), -g.total, -lost[id(g)]))


def _gain(result: Result, losses: list[Loss]) -> Gain:
    item = losses[0].item
    element = result.scheme.path(item.id).element
    answers = _without(result, {loss.key for loss in losses})
    after = outlook(result, answers, element.id)
    before = next(e for e in result.elements if e.section is element)
    failed = {grade.title for grade in result.grades if grade.state is State.UNMET}
    return Gain(
        item,
        tuple(loss.condition for loss in losses if loss.condition),
        (after.total_exact or Fraction(0)) - (result.total_exact or Fraction(0)),
        (after.element.percent or Fraction(0)) - (before.percent or Fraction(0)),
        tuple(g for g in after.grades if g.title in failed and g.state is not State.UNMET),
        tuple(loss.own for loss in losses if loss.own),
        tuple(str(loss.key) for loss in losses if loss.level or loss.ratio),
    )


def _without(result: Result, keys: Collection[str | None]) -> Answers:
    """The answers with these not found, and found earlier only to be rectified."""
    answers, items = result.answers, result.scheme.items
    return replace(
        answers,
        amounts={c: kept for c, kept in answers.amounts.items() if c not in keys},
        levels={
            i: items[i].best_level.id if f"level:{i}" in keys else chosen
            for i, chosen in answers.levels.items()
        },
        ratios={
            i: replace(ratio, failed=0) if f"ratio:{i}" in keys else ratio
            for i, ratio in answers.ratios.items()
        },
        findings={c: count for c, count in answers.findings.items() if c not in keys},
        earlier={
            c: Earlier(kept.count, rectified=kept.count) if c in keys else kept
            for c, kept in answers.earlier.items()
        },
        own_findings=tuple(own for own in answers.own_findings if own.key not in keys),
    )
