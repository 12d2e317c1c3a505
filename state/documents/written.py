"""What somebody wrote in their own words, as told apart from what they chose."""

from collections.abc import Iterator

from state.documents.assessment import Assessment


def newly_written(before: Assessment, after: Assessment) -> list[str]:
    """Texts of `after` that `before` has not at the same place, in the document's order."""
    there = dict(_texts(before))
    return [text for place, text in _texts(after) if text.strip() and there.get(place) != text]


def _texts(assessment: Assessment) -> Iterator[tuple[tuple[str, ...], str]]:
    profile, work = assessment.profile, assessment.work
    for field in ("name", "industry", "leader", "members"):
        yield ("profile", field), getattr(profile, field)
    for name, texts in (
        ("chapters", assessment.chapters),
        ("remarks", work.remarks),
        ("evidence", work.evidence),
        ("departments", work.departments),
    ):
        for key, text in texts.items():
            yield (name, key), text
    for item, entries in work.entries.items():
        for entry in entries:
            yield ("entries", item, entry.text), entry.text
