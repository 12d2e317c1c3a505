"""Verdicts, gates and distances in words, on small standards worked out by hand."""

import time
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from scoring import Answers, Result, parse_answers, score
from scoring.result import GateKind
from tests.conftest import scheme_named
from wording.dates import local_time
from wording.grades import (
    at_least_words,
    distance_words,
    gate_mark,
    gate_state_words,
    gate_words,
    grade_words,
    grades_told_apart,
    progress_words,
    range_words,
    reached_words,
    standing_words,
    state_words,
    unmet_words,
    verdict_words,
)

Z = {"kind": ["z"], "things": [], "night": ["no"]}
REACH = {"machines": ["mill", "dryer"], "gas": ["yes"], "happened": []}
SCALED = {"kind": ["x"], "crane": ["yes"]}


def _scored(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    raw = {"scheme": name, "reviewed": "all", **given}
    return score(scheme, parse_answers(scheme, raw))


def _said(result: Result) -> list[list[tuple[str, str]]]:
    return [
        [(gate_mark(gate), gate_words(result, grade, gate)) for gate in grade.gates]
        for grade in result.grades
    ]


def _of(result: Result, kind: GateKind) -> list[tuple[str, str, str]]:
    """Mark, state and words of the gates of one kind, of the best grade."""
    best = result.grades[0]
    return [
        (gate_mark(gate), gate_state_words(gate), gate_words(result, best, gate))
        for gate in best.gates
        if gate.kind is kind
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
    assert [state_words(grade) for grade in result.grades] == [
        "全部满足" if all(mark == "✓" for mark, _ in gates) else "未满足"
        for gates in (best, second)
    ]


MET, UNMET, OPEN = ("✓", "满足"), ("×", "未满足"), ("○", "待定")
MAJOR = "存在重大事故隐患"


@pytest.mark.parametrize(
    ("name", "kind", "given", "said"),
    [
        ("mini-reach", GateKind.TOTAL, {}, [(*MET, "总分 100.0 不低于 80")]),
        (
            "mini-reach",
            GateKind.TOTAL,
            {"findings": {"2.1.2-b": 1}},
            [(*UNMET, "总分 60.0 低于 80")],
        ),
        (
            "mini-reach",
            GateKind.TOTAL,
            {"reviewed": ["1.1.2"]},
            [(*OPEN, "总分在 0.0 – 100.0 之间，是否不低于 80 待定")],
        ),
        (
            "mini-percent",
            GateKind.TOTAL,
            {"facets": {"things": [], "night": ["no"]}, "findings": {"1.1.1-b": 1}},
            [(*OPEN, "总分 90.0 还不能作数，是否不低于 90 待定")],
        ),
        (
            "mini-scaled",
            GateKind.TOTAL,
            {"facets": {"kind": []}, "performance": {"missed": 0}},
            [(*OPEN, "总分 40.0 还不能作数，是否不低于 90 待定")],
        ),
        ("mini-reach", GateKind.ELEMENT, {}, [(*MET, "每个适用要素不低于 50")]),
        (
            "mini-reach",
            GateKind.ELEMENT,
            {"findings": {"2.1.1-m2": 1, "1.1.1-a": 1, "1.1.2-a": 1}},
            [
                (*UNMET, "要素 1 第一类目 20.00 低于 50"),  # 20 − 8 of 60
                (*UNMET, "要素 2 第二类目 40.00 低于 50"),  # 16 of 40
            ],
        ),
        (
            "mini-reach",
            GateKind.ELEMENT,
            {"reviewed": ["1.1.1", "1.1.2", "1.2.1", "2.1.2"], "findings": {"2.1.2-c": 1}},
            [(*OPEN, "要素 2 第二类目 在 37.50 – 97.50 之间，是否不低于 50 待定")],
        ),
        ("mini-percent", GateKind.PERFORMANCE, {}, [(*OPEN, "未填写“死亡人数”，待定")]),
        (
            "mini-percent",
            GateKind.PERFORMANCE,
            {"performance": {"deaths": 0}},
            [(*MET, "死亡人数 0，不超过 0")],
        ),
        (
            "mini-percent",
            GateKind.PERFORMANCE,
            {"performance": {"deaths": 3}},
            [(*UNMET, "死亡人数 3，超过 0")],
        ),
        (
            "mini-scaled",
            GateKind.DOWNGRADE,
            {},
            [(*OPEN, "未填写“没有完成指标”，是否下降一级待定")],
        ),
        (
            "mini-scaled",
            GateKind.DOWNGRADE,
            {"performance": {"missed": 1}},
            [(*UNMET, "没有完成指标：下降一级，不能评甲级")],
        ),
        ("mini-scaled", GateKind.DOWNGRADE, {"performance": {"missed": 0}}, []),
        ("mini-reach", GateKind.MAJOR, {}, [(*MET, "没有发现重大事故隐患")]),
        (
            "mini-reach",
            GateKind.MAJOR,
            {"findings": {"2.1.2-a": 1, "2.1.2-b": 1}},
            [(*UNMET, f"{MAJOR}（2 项），整改前不能申请定级")],
        ),
        (
            "mini-reach",
            GateKind.MAJOR,
            {"reviewed": []},
            [(*OPEN, "有没有重大事故隐患还没有查完，待定")],
        ),
        (
            "mini-reach",
            GateKind.NOT_APPLICABLE,
            {},
            [(*MET, "自行标为不适用的占 0.00%，不超过 10%")],
        ),
        (
            "mini-reach",
            GateKind.NOT_APPLICABLE,
            {"not_applicable": ["2.1.2"]},
            [(*UNMET, "自行标为不适用的占 16.00%，超过 10%")],
        ),
        (
            "mini-reach",
            GateKind.NOT_APPLICABLE,
            {"facets": {"happened": []}, "not_applicable": ["2.1.1"]},
            [(*OPEN, "自行标为不适用的占 24.00%，是否不超过 10% 待定")],
        ),
        (
            "mini-reach",
            GateKind.NOTHING_APPLICABLE,
            {"not_applicable": ["1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2"]},
            [(*UNMET, "没有适用的内容，无法评定")],
        ),
    ],
)
def test_every_kind_of_gate_is_said_in_every_state(
    name: str, kind: GateKind, given: dict[str, Any], said: list[tuple[str, str, str]]
) -> None:
    facets = {"mini-percent": Z, "mini-scaled": SCALED, "mini-reach": REACH}[name]
    assert _of(_scored(name, **{"facets": facets, **given}), kind) == said


def test_an_element_that_a_variant_waits_in_is_not_judged() -> None:
    """Of element 2 the crane's 50 of 50 are seen; kinds x and y wait for their question."""
    mini = scheme_named("mini-percent")
    scheme = replace(mini, grades=(replace(mini.grades[0], element=mini.grades[0].total),))
    raw = {"scheme": "mini-percent", "facets": {"things": ["crane"], "night": ["no"]}}
    answers = parse_answers(scheme, {**raw, "reviewed": "all", "findings": {"2.1.1-2": 1}})
    assert _of(score(scheme, answers), GateKind.ELEMENT) == [
        (*OPEN, "要素 2 第二类目 96.00 还不能作数，是否不低于 90 待定")
    ]


def test_after_a_downgrade_the_next_grade_says_what_it_asks_for() -> None:
    result = _scored("mini-scaled", facets=SCALED, performance={"missed": 1})
    assert _said(result)[1] == [
        ("✓", "没有完成指标：下降一级，须够甲级才评乙级"),
        ("✓", "总分 100.0 不低于 90"),
    ]


def test_an_element_below_its_line_is_named_with_its_percentage() -> None:
    """Element 1 loses 40.01 of 100, element 3 loses 70 + 10; 60 is asked of each."""
    found = {"1.1-b": 4, "1.1-a": 1, "3.1-v": 1, "3.2-a": 2}
    result = _scored("mini-weighted", facets={"second": ["no"]}, findings=found)
    assert _said(result)[0][1:] == [
        ("×", "要素 1 要素1 59.99 低于 60"),
        ("×", "要素 3 要素3 20.00 低于 60"),
    ]
    assert _said(_scored("mini-weighted", facets={"second": ["yes"]}))[0] == [
        ("✓", "总分 100.00 不低于 80"),
        ("✓", "每个适用要素不低于 60"),
    ]


def test_an_element_with_nothing_left_stands_at_0_and_all_that_fails_is_told() -> None:
    result = _scored("mini-weighted", facets={"second": ["no"]}, findings={"1.1-w": 1})
    assert _said(result)[0] == [
        ("×", "总分 28.57 低于 80"),  # 20 of 70
        ("×", "要素 1 要素1 0.00 低于 60"),
    ]
    assert distance_words(result, result.grades[0]) == (
        "× 达标：总分线 80，还差 51.43；要素 1 要素1 0.00 低于 60"
    )


def test_a_total_that_suffices_names_the_element_in_the_way() -> None:
    """0.5 × 100 + 0.3 × 100 + 0.2 × 50 = 90 ≥ 80, but element 3 is below 60."""
    result = _scored("mini-weighted", facets={"second": ["yes"]}, findings={"3.1-b": 5})
    assert distance_words(result, result.grades[0]) == "× 达标：要素 3 要素3 50.00 低于 60"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {"findings": {"1.1.1-b": 1}},
            ["✓ 甲级：总分线 90，已达到", "✓ 乙级：总分线 60，已达到"],
        ),
        (
            {"findings": {"1.1.1-a": 1006}},
            ["× 甲级：总分线 90，还差 0.1", "✓ 乙级：总分线 60，已达到"],
        ),
        (
            {"findings": {"1.1.1-c": 1}},
            ["× 甲级：总分线 90，还差 50", "× 乙级：总分线 60，还差 20"],
        ),
        # Of 100 points the 30 of 1.1.2 and their extra of 20 are open.
        (
            {"reviewed": ["1.1.1", "1.2.1", "1.2.2"]},
            ["○ 甲级：总分线 90，待定", "○ 乙级：总分线 60，待定"],
        ),
        # 60 open, 30 lost and 20 charged: 50 at best.
        (
            {"reviewed": ["1.2.1", "1.2.2"], "findings": {"1.1.2-b": 1}},
            ["× 甲级：总分线 90，还差 40", "× 乙级：总分线 60，还差 10"],
        ),
    ],
)
def test_what_is_lacking_is_the_line_less_the_total_that_is_shown(
    given: dict[str, Any], said: list[str]
) -> None:
    result = _scored("mini-percent", facets=Z, performance={"deaths": 0}, **given)
    assert [distance_words(result, grade) for grade in result.grades] == said


