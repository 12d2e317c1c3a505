"""What a result says of parts, gates and warnings, each worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring import Result, parse_answers, score
from scoring.result import Gate, GateKind, ResultWarning, State, WarningKind
from tests.conftest import scheme_named
from tests.scoring.trees import with_item

SCALED = {"kind": ["x"], "crane": ["yes"]}
PERCENT = {"kind": ["x"], "things": ["crane", "boiler"], "night": ["no"]}
REACH = {"machines": ["mill", "dryer"], "gas": ["yes"], "happened": []}
MET, UNMET, OPEN = State.MET, State.UNMET, State.OPEN


def _scored(name: str, facets: dict[str, list[str]], **given: Any) -> Result:
    scheme = scheme_named(name)
    raw = {"scheme": name, "facets": facets, "reviewed": "all", **given}
    return score(scheme, parse_answers(scheme, raw))


def _percents(result: Result) -> dict[str, Fraction | None]:
    return {part.part.id: part.percent for part in result.all_parts}


def test_a_parts_percentage_is_of_the_marks_that_apply_in_it() -> None:
    """A: 34 of 40; X: 55 of 60; Y is the variant not chosen."""
    result = _scored("mini-scaled", SCALED, findings={"A.1-2-a": 2, "X.1-2-a": 1})
    assert _percents(result) == {"A": Fraction(85), "X": Fraction(275, 3), "Y": None}
    assert [part.part.id for part in result.parts] == ["A", "X"]


def test_what_is_absent_leaves_its_part_and_what_is_credited_stays() -> None:
    """X without its crane: 35 of 40. A's absent item counts in full: 10 of its own, 24 of 30."""
    result = _scored(
        "mini-scaled",
        {**SCALED, "crane": ["no"]},
        not_applicable=["A.1-1"],
        findings={"A.1-2-a": 2, "X.1-2-a": 1},
    )
    assert _percents(result) == {"A": Fraction(85), "X": Fraction(175, 2), "Y": None}


def test_a_part_of_several_elements_adds_their_marks_up() -> None:
    """Of the 350 points of the basic management 10 + 5 are lost, in two of its modules."""
    scheme = scheme_named("tobacco")
    facets = {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}
    found = {"C.15-2-2.1.none": 1, "C.3-3-3.1.none": 1}
    result = _scored("tobacco", facets, findings=found)
    assert _percents(result)["C"] == Fraction(335 * 100, 350)
    assert _percents(result)["D"] == Fraction(100)


def _gates(result: Result, kind: GateKind) -> list[list[tuple[Any, Any, State]]]:
    """Value, line and state of the gates of one kind, by grade."""
    return [
        [(gate.value, gate.line, gate.state) for gate in grade.gates if gate.kind is kind]
        for grade in result.grades
    ]


def _states(result: Result) -> list[State]:
    return [grade.state for grade in result.grades]


@pytest.mark.parametrize(
    ("record", "best", "second", "grade"),
    [
        ({"deaths": 0}, (0, 0, MET), (0, 1, MET), "甲级"),
        ({"deaths": 1}, (1, 0, UNMET), (1, 1, MET), "乙级"),
        ({"deaths": 2}, (2, 0, UNMET), (2, 1, UNMET), None),
        ({}, (None, 0, OPEN), (None, 1, OPEN), None),
    ],
)
def test_a_count_may_be_as_large_as_its_line_and_is_open_until_it_is_given(
    record: dict[str, int],
    best: tuple[int | None, int, State],
    second: tuple[int | None, int, State],
    grade: str | None,
) -> None:
    result = _scored("mini-percent", PERCENT, performance=record)
    assert _gates(result, GateKind.PERFORMANCE) == [[best], [second]]
    assert _states(result) == [best[2], second[2]]
    assert result.grade_name == grade
    assert result.grade_open == (not record)


@pytest.mark.parametrize(("total", "met"), [(Decimal("90.0"), True), (Decimal("89.5"), False)])
def test_a_total_on_its_line_meets_it(total: Decimal, met: bool) -> None:
    """22 of 220 points leave 90.0, one more 89.5."""
    findings = {"1.1.1-b": 1, "1.1.2-a": 1, "2.1.3-a": 2 if met else 3}
    result = _scored("mini-percent", PERCENT, findings=findings)
    assert result.total == total
    (gate, *_) = result.grades[0].gates
    assert gate == Gate(
        GateKind.TOTAL, None, Fraction(total), Fraction(total), Fraction(total), Fraction(90)
    )
    assert gate.state is (MET if met else UNMET)


