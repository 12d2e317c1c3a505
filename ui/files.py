"""By which right a session's page shows what it shows, for server/ to ask when it gives files out.

One thing is kept for the whole process: the right, by session.
"""

from dataclasses import dataclass

from state.service.assessments import AssessmentService, Key, Visitor
from state.storage.repository import RepositoryError
from ui import party
from ui.uploads import alive

_MANY = 1000

_shown: dict[str, "Shown"] = {}


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page shows, and to whom."""

    service: AssessmentService
    key: Key
    visitor: Visitor

    def stands(self) -> bool:
        """Whether it is open to them; what nobody can say just now is not."""
        try:
            self.service.open(self.key, self.visitor)
        except RepositoryError:
            return False
        return True


def note(service: AssessmentService, key: Key, visitor: Visitor) -> None:
    """Note what the session's page is about to show."""
    session, shown = party.session_id(), Shown(service, key, visitor)
    if _shown.get(session) != shown:
        _shown[session] = shown
    if len(_shown) > _MANY:
        for session in [session for session in _shown if not alive(session)]:
            _shown.pop(session, None)


def right_of(session: str) -> Shown | None:
    """By which a session's page shows what it shows; None if it shows nothing."""
    return _shown.get(session)
