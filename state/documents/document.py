"""What every document that is kept is made of: its base, and the words and numbers in it."""

import re
import secrets
from abc import abstractmethod
from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

NAME_LENGTH = 100
TEXT_LENGTH = 2000


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""All control characters but the tab and the line feed."""


def printable(text: str) -> str:
    """Drop control characters that no keyboard types and no font prints; keep line breaks."""
    return _CONTROL.sub("", text)


Id = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{32}$")]
Key = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\x00-\x1f\x7f]{1,80}$")]
Name = Annotated[
    str, StringConstraints(strict=True, max_length=NAME_LENGTH), AfterValidator(printable)
]
Text = Annotated[
    str, StringConstraints(strict=True, max_length=TEXT_LENGTH), AfterValidator(printable)
]
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(2000, 1, 1, tzinfo=UTC), lt=datetime(3000, 1, 1, tzinfo=UTC)),
]
Digest = Annotated[str, StringConstraints(strict=True, pattern=r"^[0-9a-f]{64}$")]
"""A file by the SHA-256 of its content."""


class Document(BaseModel):
    """What is kept: checked when it is read, and never changed in place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def having(self, **changes: object) -> Self:
        """A copy with some fields changed, checked like a document that is read.

        Raises: pydantic.ValidationError.
        """
        return type(self).model_validate({**dict(self), **changes})


class KeptDocument(Document):
    """A document that is kept by itself, under an id of its own.

    KIND: the name of its kind where it is kept. SCHEMA: the newest shape that this program
    knows; what has a later `schema_version` is refused, not guessed at.
    id: 128 random bits in hex, unique among all kinds. updated: when it was last changed.
    revision: raised by every save.
    """

    KIND: ClassVar[str]
    SCHEMA: ClassVar[int]

    id: Id
    schema_version: int
    updated: Moment
    revision: Annotated[int, Field(strict=True, ge=0)] = 0

    @property
    @abstractmethod
    def title(self) -> str:
        """What to call it in a list."""

    @property
    def group(self) -> str:
        """The id of the document it goes with; empty where it stands by itself."""
        return ""

    @property
    def standard(self) -> tuple[str | None, str]:
        """Id and version of the standard it is about, as far as there is one."""
        return None, ""

    @property
    def facts(self) -> dict[str, Any]:
        """What a list needs to know beyond the title; small."""
        return {}

    @property
    def blobs(self) -> tuple[str, ...]:
        """Hashes of the files it shows."""
        return ()

    def stamped(self) -> Self:
        """The next revision, updated now."""
        return self.model_copy(update={"revision": self.revision + 1, "updated": datetime.now(UTC)})


def new_id() -> str:
    """An id nobody can guess: 128 random bits in hex."""
    return secrets.token_hex(16)
