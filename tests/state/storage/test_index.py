"""The index of a folder is a cache: whatever happens to it, the documents are found."""

import json
import multiprocessing
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from state.documents.access import Access
from state.documents.assessment import Assessment, new_id
from state.documents.changes import set_finding, set_profile
from state.storage import index
from state.storage.folder import TinyRepository
from state.storage.folder_index import FolderIndex
from state.storage.line import Line, Query
from state.storage.repository import NotFound, update
from tests.state.conftest import filled

SPAWN = multiprocessing.get_context("spawn")
TOKEN = "a" * 32


@pytest.fixture
def repository(tmp_path: Path) -> TinyRepository:
    return TinyRepository(tmp_path / "data")


def _again(repository: TinyRepository) -> TinyRepository:
    return TinyRepository(repository.folder)


def _kept(repository: TinyRepository, name: str = "甲厂") -> Assessment:
    assessment = filled(name)
    repository.create(assessment, Access(owner="person:me", links=[TOKEN]))
    return assessment


def _titles(repository: TinyRepository) -> set[str]:
    return {line.title for line in repository.list().lines}


def _index(repository: TinyRepository) -> Path:
    return repository.folder / index.FILE


def test_no_document_is_opened_for_a_list_or_a_link(
    repository: TinyRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = _kept(repository), filled("乙厂")
    repository.create(other)
    fresh = _again(repository)
    opened: list[str] = []
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.stem) or read(path))
    assert _titles(fresh) == {"甲厂", "乙厂"}
    with pytest.raises(NotFound):
        fresh.behind("b" * 32)
    assert opened == []
    assert fresh.behind(TOKEN) == one.id
    assert opened == [one.id]  # that link is checked against the truth


def test_a_missing_index_is_made_again(repository: TinyRepository) -> None:
    kept = _kept(repository)
    _index(repository).unlink()
    for again in (_again(repository), repository):
        assert _titles(again) == {"甲厂"}
        assert again.behind(TOKEN) == kept.id
        assert again.line(kept.id).access.owner == "person:me"


@pytest.mark.parametrize("content", [b"", b"no database", bytes(5000)], ids=["empty", "text", "0"])
def test_a_damaged_index_is_made_again(repository: TinyRepository, content: bytes) -> None:
    _kept(repository)
    assert _titles(repository) == {"甲厂"}
    for file in repository.folder.glob(f"{index.FILE}*"):
        file.unlink()  # open elsewhere, where a file cut short under it would end the process
    _index(repository).write_bytes(content)
    Path(f"{_index(repository)}-wal").write_bytes(content)
    fresh = _again(repository)
    assert _titles(fresh) == {"甲厂"}
    update(fresh, fresh.list().lines[0].id, set_profile("name", "新名"))
    assert _titles(_again(repository)) == {"新名"}


def test_an_index_of_an_older_format_is_made_again(repository: TinyRepository) -> None:
    _index(repository).parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(_index(repository)) as older:
        older.execute("CREATE TABLE line (id TEXT)")
    _kept(repository)
    assert _titles(repository) == {"甲厂"}


def test_lines_of_the_program_that_named_grades_too_early_are_made_again(
    repository: TinyRepository,
) -> None:
    assessment = filled("甲厂")
    repository.create(assessment, line=replace(Line.of(assessment), total="99.8", grade="一级"))
    assert repository.line(assessment.id).grade == "一级"
    with sqlite3.connect(_index(repository)) as older:
        older.execute("PRAGMA user_version = 1")
    fresh = _again(repository)
    line = fresh.line(assessment.id)
    assert (line.title, line.total, line.grade) == ("甲厂", None, None)
    assert fresh.undescribed(10, Assessment) == [assessment]


def test_an_index_of_a_later_format_is_left_alone(repository: TinyRepository) -> None:
    kept = _kept(repository)
    with sqlite3.connect(_index(repository)) as later:
        later.execute("PRAGMA user_version = 99")
    fresh = _again(repository)
    update(fresh, kept.id, set_profile("name", "新名"))
    assert _titles(fresh) == {"新名"}
    with sqlite3.connect(_index(repository)) as later:
        assert later.execute("PRAGMA user_version").fetchone() == (99,)


