"""How far an assessment is from a reference answer of the same case."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction

from planning.group import chosen_elements, within
from schemes import Condition
from scoring.applicability import Status
from scoring.result import Result


@dataclass(frozen=True, slots=True)
class Distance:
    """What somebody found otherwise than the reference, in the order of the standard.

    missed, beyond: conditions that only the reference has, or only they. counted: that both have,
    with another count. absent: ids of items that only one of them marks 不适用. scope: ids of
    questions answered otherwise. points: exact difference of the totals, theirs less the
    reference's, or of the marks where only some elements are looked at; None where one has none.
    """

    missed: tuple[Condition, ...]
    beyond: tuple[Condition, ...]
    counted: tuple[Condition, ...]
    absent: tuple[str, ...]
    scope: tuple[str, ...]
    points: Fraction | None

    @property
    def steps(self) -> int:
        """How many answers would have to be changed."""
        lists = (self.missed, self.beyond, self.counted, self.absent, self.scope)
        return sum(map(len, lists))


def distance(result: Result, reference: Result, elements: Collection[str] = ()) -> Distance:
    """Of a result and the reference, by the same version of the standard.

    elements: only these; none for the whole standard.
    """
    items = [one for e in chosen_elements(reference, elements) for one in e.items]
    conditions = [condition for one in items for condition in one.item.conditions]
    theirs, right = result.answers.findings, reference.answers.findings
    ticked = [c for c in conditions if theirs.get(c.id)]
    found = [c for c in conditions if right.get(c.id)]
    marked = {i for i, one in result.items.items() if one.status is Status.MARKED}
    absent = {i for i, one in reference.items.items() if one.status is Status.MARKED}
    facets = reference.applies.given
    return Distance(
        missed=tuple(c for c in found if not theirs.get(c.id)),
        beyond=tuple(c for c in ticked if not right.get(c.id)),
        counted=tuple(c for c in found if theirs.get(c.id) not in (None, 0, right[c.id])),
        absent=tuple(one.item.id for one in items if one.item.id in marked ^ absent),
        scope=tuple(name for name in facets if result.applies.given.get(name) != facets[name]),
        points=_points(result, reference, elements),
    )


def _points(result: Result, reference: Result, elements: Collection[str]) -> Fraction | None:
    if elements:
        ours, right = within(result, elements).score, within(reference, elements).score
        return Fraction(ours) - Fraction(right)
    if result.total_exact is None or reference.total_exact is None:
        return None
    return Fraction(result.total_exact) - Fraction(reference.total_exact)
