"""Versions of standards: kept frozen, found by number, refused when damaged."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import schemes
from schemes import Library, SchemeError, UnknownScheme
from schemes.__main__ import main
from schemes.frozen import FORMAT, frozen_json, read_frozen
from tests.conftest import FIXTURES, LIBRARY

Freeze = Callable[..., int]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A library of one standard in two versions that a test may change."""
    shutil.copytree(LIBRARY, tmp_path / "library")
    return tmp_path / "library"


def _set_version(folder: Path, version: str) -> None:
    path = folder / "scheme.yaml"
    lines = path.read_text("utf-8").splitlines()
    kept = [f'version: "{version}"' if line.startswith("version:") else line for line in lines]
    path.write_text("\n".join(kept) + "\n", "utf-8")


@pytest.mark.parametrize("name", ["condiment", "hazchem", "model-enterprise", "tobacco"])
def test_a_frozen_standard_reads_back_equal_in_every_field(name: str, tmp_path: Path) -> None:
    shutil.copytree(Path(schemes.__file__).parent / name, tmp_path / name)
    library = Library(tmp_path)
    path, new = library.freeze(name)
    newest = library.get(name).version
    assert (path, new) == (tmp_path / name / "older" / f"{newest}.json", True)
    frozen, scheme = read_frozen(path), library.get(name)
    assert frozen == scheme
    assert frozen_json(frozen) == frozen_json(scheme)  # equality lets 5 be 5.0
    assert frozen.conditions.keys() == scheme.conditions.keys()


@pytest.mark.parametrize("name", ["mini-percent", "mini-scaled", "mini-weighted"])
def test_a_made_up_standard_reads_back_equal(name: str, tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / name, tmp_path / name)
    path, _ = Library(tmp_path).freeze(name)
    assert read_frozen(path) == Library(tmp_path).get(name)


def test_the_newest_version_is_the_folders_and_older_ones_are_found_by_number() -> None:
    library = Library(LIBRARY)
    assert library.ids() == ["workshop"]
    assert library.versions("workshop") == ["1.0", "1.1"]
    assert library.get("workshop").version == "1.1"
    assert library.get("workshop", "1.1") is library.get("workshop")
    assert library.get("workshop", "1.0").version == "1.0"
    assert list(library.get("workshop", "1.0").facet) == ["kind", "things"]
    assert list(library.get("workshop").facet) == ["trade", "things"]
    assert [scheme.version for scheme in library.history("workshop")] == ["1.0", "1.1"]


def test_versions_are_in_the_order_of_their_numbers(home: Path) -> None:
    folder = home / "workshop"
    for version in ("1.9", "1.10", "1.2", "1.2.1", "2", "10.0"):
        _set_version(folder, version)
        Library(home).freeze("workshop")
    assert Library(home).versions("workshop") == [
        "1.0", "1.2", "1.2.1", "1.9", "1.10", "2", "10.0",
    ]  # fmt: skip


def test_a_tree_is_read_once_by_a_library_and_anew_by_the_next(home: Path) -> None:
    library = Library(home)
    before = library.get("workshop")
    _set_version(home / "workshop", "3")
    assert library.get("workshop") is before
    assert Library(home).get("workshop").version == "3"


def test_an_unknown_standard_or_version_says_which() -> None:
    library = Library(LIBRARY)
    with pytest.raises(UnknownScheme, match="没有标准 bakery") as standard:
        library.get("bakery")
    assert (standard.value.id, standard.value.version) == ("bakery", None)
    for version in ("2.0", "", "../workshop/older/1.0", "1.0.json"):
        with pytest.raises(UnknownScheme) as caught:
            library.get("workshop", version)
        assert (caught.value.id, caught.value.version) == ("workshop", version)
        assert str(caught.value) == f"标准 workshop 没有 {version} 版"
    assert isinstance(caught.value, KeyError)


def test_a_library_may_be_of_one_standard_only(home: Path) -> None:
    shutil.copytree(FIXTURES / "mini-percent", home / "mini-percent")
    assert Library(home).ids() == ["mini-percent", "workshop"]
    assert Library(home, only="workshop").ids() == ["workshop"]
    assert Library(home, only="nothing").ids() == []


def test_the_shipped_standards_are_the_installed_ones() -> None:
    assert schemes.available() == ["condiment", "hazchem", "model-enterprise", "tobacco"]
    assert schemes.load("condiment") is schemes.load("condiment", "1.1")
    assert schemes.suggest("酱油厂") == ["condiment"]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Freeze:
    """Run a command of the standards; its exit status."""

    def command(*arguments: str | Path) -> int:
        monkeypatch.setattr("sys.argv", ["schemes", *map(str, arguments)])
        return main()

    return command


