"""The folder of assessments, on real files: several windows, crashes, damaged files."""

import json
import multiprocessing
import os
import re
import resource
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from state.documents.access import Access
from state.documents.assessment import Assessment, new_id
from state.documents.changes import set_finding
from state.storage.atomic import AtomicStorage, previous
from state.storage.folder import TinyRepository
from state.storage.repository import (
    Conflict,
    Damaged,
    NotFound,
    RepositoryError,
    Unavailable,
    update,
)
from tests.state.conftest import filled

_OF_OURS = re.compile(r".*\.lock|index\.sqlite.*|\.anbiao").fullmatch

SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def repository(tmp_path: Path) -> TinyRepository:
    """An empty folder of assessments."""
    return TinyRepository(tmp_path / "data")


def _kept(repository: TinyRepository, assessment: Assessment | None = None) -> Assessment:
    assessment = assessment or filled()
    repository.create(assessment)
    return assessment


def _path(repository: TinyRepository, assessment_id: str) -> Path:
    return repository.folder / f"{assessment_id}.json"


def _files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the locks and the index, with its bytes."""
    files = [path for path in folder.rglob("*") if path.is_file() and not _OF_OURS(path.name)]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_a_folder_that_is_not_there_yet_lists_nothing(tmp_path: Path) -> None:
    assert TinyRepository(tmp_path / "no" / "such").list().lines == []


def test_the_first_assessment_makes_the_folder(tmp_path: Path) -> None:
    repository = TinyRepository(tmp_path / "no" / "such")
    assert repository.load(_kept(repository).id)


def test_an_update_that_changes_nothing_writes_nothing(repository: TinyRepository) -> None:
    assessment = _kept(repository)
    before = _path(repository, assessment.id).stat()
    update(repository, assessment.id, set_finding("2.1.1-c", 2))
    assert _path(repository, assessment.id).stat().st_ino == before.st_ino
    assert repository.load(assessment.id) == assessment


# Failing and full disks


def test_a_write_that_fails_halfway_leaves_the_old_file(tmp_path: Path) -> None:
    storage = AtomicStorage(tmp_path / "a.json")
    storage.write({"t": {"1": {"text": "旧"}}})
    before = _files(tmp_path)
    with pytest.raises(TypeError):
        storage.write({"t": {"1": {"text": "新" * 100_000, "cannot be written": object()}}})
    assert _files(tmp_path) == before
    assert storage.read() == {"t": {"1": {"text": "旧"}}}


def test_a_storage_without_a_file_is_empty(tmp_path: Path) -> None:
    assert AtomicStorage(tmp_path / "a.json").read() is None


def _save_without_room(folder: Path, assessment_id: str) -> str:
    """Save where no file may grow beyond a few bytes, and say what came of it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
    try:
        update(TinyRepository(folder), assessment_id, set_finding("a", 1))
    except Unavailable as error:
        return str(error)
    return "saved"


def test_a_full_disk_is_said_and_leaves_the_old_file(repository: TinyRepository) -> None:
    assessment = _kept(repository)
    before = _files(repository.folder)
    with SPAWN.Pool(1) as pool:
        said = pool.apply(_save_without_room, (repository.folder, assessment.id))
    assert said.startswith("无法读写数据文件夹")
    assert _files(repository.folder) == before


# Files that cannot be read


def _stored(**changes: Any) -> bytes:
    document = filled().model_dump(mode="json") | changes
    return json.dumps({"assessment": {"1": document}}, ensure_ascii=False).encode()


