"""Result values in words, for every standard and scheme there is."""

from dataclasses import replace
from decimal import Decimal

import pytest

import schemes
from reports.content.tables import comparison_table
from schemes import Scheme
from schemes.model import SamplingShape
from scoring import parse_answers, score
from scoring.result import Loss, Result, Rule
from state.documents.assessment import Sample
from tests.conftest import scheme_named
from wording.findings import RULES, clause, compiled_legend, effect, loss_text
from wording.grades import grade_words
from wording.numbers import line_words, total_line_words
from wording.samples import sample_words

NAMES = [*schemes.available(), "mini-percent", "mini-scaled", "mini-weighted"]


@pytest.fixture(params=NAMES)
def scheme(request: pytest.FixtureRequest) -> Scheme:
    return scheme_named(request.param)


def _result(name: str, findings: dict[str, int], performance: dict[str, int]) -> Result:
    """Everything present and reviewed; 0 for what `performance` does not say."""
    scheme = scheme_named(name)
    performance = {question.id: 0 for question in scheme.performance} | performance
    facets = {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}
    raw = {
        "scheme": name,
        "facets": facets,
        "performance": performance,
        "reviewed": "all",
        "findings": findings,
    }
    return score(scheme, parse_answers(scheme, raw))


@pytest.mark.parametrize(
    ("name", "condition", "words"),
    [
        ("mini-percent", "1.1.1-a", "每处扣 0.01 分"),
        ("mini-percent", "1.1.1-b", "扣 10 分"),
        ("mini-percent", "1.1.1-c", "不得分"),
        ("mini-percent", "1.1.1-d", "不得分，追加扣 15 分"),
        ("mini-percent", "1.2.1-a", "整个项目不得分"),
        ("mini-percent", "2.1.1-1", "不得分"),
        ("mini-percent", "2.1.1-2", "每处扣 2 分"),
        ("mini-weighted", "1.1-v", "不得分"),
        ("mini-weighted", "1.1-w", "否决：整个A级要素不得分"),
        ("condiment", "2.1.1-c", "每处扣 1 分"),
        ("condiment", "3.2.2-c", "整个考评项目不得分"),
        ("condiment", "6.1.3-b", "不得分，追加扣 20 分"),
        ("condiment", "6.2.2-b", "每次（项）扣 1 分"),
        ("hazchem", "2.4-a", "否决：整个A级要素不得分"),
        ("hazchem", "12.1-a", "每项扣 10 分"),
        ("model-enterprise", "1.1.1-a", "不得分"),
        ("model-enterprise", "2.3.2-a", "每人次扣 0.5 分"),
        ("model-enterprise", "2.3.2-b", "扣 1 分"),
        ("tobacco", "C.1-1-1.1.none", "不得分"),
        ("tobacco", "C.1-1-1.1.place", "每处扣 1 分"),
        ("tobacco", "D.15-2-2.4", "不得分"),
        ("tobacco", "E.4-2-2.1", "每处扣 3 分"),
    ],
)
def test_what_a_condition_costs_in_words(name: str, condition: str, words: str) -> None:
    scheme = scheme_named(name)
    assert effect(scheme, scheme.conditions[condition][1]) == words


def test_every_condition_says_its_points_unit_and_extra(scheme: Scheme) -> None:
    for _, condition in scheme.conditions.values():
        words = effect(scheme, condition)
        assert ("不得分" in words) == condition.forfeit
        if condition.deduct is not None:
            assert f"扣 {float(condition.deduct):g} 分" in words
            assert words.startswith(f"每{condition.per}" if condition.per else "扣")
        assert ("否决" in words) == (condition.scope == "element")
        assert ("整个" in words) == (condition.scope != "item")
        assert ("追加扣" in words) == bool(condition.extra)


def _loss(scheme: Scheme, condition_id: str, count: int = 1, planned: int = 0) -> Loss:
    item, condition = scheme.conditions[condition_id]
    return Loss(Rule.DEDUCT, item, condition, count, Decimal(1), Decimal(1), planned)


