"""Work goes on while the place that keeps assessments is away.

The outbox remembers what it last saw of each assessment in use. A change that cannot be saved
waits here, the assessment is shown as it will be, and everything waiting is saved, in order,
as soon as the place is back. It lives in the server's process, so a refresh or another window
finds it too; only the end of the process loses what waits, which the page says.
"""

import contextlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import RLock
from time import monotonic

from pydantic import ValidationError

from state.documents.access import PRIVATE, Access
from state.documents.assessment import Assessment
from state.documents.changes import Change
from state.documents.clashes import Clash, clashes, round_of
from state.documents.faults import first_fault
from state.service import housekeeping
from state.service.index_line import assessment_line
from state.storage.repository import (
    Clashed,
    Conflict,
    Kept,
    Moved,
    Repository,
    Unavailable,
    revised,
)

_REMEMBERED = 500
"""Assessments of which the last state is remembered."""

_PAUSE = 1.0
"""Seconds after a refusal during which the place is not asked again."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A change that is not saved yet, and what the user saw when making it."""

    change: Change
    seen: Assessment


@dataclass
class Waiting:
    """Changes of one assessment that are not saved yet, and why.

    created: whether the assessment itself still has to be kept for the first time.
    """

    why: str
    since: datetime
    created: bool = False
    changes: list[Pending] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Refused:
    """A change that waited and was not saved in the end.

    clashes: what somebody else had changed at the same place meanwhile; else `why` it no
    longer fits, in the user's words.
    """

    change: Change
    why: str = ""
    clashes: tuple[Clash, ...] = ()


def _anybody(_: Access) -> None:
    """Admit a change that was admitted when it was made."""


class _Known:
    """An assessment in use: as last kept, and what waits on top of it."""

    def __init__(self, kept: Assessment, access: Access) -> None:
        self.kept = kept
        self.access = access
        self.waiting: Waiting | None = None
        self.refused: list[Refused] = []
        self.lock = RLock()
        self._ask_again = 0.0

    def shown(self) -> Assessment:
        """As it will be when everything is saved."""
        shown = self.kept
        for pending in self.waiting.changes if self.waiting else ():
            try:
                shown = pending.change(shown)
            except ValidationError:  # told when it is refused for good
                continue
        return shown

    def wait(self, error: Unavailable) -> Waiting:
        """Begin to wait, or go on."""
        self._ask_again = monotonic() + _PAUSE
        self.waiting = self.waiting or Waiting(str(error), datetime.now(UTC))
        return self.waiting

    def flush(self, repository: Repository) -> None:
        """Save what waits. Raises: RepositoryError, with the rest still waiting."""
        with self.lock:
            if self.waiting is None:
                return
            if monotonic() < self._ask_again:
                raise Unavailable(self.waiting.why)
            try:
                if self.waiting.created:
                    with contextlib.suppress(Conflict):  # kept before, though nobody heard of it
                        repository.create(self.kept, self.access, assessment_line(self.kept))
                    self.waiting.created = False
                while self.waiting.changes:
                    self._save_first(repository, self.waiting.changes)
            except Unavailable as error:
                self.wait(error)
                raise
            self.waiting = None

    def _save_first(self, repository: Repository, changes: list[Pending]) -> None:
        change = changes[0].change
        try:
            minding = _minding(change, changes[0].seen)
            self.kept = revised(
                repository, self.kept.id, minding, assessment_line, _anybody
            ).document
        except Clashed as error:
            self.refused.append(Refused(change, clashes=tuple(error.clashes)))
        except Moved as error:
            self.refused.append(Refused(change, str(error)))
        except ValidationError as error:  # what others wrote meanwhile left no room for it
            self.refused.append(Refused(change, first_fault(error)))
        changes.pop(0)


