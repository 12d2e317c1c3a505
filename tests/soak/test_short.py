"""Short forms of the soak: that nothing is lost, and that the soak would notice."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.soak import away, crowd, kill, mixed, writers
from benchmarks.soak.stores import Stock
from state.documents.assessment import Assessment, SavedAnswers
from state.service.outbox import Outbox, Waiting
from state.storage.folder import TinyRepository


class LastSaveForgotten(TinyRepository):
    """Writes every save when the next one comes."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.waiting: list[tuple[Assessment, int]] = []

    def save(self, assessment: Assessment, expected_revision: int) -> None:
        for late in self.waiting:
            super().save(*late)
        self.waiting = [(assessment, expected_revision)]


class NameChanged(TinyRepository):
    """Saves the enterprise under another name."""

    def save(self, assessment: Assessment, expected_revision: int) -> None:
        profile = assessment.profile.having(name="另一家")
        super().save(assessment.having(profile=profile), expected_revision)


class Forgetful(Outbox):
    """Forgets the first of what waits."""

    def waiting(self, assessment_id: str) -> Waiting | None:
        waiting = super().waiting(assessment_id)
        if waiting and len(waiting.changes) > 1:
            del waiting.changes[0]
        return waiting


def test_no_acknowledged_answer_is_lost_when_the_saving_process_is_killed():
    toll = kill.kill(TinyRepository, kill.SHORT)
    assert (toll.unreadable, toll.lost, toll.altered) == (0, 0, 0)
    assert toll.inside > 0
    assert toll.acknowledged > 0


def test_an_answer_acknowledged_too_early_counts_as_lost():
    assert kill.kill(LastSaveForgotten, kill.SHORT).lost > 0


def test_anything_else_that_a_kill_changes_is_counted():
    assert kill.kill(NameChanged, kill.SHORT).altered > 0


class TornFiles(TinyRepository):
    """Says that a file is kept when half of it is."""

    def put_blob(self, content: bytes) -> str:
        digest = super().put_blob(content)
        self._blob_path(digest).write_bytes(content[: len(content) // 2])
        return digest


def test_photos_projects_classes_and_imports_outlive_kills():
    toll = mixed.kill(TinyRepository, mixed.SHORT)
    assert (toll.unreadable, toll.torn, toll.lost) == (0, 0, 0)
    assert toll.acknowledged > 0


def test_a_file_of_which_half_is_kept_is_counted():
    assert mixed.kill(TornFiles, 2).torn > 0


@pytest.mark.parametrize("assessments", [1, writers.WRITERS])
def test_eight_writers_lose_no_update(assessments):
    tally = writers.write(TinyRepository, assessments, writers.SHORT)
    assert (tally.saved, tally.lost) == (writers.WRITERS * writers.SHORT - tally.refused, 0)
    assert tally.saved > 0


def test_eight_writers_without_a_lock_lose_updates():
    tally = writers.write(Stock, 1, writers.SHORT)
    assert tally.lost + tally.refused > 0


def test_no_answer_of_several_participants_is_lost():
    with ThreadPoolExecutor(1) as apart:  # this thread has Playwright's event loop by now
        visited = apart.submit(crowd.visit, 5, crowd.SHORT).result()
    assert visited.lost == 0
    assert visited.answers > visited.participants
    assert len(visited.responses) >= 5 * (crowd.SHORT // crowd.PAUSE - 1)
    assert visited.memory


def test_answers_that_the_file_has_otherwise_count_as_lost():
    kept = SavedAnswers(findings={"kept": 1, "still-there": 1}, reviewed=["1.1"])
    ticked = {"kept": True, "gone": True, "still-there": False, "taken-back": False}
    assert crowd.lost(kept, ticked, {"1.1", "1.2"}) == 3


def test_no_click_is_lost_or_doubled_while_the_folder_comes_and_goes():
    cost = away.cut(away.SHORT)
    assert (cost.lost, cost.doubled, cost.made) == (0, 0, 0)
    assert cost.waited > 0
    assert cost.longest < 5


def test_a_click_that_waited_and_was_forgotten_counts_as_lost():
    assert away.cut(away.SHORT, Forgetful).lost > 0