@pytest.mark.parametrize(
    ("condition", "count", "words"),
    [
        ("1.1.1-a", 3, "每处百分之一分 ×3处"),
        ("1.1.1-a", 1, "每处百分之一分 ×1处"),
        ("1.2.2-a", 12, "扣一分 ×12次"),
        ("1.1.1-b", 5, "一次十分"),
        ("1.1.1-c", 1, "没有"),
    ],
)
def test_a_finding_says_how_often_only_where_that_counts(
    mini: Scheme, condition: str, count: int, words: str
) -> None:
    assert loss_text(_loss(mini, condition, count)) == words


def test_a_finding_says_that_it_is_a_major_hazard(hazchem: Scheme) -> None:
    words = loss_text(_loss(hazchem, "7.1-c"))
    assert words.endswith("没有作业票就作业（含事后补票）（重大隐患）")


@pytest.mark.parametrize(
    ("condition", "count", "planned", "words"),
    [
        ("1.1.1-a", 3, 1, "每处百分之一分 ×3处（其中 1 已计划整改）"),
        ("1.1.1-a", 3, 3, "每处百分之一分 ×3处（已计划整改）"),
        ("1.1.1-c", 1, 1, "没有（已计划整改）"),
    ],
)
def test_a_finding_says_how_much_of_it_has_a_plan(
    mini: Scheme, condition: str, count: int, planned: int, words: str
) -> None:
    assert loss_text(_loss(mini, condition, count, planned)) == words


def test_an_exhausted_item_is_named_without_a_condition() -> None:
    losses = _result("mini-percent", {"1.1.2-b": 1}, {}).losses
    exhausted = next(loss for loss in losses if loss.rule is Rule.EXHAUSTED_EXTRA)
    assert loss_text(exhausted) == "扣满追加：扣满追加"
    assert clause(exhausted) == "1.1.2"


def test_clauses_are_starred_where_points_or_conditions_are_compiled(scheme: Scheme) -> None:
    for condition_id, (item, _) in scheme.conditions.items():
        compiled = item.provenance == "compiled" or item.conditions_provenance == "compiled"
        assert clause(_loss(scheme, condition_id)).endswith("*") == compiled


@pytest.mark.parametrize(
    ("name", "condition", "expected"),
    [
        ("condiment", "1.1.1-a", "1.1.1-a"),
        ("hazchem", "1.1-a", "1.1-a*"),
        ("hazchem", "12.1-a", "12.1-a"),
        ("model-enterprise", "1.1.1-a", "1.1.1-a*"),
        ("model-enterprise", "2.1.1-a", "2.1.1-a"),
        ("tobacco", "C.1-1-1.1.none", "C.1-1-1.1"),
        ("tobacco", "C.1-1-1.1.place", "C.1-1-1.1"),
        ("mini-percent", "1.1.1-a", "1.1.1-a"),
        ("mini-weighted", "1.1-a", "1.1-a*"),
    ],
)
def test_which_clauses_are_starred(name: str, condition: str, expected: str) -> None:
    assert clause(_loss(scheme_named(name), condition)) == expected


@pytest.mark.parametrize(
    ("points", "conditions", "star"),
    [
        ("official", "official", ""),
        ("official", "compiled", "*"),
        ("compiled", "official", "*"),
    ],
)
def test_either_kind_of_compiled_content_earns_the_star(
    mini: Scheme, points: str, conditions: str, star: str
) -> None:
    item, condition = mini.conditions["1.1.1-a"]
    mixed = replace(item, provenance=points, conditions_provenance=conditions)
    loss = Loss(Rule.DEDUCT, mixed, condition, 1, Decimal(1), Decimal(1))
    assert clause(loss) == f"1.1.1-a{star}"


