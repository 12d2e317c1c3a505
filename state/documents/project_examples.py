"""Example projects shipped in `assets/samples/projects`, with their days counted from today."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

import process
from process import Standing
from schemes.loader import read_shape
from schemes.paths import ASSETS
from schemes.problems import Problem, SchemeError
from state.documents.assessment import Assessment, new_id
from state.documents.changes import Change, set_finding, set_reviewed
from state.documents.project import Project, TeamMember, VisitRecord, new_project
from state.documents.project_changes import note_visit, plan_anew, set_standing
from state.documents.transfer import import_json

_HOME = ASSETS / "samples"


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Visit(_Shape):
    week: int
    visit: str | None = None
    by: str = ""
    done: str = ""
    coming: str = ""


class _File(_Shape):
    title: str
    process: str
    assessment: str
    enterprise: str
    firm: str
    scheme: str
    target_grade: str
    begun: int
    weeks: int
    persons: dict[str, str] = Field(default_factory=dict)
    members: tuple[TeamMember, ...] = ()
    done: dict[int, tuple[str, ...]]
    work: tuple[str, ...] = ()
    visits: tuple[_Visit, ...] = ()
    improved: tuple[str, ...] = ()
    snapshot: str


@dataclass(frozen=True, slots=True)
class ProjectExample:
    """An example: what to call it, and what it is made of.

    project: without an assessment and without visits. visits: in order; after the first of them
    `improved` was put right in the assessment, and the second snapshot is called `snapshot`.
    """

    title: str
    project: Project
    assessment: Assessment
    visits: tuple[VisitRecord, ...]
    improved: tuple[Change, ...]
    snapshot: str

    def with_visits(self, project: Project, snapshots: tuple[str, ...]) -> Project:
        """The project with its visits, each with its snapshot as far as there are any."""
        for place, visit in enumerate(self.visits):
            taken = snapshots[place] if place < len(snapshots) else None
            project = note_visit(visit.having(snapshot=taken))(project)
        return project


def example_titles() -> dict[str, str]:
    """By the name of its file, what an example is called. Raises: SchemeError."""
    return {path.stem: _read(path).title for path in sorted(_HOME.glob("projects/*.yaml"))}


def project_example(name: str, today: date) -> ProjectExample:
    """A copy of an example under new ids. Raises: SchemeError, KeyError for an unknown process."""
    file = _read(_HOME / "projects" / f"{name}.yaml")
    read = process.load(file.process)
    start = today - timedelta(weeks=file.begun)
    project = new_project(
        read.id,
        read.version,
        start,
        start + timedelta(weeks=file.weeks, days=-1),
        enterprise=file.enterprise,
        firm=file.firm,
        scheme=file.scheme,
        target_grade=file.target_grade,
        persons=file.persons,
        members=file.members,
    )
    project = plan_anew(read)(project)
    for week, entries in file.done.items():
        for entry in entries:
            project = set_standing(entry, Standing.DONE, on=_day(start, week))(project)
    for entry in file.work:
        project = set_standing(entry, Standing.WORK, on=today)(project)
    visits = [
        VisitRecord(
            id=new_id(),
            on=_day(start, one.week),
            visit=one.visit,
            by=one.by,
            done=one.done.replace("；", "\n"),
            coming=one.coming.replace("；", "\n"),
        )
        for one in file.visits
    ]
    assessment = import_json((_HOME / f"{file.assessment}.json").read_bytes())
    return ProjectExample(
        file.title, project, assessment, tuple(visits), _improved(file), file.snapshot
    )


def _improved(file: _File) -> tuple[Change, ...]:
    items = [condition.rpartition("-")[0] for condition in file.improved]
    return (*(set_finding(one, 0) for one in file.improved), set_reviewed(items, True))


def _day(start: date, week: int) -> date:
    return start + timedelta(weeks=week, days=-1)


def _read(path: Path) -> _File:
    problems: list[Problem] = []
    read = read_shape(path, _File, problems)
    if read is None:
        raise SchemeError(problems)
    return read[1]
