"""A process: phases, their steps, who does what, and the papers that each step leaves.

The models mirror the files key by key, docs/add-a-process.md explains each key to people who write
them. Nothing here knows what a phase or a paper is called.
"""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Side = Literal["enterprise", "consultant", "outside"]
"""Who somebody belongs to: the enterprise, its consultant, or neither, as a reviewing body."""

Made = Literal["scored", "written", "gathered"]
"""How a paper comes about: from an assessment's figures, in words, or from somewhere else, such as
a laboratory's report or papers that are there already."""

Provenance = Literal["official", "compiled"]

MOST_WEEKS = 104

Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_.-]{1,40}$")]


def _words(longest: int) -> StringConstraints:
    return StringConstraints(strict=True, min_length=1, max_length=longest, strip_whitespace=True)


Title = Annotated[str, _words(60)]
Sentence = Annotated[str, _words(200)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Role(_Shape):
    """Somebody who does something.

    stand_in: of the consultant, the role that does it in an enterprise without one.
    body: whether several people are appointed to it by name, as to a committee.
    """

    id: Id
    side: Side
    title: Title
    stand_in: Id | None = None
    body: Annotated[bool, Field(strict=True)] = False


class Duty(_Shape):
    """What a role does in a step; alone: the same, in an enterprise without a consultant."""

    role: Id
    does: Sentence
    alone: Sentence | None = None


class Deliverable(_Shape):
    """A paper that a step leaves, by the name that the source gives it.

    by: the role that owes it. parts: what it has to contain, where the source says so.
    collects: ids of deliverables that go into it. note: what to know of it, in our words.
    paper: which of the papers that the product makes it is, see `process.papers`; None where it
    comes from somewhere else or is the enterprise's own affair. bodies: roles with `body` whose
    people it is about.
    """

    id: Id
    title: Title
    made: Made
    by: Id
    parts: Annotated[tuple[Sentence, ...], Field(max_length=40)] = ()
    collects: Annotated[tuple[Id, ...], Field(max_length=100)] = ()
    note: Sentence | None = None
    provenance: Provenance = "official"
    paper: Id | None = None
    bodies: Annotated[tuple[Id, ...], Field(max_length=10)] = ()


class Step(_Shape):
    """One piece of work.

    clause: where the source has it. lead: the role whose step it is. needs: ids of the steps that
    it rests on. well: how it is done well, in our words. weeks: how long it usually takes.
    """

    id: Id
    title: Title
    clause: Title
    lead: Id
    who: Annotated[tuple[Duty, ...], Field(min_length=1, max_length=12)]
    needs: Annotated[tuple[Id, ...], Field(max_length=40)] = ()
    deliverables: Annotated[tuple[Deliverable, ...], Field(max_length=40)] = ()
    well: Sentence
    weeks: Annotated[int, Field(strict=True, ge=1, le=MOST_WEEKS)]
    provenance: Provenance = "official"


class Phase(_Shape):
    """Steps that belong together, in the order of the source; aim: what they are for."""

    id: Id
    title: Title
    clause: Title
    aim: Sentence
    note: Sentence | None = None
    steps: Annotated[tuple[Step, ...], Field(min_length=1, max_length=40)]


class Visit(_Shape):
    """A piece of work of the consultant on site; report: the deliverable that ends it."""

    id: Id
    title: Title
    report: Id


class Stage(_Shape):
    """One of the stages of being rated; step: where it is done, if it is a step of the process."""

    title: Title
    does: Sentence
    who: Annotated[tuple[Id, ...], Field(min_length=1, max_length=12)]
    step: Id | None = None


class Procedure(_Shape):
    """How a grade comes about; note: what has changed since the source."""

    clause: Title
    note: Sentence | None = None
    stages: Annotated[tuple[Stage, ...], Field(min_length=1, max_length=20)]


class Process(_Shape):
    """A whole process, checked: ids are unique and every reference leads somewhere.

    source: the text it was made from. phases: in order; in a folder one file each.
    """

    id: Id
    version: Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9]+(\.[0-9]+){0,3}$")]
    title: Title
    source: Title
    about: Sentence
    roles: Annotated[tuple[Role, ...], Field(min_length=1, max_length=40)]
    visits: Annotated[tuple[Visit, ...], Field(max_length=40)] = ()
    procedure: Procedure | None = None
    phases: Annotated[tuple[Phase, ...], Field(max_length=20)] = ()

    @cached_property
    def role(self) -> dict[str, Role]:
        """Roles by id."""
        return {role.id: role for role in self.roles}

    @cached_property
    def step(self) -> dict[str, Step]:
        """Steps by id, in order."""
        return {step.id: step for phase in self.phases for step in phase.steps}

    @cached_property
    def deliverable(self) -> dict[str, Deliverable]:
        """Deliverables by id, in order."""
        return {one.id: one for step in self.step.values() for one in step.deliverables}

    @cached_property
    def step_of(self) -> dict[str, Step]:
        """By the id of a deliverable, the step that leaves it."""
        return {one.id: step for step in self.step.values() for one in step.deliverables}

    @cached_property
    def phase_of(self) -> dict[str, Phase]:
        """By the id of a step, its phase."""
        return {step.id: phase for phase in self.phases for step in phase.steps}

    def holder(self, role_id: str, consultant: bool) -> Role:
        """Who does what a role does; without a consultant, whoever stands in for it."""
        role = self.role[role_id]
        return role if consultant or role.stand_in is None else self.role[role.stand_in]

    def side(self, entry: str, consultant: bool) -> Side:
        """Whose a step or a deliverable is. Raises: KeyError for an id of neither."""
        role = self.step[entry].lead if entry in self.step else self.deliverable[entry].by
        return self.holder(role, consultant).side
