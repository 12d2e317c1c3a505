"""What `python -m scoring score` and `show` print for reading, word for word."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from scoring.__main__ import main
from tests.conftest import FIXTURES

MINI, REACH = (("--scheme", str(FIXTURES / name)) for name in ("mini-percent", "mini-reach"))


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


def test_a_summary_says_total_grade_and_elements(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """10 of 1.1.1 and the 6 + 4 of 1.2 are lost; of the second category nothing is there."""
    answers = {
        "scheme": "mini-percent",
        "facets": {"kind": ["z"], "things": [], "night": ["no"]},
        "performance": {"deaths": 0},
        "reviewed": "all",
        "findings": {"1.1.1-b": 2, "1.2.1-a": 1},
    }
    assert _printed(monkeypatch, capsys, "score", _file(tmp_path, answers), *MINI) == [
        "演算用标准（百分制）",
        "总分 80.0，乙级",
        "  1 第一类目  80 / 100  80.00%",
        "  2 第二类目  0 / 0  不适用",
        "未达甲级：总分 80.0 低于 90",
        "注意：1 项扣分情形不按数量计，只按一次扣：1.1.1-b",
    ]


def test_a_summary_of_what_is_not_finished_says_only_what_is_certain(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """1.1.1 has lost 10; at worst 50 remain, less the 20 that an exhausted 1.1.2 costs."""
    answers = {
        "scheme": "mini-percent",
        "facets": {"kind": ["z"], "things": []},
        "findings": {"1.1.1-b": 1},
    }
    assert _printed(monkeypatch, capsys, "score", _file(tmp_path, answers), *MINI) == [
        "演算用标准（百分制）",
        "已核查 1/4 条，总分在 30.0 – 90.0 之间，等级待定",
        "  1 第一类目  30 – 90 / 100  30.00% – 90.00%",
        "  2 第二类目  0 / 0  不适用",
        "注意：未回答“有夜班吗？”，与之相关的内容待答，等级待定",
        "注意：未填写“死亡人数”，与之相关的等级待定",
        "注意：还有 3 条内容未核查，总分和等级还可能因此变化",
    ]


def test_a_summary_without_anything_applicable_has_no_total(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    answers = {
        "scheme": "mini-reach",
        "facets": {"machines": [], "happened": []},
        "performance": {"deaths": 0},
        "not_applicable": ["1.1.1", "1.1.2", "1.2.1", "2.1.2"],
    }
    lines = _printed(monkeypatch, capsys, "score", _file(tmp_path, answers), *REACH)
    assert lines[1] == "总分 —，没有适用的内容"
    assert lines[4:6] == [
        "未达甲级：没有适用的内容，无法评定",
        "未达乙级：没有适用的内容，无法评定",
    ]


def test_a_summary_says_everything_that_is_in_the_way_of_each_grade(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Element 2 is vetoed by a major hazard: 60 of 100 remain."""
    answers = {
        "scheme": "mini-reach",
        "facets": {"machines": ["dryer"], "gas": ["yes"], "happened": []},
        "performance": {"deaths": 1},
        "reviewed": "all",
        "findings": {"2.1.2-b": 1},
    }
    lines = _printed(monkeypatch, capsys, "score", _file(tmp_path, answers), *REACH)
    assert lines[1] == "总分 60.0，未达到任何等级"
    major = "存在重大事故隐患（1 项），整改前不能申请定级"
    assert [line for line in lines if line.startswith("未达")] == [
        "未达甲级：总分 60.0 低于 80",
        "未达甲级：要素 2 第二类目 0.00 低于 50",
        "未达甲级：死亡人数 1，超过 0",
        f"未达甲级：{major}",
        f"未达乙级：{major}",
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
