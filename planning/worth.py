"""What a point of each element adds to the total: every scheme's formula is linear in them.

It is read off the formula itself, one element after the other. Hundreds of what-ifs that change
one element then need only that element scored again, and no total.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answers
from scoring.engine import element_again
from scoring.result import Result, SectionResult
from scoring.totals import Bound, total


@dataclass(frozen=True, slots=True)
class Worth:
    """The formula of a result of which something applies.

    least: the exact total without a single point. of: what a point adds to it, by the id of each
    element that applies; both in the total's unit.
    """

    result: Result
    least: Fraction
    of: Mapping[str, Fraction]

    def gain(self, answers: Answers, element: str) -> Fraction:
        """What the exact total gains by answers that differ as in `scoring.engine.outlook`."""
        return self._points(answers, element, Bound.SCORE)

    def gain_at_best(self, answers: Answers, element: str) -> Fraction:
        """The same of the total at the best that unreviewed items leave."""
        return self._points(answers, element, Bound.HIGH)

    def _points(self, answers: Answers, element: str, bound: Bound) -> Fraction:
        before, after = element_again(self.result, answers, element)
        return self.of[element] * Fraction(getattr(after, bound) - getattr(before, bound))


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
