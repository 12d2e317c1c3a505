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
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.class_visitors import Lesson, Room, taught
from benchmarks.measure import AtMost, Row, p95, timed
from benchmarks.people import at_lowest_priority, behind_nginx, count_lost
from benchmarks.results import figures
from benchmarks.serving import ROOT, RUN, serving, wait_for_answer
from scoring import score
from state.documents.assessment import answers_of
from state.documents.cases import case_of
from state.documents.classroom import new_classroom
from state.documents.versions import scheme_of
from state.service.assessments import AssessmentService
from state.service.assessments import Visitor as Person
from state.service.classes import ClassService
from state.service.mode import Mode
from state.storage.folder import TinyRepository
from state.storage.repository import Repository

SIZES = (10, 25, 50, 100)
BIG = 150
"""Participants at two processes."""
SECONDS = 600.0

_CASE = "condiment"
_TARGET = 50
"""Participants for whom one process has targets."""
_RESTART = 2.0
"""Seconds until a process that died is started again, as in deploy/anbiao@.service."""
_DESKS = 50


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
            room = Room(address, class_id, assessments)
            return _held(room, repository, seconds, None)


def _together(size: int, seconds: float) -> Lesson:
    """Two processes behind nginx on one database; one is killed in the middle."""
    with behind_nginx(2) as site:
        class_id, assessments = _class(site.repository, size)
        room = Room(site.address, class_id, assessments, site.trusted)

        def kill() -> None:
            site.cluster.kill("first")
            time.sleep(_RESTART)
            site.cluster.start("first")

        return _held(room, site.repository, seconds, kill)


def _held(
    room: Room, repository: Repository, seconds: float, kill: Callable[[], None] | None
) -> Lesson:
    """The lesson, and what of its answers is kept."""
    lesson = Lesson()
    with at_lowest_priority(lesson):
        visitors = asyncio.run(taught(room, lesson, seconds, kill))
    count_lost(lesson, room, repository, visitors)
    return lesson


def main() -> None:
    """Print the table of a shorter run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.classroom")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--sizes", default="10,50", help="participants at one process")
    parser.add_argument("--two", type=int, default=BIG, help="at two processes; 0 for none")
    asked = parser.parse_args()
    sizes = [int(size) for size in asked.sizes.split(",") if size]
    rows = _rows(sizes, asked.two, asked.seconds)
    print(figures(rows))


if __name__ == "__main__":
    main()
