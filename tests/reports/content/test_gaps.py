"""Where the points went: what cost most, and what low elements lack."""

from decimal import Decimal

import pytest

import schemes
from reports.content.gaps import missing_points, top_losses
from state.documents import changes
from tests.reports.conftest import CASES, assessment_of, result_of

TOP = {
    "condiment": [
        ("5.4.1-a", 15),
        ("4.4.1-b", 10),
        ("5.5.1-a", 10),
        ("5.4.1 扣满", 10),
        ("7.1.4-d", 10),
        ("7.3.2 扣满", 10),
        ("8.4.1-a", 10),
        ("4.2.1-b", 6),
        ("7.1.1-b", 5),
        ("7.3.2-a", 5),
    ],
    "hazchem": [
        ("7.1-c", 20),
        ("3.6-a", 10),
        ("12.1-a", 10),
        ("1.2-e", 8),
        ("5.4-c", 8),
        ("7.3-e", 8),
        ("7.3-g", 8),
        ("8.2-f", 8),
        ("1.1-d", 6),
        ("7.4-f", 6),
    ],
    "model-enterprise": [
        ("7.1.1-a", 20),
        ("7.2.1-a", 12),
        ("1.1.1-g", 10),
        ("5.1.1-a", 10),
        ("4.2.1-a", 8),
        ("3.2.2-a", 6),
        ("7.2.2-a", 6),
        ("8.2.1-b", 6),
        ("10.1.1-c", 6),
        ("4.3.1-a", 5),
    ],
    "tobacco": [
        ("D.15-2-2.4", 10),
        ("D.15-4-4.5", 6),
        ("F.2-3-3.1", 6),
        ("F.3-1-1.2", 6),
        ("C.3-3-3.1.none", 5),
        ("D.16-3-3.2", 5),
        ("D.1-2-2.3", 4),
        ("D.4-3-3.3", 4),
        ("C.5-3-3.2", 3),
        ("C.19-3-3.2", 3),
    ],
}
"""Of the samples: what was found, and its points."""


@pytest.mark.parametrize("scheme", TOP)
def test_the_ten_costliest_findings_come_first_and_equals_in_the_standards_order(
    scheme: str,
) -> None:
    top = top_losses(result_of(CASES["sample"](scheme)))
    found = [
        (loss.condition.id if loss.condition else f"{loss.item.id} 扣满", loss.taken)
        for loss in top
    ]
    assert found == TOP[scheme]


def test_fewer_findings_than_ten_are_all_there_are() -> None:
    one = assessment_of(schemes.load("condiment"), changes.set_finding("2.1.1-c", 2))
    assert [
        (loss.condition.id, loss.taken) for loss in top_losses(result_of(one)) if loss.condition
    ] == [("2.1.1-c", 2)]
    assert top_losses(result_of(CASES["empty"]("condiment"))) == []


def test_a_finding_that_found_nothing_left_to_take_is_no_gap() -> None:
    result = result_of(CASES["every finding"]("hazchem"))
    assert any(loss.taken == 0 for loss in result.losses)
    assert all(loss.taken > 0 for loss in top_losses(result))


def test_an_element_below_its_line_lacks_what_would_lift_it_there() -> None:
    """Element 12 has 100 points and loses 10 for every local requirement that is not met."""
    assessment = assessment_of(schemes.load("hazchem"), changes.set_finding("12.1-a", 7))
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
