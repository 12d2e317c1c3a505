"""A city: 2,000 enterprises assess themselves in one week, 400 have their page open at once.

150 of the 400 click every four seconds, the others only have the page open, which looks again by
itself as a browser's does. Four processes stand behind nginx and keep 2,000 full assessments in
PostgreSQL. Times and losses are as in `many`, and so are the people, their priority and share.
Rows a second are those that the database inserted or changed; memory is what the processes hold
more than before the first page, by open page.

`python -m benchmarks city` takes ten minutes; for a first look
`python -m benchmarks.city --minutes 0.5 [--open 400] [--active 150] [--processes 4]`.
"""

import argparse

import psycopg

from benchmarks.attackers import memory
from benchmarks.class_visitors import Room
from benchmarks.many import told
from benchmarks.measure import AtMost, Row
from benchmarks.people import at_once, behind_nginx, enterprises
from benchmarks.results import figures

ENTERPRISES, OPEN, ACTIVE, PROCESSES = 2000, 400, 150, 4
PAUSE, MINUTES = 4.0, 10.0
"""Seconds from one click to the next of who is active; how long."""


def run() -> list[Row]:
    """Ten minutes of the city."""
    return rows(OPEN, ACTIVE, PROCESSES, MINUTES)


def rows(opened: int, active: int, processes: int, minutes: float) -> list[Row]:
    """So many pages open at once, of which some are active."""
    seconds = minutes * 60
    with behind_nginx(processes) as site:
        people = enterprises(site.repository, max(ENTERPRISES, opened))
        before, written = sum(map(memory, site.cluster.ids)), _written(site.url)
        room = Room(site.address, "", people[:opened], site.trusted)
        lesson = at_once(room, site.repository, seconds, PAUSE, active)
        held = sum(map(memory, site.cluster.ids)) - before
        written = _written(site.url) - written
    name = f"city, {opened} open, {active} active, {processes} processes"
    clicks = len(lesson.clicks) / seconds
    return [
        *told(name, lesson, AtMost(1)),
        Row(f"{name}: memory by page", held / opened / 1e6, "all", held / 1e6, None, _megabytes),
        Row(f"{name}: rows written a second", written / seconds, "clicks", clicks, None, _number),
    ]


def _written(database: str) -> int:
    """Rows that the database has inserted or changed so far, as far as it has counted."""
    with psycopg.connect(database) as connection:
        found = connection.execute(
            "SELECT sum(n_tup_ins + n_tup_upd)::bigint FROM pg_stat_user_tables"
        ).fetchone()
    return int(found[0]) if found else 0


def _megabytes(value: float) -> str:
    return f"{value:.2g} MB" if value < 10 else f"{value:.0f} MB"


def _number(value: float) -> str:
    return f"{value:.3g}"


def main() -> None:
    """Print the table of a shorter run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.city")
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--open", type=int, default=OPEN, help="pages open at once")
    parser.add_argument("--active", type=int, default=ACTIVE, help="of these, who click")
    parser.add_argument("--processes", type=int, default=PROCESSES, choices=[2, 3, 4])
    asked = parser.parse_args()
    found = rows(asked.open, asked.active, asked.processes, asked.minutes)
    print(figures(found))


if __name__ == "__main__":
    main()
