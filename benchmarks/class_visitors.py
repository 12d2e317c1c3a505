"""The participants of a class and its trainer, without browsers; see `benchmarks.classroom`."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from math import inf
from random import Random
from ssl import SSLContext
from typing import TypeVar

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import WebSocketException

from benchmarks.soak.visitor import Visitor, condition_of, connected
from server.asking import BROWSER

PAUSE = 5.0
"""Seconds from one click of a participant to the next."""

_LOOK = 2.0
"""Seconds from one look of the trainer's screen to the next, see ui/class_session.py."""

_TO_NEXT_ITEM = 1 / 8
_BROKEN = (WebSocketException, OSError, TimeoutError)


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
    killed: float = inf

    def until(self, killed: bool) -> list[float]:
        """Seconds by click: of those answered before a process was killed, or the others."""
        return [took for due, took in self.clicks if (due + took >= self.killed) == killed]


class Pupil(Visitor):
    """A page that also looks again by itself, as a browser makes it do.

    waiting: by fragment, seconds from one look to the next, and when the next is due by the clock.
    """

    def __init__(self, socket: ClientConnection, document: str, random: Random) -> None:
        super().__init__(socket, document, random)
        self.waiting: dict[str, tuple[float, float]] = {}

    def _read(self, message: ForwardMsg) -> bool:
        match message.WhichOneof("type"):
            case "new_session" if not message.metadata.run.fragment_ids:
                self.waiting = {}
            case "auto_rerun":
                one = message.auto_rerun
                due = time.monotonic() + one.interval
                self.waiting.setdefault(one.fragment_id, (one.interval, due))
            case "stop_auto_rerun":
                for name in message.stop_auto_rerun.fragment_ids:
                    self.waiting.pop(name, None)
        return super()._read(message)

    async def look(self) -> None:
        """What is due of that."""
        now = time.monotonic()
        for name, (interval, due) in [*self.waiting.items()]:
            if due <= now and name in self.waiting:
                self.waiting[name] = interval, now + interval
                await self._rerun(ClientState(fragment_id=name, is_auto_rerun=True))

    def forget(self) -> None:
        """Leave out what was clicked when the connection broke: it may have been kept or not."""
        for row in self._rows:
            self.ticked.pop(condition_of(row), None)


class Trainer(Pupil):
    """The trainer's screen; it has no item."""

    async def open(self) -> None:
        """Ask for the screen and receive it."""
        self._query = self._query.replace("a=", "c=", 1)
        await self._rerun(ClientState(page_name="classroom"))

    def _drawn(self) -> None:
        if not self.waiting:
            raise RuntimeError("the page that came does not look again by itself")

    @property
    def screen(self) -> str:
        """The fragment that looks most often."""
        return min(self.waiting, key=lambda name: self.waiting[name][0])

    async def picture(self) -> None:
        """Look once."""
        await self._rerun(ClientState(fragment_id=self.screen, is_auto_rerun=True))


P = TypeVar("P", bound=Pupil)


@dataclass(frozen=True, slots=True)
class Room:
    """Where a class is held. address: of its pages. trusted: for https."""

    address: str
    class_id: str
    assessments: Sequence[str]
    trusted: SSLContext | None = None


@dataclass(frozen=True, slots=True)
class Pace:
    """How long somebody is there, and seconds from one click to the next.

    pause: infinite for who only has the page open.
    """

    seconds: float
    pause: float = PAUSE


async def taught(
    room: Room, lesson: Lesson, seconds: float, kill: Callable[[], None] | None
) -> list[Pupil]:
    """All participants after the lesson. kill: what to do in the middle of it, if anything."""
    together = asyncio.Barrier(len(room.assessments) + 1 + bool(kill))

    async def killing(kill: Callable[[], None]) -> None:
        await together.wait()
        await asyncio.sleep(seconds / 2)
        lesson.killed = time.monotonic()
        await asyncio.to_thread(kill)

    async with asyncio.TaskGroup() as group:
        group.create_task(_watch(room, lesson, seconds, together))
        if kill:
            group.create_task(killing(kill))
        tasks = [
            group.create_task(attend(room, lesson, place, Pace(seconds), together))
            for place in range(len(room.assessments))
        ]
    return [task.result() for task in tasks]


async def attend(
    room: Room, lesson: Lesson, place: int, pace: Pace, together: asyncio.Barrier
) -> Pupil:
    """A participant: clicks and looks until the end, through broken connections.

    place: of their assessment.
    """
    pause = pace.pause
    random = Random(place)
    await asyncio.sleep(place / 10)  # nobody joins at the very moment of another
    ticked: dict[str, bool] = {}
    reviewed: set[str] = set()
    due, end, late = 0.0, inf, False
    while True:
        try:
            async with _opened(room, Pupil, room.assessments[place], random) as pupil:
                pupil.ticked, pupil.reviewed = ticked, reviewed
                if not due:
                    await together.wait()
                    due = time.monotonic() + (random.uniform(0, pause) if pause < inf else inf)
                    end = time.monotonic() + pace.seconds
                if late:  # what broke is over now that the page is there again
                    lesson.clicks.append((due, time.monotonic() - due))
                    due, late = due + pause, False
                while (until := min(due, end)) > time.monotonic() or due < end:
                    while (left := until - time.monotonic()) > 0:
                        await asyncio.sleep(min(0.5, left))
                        await pupil.look()
                    if due >= end:
                        break
                    late = True
                    await _click(pupil, random)
                    late = False
                    lesson.clicks.append((due, time.monotonic() - due))
                    due += pause
                return pupil
        except _BROKEN:
            if not due:
                raise
            lesson.broken += 1
            pupil.forget()
            await asyncio.sleep(random.uniform(0.2, 1))


async def _click(pupil: Pupil, random: Random) -> None:
    if random.random() < _TO_NEXT_ITEM or not await pupil.tick():
        await pupil.go_on()


async def _watch(room: Room, lesson: Lesson, seconds: float, together: asyncio.Barrier) -> None:
    """The trainer's screen, through broken connections."""
    begun, end = 0.0, 0.0
    while not end or time.monotonic() < end:
        try:
            async with _opened(room, Trainer, room.class_id, Random(0)) as trainer:
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
async def _opened(room: Room, page: type[P], document: str, random: Random) -> AsyncIterator[P]:
    """A page of a browser of its own."""
    async with connected(room.address, f"{BROWSER}={document}", room.trusted) as socket:
        opened = page(socket, document, random)
        await opened.open()
        yield opened
