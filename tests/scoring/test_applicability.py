"""Which items and conditions count, by what the enterprise has."""

import pytest

from scoring import parse_answers, score
from scoring.answers import Answers, Earlier
from scoring.applicability import Status, statuses, unanswered, visible_conditions
from tests.conftest import scheme_named

A, P, M, N = Status.APPLIES, Status.PRUNED, Status.MARKED, Status.NOT_CHOSEN


@pytest.mark.parametrize(
    ("facets", "marked", "expected"),
    [
        ({"kind": ["x"], "things": ["crane", "boiler"]}, [], [A, A, A, A, A, A, A, N]),
        ({"kind": ["y"], "things": ["crane"]}, [], [A, A, A, A, A, P, N, A]),
        ({"kind": ["z"], "things": []}, ["1.1.2", "2.1.1"], [A, M, A, A, P, P, N, N]),
        ({}, ["1.2.1"], [A, A, M, A, P, P, N, N]),
    ],
)
def test_items_of_a_section_fall_away_one_by_one(
    facets: dict[str, list[str]], marked: list[str], expected: list[Status]
) -> None:
    scheme = scheme_named("mini-percent")
    raw = {"scheme": "mini-percent", "facets": facets, "not_applicable": marked}
    found = statuses(scheme, parse_answers(scheme, raw))
    assert list(found) == ["1.1.1", "1.1.2", "1.2.1", "1.2.2", "2.1.1", "2.1.2", "2.1.3", "2.1.4"]
    assert list(found.values()) == expected


def test_what_falls_above_falls_below_whatever_is_marked_there() -> None:
    """Y is the variant not chosen, X.1-1 has no crane; a mark on either changes nothing."""
    scheme = scheme_named("mini-scaled")
    raw = {
        "scheme": "mini-scaled",
        "facets": {"kind": ["x"], "crane": ["no"]},
        "not_applicable": ["A.1-2", "X.1-1", "Y.1-1"],
    }
    assert statuses(scheme, parse_answers(scheme, raw)) == {
        "A.1-1": A,
        "A.1-2": M,
        "X.1-1": P,
        "X.1-2": A,
        "Y.1-1": N,
    }


@pytest.mark.parametrize(
    ("facets", "asked"),
    [
        ({}, ["kind"]),
        ({"kind": ["x"]}, ["crane"]),
        ({"kind": ["y"]}, []),
        ({"kind": []}, []),
        ({"kind": ["x"], "crane": ["no"]}, []),
    ],
)
def test_a_question_is_open_when_it_makes_sense_and_has_no_answer(
    facets: dict[str, list[str]], asked: list[str]
) -> None:
    scheme = scheme_named("mini-scaled")
    answers = parse_answers(scheme, {"scheme": "mini-scaled", "facets": facets})
    assert [facet.id for facet in unanswered(scheme, answers)] == asked


@pytest.mark.parametrize(("night", "ids"), [("yes", ["a", "b", "c"]), ("no", ["a", "b"])])
def test_conditions_are_shown_for_what_the_enterprise_has(night: str, ids: list[str]) -> None:
    item = scheme_named("mini-percent").items["1.1.2"]
    assert [c.key for c in visible_conditions(item, {"night": frozenset([night])})] == ids


def test_a_condition_that_makes_no_sense_costs_nothing() -> None:
    scheme = scheme_named("mini-percent")
    scores = {}
    for night in ("yes", "no"):
        raw = {
            "scheme": "mini-percent",
            "facets": {"night": [night]},
            "findings": {"1.1.2-c": 1},
        }
        result = score(scheme, parse_answers(scheme, raw)).items["1.1.2"]
        scores[night] = (str(result.score), result.reviewed)
    assert scores == {"yes": ("25", True), "no": ("30", False)}


def test_what_is_neither_rectified_nor_planned_is_open() -> None:
    assert Earlier(5).open == 5
    assert Earlier(5, rectified=2).open == 3
    assert Earlier(5, rectified=2, planned=1).open == 2


def test_an_item_is_reviewed_by_its_id_or_with_all() -> None:
    assert Answers(reviewed=frozenset(["1.1"])).is_reviewed("1.1")
    assert not Answers(reviewed=frozenset(["1.1"])).is_reviewed("1.2")
    assert Answers(reviewed="all").is_reviewed("1.2")
    assert not Answers().is_reviewed("1.1")