def test_where_the_standard_compares_rounded_totals_a_rounded_one_meets_the_line() -> None:
    """22.05 of 220 points leave 89.977…, which is 90.0."""
    findings = {"1.1.1-a": 205, "1.1.2-a": 2}
    result = _scored("mini-percent", PERCENT, findings=findings, performance={"deaths": 0})
    assert result.total_exact == Fraction(19795, 220)
    assert result.total == Decimal("90.0")
    assert result.grade_name == "甲级"


@pytest.mark.parametrize(
    ("missed", "lines", "grade"), [(0, [90, 60], "乙级"), (1, [None, 90], None)]
)
def test_a_downgrade_asks_for_the_line_above(
    missed: int, lines: list[int | None], grade: str | None
) -> None:
    """70 points: 30 of A are lost. The best grade has no line above it and cannot be had."""
    result = _scored("mini-scaled", SCALED, findings={"A.1-2-b": 1}, performance={"missed": missed})
    assert result.total == Decimal("70.0")
    found = [[g.line for g in grade.gates if g.kind is GateKind.TOTAL] for grade in result.grades]
    assert found == [[] if line is None else [line] for line in lines]
    assert result.grade_name == grade


@pytest.mark.parametrize(
    ("findings", "record", "downgrade", "states", "grade"),
    [
        # 100 points: 乙级 is had even after a downgrade, 甲级 only without one.
        ({}, {}, [[(None, None, OPEN)], []], [OPEN, MET], None),
        ({}, {"missed": 0}, [[], []], [MET, MET], "甲级"),
        ({}, {"missed": 1}, [[(1, 0, UNMET)], [(1, None, MET)]], [UNMET, MET], "乙级"),
        # 70 points: 甲级 is out of reach, and 乙级 hangs on the answer.
        ({"A.1-2-b": 1}, {}, [[(None, None, OPEN)]] * 2, [UNMET, OPEN], None),
        ({"A.1-2-b": 1}, {"missed": 0}, [[], []], [UNMET, MET], "乙级"),
    ],
)
def test_a_downgrade_nobody_has_answered_leaves_open_what_it_could_take(
    findings: dict[str, int],
    record: dict[str, int],
    downgrade: list[list[tuple[Any, Any, State]]],
    states: list[State],
    grade: str | None,
) -> None:
    result = _scored("mini-scaled", SCALED, findings=findings, performance=record)
    assert _gates(result, GateKind.DOWNGRADE) == downgrade
    assert _states(result) == states
    assert result.grade_name == grade


def test_a_grade_that_is_earned_while_a_better_one_is_open_is_the_least_there_is() -> None:
    result = _scored("mini-scaled", SCALED)
    assert (result.grade, result.grade_open) == (None, True)
    assert result.at_least is result.grades[1]
    nothing_open = _scored("mini-scaled", SCALED, performance={"missed": 1})
    assert nothing_open.grade is nothing_open.at_least is nothing_open.grades[1]
    assert not nothing_open.grade_open


@pytest.mark.parametrize(
    ("reviewed", "findings", "bounds", "state"),
    [
        # 甲级 asks for 90 of 100, the kind being z and nothing else there.
        (["1.1.1", "1.1.2"], {}, (90, 100, 100), MET),
        (["1.1.1", "1.2.1", "1.2.2"], {}, (50, 100, 100), OPEN),
        (["1.1.1", "1.1.2"], {"1.2.1-b": 1}, (95, 99, 99), MET),  # 4 open
        (["1.1.1", "1.1.2"], {"1.1.1-b": 1}, (80, 90, 90), OPEN),
        (["1.1.1", "1.1.2"], {"1.1.1-b": 1, "1.1.2-a": 1}, (70, 80, 80), UNMET),
        ([], {}, (0, 100, 100), OPEN),
    ],
)
def test_a_total_holds_at_the_worst_fails_at_the_best_or_is_open(
    reviewed: list[str], findings: dict[str, int], bounds: tuple[int, int, int], state: State
) -> None:
    facets = {"kind": ["z"], "things": [], "night": ["no"]}
    result = _scored(
        "mini-percent", facets, reviewed=reviewed, findings=findings, performance={"deaths": 0}
    )
    low, value, high = map(Fraction, bounds)
    assert result.grades[0].gates[0] == Gate(
        GateKind.TOTAL, None, value, low, high, line=Fraction(90)
    )
    assert _states(result)[0] is state


