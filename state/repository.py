"""What every place that keeps assessments can do, and how it says no."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from state.assessment import Assessment
from state.changes import Change

_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class Summary:
    """One line in the list of assessments."""

    id: str
    title: str
    scheme: str | None
    updated: datetime


class RepositoryError(Exception):
    """Something the user should be told, in words made for them."""


class NotFound(RepositoryError):
    """No assessment with that id."""


class Conflict(RepositoryError):
    """The assessment was saved by someone else since it was loaded."""


class Damaged(RepositoryError):
    """The stored assessment cannot be read; it has been set aside, not deleted."""


class TooNew(RepositoryError):
    """The assessment was written by a later version of this program."""


class Unavailable(RepositoryError):
    """The place itself refuses: no space, no right to write."""


class Repository(Protocol):
    """A place that keeps assessments. Every method may raise RepositoryError."""

    def create(self, assessment: Assessment) -> None:
        """Keep a new assessment under its id."""

    def load(self, assessment_id: str) -> Assessment:
        """The assessment as last saved. Raises: NotFound, Damaged, TooNew."""

    def save(self, assessment: Assessment, expected_revision: int) -> None:
        """Replace what is kept. Raises: Conflict when another revision is there."""

    def list(self) -> list[Summary]:
        """All assessments that can be read, latest first."""

    def delete(self, assessment_id: str) -> None:
        """Remove the assessment; absent ones are no error."""


def update(repository: Repository, assessment_id: str, change: Change) -> Assessment:
    """Apply a change to what is kept now and save it, again if someone else was quicker.

    Raises: RepositoryError; pydantic.ValidationError when the change does not fit.
    """
    for _ in range(_ATTEMPTS):
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
