"""A broken file gives file, line, key and remedy."""

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import schemes
from schemes import SchemeError, load_folder
from schemes.__main__ import main
from schemes.expand import written
from schemes.model import RuleShape
from schemes.problems import Problem
from tests.conftest import FIXTURES, scheme_named


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return _copy("mini-percent", tmp_path)


@pytest.fixture
def scaled(tmp_path: Path) -> Path:
    return _copy("mini-scaled", tmp_path)


def _copy(name: str, tmp_path: Path) -> Path:
    copy = tmp_path / name
    shutil.copytree(FIXTURES / name, copy)
    return copy


def _edit(folder: Path, file: str, old: str, new: str) -> int:
    """Replace text in a file; the line it stands on."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def _broken(folder: Path, file: str, old: str, new: str, fault: str) -> tuple[Problem, int]:
    """Break a file; the problem that speaks of `fault`, and the line that was broken."""
    line = _edit(folder, file, old, new)
    with pytest.raises(SchemeError) as caught:
        load_folder(folder)
    return next(p for p in caught.value.problems if fault in p.fault), line


FIRST, SECOND, MAIN = "elements/01-first.yaml", "elements/02-second.yaml", "scheme.yaml"
BASE, VARIANT = "elements/01-base.yaml", "elements/02-x.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "fault"),
    [
        (FIRST, "points: 60", "points: '60'", "children[0].children[0].points", "应为数字"),
        (FIRST, "points: 60", "points: true", "children[0].children[0].points", "应为数字"),
        (FIRST, "points: 60", "points: -1", "children[0].children[0].points", "数字太小"),
        (FIRST, "points: 60", "points: 0", "children[0].children[0].conditions[0]", "0 分的内容"),
        (FIRST, "points: 60", "pionts: 60", "children[0].children[0].pionts", "没有这个键"),
        (FIRST, 'id: "1.1.2"', "id: 1.12", "children[0].children[1].id", "应为文字"),
        (FIRST, 'id: "1.1.2"', 'id: "1.1.1"', "children[0].children[1].id", "已被使用"),
        (FIRST, "forfeit: true}", "forfeit: true, deduct: 3}", "conditions[2]", "恰好一种"),
        (FIRST, "deduct: 10}", "per: 处}", "conditions[1]", "恰好一种"),
        (FIRST, "forfeit: true}", "forfeit: true, per: 处}", "conditions[2].per", "没有计数单位"),
        (FIRST, "deduct: 10}", "deduct: 10, scope: section}", "conditions[1].scope", "才有范围"),
        (FIRST, "full: 100", "full: 101", "full", "与声明的 101 不符"),
        (FIRST, '{night: ["yes"]}', '{nigth: ["yes"]}', "applies_when.nigth", "没有名为"),
        (FIRST, '{night: ["yes"]}', '{night: ["maybe"]}', "applies_when.night", "没有选项 maybe"),
        (SECOND, "{kind: [x]}", "{kind: [x, q]}", "applies_when.kind", "没有选项 q"),
        (SECOND, "points: 20", "points: 21", "full", "与声明的 120 不符"),
        (SECOND, "rule: {per_place: 2, starred: forfeit}", "note: 无", "children[0]", "同时出现"),
        (SECOND, "per_place: 2, starred: forfeit", "starred: forfeit", "rule", "没有任何扣分"),
        (MAIN, "id: mini-percent", "id: other", "id", "与文件夹名"),
        (MAIN, "full: 220", "full: 230", "full", "合计 220"),
        (MAIN, "{id: crane, title: 起重机}", "{id: crane, title: 起}, {id: lift, title: 梯}",
         "facets[1].options[1]", "没有任何内容用到"),
        (MAIN, "yes_no: true", "choose: one", "facets[2]", "选项不清"),
        (MAIN, "performance: {deaths: 0}", "performance: {death: 0}", "performance.death", "没有名为"),
        (MAIN, "total: percent", "total: weighted", "scoring.total", "权重合计"),
        (MAIN, "total: percent", "total: sum", "scoring.total", "不允许的值"),
        (MAIN, "total: percent", "total: scaled, scaled: {parts: [A], to: 60}",
         "scoring.scaled.parts", "没有部分 A"),
        (FIRST, "title: 第一类目", "title: 第一类目\npart: A", "part", "所属部分"),
        (MAIN, "title: 有什么？", "title: 有什么？\n    title: 又来", "facets[1].title", "重复"),
        (MAIN, "title: 有什么？", "title: 有什么？\n    options: [1, 2", "（文件）", "不是有效的 YAML"),
        (MAIN, "{id: boiler, title: 锅炉}]", "{id: boiler, title: 锅炉}]\n  - *x", "facets[2]", "别名"),
    ],
)  # fmt: skip
def test_faults_name_file_line_key_and_remedy(
    folder: Path, file: str, old: str, new: str, key: str, fault: str
) -> None:
    problem, line = _broken(folder, file, old, new, fault)
    assert problem.file == folder / file
    assert problem.key.endswith(key)
    assert problem.remedy
    if "full" not in key and "scoring" not in key and "performance" not in key:
        assert abs(problem.line - line) <= 6


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "fault"),
    [
        (VARIANT, "part: X\n", "", "part", "没有指明所属部分"),
        (VARIANT, "part: X", "part: Z", "part", "没有指明所属部分"),
        (VARIANT, "part: X", "part: X\napplies_when: {kind: [y]}", "applies_when.kind", "永远不会满足"),
        (MAIN, "title: 基础, full: 40", "title: 基础, full: 41", "parts[0].full", "与声明的 41 不符"),
        (MAIN, "{id: Y, title: 乙类", "{id: X, title: 乙类", "parts", "编号 X 用了 2 次"),
        (MAIN, "applies_when: {kind: [y]}", "applies_when: {kind: [z]}",
         "parts[2].applies_when.kind", "没有选项 z"),
        (MAIN, "scaled: {parts: [X, Y], to: 60}, ", "", "scoring.scaled", "与此算法不配"),
        (MAIN, "total: scaled, ", "total: percent, ", "scoring.scaled", "与此算法不配"),
        (MAIN, "{parts: [X, Y], ", "{parts: [X, Z], ", "scoring.scaled.parts", "没有部分 Z"),
        (MAIN, "{parts: [X, Y], ", "{parts: [], ", "scoring.scaled.parts", "列表为空"),
        (MAIN, "{parts: [X, Y], ", "{", "scoring.scaled.parts", "缺少这个键"),
        (MAIN, ", to: 60", "", "scoring.scaled.to", "缺少这个键"),
        (MAIN, "downgrade: [missed]", "downgrade: [mised]", "downgrade[0]", "没有名为 mised 的安全绩效"),
        (MAIN, "type: yes_no", "type: maybe", "performance[0].type", "不允许的值"),
        (MAIN, "asked_when: {kind: ", "asked_when: {knid: ", "facets[1].asked_when.knid", "没有名为 knid"),
        (MAIN, "asked_when: {kind: [x]", "asked_when: {kind: [z]",
         "facets[1].asked_when.kind", "没有选项 z"),
        (MAIN, "planned: 0.25", "planned: 1.25", "reassessment.planned", "数字太大"),
        (MAIN, "planned: 0.25", "planed: 0.25", "reassessment.planed", "没有这个键"),
        (BASE, "没有, forfeit: true", "没有, forfeit: true, scope: element",
         "children[1].conditions[1]", "有复评的标准不能有这种扣分"),
        (BASE, "没有, forfeit: true", "没有, forfeit: true, extra: 5",
         "children[1].conditions[1]", "有复评的标准不能有这种扣分"),
        (BASE, "deduct: 3", "deduct: 3, extra: 5",
         "children[1].conditions[0]", "有复评的标准不能有这种扣分"),
    ],
)  # fmt: skip
def test_faults_of_parts_scaling_and_reassessment(
    scaled: Path, file: str, old: str, new: str, key: str, fault: str
) -> None:
    problem, line = _broken(scaled, file, old, new, fault)
    assert (problem.file, problem.key) == (scaled / file, key)
    assert problem.remedy
    assert abs(problem.line - line) <= 3


def test_variant_parts_must_have_the_same_full_marks(scaled: Path) -> None:
    _edit(scaled, MAIN, "title: 甲类, full: 60", "title: 甲类, full: 61")
    _edit(scaled, VARIANT, "full: 60", "full: 61")
    _edit(scaled, VARIANT, "points: 40", "points: 41")
    with pytest.raises(SchemeError) as caught:
        load_folder(scaled)
    assert any("多选一组 kind 的满分不一致" in p.fault for p in caught.value.problems)


def test_parts_group_the_elements_and_hand_down_what_they_say() -> None:
    scheme = scheme_named("mini-scaled")
    assert [(p.id, [e.id for e in p.elements]) for p in scheme.parts] == [
        ("A", ["A.1"]),
        ("X", ["X.1"]),
        ("Y", ["Y.1"]),
    ]
    assert {item.id: item.na for item in scheme.items.values()} == {
        "A.1-1": "full_credit",
        "A.1-2": "full_credit",
        "X.1-1": "exclude",
        "X.1-2": "exclude",
        "Y.1-1": "exclude",
    }
    assert (scheme.element_level, scheme.best_total) == ("模块", 100)
    assert scheme.path("X.1-2").part.id == "X"


def test_never_reachable(folder: Path) -> None:
    _edit(
        folder, SECOND, "conditions:\n          - {id: a, when: 每处一分, deduct: 1, per: 处}",
        "conditions:\n          - {id: a, when: 每处一分, deduct: 1, per: 处, applies_when: {kind: [y]}}",
    )  # fmt: skip
    with pytest.raises(SchemeError) as caught:
        load_folder(folder)
    assert ["永远不会满足" in p.fault for p in caught.value.problems] == [True]


def test_aliases_are_refused(folder: Path) -> None:
    _edit(folder, MAIN, "options: [{id: x", "options: &o [{id: x")
    _edit(
        folder,
        MAIN,
        "options: [{id: crane, title: 起重机}, {id: boiler, title: 锅炉}]",
        "options: *o",
    )
    with pytest.raises(SchemeError) as caught:
        load_folder(folder)
    assert "别名" in caught.value.problems[0].fault


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(SchemeError) as caught:
        load_folder(tmp_path / "nothing")
    assert {p.file.name for p in caught.value.problems} == {"scheme.yaml", "elements"}


def test_deep_nesting_is_a_problem_not_a_crash(folder: Path) -> None:
    (folder / FIRST).write_text("[" * 5000 + "]" * 5000, encoding="utf-8")
    with pytest.raises(SchemeError):
        load_folder(folder)


def test_numbers_are_exact(mini: schemes.Scheme) -> None:
    assert str(mini.items["1.1.1"].conditions[0].deduct) == "0.01"


def test_rules_write_the_conditions(mini: schemes.Scheme) -> None:
    crane = {c.key: (c.forfeit, c.deduct) for c in mini.items["2.1.1"].conditions}
    assert crane == {"1": (True, None), "2": (False, 2)}
    boiler = {c.key: (c.forfeit, c.deduct) for c in mini.items["2.1.2"].conditions}
    assert boiler == {
        "1.none": (True, None),
        "1.place": (False, 1),
        "2.1": (False, 1),
        "2.2": (False, 1),
    }
    boiler_item = mini.items["2.1.2"]
    assert [(group.id, group.title) for group in boiler_item.groups] == [("2", "安全附件")]
    assert [check.group for check in boiler_item.checks] == [None, "2", "2"]
    assert boiler_item.headings == {"2.1": "安全附件", "2.2": "安全附件"}


def test_what_stands_beside_the_points_is_read() -> None:
    scheme = scheme_named("mini-reach")
    assert [(one.id, one.grades, one.provenance) for one in scheme.application] == [
        ("licence", [], "compiled"),
        ("year", ["甲级"], "compiled"),
    ]
    assert scheme.charged_once == (("1.1.1-b", "1.2.1-b", "2.1.1-m1"),)
    assert scheme.absent_allowed == ("2.1.2",)
    assert (scheme.major_source, scheme.has_major) == ("某判定标准", True)
    first, second = scheme.contradictions
    assert (first.performance, first.asks.terms) == ("deaths", (("happened", {"fatal"}),))
    assert (second.performance, second.when.terms, second.excludes.terms) == (
        None,
        (("machines", {"mill"}),),
        (("gas", {"yes"}),),
    )
    assert [question.years for question in scheme.performance] == [1]
    assert [grade.not_applicable_at_most for grade in scheme.grades] == [10, 30]
    assert [c.id for _, c in scheme.conditions.values() if c.major] == ["2.1.2-a", "2.1.2-b"]


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "fault"),
    [
        (MAIN, "{id: year,", "{id: licence,", "application[1]", "编号 licence 用了不止一次"),
        (MAIN, "grades: [甲级]", "grades: [丙级]", "application[1].grades", "没有等级 丙级"),
        (MAIN, "grades: [甲级]", "grade: 甲级", "application[1].grade", "没有这个键"),
        (MAIN, "{performance: deaths,", "{performance: death,",
         "contradictions[0].performance", "没有名为 death 的安全绩效问题"),
        (MAIN, "{performance: deaths, asks: {happened: [fatal]}}", "{performance: deaths}",
         "contradictions[0]", "没有说清什么与什么矛盾"),
        (MAIN, "{performance: deaths, asks: {happened: [fatal]}}", "{asks: {happened: [fatal]}}",
         "contradictions[0]", "没有说清什么与什么矛盾"),
        (MAIN, "asks: {happened: [fatal]}", "asks: {happened: [flood]}",
         "contradictions[0].asks.happened", "没有问题 happened 或其中的选项"),
        (MAIN, "when: {machines: [mill]}", "when: {machine: [mill]}",
         "contradictions[1].when.machine", "没有问题 machine 或其中的选项"),
        (MAIN, 'excludes: {gas: ["yes"]}', "excludes: {gas: [maybe]}",
         "contradictions[1].excludes.gas", "没有问题 gas 或其中的选项"),
        (MAIN, '"1.2.1-b", "2.1.1-m1"', '"1.2.1-z", "2.1.1-m1"', "charged_once[0][1]", "没有扣分情形 1.2.1-z"),
        (MAIN, '"2.1.1-m1"]', '"2.1.1-m1.none"]', "charged_once[0][2]", "没有扣分情形 2.1.1-m1.none"),
        (MAIN, '[["1.1.1-b", "1.2.1-b", "2.1.1-m1"]]', '[["1.1.1-b"]]', "charged_once[0]", "列表为空或太短"),
        (MAIN, 'absent_allowed: ["2.1.2"]', 'absent_allowed: ["2.1.9"]', "absent_allowed[0]", "没有要素或内容 2.1.9"),
        (MAIN, "not_applicable_at_most: 10", "not_applicable_at_most: 101",
         "grades[0].not_applicable_at_most", "数字太大"),
        (MAIN, "years: 1", "years: 0", "performance[0].years", "数字太小"),
        (SECOND, "- id: dryer", "- id: mill", "children[0].children[0].checks[1]", "小标题编号 mill 用了不止一次"),
    ],
)  # fmt: skip
def test_faults_of_what_stands_beside_the_points(
    tmp_path: Path, file: str, old: str, new: str, key: str, fault: str
) -> None:
    folder = _copy("mini-reach", tmp_path)
    _edit(folder, file, old, new)
    with pytest.raises(SchemeError) as caught:
        load_folder(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.key) == (folder / file, key)
    assert fault in problem.fault
    assert problem.remedy


def test_what_may_be_absent_is_a_section_or_an_item_and_a_rules_conditions_have_names(
    tmp_path: Path,
) -> None:
    folder = _copy("mini-reach", tmp_path)
    _edit(folder, MAIN, 'absent_allowed: ["2.1.2"]', 'absent_allowed: ["2", "2.1", "1.1.1"]')
    _edit(folder, MAIN, '"2.1.1-m1"]', '"2.1.1-m2", "2.1.1-d2"]')
    assert load_folder(folder).absent_allowed == ("2", "2.1", "1.1.1")


@pytest.mark.parametrize(
    ("starred", "rule", "suffixes"),
    [
        (True, RuleShape(starred="forfeit"), ("",)),
        (False, RuleShape(starred="forfeit"), ()),
        (False, RuleShape(starred="forfeit", per_place=Decimal(1)), ("",)),
        (True, RuleShape(missing_material="forfeit", per_place=Decimal(1)), (".none", ".place")),
        (False, RuleShape(missing_material="forfeit", per_place=Decimal(1)), ("",)),
        (True, RuleShape(per_place=Decimal(1)), ("",)),
    ],
)
def test_a_rule_writes_one_condition_or_two(
    starred: bool, rule: RuleShape, suffixes: tuple[str, ...]
) -> None:
    assert written(starred, rule) == suffixes


def test_validate_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr("sys.argv", ["schemes", "validate"])
    assert main() == 0
    assert "condiment" in capsys.readouterr().out
    _edit(folder, MAIN, "full: 220", "full: 1")
    monkeypatch.setattr("sys.argv", ["schemes", "validate", str(folder)])
    assert main() == 1
    assert f"{folder / MAIN}:11: full" in capsys.readouterr().err
