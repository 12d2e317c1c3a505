"""What a result says of parts, gates and warnings, each worked out by hand."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from scoring import Result, parse_answers, score
from scoring.result import Gate, GateKind, ResultWarning, WarningKind
from tests.conftest import scheme_named

SCALED = {"kind": ["x"], "crane": ["yes"]}
PERCENT = {"kind": ["x"], "things": ["crane", "boiler"], "night": ["no"]}


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


def _records(result: Result) -> list[list[tuple[Fraction | None, Fraction | None, bool]]]:
    """Count, most and verdict of the safety record, by grade."""
    return [
        [(g.value, g.line, g.met) for g in grade.gates if g.kind is GateKind.PERFORMANCE]
        for grade in result.grades
    ]


@pytest.mark.parametrize(
    ("deaths", "best", "second", "grade"),
    [
        (0, (0, 0, True), (0, 1, True), "甲级"),
        (1, (1, 0, False), (1, 1, True), "乙级"),
        (2, (2, 0, False), (2, 1, False), None),
    ],
)
def test_a_count_may_be_as_large_as_its_line(
    deaths: int,
    best: tuple[int, int, bool],
    second: tuple[int, int, bool],
    grade: str | None,
) -> None:
    result = _scored("mini-percent", PERCENT, performance={"deaths": deaths})
    assert _records(result) == [[best], [second]]
    assert result.grade == grade


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
    assert gate.met == met


def test_where_the_standard_compares_rounded_totals_a_rounded_one_meets_the_line() -> None:
    """22.05 of 220 points leave 89.977…, which is 90.0."""
    findings = {"1.1.1-a": 205, "1.1.2-a": 2}
    result = _scored("mini-percent", PERCENT, findings=findings)
    assert result.total_exact == Fraction(19795, 220)
    assert result.total == Decimal("90.0")
    assert result.grade == "甲级"


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
    assert result.grade == grade


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