@pytest.mark.parametrize("writer", ["note", "put"])
def test_a_kill_around_the_write_is_made_up_for_by_a_server_that_runs(
    repository: TinyRepository, writer: str
) -> None:
    """Another server dies before it has put the line, or before it has written the document."""
    kept = _kept(repository)
    assert _titles(repository) == {"甲厂"}
    process = SPAWN.Process(target=_die_in, args=(repository.folder, kept.id, writer))
    process.start()
    process.join()
    assert process.exitcode == 9
    expected = "甲厂" if writer == "note" else "新名"
    assert repository.load(kept.id).profile.name == expected
    assert _titles(repository) == {expected}
    assert repository.line(kept.id).access.owner == "person:me"


def _die_in(folder: Path, assessment_id: str, step: str) -> None:
    whole = getattr(FolderIndex, step)

    def dying(self: FolderIndex, *arguments: object, **named: object) -> None:
        if step == "note":
            whole(self, *arguments, **named)
        os._exit(9)

    setattr(FolderIndex, step, dying)
    update(TinyRepository(folder), assessment_id, set_profile("name", "新名"))


def test_what_came_past_the_index_is_found_at_the_next_start(repository: TinyRepository) -> None:
    gone, changed = _kept(repository, "删掉的"), _kept(repository, "改过的")
    (repository.folder / f"{gone.id}.json").unlink()
    path = repository.folder / f"{changed.id}.json"
    document = set_profile("name", "手改")(changed).model_dump(mode="json")
    path.write_text(json.dumps({"assessment": {"1": document}}), "utf-8")
    added = filled("放进来的")
    copied = json.dumps({"assessment": {"1": added.model_dump(mode="json")}})
    (repository.folder / f"{added.id}.json").write_text(copied, "utf-8")
    assert _titles(_again(repository)) == {"手改", "放进来的"}
    with pytest.raises(NotFound):
        _again(repository).behind(TOKEN)


def test_housekeeping_finds_it_too(repository: TinyRepository) -> None:
    _kept(repository)
    assert _titles(repository) == {"甲厂"}
    elsewhere = TinyRepository(repository.folder.with_name("elsewhere"))
    added = _kept(elsewhere, "放进来的")
    shutil.copy(elsewhere.folder / f"{added.id}.json", repository.folder)
    repository.refresh()
    assert _titles(repository) == {"甲厂", "放进来的"}


def test_a_restored_older_copy_counts(repository: TinyRepository) -> None:
    kept = _kept(repository)
    path = repository.folder / f"{kept.id}.json"
    saved, times = path.read_bytes(), path.stat()
    update(repository, kept.id, set_profile("name", "新名"))
    path.write_bytes(saved)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert _titles(_again(repository)) == {"甲厂"}


