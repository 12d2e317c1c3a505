"""A data folder that goes away while it is used: waited for, never made anew, nothing called gone."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from filelock import FileLock

from state.documents.access import Access
from state.documents.assessment import Assessment
from state.documents.changes import set_finding
from state.service import outbox
from state.service.housekeeping import tidy
from state.service.outbox import Outbox
from state.storage import folder
from state.storage.folder import TinyRepository
from state.storage.repository import Unavailable, update
from tests.state.conftest import filled

Ask = Callable[[TinyRepository, Assessment], object]

ASKED: dict[str, Ask] = {
    "create": lambda r, _: r.create(filled()),
    "load": lambda r, a: r.load(a.id),
    "save": lambda r, a: r.save(a.stamped(), 0),
    "update": lambda r, a: update(r, a.id, set_finding("a", 1)),
    "access": lambda r, a: r.change_access(a.id, lambda _: Access(owner="browser:1")),
    "list": lambda r, _: r.list(),
    "line": lambda r, a: r.line(a.id),
    "link": lambda r, _: r.behind("0" * 32),
    "delete": lambda r, a: r.delete(a.id),
    "recover": lambda r, a: r.recover(a.id),
    "ids": lambda r, _: r.ids(),
    "put a file": lambda r, _: r.put_blob(b"x"),
    "a file": lambda r, _: r.blob("0" * 64),
    "files": lambda r, _: r.blobs(),
    "refresh": lambda r, _: r.refresh(),
    "tidy": lambda r, _: tidy(r, datetime.now(UTC)),
}


@pytest.fixture
def repository(tmp_path: Path) -> TinyRepository:
    return TinyRepository(tmp_path / "drive" / "data")


@pytest.mark.parametrize("left", ["no drive", "no folder", "an empty folder"])
@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_a_folder_that_went_away_is_unavailable_and_is_not_made_again(
    repository: TinyRepository, tmp_path: Path, ask: Ask, left: str
) -> None:
    assessment = filled()
    repository.create(assessment)
    drive, elsewhere = tmp_path / "drive", tmp_path / "elsewhere"
    drive.rename(elsewhere)
    if left != "no drive":
        drive.mkdir()
    if left == "an empty folder":  # as the place where a drive was mounted
        repository.folder.mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(Unavailable):
        ask(repository, assessment)
    assert sorted(tmp_path.rglob("*")) == before
    for path in (repository.folder, drive):
        if path.exists():
            path.rmdir()
    elsewhere.rename(drive)
    assert repository.load(assessment.id) == assessment
    assert [line.id for line in repository.list().lines] == [assessment.id]


def test_a_click_while_the_folder_is_away_waits_and_is_saved_when_it_is_back(
    repository: TinyRepository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)
    box, assessment = Outbox(repository), filled()
    box.create(assessment)
    box.load(assessment.id)
    drive, elsewhere = tmp_path / "drive", tmp_path / "elsewhere"
    drive.rename(elsewhere)
    shown = box.update(assessment.id, set_finding("1.1.1-a", 1)).document
    assert shown.work.answers.findings["1.1.1-a"] == 1
    waiting = box.waiting(assessment.id)
    assert waiting and "可能已断开" in waiting.why
    elsewhere.rename(drive)
    box.load(assessment.id)
    assert box.waiting(assessment.id) is None
    assert repository.load(assessment.id).work.answers.findings["1.1.1-a"] == 1


def test_a_folder_put_back_from_a_backup_is_used_after_a_start(
    repository: TinyRepository, tmp_path: Path
) -> None:
    """Also from one that was made before folders had a mark."""
    assessment = filled()
    repository.create(assessment)
    kept = (repository.folder / f"{assessment.id}.json").read_bytes()
    restored = tmp_path / "restored"
    restored.mkdir()
    (restored / f"{assessment.id}.json").write_bytes(kept)
    assert TinyRepository(restored).load(assessment.id) == assessment


def test_a_click_on_a_document_that_is_locked_elsewhere_waits_and_is_told_in_time(
    repository: TinyRepository, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert folder._LOCK_PATIENCE <= 3
    monkeypatch.setattr(folder, "_LOCK_PATIENCE", 0.1)
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)
    box, assessment = Outbox(repository), filled()
    box.create(assessment)
    box.load(assessment.id)
    with FileLock(repository.folder / "locks" / f"{assessment.id}.lock"):
        box.update(assessment.id, set_finding("1.1.1-a", 1))
        waiting = box.waiting(assessment.id)
        assert waiting and "正在别处保存" in waiting.why
    box.load(assessment.id)
    assert repository.load(assessment.id).work.answers.findings["1.1.1-a"] == 1
