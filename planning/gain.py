"""What putting something right would bring: the answers scored again without it.

Every list of what to fix is ordered by this, never by raw points: a point is worth more in a
heavy element, a finding may hide behind another, and one that exhausts its item costs an extra.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from types import MappingProxyType

from planning.barred import Barred
from planning.worth import Worth, worth_of
from schemes import Condition, Item
from scoring.answers import Answers, Earlier
from scoring.engine import element_again, outlook
from scoring.numbers import added
from scoring.result import GradeResult, Loss, Result, SectionResult, State
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
    trial = _Trial(result)
    gains = [known.get(frozenset(loss.key for loss in s)) or trial.gain(s) for s in sets]
    taken: dict[str, list[Decimal]] = defaultdict(list)
    for loss in result.losses:
        if loss.key:
            taken[loss.key].append(loss.taken)
    lost = {id(gain): added(n for key in gain.keys for n in taken[key]) for gain in gains}
    return sorted(gains, key=lambda g: (-len(g.unlocks), -g.total, -lost[id(g)]))


@dataclass(frozen=True)
class _Trial:
    """One result whose findings are put right one after the other, and nothing else with them.

    Points are told by the formula's own worth of them where items add up, else by the element
    scored again; all is scored again only where a grade may open by it, or there are bonuses.
    """

    result: Result

    def gain(self, losses: list[Loss]) -> Gain:
        """What putting these of one item right brings."""
        item = losses[0].item
        element = self.result.scheme.path(item.id).element.id
        total, percent, unlocks = self._brought(item, element, [str(one.key) for one in losses])
        return Gain(
            item,
            tuple(loss.condition for loss in losses if loss.condition),
            total,
            percent,
            unlocks,
            tuple(loss.own for loss in losses if loss.own),
            tuple(str(loss.key) for loss in losses if loss.level or loss.ratio),
        )

    def _brought(
        self, item: Item, element: str, keys: Collection[str]
    ) -> tuple[Fraction, Fraction, tuple[GradeResult, ...]]:
        """Change of the total and of the element's percentage, and the grades that open."""
        if self._worth is None or element not in self._worth.of:
            return self._in_full(element, keys)
        gained = self._worth.points_without(item, keys)
        if gained is None:
            before, after = element_again(self.result, _without(self.result, keys), element)
            gained = Fraction(after.score - before.score), Fraction(after.high - before.high)
        points, high = gained
        worth, full = self._worth.of[element], Fraction(self._elements[element].full)
        if self._barred.may_open(item, len(keys), worth * high, 100 * high / full):
            return self._in_full(element, keys)
        return worth * points, 100 * points / full, ()

    def _in_full(
        self, element: str, keys: Collection[str]
    ) -> tuple[Fraction, Fraction, tuple[GradeResult, ...]]:
        after = outlook(self.result, _without(self.result, keys), element)
        failed = {grade.title for grade in self.result.grades if grade.state is State.UNMET}
        return (
            (after.total_exact or Fraction(0)) - (self.result.total_exact or Fraction(0)),
            (after.element.percent or Fraction(0))
            - (self._elements[element].percent or Fraction(0)),
            tuple(g for g in after.grades if g.title in failed and g.state is not State.UNMET),
        )

    @cached_property
    def _worth(self) -> Worth | None:
        """What points are worth; None where nothing applies.

        Nor with bonuses: there may be no room for all of them, and who has nothing found any more
        may yet come to some.
        """
        if self.result.scheme.has_bonus or self.result.total_exact is None:
            return None
        return worth_of(self.result)

    @cached_property
    def _barred(self) -> Barred:
        return Barred.of(self.result)

    @cached_property
    def _elements(self) -> dict[str, SectionResult]:
        return {one.section.id: one for one in self.result.elements}


def _without(result: Result, keys: Collection[str]) -> Answers:
    """The answers with these not found, and found earlier only to be rectified."""
    answers, items = result.answers, result.scheme.items
    levels = {key.removeprefix("level:") for key in keys if key.startswith("level:")}
    ratios = {key.removeprefix("ratio:") for key in keys if key.startswith("ratio:")}
    earlier = {c: answers.earlier[c] for c in keys if c in answers.earlier}
    return replace(
        answers,
        amounts={c: kept for c, kept in answers.amounts.items() if c not in keys},
        levels={**answers.levels, **{i: items[i].best_level.id for i in levels}},
        ratios={**answers.ratios, **{i: replace(answers.ratios[i], failed=0) for i in ratios}},
        findings={c: count for c, count in answers.findings.items() if c not in keys},
        earlier={
            **answers.earlier,
            **{c: Earlier(kept.count, rectified=kept.count) for c, kept in earlier.items()},
        },
        own_findings=tuple(own for own in answers.own_findings if own.key not in keys),
    )