@pytest.mark.parametrize(
    ("reviewed", "findings", "gates"),
    [
        # Of 40 points of element 2, half are asked for; element 1 is flawless and seen.
        (["2.1.1", "2.1.2"], {}, [("1", MET)]),
        (["2.1.1"], {}, [("2", OPEN)]),  # a leak would veto the element
        (["2.1.2"], {}, [("2", OPEN)]),  # 16 of 40
        (["2.1.1", "2.1.2"], {"2.1.1-m2": 1}, [("2", UNMET)]),
        ([], {"2.1.2-b": 1}, [("2", UNMET)]),
    ],
)
def test_an_elements_gate_counts_what_its_open_items_may_still_bring(
    reviewed: list[str], findings: dict[str, int], gates: list[tuple[str, State]]
) -> None:
    seen = ["1.1.1", "1.1.2", "1.2.1", *reviewed]
    result = _scored("mini-reach", REACH, reviewed=seen, findings=findings)
    found = [gate for gate in result.grades[0].gates if gate.kind is GateKind.ELEMENT]
    assert [(gate.subject, gate.state) for gate in found] == gates
    assert not [gate for gate in result.grades[1].gates if gate.kind is GateKind.ELEMENT]


@pytest.mark.parametrize(
    ("facets", "states"),
    [
        (REACH, [MET, MET]),
        ({**REACH, "gas": []}, [MET, MET]),  # answered, with nothing
        ({"machines": ["mill"], "happened": []}, [MET, MET]),  # gas is not asked
        ({"machines": ["dryer"], "happened": []}, [OPEN, OPEN]),  # gas is asked
        ({"machines": ["mill", "dryer"], "gas": ["no"]}, [OPEN, OPEN]),
        ({}, [OPEN, OPEN]),
    ],
)
def test_no_grade_is_earned_while_a_question_waits_for_its_answer(
    facets: dict[str, list[str]], states: list[State]
) -> None:
    """Even one on which no point hangs, such as what has happened."""
    result = _scored("mini-reach", facets, performance={"deaths": 0})
    assert _states(result) == states
    assert result.grade_open == (states[0] is OPEN)


def test_a_grade_is_lost_whatever_is_answered_where_its_gate_fails_at_the_best() -> None:
    """Element 1 keeps 6 of 60: whatever machines there are, 46 of 100 are the most."""
    found = {"1.1.1-a": 1, "1.1.2-a": 1, "1.2.1-a": 1, "1.2.1-b": 1}
    result = _scored("mini-reach", {}, findings=found, performance={"deaths": 0})
    # 20 − 1 − 2 of 1.2.1, less the 8 for 1.1.2 and the 3 of 1.2.1-a.
    assert (result.elements[0].low, result.elements[0].high) == (6, 6)
    assert _states(result) == [UNMET, UNMET]


@pytest.mark.parametrize(
    ("name", "facets", "given", "gate"),
    [
        # Which kind is not answered: 40 of A, and 60 of X or Y may come on top.
        ("mini-scaled", {}, {}, Gate(GateKind.TOTAL, None, Fraction(40), line=Fraction(90))),
        # Neither kind: the standard does not say what 40 of A are worth then.
        ("mini-scaled", {"kind": []}, {}, Gate(GateKind.TOTAL, None, Fraction(40), line=Fraction(90))),
        (
            "mini-scaled",
            SCALED,
            {"not_applicable": ["X.1-1", "X.1-2"]},
            Gate(GateKind.TOTAL, None, Fraction(40), line=Fraction(90)),
        ),
        # 200 of 200 points, of which 20 more wait for the kind.
        (
            "mini-percent",
            {"things": ["crane", "boiler"], "night": ["no"]},
            {},
            Gate(GateKind.TOTAL, None, Fraction(100), line=Fraction(90)),
        ),
    ],
)  # fmt: skip
def test_a_total_that_the_formula_cannot_tell_yet_leaves_its_gate_open(
    name: str, facets: dict[str, list[str]], given: dict[str, Any], gate: Gate
) -> None:
    record = {"deaths": 0} if name == "mini-percent" else {"missed": 0}
    result = _scored(name, facets, performance=record, **given)
    assert result.grades[0].gates[0] == gate
    assert _states(result) == [OPEN, OPEN]


