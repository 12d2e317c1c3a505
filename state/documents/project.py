"""A project: one enterprise's way through a process, for one round.

It keeps whatever was ever noted, also for steps that its process no longer knows.
"""

from datetime import UTC, date, datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AfterValidator, Field, StrictBool, StringConstraints, model_validator

from process import Standing
from process.plan import Span
from state.documents.assessment import (
    NAME_LENGTH,
    NAMELESS,
    TEXT_LENGTH,
    Document,
    Id,
    KeptDocument,
    Moment,
    new_id,
    printable,
)

SCHEMA_VERSION = 2
"""Version of this document's shape; files of a later one are refused, not guessed at.

2: `Project.members`, `looks`, `installed`. What is read of an earlier shape is of this one from
then on.
"""

MOST_FILES = 20
"""Attachments of one step or deliverable."""

MOST_VISITS = 200

MOST_MEMBERS = 200

_Key = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
_Element = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\x00-\x1f\x7f]{1,80}$")]
_Name = Annotated[
    str, StringConstraints(strict=True, max_length=NAME_LENGTH), AfterValidator(printable)
]
_Text = Annotated[
    str, StringConstraints(strict=True, max_length=TEXT_LENGTH), AfterValidator(printable)
]
_Token = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{32}$")]
_Digest = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{64}$")]
_Link = Annotated[str, StringConstraints(strict=True, pattern=r"^https?://[^\s<>\"]{1,1000}$")]

Duty = Literal["lead", "deputy", "member"]
"""What somebody is in a body, such as a committee."""

FileKind = Literal["pdf", "word", "excel", "slides", "picture", "link"]


class ProjectFault(Exception):
    """Why a change to a project is not made, in the user's words."""


class Attachment(Document):
    """A file or a link that shows a step or a deliverable.

    digest: of a file's content, by which it is kept; size: its bytes. link: of a link alone.
    """

    id: Id
    name: _Name
    kind: FileKind
    digest: _Digest | None = None
    size: Annotated[int, Field(strict=True, ge=0)] = 0
    link: _Link | None = None
    at: Moment

    @model_validator(mode="after")
    def _file_or_link(self) -> Self:
        if (self.digest is None) != (self.kind == "link") or (self.link is None) == (
            self.kind == "link"
        ):
            raise ValueError("neither a file nor a link")
        return self


class Record(Document):
    """What is noted of a step or a deliverable.

    reason: why it is not needed. person: who does it, where it is somebody by name.
    """

    standing: Standing = Standing.OPEN
    reason: _Text = ""
    planned_start: date | None = None
    planned_end: date | None = None
    actual_start: date | None = None
    actual_end: date | None = None
    person: _Name = ""
    note: _Text = ""

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        for start, end in (
            (self.planned_start, self.planned_end),
            (self.actual_start, self.actual_end),
        ):
            if start and end and end < start:
                raise ValueError("ends before it begins")
        return self

    @property
    def span(self) -> Span | None:
        """The days it is planned for, where both are."""
        if self.planned_start is None or self.planned_end is None:
            return None
        return Span(self.planned_start, self.planned_end)


class VisitRecord(Document):
    """One visit of the consultant. visit: the id of that of the process it is, if any.

    done, coming: what was done, and what comes next. snapshot: taken then.
    """

    id: Id
    on: date
    visit: _Key | None = None
    by: _Name = ""
    done: _Text = ""
    coming: _Text = ""
    snapshot: Id | None = None


class TeamMember(Document):
    """Somebody of the enterprise, entered once. bodies: what they are in each, by its role's id."""

    name: _Name
    department: _Name = ""
    post: _Name = ""
    bodies: Annotated[dict[_Key, Duty], Field(max_length=40, default_factory=dict)]


class Look(Document):
    """Who looks at an element of the standard in the self-assessment, and when."""

    who: _Name = ""
    on: date | None = None


