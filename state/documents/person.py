"""Who signs in: what they are called, and which of their logins have ended.

Kept as a document of its own kind, so that every process knows that somebody has signed out.
"""

from hashlib import sha256
from typing import Annotated, ClassVar, Self

from pydantic import Field, StringConstraints

from state.documents.assessment import Id, KeptDocument

MOST_ENDED = 200
"""Single logins that are remembered as ended; more of them end all up to the latest forgotten."""

_Seconds = Annotated[int, Field(strict=True, ge=0, le=2**40)]
_Words = Annotated[str, StringConstraints(strict=True, pattern=r"^[^\x00-\x1f\x7f]{0,600}$")]


class Person(KeptDocument):
    """Somebody by the name that a provider's issuer and subject make, see `holder_of_person`.

    id: made of the holder. mail: their verified address, empty without. name: as the provider
    says. ended: times of issue, in seconds since 1970 by the provider's clock, of single logins
    that have ended. ended_until: logins issued then or before have ended, all of them.
    """

    KIND: ClassVar[str] = "person"
    SCHEMA: ClassVar[int] = 1

    id: Id
    schema_version: Annotated[int, Field(strict=True, ge=1, le=1)] = 1
    holder: _Words
    mail: _Words = ""
    name: _Words = ""
    ended: Annotated[tuple[_Seconds, ...], Field(max_length=MOST_ENDED)] = ()
    ended_until: _Seconds = 0

    @property
    def title(self) -> str:
        """The address, by which an administrator finds them."""
        return self.mail or self.name

    def has_ended(self, issued: int) -> bool:
        """Whether the login issued then has."""
        return issued <= self.ended_until or issued in self.ended

    def without(self, issued: int) -> Self:
        """With that login ended."""
        if self.has_ended(issued):
            return self
        ended = sorted({*self.ended, issued})
        until = max([self.ended_until, *ended[:-MOST_ENDED]])
        return self.having(ended=tuple(ended[-MOST_ENDED:]), ended_until=until)

    def without_all(self, until: int) -> Self:
        """With all logins ended that were issued then or before."""
        left = tuple(issued for issued in self.ended if issued > until)
        return self.having(ended=left, ended_until=max(until, self.ended_until))


def id_of_person(holder: str) -> str:
    """The id that somebody's document is kept under."""
    return sha256(holder.encode()).hexdigest()[:32]