def test_of_an_element_that_a_variant_waits_in_the_line_is_open_of_others_it_is_not() -> None:
    mini = scheme_named("mini-percent")
    lines = tuple(replace(grade, element=Decimal(60)) for grade in mini.grades)
    scheme = replace(mini, grades=lines)
    raw = {
        "scheme": "mini-percent",
        "facets": {"things": ["crane"], "night": ["no"]},
        "reviewed": "all",
        "findings": {"1.1.1-c": 1, "2.1.1-1": 1},
    }
    gates = score(scheme, parse_answers(scheme, raw)).grades[0].gates
    assert [(g.subject, g.value, g.state) for g in gates if g.kind is GateKind.ELEMENT] == [
        ("1", Fraction(40), UNMET),
        ("2", Fraction(0), OPEN),
    ]


def _major(facets: dict[str, list[str]], **given: Any) -> tuple[tuple[Any, ...], list[State]]:
    """The gate on major hazards, the same of each grade, and how the grades stand."""
    result = _scored("mini-reach", facets, performance={"deaths": 0}, **given)
    first, second = ([g for g in one.gates if g.kind is GateKind.MAJOR] for one in result.grades)
    assert first == second
    (gate,) = first
    assert (gate.subject, gate.line) == (None, 0)
    return (gate.low, gate.value, gate.high, gate.state), _states(result)


@pytest.mark.parametrize(
    ("facets", "given", "gate", "states"),
    [
        (REACH, {}, (0, 0, 0, MET), [MET, MET]),
        (REACH, {"findings": {"2.1.2-a": 1}}, (1, 1, 1, UNMET), [UNMET, UNMET]),
        (REACH, {"findings": {"2.1.2-a": 3, "2.1.2-b": 1}}, (2, 2, 2, UNMET), [UNMET, UNMET]),
        (REACH, {"findings": {"2.1.2-c": 1}}, (0, 0, 0, MET), [MET, MET]),
        # Not reviewed: both may be found, or the one that is not found yet.
        (REACH, {"reviewed": []}, (2, 0, 0, OPEN), [OPEN, OPEN]),
        ({**REACH, "gas": ["no"]}, {"reviewed": []}, (1, 0, 0, OPEN), [OPEN, OPEN]),
        # A finding that does not apply is none.
        ({**REACH, "gas": ["no"]}, {"findings": {"2.1.2-b": 1}}, (0, 0, 0, MET), [MET, MET]),
        (REACH, {"findings": {"2.1.2-a": 1}, "not_applicable": ["2.1.2"]}, (0, 0, 0, MET), [UNMET, MET]),
        # Whether there is gas is not answered: the leak may come to nothing.
        (
            {"machines": ["dryer"], "happened": []},
            {"findings": {"2.1.2-b": 1}},
            (2, 1, 0, OPEN),
            [OPEN, OPEN],
        ),
    ],
)  # fmt: skip
def test_a_major_hazard_stands_in_the_way_of_every_grade_and_costs_only_its_points(
    facets: dict[str, list[str]],
    given: dict[str, Any],
    gate: tuple[int, int, int, State],
    states: list[State],
) -> None:
    """Marking the 16 of 2.1.2 leaves out 16 %, more than 甲级 allows."""
    assert _major(facets, **given) == (gate, states)


def test_a_major_hazard_does_not_change_the_total() -> None:
    result = _scored("mini-reach", REACH, findings={"2.1.2-a": 1})
    assert result.total == Decimal("96.0")


def test_a_standard_without_major_hazards_has_no_such_gate() -> None:
    assert _gates(_scored("mini-percent", PERCENT), GateKind.MAJOR) == [[], []]


