"""What the papers of a project are made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from process import Deliverable, Process, Role, Step
from process.progress import Progress, progress
from reports.content.blocks import Picture
from reports.content.subject import Subject, token_of
from schemes import Library, SchemeError, UnknownScheme
from schemes.library import installed
from scoring import Result
from state.documents.assessment import Profile
from state.documents.project import Duty, Project, TeamMember, VisitRecord
from state.documents.snapshot import Snapshot
from state.documents.versions import result_of


@dataclass(frozen=True)
class Assessed:
    """A snapshot with what it scored, by the version it was answered with.

    on: the day it was made, where the reader is.
    """

    id: str
    name: str
    on: date
    result: Result
    subject: Subject


def assessed(
    snapshot: Snapshot,
    on: date,
    library: Library = installed,
    picture: Callable[[str], bytes | None] = lambda _: None,
) -> Assessed | None:
    """A snapshot scored; None where its standard is not there.

    on: see `Assessed`. picture: what reads one of its photos, by its hash.
    """
    if snapshot.scheme is None:
        return None
    try:
        result = result_of(snapshot.scheme, snapshot.work, library)
        token = token_of(snapshot.assessment)
        subject = Subject.kept(result.scheme, snapshot, token, on, library)
        subject = replace(subject, picture=picture)
    except (UnknownScheme, SchemeError):
        return None
    return Assessed(snapshot.id, snapshot.name, on, result, subject)


@dataclass(frozen=True)
class Ground:
    """A project, its process, its snapshots in the order of time, and pictures by entry."""

    project: Project
    process: Process
    made_on: date
    snapshots: tuple[Assessed, ...] = ()
    pictures: dict[str, tuple[Picture, ...]] = field(default_factory=dict)
    library: Library = installed

    @cached_property
    def progress(self) -> Progress:
        """Where the project stands."""
        return progress(self.process, self.project.standings)

    @property
    def first(self) -> Assessed | None:
        """The snapshot that initial papers are made of."""
        return self.snapshots[0] if self.snapshots else None

    @property
    def latest(self) -> Assessed | None:
        """The snapshot that all others are made of."""
        return self.snapshots[-1] if self.snapshots else None

    @property
    def profile(self) -> Profile:
        """The enterprise, as the latest snapshot has it."""
        return self.latest.subject.profile if self.latest else Profile()

    @property
    def enterprise(self) -> str:
        """Its name; empty where nobody has written it."""
        return self.project.enterprise.strip() or self.profile.name.strip()

    @property
    def firm(self) -> str:
        """The consultant's; empty without one."""
        return self.project.firm.strip() if self.project.consultant else ""

    @property
    def helped_by(self) -> str:
        """The consultant's name as papers say it; a blank where there is one without a name."""
        return self.firm if self.project.consultant else "没有，企业自己做"

    def step(self, one: Deliverable) -> Step:
        """The step that leaves a deliverable."""
        return self.process.step_of[one.id]

    def holder(self, role: str) -> Role:
        """Who does what a role does, with or without a consultant."""
        return self.process.holder(role, self.project.consultant)

    def person(self, role: str) -> str:
        """The name of whoever has a role; empty where nobody is named."""
        return self.project.persons.get(self.holder(role).id, "").strip()

    @property
    def bodies(self) -> list[Role]:
        """Roles that people are appointed to."""
        return [role for role in self.process.roles if role.body]

    def members(self, body: str, *duties: Duty) -> list[TeamMember]:
        """Who is in a body, those who lead it first; duties: only those who are that in it."""
        order: tuple[Duty, ...] = duties or ("lead", "deputy", "member")
        people = [one for one in self.project.members if one.bodies.get(body) in order]
        return sorted(people, key=lambda one: order.index(one.bodies[body]))

    def departments(self) -> list[str]:
        """Departments that are known: of the members, then of the latest snapshot."""
        named = [one.department.strip() for one in self.project.members]
        if self.latest:
            named += map(str.strip, self.latest.subject.departments.values())
        return [*dict.fromkeys(filter(None, named))]

    def visit_of(self, one: Deliverable) -> VisitRecord | None:
        """The visit that a deliverable reports on, once it is noted."""
        visits = {visit.id for visit in self.process.visits if visit.report == one.id}
        return next((v for v in self.project.visits if v.visit in visits), None)

    def snapshot(self, snapshot_id: str | None) -> Assessed | None:
        """A snapshot by its id; None where it is erased."""
        return next((one for one in self.snapshots if one.id == snapshot_id), None)

    def before(self, one: Assessed) -> Assessed | None:
        """The snapshot before another."""
        place = self.snapshots.index(one)
        return self.snapshots[place - 1] if place else None

    def told(self, one: Assessed) -> Subject:
        """What a report of a snapshot is about, made today, with the consultant's name."""
        profile = one.subject.profile
        named = profile if profile.name else profile.having(name=self.enterprise)
        if not named.target_grade and self.project.target_grade:
            named = named.having(target_grade=self.project.target_grade)
        if self.firm:
            named = named.having(firm=self.firm)
        return replace(one.subject, made_on=self.made_on, profile=named)


def in_order(snapshots: Iterable[Assessed]) -> tuple[Assessed, ...]:
    """Snapshots by their day, those of one day in the order they came."""
    return tuple(sorted(snapshots, key=lambda one: one.on))