def test_a_locked_index_loses_no_click(
    repository: TinyRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "_PATIENCE", 0.05)
    monkeypatch.setattr(index, "_HELD", 0.0)
    kept = _kept(repository)
    fresh = _again(repository)
    assert _titles(fresh) == {"甲厂"}
    other = sqlite3.connect(_index(repository), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    update(fresh, kept.id, set_profile("name", "新名"))
    assert fresh.load(kept.id).profile.name == "新名"
    assert _titles(fresh) == {"新名"}
    other.execute("ROLLBACK")
    other.close()
    assert _titles(_again(repository)) == {"新名"}


def test_a_locked_index_holds_up_one_save_and_not_every_one(repository: TinyRepository) -> None:
    """Each waited for four seconds; together these would have for more than a minute."""
    kept = _kept(repository)
    other = sqlite3.connect(_index(repository), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    begun = monotonic()
    for one in (repository, _again(repository)):
        for number in range(8):
            update(one, kept.id, set_profile("name", f"第 {number} 次"))
    assert monotonic() - begun < 20
    other.execute("ROLLBACK")
    other.close()
    assert _titles(repository) == _titles(_again(repository)) == {"第 7 次"}


def test_an_index_that_cannot_be_made_loses_no_click(repository: TinyRepository) -> None:
    """A folder in its place stands for every disk that refuses; rights would not stop root."""
    _index(repository).mkdir(parents=True)
    kept = _kept(repository)
    update(repository, kept.id, set_profile("name", "新名"))
    assert _titles(repository) == {"新名"}
    assert repository.behind(TOKEN) == kept.id
    other = _again(repository)
    update(other, kept.id, set_profile("name", "别处改的"))
    assert _titles(repository) == {"别处改的"}
    repository.delete(kept.id)
    assert _titles(repository) == _titles(other) == set()


def test_an_index_thrown_away_by_another_server_is_noticed(repository: TinyRepository) -> None:
    kept = _kept(repository)
    assert _titles(repository) == {"甲厂"}
    for file in repository.folder.glob(f"{index.FILE}*"):
        file.unlink()
    other = _again(repository)
    update(other, kept.id, set_profile("name", "新名"))
    assert _titles(repository) == {"新名"}
    update(repository, kept.id, set_profile("name", "又改"))
    assert _titles(other) == {"又改"}


def test_a_process_forked_off_uses_an_index_of_its_own(repository: TinyRepository) -> None:
    kept = _kept(repository)
    assert _titles(repository) == {"甲厂"}
    child = os.fork()
    if child == 0:
        update(repository, kept.id, set_profile("name", "新名"))
        os._exit(0)
    os.waitpid(child, 0)
    assert _titles(repository) == {"新名"}


def test_a_link_in_the_index_that_the_document_does_not_know_opens_nothing(
    repository: TinyRepository,
) -> None:
    kept = _kept(repository)
    stale = "b" * 32
    with sqlite3.connect(_index(repository)) as wrong:
        wrong.execute("INSERT INTO word VALUES ('link', ?, 'assessment', ?)", (stale, kept.id))
    for _ in range(2):
        with pytest.raises(NotFound):
            repository.behind(stale)
    with sqlite3.connect(_index(repository)) as wrong:
        assert wrong.execute("SELECT 1 FROM word WHERE word = ?", (stale,)).fetchall() == []


def test_a_file_that_is_no_document_is_looked_at_and_left(repository: TinyRepository) -> None:
    _kept(repository)
    for name in ("notes.json", f"{new_id()}.json", f"{new_id()}.previous"):
        (repository.folder / name).write_text("{")
    (repository.folder / f"{new_id()}.json").mkdir()
    assert _titles(_again(repository)) == {"甲厂", "无法读取的文件"}


def test_a_click_writes_one_document(repository: TinyRepository) -> None:
    kept = _kept(repository)

    def files() -> dict[str, int]:
        return {p.name: p.stat().st_ino for p in repository.folder.rglob("*.json")}

    for _ in range(5):
        repository.create(filled())
    before = files()
    update(repository, kept.id, set_finding("1.1.1-a", 1))
    after = files()
    assert {name for name in after if after[name] != before.get(name)} == {f"{kept.id}.json"}


def test_a_line_without_figures_says_what_the_document_says(repository: TinyRepository) -> None:
    kept = _kept(repository)
    (line,) = repository.list(Query(holders=["person:me"])).lines
    assert line == Line(
        "assessment",
        kept.id,
        kept.updated,
        "甲厂",
        standard="condiment",
        version="1.0",
        access=Access(owner="person:me", links=[TOKEN]),
    )


def test_neither_a_save_nor_an_index_made_anew_goes_through_the_folder_for_each_file(
    repository: TinyRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = [_kept(repository) for _ in range(20)]
    walked: list[object] = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda *where: walked.append(where) or scandir(*where))
    update(repository, kept[0].id, set_profile("name", "改过的名称"))
    assert walked == []
    _index(repository).unlink()
    assert _again(repository).list().count == 20
    assert len(walked) < 10  # once for each kind, and for what a start looks after
