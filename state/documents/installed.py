"""A standard that somebody brought: in the making, then installed and never rewritten.

Kept whole: what was read, the official words beside it, and what was changed by hand. What is
installed stays as it is; a changed table is the next version, a document of its own.
"""

import secrets
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, StrictBool, StringConstraints

from schemes.brought import PREFIX
from schemes.held import MAX_LENGTH
from state.documents.document import Document, KeptDocument, Moment, Name, Text

SCHEMA_VERSION = 2
"""Version of this document's shape; files of a later one are refused, not guessed at."""

MOST_STEPS = 50
"""Changes that can be taken back."""

_Scheme = Annotated[str, StringConstraints(strict=True, pattern=rf"^{PREFIX}[0-9a-z]{{4,30}}$")]
_Version = Annotated[str, StringConstraints(strict=True, pattern=r"^([1-9][0-9]{0,3})?$")]
_Key = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
_Number = Annotated[str, StringConstraints(strict=True, pattern=r"^(\d{1,12}(\.\d{1,9})?)?$")]
_Words = Annotated[str, StringConstraints(strict=True, max_length=20_000)]
_Node = Annotated[str, StringConstraints(strict=True, max_length=40)]
_Content = Annotated[str, StringConstraints(strict=True, max_length=MAX_LENGTH)]

Stage = Literal["draft", "trial", "installed"]
"""draft: in the making. trial: a draft as it was once, to be assessed with. installed: for good."""


class Row(Document):
    """What the file says of an item. where: sheet and row; text: the official words."""

    where: Name = ""
    text: _Words = ""


class Step(Document):
    """A change: what it was made to, and the JSON of that before it. node: empty for the scheme.

    others: by id of other nodes, the JSON of those of their keys that it changed; null for one
    that was not there.
    """

    node: _Node = ""
    before: _Words
    others: Annotated[dict[_Node, _Words], Field(max_length=20_000, default_factory=dict)]


class InstalledScheme(KeptDocument):
    """A standard that somebody brought.

    scheme, version: its id and version; a draft has no version. name: the standard's title.
    file: the name of the file it was read from. by: who made it. made: when it was read;
    installed: when it was installed. everybody: whether it is for everybody.
    withdrawn: when its maker took it off the lists; what was assessed with it still needs it.
    content: as `schemes.held` has it. rows: what the file says, by item id. printed: the full
    marks that the file prints; sums: those it prints for sections, by their ids. remarks: what
    did not fit together. steps: the latest changes, the last one last.
    """

    KIND: ClassVar[str] = "scheme"
    SCHEMA: ClassVar[int] = SCHEMA_VERSION

    schema_version: Annotated[
        int, Field(strict=True, ge=1, le=SCHEMA_VERSION), AfterValidator(lambda _: SCHEMA_VERSION)
    ] = SCHEMA_VERSION
    stage: Stage = "draft"
    scheme: _Scheme
    version: _Version = ""
    name: Name
    file: Name = ""
    by: Name = ""
    made: Moment
    installed: Moment | None = None
    everybody: StrictBool = False
    content: _Content
    rows: Annotated[dict[_Key, Row], Field(max_length=20_000, default_factory=dict)]
    printed: _Number = ""
    sums: Annotated[dict[_Key, _Number], Field(max_length=5_000, default_factory=dict)]
    remarks: Annotated[tuple[Text, ...], Field(max_length=500)] = ()
    steps: Annotated[tuple[Step, ...], Field(max_length=MOST_STEPS)] = ()
    withdrawn: Moment | None = None

    @property
    def title(self) -> str:
        """What to call it in a list."""
        return self.name

    @property
    def standard(self) -> tuple[str | None, str]:
        """Its own id and version."""
        return self.scheme, self.version

    @property
    def facts(self) -> dict[str, Any]:
        """stage, whether it is for everybody, and whether it was withdrawn."""
        withdrawn = self.withdrawn is not None
        return {"stage": self.stage, "everybody": self.everybody, "withdrawn": withdrawn}


class StandardFault(Exception):
    """Why a change to a standard is not made, in the user's words."""


def new_scheme_id() -> str:
    """An id nobody can guess, for a standard somebody brings."""
    return f"{PREFIX}{secrets.token_hex(8)}"
