"""Each fault of answers as a fact: where, which kind, and the ids or values that go with it."""

from dataclasses import replace
from typing import Any

import pytest

from scoring import score
from scoring.answers import Answers, Earlier, parse_answers
from scoring.problems import AnswersError, Problem, ProblemKind
from tests.conftest import scheme_named

K = ProblemKind
KEYS = (
    "scheme",
    "version",
    "facets",
    "performance",
    "not_applicable",
    "reviewed",
    "findings",
    "levels",
    "ratios",
    "earlier",
    "application",
    "quick",
    "own_findings",
    "effort",
    "pins",
)
LONG = "长" * 70
CUT = "长" * 60 + "…"


def _parsed(name: str, **given: Any) -> Answers:
    return parse_answers(scheme_named(name), {"scheme": name, **given})


def _faults(name: str, **given: Any) -> list[tuple[str, ProblemKind, tuple[Any, ...]]]:
    with pytest.raises(AnswersError) as refused:
        _parsed(name, **given)
    assert all(problem.line is None for problem in refused.value.problems)
    return [(p.key, p.kind, p.details) for p in refused.value.problems]


def test_answers_are_an_object_for_this_standard_and_version() -> None:
    mini = scheme_named("mini-percent")
    for raw in ([], None, "mini-percent", 1):
        with pytest.raises(AnswersError) as refused:
            parse_answers(mini, raw)
        assert refused.value.problems == [Problem("", K.NO_OBJECT)]
    assert _faults("mini-percent", scheme="hazchem", version="2") == [
        ("scheme", K.OTHER_SCHEME, ("mini-percent",)),
        ("version", K.OTHER_VERSION, ("1",)),
    ]
    with pytest.raises(AnswersError) as refused:
        parse_answers(mini, {})
    assert refused.value.problems == [Problem("scheme", K.OTHER_SCHEME, ("mini-percent",))]
    assert _parsed("mini-percent", version="1") == Answers()


def test_keys_that_are_not_known_are_named_in_order() -> None:
    assert _faults("mini-percent", zebra=1, ant=2, level={}, **{LONG: 3}) == [
        ("ant", K.UNKNOWN_KEY, (KEYS,)),
        ("level", K.UNKNOWN_KEY, (KEYS,)),
        ("zebra", K.UNKNOWN_KEY, (KEYS,)),
        (CUT, K.UNKNOWN_KEY, (KEYS,)),
    ]


@pytest.mark.parametrize("key", ["facets", "performance", "findings"])
def test_what_should_be_pairs_is(key: str) -> None:
    for value in ([], None, 1, "x"):
        assert _faults("mini-percent", **{key: value}) == [(key, K.NO_PAIRS, ())]


def test_faults_of_facets() -> None:
    facets = {
        "colour": ["red"],
        "kind": ["x", "y", "y"],
        "things": ["crane", "ship", LONG],
        "night": "yes",
    }
    known = ("crane", "boiler")
    assert _faults("mini-percent", facets=facets) == [
        ("facets.colour", K.UNKNOWN_FACET, (("kind", "things", "night"),)),
        ("facets.kind", K.ONE_OPTION, ("2",)),
        ("facets.things", K.UNKNOWN_OPTION, ("ship", known)),
        ("facets.things", K.UNKNOWN_OPTION, (CUT, known)),
        ("facets.night", K.NO_OPTIONS, ()),
    ]
    assert _faults("mini-percent", facets={"kind": ["x", 1]}) == [("facets.kind", K.NO_OPTIONS, ())]
    assert _faults("mini-percent", facets={"kind": ["x", "w"]}) == [
        ("facets.kind", K.UNKNOWN_OPTION, ("w", ("x", "y", "z"))),
        ("facets.kind", K.ONE_OPTION, ("2",)),
    ]


def test_facets_may_be_empty_and_of_many_all_be_chosen() -> None:
    answers = _parsed("mini-percent", facets={"kind": [], "things": ["crane", "boiler"]})
    assert dict(answers.facets) == {"kind": frozenset(), "things": frozenset(["crane", "boiler"])}