def test_a_grade_is_open_where_only_a_downgrade_speaks() -> None:
    """All that hinders 甲级 is a question nobody has answered."""
    result = _scored("mini-scaled", facets=SCALED)
    assert [distance_words(result, grade) for grade in result.grades] == [
        "○ 甲级：总分线 90，待定",
        "✓ 乙级：总分线 60，已达到",
    ]


def test_a_hazard_is_told_with_the_distance() -> None:
    found = {"1.1.1-a": 1, "1.1.2-a": 1, "2.1.2-a": 1}
    result = _scored("mini-reach", facets=REACH, performance={"deaths": 1}, findings=found)
    # 100 − 20 − 20 − 8 − 4
    assert [distance_words(result, grade) for grade in result.grades] == [
        "× 甲级：总分线 80，还差 32；要素 1 第一类目 20.00 低于 50；死亡人数 1，超过 0；"
        "存在重大事故隐患（1 项），整改前不能申请定级",
        "× 乙级：总分线 60，还差 12；存在重大事故隐患（1 项），整改前不能申请定级",
    ]


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


@pytest.mark.parametrize(
    ("given", "range_", "standing", "progress", "grade", "verdict"),
    [
        (
            {"performance": {"deaths": 0}, "findings": {"1.1.1-b": 1}},
            "90.0",
            "总分 90.0",
            "已核查 4/4 条",
            "甲级",
            "总分 90.0，甲级",
        ),
        (
            {"performance": {"deaths": 0}, "reviewed": []},
            "0.0 – 100.0",
            "总分在 0.0 – 100.0 之间",
            "已核查 0/4 条",
            "等级待定",
            "已核查 0/4 条，总分在 0.0 – 100.0 之间，等级待定",
        ),
        # 6 + 4 are open: 80 at worst, enough for 乙级.
        (
            {
                "performance": {"deaths": 0},
                "reviewed": ["1.1.2"],
                "findings": {"1.1.1-b": 1},
            },
            "80.0 – 90.0",
            "总分在 80.0 – 90.0 之间",
            "已核查 2/4 条",
            "至少乙级，能否更高待定",
            "已核查 2/4 条，总分在 80.0 – 90.0 之间，至少乙级，能否更高待定",
        ),
        # The total is certain, the record is not.
        ({}, "100.0", "总分 100.0", "已核查 4/4 条", "等级待定", "总分 100.0，等级待定"),
        (
            {"reviewed": ["1.2.1", "1.2.2"], "findings": {"1.1.2-b": 1}},
            "0.0 – 50.0",
            "总分在 0.0 – 50.0 之间",
            "已核查 3/4 条",
            "未达到任何等级",
            "已核查 3/4 条，总分在 0.0 – 50.0 之间，未达到任何等级",
        ),
    ],
)
def test_what_can_be_said_of_total_and_grade(
    given: dict[str, Any], range_: str, standing: str, progress: str, grade: str, verdict: str
) -> None:
    result = _scored("mini-percent", facets=Z, **given)
    assert range_words(result) == range_
    assert standing_words(result) == standing
    assert progress_words(result) == progress
    assert grade_words(result) == grade
    assert verdict_words(result) == verdict


