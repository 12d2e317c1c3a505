"""What lies in a data folder and is not ours: left alone, named, and in nobody's way."""

import logging
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from state.documents.assessment import Assessment, new_id
from state.documents.changes import set_finding
from state.service.housekeeping import tidy
from state.storage.folder import TinyRepository
from state.storage.repository import Damaged, NotFound, RepositoryError, update
from tests.state.conftest import filled


@pytest.fixture
def repository(tmp_path: Path) -> TinyRepository:
    return TinyRepository(tmp_path / "data")


def _kept(repository: TinyRepository) -> Assessment:
    assessment = filled()
    repository.create(assessment)
    return update(repository, assessment.id, set_finding("2.1.1-a", 1))


def _large(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(1_000_000_000)  # bytes, none of them written


STRANGERS: dict[str, Callable[[Path], None]] = {
    "a FIFO": lambda path: os.mkfifo(path),
    "a directory": lambda path: path.mkdir(),
    "a huge file": _large,
    "a link to nowhere": lambda path: path.symlink_to("nowhere"),
    "a link to itself": lambda path: path.symlink_to(path.name),
}


@pytest.mark.parametrize("name", ["{}.json", "{}.previous", "{} - 副本.json", "notes.txt"])
@pytest.mark.parametrize("make", STRANGERS.values(), ids=STRANGERS)
def test_a_stranger_holds_up_no_list(
    repository: TinyRepository,
    caplog: pytest.LogCaptureFixture,
    make: Callable[[Path], None],
    name: str,
) -> None:
    assessment, other = _kept(repository), new_id()
    make(repository.folder / name.format(other))
    caplog.set_level(logging.INFO)

    def look() -> None:
        fresh = TinyRepository(repository.folder)
        listed.extend(line.id for line in fresh.list().lines)
        tidy(fresh, datetime.now(UTC))
        with pytest.raises(RepositoryError):
            fresh.load(other)

    listed: list[str] = []
    looking = threading.Thread(target=look, daemon=True)
    looking.start()
    looking.join(20)
    assert not looking.is_alive(), "a stranger is waited for"
    assert assessment.id in listed
    assert os.path.lexists(repository.folder / name.format(other))
    assert other not in caplog.text


@pytest.mark.parametrize(
    "name",
    ["{} - 副本.json", "{} (1).json", "{}.sync-conflict-20261126-101500.json", "副本 {}.json"],
)
def test_a_copy_beside_is_named_and_is_no_assessment_of_its_own(
    repository: TinyRepository, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    assessment = _kept(repository)
    copy = repository.folder / name.format(assessment.id)
    copy.write_bytes((repository.folder / f"{assessment.id}.json").read_bytes())
    repository.refresh()
    found = repository.list()
    assert [line.id for line in found.lines] == [assessment.id]
    assert found.strangers == (copy.name,)
    named = name.format(f"{assessment.id[:4]}…")
    assert f"Not ours, left alone in the data folder: {named}" in caplog.text
    assert assessment.id not in caplog.text
    copy.unlink()
    repository.refresh()
    assert repository.list().strangers == ()


def test_a_copy_under_another_id_is_named_and_neither_listed_nor_opened_nor_set_aside(
    repository: TinyRepository, caplog: pytest.LogCaptureFixture
) -> None:
    assessment, other = _kept(repository), new_id()
    copy = repository.folder / f"{other}.json"
    content = (repository.folder / f"{assessment.id}.json").read_bytes()
    copy.write_bytes(content)
    for opened in (repository, repository, TinyRepository(repository.folder)):
        opened.refresh()
        found = opened.list()
        assert [line.id for line in found.lines] == [assessment.id]
        assert found.strangers == (copy.name,)
    assert other not in caplog.text
    with pytest.raises(NotFound):
        repository.load(other)
    with pytest.raises(NotFound):
        update(repository, other, set_finding("2.1.1-a", 2))
    assert copy.read_bytes() == content


def test_erasing_takes_the_copies_beside_along(repository: TinyRepository) -> None:
    assessment, other = _kept(repository), _kept(repository)
    folder = repository.folder
    for name in ("{} - 副本.json", "{}.sync-conflict-1.json", "副本 {}.json", "{}.77.tmp"):
        (folder / name.format(assessment.id)).write_text("copy")
    (folder / f"{assessment.id}.json").write_bytes(b"{")
    with pytest.raises(Damaged):
        repository.load(assessment.id)
    repository.delete(assessment.id)
    left = [path for path in folder.rglob("*") if assessment.id in path.name]
    assert left == []
    inside = [
        p for p in folder.rglob("*") if p.is_file() and assessment.id.encode() in p.read_bytes()
    ]
    assert inside == []
    assert repository.load(other.id) == other


# A damaged file without a copy


def test_a_damaged_file_without_a_copy_stays_in_the_list_until_it_is_deleted(
    repository: TinyRepository,
) -> None:
    assessment = filled(name="醋厂")
    repository.create(assessment)
    path = repository.folder / f"{assessment.id}.json"
    path.write_bytes(b"{")
    for opened in (repository, TinyRepository(repository.folder)):
        for _ in range(2):
            with pytest.raises(Damaged) as damaged:
                opened.load(assessment.id)
            assert damaged.value.copy is None
            opened.refresh()
            (line,) = opened.list().lines
            assert (line.id, line.title, line.is_unreadable) == (assessment.id, "醋厂", True)
            assert line.total is None
    repository.delete(assessment.id)
    assert repository.list().lines == []
    with pytest.raises(NotFound):
        repository.load(assessment.id)


def test_a_damaged_file_of_which_nothing_is_known_is_listed_too(repository: TinyRepository) -> None:
    (repository.folder / f"{new_id()}.json").write_bytes(b"{")
    (line,) = repository.list().lines
    assert line.is_unreadable
    assert line.title == "无法读取的文件"


def test_a_file_that_is_put_back_is_no_longer_unreadable(repository: TinyRepository) -> None:
    assessment = filled()
    repository.create(assessment)
    path = repository.folder / f"{assessment.id}.json"
    content = path.read_bytes()
    path.write_bytes(b"{")
    with pytest.raises(Damaged):
        repository.load(assessment.id)
    assert repository.list().lines[0].is_unreadable
    path.write_bytes(content)
    repository.refresh()
    (line,) = repository.list().lines
    assert not line.is_unreadable
    assert repository.load(assessment.id) == assessment