def test_freezing_twice_changes_nothing_and_other_content_is_refused(
    home: Path, run: Freeze, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = home / "workshop"
    assert run("freeze", folder) == 0
    path = folder / "older" / "1.1.json"
    kept = path.read_bytes()
    assert run("freeze", folder) == 0
    assert "早已冻结" in capsys.readouterr().out
    main_file = folder / "scheme.yaml"
    main_file.write_text(main_file.read_text("utf-8").replace("total: 90", "total: 85"), "utf-8")
    assert run("freeze", folder) == 1
    assert f"{path}:1: （文件）: 1.1 版已冻结" in capsys.readouterr().err
    assert path.read_bytes() == kept
    assert run("freeze", "bakery") == 1


def test_a_changed_meaning_without_a_new_version_is_a_problem_and_changed_words_are_not(
    home: Path, run: Freeze, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = home / "workshop"
    run("freeze", folder)
    path = folder / "elements" / "01-management.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("有人无证", "有人没有操作证"), "utf-8")
    assert run("validate", folder) == 0
    path.write_text(text.replace("deduct: 5, per: 人次", "deduct: 4, per: 人次"), "utf-8")
    capsys.readouterr()
    assert run("validate", folder) == 1
    assert "version: 1.1 版已冻结" in capsys.readouterr().err


def test_validate_lists_what_has_no_heir_and_refuses_former_ids_of_nothing(
    home: Path, run: Freeze, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = home / "workshop"
    assert run("validate", folder) == 0
    assert "上一版的这些编号没有继承者：1.2.1\n" in capsys.readouterr().out
    path = folder / "elements" / "02-site.yaml"
    path.write_text(path.read_text("utf-8").replace('["2.1.1"]', '["2.1.9"]'), "utf-8")
    assert run("validate", folder) == 1
    assert "2.1.3 的旧编号 2.1.9 在冻结的旧版中都没有" in capsys.readouterr().err


def test_conditions_that_a_rule_writes_were_those_of_the_former_check(tmp_path: Path) -> None:
    shutil.copytree(FIXTURES / "mini-percent", tmp_path / "mini-percent")
    path = tmp_path / "mini-percent" / "elements" / "02-second.yaml"
    text = path.read_text("utf-8")
    for old, new in (
        ("text: 吊钩完好", "text: 吊钩完好, was: [2.1.1-9]"),
        ("text: 登记资料", "text: 登记资料, was: [2.0-7]"),
        ("text: 压力表", "text: 压力表, was: [2.0-8]"),
    ):
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    conditions = Library(tmp_path).get("mini-percent").conditions
    was = {name: condition.was for name, (_, condition) in conditions.items() if condition.was}
    assert was == {
        "2.1.1-2": ("2.1.1-9",),
        "2.1.2-1.none": ("2.0-7.none",),
        "2.1.2-1.place": ("2.0-7.place",),
        "2.1.2-2.1": ("2.0-8",),
    }


def test_an_older_id_has_one_heir(home: Path) -> None:
    path = home / "workshop" / "elements" / "01-management.yaml"
    text = path.read_text("utf-8").replace(
        "{id: a, when: 有人无证", "{id: a, was: [1.1.1-a], when: 有人无证"
    )
    path.write_text(text, "utf-8")
    with pytest.raises(SchemeError) as caught:
        Library(home).get("workshop")
    (problem,) = caught.value.problems
    assert problem.fault == "旧编号 1.1.1-a 已被另一处继承"
    assert problem.key == "children[1].children[0].conditions[0].was"
    assert problem.line == text[: text.index("有人无证")].count("\n") + 1


DAMAGE: dict[str, Callable[[Any], Any]] = {
    "a later format": lambda content: content | {"format": FORMAT + 1},
    "no format": lambda content: {"scheme": content["scheme"]},
    "format true": lambda content: content | {"format": True},
    "a list": lambda content: [content],
    "no scheme": lambda content: {"format": content["format"]},
    "a field missing": lambda content: _scheme(content, lambda s: s.pop("grades")),
    "a field too many": lambda content: _scheme(content, lambda s: s.update(extra=1)),
    "a number as a float": lambda content: _scheme(content, lambda s: s.update(full=100.0)),
    "a number that is none": lambda content: _scheme(content, lambda s: s.update(full="many")),
    "not a number": lambda content: _scheme(content, lambda s: s.update(full="NaN")),
    "an unknown policy": lambda content: _scheme(content, lambda s: s["scoring"].update(total="x")),
    "an unknown scope": lambda content: _scheme(
        content,
        lambda s: s["parts"][0]["elements"][0]["children"][0]["children"][0]["conditions"][
            0
        ].update(scope="world"),
    ),
    "another standard": lambda content: _scheme(content, lambda s: s.update(id="bakery")),
    "another version": lambda content: _scheme(content, lambda s: s.update(version="0.9")),
}


def _scheme(content: Any, change: Callable[[Any], Any]) -> Any:
    change(content["scheme"])
    return content


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_version_is_refused_with_its_file_and_a_remedy(
    home: Path, damage: Callable[[Any], Any]
) -> None:
    path = home / "workshop" / "older" / "1.0.json"
    path.write_text(json.dumps(damage(json.loads(path.read_text("utf-8")))), "utf-8")
    _refused(home, path)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[" * 100_000], ids=["empty", "cut", "no text", "deep"]
)
def test_what_is_no_frozen_version_is_refused(home: Path, content: bytes) -> None:
    path = home / "workshop" / "older" / "1.0.json"
    path.write_bytes(content)
    _refused(home, path)


def _refused(home: Path, path: Path) -> None:
    library = Library(home)
    with pytest.raises(SchemeError) as caught:
        library.get("workshop", "1.0")
    (problem,) = caught.value.problems
    assert problem.file == path
    assert problem.remedy in ("升级本程序", "从原来的安装包或备份中恢复这个文件")
    assert library.get("workshop").version == "1.1"  # which does not need it


def test_a_field_that_came_later_than_the_file_takes_its_default(home: Path) -> None:
    path = home / "workshop" / "older" / "1.0.json"
    content = json.loads(path.read_text("utf-8"))
    for facet in content["scheme"]["facets"]:
        del facet["was"]
    path.write_text(json.dumps(content), "utf-8")
    assert read_frozen(path) == Library(LIBRARY).get("workshop", "1.0")