@pytest.mark.parametrize(
    ("marked", "share", "states"),
    [
        ([], 0, [MET, MET]),
        (["2.1.2"], 16, [UNMET, MET]),
        (["2.1.1"], 24, [UNMET, MET]),
        (["2.1.1", "2.1.2"], 40, [UNMET, UNMET]),
        (["1.1.1"], 20, [UNMET, MET]),
    ],
)
def test_what_is_marked_by_hand_may_be_no_more_than_the_standard_allows(
    marked: list[str], share: int, states: list[State]
) -> None:
    """甲级 allows 10 %, 乙级 30 %."""
    result = _scored("mini-reach", REACH, not_applicable=marked, performance={"deaths": 0})
    assert _gates(result, GateKind.NOT_APPLICABLE) == [
        [(share, 10, states[0])],
        [(share, 30, states[1])],
    ]
    assert _states(result) == states


def test_a_share_on_its_line_is_allowed_and_what_facets_take_is_no_part_of_it() -> None:
    """Without machines 76 points remain; of these 16 are 21 %. 20 of 100 are just 20 %."""
    line = replace(scheme_named("mini-reach").grades[0], not_applicable_at_most=Decimal(20))
    scheme = replace(scheme_named("mini-reach"), grades=(line,))
    raw = {"scheme": "mini-reach", "reviewed": "all", "performance": {"deaths": 0}}
    for facets, marked, share, state in (
        (REACH, "1.1.1", Fraction(20), MET),
        ({"machines": [], "happened": []}, "2.1.2", Fraction(1600, 76), UNMET),
    ):
        answers = parse_answers(scheme, {**raw, "facets": facets, "not_applicable": [marked]})
        result = score(scheme, answers)
        assert _gates(result, GateKind.NOT_APPLICABLE) == [[(share, 20, state)]]


@pytest.mark.parametrize(
    ("marked", "facets", "bounds", "states"),
    [
        # 24 of 100 are marked and wait for their question: without machines nobody asks.
        (["2.1.1"], {}, (24, 24, 0), [OPEN, OPEN]),
        # 20 of 100 as long as there are machines, 20 of 76 if not.
        (["1.1.1"], {}, (Fraction(2000, 76), 20, 20), [UNMET, OPEN]),
        (["1.1.1", "2.1.1"], {}, (44, 44, Fraction(2000, 76)), [UNMET, OPEN]),
        (["1.1.1", "2.1.2"], {}, (Fraction(3600, 76), 36, 36), [UNMET, UNMET]),
        ([], {}, (0, 0, 0), [OPEN, OPEN]),
        (["2.1.1"], {"machines": ["mill"], "happened": []}, (24, 24, 24), [UNMET, MET]),
    ],
)
def test_what_waits_for_a_question_may_yet_be_no_part_of_the_share(
    marked: list[str],
    facets: dict[str, list[str]],
    bounds: tuple[int | Fraction, int, int | Fraction],
    states: list[State],
) -> None:
    result = _scored("mini-reach", facets, not_applicable=marked, performance={"deaths": 0})
    (gate,) = [g for g in result.grades[0].gates if g.kind is GateKind.NOT_APPLICABLE]
    assert (gate.low, gate.value, gate.high) == bounds
    assert _states(result) == states


def test_a_variant_that_waits_may_make_the_share_smaller() -> None:
    """30 of 150 are marked; the standard has 220 with a variant, which waits for its question."""
    mini = scheme_named("mini-percent")
    scheme = replace(mini, grades=(replace(mini.grades[0], not_applicable_at_most=Decimal(15)),))
    raw = {"scheme": "mini-percent", "facets": {"things": ["crane"], "night": ["no"]}}
    answers = parse_answers(scheme, {**raw, "not_applicable": ["1.1.2"], "reviewed": "all"})
    gates = score(scheme, answers).grades[0].gates
    (gate,) = [g for g in gates if g.kind is GateKind.NOT_APPLICABLE]
    assert (gate.low, gate.value, gate.high) == (20, 20, Fraction(3000, 220))
    assert gate.state is OPEN


def test_where_everything_waits_for_a_question_nothing_is_marked() -> None:
    """Were all items asked of enterprises with machines only: without any no share is left."""
    scheme = scheme_named("mini-reach")
    machines = scheme.items["2.1.1"].applies_when
    for item_id in scheme.items:
        scheme = with_item(scheme, item_id, applies_when=machines)
    answers = parse_answers(scheme, {"scheme": "mini-reach", "reviewed": "all"})
    (gate,) = [
        g for g in score(scheme, answers).grades[0].gates if g.kind is GateKind.NOT_APPLICABLE
    ]
    assert (gate.low, gate.value, gate.high) == (0, 0, 0)


