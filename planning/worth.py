"""What a point of each element adds to the total: every scheme's formula is linear in them.

It is read off the formula itself, one element after the other. Hundreds of what-ifs need no total
then; and most of them not even scoring, as in most elements items simply add up.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from planning.fixable import Fixable, fixables, put_right, share_of
from planning.ways import Way, standing, way_of
from schemes import Item
from scoring.answers import Answers
from scoring.engine import element_again, exact_totals
from scoring.result import Result, SectionResult
from scoring.totals import Bound, total

_PLACES = {Bound.SCORE: 0, Bound.LOW: 1, Bound.HIGH: 2}
"""Where `exact_totals` has each."""


@dataclass(frozen=True)
class Worth:
    """The formula of a result of which something applies.

    least: the exact total without a single point. of: what a point adds to it, by the id of each
    element that applies; both in the total's unit.
    """

    result: Result
    least: Fraction
    of: Mapping[str, Fraction]

    def gain(self, item: Item, fixed: Mapping[str, int]) -> Fraction:
        """What the exact total gains when so many places of an item's findings are put right."""
        element = self.result.scheme.path(item.id).element.id
        if element in self._floored:
            return self._above_floor(item, fixed, {}) * self._point(element)
        if element in self.together or not self.result.items[item.id].reviewed:
            return self._scored(put_right(self.result, fixed), element, Bound.SCORE)
        return self._alone(item, fixed) * self._point(element)

    def points_without(self, item: Item, keys: Collection[str]) -> tuple[Fraction, Fraction] | None:
        """Points that the element gains when these are not found any more, now and earlier.

        keys: of conditions, own findings, levels and samples. Returns: them, and the most that they
        are at the best, as an item that nothing is found at may have to be reviewed again; None
        where only scoring can tell.
        """
        element = self.result.scheme.path(item.id).element.id
        if element in self.together or not self.result.items[item.id].reviewed:
            return None
        if item.id not in self._standing:
            found = self._on_item.get(item.id, ())
            self._standing[item.id] = standing(found, share_of(self.result))
        stands = self._standing[item.id]
        if not stands.keys() >= set(keys):  # what an open question may yet take away
            return None
        left = [way for key, way in stands.items() if key not in keys]
        before = _left(item, *stands.values())
        return _left(item, *left) - before, _left(item) - before

    @cached_property
    def _standing(self) -> dict[str, dict[str, Way]]:
        """What stands at items, as far as it was asked for."""
        return {}

    def gain_at_best(
        self, item: Item, fixed: Mapping[str, int], before: Mapping[str, int]
    ) -> Fraction:
        """The same of the total at the best that unreviewed items leave.

        before: what is put right already of other items.
        """
        element = self.result.scheme.path(item.id).element.id
        if element not in self.together:
            return self._alone(item, fixed) * self._point(element)
        if element in self._floored:
            return self._above_floor(item, fixed, before) * self._point(element)
        then = self._scored(put_right(self.result, {**before, **fixed}), element, Bound.HIGH)
        done = element, frozenset(before.items())  # tried with one item after the other
        if done not in self._reached:
            self._reached[done] = self._scored(put_right(self.result, before), element, Bound.HIGH)
        return then - self._reached[done]

    @cached_property
    def _reached(self) -> dict[tuple[str, frozenset[tuple[str, int]]], Fraction]:
        """What elements have gained by what is put right already."""
        return {}

    @cached_property
    def together(self) -> frozenset[str]:
        """Elements in which what one item gains may hang on what is done of another.

        Those with nothing left, with a veto, with bonuses, which there may be no room for, or with
        weights below them; in any other, items add up.
        """
        empty = {e.section.id for e in self.result.elements if not e.high or not e.score}
        return self._bent | empty

    @cached_property
    def _bent(self) -> frozenset[str]:
        """Those with a veto, with bonuses or with weights below them."""
        path = self.result.scheme.path
        vetoed = {
            path(loss.item.id).element.id
            for loss in self.result.losses
            if loss.condition and loss.condition.scope != "item"
        }
        others = {e.section.id for e in self.result.elements if e.bonus_most or _weighs(e)}
        return frozenset(vetoed | others)

    @cached_property
    def _floored(self) -> frozenset[str]:
        """Elements without anything left whose items would add up if it went on below 0.

        All reviewed: what they score is then what they score at best.
        """
        sure = {
            e.section.id for e in self.result.elements if not any(one.pending for one in e.items)
        }
        return (self.together & sure) - self._bent

    def _above_floor(
        self, item: Item, fixed: Mapping[str, int], before: Mapping[str, int]
    ) -> Fraction:
        """Points that such an element gains when more is put right than before."""
        element = self.result.scheme.path(item.id).element.id
        done = element, frozenset(before.items())
        if done not in self._sums:
            self._sums[done] = self._sum(element, before)
        then = self._sums[done]
        now = then + self._left_after(item, {**before, **fixed}) - self._left_after(item, before)
        return max(Fraction(0), now) - max(Fraction(0), then)

    @cached_property
    def _sums(self) -> dict[tuple[str, frozenset[tuple[str, int]]], Fraction]:
        """What the items of such elements come to, also below 0, by what is put right already."""
        return {}

    def _sum(self, element: str, fixed: Mapping[str, int]) -> Fraction:
        found = next(one for one in self.result.elements if one.section.id == element)
        return sum(
            (
                self._left_after(one.item, fixed)
                if one.item.id in self._on_item
                else Fraction(one.score)
                for one in found.items
            ),
            Fraction(0),
        )

    def _scored(self, answers: Answers, element: str, bound: Bound) -> Fraction:
        if any(one.bonus_most for one in self.result.elements):  # capped over all of them
            place = _PLACES[bound]
            now = exact_totals(self.result, self.result.answers, element)[place]
            return exact_totals(self.result, answers, element)[place] - now
        before, after = element_again(self.result, answers, element)
        return self._point(element) * Fraction(getattr(after, bound) - getattr(before, bound))

    def _point(self, element: str) -> Fraction:
        """What a point of the element adds; nothing where it has vetoes only."""
        return self.of.get(element, Fraction(0))

    def _alone(self, item: Item, fixed: Mapping[str, int]) -> Fraction:
        """Points that an element gains in which items add up."""
        return self._left_after(item, fixed) - self._left_after(item, {})

    def _left_after(self, item: Item, fixed: Mapping[str, int]) -> Fraction:
        """What an item has left, less what it charges its element, once so much is put right."""
        found = self._on_item[item.id]
        counts = tuple(fixed.get(one.key, 0) for one in found)
        known = self._left[item.id]
        if counts not in known:
            known[counts] = _left(item, way_of(found, share_of(self.result), counts))
        return known[counts]

    @cached_property
    def _left(self) -> defaultdict[str, dict[tuple[int, ...], Fraction]]:
        """What items have left by how much of each finding is put right, where it was asked."""
        return defaultdict(dict)

    @cached_property
    def _on_item(self) -> Mapping[str, Sequence[Fixable]]:
        found: dict[str, list[Fixable]] = {}
        for one in fixables(self.result):
            found.setdefault(one.item.id, []).append(one)
        return found