class Outbox:
    """A repository with a memory of what is in use."""

    def __init__(self, repository: Repository) -> None:
        self.repository = repository
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = RLock()

    def create(self, assessment: Assessment, access: Access = PRIVATE) -> None:
        """Keep a new assessment, if need be in memory until it can be kept for good.

        Raises: RepositoryError other than Unavailable.
        """
        try:
            self.repository.create(assessment, access, assessment_line(assessment))
        except Unavailable as error:
            self._remember(assessment, access).wait(error).created = True

    def load(self, assessment_id: str) -> tuple[Assessment, Access]:
        """The assessment with everything that waits, and whose it is.

        Raises: RepositoryError; Unavailable only for an assessment not seen before.
        """
        known = self._known.get(assessment_id)
        try:
            if known:
                known.flush(self.repository)
            kept, access = self.repository.read(assessment_id, Assessment)
        except Unavailable:
            if known is None:
                raise
            return known.shown(), known.access
        self._remember(kept, access)
        return kept, access

    def update(
        self,
        assessment_id: str,
        change: Change,
        seen: Assessment | None = None,
        admit: Callable[[Access], None] = _anybody,
    ) -> Kept[Assessment]:
        """Save a change, or keep it until it can be saved.

        seen: what the user saw when making it; None to save it whatever happened since.
        admit: raises where whose it is forbids the change. Returns: as it is shown then.
        Raises: Clashed when somebody else changed the same answer since `seen`;
        RepositoryError; pydantic.ValidationError.
        """
        known = self._known.get(assessment_id)
        minding = _minding(change, seen)
        try:
            if known:
                known.flush(self.repository)
            kept = revised(self.repository, assessment_id, minding, assessment_line, admit)
        except Unavailable as error:
            if known is None:
                raise
            with known.lock:
                admit(known.access)
                shown = known.shown()
                minding(shown)
                known.wait(error).changes.append(Pending(change, shown))
                return Kept(known.shown(), known.access)
        if known is None or kept.document.revision >= known.kept.revision:
            self._remember(*kept)
        return kept

    def waiting(self, assessment_id: str) -> Waiting | None:
        """What is not saved yet."""
        known = self._known.get(assessment_id)
        return known.waiting if known else None

    def refused(self, assessment_id: str) -> list[Refused]:
        """Changes that waited and could not be saved in the end; told once."""
        known = self._known.get(assessment_id)
        if known is None or not known.refused:
            return []
        told, known.refused = known.refused, []
        return told

    def change_access(self, assessment_id: str, change: Callable[[Access], Access]) -> Access:
        """Change whose it is. Raises: RepositoryError."""
        known = self._known.get(assessment_id)
        if known:
            known.flush(self.repository)
        access = self.repository.change_access(assessment_id, change)
        if known:
            known.access = access
        return access

    def delete(self, assessment_id: str) -> None:
        """Remove it everywhere, with what goes along. Raises: RepositoryError."""
        housekeeping.erase(self.repository, assessment_id)
        with self._lock:
            self._known.pop(assessment_id, None)

    def recover(self, assessment_id: str) -> None:
        """Bring a damaged assessment back, as last seen here or from its last good copy.

        The copy may still be open to somebody to whom it was closed since: it comes back open to
        its owner only. Raises: RepositoryError.
        """
        self.repository.recover(assessment_id)
        self.repository.change_access(assessment_id, lambda a: a.having(links=(), shared=()))
        known = self._known.get(assessment_id)
        copy = self.repository.load(assessment_id)
        if known and known.kept.revision > copy.revision:
            line = assessment_line(known.kept)
            self.repository.save(known.kept, copy.revision, line)

    def _remember(self, kept: Assessment, access: Access) -> _Known:
        """Note what was read, unless something waits on top of what is known.

        The assessment stays known all the time, and nobody waits for one while holding the rest.
        """
        with self._lock:
            known = self._known.setdefault(kept.id, _Known(kept, access))
            self._known.move_to_end(kept.id)
            if len(self._known) > _REMEMBERED:
                idle = next(
                    (i for i, k in self._known.items() if k.waiting is None and k is not known), ""
                )
                self._known.pop(idle, None)
        with known.lock:
            if known.waiting is None:
                known.kept, known.access = kept, access
        return known


def _minding(change: Change, seen: Assessment | None) -> Change:
    """The change, refusing to overwrite what somebody else did since `seen`.

    Raises: Clashed; Moved when the change was made for answers that are put away by now.
    """
    if seen is None:
        return change

    def minding(current: Assessment) -> Assessment:
        changed = change(current)
        if current in (changed, seen):
            return changed
        mine = change(seen)
        if round_of(current) != round_of(seen) == round_of(mine) and mine.work != seen.work:
            raise Moved(
                "这份自评刚在别的窗口换了标准或它的版本，或者开始、放弃了复评，请看更新后的页面"
            )
        found = clashes(seen, mine, current, changed)
        if found:
            raise Clashed(found)
        return changed

    return minding
