"""Totals, bounds, marks and lines as they are shown."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from planning.group import within
from schemes import Scheme
from scoring import Result, parse_answers, score
from tests.conftest import scheme_named
from wording.classes import marks_of
from wording.numbers import (
    bounds,
    excluded_words,
    line_words,
    marks_words,
    percent_words,
    points_words,
    size_words,
    total_line_words,
    total_words,
)


def _scored(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    return score(scheme, parse_answers(scheme, {"scheme": name, **given}))


def test_an_unfinished_assessment_has_bounds_with_the_decimals_of_its_standard() -> None:
    """mini-percent with kind z and nothing else: 100 points, of which 1.1.1 with its 60 is seen.

    8.04 of these are lost: 91.96 at best, shown 92.0; at worst 51.96, less the 20 that exhausting
    1.1.2 costs, shown 32.0.
    """
    result = _scored(
        "mini-percent",
        facets={"kind": ["z"], "things": [], "night": ["no"]},
        findings={"1.1.1-a": 804},
    )
    assert bounds(result) == ("32.0", "92.0")
    assert total_words(result) == "92.0"
    assert marks_words(result) == "91.96 / 100 分（未核查的按满分计）"


def test_with_nothing_applicable_a_dash_stands_for_the_total() -> None:
    scheme = scheme_named("mini-reach")
    facets: dict[str, list[str]] = {facet.id: [] for facet in scheme.facets}
    marked = ["1.1.1", "1.1.2", "1.2.1", "2.1.2"]
    nothing = _scored("mini-reach", facets=facets, not_applicable=marked)
    assert total_words(nothing) == "—"
    assert bounds(nothing) == ("—", "—")
    assert marks_words(nothing) == "0 / 0 分"


@pytest.mark.parametrize(
    ("marked", "words"),
    [
        ([], None),
        (["2.1.2"], "自行标为不适用 16 分，占应评分值的 16.00%"),
        (["1.1.1", "2.1.2"], "自行标为不适用 36 分，占应评分值的 36.00%"),
    ],
)
def test_what_was_left_out_by_hand_is_said_with_its_share(
    marked: list[str], words: str | None
) -> None:
    facets = {"machines": ["mill"], "happened": []}
    assert excluded_words(_scored("mini-reach", facets=facets, not_applicable=marked)) == words


def test_what_facets_leave_out_is_no_part_of_the_share() -> None:
    facets: dict[str, list[str]] = {"machines": [], "happened": []}
    result = _scored("mini-reach", facets=facets, not_applicable=["2.1.2"])
    assert excluded_words(result) == "自行标为不适用 16 分，占应评分值的 21.05%"  # of 76


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


_LOW = {"1.1.1-a": 1, "4.1.1-b": 3, "5.1.1-a": 8, "7.1.1-a": 10, "2.3.2-b": 1}
"""Findings that cost 201 of model-enterprise's 1000 points."""


@pytest.mark.parametrize(
    ("left", "findings", "words"),
    [
        (["6.3.4"], {}, "总分在 99.0 – 100.0 之间，不低于参考线（111号文） 80"),
        (["6.3.4"], _LOW, "总分在 78.9 – 79.9 之间，低于参考线（111号文） 80"),
        (["6.3.4", "2.3.2"], {**_LOW, "2.3.2-b": 0}, None),
    ],
)
def test_while_items_are_unreviewed_the_reference_line_is_held_against_the_range(
    left: list[str], findings: dict[str, int], words: str | None
) -> None:
    """6.3.4 has 10 points. 80.0 is reached exactly with full marks for what is left, and open."""
    scheme = scheme_named("model-enterprise")
    result = _scored(
        "model-enterprise",
        facets={f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets},
        reviewed=[item for item in scheme.items if item not in left],
        findings={condition: count for condition, count in findings.items() if count},
    )
    told = total_line_words(result)
    assert told == words if words else str(told).endswith("是否不低于参考线（111号文） 80 待定")


def test_a_reference_without_a_total_says_nothing_of_the_total() -> None:
    facets: dict[str, list[str]] = {f.id: [] for f in scheme_named("model-enterprise").facets}
    result = _scored("model-enterprise", facets=facets, reviewed="all")
    assert total_line_words(result) == "总分 100.0 不低于参考线（111号文） 80"
    assert result.scheme.reference is not None
    elements_only = result.scheme.reference.model_copy(update={"total": None})
    assert (
        total_line_words(replace(result, scheme=replace(result.scheme, reference=elements_only)))
        is None
    )
    assert total_line_words(replace(result, total_exact=None)) is None


def test_points_that_never_end_are_rounded_where_people_read_them() -> None:
    """mini-forms has 100 points, of which 2 of 7 failed take 24/7; a share of 1/2 stays as it is."""
    result = _scored("mini-forms", ratios={"1.2(1)": {"inspected": 7, "failed": 2}}, reviewed="all")
    assert marks_words(result) == "96.5714 / 100 分（未核查的按满分计）"
    assert [points_words(Fraction(*pair)) for pair in ((1, 2), (-2, 3), (20, 1))] == [
        "0.5",
        "-0.6667",
        "20",
    ]
    assert points_words(Decimal("0.00001")) == "0.00001"  # as the standard has it


def test_marks_of_some_elements_are_rounded_where_people_read_them() -> None:
    """Element 一 of 60 points: 24/7 are lost; unreviewed, all may be, or bonuses of 5 given."""
    given: dict[str, Any] = {"ratios": {"1.2(1)": {"inspected": 7, "failed": 2}}}
    done = _scored("mini-forms", **given, reviewed="all")
    assert marks_of(within(done, ["一"])) == "56.5714 / 60 分"
    assert marks_of(within(_scored("mini-forms", **given), ["一"])) == "0 – 60 / 60 分"


def test_a_difference_too_small_to_be_shown_is_not_said_to_be_none() -> None:
    sizes = [Fraction(0), Fraction(1, 300), Fraction(1, 200), Fraction(6, 5)]
    assert [size_words(size, 2) for size in sizes] == ["0.00", "不到 0.01", "0.01", "1.20"]
    assert size_words(Fraction(1, 3), 0) == "不到 1"
