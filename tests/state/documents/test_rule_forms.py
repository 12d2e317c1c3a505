"""Answers that are more than a count are kept, and what a standard does not know is listed."""

from decimal import Decimal

from scoring import score
from scoring.choices import Ratio
from state.documents.assessment import answers_of, new_assessment
from state.documents.changes import (
    set_amounts,
    set_facet,
    set_finding,
    set_level,
    set_ratio,
    set_scheme,
)
from tests.conftest import scheme_named


def test_what_was_chosen_is_scored_and_can_be_taken_back() -> None:
    """1.1(1) 6 of 10, 1.1(2) 10 − 3 − 1.5, 1.2(1) 12 − 3: 100 − 4 − 4.5 − 3."""
    scheme = scheme_named("mini-forms")
    assessment = new_assessment()
    for step in (
        set_scheme(scheme),
        set_facet("kind", [], ["crane"]),
        set_level("1.1(1)", "partly"),
        set_ratio("1.2(1)", 12, 3),
        set_amounts("1.1(2)-b", ["1.5", "3"]),
    ):
        assessment = step(assessment)
    answers = answers_of(scheme, assessment.work)
    assert answers.amounts == {"1.1(2)-b": (Decimal(3), Decimal("1.5"))}
    assert answers.ratios == {"1.2(1)": Ratio(12, 3)}
    assert score(scheme, answers).total_exact == Decimal("88.5")
    for step in (set_level("1.1(1)", None), set_ratio("1.2(1)", 0, 0), set_amounts("1.1(2)-b", [])):
        assessment = step(assessment)
    empty = answers_of(scheme, assessment.work)
    assert (empty.levels, empty.ratios, empty.amounts, empty.findings) == ({}, {}, {}, {})


def test_what_the_standard_does_not_know_is_kept_and_listed() -> None:
    scheme = scheme_named("mini-forms")
    assessment = set_scheme(scheme)(new_assessment())
    for step in (
        set_level("1.1(1)", "excellent"),
        set_level("9.9", "full"),
        set_ratio("1.1(1)", 3, 1),
        set_finding("1.1(2)-b", 1),
        set_amounts("2.2.1-a", ["9"]),
    ):
        assessment = step(assessment)
    answers = answers_of(scheme, assessment.work)
    assert (answers.levels, answers.ratios, answers.findings) == ({}, {}, {})
    assert set(answers.unknown) == {
        "level:1.1(1)",
        "level:9.9",
        "ratio:1.1(1)",
        "1.1(2)-b",
        "2.2.1-a",
    }
