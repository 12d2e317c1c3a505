"""Answers for a version of a standard, by the command line and the shapes of the contract."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schemes import Library
from scoring.__main__ import main
from scoring.reading import parse
from tests.conftest import FIXTURES, LIBRARY
from wording.versions import merged_words

WORKSHOP = Library(LIBRARY)
FOLDER = LIBRARY / "workshop"
Run = Callable[..., int]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a scoring command in this process; its exit status."""

    def command(*arguments: str | Path) -> int:
        monkeypatch.setattr("sys.argv", ["scoring", *map(str, arguments)])
        return main()

    return command


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., Path]:
    """Write answers for the workshop, one object a line where there are several."""

    def written(*contents: dict[str, Any]) -> Path:
        lines = [json.dumps({"scheme": "workshop", **c}, ensure_ascii=False) for c in contents]
        path = tmp_path / ("answers.json" if len(lines) == 1 else "answers.jsonl")
        path.write_text("\n".join(lines), "utf-8")
        return path

    return written


def _scored(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(capsys.readouterr().out)
    return result


def test_answers_are_scored_by_the_version_they_name(
    run: Run, answers: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """1.0: 100 − 3×2 − 10."""
    given = {"version": "1.0", "facets": {"kind": ["a"], "things": ["crane"]}}
    record = {"performance": {"deaths": 0}}
    found = {"findings": {"1.1.1-a": 3, "2.1.2-a": 1}, "reviewed": "all"}
    path = answers(given | found | record)
    assert run("score", path, "--scheme", FOLDER, "--json") == 0
    result = _scored(capsys)
    assert (result["version"], result["total"], result["grade"]) == ("1.0", "84.0", "二级")


def test_without_a_version_the_newest_counts_and_older_ids_are_translated(
    run: Run, answers: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """1.1: 2.1.3-a costs 2, 1.1.2-d 3×2, 1.1.2-b (1 + 2)×3: 100 − 17."""
    given = {
        "facets": {"kind": ["a"], "things": ["crane"]},
        "findings": {"1.1.1-a": 3, "1.1.2-b": 1, "1.1.2-c": 2, "2.1.1-a": 1},
        "reviewed": ["1.1.1", "2.1.1"],
    }
    assert run("score", answers(given), "--scheme", FOLDER, "--json") == 0
    out, err = capsys.readouterr()
    result = json.loads(out)
    assert (result["version"], result["total"], result["full"]) == ("1.1", "83.0", "100")
    assert err == "1.1.2-b、1.1.2-c 在新版中合并为 1.1.2-b，记录已合在一起，请核对\n"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"findings": {"1.2.1-a": 1}}, "findings.1.2.1-a: 没有这个扣分情形；1.0 版有"),
        ({"reviewed": ["1.2.1"]}, 'reviewed: 没有编号为 "1.2.1" 的内容；1.0 版有'),
        ({"not_applicable": ["1.2.1"]}, 'not_applicable: 没有编号为 "1.2.1" 的内容；1.0 版有'),
        ({"earlier": {"1.2.1-a": {"count": 1}}}, "earlier.1.2.1-a: 没有这个扣分情形；1.0 版有"),
        ({"version": "2.0"}, 'version: workshop 没有 "2.0" 版；可用：1.0、1.1'),
        ({"version": 1}, "version: workshop 没有 1 版；可用：1.0、1.1"),
        ({"version": "1.1", "findings": {"1.1.1-a": 1}}, "findings.1.1.1-a: 没有这个扣分情形"),
        ({"version": "1.0", "findings": {"1.1.2-d": 1}}, "findings.1.1.2-d: 没有这个扣分情形"),
        ({"findings": {"9.9-z": 1}}, "findings.9.9-z: 没有这个扣分情形"),
    ],
)
def test_what_the_version_does_not_know_ends_with_status_2(
    run: Run,
    answers: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    given: dict[str, Any],
    problem: str,
) -> None:
    assert run("score", answers(given), "--scheme", FOLDER) == 2
    out, err = capsys.readouterr()
    (line,) = err.splitlines()
    assert out == ""
    assert line.startswith(problem)
    assert ('；1.0 版有，要按那一版计分请写 "version": "1.0"' in line) == ("1.2.1" in problem)


def test_lines_are_read_each_by_its_own_version(
    run: Run, answers: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    merged = {"findings": {"1.1.2-b": 1, "1.1.2-c": 1}}
    path = answers({"version": "1.0"} | merged, merged, {"version": "1.1"})
    assert run("score", path, "--scheme", FOLDER) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line)["version"] for line in out.splitlines()] == ["1.0", "1.1", "1.1"]
    assert err.startswith("第 2 行: 1.1.2-b、1.1.2-c 在新版中合并为 1.1.2-b")


def test_a_former_id_counts_although_nobody_kept_its_version(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "workshop")
    shutil.rmtree(tmp_path / "workshop" / "older")
    raw = {"scheme": "workshop", "findings": {"1.1.1-a": 2, "2.1.1-a": 1}}
    parsed = parse(raw, Library(tmp_path))
    assert parsed.answers.findings == {"1.1.2-d": 2, "2.1.3-a": 1}
    assert list(merged_words(parsed.moved)) == []


def test_show_tells_a_version_and_what_its_ids_were(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("show", "--scheme", FOLDER, "--json") == 0
    shown = _scored(capsys)
    assert shown["version"] == "1.1"
    assert shown["facets"][0]["was"] == ["kind"]
    assert [o["was"] for o in shown["facets"][0]["options"]] == [["a"], ["b"]]
    assert "was" not in shown["facets"][1]
    executed = shown["children"][0]["children"][0]["children"][1]
    was = [condition.get("was") for condition in executed["conditions"]]
    assert was == [None, ["1.1.2-b", "1.1.2-c"], ["1.1.1-a"]]
    assert shown["children"][1]["children"][0]["children"][0]["was"] == ["2.1.1"]
    assert run("show", "workshop", "--scheme", FOLDER, "--version", "1.0", "--json") == 0
    older = _scored(capsys)
    assert (older["version"], older["facets"][0]["id"]) == ("1.0", "kind")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["show"], "scheme: 没有标准 null；可用：condiment、"),
        (["show", "bakery"], 'scheme: 没有标准 "bakery"；可用：condiment、'),
        (["show", "condiment", "--version", "9"], 'version: condiment 没有 "9" 版；可用：1.0、1.1'),
        (
            ["show", "condiment", "--scheme", str(FOLDER)],
            'scheme: 没有标准 "condiment"；可用：workshop',
        ),
        (["show", "--scheme", str(LIBRARY)], f"--scheme: {LIBRARY} 里没有 scheme.yaml"),
    ],
)
def test_a_standard_that_is_not_there_ends_with_status_2(
    run: Run, capsys: pytest.CaptureFixture[str], arguments: list[str], problem: str
) -> None:
    assert run(*arguments) == 2
    assert capsys.readouterr().err.startswith(problem)


def test_a_folder_may_be_named_from_within(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(FIXTURES / "mini-percent")
    assert run("show", "--scheme", ".", "--json") == 0
    assert _scored(capsys)["id"] == "mini-percent"
