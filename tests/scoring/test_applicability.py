"""Which items and conditions count, by what the enterprise has."""

from collections.abc import Iterable
from typing import Any

import pytest

from scoring import parse_answers, score
from scoring.answers import Answers, Earlier
from scoring.applicability import (
    Applicability,
    Status,
    applicability,
    possible,
    visible_conditions,
    visible_groups,
)
from tests.conftest import scheme_named

A, P, M, N = Status.APPLIES, Status.PRUNED, Status.MARKED, Status.NOT_CHOSEN
ALL_PERCENT = ("1.1.1", "1.1.2", "1.2.1", "1.2.2", "2.1.1", "2.1.2", "2.1.3", "2.1.4")


def _applies(name: str, **given: Any) -> Applicability:
    scheme = scheme_named(name)
    return applicability(scheme, parse_answers(scheme, {"scheme": name, **given}))


def _chosen(**facets: Iterable[str]) -> dict[str, frozenset[str]]:
    return {facet: frozenset(options) for facet, options in facets.items()}


@pytest.mark.parametrize(
    ("facets", "marked", "expected", "unsettled"),
    [
        ({"kind": ["x"], "things": ["crane", "boiler"]}, [], [A, A, A, A, A, A, A, N], []),
        ({"kind": ["y"], "things": ["crane"]}, [], [A, A, A, A, A, P, N, A], []),
        ({"kind": ["z"], "things": []}, ["1.1.2", "2.1.1"], [A, M, A, A, P, P, N, N], []),
        ({"kind": []}, [], [A, A, A, A, A, A, N, N], ["2.1.1", "2.1.2"]),
        ({}, ["1.2.1", "2.1.1"], [A, A, M, A, M, A, N, N], ["2.1.1", "2.1.2"]),
    ],
)
def test_items_of_a_section_fall_away_one_by_one_and_wait_for_their_question(
    facets: dict[str, list[str]], marked: list[str], expected: list[Status], unsettled: list[str]
) -> None:
    found = _applies("mini-percent", facets=facets, not_applicable=marked)
    assert tuple(found.status) == ALL_PERCENT
    assert list(found.status.values()) == expected
    assert found.unsettled == set(unsettled)


def test_what_falls_above_falls_below_whatever_is_marked_there() -> None:
    """Y is the variant not chosen, X.1-1 has no crane; a mark on either changes nothing."""
    found = _applies(
        "mini-scaled",
        facets={"kind": ["x"], "crane": ["no"]},
        not_applicable=["A.1-2", "X.1-1", "Y.1-1"],
    )
    assert found.status == {"A.1-1": A, "A.1-2": M, "X.1-1": P, "X.1-2": A, "Y.1-1": N}


def test_of_variants_none_stands_before_one_is_chosen() -> None:
    """The parts X and Y wait for the kind; in mini-percent two items of element 2 do."""
    parts = _applies("mini-scaled")
    assert parts.status == {"A.1-1": A, "A.1-2": A, "X.1-1": N, "X.1-2": N, "Y.1-1": N}
    assert (parts.unchosen, parts.unsettled) == ({"X", "Y"}, set())
    assert _applies("mini-scaled", facets={"kind": ["y"]}).unchosen == set()
    assert _applies("mini-scaled", facets={"kind": []}).unchosen == set()
    assert _applies("mini-percent").unchosen == {"2"}
    assert _applies("mini-percent", facets={"kind": ["z"]}).unchosen == set()


def test_below_a_chosen_variant_items_wait_for_their_own_question() -> None:
    found = _applies("mini-scaled", facets={"kind": ["x"]})
    assert found.status == {"A.1-1": A, "A.1-2": A, "X.1-1": A, "X.1-2": A, "Y.1-1": N}
    assert found.unsettled == {"X.1-1"}


