"""Verdicts, gates and distances in words, on small standards worked out by hand."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from scoring import Result, parse_answers, score
from tests.conftest import scheme_named
from wording.grades import (
    distance_words,
    gate_mark,
    gate_words,
    gates_met,
    grade_words,
    grades_told_apart,
    reached_words,
    same_gates,
    unmet_words,
    verdict_words,
)
from wording.labels import local_time

Z = {"kind": ["z"], "things": [], "night": ["no"]}


def _scored(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    raw = {"scheme": name, "reviewed": "all", **given}
    return score(scheme, parse_answers(scheme, raw))


def _said(result: Result) -> list[list[tuple[str, str]]]:
    return [
        [(gate_mark(gate), gate_words(result, grade, gate)) for gate in grade.gates]
        for grade in result.grades
    ]


@pytest.mark.parametrize(
    ("findings", "deaths", "best", "second", "verdict"),
    [
        (
            {"1.1.1-b": 1},
            0,
            [("✓", "总分 90.0 不低于 90"), ("✓", "死亡人数 0，不超过 0")],
            [("✓", "总分 90.0 不低于 60"), ("✓", "死亡人数 0，不超过 1")],
            "总分 90.0，甲级",
        ),
        (
            {"1.1.1-b": 1, "1.2.1-b": 1},
            1,
            [("×", "总分 89.0 低于 90"), ("×", "死亡人数 1，超过 0")],
            [("✓", "总分 89.0 不低于 60"), ("✓", "死亡人数 1，不超过 1")],
            "总分 89.0，乙级",
        ),
        (
            {"1.1.1-c": 1},
            2,
            [("×", "总分 40.0 低于 90"), ("×", "死亡人数 2，超过 0")],
            [("×", "总分 40.0 低于 60"), ("×", "死亡人数 2，超过 1")],
            "总分 40.0，未达到任何等级",
        ),
    ],
)
def test_gates_are_said_with_what_they_ask_for(
    findings: dict[str, int],
    deaths: int,
    best: list[tuple[str, str]],
    second: list[tuple[str, str]],
    verdict: str,
) -> None:
    result = _scored("mini-percent", facets=Z, performance={"deaths": deaths}, findings=findings)
    assert _said(result) == [best, second]
    assert verdict_words(result) == verdict
    assert [gates_met(grade) for grade in result.grades] == [
        "全部满足" if all(mark == "✓" for mark, _ in gates) else "未满足"
        for gates in (best, second)
    ]


def test_an_element_below_its_line_is_named_with_its_percentage() -> None:
    """Element 1 loses 40.01 of 100, element 3 loses 70 + 10; 60 is asked of each."""
    found = {"1.1-b": 4, "1.1-a": 1, "3.1-v": 1, "3.2-a": 2}
    result = _scored("mini-weighted", facets={"second": ["no"]}, findings=found)
    assert _said(result)[0][1:] == [
        ("×", "要素 1 要素1 59.99 低于 60"),
        ("×", "要素 3 要素3 20.00 低于 60"),
    ]
    assert _said(_scored("mini-weighted"))[0] == [
        ("✓", "总分 100.00 不低于 80"),
        ("✓", "每个适用要素不低于 60"),
    ]


def test_an_element_with_nothing_left_stands_at_0() -> None:
    result = _scored("mini-weighted", facets={"second": ["no"]}, findings={"1.1-w": 1})
    assert _said(result)[0] == [
        ("×", "总分 28.57 低于 80"),  # 20 of 70
        ("×", "要素 1 要素1 0.00 低于 60"),
    ]
    assert distance_words(result, result.grades[0]) == "× 达标：总分线 80，还差 51.43"


def test_a_total_that_suffices_names_the_element_in_the_way() -> None:
    """0.5 × 100 + 0.3 × 100 + 0.2 × 50 = 90 ≥ 80, but element 3 is below 60."""
    result = _scored("mini-weighted", facets={"second": ["yes"]}, findings={"3.1-b": 5})
    assert distance_words(result, result.grades[0]) == "× 达标：要素 3 要素3 50.00 低于 60"


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        ({"1.1.1-b": 1}, ["✓ 甲级：总分线 90，已达到", "✓ 乙级：总分线 60，已达到"]),
        ({"1.1.1-a": 1006}, ["× 甲级：总分线 90，还差 0.1", "✓ 乙级：总分线 60，已达到"]),
        ({"1.1.1-c": 1}, ["× 甲级：总分线 90，还差 50", "× 乙级：总分线 60，还差 20"]),
    ],
)
def test_what_is_lacking_is_the_line_less_the_total_that_is_shown(
    findings: dict[str, int], said: list[str]
) -> None:
    result = _scored("mini-percent", facets=Z, performance={"deaths": 0}, findings=findings)
    assert [distance_words(result, grade) for grade in result.grades] == said


def test_what_is_lacking_is_shown_even_where_the_total_looks_like_the_line() -> None:
    """One more decimal is shown, and the distance goes by it."""
    result = _scored(
        "mini-weighted", facets={"second": ["no"]}, findings={"1.1-b": 2, "1.1-a": 801}
    )
    # Element 1: 71.99, element 3: 100. (0.5 × 71.99 + 0.2 × 100) ÷ 0.7 = 79.992857…
    assert distance_words(result, result.grades[0]) == "× 达标：总分线 80，还差 0.01"
    nearer = _scored(
        "mini-weighted",
        facets={"second": ["yes"]},
        findings={"1.1-b": 4, "2.1-a": 1},  # 30 + 29.997 + 20 = 79.997
    )
    assert gate_words(nearer, nearer.grades[0], nearer.grades[0].gates[0]) == "总分 79.997 低于 80"
    assert distance_words(nearer, nearer.grades[0]) == "× 达标：总分线 80，还差 0.003"


def test_with_nothing_applicable_nothing_can_be_said() -> None:
    items = list(scheme_named("hazchem").items)
    result = _scored("hazchem", not_applicable=items)
    assert _said(result) == [[("×", "没有适用的内容，无法评定")]] * 3
    assert distance_words(result, result.grades[0]) == "× 达标：没有适用的内容，无法评定"
    assert verdict_words(result) == "总分 —，未达到评分要求"


def test_grades_that_ask_for_the_same_are_told_together() -> None:
    result = _scored("hazchem")
    assert [(name, grade.title) for name, grade in grades_told_apart(result)] == [
        ("一级、二级、三级", "一级")
    ]
    assert reached_words(result.scheme) == "达到评分线（一级、二级、三级同一条线）"
    assert unmet_words(result.scheme) == "未达到评分要求"
    assert distance_words(result, result.grades[0]) == "✓ 达标：总分线 80，已达到"
    apart = _scored("mini-percent")
    assert [(name, grade.title) for name, grade in grades_told_apart(apart)] == [
        ("甲级", "甲级"),
        ("乙级", "乙级"),
    ]
    assert reached_words(apart.scheme) is None
    assert unmet_words(apart.scheme) == "未达到任何等级"


def test_two_grades_are_enough_to_be_the_same() -> None:
    hazchem = scheme_named("hazchem")
    assert same_gates(replace(hazchem, grades=hazchem.grades[:2]))
    assert not same_gates(replace(hazchem, grades=hazchem.grades[:1]))


@pytest.mark.parametrize(("happened", "words"), [(0, "否"), (1, "是")])
def test_a_question_of_the_safety_record_is_answered_with_yes_or_no(
    happened: int, words: str
) -> None:
    result = _scored("tobacco", performance={"target_missed": 0, "major_accident": happened})
    third = result.grades[2]
    assert gate_words(result, third, third.gates[-1]) == f"当年发生重大安全事故：{words}"


def test_a_standard_without_grades_says_so() -> None:
    result = _scored("model-enterprise")
    assert grade_words(result) == "本标准不评等级"
    assert verdict_words(result) == "总分 100.0，本标准不评等级"
    assert grade_words(replace(result, scheme=scheme_named("mini-percent"))) == "未达到任何等级"


def test_a_stored_moment_is_shown_to_the_minute_where_the_server_stands(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    time.tzset()
    try:
        assert local_time(datetime(2026, 3, 9, 23, 5, 59, tzinfo=UTC)) == "2026-03-10 07:05"
    finally:
        monkeypatch.undo()
        time.tzset()
