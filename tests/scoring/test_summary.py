"""What `python -m scoring score` and `show` print for reading, word for word."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from scoring.__main__ import main


def _printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> list[str]:
    monkeypatch.setattr(sys, "argv", ["scoring", *arguments])
    assert main() == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out.splitlines()


def _file(folder: Path, answers: dict[str, Any]) -> str:
    path = folder / "answers.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    return str(path)


def test_a_summary_says_total_elements_and_what_it_rests_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Element 1 forfeits its 100, 2.3.2 loses 1 once: 672 of 773 points, 86.93…"""
    answers = {"scheme": "model-enterprise", "findings": {"2.3.2-b": 3, "1.1.1-a": 1}}
    assert _printed(monkeypatch, capsys, "score", _file(tmp_path, answers)) == [
        "安全标准化样板企业考核评分标准",
        "总分 86.9  等级 本标准不评等级",
        "  1 许可证  0/100  0.00%",
        "  2 管理机构与责任制  99/100  99.00%",
        "  3 管理制度  100/100  100.00%",
        "  4 培训教育  65/65  100.00%",
        "  5 生产设施及设备  70/70  100.00%",
        "  6 关键装置、重点部位检测监控  60/60  100.00%",
        "  7 作业安全  100/100  100.00%",
        "  8 装卸环节  0/0  不适用",
        "  9 安全隐患治理  100/100  100.00%",
        "  10 事故应急及重大危险源管理  78/78  100.00%",
        "注意：未回答“有没有特种作业人员？”，与之相关的内容没有计入",
        "注意：未回答“有没有从事危险化学品运输的驾驶员、船员、装卸管理人员或押运员？”，与之相关的内容没有计入",
        "注意：未回答“有没有外来施工单位进厂作业？”，与之相关的内容没有计入",
        "注意：未回答“有没有压力容器、压力管道等特种设备？”，与之相关的内容没有计入",
        "注意：未回答“有没有关键装置或重点部位？”，与之相关的内容没有计入",
        "注意：未回答“有没有危险化学品装卸？”，与之相关的内容没有计入",
        "注意：未回答“有没有重大危险源？”，与之相关的内容没有计入",
        "注意：1 项扣分情形不按数量计，只按一次扣：2.3.2-b",
        "注意：还有 62 条内容未核查，暂按满分计",
    ]


def test_a_summary_says_what_is_in_the_way_of_each_grade(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """hazchem, 2.4-a vetoes element 2; the total stays above its line."""
    answers = {"scheme": "hazchem", "reviewed": "all", "findings": {"2.4-a": 1}}
    lines = _printed(monkeypatch, capsys, "score", _file(tmp_path, answers))
    assert [line for line in lines if line.startswith("未达")] == [
        f"未达{grade}：要素 2 机构和职责 0.00 低于 60" for grade in ("一级", "二级", "三级")
    ]


def test_a_standard_is_listed_with_its_points_and_costs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = _printed(monkeypatch, capsys, "show", "model-enterprise")
    assert lines[:3] == [
        "1 许可证",
        "  1.1.1 许可和登记 [100]",
        "    1.1.1-a 应有的安全生产、危险化学品经营或安全使用许可证没有取得，仍在从事该活动（不得分）",
    ]
    assert "    1.1.1-d 实际的品种、能力、方式或地点超出许可范围（每项扣 20 分）" in lines
