"""Where the points went: what cost most, and what low elements lack."""

from decimal import Decimal

import pytest

import schemes
from reports.content.gaps import missing_points, top_losses
from state.documents import changes
from tests.reports.conftest import CASES, assessment_of, result_of


@pytest.mark.parametrize("case", ["sample", "every finding", "150 findings", "empty"])
@pytest.mark.parametrize("scheme", schemes.available())
def test_the_ten_costliest_findings_come_first_and_equals_in_the_standards_order(
    case: str, scheme: str
) -> None:
    result = result_of(CASES[case](scheme))
    order = list(result.losses)
    taking = [loss for loss in order if loss.taken > 0]
    taking.sort(key=lambda loss: (-loss.taken, order.index(loss)))
    top = top_losses(result)
    assert top == taking[:10]
    assert len(top) == min(10, len(taking))


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
