"""What a result says of itself beside its total, worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring import Result, parse_answers, score
from scoring.result import Gate, GateKind, GradeResult, Rule, State
from tests.conftest import scheme_named
from tests.scoring.trees import with_item


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
    assert (first.percent, first.low_percent, first.high_percent) == (85, 55, 85)
    assert (second.percent, second.low_percent, second.high_percent) == (None, None, None)
    assert (first.applicable, second.applicable) == (True, False)


def test_an_element_of_half_a_point_applies() -> None:
    """Without it the other would be all: 100 of 100, not 100 of 100.5."""
    scheme = with_item(scheme_named("mini-percent"), "2.1.1", points=Decimal("0.5"))
    facets = {"kind": ["z"], "things": ["crane"], "night": ["no"]}
    raw = {"scheme": "mini-percent", "facets": facets, "findings": {"2.1.1-1": 1}}
    result = score(scheme, parse_answers(scheme, raw))
    assert [e.applicable for e in result.elements] == [True, True]
    assert result.total_exact == Fraction(20000, 201)


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
    """89 points, of which 4 are open: 甲级 asks for 90, 乙级 for 60."""
    result = _scored(
        "mini-percent",
        facets=Z,
        performance={"deaths": 0},
        reviewed=["1.1.2"],
        findings={"1.1.1-b": 1, "1.2.1-b": 1},
    )
    best, second = result.grades
    assert (result.grade, best.met, second.met) == (second, False, True)
    assert best.unmet == (
        Gate(GateKind.TOTAL, None, Fraction(89), Fraction(85), Fraction(89), Fraction(90)),
    )
    assert second.unmet == ()


MET, UNMET, OPEN = State.MET, State.UNMET, State.OPEN


def _bounded(kind: GateKind, low: int, value: int, high: int, line: int | None) -> Gate:
    asked = None if line is None else Fraction(line)
    return Gate(kind, None, Fraction(value), Fraction(low), Fraction(high), asked)


@pytest.mark.parametrize(
    ("gate", "met", "state"),
    [
        (_bounded(GateKind.TOTAL, 80, 85, 90, 80), (True, True, True), MET),
        (_bounded(GateKind.TOTAL, 70, 85, 90, 80), (False, True, True), OPEN),
        (_bounded(GateKind.TOTAL, 60, 70, 80, 80), (False, False, True), OPEN),
        (_bounded(GateKind.TOTAL, 60, 70, 79, 80), (False, False, False), UNMET),
        (_bounded(GateKind.ELEMENT, 59, 60, 60, 60), (False, True, True), OPEN),
        (_bounded(GateKind.PERFORMANCE, 1, 1, 1, 1), (True, True, True), MET),
        (_bounded(GateKind.PERFORMANCE, 2, 2, 2, 1), (False, False, False), UNMET),
        (_bounded(GateKind.MAJOR, 3, 0, 0, 0), (False, True, True), OPEN),
        (_bounded(GateKind.MAJOR, 3, 1, 1, 0), (False, False, False), UNMET),
        (_bounded(GateKind.NOT_APPLICABLE, 20, 20, 20, 20), (True, True, True), MET),
        (_bounded(GateKind.DOWNGRADE, 1, 1, 1, 0), (False, False, False), UNMET),
        (_bounded(GateKind.DOWNGRADE, 1, 1, 1, None), (True, True, True), MET),
        (Gate(GateKind.DOWNGRADE, "m"), (False, True, True), OPEN),
        (Gate(GateKind.PERFORMANCE, "d", line=Fraction(0)), (False, True, True), OPEN),
        (Gate(GateKind.TOTAL, None, Fraction(40), line=Fraction(90)), (False, False, True), OPEN),
        (Gate(GateKind.TOTAL, None, Fraction(95), line=Fraction(90)), (False, True, True), OPEN),
        (Gate(GateKind.NOTHING_APPLICABLE), (False, False, False), UNMET),
    ],
)
def test_a_gate_is_met_at_the_worst_unmet_at_the_best_or_open(
    gate: Gate, met: tuple[bool, bool, bool], state: State
) -> None:
    assert (gate.met_low, gate.met_value, gate.met_high) == met
    assert gate.state is state


HOLDS, FAILS = _bounded(GateKind.TOTAL, 9, 9, 9, 8), _bounded(GateKind.TOTAL, 7, 7, 7, 8)
MAY_HOLD = _bounded(GateKind.TOTAL, 7, 9, 9, 8)


@pytest.mark.parametrize(
    ("gates", "settled", "state"),
    [
        ((HOLDS, HOLDS), True, MET),
        ((HOLDS, HOLDS), False, OPEN),
        ((HOLDS, MAY_HOLD), True, OPEN),
        ((HOLDS, FAILS), True, UNMET),
        ((MAY_HOLD, FAILS), False, UNMET),
    ],
)
def test_a_grade_is_unmet_by_one_gate_and_met_by_all_once_every_question_is_answered(
    gates: tuple[Gate, ...], settled: bool, state: State
) -> None:
    grade = GradeResult("一级", gates, settled)
    assert (grade.state, grade.met) == (state, state is MET)
    assert grade.unmet == tuple(gate for gate in gates if gate is FAILS)


@pytest.mark.parametrize(
    ("states", "grade", "is_open", "least"),
    [
        ((MET, MET, MET), 0, False, 0),
        ((UNMET, MET, MET), 1, False, 1),
        ((UNMET, UNMET, UNMET), None, False, None),
        ((OPEN, MET, MET), None, True, 1),
        ((OPEN, OPEN, MET), None, True, 2),
        ((OPEN, OPEN, UNMET), None, True, None),
        ((UNMET, OPEN, MET), None, True, 2),
    ],
)
def test_the_grade_is_told_once_no_better_one_is_open(
    states: tuple[State, ...], grade: int | None, is_open: bool, least: int | None
) -> None:
    gates = {MET: HOLDS, UNMET: FAILS, OPEN: MAY_HOLD}
    told = tuple(GradeResult(str(i), (gates[state],)) for i, state in enumerate(states))
    result = replace(_scored("mini-percent", facets=Z), grades=told)
    assert result.grade is (None if grade is None else told[grade])
    assert result.grade_name == (None if grade is None else str(grade))
    assert result.grade_open == is_open
    assert result.at_least is (None if least is None else told[least])


def test_a_count_of_the_safety_record_is_the_same_at_both_bounds() -> None:
    result = _scored("mini-percent", facets=Z, performance={"deaths": 1})
    one = Fraction(1)
    assert [grade.gates[1] for grade in result.grades] == [
        Gate(GateKind.PERFORMANCE, "deaths", one, one, one, Fraction(0)),
        Gate(GateKind.PERFORMANCE, "deaths", one, one, one, Fraction(1)),
    ]


def test_where_every_element_is_sure_of_the_line_the_lowest_stands_for_all() -> None:
    """Elements at 90, 70 and 80, all seen; of equals the first."""
    found = {"1.1-b": 1, "2.1-b": 3, "3.1-b": 2}
    result = _scored("mini-weighted", facets={"second": ["yes"]}, reviewed="all", findings=found)
    lowest = Fraction(70)
    assert result.grades[0].gates[1:] == (
        Gate(GateKind.ELEMENT, "2", lowest, lowest, lowest, Fraction(60)),
    )
    flawless = _scored("mini-weighted", facets={"second": ["yes"]}, reviewed="all")
    assert [gate.subject for gate in flawless.grades[0].gates] == [None, "1"]
    unseen = _scored("mini-weighted", facets={"second": ["yes"]}, reviewed=["2.1", "2.2"])
    assert [gate.subject for gate in unseen.grades[0].gates] == [None, "1", "3"]


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
