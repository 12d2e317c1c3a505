"""What a group's results say together."""

from dataclasses import replace
from fractions import Fraction

import pytest

import schemes
from planning.group import quantile, spreads, votes
from scoring import Result, score
from scoring.answers import Answers
from tests.conftest import scheme_named

CONDIMENT = schemes.load("condiment")


def of(*findings: str, reviewed: str = "all") -> Result:
    answers = Answers(findings=dict.fromkeys(findings, 1))
    return score(CONDIMENT, replace(answers, reviewed=reviewed) if reviewed else answers)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([5], "1/4", "5"),
        ([1, 3], "1/2", "2"),
        ([4, 1, 3, 2], "1/4", "7/4"),
        ([4, 1, 3, 2], "3/4", "13/4"),
        ([10, 20, 30], "3/4", "25"),
    ],
)
def test_quartiles_are_those_of_spreadsheets(values, share, expected):
    assert quantile([Fraction(v) for v in values], Fraction(share)) == Fraction(expected)


def test_the_groups_radar_has_the_median_of_each_element():
    """Element 1 has 10 points: without 1.1.1 (2 points) 80 %."""
    first = spreads([of(), of("1.1.1-a"), of("1.1.1-a")])[0]
    shown = [first.element.id, first.low, first.median, first.high, first.count]
    assert shown == ["1", 80, 80, 90, 3]


def test_the_widest_disagreement_comes_first():
    group = [of("1.1.1-a", "2.1.1-a"), of("1.1.1-a", "2.1.1-a"), of("1.1.1-a"), of("1.1.1-a")]
    told = [(v.condition.id, v.ticked, v.looked, v.split) for v in votes(group)]
    assert told == [("2.1.1-a", 2, 4, 2), ("1.1.1-a", 4, 4, 0)]


def test_who_has_not_looked_has_no_vote():
    (vote,) = votes([of("1.1.1-a", reviewed=""), of(reviewed=""), of()])
    assert (vote.ticked, vote.looked) == (1, 2)
    assert votes([]) == []


def test_elements_stand_in_the_standards_order_whoever_they_do_not_apply_to():
    """The first marks all of element 1 不适用; the second has all of it."""
    first = CONDIMENT.elements[0]
    absent = frozenset(item.id for item in first.items)
    without = score(CONDIMENT, Answers(not_applicable=absent, reviewed="all"))
    found = spreads([without, of()])
    assert [(one.element.id, one.count) for one in found[:2]] == [("1", 1), ("2", 2)]


def test_whom_a_condition_does_not_concern_has_no_vote_on_it():
    """Nobody but who works at night is asked 1.1.2-c; what was ticked before stays idle."""
    scheme = scheme_named("mini-percent")
    group = [
        score(
            scheme,
            Answers(
                facets={"night": frozenset({night})}, findings={"1.1.2-c": ticked}, reviewed="all"
            ),
        )
        for night, ticked in (("yes", 1), ("yes", 0), ("no", 1))
    ]
    (vote,) = votes(group)
    assert (vote.condition.id, vote.ticked, vote.looked) == ("1.1.2-c", 1, 2)


def test_quartiles_of_three_that_differ_lie_between_them():
    """Element 1 has 10 points; 2 go with 1.1.1 and 2 with 1.1.2: 100, 80 and 60 %."""
    first = spreads([of(), of("1.1.1-a"), of("1.1.1-a", "1.1.2-a")])[0]
    assert (first.low, first.median, first.high) == (70, 80, 90)


def test_of_equal_disagreements_what_more_have_ticked_comes_first():
    group = [of("2.1.1-a"), of("2.1.1-a"), of("2.1.1-a"), of("1.1.1-a")]
    told = [(v.item.id, v.condition.id, v.split, v.ticked) for v in votes(group)]
    assert told == [("2.1.1", "2.1.1-a", 1, 3), ("1.1.1", "1.1.1-a", 1, 1)]
