"""Work goes on while the place that keeps assessments is away.

The outbox remembers what it last saw of each assessment in use. A change that cannot be saved
waits here, the assessment is shown as it will be, and everything waiting is saved, in order,
as soon as the place is back. It lives in the server's process, so a refresh or another window
finds it too; only the end of the process loses what waits, which the page says.
"""

import contextlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
from state.service.scores import Scores
from state.storage.line import Line
from state.storage.repository import (
    Attempt,
    Clashed,
    Conflict,
    Kept,
    Moved,
    NotFound,
    Repository,
    RepositoryError,
    Unavailable,
    revised,
)

_REMEMBERED = 500
"""Assessments of which the last state is remembered; more only where something is to be told."""

_PAUSE = 1.0
"""Seconds after a refusal during which the place is not asked again."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A change that is not saved yet, and what the user saw when making it.

    tried: how it was written the last time, which may have landed though nobody heard of it.
    """

    change: Change
    seen: Assessment
    tried: Attempt | None = None


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
    """An assessment in use: as last kept, and what waits on top of it.

    lost: as it was kept before the place lost its last writes, until somebody decides.
    """

    def __init__(self, kept: Assessment, access: Access) -> None:
        self.kept = kept
        self.access = access
        self.waiting: Waiting | None = None
        self.refused: list[Refused] = []
        self.lost: Assessment | None = None
        self.lock = RLock()
        self._ask_again = 0.0

    @property
    def idle(self) -> bool:
        """Whether nothing is lost when it is forgotten."""
        return self.waiting is None and self.lost is None and not self.refused

    def shown(self) -> Assessment:
        """As it will be when everything is saved."""
        shown = self.kept
        for pending in self.waiting.changes if self.waiting else ():
            try:
                shown = pending.change(shown)
            except (ValidationError, Moved):  # told when it is refused for good
                continue
        return shown

    def learn(self, kept: Assessment, access: Access, before: Assessment | None) -> bool:
        """Note what was read or saved just now; whether writes are missing from it.

        before: what was known when that began. Whoever was slower than others notes nothing.
        """
        with self.lock:
            if self.waiting is not None:
                return False
            missing = before is self.kept and _older(kept, self.kept)
            if missing and (self.lost is None or _older(self.lost, self.kept)):
                self.lost = self.kept
            if missing or kept.revision >= self.kept.revision:
                self.kept, self.access = kept, access
            return missing

    def also_lost(self, change: Change) -> None:
        """Make a change in what was lost too, so that bringing it back undoes nothing."""
        with self.lock, contextlib.suppress(ValidationError, Moved):
            if self.lost is not None:
                self.lost = change(self.lost)

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
                error.attempt = None  # it is of a change that waits here
                raise
            self.waiting = None

    def _save_first(self, repository: Repository, changes: list[Pending]) -> None:
        change, tried = changes[0].change, changes[0].tried
        minding = _minding(change, changes[0].seen)

        def once(current: Assessment) -> Assessment:
            return current if tried and tried.landed(current) else minding(current)

        try:
            kept = revised(repository, self.kept.id, once, assessment_line, _anybody).document
            if _older(kept, self.kept):
                self.lost = self.lost or self.kept
                self.also_lost(change)
            self.kept = kept
        except Unavailable as error:
            changes[0] = replace(changes[0], tried=error.attempt or tried)
            raise
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
        self.scores = Scores()
        self._known: OrderedDict[str, _Known] = OrderedDict()
        self._lock = RLock()

    def create(self, assessment: Assessment, access: Access = PRIVATE) -> None:
        """Keep a new assessment, if need be in memory until it can be kept for good.

        Raises: RepositoryError other than Unavailable.
        """
        try:
            self.repository.create(assessment, access, assessment_line(assessment))
        except Unavailable as error:
            known = self._remember(assessment, access)
            with known.lock:
                known.wait(error).created = True

    def load(self, assessment_id: str) -> tuple[Assessment, Access]:
        """The assessment with everything that waits, and whose it is.

        Raises: RepositoryError; Unavailable only for an assessment not seen before.
        """
        known = self._known.get(assessment_id)
        try:
            if known:
                known.flush(self.repository)
            before = known.kept if known else None
            kept, access = self.repository.read(assessment_id, Assessment)
        except Unavailable:
            if known is None:
                raise
            return known.shown(), known.access
        except NotFound:
            self._forget(assessment_id)
            raise
        self._remember(kept, access).learn(kept, access, before)
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
            before = known.kept if known else None
            kept = revised(self.repository, assessment_id, minding, self._line, admit)
        except Unavailable as error:
            if known is None:
                raise
            known = self._remember(known.kept, known.access)  # others may have pushed it out
            with known.lock:
                admit(known.access)
                shown = known.shown()
                minding(shown)
                known.wait(error).changes.append(Pending(change, shown, error.attempt))
                return Kept(known.shown(), known.access)
        known = self._remember(*kept)
        known.learn(*kept, before)
        known.also_lost(change)
        return kept

    def lost(self, assessment_id: str) -> Assessment | None:
        """As it was before the place lost its last writes, with what was done here since."""
        known = self._known.get(assessment_id)
        return known.lost if known else None

    def settle_lost(
        self, assessment_id: str, back: bool, admit: Callable[[Access], None] = _anybody
    ) -> None:
        """Bring what was lost back, or leave what is kept.

        Either way it is saved as later than both, so that nobody else who saw them asks again.
        Raises: as `update` does.
        """
        known = self._known.get(assessment_id)
        lost = known.lost if known else None
        if known is None or lost is None:
            return

        def settled(current: Assessment) -> Assessment:
            chosen = lost if back else current
            return chosen.having(revision=max(current.revision, lost.revision))

        known.lost = None
        try:
            self.update(assessment_id, settled, None, admit)
        except (RepositoryError, ValidationError):
            known.lost = lost
            raise

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

    def delete(self, assessment_id: str, revision: int | None = None) -> None:
        """Remove it everywhere, with what goes along.

        Raises: Conflict when a revision is given and another one is there; RepositoryError.
        """
        housekeeping.erase(self.repository, assessment_id, revision=revision)
        self._forget(assessment_id)

    def _line(self, assessment: Assessment) -> Line:
        """Its line, of which the page that is drawn next takes the result."""
        return assessment_line(assessment, self.scores)

    def _forget(self, assessment_id: str) -> None:
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
        """What is known of an assessment in use, beginning with this.

        It stays known all the time, and nobody waits for one while holding the rest.
        """
        with self._lock:
            known = self._known.setdefault(kept.id, _Known(kept, access))
            self._known.move_to_end(kept.id)
            if len(self._known) > _REMEMBERED:
                idle = (i for i, k in self._known.items() if k.idle and k is not known)
                self._known.pop(next(idle, ""), None)
        return known


def _older(kept: Assessment, seen: Assessment) -> bool:
    """Whether writes are missing that were seen: an earlier revision, or another of that number."""
    if kept.revision == seen.revision:
        return kept.updated != seen.updated
    return kept.revision < seen.revision


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
