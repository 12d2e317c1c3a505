"""What to fix first, and what low elements lack."""

from decimal import Decimal

import pytest

import schemes
from reports.content.gaps import Gains, gain_clause, gain_text, missing_points
from scoring import Result
from state.documents import changes
from tests.reports.conftest import (
    CASES,
    EXPECTED,
    assessment_of,
    everything_present,
    result_of,
)
from wording.gains import gain_words, unlock_words


def _said(result: Result) -> list[str]:
    return [
        " | ".join(
            filter(
                None,
                [
                    f"{gain_clause(result, gain)} {gain_text(result, gain)}",
                    gain_words(gain),
                    unlock_words(result, gain),
                ],
            )
        )
        for gain in Gains.of(result).top
    ]


@pytest.mark.parametrize(
    ("case", "scheme"),
    [
        *(("sample", scheme) for scheme in schemes.available()),
        ("re-assessment", "tobacco"),
    ],
)
def test_the_ten_findings_that_bring_most_come_first(case: str, scheme: str) -> None:
    """Equals by the points they took, then in the standard's order."""
    result = result_of(CASES[case](scheme))
    assert _said(result) == EXPECTED[f"{case} {scheme}"]["gains"]


def test_fewer_findings_than_ten_are_all_there_are() -> None:
    """2 of the 970 points that apply, as long as no question is answered."""
    one = assessment_of(schemes.load("condiment"), changes.set_finding("2.1.1-c", 2))
    assert _said(result_of(one)) == ["2.1.1-c 设置或配备不符合规定 ×2处 | +0.21"]
    assert Gains.of(result_of(CASES["empty"]("condiment"))).top == []


def test_an_element_below_its_line_lacks_what_would_lift_it_there() -> None:
    """Element 12 has 100 points and loses 10 for every local requirement that is not met."""
    scheme = schemes.load("hazchem")
    present = everything_present(scheme)
    assessment = assessment_of(scheme, *present, changes.set_finding("12.1-a", 7))
    ((element, points),) = missing_points(result_of(assessment))
    assert (element.section.id, points) == ("12", Decimal(30))


@pytest.mark.parametrize("scheme", schemes.available())
def test_with_the_missing_points_every_low_element_stands_on_the_line(scheme: str) -> None:
    """All standards draw a line at 60."""
    result = result_of(CASES["every finding"](scheme))
    low = [e for e in result.elements if e.percent is not None and e.percent < 60]
    missing = missing_points(result)
    assert low
    assert [element for element, _ in missing] == low
    for element, points in missing:
        assert element.score + points == element.full * Decimal("0.6")
