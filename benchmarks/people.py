"""Many people at once, without browsers, and the processes that carry them."""

import asyncio
import os
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.class_visitors import Lesson, Pace, Pupil, Room, attend
from benchmarks.soak.crowd import answerable, lost
from state.storage.postgres import PostgresRepository
from state.storage.repository import Repository
from tests.deployment.conftest import Cluster, certified, migrate, nginx_before
from tests.servers import postgres_server

_LOWEST = 19


@dataclass(frozen=True, slots=True)
class Site:
    """App processes behind nginx, on one PostgreSQL. url: of the database. trusted: for https."""

    address: str
    trusted: ssl.SSLContext
    cluster: Cluster
    repository: Repository
    url: str


@contextmanager
def behind_nginx(processes: int) -> Iterator[Site]:
    """Start them, and end them afterwards."""
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(TemporaryDirectory()))
        folders = {name: scratch / name for name in ("apps", "nginx", "tls")}
        for folder in folders.values():
            folder.mkdir()
        server = stack.enter_context(postgres_server())
        database = stack.enter_context(server.database())
        migrate(database)
        cluster = Cluster(folders["apps"], database, processes)
        stack.callback(cluster.close)
        for name in cluster.missing():
            cluster.start(name)
        certificate = certified(folders["tls"])
        nginx = stack.enter_context(nginx_before(cluster.ports, certificate, folders["nginx"]))
        repository = PostgresRepository(database)
        stack.callback(repository.close)
        trusted = ssl.create_default_context(cafile=str(certificate / "tls.crt"))
        yield Site(nginx.address, trusted, cluster, repository, database)


def enterprises(repository: Repository, count: int) -> list[str]:
    """Keep full assessments of two standards in turn, nothing marked 不适用. Returns: their ids."""
    made = [answerable(("hazchem", "condiment")[n % 2], seed=n % 20) for n in range(min(count, 40))]
    ids = []
    for number in range(count):
        copy = made[number % len(made)].having(id=f"{number:032x}")
        repository.create(copy)
        ids.append(copy.id)
    return ids


def at_once(
    room: Room, repository: Repository, seconds: float, pause: float, active: int
) -> Lesson:
    """Open all the room's assessments; some click, the others only have theirs open.

    active: how many click. pause: seconds between two clicks of one of them.
    """
    lesson = Lesson()

    async def all_of_them() -> list[Pupil]:
        together = asyncio.Barrier(len(room.assessments))
        every = len(room.assessments) / active
        clicking = {round(n * every) for n in range(active)}
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(
                    attend(
                        room, lesson, n, Pace(seconds, pause if n in clicking else inf), together
                    )
                )
                for n in range(len(room.assessments))
            ]
        return [task.result() for task in tasks]

    with at_lowest_priority(lesson):
        visitors = asyncio.run(all_of_them())
    count_lost(lesson, room, repository, visitors)
    return lesson


def count_lost(
    lesson: Lesson, room: Room, repository: Repository, visitors: Sequence[Pupil]
) -> None:
    """Note what was answered and how much of it is not kept."""
    for one, visitor in zip(room.assessments, visitors, strict=True):
        kept = repository.load(one).work.answers
        lesson.lost += lost(kept, visitor.ticked, visitor.reviewed)
        lesson.answers += len(visitor.ticked) + len(visitor.reviewed)


@contextmanager
def at_lowest_priority(lesson: Lesson) -> Iterator[None]:
    """Until the end of the block, as far as it may be raised again; notes this process's share."""
    before = os.getpriority(os.PRIO_PROCESS, 0)
    begun, own = time.monotonic(), time.process_time()
    os.setpriority(os.PRIO_PROCESS, 0, _LOWEST)
    try:
        yield
    finally:
        cpus = os.cpu_count() or 1
        lesson.share = (time.process_time() - own) / ((time.monotonic() - begun) * cpus)
        if os.geteuid() == 0:
            os.setpriority(os.PRIO_PROCESS, 0, before)
