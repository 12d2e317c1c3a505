"""A broken file gives file, line, key and remedy."""

import shutil
from pathlib import Path

import pytest

import schemes
from schemes import SchemeError, load_folder
from schemes.__main__ import main
from tests.conftest import FIXTURES


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "mini-percent"
    shutil.copytree(FIXTURES / "mini-percent", copy)
    return copy


def _edit(folder: Path, file: str, old: str, new: str) -> int:
    """Replace text in a file; the line it stands on."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


FIRST, SECOND, MAIN = "elements/01-first.yaml", "elements/02-second.yaml", "scheme.yaml"


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "fault"),
    [
        (FIRST, "points: 60", "points: '60'", "children[0].children[0].points", "应为数字"),
        (FIRST, "points: 60", "points: true", "children[0].children[0].points", "应为数字"),
        (FIRST, "points: 60", "points: 0", "children[0].children[0].points", "数字太小"),
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
        (MAIN, "title: 有什么？", "title: 有什么？\n    title: 又来", "facets[1].title", "重复"),
        (MAIN, "title: 有什么？", "title: 有什么？\n    options: [1, 2", "（文件）", "不是有效的 YAML"),
        (MAIN, "{id: boiler, title: 锅炉}]", "{id: boiler, title: 锅炉}]\n  - *x", "（文件）", "YAML"),
    ],
)  # fmt: skip
def test_faults_name_file_line_key_and_remedy(
    folder: Path, file: str, old: str, new: str, key: str, fault: str
) -> None:
    line = _edit(folder, file, old, new)
    with pytest.raises(SchemeError) as caught:
        load_folder(folder)
    problem = next(p for p in caught.value.problems if fault in p.fault)
    assert problem.file == folder / file
    assert problem.key.endswith(key)
    assert problem.remedy
    if "full" not in key and "scoring" not in key and "performance" not in key:
        assert abs(problem.line - line) <= 6


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
    assert mini.items["2.1.2"].checks[1].group == "安全附件"


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
