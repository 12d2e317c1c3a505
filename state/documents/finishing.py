"""Finishing an assessment, opening it again, and beginning the next one from it."""

from datetime import UTC, date, datetime

from state.documents.assessment import (
    Assessment,
    Entry,
    Finishing,
    SavedAnswers,
    Work,
    new_id,
)
from state.documents.changes import Change, start_reassessment
from state.documents.snapshot import Snapshot

_CONTENT = ("scheme", "profile", "chapters", "shelved")
_NO_ANSWERS = {"actions", "touched"}
"""Of the work: what is done about findings goes on after it is finished."""


def same_content(one: Assessment, other: Assessment) -> bool:
    """Whether both have the same answers, and whatever else is locked with them."""
    if any(getattr(one, name) != getattr(other, name) for name in _CONTENT):
        return False
    works = (
        {name: value for name, value in assessment.work if name not in _NO_ANSWERS}
        for assessment in (one, other)
    )
    return next(works) == next(works)


def is_of(snapshot: Snapshot, assessment: Assessment) -> bool:
    """Whether a snapshot is of the assessment as it is now."""
    then = snapshot.then.having(shelved=assessment.shelved)
    return same_content(then, assessment)


def finish(snapshot_id: str, at: datetime, by: str) -> Change:
    """Lock the assessment, which that snapshot is of. Raises: ValidationError beyond 200 times."""
    finishing = Finishing(snapshot=snapshot_id, at=at, by=by)

    def change(assessment: Assessment) -> Assessment:
        if assessment.locked:
            return assessment
        return assessment.having(finishings=[*assessment.finishings, finishing])

    return change


def reopen(at: datetime, by: str) -> Change:
    """Let it be changed again, and write down who did that and when."""

    def change(assessment: Assessment) -> Assessment:
        if not assessment.locked:
            return assessment
        *earlier, last = assessment.finishings
        opened = last.having(reopened=at, reopened_by=by)
        return assessment.having(finishings=[*earlier, opened])

    return change


def reassess(at: datetime, by: str, day: date) -> Change:
    """Go on to the re-assessment (复评) of what was finished; see `start_reassessment`."""
    return lambda assessment: start_reassessment(day)(reopen(at, by)(assessment))


def begin_again(before: Assessment) -> Assessment:
    """The next assessment of the enterprise (再次自评): profile and scope, and nothing reviewed.

    Its period, the day of application and the safety record are of their year and asked again.
    Requirements that were typed in stay, as met until somebody says otherwise.
    """
    work, answers = before.work, before.work.answers
    scope = SavedAnswers(facets=answers.facets, not_applicable=answers.not_applicable)
    entries = {
        item: [Entry(id=one.id, text=one.text) for one in listed]
        for item, listed in work.entries.items()
    }
    now = datetime.now(UTC)
    return Assessment(
        id=new_id(),
        created=now,
        updated=now,
        scheme=before.scheme,
        profile=before.profile.having(period_start=None, period_end=None, applied_on=None),
        chapters=before.chapters,
        work=Work(
            scheme_version=work.scheme_version,
            answers=scope,
            absence=work.absence,
            entries=entries,
            departments=work.departments,
        ),
        certificate=before.certificate,
        tags=before.tags,
    )


def follow(moved: dict[str, str]) -> Change:
    """Name snapshots by the ids that they have now."""

    def change(assessment: Assessment) -> Assessment:
        finishings = [
            f.having(snapshot=moved.get(f.snapshot, f.snapshot)) for f in assessment.finishings
        ]
        previous = [moved.get(one, one) for one in assessment.previous]
        return assessment.having(finishings=finishings, previous=previous)

    return change


def set_certificate(field: str, value: str | date | None) -> Change:
    """Enter one field of the certificate; what was granted is no answer, and never locked."""

    def change(assessment: Assessment) -> Assessment:
        kept = assessment.certificate.having(**{field: value})
        return assessment.having(certificate=kept)

    return change


def set_tags(tags: list[str]) -> Change:
    """Sort it under these words, each once."""
    words = list(dict.fromkeys(filter(None, map(str.strip, tags))))
    return lambda assessment: assessment.having(tags=words)


def set_archived(there: bool) -> Change:
    """Put it into the archive of the list, or take it out."""
    return lambda assessment: assessment.having(archived=there)
