"""States that the visitor may hold side by side, each by a word that tells nothing: its choice.

A choice is an assessment's id for how it is now, or `<assessment>/<snapshot>`. What it leads to
is opened anew each time, by the visitor's right of that moment.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

import wording.dates
from reports.content.history import SideBySide
from reports.orders import State, side
from state.documents.assessment import Assessment
from state.service.assessments import AssessmentService, Key, Visitor
from state.storage.line import Line, Query
from state.storage.repository import NotFound
from wording.history import NOW, state_words

_MOST_OTHERS = 1000
"""Other assessments that are offered."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A state that may be chosen. moment: when it was kept; None for now."""

    key: str
    name: str
    enterprise: str
    moment: datetime | None


def choices(
    service: AssessmentService, visitor: Visitor, assessment: Assessment, key: Key
) -> list[Choice]:
    """An assessment as it is now and as it was, the latest first. Raises: RepositoryError."""
    title = assessment.title
    now = Choice(assessment.id, NOW, title, None)
    then = [
        Choice(f"{assessment.id}/{line.id}", line.title, title, line.updated)
        for line in service.list_snapshots(key, visitor)
        if line.standard == assessment.scheme
    ]
    return [now, *then]


def others(service: AssessmentService, visitor: Visitor, assessment: Assessment) -> list[Line]:
    """Lines of the visitor's other assessments on the same standard. Raises: RepositoryError."""
    found = service.list(visitor, Query(deleted=False, limit=_MOST_OTHERS))
    return [
        line
        for line in found.lines
        if line.standard == assessment.scheme
        and line.id != assessment.id
        and not line.is_unreadable
    ]


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose choices are opened: by whom, and by what the session's own assessment is open."""

    service: AssessmentService
    visitor: Visitor
    here: Key
    zone: tzinfo | None

    def side_by_side(self, chosen: Sequence[str]) -> SideBySide:
        """The states of some choices, the earliest first, with what they scored.

        Raises: RepositoryError, NotFound also where a standard is not there.
        """
        try:
            return SideBySide(tuple(map(side, self.states(chosen))))
        except LookupError as error:
            raise NotFound("没有它的标准，或没有标准的这一版") from error

    def states(self, chosen: Sequence[str]) -> list[State]:
        """The states of some choices, the earliest first. Raises: RepositoryError."""
        opened = sorted(map(self._opened, chosen), key=lambda one: one.moment)
        if any(one.then.scheme is None for one in opened):
            raise NotFound("还没有选择标准")
        return [
            State(one.name, wording.dates.local_time(one.moment, self.zone)[:10], one.then)
            for one in opened
        ]

    def _opened(self, choice: str) -> "_Opened":
        assessment_id, _, snapshot_id = choice.partition("/")
        own = self.service.open(self.here, self.visitor)[0]
        key = self.here if own.id == assessment_id else Key(assessment_id)
        if not snapshot_id:
            now = own if key is self.here else self.service.open(key, self.visitor)[0]
            return _Opened(NOW, datetime.now(UTC), now)
        snapshot = self.service.open_snapshot(key, self.visitor, snapshot_id)
        return _Opened(snapshot.name, snapshot.updated, snapshot.then)


@dataclass(frozen=True, slots=True)
class _Opened:
    name: str
    moment: datetime
    then: Assessment


def told_apart(found: Iterable[Choice], zone: tzinfo | None) -> dict[str, str]:
    """What each choice is called, by its key; with the enterprise where there are several."""
    found = list(found)
    several = len({choice.key.partition("/")[0] for choice in found}) > 1
    return distinct(
        {
            choice.key: state_words(
                choice.name,
                wording.dates.local_time(choice.moment, zone) if choice.moment else "",
                choice.enterprise if several else "",
            )
            for choice in found
        }
    )


def distinct(names: Mapping[str, str]) -> dict[str, str]:
    """The names by key, with a number where one was there before: a browser sends names only."""
    taken = Counter[str]()
    told = {}
    for key, name in names.items():
        taken[name] += 1
        told[key] = name if taken[name] == 1 else f"{name} #{taken[name]}"
    return told