def test_faults_of_counts() -> None:
    findings = {
        "1.1.1-z": 1,
        "1.1.1-a": 1.5,
        "1.1.1-b": True,
        "1.1.1-c": -1,
        "1.1.2-a": 1_000_001,
        "1.1.2-b": 1_000_000,
    }
    assert _faults("mini-percent", findings=findings, performance={"deaths": "0", "x": 0}) == [
        ("performance.deaths", K.NO_INTEGER, ('"0"',)),
        ("performance.x", K.UNKNOWN_QUESTION, ()),
        ("findings.1.1.1-z", K.UNKNOWN_CONDITION, ()),
        ("findings.1.1.1-a", K.NO_INTEGER, ("1.5",)),
        ("findings.1.1.1-b", K.NO_INTEGER, ("true",)),
        ("findings.1.1.1-c", K.NEGATIVE, ("-1",)),
        ("findings.1.1.2-a", K.COUNT_TOO_LARGE, ("1000000",)),
    ]


def test_findings_of_0_are_no_findings_but_a_record_of_0_is_an_answer() -> None:
    answers = _parsed(
        "mini-percent",
        findings={"1.1.1-a": 0, "1.1.1-b": 1_000_000},
        performance={"deaths": 0},
    )
    assert dict(answers.findings) == {"1.1.1-b": 1_000_000}
    assert dict(answers.performance) == {"deaths": 0}


@pytest.mark.parametrize(("given", "kept"), [(True, 1), (False, 0), (1, 1), (0, 0)])
def test_yes_and_no_are_kept_as_1_and_0(given: bool | int, kept: int) -> None:
    performance = _parsed("mini-scaled", performance={"missed": given}).performance
    assert dict(performance) == {"missed": kept}
    assert type(performance["missed"]) is int


def test_yes_or_no_is_no_number() -> None:
    assert _faults("mini-scaled", performance={"missed": 2}) == [
        ("performance.missed", K.NO_YES_NO, ())
    ]
    assert _faults("mini-percent", performance={"deaths": True}) == [
        ("performance.deaths", K.NO_INTEGER, ("true",))
    ]


def test_faults_of_lists_of_items() -> None:
    given = {"not_applicable": ["9.9", 3, "1.2.2", "1.1.1"], "reviewed": "some"}
    assert _faults("mini-percent", **given) == [
        ("not_applicable", K.UNKNOWN_ITEM, ('"9.9"',)),
        ("not_applicable", K.UNKNOWN_ITEM, ("3",)),
        ("not_applicable", K.NA_FORBIDDEN, ("1.2.2",)),
        ("reviewed", K.NO_ITEMS, ()),
    ]
    assert _faults("mini-percent", reviewed=["1.1.1", None]) == [
        ("reviewed", K.UNKNOWN_ITEM, ("null",))
    ]


def test_conditions_of_application_are_met_or_not() -> None:
    given = {"licence": "yes", "year": "no"}
    assert dict(_parsed("mini-reach", application=given).application) == {
        "licence": True,
        "year": False,
    }
    known = ("licence", "year")
    assert _faults("mini-reach", application={"licence": True, "luck": "yes", "year": "maybe"}) == [
        ("application.licence", K.NO_YES_OR_NO, ()),
        ("application.luck", K.UNKNOWN_REQUISITE, (known,)),
        ("application.year", K.NO_YES_OR_NO, ()),
    ]
    assert _faults("mini-reach", application=[]) == [("application", K.NO_PAIRS, ())]
    assert _faults("mini-percent", application={"licence": "yes"}) == [
        ("application.licence", K.UNKNOWN_REQUISITE, ((),))
    ]


def test_conditions_of_application_are_never_scored() -> None:
    scheme = scheme_named("mini-reach")
    plain = score(scheme, _parsed("mini-reach", reviewed="all"))
    given = score(scheme, _parsed("mini-reach", reviewed="all", application={"licence": "no"}))
    assert replace(given, answers=plain.answers) == plain


