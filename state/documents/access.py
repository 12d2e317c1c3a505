"""Who may see and change an assessment.

Kept beside the assessment and not in it: an export never carries it away, and no change
to the answers touches it.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import IntEnum
from string import ascii_lowercase, ascii_uppercase
from typing import Annotated

from pydantic import Field, StringConstraints

from state.documents.assessment import Document, Moment

KEEP = timedelta(days=30)
"""How long a deleted assessment can be brought back."""

MAX_LINKS = 20
MAX_SHARED = 50

BROWSER = "browser:"
"""How the names of browsers begin."""

_MAIL = "mail:"
_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)

_Holder = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\x00-\x1f\x7f]{0,600}$")]
_Element = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=80)]
_Token = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{32}$")]


class Right(IntEnum):
    """What somebody may do; each includes those before it."""

    NONE = 0
    READ = 1
    PART = 2
    EDIT = 3
    OWN = 4


class Access(Document):
    """Whose an assessment is, and to whom it is open.

    owner: the browser or person that made it, see `holder_of_browser` and `holder_of_person`;
    empty where nobody is told apart. shared: holders who may edit too.
    links: tokens of links to read. parts: of those, which may change the answers of these elements.
    deleted: when it was moved to the bin.
    Without a version of its own: what has a field that this program does not know is of a later
    one, and refused.
    """

    owner: _Holder = ""
    shared: Annotated[tuple[_Holder, ...], Field(max_length=MAX_SHARED)] = ()
    links: Annotated[tuple[_Token, ...], Field(max_length=MAX_LINKS)] = ()
    deleted: Moment | None = None
    parts: dict[_Token, Annotated[tuple[_Element, ...], Field(min_length=1, max_length=200)]] = (
        Field(default_factory=dict, max_length=MAX_LINKS)
    )

    def without_link(self, token: str) -> "Access":
        """With that link taken back."""
        links = tuple(one for one in self.links if one != token)
        parts = {one: elements for one, elements in self.parts.items() if one != token}
        return self.having(links=links, parts=parts)

    def right(self, holders: Collection[str]) -> Right:
        """What somebody with these names may do by name alone."""
        if self.owner in holders:
            return Right.OWN
        return Right.EDIT if set(self.shared) & set(holders) else Right.NONE

    def expired(self, now: datetime) -> bool:
        """Whether it has been in the bin for longer than it is kept."""
        return self.deleted is not None and now - self.deleted > KEEP


PRIVATE = Access()
"""Of nobody in particular and open to nobody by name."""


def holder_of_browser(key: str) -> str:
    """The name of a browser that is known by nothing but its key."""
    return BROWSER + key


def holder_of_person(issuer: str, subject: str) -> str:
    """The name of a signed-in person; a provider never gives one subject to two people."""
    return f"person:{issuer}|{subject}"


def holder_of_mail(address: str) -> str:
    """The name of whoever signs in with this verified e-mail address.

    Only A to Z are made small: any wider rule gives one person's address to another, as it takes
    ß for ss or the Kelvin sign for k.
    """
    return f"{_MAIL}{address.strip().translate(_SMALL)}"


def mail_of(holder: str) -> str:
    """The address in the name of somebody known by it; empty for other names."""
    return holder.removeprefix(_MAIL) if holder.startswith(_MAIL) else ""


def new_token() -> str:
    """A token nobody can guess: 128 random bits in hex."""
    return secrets.token_hex(16)
