"""A database that stops answering in the middle: told in time, and nothing is written twice."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from time import monotonic, sleep
from typing import Any

import psycopg
import pytest

from state.documents.access import Access
from state.documents.assessment import Assessment, Entry
from state.documents.changes import add_entry, set_finding
from state.service import outbox
from state.service.outbox import Outbox
from state.storage import deadline
from state.storage.postgres import PostgresRepository
from state.storage.repository import Unavailable, update
from tests.servers import PostgresServer
from tests.state.conftest import filled

TOLD = 5.0
"""Seconds within which somebody is told."""


PATIENCE = deadline.PATIENCE


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """As it is."""
    monkeypatch.setattr(deadline, "PATIENCE", PATIENCE)


@pytest.fixture
def repository(database: str, opening: Callable[[str], PostgresRepository]) -> PostgresRepository:
    return opening(database)


def _seconds(work: Callable[[], object]) -> float:
    began = monotonic()
    work()
    return monotonic() - began


ASKED: dict[str, Callable[[PostgresRepository, Assessment], object]] = {
    "load": lambda r, a: r.load(a.id),
    "update": lambda r, a: update(r, a.id, set_finding("a", 1)),
    "create": lambda r, _: r.create(filled()),
    "access": lambda r, a: r.change_access(a.id, lambda _: Access(owner="browser:1")),
    "list": lambda r, _: r.list(),
    "put a file": lambda r, _: r.put_blob(b"x"),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
def test_a_stopped_database_is_told_in_time_and_used_again_at_once(
    repository: PostgresRepository,
    server: PostgresServer,
    ask: Callable[..., object],
    caplog: pytest.LogCaptureFixture,
) -> None:
    assessment = filled()
    repository.create(assessment)

    def asked() -> None:
        with pytest.raises(Unavailable, match="没有及时回应"):
            ask(repository, assessment)

    with server.paused():
        assert _seconds(asked) < TOLD
        assert _seconds(asked) < 0.5  # nobody waits for what is known not to answer
    assert "The database does not answer" in caplog.text
    sleep(deadline._PAUSE)
    assert _seconds(lambda: repository.load(assessment.id)) < 2
    assert repository.load(assessment.id).id == assessment.id


def test_no_worker_and_no_connection_is_left_behind(
    repository: PostgresRepository, server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline, "_PAUSE", 0.0)
    assessment = filled()
    repository.create(assessment)
    with server.paused():
        for _ in range(2):
            with pytest.raises(Unavailable):
                repository.load(assessment.id)
        sleep(6)  # a new connection is given up by itself
        assert [t for t in threading.enumerate() if t.name == "storage"] == []
        assert repository._engine.pool.checkedout() == 0  # type: ignore[attr-defined]
    assert repository.load(assessment.id) == assessment


def test_a_click_while_it_is_stopped_goes_to_the_outbox_in_time(
    repository: PostgresRepository, server: PostgresServer
) -> None:
    box, assessment = Outbox(repository), filled()
    box.create(assessment)
    box.load(assessment.id)
    with server.paused():
        assert _seconds(lambda: box.update(assessment.id, set_finding("1.1.1-a", 1))) < TOLD
        assert box.waiting(assessment.id)
        assert _seconds(lambda: box.load(assessment.id)) < 0.5
        sleep(outbox._PAUSE + deadline._PAUSE)
        assert _seconds(lambda: box.update(assessment.id, set_finding("1.1.1-b", 1))) < TOLD
    sleep(outbox._PAUSE + deadline._PAUSE)
    found = box.load(assessment.id)[0].work.answers.findings
    assert box.waiting(assessment.id) is None
    assert {"1.1.1-a", "1.1.1-b"} <= set(found)


def test_a_row_that_another_holds_keeps_nobody_else_waiting(
    repository: PostgresRepository, database: str
) -> None:
    held, other = filled(), filled()
    for assessment in (held, other):
        repository.create(assessment)
    with psycopg.connect(database) as holder:
        holder.execute("SELECT 1 FROM documents WHERE id = %s FOR UPDATE", (held.id,))

        def refused() -> None:
            with pytest.raises(Unavailable):
                update(repository, held.id, set_finding("a", 1))

        assert _seconds(refused) < TOLD
        assert update(repository, other.id, set_finding("a", 1)).revision == 1


class Line:
    """A line to the database that can fall silent after a commit went out, before its answer."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.silent_after_commit = False
        self._silent = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self.path)
                for pair in ((near, far, True), (far, near, False)):
                    threading.Thread(target=self._pass_on, args=pair, daemon=True).start()

    def _pass_on(self, source: socket.socket, target: socket.socket, out: bool) -> None:
        with contextlib.suppress(OSError):
            while content := source.recv(65536):
                if out and self.silent_after_commit and b"COMMIT" in content:
                    self._silent.set()
                if not out and self._silent.is_set():
                    continue
                target.sendall(content)
            target.shutdown(socket.SHUT_RDWR)

    def speak(self) -> None:
        self.silent_after_commit = False
        self._silent.clear()


@pytest.fixture
def line(server: PostgresServer) -> Iterator[Line]:
    line = Line(str(server.folder / ".s.PGSQL.5432"))
    yield line
    line.listener.close()


def _through(line: Line, database: str) -> str:
    name = database.split("@/")[1].split("?")[0]
    return f"postgresql://postgres@127.0.0.1:{line.port}/{name}"


@pytest.mark.parametrize("others", ["nobody", "somebody"])
def test_a_write_that_landed_unheard_is_not_written_again(
    line: Line,
    database: str,
    opening: Callable[[str], Any],
    monkeypatch: pytest.MonkeyPatch,
    others: str,
) -> None:
    """Even of a change that adds something, whoever saves on top of it meanwhile."""
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)
    monkeypatch.setattr(deadline, "_PAUSE", 0.0)
    box, direct, assessment = Outbox(opening(_through(line, database))), opening(database), filled()
    box.create(assessment)
    box.load(assessment.id)
    line.silent_after_commit = True
    box.update(assessment.id, add_entry("12.1", "12.1-a", Entry(text="我加的")))
    waiting = box.waiting(assessment.id)
    assert waiting and len(waiting.changes) == 1
    assert "我加的" in _entries(direct.load(assessment.id)), "the first write did not land"
    box.update(assessment.id, set_finding("1.1.1-a", 1))
    if others == "somebody":
        update(direct, assessment.id, set_finding("1.1.2-a", 2))
    line.speak()
    shown = box.load(assessment.id)[0]
    assert box.waiting(assessment.id) is None
    assert shown == direct.load(assessment.id)
    assert _entries(shown).count("我加的") == 1
    assert shown.work.answers.findings["1.1.1-a"] == 1


def _entries(assessment: Assessment) -> list[str]:
    return [entry.text for entry in assessment.work.entries["12.1"]]