def test_a_group_of_an_item_may_be_reviewed_by_its_name() -> None:
    answers = _parsed("mini-reach", reviewed=["2.1.1/mill", "1.1.1"])
    assert answers.reviewed == frozenset(["2.1.1/mill", "1.1.1"])
    strange = ["2.1.1/press", "2.1.1/", "1.1.1/mill", "9/mill"]
    assert _faults("mini-reach", reviewed=strange) == [
        ("reviewed", K.UNKNOWN_ITEM, (f'"{name}"',)) for name in strange
    ]


def test_items_are_reviewed_all_or_by_name() -> None:
    assert _parsed("mini-percent", reviewed="all").reviewed == "all"
    assert _parsed("mini-percent", reviewed=["1.1.1"]).reviewed == frozenset(["1.1.1"])
    assert _parsed("mini-percent", not_applicable=["1.2.1"]).not_applicable == frozenset(["1.2.1"])


def test_faults_of_earlier_findings() -> None:
    earlier = {
        "A.1-9": {"count": 1},
        "A.1-2-a": {"count": 2, "rectified": 2, "planned": 1},
        "A.1-2-b": {"rectified": 0},
        "X.1-2-a": {"count": -1, "done": 1},
        "X.1-1-2": {"count": 2, "rectified": 1, "open": 2},
        "Y.1-1-a": 2,
    }
    assert _faults("mini-scaled", earlier=earlier) == [
        ("earlier.A.1-9", K.UNKNOWN_CONDITION, ()),
        ("earlier.A.1-2-a", K.EARLIER_SUM, ()),
        ("earlier.A.1-2-b", K.EARLIER_SUM, ()),
        ("earlier.X.1-2-a.count", K.NEGATIVE, ("-1",)),
        ("earlier.X.1-2-a.done", K.UNKNOWN_STATE, ()),
        ("earlier.X.1-1-2", K.EARLIER_SUM, ()),
        ("earlier.Y.1-1-a", K.NO_PAIRS, ()),
    ]
    assert _faults("mini-scaled", earlier=[]) == [("earlier", K.NO_PAIRS, ())]
    assert _faults("mini-percent", earlier={"1.1.1-a": {"count": 1}}) == [
        ("earlier", K.NO_REASSESSMENT, ())
    ]
    assert _parsed("mini-percent", earlier={}) == Answers()


def test_earlier_findings_are_kept_with_what_became_of_them() -> None:
    earlier = {
        "A.1-2-a": {"count": 3, "rectified": 2, "planned": 1},
        "A.1-2-b": {"count": 0},
        "X.1-2-a": {"count": 2, "open": 2},
        "X.1-1-2": {"count": 2},
    }
    assert dict(_parsed("mini-scaled", earlier=earlier).earlier) == {
        "A.1-2-a": Earlier(3, 2, 1),
        "X.1-2-a": Earlier(2, 0, 0, 2),
        "X.1-1-2": Earlier(2, 0, 0, 0),
    }


def test_an_id_of_an_older_version_is_told_with_the_version() -> None:
    former = {"old": "1.0", "1.9": "1.1", "was": "0.9"}
    raw = {
        "scheme": "mini-scaled",
        "facets": {"old": ["x"], "kind": ["was"]},
        "reviewed": ["1.9", "no"],
        "findings": {"old": 1},
        "earlier": {"1.9": {"count": 1}},
    }
    with pytest.raises(AnswersError) as refused:
        parse_answers(scheme_named("mini-scaled"), raw, former)
    assert [(p.key, p.former) for p in refused.value.problems] == [
        ("facets.old", "1.0"),
        ("facets.kind", "0.9"),
        ("reviewed", "1.1"),
        ("reviewed", None),
        ("findings.old", "1.0"),
        ("earlier.1.9", "1.1"),
    ]
