"""Simulated participants, each with an assessment of their own, at one server.

Every participant opens 逐项自评 through a websocket and then clicks once every two seconds for five
minutes: a random condition of the item shown or, one time in eight, on to the next item. The
assessments are full ones, of `hazchem` and of `condiment` in turn. Times are from the moment a
click is due until the server has told that the page's script has run to its end; a click that has
to wait for the answer to the one before is late, and its wait counts. Drawing in the browser is not
in them. Answers are the different conditions clicked and items left; one is lost if the server
answered and the file says otherwise when all have left. Memory is the server's resident set, looked
at once a second; its growth is the largest over the smallest of the last three minutes.
"""

import asyncio
import statistics
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.measure import duration, p95
from benchmarks.serving import ROOT, RUN, serving, wait_for_answer
from benchmarks.soak.outcome import Outcome
from benchmarks.soak.visitor import Visitor, visiting
from benchmarks.subject import full_assessment
from state.documents.assessment import Assessment, SavedAnswers
from state.documents.changes import set_not_applicable
from state.storage.folder import TinyRepository

PAUSE = 2.0
"""Seconds from one click of a participant to the next."""

SIZES = (10, 25, 50)
SECONDS, SHORT = 300.0, 10.0

_SLOWEST, _GROWTH = 1.0, 0.1
"""The targets: seconds, and the share that memory may grow by."""

_TO_NEXT_ITEM = 1 / 8


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a number of participants found.

    responses: seconds, by click. lost: answers given and not kept. memory: bytes, by second.
    """

    participants: int
    responses: list[float]
    answers: int
    lost: int
    memory: list[int]

    def growth(self, seconds: int) -> float:
        """Largest over smallest memory of the last `seconds`, less one."""
        last = self.memory[-seconds:]
        return max(last) / min(last) - 1


def run(short: bool) -> Outcome:
    """Let crowds of all sizes click for five minutes; the target is for the largest."""
    seconds = SHORT if short else SECONDS
    watched = round(seconds * 3 / 5)
    header = "participants, clicks, median, p95, longest, answers, lost, memory, its growth"
    rows = [header.split(", ")]
    crowds = [visit(participants, seconds) for participants in SIZES]
    for crowd in crowds:
        times = (statistics.median(crowd.responses), p95(crowd.responses), max(crowd.responses))
        rows.append(
            [
                *map(str, (crowd.participants, len(crowd.responses))),
                *map(duration, times),
                *map(str, (crowd.answers, crowd.lost)),
                f"{crowd.memory[-1] / 2**20:.0f} MiB",
                f"{crowd.growth(watched):.1%}",
            ]
        )
    largest = crowds[-1]
    met = (
        p95(largest.responses) <= _SLOWEST
        and not any(crowd.lost for crowd in crowds)
        and largest.growth(watched) <= _GROWTH
    )
    target = (
        f"with {largest.participants} participants p95 at most {duration(_SLOWEST)}, no lost "
        f"answer, memory within {_GROWTH:.0%} over the last {watched} s"
    )
    return Outcome(rows, target, met)


def visit(participants: int, seconds: float) -> Crowd:
    """Let participants click for that long at a server of their own."""
    with TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        repository = TinyRepository(data)
        standards = ["hazchem", "condiment"]
        assessments = [answerable(standards[i % 2], seed=i) for i in range(participants)]
        for assessment in assessments:
            repository.create(assessment)
        with serving(RUN, ROOT, data) as (address, server):
            wait_for_answer(address)
            visitors, responses, memory = asyncio.run(_visit(address, assessments, seconds, server))
        missing = sum(
            lost(repository.load(assessment.id).work.answers, one.ticked, one.reviewed)
            for assessment, one in zip(assessments, visitors, strict=True)
        )
    answers = sum(len(one.ticked) + len(one.reviewed) for one in visitors)
    return Crowd(participants, responses, answers, missing, memory)


def answerable(standard: str, seed: int) -> Assessment:
    """A full one with nothing marked 不适用, as nothing could be ticked there."""
    assessment = full_assessment(standard, seed)
    for item in assessment.work.answers.not_applicable:
        assessment = set_not_applicable(item, False)(assessment)
    return assessment


def lost(kept: SavedAnswers, ticked: dict[str, bool], reviewed: set[str]) -> int:
    """How many answers, ticks by condition and items reviewed, are not in what is kept."""
    ticks = [c for c, there in ticked.items() if (c in kept.findings) != there]
    return len(ticks) + len(reviewed - set(kept.reviewed))


async def _visit(
    address: str, assessments: list[Assessment], seconds: float, server: int
) -> tuple[list[Visitor], list[float], list[int]]:
    """Participants after their visit, seconds by click, bytes of the server by second."""
    opened = asyncio.Barrier(len(assessments))
    responses: list[float] = []

    async def participate(place: int, assessment: Assessment) -> Visitor:
        random = Random(place)
        await asyncio.sleep(place * PAUSE / len(assessments))
        async with visiting(address, assessment.id, random) as visitor:
            await opened.wait()
            loop = asyncio.get_running_loop()
            due = loop.time() + random.uniform(0, PAUSE)
            end = loop.time() + seconds
            while due < end:
                await asyncio.sleep(due - loop.time())
                await _click(visitor, random)
                responses.append(loop.time() - due)
                due += PAUSE
        return visitor

    memory: list[int] = []
    watch = asyncio.create_task(_watch(server, memory))
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(participate(i, a)) for i, a in enumerate(assessments)]
    watch.cancel()
    return [task.result() for task in tasks], responses, memory


async def _click(visitor: Visitor, random: Random) -> None:
    if random.random() < _TO_NEXT_ITEM or not await visitor.tick():
        await visitor.go_on()


async def _watch(process: int, memory: list[int]) -> None:
    """Note the resident set once a second."""
    status = Path(f"/proc/{process}/status")
    while True:
        line = next(x for x in status.read_text("ascii").splitlines() if x.startswith("VmRSS:"))
        memory.append(int(line.split()[1]) * 1024)
        await asyncio.sleep(1)