DAMAGED = {
    "empty": b"",
    "truncated": _stored()[:-200],
    "zeros": bytes(4096),
    "binary": bytes(range(256)),
    "half a character": _stored()[: _stored().index("清".encode()) + 1],
    "a JSON list": b"[]",
    "JSON null": b"null",
    "an empty object": b"{}",
    "another table": b'{"_default": {"1": {}}}',
    "nested too deep": b"[" * 100_000,
    "a list of tables": b'{"assessment": []}',
    "document a number": b'{"assessment": {"1": 5}}',
    "no document": b'{"assessment": {}}',
    "document null": b'{"assessment": {"1": null}}',
    "document a text": b'{"assessment": {"1": "condiment"}}',
    "another document": b'{"assessment": {"1": {"name": "x"}}}',
    "a negative count": _stored(work={"answers": {"findings": {"a": -1}}}),
    "an unknown field": _stored(surprise=1),
    "a revision that is none": _stored(revision="x"),
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_file_is_set_aside_not_overwritten(
    repository: TinyRepository, content: bytes
) -> None:
    good, bad = _kept(repository), new_id()
    _path(repository, bad).write_bytes(content)
    assert _listed(repository) == {good.id: False, bad: True}
    with pytest.raises(Damaged) as damaged:
        repository.load(bad)
    (aside,) = set(_files(repository.folder)) - {f"{good.id}.json"}
    assert aside.removeprefix(f"{bad}.") in str(damaged.value)
    assert bad not in str(damaged.value)
    assert _files(repository.folder)[aside] == content
    with pytest.raises(Damaged):
        repository.load(bad)
    assert _listed(repository) == {good.id: False, bad: True}
    assert repository.load(good.id) == good


def _listed(repository: TinyRepository) -> dict[str, bool]:
    """Whether what is listed is said to be unreadable, by id."""
    return {line.id: line.is_unreadable for line in repository.list().lines}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_saving_over_a_damaged_file_sets_it_aside_too(
    repository: TinyRepository, content: bytes
) -> None:
    """Unless it is an assessment whose revision is another, which no save replaces."""
    assessment = filled()
    repository.folder.mkdir(exist_ok=True)
    _path(repository, assessment.id).write_bytes(content)
    with pytest.raises((Damaged, Conflict)):
        repository.save(assessment.stamped(), expected_revision=7)
    with pytest.raises((Damaged, NotFound)):
        repository.load(assessment.id)
    assert list(_files(repository.folder).values()) == [content]


def test_two_windows_opening_one_damaged_file_are_both_told(repository: TinyRepository) -> None:
    repository.folder.mkdir(exist_ok=True)
    for _ in range(20):
        bad = new_id()
        _path(repository, bad).write_bytes(b"{")
        said: list[str] = []

        def open_it(bad: str = bad, said: list[str] = said) -> None:
            try:
                repository.load(bad)
            except RepositoryError as error:
                said.append(type(error).__name__)

        windows = [threading.Thread(target=open_it) for _ in range(4)]
        for window in windows:
            window.start()
        for window in windows:
            window.join()
        assert "Damaged" in said
        assert len(said) == len(windows)


def test_a_file_damaged_again_is_set_aside_again(repository: TinyRepository) -> None:
    assessment_id = new_id()
    repository.folder.mkdir(exist_ok=True)
    for content in (b"first", b"second"):
        _path(repository, assessment_id).write_bytes(content)
        with pytest.raises(Damaged):
            repository.load(assessment_id)
    assert sorted(_files(repository.folder).values()) == [b"first", b"second"]


@pytest.mark.parametrize(
    "assessment_id",
    [
        "",
        "..",
        "../outside",
        "../" + "a" * 32,
        "/etc/passwd",
        "..\\outside",
        "a" * 31,
        "a" * 33,
        "A" * 32,
        "a" * 31 + "/",
        "a" * 31 + "\n",
        "\0" * 32,
        "*" * 32,
        "\uff10" * 32,
        "\u0663" * 32,
        "酱" * 32,
    ],
    ids=ascii,
)
def test_an_id_that_is_none_finds_nothing_and_touches_nothing(
    repository: TinyRepository, tmp_path: Path, assessment_id: str
) -> None:
    _kept(repository)
    for name in ("outside.json", f"{'a' * 32}.json"):
        (tmp_path / name).write_bytes(_stored())
    before, names = _files(tmp_path), sorted(tmp_path.rglob("*"))
    with pytest.raises(NotFound):
        repository.load(assessment_id)
    with pytest.raises(NotFound):
        update(repository, assessment_id, set_finding("a", 1))
    repository.delete(assessment_id)
    assert _files(tmp_path) == before
    assert sorted(tmp_path.rglob("*")) == names


# A place that refuses


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    """Stands for every folder that cannot be written; rights would not stop root."""
    place = tmp_path / "data"
    place.write_text("in the way")
    repository = TinyRepository(place)
    with pytest.raises(Unavailable):
        repository.create(filled())
    with pytest.raises(Unavailable):
        repository.save(filled().stamped(), expected_revision=0)
    with pytest.raises(Unavailable):
        repository.load(new_id())
    with pytest.raises(Unavailable):
        repository.delete(new_id())
    with pytest.raises(Unavailable):
        repository.list()
    assert place.read_text() == "in the way"


def test_a_folder_where_the_file_should_be_is_said(repository: TinyRepository) -> None:
    assessment_id = new_id()
    _path(repository, assessment_id).mkdir(parents=True)
    with pytest.raises(Unavailable):
        repository.load(assessment_id)
    assert repository.list().lines == []
    assert _path(repository, assessment_id).is_dir()


# The previous good copy


def _flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 0x10
    path.write_bytes(content)


def test_any_flipped_bit_is_noticed(repository: TinyRepository) -> None:
    assessment = _kept(repository)
    path = _path(repository, assessment.id)
    good = path.read_bytes()
    for place in range(0, len(good), 7):
        _flip(path, place)
        with pytest.raises(Damaged):
            TinyRepository(repository.folder).load(assessment.id)
        path.write_bytes(good)
    assert TinyRepository(repository.folder).load(assessment.id) == assessment


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_the_last_good_copy_is_offered_until_it_is_taken(
    repository: TinyRepository, content: bytes
) -> None:
    before = _kept(repository)
    update(repository, before.id, set_finding("2.1.1-a", 1))
    _path(repository, before.id).write_bytes(content)
    for _ in range(2):
        with pytest.raises(Damaged) as damaged:
            repository.load(before.id)
        assert damaged.value.copy == before.updated
        assert [summary.id for summary in repository.list().lines] == [before.id]
    repository.recover(before.id)
    assert repository.load(before.id) == before
    assert content in _files(repository.folder).values()


def test_an_assessment_that_is_not_damaged_is_not_taken_back(repository: TinyRepository) -> None:
    assessment = _kept(repository)
    changed = update(repository, assessment.id, set_finding("2.1.1-a", 1))
    with pytest.raises(Conflict):
        repository.recover(assessment.id)
    assert repository.load(assessment.id) == changed


def test_a_damaged_copy_is_not_offered(repository: TinyRepository) -> None:
    assessment = _kept(repository)
    update(repository, assessment.id, set_finding("2.1.1-a", 1))
    for path in (_path(repository, assessment.id), previous(_path(repository, assessment.id))):
        path.write_bytes(b"{")
    with pytest.raises(Damaged) as damaged:
        repository.load(assessment.id)
    assert damaged.value.copy is None
    with pytest.raises(NotFound):
        repository.recover(assessment.id)


def test_what_a_crash_left_half_written_is_swept_away_at_the_next_start(
    repository: TinyRepository,
) -> None:
    assessment = _kept(repository)
    old, new = (repository.folder / f"{new_id()}.77.tmp" for _ in range(2))
    for path in (old, new):
        path.write_bytes(b"{")
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    TinyRepository(repository.folder)
    assert sorted(_files(repository.folder)) == sorted([f"{assessment.id}.json", new.name])


def test_a_file_written_before_there_were_checksums_is_read(repository: TinyRepository) -> None:
    assessment = filled()
    repository.folder.mkdir(exist_ok=True)
    _path(repository, assessment.id).write_bytes(_stored(id=assessment.id))
    assert repository.load(assessment.id).work == assessment.work
    assert repository.access(assessment.id) == Access()


# Whose it is


def test_deleting_leaves_no_copy_behind(repository: TinyRepository) -> None:
    assessment = _kept(repository)
    update(repository, assessment.id, set_finding("2.1.1-a", 1))
    _path(repository, assessment.id).write_bytes(b"{")
    with pytest.raises(Damaged):
        repository.load(assessment.id)
    repository.delete(assessment.id)
    assert _files(repository.folder) == {}
    assert not list((repository.folder / "locks").iterdir())
