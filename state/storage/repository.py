"""What every place that keeps assessments can do, and how it says no."""

import random
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from state.documents.access import PRIVATE, Access, Right
from state.documents.assessment import Assessment
from state.documents.changes import Change
from state.documents.clashes import Clash

_ATTEMPTS = 20
_PAUSE = 0.01
"""Seconds that each further attempt may wait longer, at random, so that rivals drift apart."""

NOT_FOUND = "没有找到这份自评；链接可能不完整，或它已被删除"


@dataclass(frozen=True, slots=True)
class Summary:
    """One line in the list of assessments."""

    id: str
    title: str
    scheme: str | None
    updated: datetime
    access: Access = PRIVATE

    @classmethod
    def of(cls, assessment: Assessment, access: Access) -> "Summary":
        """The line of an assessment."""
        return cls(assessment.id, assessment.title, assessment.scheme, assessment.updated, access)

    def concerns(self, holders: Collection[str] | None) -> bool:
        """Whether it belongs in the list of somebody with these names; None: of everybody."""
        return holders is None or self.access.right(holders) > Right.NONE


class RepositoryError(Exception):
    """Something the user should be told, in words made for them."""


class NotFound(RepositoryError):
    """No assessment with that id."""


class Conflict(RepositoryError):
    """The assessment was saved by someone else since it was loaded."""


class Moved(RepositoryError):
    """The assessment is about another standard, or another round, than the change was made for."""


class Clashed(RepositoryError):
    """Somebody else has changed the same answers to other values.

    clashes: at least one.
    """

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__("同一处刚在别的窗口改过")
        self.clashes = clashes


class Damaged(RepositoryError):
    """The stored assessment cannot be read; it has been set aside, not deleted.

    copy: when the last good copy was saved that `recover` can go back to.
    """

    def __init__(self, words: str, copy: datetime | None = None) -> None:
        super().__init__(words)
        self.copy = copy


class TooNew(RepositoryError):
    """The assessment was written by a later version of this program."""


class Unavailable(RepositoryError):
    """The place itself refuses: no space, no right to write."""


class Repository(Protocol):
    """A place that keeps assessments. Every method may raise RepositoryError.

    It keeps and finds; who may do what is decided in front of it, in `state.service.assessments`.
    """

    def create(self, assessment: Assessment, access: Access = ...) -> None:
        """Keep a new assessment under its id. Raises: Conflict when the id is taken."""

    def load(self, assessment_id: str) -> Assessment:
        """The assessment as last saved. Raises: NotFound, Damaged, TooNew."""

    def save(self, assessment: Assessment, expected_revision: int) -> None:
        """Replace what is kept. Raises: Conflict when another revision is there."""

    def list(self, holders: Collection[str] | None = None) -> list[Summary]:
        """Assessments that can be read, latest first, those in the bin among them.

        holders: only what somebody with these names may see; None for all.
        """

    def delete(self, assessment_id: str) -> None:
        """Remove the assessment and every copy for good; absent ones are no error."""

    def access(self, assessment_id: str) -> Access:
        """Whose it is and to whom it is open. Raises: NotFound."""

    def change_access(self, assessment_id: str, change: Callable[[Access], Access]) -> Access:
        """Apply `change` to what is kept, alone; return what is kept now. Raises: NotFound."""

    def behind(self, token: str) -> str:
        """The id of the assessment a read-only link leads to. Raises: NotFound."""

    def recover(self, assessment_id: str) -> None:
        """Go back to the last good copy of a damaged assessment. Raises: NotFound without one."""


def update(repository: Repository, assessment_id: str, change: Change) -> Assessment:
    """Apply a change to what is kept now and save it, again if someone else was quicker.

    Raises: RepositoryError; pydantic.ValidationError when the change does not fit.
    """
    for attempt in range(_ATTEMPTS):
        time.sleep(random.uniform(0, attempt * _PAUSE))
        current = repository.load(assessment_id)
        changed = change(current)
        if changed == current:
            return current
        changed = changed.stamped()
        try:
            repository.save(changed, expected_revision=current.revision)
        except Conflict:
            continue
        return changed
    raise Conflict("同时保存的窗口太多，请稍候再试一次")
