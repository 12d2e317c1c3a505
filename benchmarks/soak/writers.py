"""Eight processes at a time change one assessment, each its own, or one project.

Every change is an answer of its own, applied by `state.storage.repository.update` as the app
does it. A change is lost if `update` returned and the answer is not in the file in the end;
one that `update` refused with an error was not promised, and is counted apart. Of a project each
change is a note on a step of its own, as the project's page saves it.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.soak.outcome import Outcome
from benchmarks.soak.stores import STORES, UNREADABLE
from benchmarks.subject import full_assessment
from state.documents.changes import set_finding
from state.documents.project import Project, new_project
from state.documents.project_changes import set_record
from state.service.project_saving import save_project
from state.storage.folder import TinyRepository
from state.storage.repository import Repository, RepositoryError, update

WRITERS = 8
CHANGES, SHORT = 200, 20
"""Changes by each writer."""

_PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Tally:
    """How many changes were acknowledged, how many of these were lost, how many refused."""

    saved: int
    lost: int
    refused: int


def run(short: bool) -> Outcome:
    """Both ways over either store; the target is for this app's."""
    header = "store, writers, assessments, changes acknowledged, lost, refused"
    rows = [header.split(", ")]
    met = True
    for name, store_in in STORES.items():
        for assessments in (1, WRITERS):
            tally = write(store_in, assessments, SHORT if short else CHANGES)
            numbers = (WRITERS, assessments, tally.saved, tally.lost, tally.refused)
            rows.append([name, *map(str, numbers)])
            met = met and (name != "this app" or tally.lost == 0)
    tally = write_project(SHORT if short else CHANGES)
    rows.append(
        ["this app, a project", *map(str, (WRITERS, 1, tally.saved, tally.lost, tally.refused))]
    )
    met = met and tally.lost == 0
    return Outcome(rows, "no lost change in this app's store", met)


def write(store_in: Callable[[Path], Repository], assessments: int, changes: int) -> Tally:
    """Let every writer make that many changes, the writers shared out among the assessments."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        store = store_in(folder)
        shared = [full_assessment() for _ in range(assessments)]
        for assessment in shared:
            store.create(assessment)
        ids = [assessment.id for assessment in shared]
        tasks = _together(
            _write, [(store_in, folder, ids[w % assessments], w, changes) for w in range(WRITERS)]
        )
        saved = [(ids[w % assessments], answers) for w, answers in enumerate(tasks)]
        kept = {assessment_id: _findings(store, assessment_id) for assessment_id in ids}
    done = sum(len(answers) for _, answers in saved)
    lost = sum(len(answers - kept[assessment_id]) for assessment_id, answers in saved)
    return Tally(done, lost, WRITERS * changes - done)


def write_project(changes: int) -> Tally:
    """Let every writer note that much on one project of this app's store."""
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        store = TinyRepository(folder)
        project = new_project("consultancy", "1.0", date(2026, 1, 5), date(2026, 11, 8))
        store.create(project)
        saved = _together(_note, [(folder, project.id, w, changes) for w in range(WRITERS)])
        kept = set(store.load(project.id, Project).records)
    done = sum(map(len, saved))
    return Tally(done, sum(len(steps - kept) for steps in saved), WRITERS * changes - done)


def _together(write: Callable[..., set[str]], inputs: list[tuple[Any, ...]]) -> list[set[str]]:
    """What each writer says was acknowledged, all having begun at once."""
    processes = get_context("spawn")  # forks would share what this process has open
    together = processes.Barrier(WRITERS)
    with ProcessPoolExecutor(WRITERS, processes, initializer=_meet, initargs=(together,)) as pool:
        return [task.result() for task in [pool.submit(write, *one) for one in inputs]]


def _note(folder: Path, project_id: str, me: int, changes: int) -> set[str]:
    """The steps whose notes were acknowledged."""
    store, saved = TinyRepository(folder), set()
    for n in range(changes):
        step = f"soak-{me}-{n}"
        try:
            save_project(store, project_id, set_record(step, note="soak"))
        except RepositoryError:
            continue
        saved.add(step)
    return saved


def _meet(together: Barrier) -> None:
    """Begin only when all have started."""
    together.wait(_PATIENCE)


def _write(
    store_in: Callable[[Path], Repository], folder: Path, assessment_id: str, me: int, changes: int
) -> set[str]:
    """The answers that were acknowledged."""
    store = store_in(folder)
    saved = set()
    for n in range(changes):
        answer = f"soak-{me}-{n}"
        try:
            update(store, assessment_id, set_finding(answer, 1))
        except UNREADABLE:
            continue
        saved.add(answer)
    return saved


def _findings(store: Repository, assessment_id: str) -> set[str]:
    """The answers in the file; none if it cannot be read."""
    try:
        return set(store.load(assessment_id).work.answers.findings)
    except UNREADABLE:
        return set()
