"""What somebody wrote in their own words, as told apart from what they chose."""

from collections.abc import Iterator

from state.documents.assessment import Assessment


def newly_written(before: Assessment, after: Assessment) -> list[str]:
    """Texts of `after` that `before` has not at the same place, in the document's order."""
    there = dict(_texts(before))
    return [text for place, text in _texts(after) if text.strip() and there.get(place) != text]


def _texts(assessment: Assessment) -> Iterator[tuple[tuple[str, ...], str]]:
    profile, work = assessment.profile, assessment.work
    for field, value in profile:
        if isinstance(value, str) and field != "target_grade":
            yield ("profile", field), value
    for place, member in enumerate(profile.team):
        yield ("team", str(place)), f"{member.name}，{member.post}" if member.post else member.name
    for name, texts in (
        ("chapters", assessment.chapters),
        ("remarks", work.remarks),
        ("evidence", work.evidence),
        ("absence", work.absence),
        ("departments", work.departments),
    ):
        for key, text in texts.items():
            yield (name, key), text
    for action_id, action in work.actions.items():
        for field in ("problem", "cause", "measure", "temporary", "money", "remark"):
            yield ("actions", action_id, field), getattr(action, field)
    for item, entries in work.entries.items():
        for entry in entries:
            yield ("entries", item, entry.text), entry.text
    for item, photos in work.photos.items():
        for photo in photos:
            yield ("photos", item, photo.digest), photo.caption
