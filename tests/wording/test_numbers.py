"""Totals, bounds, marks and lines as they are shown."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from schemes import Scheme
from scoring import Result, parse_answers, score
from tests.conftest import scheme_named
from wording.numbers import (
    bounds,
    line_words,
    marks_words,
    percent_words,
    total_line_words,
    total_words,
)


def _scored(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    return score(scheme, parse_answers(scheme, {"scheme": name, **given}))


def test_an_unfinished_assessment_has_bounds_with_the_decimals_of_its_standard() -> None:
    """mini-percent with kind z and nothing else: 100 points, of which 1.1.1 with its 60 is seen.

    8.04 of these are lost: 91.96 at best, shown 92.0; 51.96 at worst, shown 52.0.
    """
    result = _scored(
        "mini-percent",
        facets={"kind": ["z"], "things": [], "night": ["no"]},
        findings={"1.1.1-a": 804},
    )
    assert bounds(result) == ("52.0", "92.0")
    assert total_words(result) == "92.0"
    assert marks_words(result) == "91.96 / 100 分"


def test_with_nothing_applicable_a_dash_stands_for_the_total() -> None:
    nothing = replace(_scored("mini-weighted"), elements=())
    assert total_words(nothing) == "—"
    assert marks_words(nothing) == "0 / 0 分"


@pytest.mark.parametrize(
    ("percent", "shown"),
    [
        (Decimal("59.995"), "60.00%"),  # no line to be taken for
        (Decimal("99.995"), "99.995%"),
        (Decimal(100), "100.00%"),
        (None, "不适用"),
    ],
)
def test_without_a_line_only_the_full_hundred_is_not_reached_by_rounding(
    mini: Scheme, percent: Decimal | None, shown: str
) -> None:
    assert mini.drawn_line is None
    assert percent_words(mini, percent) == shown


def test_a_standard_with_neither_line_nor_reference_draws_none(mini: Scheme) -> None:
    assert line_words(mini) is None
    assert total_line_words(_scored("mini-percent")) is None


def test_a_reference_without_a_total_says_nothing_of_the_total() -> None:
    result = _scored("model-enterprise")
    assert total_line_words(result) == "总分 100.0 不低于参考线（111号文） 80"
    assert result.scheme.reference is not None
    elements_only = result.scheme.reference.model_copy(update={"total": None})
    assert (
        total_line_words(replace(result, scheme=replace(result.scheme, reference=elements_only)))
        is None
    )
    assert total_line_words(replace(result, elements=())) is None
