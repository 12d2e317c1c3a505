"""`plan` and `next` of the command line: the JSON of the contract, words, and bad input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from scoring.__main__ import main
from tests.conftest import FIXTURES

REACH = FIXTURES / "mini-reach"
GIVEN = {
    "scheme": "mini-reach",
    "facets": {"machines": ["mill", "dryer"], "gas": ["yes"], "happened": []},
    "performance": {"deaths": 0},
    "reviewed": ["1.1.1", "1.2.1", "2.1.1"],
    "findings": {"1.1.2-a": 4, "1.1.1-b": 1},
    "own_findings": [{"id": "o1", "item": "1.1.1", "words": "通道堵塞", "points": "8", "count": 1}],
    "effort": {"1.1.2-a": "2"},
}
Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command on answers in this process; its exit status."""

    def command(name: str, *options: str, **changed: Any) -> int:
        path = tmp_path / "answers.json"
        path.write_text(json.dumps({**GIVEN, **changed}, ensure_ascii=False), "utf-8")
        arguments = [name, str(path), *options, "--scheme", str(REACH)]
        monkeypatch.setattr("sys.argv", ["scoring", *arguments])
        return main()

    return command


def test_a_plan_has_the_shape_of_the_contract(run: Run, capsys: Any) -> None:
    """62 of 100: 1.1.2 is used up, 20 + 8, and 1.1.1 loses 2 + 8. 甲级 asks for 80 and element 50.

    One of four places of 1.1.2 (2 hours) brings 5 + 8; the own finding (1) 8: 83. Nothing that
    costs 2 reaches it.
    """
    assert run("plan", "--grade", "甲级", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "scheme": "mini-reach",
        "version": "1",
        "grade": "甲级",
        "reachable": True,
        "why": None,
        "cost": "3",
        "unreviewed": 1,
        "fixes": [
            {"key": "own:o1", "item": "1.1.1", "count": 1, "cost": "1", "gain": "8"},
            {
                "key": "1.1.2-a",
                "condition": "1.1.2-a",
                "item": "1.1.2",
                "count": 1,
                "cost": "2",
                "gain": "13",
            },
        ],
        "total_after": "83.0",
        "steps": [
            {"fixes": [0], "item": "1.1.1", "total": "70.0", "grade": "乙级"},
            {"fixes": [1], "item": "1.1.2", "total": "83.0", "grade": "甲级"},
        ],
    }


def test_a_plan_is_said_in_words(run: Run, capsys: Any) -> None:
    assert run("plan", "--grade", "甲级") == 0
    assert capsys.readouterr().out.splitlines() == [
        "最省的整改：2 条内容 2 处，工作量 3，总分到 83.0，达到甲级",
        "还有 1 条内容没有核查，按最好的情况计",
        "1 项没有填工作量，每处按 1 计",
        "1. 总分 70.0，乙级",
        "   1.1.1 通道堵塞（自填），工作量 1，单独改 +8.00",
        "2. 总分 83.0，甲级",
        "   1.1.2-a 每处五分，改好 1 处（共 4 处），工作量 2，单独改 +13.00",
    ]


def test_what_no_fix_changes_is_said(run: Run, capsys: Any) -> None:
    assert run("plan", "--grade", "甲级", "--json", performance={"deaths": 1}) == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["reachable"], plan["why"]) == (False, "死亡人数 1，超过 0，整改改变不了")
    assert (plan["cost"], plan["fixes"], plan["steps"], plan["total_after"]) == (None, [], [], None)


def test_the_pin_in_the_way_is_named(run: Run, capsys: Any) -> None:
    pins = {"1.1.2-a": "keep", "1.1.1-b": "keep"}
    assert run("plan", "--grade", "甲级", "--json", pins=pins) == 0
    plan = json.loads(capsys.readouterr().out)
    assert (plan["reachable"], plan["without"]) == (False, "1.1.2-a")
    assert plan["why"] == "“1.1.2-a 每处五分”标为改不了：不改，就达不到甲级"


def test_pins_that_only_together_are_in_the_way_are_all_said(run: Run, capsys: Any) -> None:
    """To 95 and more both the 8 of the own finding and 1.1.2 are needed."""
    pins = {"1.1.2-a": "keep", "own:o1": "keep"}
    assert run("plan", "--total", "95", "--json", pins=pins) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["without"] == "own:o1"
    assert plan["why"] == (
        "“1.1.1 通道堵塞（自填）”、“1.1.2-a 每处五分”都标为改不了：不改，就达不到总分 95"
    )


def test_what_is_reached_already_needs_nothing(run: Run, capsys: Any) -> None:
    assert run("plan", "--total", "60") == 0
    assert capsys.readouterr().out.splitlines()[0] == "不用整改就能达到总分 60，总分 62.0"


@pytest.mark.parametrize(
    ("options", "changed", "words"),
    [
        (["--grade", "特级"], {}, "--grade: 没有等级 特级；可用的等级：甲级、乙级"),
        (["--total", "101"], {}, "--total: 总分 101 应为大于 0、不超过 100 的数字"),
        (["--total", "0"], {}, "--total: 总分 0 应为大于 0、不超过 100 的数字"),
        (["--total", "NaN"], {}, "--total: 总分 NaN 应为大于 0、不超过 100 的数字"),
        (["--grade", "甲级"], {"pins": {"x": "fix"}}, "pins.x: 没有这个扣分情形或自填扣分"),
        (
            ["--grade", "甲级"],
            {"effort": {"1.1.2-a": "0"}},
            "effort.1.1.2-a: 每处的工作量应为大于 0",
        ),
    ],
)
def test_bad_input_is_told(
    run: Run, capsys: Any, options: list[str], changed: dict[str, Any], words: str
) -> None:
    assert run("plan", *options, **changed) == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert (out, line.startswith(words)) == ("", True), line


def test_next_has_the_shape_of_the_contract(run: Run, capsys: Any) -> None:
    """Only 2.1.2 is open, and may take all 40 of element 2 from the 62."""
    assert run("next", "--json") == 0
    asked = json.loads(capsys.readouterr().out)
    assert asked == {
        "groups": [{"id": "2.1.2", "items": ["2.1.2"], "swing": "80"}],
        "low": "22.0",
        "high": "62.0",
    }
