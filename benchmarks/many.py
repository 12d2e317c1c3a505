"""As many people as one process carries, and two behind nginx with PostgreSQL.

Each is a connection of its own with 逐项自评 open, clicks once in two seconds (a random condition
or, one time in eight, on to the next item), looks again when the page does so by itself, and comes
back when a connection breaks. Times are from the moment a click is due until the server has told
that the page has run to its end. An answer is lost if the server answered and what is kept says
otherwise in the end. The two cores are those of app, nginx and database; the people run on the same
machine at the lowest priority, and their share of it is told.

`python -m benchmarks many` takes five minutes for each; for a first look
`python -m benchmarks.many --minutes 0.5 [--one 140] [--two 200]`.
"""

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.attackers import memory
from benchmarks.class_visitors import Lesson, Room
from benchmarks.measure import AtMost, Row, megabytes, p95
from benchmarks.people import at_once, behind_nginx, enterprises
from benchmarks.results import figures
from benchmarks.serving import ROOT, RUN, serving, wait_for_answer
from state.storage.folder import TinyRepository

ONE, TWO = 140, 200
"""People at one process, and at two."""

MINUTES = 5.0

_PAUSE = 2.0
_MOST = AtMost(1)


def run() -> list[Row]:
    """Both for five minutes."""
    return rows(ONE, TWO, MINUTES)


def rows(one: int, two: int, minutes: float) -> list[Row]:
    """As many people at one process and at two; 0 leaves it out."""
    found = []
    if one:
        lesson, held = _alone(one, minutes)
        name = f"{one} people, one process and a folder"
        found += told(name, lesson, _MOST)
        found.append(Row(f"{name}: memory for each", held, "all", held * one, None, megabytes))
    if two:
        with behind_nginx(2) as site:
            people = enterprises(site.repository, two)
            room = Room(site.address, "", people, site.trusted)
            lesson = at_once(room, site.repository, minutes * 60, _PAUSE, two)
        found += told(f"{two} people, two processes behind nginx", lesson, _MOST)
    return found


def _alone(people: int, minutes: float) -> tuple[Lesson, float]:
    """What they found, and megabytes that each has the process hold."""
    with TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        repository = TinyRepository(data)
        ids = enterprises(repository, people)
        with serving(RUN, ROOT, data, mode="link") as (address, server):
            wait_for_answer(address)
            before = memory(server)
            room = Room(address, "", ids)
            lesson = at_once(room, repository, minutes * 60, _PAUSE, people)
            return lesson, (memory(server) - before) / people / 1e6


def told(name: str, lesson: Lesson, most: AtMost) -> list[Row]:
    """What people found at a place. most: of a click's p95."""
    times = [took for _, took in lesson.clicks]
    return [
        Row(f"{name}: p95 of a click", p95(times), "longest", max(times), most),
        Row(f"{name}: answers lost", lesson.lost, "given", lesson.answers, AtMost(0), _count),
        Row(f"{name}: connections broken", lesson.broken, "clicks", len(times), None, _count),
        Row(f"{name}: people's own share", lesson.share, "all", 1, None, "{:.0%}".format),
    ]


def _count(value: float) -> str:
    return f"{value:.0f}"


def main() -> None:
    """Print the table of a shorter run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.many")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--one", type=int, default=ONE, help="people at one process; 0 for none")
    parser.add_argument("--two", type=int, default=TWO, help="people at two; 0 for none")
    asked = parser.parse_args()
    found = rows(asked.one, asked.two, asked.minutes)
    print(figures(found))


if __name__ == "__main__":
    main()
