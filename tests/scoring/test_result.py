"""What a result says of itself beside its total, worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from scoring import Result, parse_answers, score
from scoring.result import Gate, GateKind, GradeResult, Rule
from tests.conftest import scheme_named


def _scored(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    return score(scheme, parse_answers(scheme, {"scheme": name, **given}))


Z = {"kind": ["z"], "things": [], "night": ["no"]}


def test_marks_left_out_by_hand_are_a_share_of_what_facets_left() -> None:
    """Facets leave 1.1.1–1.2.2 and the crane: 150. 60 + 6 of these are marked: 0.44."""
    result = _scored(
        "mini-percent",
        facets={"kind": ["z"], "things": ["crane"], "night": ["no"]},
        not_applicable=["1.1.1", "1.2.1"],
    )
    assert result.excluded.by_facet == Decimal(50)  # the boiler; kinds x and y are variants
    assert result.excluded.by_hand == Decimal(66)
    assert result.excluded.share == Fraction(66, 150)


def test_nothing_left_out_is_a_share_of_0() -> None:
    result = _scored("mini-percent", facets=Z)
    assert (result.excluded.by_facet, result.excluded.by_hand) == (Decimal(100), Decimal(0))
    assert result.excluded.share == 0
    assert replace(result, elements=()).excluded.share == 0


def test_progress_is_counted_over_all_elements() -> None:
    """Seen: 1.1.1 by its finding, 1.2.2 and 2.1.1 by a mark; the boiler does not apply."""
    result = _scored(
        "mini-percent",
        facets={"kind": ["z"], "things": ["crane"], "night": ["no"]},
        reviewed=["1.2.2", "2.1.1", "2.1.2"],
        findings={"1.1.1-b": 1},
    )
    assert [(e.reviewed, e.applicable_items) for e in result.elements] == [(2, 4), (1, 1)]
    assert (result.reviewed, result.applicable_items) == (3, 5)


def test_the_range_is_open_until_everything_is_reviewed() -> None:
    """4 of 100 points hang on 1.2.2: 96 to 100."""
    result = _scored("mini-percent", facets=Z, reviewed=["1.1.1", "1.1.2", "1.2.1"])
    assert (result.low, result.total, result.high) == (Decimal(96), Decimal(100), Decimal(100))
    assert result.range_open
    assert not _scored("mini-percent", facets=Z, reviewed="all").range_open


def test_elements_below_the_line_are_told() -> None:
    """60 is the line: 41 and 40 lost of 100, 40 being just enough."""
    found = {"1.1-b": 4, "1.1-a": 100, "3.1-b": 4}
    result = _scored("mini-weighted", facets={"second": ["no"]}, findings=found)
    assert [e.percent for e in result.elements] == [Fraction(59), None, Fraction(60)]
    assert [result.is_below(e) for e in result.elements] == [True, False, False]
    without_line = _scored("mini-percent", facets=Z, findings={"1.1.1-c": 1})
    assert without_line.elements[0].percent == 40
    assert not without_line.is_below(without_line.elements[0])


def test_an_element_has_a_percentage_at_its_bounds() -> None:
    """Of 70 + 30 the 30 are open: 85 of 100 as given, 55 at worst."""
    result = _scored(
        "mini-weighted", facets={"second": ["no"]}, findings={"1.1-a": 500, "1.1-b": 1}
    )
    first, second, _ = result.elements
    assert (first.percent, first.low_percent) == (Fraction(85), Fraction(55))
    assert (second.percent, second.low_percent) == (None, None)
    assert (first.applicable, second.applicable) == (True, False)


def test_losses_follow_the_standard_an_elements_own_after_its_items() -> None:
    found = {"2.1.1-2": 1, "1.2.2-a": 1, "1.1.2-b": 1, "1.1.1-d": 1}
    facets = {"kind": ["z"], "things": ["crane"], "night": ["no"]}
    result = _scored("mini-percent", facets=facets, findings=found)
    assert [(loss.rule, loss.item.id) for loss in result.losses] == [
        (Rule.FORFEIT, "1.1.1"),
        (Rule.FORFEIT, "1.1.2"),
        (Rule.DEDUCT, "1.2.2"),
        (Rule.EXTRA, "1.1.1"),
        (Rule.EXHAUSTED_EXTRA, "1.1.2"),
        (Rule.DEDUCT, "2.1.1"),
    ]
    assert (result.score, result.full) == (Decimal(48), Decimal(150))


def test_the_grade_is_the_best_that_is_met_and_what_is_in_its_way_is_told() -> None:
    """89 points, of which 34 are open: 甲级 asks for 90."""
    result = _scored("mini-percent", facets=Z, findings={"1.1.1-b": 1, "1.2.1-b": 1})
    best, second = result.grades
    assert (result.grade, best.met, second.met) == ("乙级", False, True)
    assert best.unmet == (
        Gate(GateKind.TOTAL, None, Fraction(89), Fraction(55), Fraction(89), Fraction(90)),
    )
    assert second.unmet == ()


def test_a_gate_stands_by_value_and_by_both_bounds() -> None:
    total = Gate(GateKind.TOTAL, None, Fraction(85), Fraction(70), Fraction(90), Fraction(80))
    assert (total.met_low, total.met, total.met_high) == (False, True, True)
    deaths = Gate(GateKind.PERFORMANCE, "d", Fraction(1), Fraction(0), Fraction(2), Fraction(1))
    assert (deaths.met_low, deaths.met, deaths.met_high) == (True, True, False)
    down = Gate(GateKind.DOWNGRADE, "m", Fraction(1), Fraction(1), Fraction(1), Fraction(0))
    assert not down.met
    assert Gate(GateKind.DOWNGRADE, "m", Fraction(1)).met
    assert Gate(GateKind.TOTAL, line=Fraction(80)).met  # nothing to hold against the line
    nothing = Gate(GateKind.NOTHING_APPLICABLE)
    assert (nothing.met_low, nothing.met, nothing.met_high) == (False, False, False)
    assert GradeResult("一级", (total, nothing)).unmet == (nothing,)


def test_a_count_of_the_safety_record_is_the_same_at_both_bounds() -> None:
    result = _scored("mini-percent", facets=Z, performance={"deaths": 1})
    one = Fraction(1)
    assert [grade.gates[1] for grade in result.grades] == [
        Gate(GateKind.PERFORMANCE, "deaths", one, one, one, Fraction(0)),
        Gate(GateKind.PERFORMANCE, "deaths", one, one, one, Fraction(1)),
    ]


def test_where_no_element_is_below_the_line_the_lowest_stands_for_all() -> None:
    """Elements at 90, 70 and 80, all seen; of equals the first."""
    found = {"1.1-b": 1, "2.1-b": 3, "3.1-b": 2}
    result = _scored("mini-weighted", facets={"second": ["yes"]}, reviewed="all", findings=found)
    lowest = Fraction(70)
    assert result.grades[0].gates[1:] == (
        Gate(GateKind.ELEMENT, "2", lowest, lowest, lowest, Fraction(60)),
    )
    flawless = _scored("mini-weighted", facets={"second": ["yes"]})
    assert [gate.subject for gate in flawless.grades[0].gates] == [None, "1"]


def test_losses_of_an_item_follow_the_standard_not_the_text_of_their_ids() -> None:
    """condiment 6.2.5 has 10 points, 1 a place: of the 8 + 4 of 9 and 10 the last 2 are too many."""
    result = _scored("condiment", findings={"6.2.5-10": 4, "6.2.5-9": 8})
    losses = result.items["6.2.5"].losses
    assert [
        (loss.condition and loss.condition.key, loss.charged, loss.taken) for loss in losses
    ] == [
        ("9", Decimal(8), Decimal(8)),
        ("10", Decimal(4), Decimal(2)),
    ]
