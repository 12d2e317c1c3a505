"""What a point of each element adds to the total: every scheme's formula is linear in them.

It is read off the formula itself, one element after the other. Hundreds of what-ifs need no total
then; and most of them not even scoring, as in most elements items simply add up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from planning.fixable import Fixable, fixables, put_right, share_of
from planning.ways import Way, way_of
from schemes import Item
from scoring.answers import Answers
from scoring.engine import element_again
from scoring.result import Result, SectionResult
from scoring.totals import Bound, total


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
        if element in self.together or not self.result.items[item.id].reviewed:
            return self._scored(put_right(self.result, fixed), element, Bound.SCORE)
        return self._alone(item, fixed) * self.of[element]

    def gain_at_best(
        self, item: Item, fixed: Mapping[str, int], before: Mapping[str, int]
    ) -> Fraction:
        """The same of the total at the best that unreviewed items leave.

        before: what is put right already of other items.
        """
        element = self.result.scheme.path(item.id).element.id
        if element not in self.together:
            return self._alone(item, fixed) * self.of[element]
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

        Those with nothing left, or with a veto; in any other, items add up.
        """
        path = self.result.scheme.path
        vetoed = {
            path(loss.item.id).element.id
            for loss in self.result.losses
            if loss.condition and loss.condition.scope != "item"
        }
        empty = {e.section.id for e in self.result.elements if not e.high or not e.score}
        return frozenset(vetoed | empty)

    def _scored(self, answers: Answers, element: str, bound: Bound) -> Fraction:
        before, after = element_again(self.result, answers, element)
        return self.of[element] * Fraction(getattr(after, bound) - getattr(before, bound))

    def _alone(self, item: Item, fixed: Mapping[str, int]) -> Fraction:
        """Points that an element gains in which items add up."""
        found = self._on_item[item.id]
        counts = [fixed.get(one.key, 0) for one in found]
        share = share_of(self.result)
        before, after = way_of(found, share, [0] * len(found)), way_of(found, share, counts)
        return _left(item, after) - _left(item, before)

    @cached_property
    def _on_item(self) -> Mapping[str, Sequence[Fixable]]:
        found: dict[str, list[Fixable]] = {}
        for one in fixables(self.result):
            found.setdefault(one.item.id, []).append(one)
        return found


def _left(item: Item, way: Way) -> Fraction:
    """What an item has left, less what it charges its element."""
    score = way.score(Fraction(item.points))
    exhausted = Fraction(item.exhausted_extra) if way.stands and not score else Fraction(0)
    return score - way.extra - exhausted


def worth_of(result: Result) -> Worth:
    """What a point is worth in a result of which something applies."""
    nothing = [replace(element, high=Decimal(0)) for element in result.elements]

    def total_of(elements: Sequence[SectionResult]) -> Fraction:
        found = total(result.scheme, elements, Bound.HIGH)
        assert found is not None  # something applies
        return found.exact

    least = total_of(nothing)
    of = {}
    for place, element in enumerate(result.elements):
        if element.applicable:
            alone = [*nothing]
            alone[place] = replace(element, high=element.full)
            of[element.section.id] = (total_of(alone) - least) / Fraction(element.full)
    return Worth(result, least, of)
