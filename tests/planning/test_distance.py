"""How far an assessment is from a reference answer, and what it has in some elements."""

from fractions import Fraction

import schemes
from planning.distance import distance
from planning.group import spreads, votes, within
from scoring import Result, score
from scoring.answers import Answers
from scoring.choices import Ratio
from tests.conftest import scheme_named

CONDIMENT = schemes.load("condiment", "1.1")
SCOPE = {"product": frozenset({"vinegar"}), "major_hazard": frozenset({"no"})}


def of(findings: dict[str, int], absent: tuple[str, ...] = (), **scope: frozenset[str]) -> Result:
    given = {facet.id: frozenset() for facet in CONDIMENT.facets} | SCOPE | scope
    return score(
        CONDIMENT,
        Answers(facets=given, findings=findings, not_applicable=frozenset(absent), reviewed="all"),
    )


REFERENCE = of({"2.1.1-c": 1, "7.3.2-a": 5, "2.2.3-a": 2}, absent=("10.3.2",))


def test_what_was_missed_added_and_counted_otherwise_is_told_in_the_standards_order():
    """Element 2: 20 − 1 − 2, theirs 20 − 1 − 1 − 3; element 7 theirs is full."""
    theirs = of({"2.1.1-c": 1, "2.2.3-a": 1, "2.1.3-a": 1}, product=frozenset({"soy_sauce"}))
    found = distance(theirs, REFERENCE)
    assert [c.id for c in found.missed] == ["7.3.2-a"]
    assert [c.id for c in found.beyond] == ["2.1.3-a"]
    assert [c.id for c in found.counted] == ["2.2.3-a"]
    assert (found.absent, found.scope, found.steps) == (("10.3.2",), ("product",), 5)


def test_in_some_elements_the_difference_is_of_marks_and_nothing_else_is_looked_at():
    theirs = of({"2.1.1-c": 1, "2.1.3-a": 1})
    found = distance(theirs, REFERENCE, ["2"])
    assert [c.id for c in (*found.missed, *found.beyond)] == ["2.2.3-a", "2.1.3-a"]
    assert (found.absent, found.points) == ((), Fraction(-1))  # 16 of 20 where 17 are right
    assert distance(REFERENCE, REFERENCE).points == 0


def test_some_elements_have_the_sum_of_their_marks():
    """20 − 3 and, of the 100 that apply in element 7 (140 less 10, 10, 10, 5, 5), 15 less."""
    found = within(REFERENCE, ["2", "7"])
    assert (found.score, found.full) == (102, 120)
    assert (found.open, found.reviewed) == (False, found.applicable)
    assert [s.element.id for s in spreads([REFERENCE], ["2", "7"])] == ["2", "7"]
    assert [v.condition.id for v in votes([REFERENCE], ["7"])] == ["7.3.2-a"]


def test_marks_of_some_elements_are_exact_where_a_sample_takes_an_endless_share():
    """2 of 7 failed take 24/7 of 60; one of 3 takes 4, which the reference lacks."""
    forms = scheme_named("mini-forms")
    theirs, reference = (
        score(forms, Answers(ratios={"1.2(1)": ratio}, reviewed="all"))
        for ratio in (Ratio(7, 2), Ratio(3, 1))
    )
    found = within(theirs, ["一"])
    assert (found.score, found.full) == (Fraction(396, 7), 60)
    assert distance(theirs, reference, ["一"]).points == Fraction(4, 7)
