"""Windows of one visitor at once, on a real folder whose disk fails, comes back or is slow."""

import errno
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep

import pytest

from state.documents.assessment import Entry
from state.documents.changes import add_entry, set_finding, set_profile
from state.service import outbox
from state.service.outbox import Outbox
from state.storage.atomic import AtomicStorage, Tables
from state.storage.folder import TinyRepository
from tests.state.conftest import filled

PATIENCE = 20.0
"""Seconds after which a thread is taken to be stuck."""


class Disk:
    """Refuses or holds up what is written and read.

    writing, reading: by assessment, what its next write or read waits for.
    """

    def __init__(self) -> None:
        self.down = False
        self.writing: dict[str, Hold] = {}
        self.reading: dict[str, Hold] = {}


class Hold:
    """A place at which a thread arrives and goes on when it is let go."""

    def __init__(self) -> None:
        self.arrived, self.gone_on = threading.Event(), threading.Event()

    def pause(self) -> None:
        self.arrived.set()
        assert self.gone_on.wait(PATIENCE)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Disk:
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)
    disk, write, read = Disk(), AtomicStorage.write, AtomicStorage.read

    def written(storage: AtomicStorage, data: Tables) -> None:
        if hold := disk.writing.pop(storage.path.stem, None):
            hold.pause()
        if disk.down:
            raise OSError(errno.EIO, "the disk does not answer")
        write(storage, data)

    def read_back(storage: AtomicStorage) -> Tables | None:
        tables = read(storage)
        if hold := disk.reading.pop(storage.path.stem, None):
            hold.pause()
        return tables

    monkeypatch.setattr(AtomicStorage, "write", written)
    monkeypatch.setattr(AtomicStorage, "read", read_back)
    return disk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def box(folder: Path) -> Outbox:
    return Outbox(TinyRepository(folder))


@pytest.fixture
def start() -> Iterator[Callable[..., threading.Thread]]:
    """Starts threads; in the end all have ended and none has failed."""
    started: list[threading.Thread] = []
    failures: list[BaseException] = []

    def run(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)

    def started_with(work: Callable[[], object]) -> threading.Thread:
        thread = threading.Thread(target=run, args=[work], daemon=True)
        started.append(thread)
        thread.start()
        return thread

    yield started_with
    for thread in started:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "a window hangs"
    assert failures == []


def _in_use(box: Outbox) -> str:
    assessment = filled()
    box.create(assessment)
    box.load(assessment.id)
    return assessment.id


def test_of_two_windows_nothing_is_lost_or_doubled_and_each_keeps_its_order(
    box: Outbox, disk: Disk, folder: Path, start: Callable[..., threading.Thread]
) -> None:
    used, count = _in_use(box), 40
    turns = threading.Barrier(3)

    def window(name: str) -> None:
        for number in range(count):
            if number % 10 == 0:
                turns.wait(PATIENCE)
            box.update(used, add_entry("12.1", "12.1-a", Entry(text=f"{name} {number}")))
            box.load(used)

    threads = [start(lambda name=name: window(name)) for name in ("甲", "乙")]
    waited = False
    for down in (False, True, False, True):
        turns.wait(PATIENCE)
        disk.down = down
        waited = waited or box.waiting(used) is not None
    for thread in threads:
        thread.join(PATIENCE)
    waited = waited or box.waiting(used) is not None
    disk.down = False
    assert waited, "nothing had to wait"
    box.load(used)
    assert box.waiting(used) is None
    assert box.refused(used) == []
    kept = TinyRepository(folder).load(used)
    written = [entry.text for entry in kept.work.entries["12.1"]][2:]  # after the first two
    assert len(written) == 2 * count
    for name in ("甲", "乙"):
        assert [text for text in written if text.startswith(name)] == [
            f"{name} {number}" for number in range(count)
        ]


def test_while_one_of_two_waiting_assessments_is_slow_the_other_is_saved(
    box: Outbox, disk: Disk, folder: Path, start: Callable[..., threading.Thread]
) -> None:
    slow, other = _in_use(box), _in_use(box)
    disk.down = True
    for used in (slow, other):
        box.update(used, set_finding("1.1.1-a", 1))
    disk.down = False
    disk.writing[slow] = hold = Hold()
    start(lambda: box.load(slow))
    assert hold.arrived.wait(PATIENCE)
    start(lambda: box.load(slow))  # another window of the same visitor
    try:
        _assert_done(start(lambda: box.load(other)))
        waiting = box.waiting(slow)
        assert waiting and len(waiting.changes) == 1
        assert box.waiting(other) is None
        assert TinyRepository(folder).load(other).work.answers.findings["1.1.1-a"] == 1
    finally:
        hold.gone_on.set()


def test_a_window_that_still_reads_what_another_saves_holds_up_nobody_and_forgets_nothing(
    box: Outbox, disk: Disk, folder: Path, start: Callable[..., threading.Thread]
) -> None:
    """It has begun before anything waited, and comes back while what waits is being saved."""
    slow, other = _in_use(box), _in_use(box)
    elsewhere = Outbox(TinyRepository(folder))
    elsewhere.update(slow, set_profile("leader", "李四"))  # so that the file is read anew
    disk.reading[slow] = reading = Hold()
    start(lambda: box.load(slow))
    assert reading.arrived.wait(PATIENCE)
    disk.down = True
    box.update(slow, set_finding("1.1.1-a", 1))
    disk.down = False
    disk.writing[slow] = writing = Hold()
    start(lambda: box.load(slow))
    assert writing.arrived.wait(PATIENCE)
    reading.gone_on.set()
    sleep(0.3)  # for it to come where what waits is being saved
    try:
        _assert_done(start(lambda: box.load(other)))
        waiting = box.waiting(slow)
        assert waiting and len(waiting.changes) == 1
    finally:
        writing.gone_on.set()
    start(lambda: box.update(slow, set_finding("1.1.2-a", 2))).join(PATIENCE)
    kept = TinyRepository(folder).load(slow)
    assert kept.work.answers.findings["1.1.1-a"] == 1
    assert kept.work.answers.findings["1.1.2-a"] == 2
    assert kept.profile.leader == "李四"


def _assert_done(thread: threading.Thread) -> None:
    thread.join(5)
    assert not thread.is_alive(), "one slow assessment holds up another"
