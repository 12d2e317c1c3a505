"""Gains on the small made-up standards: every number, what it comes from, and the order."""

from fractions import Fraction
from typing import Any

from planning.gain import Gain, finding_gains, item_gains, losses_of
from planning.worth import worth_of
from scoring import Result, parse_answers, score
from scoring.engine import Outlook, outlook
from scoring.result import Rule
from tests.conftest import scheme_named

Z = {"kind": ["z"], "things": [], "night": ["no"]}


def _scored(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    raw = {"scheme": name, "reviewed": "all", **given}
    return score(scheme, parse_answers(scheme, raw))


def _told(gains: list[Gain]) -> list[tuple[str, list[str], Fraction, Fraction, tuple[str, ...]]]:
    return [
        (
            gain.item.id,
            [condition.id for condition in gain.conditions],
            gain.total,
            gain.element,
            tuple(grade.title for grade in gain.unlocks),
        )
        for gain in gains
    ]


def test_each_finding_is_worth_what_it_alone_keeps_away() -> None:
    """100 points: 10 + 10 + 1 are lost, 79 left. 甲级 asks for 90, 乙级 for 60."""
    result = _scored(
        "mini-percent",
        facets=Z,
        performance={"deaths": 0},
        findings={"1.2.1-b": 1, "1.1.2-a": 1, "1.1.1-b": 1},
    )
    assert _told(finding_gains(result)) == [
        ("1.1.1", ["1.1.1-b"], Fraction(10), Fraction(10), ()),
        ("1.1.2", ["1.1.2-a"], Fraction(10), Fraction(10), ()),
        ("1.2.1", ["1.2.1-b"], Fraction(1), Fraction(1), ()),
    ]


def test_a_grade_is_named_that_is_met_then_and_not_before() -> None:
    """89 points: 10 more bring 甲级, 1 more brings just the 90 that it asks for."""
    result = _scored(
        "mini-percent",
        facets=Z,
        performance={"deaths": 0},
        findings={"1.1.1-b": 1, "1.2.1-b": 1},
    )
    assert _told(finding_gains(result)) == [
        ("1.1.1", ["1.1.1-b"], Fraction(10), Fraction(10), ("甲级",)),
        ("1.2.1", ["1.2.1-b"], Fraction(1), Fraction(1), ("甲级",)),
    ]


def test_equals_stand_by_the_points_they_took_then_in_the_standards_order() -> None:
    """30 of 100 are left. 1.1.1-c forfeits 60, and without it -b still takes 10.

    1.2.1-a forfeits 6; 1.2.2 has lost its 4 by itself, which the veto hides. So putting 1.2.2
    right gains nothing alone, nor does 1.1.1-b: the one took 4 points, the other none.
    """
    result = _scored(
        "mini-percent",
        facets=Z,
        findings={"1.1.1-b": 1, "1.1.1-c": 1, "1.2.1-a": 1, "1.2.2-a": 4},
    )
    assert _told(finding_gains(result)) == [
        ("1.1.1", ["1.1.1-c"], Fraction(50), Fraction(50), ("乙级",)),
        ("1.2.1", ["1.2.1-a"], Fraction(6), Fraction(6), ()),
        ("1.2.2", ["1.2.2-a"], Fraction(0), Fraction(0), ()),
        ("1.1.1", ["1.1.1-b"], Fraction(0), Fraction(0), ()),
    ]


def test_what_one_finding_took_in_several_places_adds_up_among_equals() -> None:
    """5 of 100 are left, of which the extra of 1.1.1-d takes 15: nothing.

    The 10 of 1.2, vetoed by 1.2.1-a, and the 5 of the night would go the same way.
    """
    result = _scored(
        "mini-percent",
        facets={**Z, "night": ["yes"]},
        findings={"1.1.1-d": 1, "1.1.2-a": 2, "1.1.2-c": 1, "1.2.1-a": 1},
    )
    assert result.total_exact == 0
    assert _told(finding_gains(result)) == [
        ("1.1.1", ["1.1.1-d"], Fraction(65), Fraction(65), ("乙级",)),
        ("1.1.2", ["1.1.2-a"], Fraction(10), Fraction(10), ()),
        ("1.2.1", ["1.2.1-a"], Fraction(0), Fraction(0), ()),
        ("1.1.2", ["1.1.2-c"], Fraction(0), Fraction(0), ()),
    ]


def test_an_item_is_worth_all_its_findings_together() -> None:
    """1.1.1 costs its 60 and 15 extra, the veto of 1.2 its 6 + 4: 15 of 100 are left."""
    result = _scored("mini-percent", facets=Z, findings={"1.1.1-c": 1, "1.1.1-d": 1, "1.2.1-a": 1})
    assert result.total_exact == 15
    assert _told(item_gains(result)) == [
        ("1.1.1", ["1.1.1-c", "1.1.1-d"], Fraction(75), Fraction(75), ("甲级", "乙级")),
        ("1.2.1", ["1.2.1-a"], Fraction(10), Fraction(10), ()),
    ]


def test_the_gain_of_a_weighted_element_is_in_points_of_the_total() -> None:
    """Weights 0.5, 0.3, 0.2: 10 points of element 1 are 5, 10 of element 3 are 2."""
    result = _scored(
        "mini-weighted", facets={"second": ["yes"]}, findings={"3.1-b": 1, "1.1-b": 1, "2.1-w": 1}
    )
    assert _told(finding_gains(result)) == [
        ("2.1", ["2.1-w"], Fraction(30), Fraction(100), ("达标",)),
        ("1.1", ["1.1-b"], Fraction(5), Fraction(10), ()),
        ("3.1", ["3.1-b"], Fraction(2), Fraction(10), ()),
    ]


def test_an_earlier_finding_put_right_is_rectified_and_the_others_stay() -> None:
    """A.1-1: one of 2 open for 1, one planned for 0.25. A.1-2: 3 found now, 3 earlier, undecided."""
    result = _scored(
        "mini-scaled",
        facets={"kind": ["x"], "crane": ["yes"]},
        findings={"A.1-2-a": 1},
        earlier={"A.1-1-2": {"count": 2, "planned": 1, "open": 1}, "A.1-2-a": {"count": 1}},
    )
    assert result.total_exact == Fraction("92.75")
    assert _told(finding_gains(result)) == [
        ("A.1-2", ["A.1-2-a"], Fraction(6), Fraction(15), ()),
        ("A.1-1", ["A.1-1-2"], Fraction("1.25"), Fraction("3.125"), ()),
    ]


def test_what_the_findings_of_a_gain_took_is_told_without_what_followed() -> None:
    """1.1.2-b forfeits its 30; the 20 that exhausting costs speak of the item, not of it."""
    result = _scored("mini-percent", facets=Z, findings={"1.1.2-b": 1, "1.2.1-a": 1})
    gains = {gain.item.id: gain for gain in finding_gains(result)}
    assert [(loss.rule, loss.item.id) for loss in losses_of(result, gains["1.1.2"])] == [
        (Rule.FORFEIT, "1.1.2")
    ]
    assert [(loss.rule, loss.taken) for loss in losses_of(result, gains["1.2.1"])] == [
        (Rule.FORFEIT, 6),
        (Rule.SECTION_FORFEIT, 4),
    ]


def test_equals_of_different_elements_stand_in_the_standards_order() -> None:
    """2 of 1000 points each: element 2 before element 10, which as a text would come first."""
    result = _scored("model-enterprise", findings={"10.5.1-a": 1, "2.2.1-b": 1})
    worth = Fraction(2, 10)
    assert [(g.conditions[0].id, g.total) for g in finding_gains(result)] == [
        ("2.2.1-b", worth),
        ("10.5.1-a", worth),
    ]


REACH = {"machines": ["dryer"], "gas": ["yes"], "happened": []}


def test_what_unlocks_a_grade_comes_before_what_is_worth_more_points() -> None:
    """66 points, of which 乙级 asks for 60 and 甲级 for 80, and a major hazard that bars both.

    Putting the hazard right, for 4 points, unlocks 乙级; the 28 of 1.1.2 unlock nothing while it
    stands.
    """
    result = _scored(
        "mini-reach",
        facets=REACH,
        performance={"deaths": 0},
        findings={"1.1.1-b": 1, "1.1.2-a": 4, "2.1.2-a": 1},
    )
    # 100 − 2 − 20 − 8 − 4
    assert result.total_exact == 66
    assert _told(finding_gains(result)) == [
        ("2.1.2", ["2.1.2-a"], Fraction(4), Fraction(10), ("乙级",)),
        ("1.1.2", ["1.1.2-a"], Fraction(28), Fraction(140, 3), ()),
        ("1.1.1", ["1.1.1-b"], Fraction(2), Fraction(10, 3), ()),
    ]


def test_a_grade_that_would_only_be_open_is_unlocked_too() -> None:
    """Deaths are not told, so that no grade is ever earned; without the hazard none is lost."""
    result = _scored("mini-reach", facets=REACH, findings={"2.1.2-a": 1})
    assert _told(finding_gains(result)) == [
        ("2.1.2", ["2.1.2-a"], Fraction(4), Fraction(10), ("甲级", "乙级"))
    ]


def test_a_grade_that_is_open_already_is_not_unlocked() -> None:
    """1.1.2 is open: 甲级 hangs on it, with the 5 of 1.2.1 or without."""
    result = _scored(
        "mini-reach",
        facets=REACH,
        performance={"deaths": 0},
        reviewed=["1.1.1", "1.2.1", "2.1.1", "2.1.2"],
        findings={"1.2.1-b": 1},
    )
    assert [gain.unlocks for gain in finding_gains(result)] == [()]


def test_without_anything_left_there_is_nothing_to_gain() -> None:
    marked = ["1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2"]
    result = _scored("mini-reach", facets=REACH, not_applicable=marked, findings={"1.1.1-b": 1})
    assert finding_gains(result) == []


def test_without_anything_left_other_answers_come_to_no_total() -> None:
    marked = ["1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2"]
    result = _scored("mini-reach", facets=REACH, not_applicable=marked)
    assert outlook(result, result.answers, "1") == Outlook(result.elements[0], None, result.grades)


def test_in_an_element_below_0_only_what_lifts_it_above_gains() -> None:
    """mini-reach without 1.1.1: element 1 has 0 − 8 of 1.1.2 and 0 − 3 − 5 of 1.2.1, so 0 of 40.

    One place of 1.1.2 leaves 5 − 8, all four 20 − 8 = 12 of 80; without 1.2.1-c its item has
    20 − 1 − 2 − 3 = 14: 14 − 8 = 6 by itself, and 14 + 5 after one place of 1.1.2.
    """
    facets = {"machines": ["mill", "dryer"], "gas": ["yes"], "happened": []}
    found = {"1.1.2-a": 4, "1.2.1-a": 1, "1.2.1-b": 1, "1.2.1-c": 1}
    result = _scored(
        "mini-reach",
        facets=facets,
        performance={"deaths": 0},
        findings=found,
        not_applicable=["1.1.1"],
    )
    worth, items = worth_of(result), result.scheme.items
    assert worth.gain(items["1.1.2"], {"1.1.2-a": 1}) == 0
    assert worth.gain(items["1.1.2"], {"1.1.2-a": 4}) == Fraction(1200, 80)
    assert worth.gain(items["1.2.1"], {"1.2.1-c": 1}) == Fraction(600, 80)
    some = worth.gain_at_best(items["1.2.1"], {"1.2.1-c": 1}, {"1.1.2-a": 1})
    assert some == Fraction(1900, 80)