def _weighs(section: SectionResult) -> bool:
    """Whether the section or one below it sums by weights."""
    below = (child for child in section.children if isinstance(child, SectionResult))
    return section.section.weighs or any(map(_weighs, below))


def _left(item: Item, *ways: Way) -> Fraction:
    """What an item has left of which these stand, less what it charges its element."""
    score = max(Fraction(0), Fraction(item.points) - sum(way.charged for way in ways))
    stands = any(way.stands for way in ways)
    exhausted = Fraction(item.exhausted_extra) if stands and not score else Fraction(0)
    return score - sum(way.extra for way in ways) - exhausted


def worth_of(result: Result) -> Worth:
    """What a point is worth in a result of which something applies."""
    none = Decimal(0)
    nothing = [replace(element, high=none, bonus_high=none) for element in result.elements]

    def total_of(elements: Sequence[SectionResult]) -> Fraction:
        found = total(result.scheme, elements, Bound.HIGH)
        assert found is not None  # something applies
        return found.exact

    least = total_of(nothing)
    of = {}
    for place, element in enumerate(result.elements):
        if element.applicable or element.bonus_most:
            alone = [*nothing]
            some = element.full or Decimal(1)
            alone[place] = replace(nothing[place], high=some)
            of[element.section.id] = (total_of(alone) - least) / Fraction(some)
    return Worth(result, least, of)