class Project(KeptDocument):
    """One enterprise's project.

    process, process_version: which process, in which version. consultant: whether there is one;
    firm: their name. assessments, snapshots: ids, in the order they joined. persons: names by
    role. records, attachments: by the id of a step or a deliverable. helpers: tokens, among
    those of `Access.links`, with which the enterprise may tick off and upload its own part.
    installed: the id of the process's document, where it is one that somebody brought.
    members: people of its bodies. looks: by the id of an element of the standard.
    """

    KIND: ClassVar[str] = "project"
    SCHEMA: ClassVar[int] = SCHEMA_VERSION

    schema_version: Annotated[
        int, Field(strict=True, ge=1, le=SCHEMA_VERSION), AfterValidator(lambda _: SCHEMA_VERSION)
    ] = SCHEMA_VERSION
    enterprise: _Name = ""
    process: _Key
    process_version: _Name
    consultant: StrictBool = True
    firm: _Name = ""
    scheme: _Key | None = None
    target_grade: _Name = ""
    start: date
    target: date
    assessments: Annotated[tuple[Id, ...], Field(max_length=20)] = ()
    snapshots: Annotated[tuple[Id, ...], Field(max_length=100)] = ()
    persons: Annotated[dict[_Key, _Name], Field(max_length=100, default_factory=dict)]
    records: Annotated[dict[_Key, Record], Field(max_length=2000, default_factory=dict)]
    attachments: Annotated[
        dict[_Key, Annotated[tuple[Attachment, ...], Field(max_length=MOST_FILES)]],
        Field(max_length=2000, default_factory=dict),
    ]
    visits: Annotated[tuple[VisitRecord, ...], Field(max_length=MOST_VISITS)] = ()
    helpers: Annotated[tuple[_Token, ...], Field(max_length=20)] = ()
    created: Moment
    members: Annotated[tuple[TeamMember, ...], Field(max_length=MOST_MEMBERS)] = ()
    looks: Annotated[dict[_Element, Look], Field(max_length=500, default_factory=dict)]
    installed: Id | None = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.target < self.start:
            raise ValueError("the target lies before the start")
        return self

    @property
    def title(self) -> str:
        """What to call it in a list."""
        return self.enterprise or NAMELESS

    @property
    def group(self) -> str:
        """The assessment it was begun with; a later one joins, and moves nothing."""
        return self.assessments[0] if self.assessments else ""

    @property
    def standard(self) -> tuple[str | None, str]:
        """The standard it is about; the version is that of its assessments."""
        return self.scheme, ""

    @property
    def blobs(self) -> tuple[str, ...]:
        """Hashes of the files attached, each once."""
        files = (one for several in self.attachments.values() for one in several)
        return tuple(dict.fromkeys(one.digest for one in files if one.digest))

    @property
    def size(self) -> int:
        """Bytes of all files attached, each content once."""
        files = (one for several in self.attachments.values() for one in several)
        return sum({one.digest: one.size for one in files if one.digest}.values())

    @property
    def standings(self) -> dict[str, Standing]:
        """What has become of each step and deliverable that something is noted of."""
        return {entry: record.standing for entry, record in self.records.items()}

    @property
    def spans(self) -> dict[str, Span]:
        """The days that steps are planned for."""
        spans = {entry: record.span for entry, record in self.records.items()}
        return {entry: span for entry, span in spans.items() if span}


def new_project(process: str, version: str, start: date, target: date, **fields: object) -> Project:
    """A project with nothing noted, not yet saved; fields: of `Project`.

    Raises: ProjectFault for a target before the start; pydantic.ValidationError.
    """
    require_forwards(start, target)
    now = datetime.now(UTC)
    return Project.model_validate(
        {
            "id": new_id(),
            "process": process,
            "process_version": version,
            "start": start,
            "target": target,
            "created": now,
            "updated": now,
            **fields,
        }
    )


def require_forwards(start: date, target: date) -> None:
    """Raises: ProjectFault for a target before the start."""
    if target < start:
        raise ProjectFault(
            f"目标日期 {target} 早于开始日期 {start}，没有保存；请把目标日期改到开始日期之后"
        )