def test_with_nothing_applicable_nothing_can_be_said() -> None:
    items = list(scheme_named("hazchem", "1.0").items)
    scheme = scheme_named("hazchem", "1.0")
    result = score(scheme, Answers(not_applicable=frozenset(items)))
    assert _said(result) == [[("×", "没有适用的内容，无法评定")]] * 3
    assert distance_words(result, result.grades[0]) == "× 达标：没有适用的内容，无法评定"
    assert verdict_words(result) == "总分 —，没有适用的内容"
    assert range_words(result) == "—"


def test_grades_that_ask_for_the_same_are_told_together() -> None:
    hazchem = scheme_named("hazchem", "1.0")
    facets = {facet.id: frozenset[str]() for facet in hazchem.facets}
    result = score(hazchem, Answers(facets=facets, reviewed="all"))
    assert [(name, grade.title) for name, grade in grades_told_apart(result)] == [
        ("一级、二级、三级", "一级")
    ]
    assert reached_words(result.scheme) == "达到评分线（一级、二级、三级同一条线）"
    assert grade_words(result) == "达到评分线（一级、二级、三级同一条线）"
    assert unmet_words(result.scheme) == "未达到评分要求"
    assert distance_words(result, result.grades[0]) == "✓ 达标：总分线 80，已达到"
    open_ = score(hazchem, Answers(facets=facets))
    assert grade_words(open_) == "是否达标待定"
    assert distance_words(open_, open_.grades[0]) == "○ 达标：总分线 80，待定"
    apart = _scored("mini-percent")
    assert [(name, grade.title) for name, grade in grades_told_apart(apart)] == [
        ("甲级", "甲级"),
        ("乙级", "乙级"),
    ]
    assert reached_words(apart.scheme) is None
    assert unmet_words(apart.scheme) == "未达到任何等级"
    assert at_least_words(apart.grades[1]) == "至少乙级，能否更高待定"


@pytest.mark.parametrize(("happened", "words"), [(0, "否"), (1, "是")])
def test_a_question_of_the_safety_record_is_answered_with_yes_or_no(
    happened: int, words: str
) -> None:
    result = _scored("tobacco", performance={"target_missed": 0, "major_accident": happened})
    third = result.grades[2]
    assert gate_words(result, third, third.gates[-1]) == f"当年发生重大安全事故：{words}"


def test_a_standard_without_grades_says_so() -> None:
    scheme = scheme_named("model-enterprise")
    result = _scored("model-enterprise", facets={facet.id: [] for facet in scheme.facets})
    assert grade_words(result) == "本标准不评等级"
    assert verdict_words(result) == "总分 100.0，本标准不评等级"
    unfinished = _scored("model-enterprise", reviewed=[])
    assert verdict_words(unfinished) == "已核查 0/83 条，总分在 0.0 – 100.0 之间，本标准不评等级"
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
