"""A broken process gives file, line, key and remedy."""

from pathlib import Path

import pytest

from process.__main__ import main
from process.loader import load_process
from schemes.problems import SchemeError

SMALL = """\
id: small
version: "1"
title: 两步的流程
source: 自编
about: 只为测试
roles:
  - {id: adviser, side: consultant, title: 顾问, stand_in: boss}
  - {id: boss, side: enterprise, title: 老板}
visits:
  - {id: only, title: 唯一一次, report: report}
phases:
  - id: one
    title: 第一
    clause: 一
    aim: 开始
    steps:
      - id: look
        title: 看
        clause: 一
        lead: adviser
        who: [{role: adviser, does: 看现场, alone: 自己看}]
        deliverables:
          - {id: report, title: 报告, made: scored, by: adviser}
        well: 看仔细
        weeks: 1
  - id: two
    title: 第二
    clause: 二
    aim: 改好
    steps:
      - id: mend
        title: 改
        clause: 二
        lead: boss
        needs: [look]
        who: [{role: boss, does: 整改}]
        well: 改彻底
        weeks: 2
"""


def faults(folder: Path, text: str) -> list[tuple[int, str, str]]:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchemeError) as caught:
        load_process(path)
    return [(p.line, p.key, p.fault) for p in caught.value.problems]


def test_one_file_is_a_process_too(tmp_path: Path) -> None:
    path = tmp_path / "any name.yaml"
    path.write_text(SMALL, encoding="utf-8")
    read = load_process(path)
    assert [*read.step] == ["look", "mend"]
    assert read.step_of["report"].id == "look"
    assert read.phase_of["mend"].title == "第二"


@pytest.mark.parametrize(
    ("old", "new", "line", "key", "fault"),
    [
        ("id: mend", "id: look", 31, "phases[1].steps[0].id", "编号 look 用了不止一次"),
        ("id: report,", "id: look,", 23, "phases[0].steps[0].deliverables[0].id", "编号 look"),
        ("id: two", "id: one", 26, "phases[1].id", "编号 one 用了不止一次"),
        ("needs: [look]", "needs: [nowhere]", 35, "phases[1].steps[0].needs[0]", "没有步骤 nowhere"),
        ("needs: [look]", "needs: [mend]", 35, "phases[1].steps[0].needs", "mend → mend"),
        ("        lead: adviser", "        needs: [mend]\n        lead: adviser", 20,
         "phases[0].steps[0].needs[0]", "后面阶段的 mend"),
        ("report: report", "report: letter", 10, "visits[0].report", "留下成果 letter"),
        ("lead: boss", "lead: chief", 34, "phases[1].steps[0].lead", "没有角色 chief"),
        ("by: adviser", "by: chief", 23, "phases[0].steps[0].deliverables[0].by", "没有角色 chief"),
        (", alone: 自己看", "", 21, "phases[0].steps[0].who[0].alone", "没有咨询机构时"),
        (", stand_in: boss", "", 7, "roles[0].stand_in", "没有人做"),
        ("stand_in: boss", "stand_in: adviser", 7, "roles[0].stand_in", "不能代替"),
        ("weeks: 2", "weeks: 0", 38, "phases[1].steps[0].weeks", "数字太小"),
        ("weeks: 2", "weeks: 105", 38, "phases[1].steps[0].weeks", "数字太大"),
        ("weeks: 2", "weeks: two", 38, "phases[1].steps[0].weeks", "应为整数"),
        ("        weeks: 2\n", "", 31, "phases[1].steps[0].weeks", "缺少这个键"),
        ("side: enterprise", "side: friend", 8, "roles[1].side", "不允许的值"),
    ],
)  # fmt: skip
def test_a_fault_has_its_place(
    tmp_path: Path, old: str, new: str, line: int, key: str, fault: str
) -> None:
    assert SMALL.count(old) == 1
    found = faults(tmp_path, SMALL.replace(old, new))
    assert any(at == line and where == key and fault in words for at, where, words in found), found


def test_a_loop_of_needs_is_told_round(tmp_path: Path) -> None:
    looped = SMALL.replace(
        "        well: 改彻底\n        weeks: 2\n",
        "        well: 改彻底\n        weeks: 2\n"
        "      - id: check\n        title: 查\n        clause: 二\n        lead: boss\n"
        "        needs: [mend]\n        who: [{role: boss, does: 查}]\n        well: 查\n"
        "        weeks: 1\n",
    ).replace("needs: [look]", "needs: [check]")
    ((line, key, words),) = faults(tmp_path, looped)
    assert (line, key) in {(35, "phases[1].steps[0].needs"), (43, "phases[1].steps[1].needs")}
    assert "互相等待" in words
    assert words.count("→") == 2


def test_every_fault_is_told_by_the_command_with_a_remedy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "small.yaml"
    broken = SMALL.replace("weeks: 1", "weks: 1").replace("needs: [look]", "needs: look")
    path.write_text(broken, encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["process", "validate", str(path)])
    assert main() == 1
    told = capsys.readouterr().err.splitlines()
    assert f"{path}:25: phases[0].steps[0].weks: 没有这个键" in told[1]
    assert "docs/add-a-process.md" in told[1]
    assert any("needs: 应为列表" in line for line in told)


def test_a_folder_without_phases_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    head = SMALL[: SMALL.index("visits:")]
    (folder / "process.yaml").write_text(head, encoding="utf-8")
    with pytest.raises(SchemeError) as caught:
        load_process(folder)
    told = [p.fault for p in caught.value.problems]
    assert told == ["编号 small 与文件夹名 other 不同", "一个阶段也没有"]
