"""What answers become when something is put right, form by form, and what that alone would bring."""

from fractions import Fraction
from typing import Any

from planning.fixable import fixables, put_right
from planning.gain import finding_gains
from planning.ways import ways_of
from scoring import Result, parse_answers, score
from scoring.answers import Earlier
from scoring.choices import Ratio
from tests.conftest import scheme_named

FORMS: dict[str, Any] = {
    "levels": {"1.1(1)": "partly"},
    "ratios": {"1.2(1)": {"inspected": 7, "failed": 2}},
    "findings": {"1.1(2)-b": {"amounts": ["3", "1.5"]}},
}


def _result(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    return score(scheme, parse_answers(scheme, {"scheme": name, **given}))


def test_each_form_brings_its_own_points_and_leaves_the_others_as_they_are() -> None:
    """Of 100 points, 60 in the element: 10 − 6 by a level, 3 + 1.5, and 12 × 2/7 of a sample."""
    gains = finding_gains(_result("mini-forms", **FORMS, reviewed="all"))
    assert {(*gain.keys,): (gain.total, gain.element) for gain in gains} == {
        ("level:1.1(1)",): (4, Fraction(20, 3)),
        ("1.1(2)-b",): (Fraction(9, 2), Fraction(15, 2)),
        ("ratio:1.2(1)",): (Fraction(24, 7), Fraction(40, 7)),
    }


def test_nothing_is_gained_beneath_a_veto_of_all_that_applies() -> None:
    """Only the element with the veto applies: 0 points stay 0, whatever else is put right."""
    found = {**FORMS, "findings": {"1.2(2)-b": 1}}
    absent = ["2.1.1", "2.2.1", "3"]
    gains = finding_gains(_result("mini-forms", **found, not_applicable=absent, reviewed="all"))
    by_key = {(*gain.keys,): (gain.total, gain.element) for gain in gains}
    assert by_key["level:1.1(1)",] == by_key["ratio:1.2(1)",] == (0, 0)


def test_a_level_becomes_the_best_and_what_failed_passes_and_both_stay_reviewed() -> None:
    fixed = {"level:1.1(1)": 1, "ratio:1.2(1)": 1, "1.1(2)-b": 1}
    then = put_right(_result("mini-forms", **FORMS), fixed)
    assert (then.levels, then.ratios) == ({"1.1(1)": "full"}, {"1.2(1)": Ratio(7, 1)})
    assert then.reviewed == {"1.1(1)", "1.1(2)", "1.2(1)"}
    assert (then.findings, then.amounts["1.1(2)-b"]) == ({"1.1(2)-b": 1}, (Fraction(3, 2),))


def test_what_was_found_earlier_is_rectified_open_ones_first() -> None:
    earlier = {"C.1-1-1.1.place": {"count": 6, "rectified": 1, "open": 2, "planned": 2}}
    then = put_right(_result("tobacco", earlier=earlier), {"earlier:C.1-1-1.1.place": 3})
    assert then.earlier == {"C.1-1-1.1.place": Earlier(6, rectified=4, open=0, planned=1)}


def test_an_item_that_was_reviewed_stays_so_and_of_another_its_groups() -> None:
    reviewed = {"reviewed": ["6.2.6/1", "1.1.1"], "facets": {"equipment": []}}
    found = {"6.2.6-1.1": 1, "1.1.1-a": 1}
    then = put_right(_result("condiment", findings=found, **reviewed), dict.fromkeys(found, 1))
    assert then.findings == {}
    assert then.reviewed == {"6.2.6/1", "1.1.1"}


def test_of_the_ways_of_an_item_those_are_kept_that_no_other_beats() -> None:
    """Three times 2 points, at most 6, and amounts of 3 and 1.5: for each cost the least charged.

    One place each costs 1: with one the 3 go (7.5 of 10.5 are left), with two another 2 as well, and so on.
    """
    found = {"1.1(2)-a": 3, "1.1(2)-b": {"amounts": ["3", "1.5"]}}
    fixable = fixables(_result("mini-forms", findings=found, reviewed="all"))
    ways = ways_of(fixable, Fraction(0), lambda _: False)
    assert [(way.fixed, way.cost, way.charged) for way in ways] == [
        ((0, 0), 0, Fraction(21, 2)),
        ((0, 1), 1, Fraction(15, 2)),
        ((1, 1), 2, Fraction(11, 2)),
        ((2, 1), 3, Fraction(7, 2)),
        ((3, 1), 4, Fraction(3, 2)),
        ((3, 2), 5, 0),
    ]
    must = ways_of(fixable, Fraction(0), lambda condition: condition.key == "a")
    assert [(way.fixed, way.charged) for way in must] == [
        ((3, 0), Fraction(9, 2)),
        ((3, 1), Fraction(3, 2)),
        ((3, 2), 0),
    ]