@pytest.mark.parametrize("name", ["mini-percent", "mini-scaled", "mini-reach", "mini-weighted"])
def test_with_nothing_applicable_every_grade_is_unmet_for_that_alone(name: str) -> None:
    mini = scheme_named(name)
    scheme = replace(mini, parts=tuple(replace(part, elements=()) for part in mini.parts))
    result = score(scheme, parse_answers(scheme, {"scheme": name}))
    assert (result.total, result.total_exact, result.low, result.high) == (None, None, None, None)
    for grade in result.grades:
        assert grade.gates == (Gate(GateKind.NOTHING_APPLICABLE),)
        assert grade.state is UNMET
    assert (result.grade, result.grade_open, result.at_least) == (None, False, None)
    assert not _warned(result, WarningKind.FORMULA_UNDEFINED)


def test_grades_that_ask_for_the_same_are_one_line_to_reach() -> None:
    mini = scheme_named("mini-weighted")
    same = tuple(replace(mini.grades[0], title=title) for title in ("一级", "二级"))
    raw = {"scheme": "mini-weighted", "facets": {"second": ["yes"]}, "reviewed": "all"}
    scheme = replace(mini, grades=same)
    assert score(scheme, parse_answers(scheme, raw)).grade_name == "达到评分线"
    assert score(mini, parse_answers(mini, raw)).grade_name == "达标"
    failed = {**raw, "findings": {"1.1-w": 1}}
    assert score(scheme, parse_answers(scheme, failed)).grade_name is None


def _warned(result: Result, kind: WarningKind) -> list[ResultWarning]:
    return [warning for warning in result.warnings if warning.kind is kind]


@pytest.mark.parametrize(
    ("findings", "subjects"),
    [
        ({"1.1.1-b": 1}, None),
        ({"1.1.1-a": 7}, None),  # counted: 每处
        ({"1.1.1-b": 2}, ("1.1.1-b",)),
        ({"1.1.1-b": 3, "1.1.1-a": 7, "1.2.1-b": 1}, ("1.1.1-b",)),
        ({"1.2.1-b": 2, "1.1.1-c": 2}, ("1.1.1-c", "1.2.1-b")),
        ({"1.1.1-b": 2, "2.1.4-a": 2, "1.1.2-c": 2}, ("1.1.1-b",)),  # the last does not apply
    ],
)
def test_what_counts_once_and_was_found_more_often_is_warned_of(
    findings: dict[str, int], subjects: tuple[str, ...] | None
) -> None:
    result = _scored("mini-percent", PERCENT, findings=findings)
    expected = [] if subjects is None else [ResultWarning(WarningKind.COUNTED_ONCE, subjects)]
    assert _warned(result, WarningKind.COUNTED_ONCE) == expected


def test_what_counts_once_costs_once() -> None:
    """Three times 扣 10 分 takes 10; three places at 0.01 take 0.03."""
    result = _scored("mini-percent", PERCENT, findings={"1.1.1-b": 3, "1.1.1-a": 3})
    assert result.items["1.1.1"].score == Decimal("49.97")


def test_a_finding_on_what_is_absent_is_idle_and_costs_nothing() -> None:
    result = _scored(
        "mini-percent",
        {**PERCENT, "things": ["boiler"]},
        findings={"2.1.1-1": 1, "1.1.1-b": 1},
    )
    assert _warned(result, WarningKind.IDLE_FINDING) == [
        ResultWarning(WarningKind.IDLE_FINDING, ("2.1.1-1",))
    ]
    assert (result.score, result.full) == (Decimal(160), Decimal(170))


def test_every_finding_that_does_not_apply_is_idle() -> None:
    """By its item, its machine, its row, its own condition, and under a question not asked."""
    found = {
        "2.1.2-b": 1,  # needs gas, which is not asked without a dryer
        "1.2.1-c": 1,
        "2.1.1-d2": 1,  # the row
        "2.1.1-d1": 1,  # the machine
        "2.1.1-m1": 1,  # which is there
        "1.1.1-b": 1,  # on an item marked 不适用
    }
    facets = {"machines": ["mill"], "happened": []}
    result = _scored("mini-reach", facets, findings=found, not_applicable=["1.1.1"])
    idle = ("1.1.1-b", "1.2.1-c", "2.1.1-d1", "2.1.1-d2", "2.1.2-b")
    assert _warned(result, WarningKind.IDLE_FINDING) == [
        ResultWarning(WarningKind.IDLE_FINDING, idle)
    ]
    assert result.score == Decimal(78)  # 80 apply, and the guard costs 2
    open_ = _scored("mini-reach", {"happened": []}, findings={"2.1.2-b": 1, "2.1.1-d2": 1})
    assert not _warned(open_, WarningKind.IDLE_FINDING)


