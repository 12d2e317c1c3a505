"""A class: one trainer and many participants, each a real connection, at a case of this app's.

Participants have the case's page open, click once in five seconds (a random condition or, one time
in eight, on to the next item) and look every five seconds where the class is led, as the page does;
the trainer's screen looks every two. Times are from the moment a click is due until the server has
told that the page has run to its end; a click whose connection breaks goes on until the page is
open again. The trainer's picture is as old, when the next one comes, as the time since its own look
began. Answers are lost if the server answered and what is kept says otherwise in the end. One
process in link mode keeps a folder; two of them stand behind nginx and keep PostgreSQL, and one is
killed in the middle and started again: whoever was on it goes on at the other. The participants run
on the same machine at the lowest priority; their share of it is told.

`python -m benchmarks class` takes ten minutes for each size; for a first look
`python -m benchmarks.classroom --seconds 60 --sizes 10,50 [--two 0]`.
"""

import argparse
import asyncio
import os
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TypeVar

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import WebSocketException

from benchmarks.measure import AtMost, Row, p95, timed
from benchmarks.results import table
from benchmarks.serving import ROOT, RUN, serving, wait_for_answer
from benchmarks.soak.crowd import lost
from benchmarks.soak.visitor import Visitor, connected
from scoring import score
from server.asking import BROWSER
from state.documents.assessment import answers_of
from state.documents.cases import case_of
from state.documents.classroom import new_classroom
from state.documents.versions import scheme_of
from state.service.assessments import AssessmentService
from state.service.assessments import Visitor as Person
from state.service.classes import ClassService
from state.service.mode import Mode
from state.storage.folder import TinyRepository
from state.storage.opening import open_storage
from state.storage.repository import Repository
from tests.deployment.conftest import Cluster, certified, migrate, nginx_before
from tests.servers import postgres_server

SIZES = (10, 25, 50, 100)
BIG = 150
"""Participants at two processes."""
SECONDS = 600.0
PAUSE = 5.0
"""Seconds from one click of a participant to the next."""

_LOOK = 2.0
"""Seconds from one look of the trainer's screen to the next, see ui/class_session.py."""
_CASE = "condiment"
_TO_NEXT_ITEM = 1 / 8
_TARGET = 50
"""Participants for whom one process has targets."""
_RESTART = 2.0
"""Seconds until a process that died is started again, as in deploy/anbiao@.service."""
_BROKEN = (WebSocketException, OSError, TimeoutError)
_LOWEST = 19
_DESKS = 50


@dataclass(slots=True)
class Lesson:
    """What a class found.

    clicks: when each was due, by the clock, and seconds until its answer. ages: seconds, of the
    trainer's pictures. answers, lost: given, and not kept. share: of the machine's CPU time that
    the participants took themselves. broken: connections that broke.
    """

    clicks: list[tuple[float, float]] = field(default_factory=list)
    ages: list[float] = field(default_factory=list)
    answers: int = 0
    lost: int = 0
    share: float = 0.0
    broken: int = 0
    killed: float = float("inf")

    def until(self, killed: bool) -> list[float]:
        """Seconds by click: of those answered before a process was killed, or the others."""
        return [took for due, took in self.clicks if (due + took >= self.killed) == killed]


class _Pupil(Visitor):
    """A page that also looks again by itself, as a browser makes it do."""

    waiting: dict[str, tuple[float, float]]

    def _read(self, frame: bytes, fragment: bool) -> bool:
        message = ForwardMsg.FromString(frame)
        kind = message.WhichOneof("type")
        if kind == "new_session" and not fragment:
            self.waiting = {}
        if kind == "auto_rerun":
            one = message.auto_rerun
            due = time.monotonic() + one.interval
            self.waiting.setdefault(one.fragment_id, (one.interval, due))
        return super()._read(frame, fragment)

    async def look(self) -> None:
        """What is due of that."""
        now = time.monotonic()
        for name, (interval, due) in [*self.waiting.items()]:
            if due <= now:
                self.waiting[name] = interval, now + interval
                await self._rerun(ClientState(fragment_id=name, is_auto_rerun=True))

    def forget(self) -> None:
        """Leave out what was clicked when the connection broke: it may have been kept or not."""
        for box in self._boxes:
            self.ticked.pop(box.split("-", 2)[-1].removeprefix("finding:"), None)


class _Trainer(_Pupil):
    """The trainer's screen; it has no item."""

    async def open(self) -> None:
        """Ask for the screen and receive it."""
        self._query = self._query.replace("a=", "c=", 1)
        await self._rerun(ClientState(page_name="classroom"))

    def _read(self, frame: bytes, fragment: bool) -> bool:
        ended = super()._read(frame, fragment)
        self._item = "class"
        return ended

    @property
    def screen(self) -> str:
        """The fragment that looks most often."""
        return min(self.waiting, key=lambda name: self.waiting[name][0])

    async def picture(self) -> None:
        """Look once."""
        await self._rerun(ClientState(fragment_id=self.screen, is_auto_rerun=True))


