"""Our hints: whole for every shipped standard, and what is wrong with them is told by line."""

import shutil
from pathlib import Path

import pytest

import schemes
from schemes import SchemeError, load_folder
from schemes.__main__ import main
from schemes.guidance import guidance, guidance_problems, laws
from schemes.library import installed
from tests.conftest import FIXTURES

ENTRY = """\
  - id: "{id}"
    look: 看台账和现场是否一致
    records:
      - {{kind: 台账, name: 设备台账, period: 每年核对}}
    remedy: {{today: 补上台账, lasting: 每年核对一次, effort: 小时}}
    basis:
      - {{law: 安全生产法, article: 第三十六条}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small standard with guidance for every item."""
    copy = tmp_path / "mini-percent"
    shutil.copytree(FIXTURES / "mini-percent", copy)
    scheme = load_folder(copy)
    (copy / "guidance").mkdir()
    about = f'version: "1.0"\nstandard: "{scheme.version}"\n'
    (copy / "guidance/about.yaml").write_text(about, encoding="utf-8")
    entries = "".join(ENTRY.format(id=item_id) for item_id in scheme.items)
    (copy / "guidance/01-all.yaml").write_text("items:\n" + entries, encoding="utf-8")
    return copy


def _problems(folder: Path) -> list[str]:
    try:
        return [str(problem) for problem in guidance_problems(folder, load_folder(folder))]
    except SchemeError as error:
        return [str(problem) for problem in error.problems]


@pytest.mark.parametrize(
    ("standard", "items"),
    [("condiment", 150), ("hazchem", 56), ("model-enterprise", 83), ("tobacco", 167)],
)
def test_every_item_of_a_shipped_standard_has_its_guidance(standard: str, items: int) -> None:
    for version in schemes.versions(standard):
        assert len(guidance(schemes.load(standard, version))) == items
    assert _problems(installed.home / standard) == []


@pytest.mark.parametrize("standard", ["condiment", "hazchem", "model-enterprise", "tobacco"])
def test_every_starred_row_has_its_hint(standard: str) -> None:
    scheme = schemes.load(standard)
    found = guidance(scheme)
    for item in scheme.items.values():
        starred = {check.id for check in item.checks if check.starred}
        assert starred <= found[item.id].checks.keys()


def test_every_law_is_in_force_since_a_day_that_has_come() -> None:
    assert len(laws()) == 75
    assert all(law.since is None or law.since <= "2026-11-26" for law in laws().values())


def test_a_standard_without_guidance_is_right(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "mini-percent", tmp_path / "mini-percent")
    assert _problems(tmp_path / "mini-percent") == []


def test_guidance_that_is_right_has_no_problem(folder: Path) -> None:
    assert _problems(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id: "1.1.1"', 'id: "9.9.9"', "标准里没有 9.9.9"),
        ('id: "1.1.2"', 'id: "1.1.1"', "编号 1.1.1 用了不止一次"),
        ("kind: 台账", "kind: 本子", "01-all.yaml:5: items[0].records[0].kind"),
        ("kind: 台账", "kind: 记录", "资料“设备台账”在别处的种类或周期不同"),
        ("law: 安全生产法", "law: 没有的法", "laws.yaml 里没有 没有的法 第三十六条"),
        ("第三十六条", "第一百二十条", "laws.yaml 里没有 安全生产法 第一百二十条"),
        ("effort: 小时", "effort: 一会儿", "items[0].remedy.effort"),
        ("look: 看台账和现场是否一致", f"look: {'长' * 121}", "items[0].look"),
        ("look: 看台账和现场是否一致", "look: 看台账。", "items[0].look"),
        ("    basis:\n", '    checks: {"7": 看标志}\n    basis:\n', "1.1.1 没有检查行 7"),
        ("    basis:\n", "    score: 5\n    basis:\n", "没有这个键"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "guidance/01-all.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert said in "\n".join(_problems(folder))


def test_an_item_without_an_entry_is_named(folder: Path) -> None:
    path = folder / "guidance/01-all.yaml"
    path.write_text("items:\n" + ENTRY.format(id="1.1.1"), encoding="utf-8")
    assert "没有提示：1.1.2" in "\n".join(_problems(folder))


def test_a_row_has_its_hint_in_one_place(tmp_path: Path) -> None:
    copy = tmp_path / "tobacco"
    shutil.copytree(installed.home / "tobacco", copy)
    path = copy / "elements/D14-office-facilities.yaml"
    text = path.read_text(encoding="utf-8").replace("text: 车身外观}", "text: 车身外观, hint: 看}")
    path.write_text(text, encoding="utf-8")
    assert "D.14-1 的检查行 1.1 在标准文件里另有 hint" in "\n".join(_problems(copy))


def test_guidance_for_another_version_is_told(folder: Path) -> None:
    about = folder / "guidance/about.yaml"
    about.write_text('version: "1.0"\nstandard: "0.9"\n', encoding="utf-8")
    assert "这里写的是标准的 0.9 版" in "\n".join(_problems(folder))


def test_the_command_says_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "guidance/01-all.yaml"
    path.write_text("items:\n" + ENTRY.format(id="9.9.9"), encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["schemes", "validate", str(folder)])
    assert main() == 1
    assert "01-all.yaml:2: items[0].id: 标准里没有 9.9.9；改法：" in capsys.readouterr().err


def test_guidance_changes_no_score_and_no_tree(folder: Path) -> None:
    before = load_folder(folder)
    shutil.rmtree(folder / "guidance")
    assert load_folder(folder) == before