def test_an_earlier_finding_that_does_not_apply_is_idle_too() -> None:
    facets = {"kind": ["x"], "crane": ["no"]}
    result = _scored("mini-scaled", facets, earlier={"X.1-1-1": {"count": 1}})
    assert [w.subjects for w in _warned(result, WarningKind.IDLE_FINDING)] == [("X.1-1-1",)]


@pytest.mark.parametrize(
    ("findings", "subjects"),
    [
        ({"1.1.1-b": 1}, []),
        ({"1.1.1-b": 1, "1.2.1-b": 1}, [("1.1.1-b", "1.2.1-b")]),
        (
            {"1.1.1-b": 1, "2.1.1-m1": 2, "1.2.1-b": 1},
            [("1.1.1-b", "1.2.1-b", "2.1.1-m1")],
        ),
        ({"1.1.1-b": 1, "2.1.1-m2": 1}, []),
    ],
)
def test_findings_that_may_charge_one_fact_twice_are_told(
    findings: dict[str, int], subjects: list[tuple[str, ...]]
) -> None:
    result = _scored("mini-reach", REACH, findings=findings)
    assert [w.subjects for w in _warned(result, WarningKind.CHARGED_TWICE)] == subjects


def test_what_does_not_apply_is_not_charged_twice() -> None:
    facets = {"machines": [], "happened": []}
    result = _scored("mini-reach", facets, findings={"1.1.1-b": 1, "2.1.1-m1": 1})
    assert not _warned(result, WarningKind.CHARGED_TWICE)


@pytest.mark.parametrize(
    ("facets", "record", "subjects"),
    [
        (REACH, {"deaths": 0}, [("machines", "gas")]),  # a mill and gas exclude each other
        ({**REACH, "gas": ["no"]}, {"deaths": 0}, []),
        ({**REACH, "gas": ["no"]}, {}, []),
        ({**REACH, "gas": ["no"]}, {"deaths": 1}, [("deaths", "happened")]),
        ({**REACH, "gas": ["no"], "happened": ["fire"]}, {"deaths": 2}, [("deaths", "happened")]),
        ({**REACH, "gas": ["no"], "happened": ["fire", "fatal"]}, {"deaths": 2}, []),
        ({"machines": ["mill"]}, {"deaths": 1}, []),  # what happened is not answered yet
        ({"machines": ["mill"], "gas": ["yes"], "happened": []}, {}, []),  # gas is not asked
        (REACH, {"deaths": 1}, [("deaths", "happened"), ("machines", "gas")]),
    ],
)
def test_answers_that_cannot_both_be_right_are_told(
    facets: dict[str, list[str]], record: dict[str, int], subjects: list[tuple[str, ...]]
) -> None:
    result = _scored("mini-reach", facets, performance=record)
    assert [w.subjects for w in _warned(result, WarningKind.CONTRADICTION)] == subjects


@pytest.mark.parametrize(
    ("marked", "subjects"),
    [
        (["2.1.2"], None),  # 16 %
        (["1.1.1"], ("1.1.1",)),  # 20 %
        (["2.1.2", "1.1.1"], ("1.1.1", "2.1.2")),
    ],
)
def test_from_a_fifth_on_what_was_left_out_by_hand_is_warned_of(
    marked: list[str], subjects: tuple[str, ...] | None
) -> None:
    result = _scored("mini-reach", REACH, not_applicable=marked)
    expected = [] if subjects is None else [ResultWarning(WarningKind.SHARE_LEFT_OUT, subjects)]
    assert _warned(result, WarningKind.SHARE_LEFT_OUT) == expected