P = TypeVar("P", bound=_Pupil)


@dataclass(frozen=True, slots=True)
class _Room:
    """Where a class is held. address: of its pages. trusted: for https."""

    address: str
    class_id: str
    assessments: Sequence[str]
    trusted: ssl.SSLContext | None = None


def run() -> list[Row]:
    """A look at the desks, then classes of all sizes for ten minutes each."""
    return _rows(SIZES, BIG, SECONDS)


def _rows(sizes: Sequence[int], big: int, seconds: float) -> list[Row]:
    rows = [_desks()]
    first: Lesson | None = None
    for size in sizes:
        lesson = _alone(size, seconds)
        first = first or lesson
        aimed = size == _TARGET
        rows += _told(f"{size} participants", lesson, first, AtMost(0.5) if aimed else None, aimed)
    if big:
        lesson = _together(big, seconds)
        name = f"{big} participants, two processes"
        rows += _told(name, lesson, first or lesson, AtMost(1), True)
        after = lesson.until(killed=True)
        if after:
            before = p95(lesson.until(killed=False))
            rows.append(Row(f"{name}, one killed: p95 after", p95(after), "before", before, None))
    return rows


def _told(name: str, lesson: Lesson, first: Lesson, most: AtMost | None, aimed: bool) -> list[Row]:
    before = lesson.until(killed=False)
    smallest = p95(first.until(killed=False))
    count: Callable[[float], str] = "{:.0f}".format
    return [
        Row(f"{name}: p95 of a click", p95(before), "smallest class", smallest, most),
        Row(
            f"{name}: trainer's picture, oldest of 20",
            p95(lesson.ages),
            "smallest class",
            p95(first.ages),
            AtMost(3) if aimed else None,
        ),
        Row(f"{name}: answers lost", lesson.lost, "given", lesson.answers, AtMost(0), count),
        Row(
            f"{name}: connections broken", lesson.broken, "clicks", len(lesson.clicks), None, count
        ),
        Row(f"{name}: participants' own share", lesson.share, "all", 1, None, "{:.0%}".format),
    ]


def _desks() -> Row:
    """CPU of one look at the desks when nothing has changed, beside opening every document."""
    with TemporaryDirectory() as scratch:
        repository = TinyRepository(Path(scratch))
        class_id, assessments = _class(repository, _DESKS)
        service = AssessmentService(repository, Mode.LOCAL)
        classes = ClassService(service)
        [*classes.desks(class_id, Person())]

        def opened() -> None:
            classes.open(class_id, Person())
            for one in assessments:
                kept, _ = service.outbox.load(one)
                scheme = scheme_of(kept)
                assert scheme
                score(scheme, answers_of(scheme, kept.work))

        times = [timed(lambda: [*classes.desks(class_id, Person())]) for _ in range(9)]
        beside = [timed(opened) for _ in range(3)]
    peer = "every document opened and scored"
    return Row(f"a look at {_DESKS} desks, unchanged", min(times), peer, min(beside), None)


def _class(repository: Repository, size: int) -> tuple[str, list[str]]:
    """A class of that many participants, with nothing answered yet. Returns: its id, and theirs."""
    service = AssessmentService(repository, Mode.LOCAL)
    classes = ClassService(service)
    case = case_of(_CASE)
    assert case
    room = new_classroom("Benchmark", case.scheme, case.version, case=case.id)
    classes.create(room, Person())
    made = [classes.join(room.code, f"Participant {n}", Person())[1] for n in range(size)]
    return room.id, [one.id for one in made]


def _alone(size: int, seconds: float) -> Lesson:
    """One process and a folder."""
    with TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        repository = TinyRepository(data)
        class_id, assessments = _class(repository, size)
        with serving(RUN, ROOT, data, mode="link") as (address, _):
            wait_for_answer(address)
            room = _Room(address, class_id, assessments)
            return _held(room, repository, seconds, lambda: None)


