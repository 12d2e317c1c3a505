"""Snapshots as they are taken: with what the answers score at that moment."""

from datetime import datetime

from state.documents.assessment import Assessment, new_id
from state.documents.snapshot import Snapshot
from state.service.index_line import assessment_figures


def snapshot_of(assessment: Assessment, name: str, at: datetime) -> Snapshot:
    """An assessment as it is, not yet kept. at: when that was.

    Raises: pydantic.ValidationError for a name that is too long.
    """
    return Snapshot(
        id=new_id(),
        assessment=assessment.id,
        name=name,
        updated=at,
        scheme=assessment.scheme,
        profile=assessment.profile,
        chapters=assessment.chapters,
        work=assessment.work,
        figures=assessment_figures(assessment),
    )