def test_just_below_a_fifth_nobody_is_warned() -> None:
    """The 6 of 1.2.1 and the 20 of 2.1.3 are 26 of 170: 15 %. With 1.1.2's 30 it is a third."""
    facets = {"kind": ["x"], "things": ["crane"], "night": ["no"]}
    few = _scored("mini-percent", facets, not_applicable=["1.2.1", "2.1.3"])
    assert not _warned(few, WarningKind.SHARE_LEFT_OUT)
    many = _scored("mini-percent", facets, not_applicable=["1.2.1", "2.1.3", "1.1.2"])
    assert [w.subjects for w in _warned(many, WarningKind.SHARE_LEFT_OUT)] == [
        ("1.1.2", "1.2.1", "2.1.3")
    ]


@pytest.mark.parametrize(
    ("allowed", "facets", "marked", "absent"),
    [
        (("2.1.2",), REACH, ["2.1.2"], None),
        (("2.1.2",), {"machines": [], "happened": []}, [], ("2.1.1",)),
        (("2.1.2",), {"machines": [], "happened": []}, ["1.1.1", "2.1.2"], ("1.1.1", "2.1.1")),
        (("2.1",), {"machines": [], "happened": []}, ["2.1.2"], None),
        (("2",), {"machines": [], "happened": []}, ["2.1.2", "1.2.1"], ("1.2.1",)),
        ((), {"machines": [], "happened": []}, ["2.1.2"], None),
    ],
)
def test_absent_elements_that_a_province_may_ask_for_are_told(
    allowed: tuple[str, ...],
    facets: dict[str, list[str]],
    marked: list[str],
    absent: tuple[str, ...] | None,
) -> None:
    scheme = replace(scheme_named("mini-reach"), absent_allowed=allowed)
    raw = {"scheme": "mini-reach", "facets": facets, "not_applicable": marked}
    result = score(scheme, parse_answers(scheme, raw))
    expected = [] if absent is None else [ResultWarning(WarningKind.ABSENT_ELEMENT, absent)]
    assert _warned(result, WarningKind.ABSENT_ELEMENT) == expected


def test_without_anything_to_scale_the_formula_is_not_defined() -> None:
    for facets, marked, undefined in (
        ({"kind": []}, [], True),
        ({}, [], True),
        (SCALED, ["X.1-1", "X.1-2"], True),
        (SCALED, ["X.1-2"], False),
        (SCALED, [], False),
    ):
        result = _scored("mini-scaled", facets, not_applicable=marked)
        assert bool(_warned(result, WarningKind.FORMULA_UNDEFINED)) == undefined
        assert (result.total == 40) == undefined
    percent = _scored("mini-percent", {"kind": [], "things": [], "night": []})
    assert not _warned(percent, WarningKind.FORMULA_UNDEFINED)


def test_warnings_come_the_gravest_first() -> None:
    result = _scored(
        "mini-reach",
        {"machines": ["mill", "dryer"], "gas": ["yes"]},
        performance={},
        reviewed=["1.1.1"],
        findings={"1.1.1-b": 2, "1.2.1-b": 1, "1.1.2-a": 1},
        not_applicable=["1.1.2"],
    )
    assert [warning.kind for warning in result.warnings] == [
        WarningKind.UNANSWERED_FACET,
        WarningKind.UNANSWERED_PERFORMANCE,
        WarningKind.CONTRADICTION,
        WarningKind.IDLE_FINDING,
        WarningKind.CHARGED_TWICE,
        WarningKind.COUNTED_ONCE,
        WarningKind.SHARE_LEFT_OUT,
        WarningKind.ABSENT_ELEMENT,
        WarningKind.UNREVIEWED,
    ]


def test_what_is_not_reviewed_is_named_item_by_item() -> None:
    result = _scored("mini-percent", PERCENT, reviewed=["1.1.1", "2.1.1"])
    unseen = ("1.1.2", "1.2.1", "1.2.2", "2.1.2", "2.1.3")
    assert _warned(result, WarningKind.UNREVIEWED) == [
        ResultWarning(WarningKind.UNREVIEWED, unseen)
    ]
    assert not _warned(_scored("mini-percent", PERCENT), WarningKind.UNREVIEWED)


def test_questions_without_an_answer_are_named() -> None:
    result = _scored("mini-percent", {"kind": ["x"]})
    assert [w.subjects for w in _warned(result, WarningKind.UNANSWERED_FACET)] == [
        ("things",),
        ("night",),
    ]
    assert _warned(result, WarningKind.UNANSWERED_PERFORMANCE) == [
        ResultWarning(WarningKind.UNANSWERED_PERFORMANCE, ("deaths",))
    ]
