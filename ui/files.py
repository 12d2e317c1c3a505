"""By which right a session's page shows what it shows, for server/ to ask when it gives files out.

One thing is kept for the whole process: the right, by session.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Protocol

from state.service.assessments import AssessmentService, Key, Visitor
from state.storage.repository import RepositoryError
from ui import party
from ui.uploads import alive

_MANY = 1000

_shown: dict[str, "Right"] = {}


class Right(Hashable, Protocol):
    """By which a page shows what it shows."""

    def stands(self) -> bool:
        """Whether it has not ended; may ask the storage."""


class Opens(Protocol):
    """A door to documents of one kind."""

    def open(self, key: Key, visitor: Visitor) -> object:
        """A document, for whoever may see it. Raises: RepositoryError."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows, and to whom."""

    service: Opens
    key: Key
    visitor: Visitor

    def stands(self) -> bool:
        """Whether it is open to them; what nobody can say just now is not."""
        try:
            self.service.open(self.key, self.visitor)
        except RepositoryError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Listed:
    """That a page shows what is somebody's own: their list, and files made of it."""

    service: AssessmentService
    visitor: Visitor

    def stands(self) -> bool:
        """Whether they are still who they were."""
        try:
            self.service.names(self.visitor)
        except RepositoryError:
            return False
        return True


def note(service: Opens, key: Key, visitor: Visitor) -> None:
    """Note what the session's page is about to show."""
    note_right(Shown(service, key, visitor))


def note_list(service: AssessmentService, visitor: Visitor) -> None:
    """Note that the session's page is about to show the visitor's own list."""
    note_right(Listed(service, visitor))


def note_right(right: Right) -> None:
    """Note by which right the session's page shows what it is about to show."""
    session = party.session_id()
    if _shown.get(session) != right:
        _shown[session] = right
    if len(_shown) > _MANY:
        for session in [session for session in _shown if not alive(session)]:
            _shown.pop(session, None)


def right_of(session: str) -> Right | None:
    """By which a session's page shows what it shows; None if it shows nothing."""
    return _shown.get(session)
