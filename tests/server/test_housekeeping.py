"""The bin is emptied while the server runs, and the server ends when it should."""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from server.housekeeping import EVERY, housekeeping
from state.documents.access import Access
from state.documents.assessment import new_assessment
from state.storage.folder import TinyRepository
from state.storage.repository import Unavailable
from tests.waiting import eventually

OFTEN = timedelta(milliseconds=20)


def binned(repository: TinyRepository) -> str:
    assessment = new_assessment()
    deleted = datetime.now(UTC) - timedelta(days=31)
    repository.create(assessment, Access(deleted=deleted))
    return assessment.id


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "housekeeping"]


def test_it_tidies_at_once_and_again_and_ends(tmp_path: Path) -> None:
    repository = TinyRepository(tmp_path)
    binned(repository)
    with housekeeping(lambda: repository, OFTEN):
        eventually(lambda: not repository.list().lines)
        binned(repository)
        eventually(lambda: not repository.list().lines)
        assert threads() == ["housekeeping"]
    assert threads() == []
    binned(repository)
    time.sleep(5 * OFTEN.total_seconds())
    assert len(repository.list().lines) == 1


def test_it_waits_an_hour_and_the_end_does_not_wait_for_it(tmp_path: Path) -> None:
    assert timedelta(hours=1) == EVERY
    repository = TinyRepository(tmp_path)
    binned(repository)
    begin = time.monotonic()
    with housekeeping(lambda: repository):
        eventually(lambda: not repository.list().lines)
        binned(repository)
    assert time.monotonic() - begin < 3
    assert len(repository.list().lines) == 1


def test_a_failure_is_logged_without_ids_and_tried_again(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    repository = TinyRepository(tmp_path)
    name = binned(repository)
    failures = [Unavailable(f"{name} is in use"), ValueError(name)]

    def opened() -> TinyRepository:
        if failures:
            raise failures.pop(0)
        return repository

    with caplog.at_level(logging.INFO), housekeeping(opened, OFTEN):
        eventually(lambda: not repository.list().lines)
    assert caplog.messages == [
        "Housekeeping failed: Unavailable",
        "Housekeeping failed: ValueError",
    ]
    assert name not in caplog.text