def test_the_star_is_explained_where_the_standard_has_a_note(scheme: Scheme) -> None:
    note = {
        "hazchem": "*：分值与条件为本工具整理，请与当地评审标准核对",
        "model-enterprise": (
            "*：许可证（要素 1）原文只有名称和 100 分，要求和扣分情形为本工具整理，"
            "请与当地考核要求核对；其余要素的分值和扣分情形按原文"
        ),
    }.get(scheme.id)
    assert compiled_legend(scheme) == note


def test_every_rule_has_its_own_word() -> None:
    assert RULES == {
        Rule.DEDUCT: "扣分",
        Rule.FORFEIT: "不得分",
        Rule.SECTION_FORFEIT: "本项目不得分",
        Rule.ELEMENT_FORFEIT: "要素否决",
        Rule.EXTRA: "追加扣除",
        Rule.EXHAUSTED_EXTRA: "扣满追加",
        Rule.OWN: "自填扣分",
        Rule.SCHEME_FORFEIT: "整体否决",
        Rule.LEVEL: "评档",
        Rule.RATIO: "按比例扣分",
        Rule.BONUS: "加分",
    }
    assert set(RULES) == set(Rule)


def test_only_grades_that_ask_for_the_same_cannot_be_told_apart(scheme: Scheme) -> None:
    assert scheme.one_line == (scheme.id == "hazchem")


@pytest.mark.parametrize(
    "changed",
    [
        {"total": Decimal(90)},
        {"element": Decimal(70)},
        {"performance": (("x", 1),)},
        {"not_applicable_at_most": Decimal(20)},
    ],
)
def test_one_different_gate_is_enough_to_tell_grades_apart(
    hazchem: Scheme, changed: dict[str, object]
) -> None:
    best = replace(hazchem.grades[0], **changed)  # type: ignore[arg-type]
    assert not replace(hazchem, grades=(best, *hazchem.grades[1:])).one_line


def test_one_grade_or_none_needs_no_telling_apart(hazchem: Scheme) -> None:
    assert replace(hazchem, grades=hazchem.grades[:2]).one_line
    assert not replace(hazchem, grades=hazchem.grades[:1]).one_line
    assert not replace(hazchem, grades=()).one_line


@pytest.mark.parametrize(
    ("name", "findings", "performance", "words"),
    [
        ("condiment", {}, {}, "一级"),
        ("condiment", {}, {"serious_injuries": 1}, "二级"),
        ("condiment", {}, {"deaths": 2}, "未达到任何等级"),
        ("hazchem", {}, {}, "达到评分线（一级、二级、三级同一条线）"),
        ("hazchem", {"2.4-a": 1}, {}, "未达到评分要求"),
        ("model-enterprise", {}, {}, "本标准不评等级"),
        ("tobacco", {}, {}, "一级"),
        ("tobacco", {}, {"target_missed": 1}, "二级"),
        ("tobacco", {}, {"major_accident": 1}, "未达到任何等级"),
        ("mini-percent", {}, {}, "甲级"),
        ("mini-percent", {"1.1.1-c": 1}, {}, "乙级"),
        ("mini-percent", {"1.1.1-d": 1, "1.1.2-b": 1, "2.1.1-1": 1}, {}, "未达到任何等级"),
        ("mini-weighted", {}, {}, "达标"),
        ("mini-weighted", {"1.1-w": 1}, {}, "未达到任何等级"),
    ],
)
def test_the_grade_in_words(
    name: str, findings: dict[str, int], performance: dict[str, int], words: str
) -> None:
    assert grade_words(_result(name, findings, performance)) == words


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("condiment", (Decimal(60), "参考线（本标准不单设要素线） 60%")),
        ("hazchem", (Decimal(60), "60 分线")),
        ("model-enterprise", (Decimal(60), "参考线（111号文） 60%")),
        ("tobacco", (Decimal(60), "参考线（本标准不单设要素线） 60%")),
        ("mini-percent", None),
        ("mini-weighted", (Decimal(60), "60 分线")),
    ],
)
def test_the_line_drawn_is_the_standards_own_or_its_reference(
    name: str, line: tuple[Decimal, str] | None
) -> None:
    scheme = scheme_named(name)
    assert (scheme.drawn_line, line_words(scheme)) == (line or (None, None))