@pytest.mark.parametrize(
    ("facets", "asked"),
    [
        ({}, ["kind", "crane"]),
        ({"kind": ["x"]}, ["crane"]),
        ({"kind": ["y"]}, []),
        ({"kind": []}, []),
        ({"crane": ["no"]}, ["kind"]),
        ({"kind": ["x"], "crane": ["no"]}, []),
        ({"kind": ["x"], "crane": []}, []),
    ],
)
def test_a_question_is_open_when_it_may_make_sense_and_has_no_answer(
    facets: dict[str, list[str]], asked: list[str]
) -> None:
    scheme = scheme_named("mini-scaled")
    answers = parse_answers(scheme, {"scheme": "mini-scaled", "facets": facets})
    assert list(applicability(scheme, answers).unanswered) == asked


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, {"kind": ["x", "y"], "crane": ["yes", "no"]}),
        ({"kind": ["y"]}, {"kind": ["y"]}),
        ({"kind": ["y"], "crane": ["yes"]}, {"kind": ["y"]}),  # the crane is not asked any more
        ({"crane": ["yes"]}, {"kind": ["x", "y"], "crane": ["yes"]}),
        ({"kind": ["x"], "crane": []}, {"kind": ["x"], "crane": []}),
    ],
)
def test_options_may_be_had_until_their_question_is_answered_or_makes_no_sense(
    answers: dict[str, list[str]], expected: dict[str, list[str]]
) -> None:
    assert possible(scheme_named("mini-scaled"), _chosen(**answers)) == _chosen(**expected)


@pytest.mark.parametrize(
    ("facets", "counts", "settled"),
    [
        ({}, True, False),
        ({"machines": ["dryer"]}, True, False),  # gas is asked now
        ({"machines": ["mill"]}, False, False),  # and now it is not
        ({"machines": ["dryer"], "gas": ["yes"]}, True, True),
        ({"machines": ["dryer"], "gas": ["no"]}, False, False),
        ({"machines": ["mill"], "gas": ["yes"]}, False, False),  # kept from when there was a dryer
        ({"gas": ["yes"]}, True, True),
    ],
)
def test_a_condition_counts_while_its_question_is_open_and_surely_once_it_is_answered(
    facets: dict[str, list[str]], counts: bool, settled: bool
) -> None:
    found = _applies("mini-reach", facets=facets)
    item, condition = scheme_named("mini-reach").conditions["1.2.1-c"]
    assert (found.counts(item, condition), found.settled(item, condition)) == (counts, settled)


def test_nothing_is_settled_on_an_item_that_waits() -> None:
    item, condition = scheme_named("mini-reach").conditions["2.1.1-m1"]
    assert not _applies("mini-reach").settled(item, condition)
    assert _applies("mini-reach", facets={"machines": ["mill"]}).settled(item, condition)


@pytest.mark.parametrize(("night", "ids"), [("yes", ["a", "b", "c"]), ("no", ["a", "b"])])
def test_conditions_are_shown_for_what_the_enterprise_has(night: str, ids: list[str]) -> None:
    item = scheme_named("mini-percent").items["1.1.2"]
    assert [c.key for c in visible_conditions(item, _chosen(night=[night]))] == ids


@pytest.mark.parametrize("machines", [["mill"], ["dryer"], ["mill", "dryer"], []])
def test_headings_are_shown_for_what_the_enterprise_has(machines: list[str]) -> None:
    item = scheme_named("mini-reach").items["2.1.1"]
    shown = [group.id for group in visible_groups(item, _chosen(machines=machines))]
    assert shown == [name for name in ("mill", "dryer") if name in machines]


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


def test_what_is_neither_rectified_nor_planned_nor_open_is_undecided() -> None:
    assert Earlier(5).undecided == 5
    assert Earlier(5, rectified=2).undecided == 3
    assert Earlier(5, rectified=2, planned=1).undecided == 2
    assert Earlier(5, rectified=2, planned=1, open=2).undecided == 0


def test_an_item_is_reviewed_by_its_id_or_with_all_and_a_part_of_it_by_its_own() -> None:
    one = Answers(reviewed=frozenset(["1.1", "1.2/mill"]))
    assert one.is_reviewed("1.1")
    assert one.is_reviewed("1.1", "mill")
    assert one.is_reviewed("1.2", "mill")
    assert not one.is_reviewed("1.2", "dryer")
    assert not one.is_reviewed("1.2")
    assert Answers(reviewed="all").is_reviewed("1.2", "mill")
    assert not Answers().is_reviewed("1.1")