def _together(size: int, seconds: float) -> Lesson:
    """Two processes behind nginx on one database; one is killed in the middle."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory()))
        folders = {name: scratch / name for name in ("apps", "nginx", "tls")}
        for folder in folders.values():
            folder.mkdir()
        server = stack.enter_context(postgres_server())
        database = stack.enter_context(server.database())
        migrate(database)
        cluster = Cluster(folders["apps"], database)
        stack.callback(cluster.close)
        for name in cluster.missing():
            cluster.start(name)
        certificate = certified(folders["tls"])
        nginx = stack.enter_context(nginx_before(cluster.ports, certificate, folders["nginx"]))
        repository = open_storage(database)
        stack.callback(repository.close)
        class_id, assessments = _class(repository, size)
        trusted = ssl.create_default_context(cafile=str(certificate / "tls.crt"))
        room = _Room(nginx.address, class_id, assessments, trusted)

        def kill() -> None:
            cluster.kill("first")
            time.sleep(_RESTART)
            cluster.start("first")

        return _held(room, repository, seconds, kill)


def _held(room: _Room, repository: Repository, seconds: float, kill: Callable[[], None]) -> Lesson:
    """The lesson, and what of its answers is kept."""
    lesson = Lesson()
    with _lowest_priority():
        begun, own = time.monotonic(), time.process_time()
        visitors = asyncio.run(_taught(room, lesson, seconds, kill))
        cpus = os.cpu_count() or 1
        lesson.share = (time.process_time() - own) / ((time.monotonic() - begun) * cpus)
    for one, visitor in zip(room.assessments, visitors, strict=True):
        kept = repository.load(one).work.answers
        lesson.lost += lost(kept, visitor.ticked, visitor.reviewed)
        lesson.answers += len(visitor.ticked) + len(visitor.reviewed)
    return lesson


@contextmanager
def _lowest_priority() -> Iterator[None]:
    """Until the end of the block, as far as it may be raised again."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    os.setpriority(os.PRIO_PROCESS, 0, _LOWEST)
    try:
        yield
    finally:
        if os.geteuid() == 0:
            os.setpriority(os.PRIO_PROCESS, 0, before)


async def _taught(
    room: _Room, lesson: Lesson, seconds: float, kill: Callable[[], None]
) -> list[_Pupil]:
    """All participants after the lesson."""
    together = asyncio.Barrier(len(room.assessments) + 2)

    async def killing() -> None:
        await together.wait()
        await asyncio.sleep(seconds / 2)
        lesson.killed = time.monotonic()
        await asyncio.to_thread(kill)

    async with asyncio.TaskGroup() as group:
        group.create_task(_watch(room, lesson, seconds, together))
        group.create_task(killing())
        tasks = [
            group.create_task(_attend(room, lesson, place, seconds, together))
            for place in range(len(room.assessments))
        ]
    return [task.result() for task in tasks]


async def _attend(
    room: _Room, lesson: Lesson, place: int, seconds: float, together: asyncio.Barrier
) -> _Pupil:
    """A participant: clicks and looks until the end, through broken connections."""
    random = Random(place)
    await asyncio.sleep(place / 10)  # nobody joins at the very moment of another
    ticked: dict[str, bool] = {}
    reviewed: set[str] = set()
    due, end, late = 0.0, float("inf"), False
    while True:
        try:
            async with _opened(room, _Pupil, room.assessments[place], random) as pupil:
                pupil.ticked, pupil.reviewed = ticked, reviewed
                if not due:
                    await together.wait()
                    due = time.monotonic() + random.uniform(0, PAUSE)
                    end = time.monotonic() + seconds
                if late:  # what broke is over now that the page is there again
                    lesson.clicks.append((due, time.monotonic() - due))
                    due, late = due + PAUSE, False
                while due < end:
                    while time.monotonic() < due:
                        await asyncio.sleep(min(0.5, max(0.0, due - time.monotonic())))
                        await pupil.look()
                    late = True
                    await _click(pupil, random)
                    late = False
                    lesson.clicks.append((due, time.monotonic() - due))
                    due += PAUSE
                return pupil
        except _BROKEN:
            if not due:
                raise
            lesson.broken += 1
            pupil.forget()
            await asyncio.sleep(random.uniform(0.2, 1))


async def _click(pupil: _Pupil, random: Random) -> None:
    if random.random() < _TO_NEXT_ITEM or not await pupil.tick():
        await pupil.go_on()


async def _watch(room: _Room, lesson: Lesson, seconds: float, together: asyncio.Barrier) -> None:
    """The trainer's screen, through broken connections."""
    begun, end = 0.0, 0.0
    while not end or time.monotonic() < end:
        try:
            async with _opened(room, _Trainer, room.class_id, Random(0)) as trainer:
                if not end:
                    await together.wait()
                    end = time.monotonic() + seconds
                    begun = time.monotonic()
                while time.monotonic() < end:
                    started = time.monotonic()
                    await trainer.picture()
                    lesson.ages.append(time.monotonic() - begun)
                    begun = started
                    await asyncio.sleep(max(0.0, started + _LOOK - time.monotonic()))
        except _BROKEN:
            if not end:
                raise
            lesson.broken += 1
            await asyncio.sleep(0.3)


@asynccontextmanager
async def _opened(room: _Room, page: type[P], document: str, random: Random) -> AsyncIterator[P]:
    """A page of a browser of its own."""
    async with connected(room.address, f"{BROWSER}={document}", room.trusted) as socket:
        opened = page(socket, document, random)
        await opened.open()
        yield opened


def main() -> None:
    """Print the table of a shorter run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classroom")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--sizes", default="10,50", help="participants at one process")
    parser.add_argument("--two", type=int, default=BIG, help="at two processes; 0 for none")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",") if size]
    header = ["benchmark", "measured", "beside", "ratio", "target", "met"]
    rows = _rows(sizes, asked.two, asked.seconds)
    print(table([header, *(row.cells() for row in rows)]))


if __name__ == "__main__":
    main()