def test_the_lowest_element_gate_is_the_line_and_outranks_a_reference(
    hazchem: Scheme, condiment: Scheme
) -> None:
    lines = (Decimal("72.5"), None, Decimal(75))
    grades = tuple(
        replace(grade, element=line) for grade, line in zip(hazchem.grades, lines, strict=True)
    )
    changed = replace(hazchem, grades=grades, reference=condiment.reference)
    assert (changed.drawn_line, line_words(changed)) == (Decimal("72.5"), "72.5 分线")


_A_FIFTH = {"1.1.1-a": 1, "4.1.1-b": 3, "5.1.1-a": 8, "7.1.1-a": 10}
"""Findings that cost 200 of model-enterprise's 1000 points."""


@pytest.mark.parametrize(
    ("name", "findings", "words"),
    [
        ("model-enterprise", {}, "总分 100.0 不低于参考线（111号文） 80"),
        ("model-enterprise", _A_FIFTH, "总分 80.0 不低于参考线（111号文） 80"),
        ("model-enterprise", {**_A_FIFTH, "2.3.2-b": 1}, "总分 79.9 低于参考线（111号文） 80"),
        ("condiment", {}, None),
        ("hazchem", {}, None),
        ("tobacco", {}, None),
    ],
)
def test_how_the_total_stands_to_a_reference_line(
    name: str, findings: dict[str, int], words: str | None
) -> None:
    assert total_line_words(_result(name, findings, {})) == words


def test_a_reference_line_is_not_reached_by_rounding() -> None:
    """79.95 shows as 80.0; the line says more exactly where it stands."""
    words = total_line_words(_result("model-enterprise", {**_A_FIFTH, "2.3.2-a": 1}, {}))
    assert words == "总分 79.95 低于参考线（111号文） 80"


def test_elements_whose_score_changed_are_compared() -> None:
    before = _result("mini-percent", {"1.1.1-b": 1}, {})
    after = _result("mini-percent", {"1.1.1-a": 1, "2.1.1-2": 1}, {})
    assert comparison_table(before, after)[1] == [
        ["1", "第一类目", "90", "99.99", "+9.99"],
        ["2", "第二类目", "120", "118", "−2"],
    ]
    assert comparison_table(before, before)[1] == []


@pytest.mark.parametrize(
    ("owned", "checked", "self_assessment", "words"),
    [
        (60, 12, True, "✓ 自评应抽查 12，已抽查 12"),
        (60, 11, True, "▲ 自评应抽查 12，只抽查了 11，还差 1"),
        (60, 6, False, "✓ 复评应抽查 6，已抽查 6"),
        (61, 6, False, "▲ 复评应抽查 7，只抽查了 6，还差 1"),
        (3, 0, False, "▲ 复评应抽查 3，只抽查了 0，还差 3"),
        (3, 3, False, "✓ 复评应抽查 3，已抽查 3"),
        (60, 8, False, "✓ 复评应抽查 6，已抽查 8"),
        (3, 5, False, "▲ 抽查了 5，多于拥有总数量 3，请核对"),
        (16, None, True, "自评应抽查 10"),
        (None, 5, True, "未填写拥有总数量"),
    ],
)
def test_a_sample_that_is_too_small_or_impossible_is_warned_of(
    owned: int | None, checked: int | None, self_assessment: bool, words: str
) -> None:
    rule = SamplingShape(percent=10, minimum=5, self_factor=2)
    sample = Sample(owned=owned, checked=checked)
    assert sample_words(rule, sample, self_assessment=self_assessment) == words
