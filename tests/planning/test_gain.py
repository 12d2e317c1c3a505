"""What putting something right brings, worked by hand and held against a full score."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planning.gain import finding_gains, item_gains
from schemes import Scheme
from scoring import Result, parse_answers, score
from scoring.engine import Outlook, outlook
from scoring.result import State
from tests.conftest import scheme_named

NAMES = (
    "condiment",
    "hazchem",
    "model-enterprise",
    "tobacco",
    "mini-percent",
    "mini-reach",
    "mini-weighted",
)


def _everything(scheme: Scheme) -> dict[str, list[str]]:
    return {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}


def _score(name: str, findings: dict[str, int], **more: Any) -> Result:
    scheme = scheme_named(name)
    raw = {
        "scheme": name,
        "facets": _everything(scheme),
        "performance": {question.id: 0 for question in scheme.performance},
        "reviewed": "all",
        "findings": findings,
        **more,
    }
    return score(scheme, parse_answers(scheme, raw))


def _keys(result: Result) -> list[str]:
    return [gain.conditions[0].id for gain in finding_gains(result)]


def test_eight_points_of_a_heavy_element_come_before_ten_of_a_light_one() -> None:
    """Weights 0.5 and 0.2: 8.01 of element 1 are 4.005, 20 of element 3 are 4.

    100 − 8.005 stays above the line of 80, so that no grade is gained.
    """
    gains = finding_gains(_score("mini-weighted", {"3.1-b": 2, "1.1-a": 801}))
    assert [(g.conditions[0].id, g.total, g.element, g.unlocks) for g in gains] == [
        ("1.1-a", Fraction("4.005"), Fraction("8.01"), ()),
        ("3.1-b", Fraction(4), 20, ()),
    ]


def test_a_finding_is_worth_the_extra_that_it_brings_too() -> None:
    """condiment 2.1.1: 4 × 1 exhausts the 4 points, which charges 10 more: 14 of 1000 are 1.4."""
    (gain,) = finding_gains(_score("condiment", {"2.1.1-c": 4}))
    assert gain.total == Fraction("1.4")
    assert gain.element == 70  # 6 of 20 before, 20 of 20 after
    assert gain.unlocks == ()


def test_two_forfeits_of_one_item_gain_nothing_alone_and_all_together() -> None:
    result = _score("condiment", {"2.1.1-a": 1, "2.1.1-b": 1, "1.1.1-a": 1})
    assert [(gain.conditions[0].id, gain.total > 0) for gain in finding_gains(result)] == [
        ("1.1.1-a", True),
        ("2.1.1-a", False),
        ("2.1.1-b", False),
    ]
    best = item_gains(result)[0]
    assert (best.item.id, best.total) == ("2.1.1", Fraction("1.4"))


def test_a_grade_that_is_unlocked_is_told_with_how_it_stands_then() -> None:
    """Element 3 without a point is below its line, though 80 remain; its weight is 0.2."""
    (gain,) = finding_gains(_score("mini-weighted", {"3.1-w": 1}))
    assert [(grade.title, grade.met) for grade in gain.unlocks] == [("达标", True)]
    assert gain.total == 20


def test_what_was_found_earlier_is_put_right_too() -> None:
    earlier = {"D.1-2-2.1": {"count": 1}}
    (gain,) = finding_gains(_score("tobacco", {}, earlier=earlier))
    assert gain.total > 0


def test_without_findings_there_is_nothing_to_gain() -> None:
    result = _score("condiment", {})
    assert (finding_gains(result), item_gains(result)) == ([], [])


@st.composite
def _findings(draw: st.DrawFn) -> tuple[str, dict[str, int]]:
    name = draw(st.sampled_from(NAMES))
    ids = sorted(scheme_named(name).conditions)
    chosen = draw(st.lists(st.sampled_from(ids), max_size=12, unique=True))
    return name, {condition: draw(st.integers(1, 3)) for condition in chosen}


@given(_findings())
@settings(max_examples=60, deadline=None)
def test_a_gain_is_the_difference_to_a_full_score_without_the_finding(
    given_: tuple[str, dict[str, int]],
) -> None:
    name, findings = given_
    result = _score(name, findings)
    order = []
    for gain in finding_gains(result):
        (condition,) = gain.conditions
        after = _score(name, {c: n for c, n in findings.items() if c != condition.id})
        assert after.total_exact is not None
        assert result.total_exact is not None
        assert gain.total == after.total_exact - result.total_exact
        assert gain.total >= 0
        lost = [g.title for g in result.grades if g.state is State.UNMET]
        won = [g for g in after.grades if g.title in lost and g.state is not State.UNMET]
        assert list(gain.unlocks) == won
        order.append((len(gain.unlocks), gain.total))
    assert order == sorted(order, reverse=True)


@given(_findings(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_scoring_one_element_again_is_scoring_all(
    given_: tuple[str, dict[str, int]], dice: Any
) -> None:
    name, findings = given_
    result = _score(name, findings)
    scheme = result.scheme
    element = dice.choice(scheme.elements)
    inside = [c for c, (item, _) in scheme.conditions.items() if item in element.items]
    changed = {c: n for c, n in findings.items() if c not in inside}
    changed |= {c: dice.choice([1, 2]) for c in dice.sample(inside, min(3, len(inside)))}
    answers = replace(result.answers, findings=changed)
    whole = score(scheme, answers)
    (again,) = [one for one in whole.elements if one.section is element]
    assert outlook(result, answers, element.id) == Outlook(again, whole.total_exact, whole.grades)


@pytest.mark.parametrize("name", NAMES)
def test_lists_of_what_to_fix_hold_every_finding_that_counts(name: str) -> None:
    ids = sorted(scheme_named(name).conditions)[::7]
    result = _score(name, dict.fromkeys(ids, 1))
    found = {loss.condition.id for loss in result.losses if loss.condition}
    assert sorted(_keys(result)) == sorted(found)
    items = {loss.item.id for loss in result.losses if loss.condition}
    whole = item_gains(result)
    assert {gain.item.id for gain in whole} == items
    assert item_gains(result, finding_gains(result)) == whole
