"""Rounds of assessment: one is finished, opened again, assessed again, followed by the next."""

import contextlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from state.documents.assessment import NAME_LENGTH, Assessment, new_id
from state.documents.changes import Change
from state.documents.finishing import begin_again, finish, is_of, reassess, reopen
from state.documents.snapshot import Snapshot
from state.service.assessments import LOCKED, AssessmentService, Forbidden, Key, Locked, Visitor
from state.service.index_line import snapshot_line
from state.service.snapshots import snapshot_of
from state.storage.repository import Moved, NotFound, Unavailable

FIRST, AFTER = "初评", "整改后"
"""What the snapshots of a sample are called."""

_SEASON = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Rounds:
    """What an assessment service does where one round ends and another begins."""

    assessments: AssessmentService

    def finish(self, key: Key, visitor: Visitor) -> Assessment:
        """Keep the assessment as a snapshot and lock it. Returns: as it is then.

        Raises: Locked where it is already; Moved where somebody changed it at that moment;
        as `AssessmentService.take_snapshot`.
        """
        before, _ = self.assessments.open(key, visitor)
        if before.locked:
            raise Locked(LOCKED)
        if before.scheme is None:
            raise Forbidden("还没有选择标准，不能完成")
        taken = self.assessments.take_snapshot(key, visitor, f"完成{before.kind}")
        locking = finish(taken.id, taken.updated, signature(visitor))

        def only_this(current: Assessment) -> Assessment:
            if not is_of(taken, current):
                raise Moved("刚才有人修改了这份自评，请看过以后再点一次")
            return locking(current)

        kept = None
        try:
            kept, _ = self.assessments.change(key, visitor, only_this)
        finally:
            mine = kept is not None and kept.locked and kept.finishings[-1].snapshot == taken.id
            if not mine:  # refused, or somebody else was quicker
                self.assessments.repository.delete(taken.id, Snapshot)
        return kept

    def reopen(self, key: Key, visitor: Visitor) -> None:
        """Let what is finished be changed again; who and when is kept. Raises: as `change`."""
        opening = reopen(datetime.now(UTC), signature(visitor))
        self.assessments.change(key, visitor, opening, even_locked=True)

    def reassess(self, key: Key, visitor: Visitor, day: date) -> None:
        """Go on to the re-assessment (复评), whether finished or not. Raises: as `change`."""
        going_on = reassess(datetime.now(UTC), signature(visitor), day)
        self.assessments.change(key, visitor, going_on, even_locked=True)

    def show(self, assessment: Assessment, visitor: Visitor, first: Change) -> None:
        """Keep a sample with two snapshots: how it was a season ago, and what became of it.

        Raises: as `AssessmentService.create`; without the snapshots where they cannot be kept.
        """
        self.assessments.create(assessment, visitor)
        now = datetime.now(UTC)
        for name, then, at in (
            (FIRST, first(assessment), now - _SEASON),
            (AFTER, assessment, now),
        ):
            taken = snapshot_of(then, name, at)
            with contextlib.suppress(Unavailable):
                self.assessments.repository.create(taken, line=snapshot_line(taken))

    def again(self, key: Key, visitor: Visitor) -> str:
        """Begin the next assessment (再次自评) from one that is finished.

        It gets copies of the snapshots that it is held against, so that it needs nobody's leave
        to see them and loses none of them with the one before. Returns: its id.
        Raises: Forbidden for what is not finished; RepositoryError.
        """
        before, _ = self.assessments.change(key, visitor, lambda a: a)  # who may edit it
        if not before.locked:
            raise Forbidden("请先完成这份自评，再开始下一次")
        begun = begin_again(before)
        copies = self._copies(key, visitor, before, begun.id)
        if not copies:
            raise NotFound("没有找到完成时的快照")
        repository = self.assessments.repository
        made: list[str] = []
        try:
            for copy in copies:
                repository.create(copy, line=snapshot_line(copy))
                made.append(copy.id)
            self.assessments.create(begun.having(previous=made), visitor)
        except Exception:
            for one in made:
                repository.delete(one, Snapshot)
            raise
        return begun.id

    def _copies(
        self, key: Key, visitor: Visitor, before: Assessment, assessment_id: str
    ) -> list[Snapshot]:
        """Of earlier rounds and of this one, oldest first; what was deleted since is left out."""
        wanted = [*before.previous, before.finishings[-1].snapshot]
        copies = []
        for snapshot_id in wanted[-50:]:
            with contextlib.suppress(NotFound):
                kept = self.assessments.open_snapshot(key, visitor, snapshot_id)
                copies.append(kept.having(id=new_id(), assessment=assessment_id))
        return copies


def signature(visitor: Visitor) -> str:
    """What somebody who signed in is called; empty for others."""
    login = visitor.login
    return (login.name or login.mail)[:NAME_LENGTH] if login else ""
