"""A class: a trainer and participants who assess at the same time, each their own or one case.

Everything about it is kept, so that it goes on in another process; what participants answer is in
assessments of their own.
"""

import hashlib
import secrets
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import AfterValidator, Field, StrictBool, StringConstraints

from state.documents.assessment import (
    NAME_LENGTH,
    Document,
    Id,
    KeptDocument,
    Moment,
    new_id,
    printable,
)

SCHEMA_VERSION = 2
"""Version of this document's shape; files of a later one are refused, not guessed at.

2: `Classroom.elements`, `case`, `revealed`. What is read of an earlier shape is of this one from
then on, so that no program which does not know it can take it for one of its own.
"""

MOST_PARTICIPANTS = 200

LASTS = timedelta(hours=12)
"""How long a class may be joined, unless it is extended or closed before."""

NAMES_KEPT = timedelta(days=30)
"""How long names are kept after the end of a class."""

_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What codes are made of: nothing that is read for something else."""

_CODE_LENGTH = 6

_Key = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\x00-\x1f\x7f]{0,80}$")]
_Name = Annotated[
    str, StringConstraints(strict=True, max_length=NAME_LENGTH), AfterValidator(printable)
]
_Code = Annotated[str, StringConstraints(strict=True, pattern=f"^[{_SIGNS}]{{{_CODE_LENGTH}}}$")]

Stage = Literal["open", "locked", "closed"]
"""open: may be joined. locked: nobody more; who is in goes on. closed: over."""


class Participant(Document):
    """Somebody in a class, and the assessment that is theirs. name: empty once it has gone."""

    name: _Name
    assessment: Id
    joined: Moment


class Classroom(KeptDocument):
    """A class.

    scheme, scheme_version: of the standard. code: by which it is joined.
    lead: the item that everybody is led to; empty when free. ends: when it closes by itself.
    keep_names: whether names stay beyond `NAMES_KEPT`.
    elements: ids of those that it is about; empty for the whole standard.
    case: the id of what everybody assesses, see `state.documents.cases`; empty for everybody
    their own enterprise. revealed: whether participants see the case's reference answer.
    """

    KIND: ClassVar[str] = "class"
    SCHEMA: ClassVar[int] = SCHEMA_VERSION

    schema_version: Annotated[
        int, Field(strict=True, ge=1, le=SCHEMA_VERSION), AfterValidator(lambda _: SCHEMA_VERSION)
    ] = SCHEMA_VERSION
    name: _Name
    scheme: _Key
    scheme_version: _Key
    code: _Code
    stage: Stage = "open"
    lead: _Key = ""
    names_hidden: StrictBool = False
    keep_names: StrictBool = False
    created: Moment
    ends: Moment
    participants: Annotated[tuple[Participant, ...], Field(max_length=MOST_PARTICIPANTS)] = ()
    elements: Annotated[tuple[_Key, ...], Field(max_length=200)] = ()
    case: _Key = ""
    revealed: StrictBool = False

    @property
    def title(self) -> str:
        """What to call it in a list."""
        return self.name

    @property
    def standard(self) -> tuple[str | None, str]:
        """Id and version of the standard."""
        return self.scheme, self.scheme_version

    def over(self, now: datetime) -> bool:
        """Whether it has been closed, or its time is up."""
        return self.stage == "closed" or now >= self.ends

    def joinable(self, now: datetime) -> bool:
        """Whether somebody more may come in."""
        return self.stage == "open" and not self.over(now)


ClassChange: TypeAlias = Callable[[Classroom], Classroom]


def new_classroom(
    name: str, scheme: str, version: str, elements: Collection[str] = (), case: str = ""
) -> Classroom:
    """A class that may be joined from now on. Raises: pydantic.ValidationError."""
    now = datetime.now(UTC)
    return Classroom(
        id=new_id(),
        updated=now,
        name=name,
        scheme=scheme,
        scheme_version=version,
        code=new_code(),
        created=now,
        ends=now + LASTS,
        elements=tuple(elements),
        case=case,
    )


def new_code() -> str:
    """Six signs: a thousand million of them."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))


def typed_code(text: str) -> str:
    """A code as somebody typed it: in capitals, without blanks and dashes."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def token_of(code: str) -> str:
    """The token under which the index finds a class by its code."""
    return hashlib.sha256(f"class:{code}".encode()).hexdigest()[:32]


def join(name: str, assessment: str) -> ClassChange:
    """Let somebody in. Raises (applied): pydantic.ValidationError where there is no room."""
    one = Participant(name=name, assessment=assessment, joined=datetime.now(UTC))
    return lambda c: c.having(participants=(*c.participants, one))


def remove(assessment: str) -> ClassChange:
    """Take somebody out; what they answered stays theirs."""
    return lambda c: c.having(
        participants=tuple(p for p in c.participants if p.assessment != assessment)
    )


def set_stage(stage: Stage) -> ClassChange:
    """Open, lock or close it. Closing ends it now."""

    def change(classroom: Classroom) -> Classroom:
        now = datetime.now(UTC)
        ends = min(now, classroom.ends) if stage == "closed" else classroom.ends
        return classroom.having(stage=stage, ends=ends)

    return change


def extend(by: timedelta = LASTS) -> ClassChange:
    """Let it last longer from now, also when its time was up."""
    return lambda c: c.having(
        ends=datetime.now(UTC) + by, stage="locked" if c.stage == "closed" else c.stage
    )


def lead_to(item: str) -> ClassChange:
    """Lead everybody to an item; empty lets them go freely."""
    return lambda c: c.having(lead=item)


def hide_names(hidden: bool) -> ClassChange:
    """Show participants by number only."""
    return lambda c: c.having(names_hidden=hidden)


def keep_names(kept: bool) -> ClassChange:
    """Keep names beyond 30 days after the end."""
    return lambda c: c.having(keep_names=kept)


def reveal(shown: bool) -> ClassChange:
    """Show participants the reference answer of the case, or no longer."""
    return lambda c: c.having(revealed=shown)


def forget_names(classroom: Classroom) -> Classroom:
    """Take the names away; who is who is known to nobody then."""
    nameless = tuple(p.having(name="") for p in classroom.participants)
    return classroom.having(participants=nameless)


def names_due(classroom: Classroom, now: datetime) -> bool:
    """Whether the names have to go."""
    named = any(one.name for one in classroom.participants)
    return named and not classroom.keep_names and now - classroom.ends > NAMES_KEPT
