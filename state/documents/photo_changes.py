"""Photos of items: added, told what they show, and taken away everywhere at once."""

from collections.abc import Mapping
from typing import Literal

from state.documents.action_changes import set_action
from state.documents.assessment import (
    MOST_OF_AN_ITEM,
    MOST_PHOTOS,
    NAME_LENGTH,
    Assessment,
    Photo,
    Work,
)
from state.documents.changes import Change

Side = Literal["before", "after"]
"""Of an action."""

Photos = dict[str, tuple[Photo, ...]]


def room(assessment: Assessment, there: int) -> int:
    """How many more photos may be where so many are."""
    return max(0, min(MOST_OF_AN_ITEM - there, left(assessment)))


def left(assessment: Assessment) -> int:
    """How many more different photos the assessment may have in all."""
    return max(0, MOST_PHOTOS - len(assessment.photos))


def add_photo(item: str, photo: Photo) -> Change:
    """Add a photo to an item; one that it has already stays as it is.

    Raises, where it is applied, pydantic.ValidationError beyond the bounds.
    """

    def change(assessment: Assessment) -> Assessment:
        kept = assessment.work.photos.get(item, ())
        if any(one.digest == photo.digest for one in kept):
            return assessment
        return _photos(assessment, {**assessment.work.photos, item: (*kept, photo)})

    return change


def add_picture(action_id: str, side: Side, photo: Photo) -> Change:
    """Add a photo before or after an action; as `add_photo`. Raises, applied: as `set_action`."""

    def change(assessment: Assessment) -> Assessment:
        action = assessment.work.actions.get(action_id)
        kept: tuple[str, ...] = getattr(action, side, ())
        if photo.digest in kept:
            return assessment
        return set_action(action_id, **{side: (*kept, photo.digest)})(assessment)

    return change


def set_caption(item: str, digest: str, caption: str) -> Change:
    """Say what a photo of an item shows."""
    words = caption.strip()[:NAME_LENGTH]

    def change(assessment: Assessment) -> Assessment:
        kept = assessment.work.photos.get(item, ())
        told = tuple(one.having(caption=words) if one.digest == digest else one for one in kept)
        return (
            assessment
            if told == kept
            else _photos(assessment, {**assessment.work.photos, item: told})
        )

    return change


def drop_photo(digest: str) -> Change:
    """Take a photo away wherever it stands.

    At any item, before and after any action, in the self-assessment below a re-assessment, in work
    for another standard.
    """

    def change(assessment: Assessment) -> Assessment:
        if digest not in assessment.photos:
            return assessment
        shelved = {name: without_photo(work, digest) for name, work in assessment.shelved.items()}
        return assessment.having(work=without_photo(assessment.work, digest), shelved=shelved)

    return change


def kept_only(assessment: Assessment, digests: frozenset[str]) -> Assessment:
    """The assessment with no other photos and logos than these."""
    for digest in assessment.photos:
        if digest not in digests:
            assessment = drop_photo(digest)(assessment)
    profile = assessment.profile
    gone = {
        name: None
        for name in ("logo", "firm_logo")
        if getattr(profile, name) not in (None, *digests)
    }
    return assessment.having(profile=profile.having(**gone)) if gone else assessment


def without_photo(work: Work, digest: str) -> Work:
    """Some work, and what it started from, without a photo."""
    if digest not in work.blobs:
        return work
    begun = work.reassessment
    if begun:
        before = without_photo(begun.self_assessment, digest)
        begun = begun.having(self_assessment=before)
    actions = {
        one: action.having(
            before=tuple(d for d in action.before if d != digest),
            after=tuple(d for d in action.after if d != digest),
        )
        if digest in action.pictures
        else action
        for one, action in work.actions.items()
    }
    photos = _without(work.photos, digest)
    return work.having(photos=photos, actions=actions, reassessment=begun)


def _without(photos: Mapping[str, tuple[Photo, ...]], digest: str) -> Photos:
    left = {
        item: tuple(one for one in several if one.digest != digest)
        for item, several in photos.items()
    }
    return {item: several for item, several in left.items() if several}


def _photos(assessment: Assessment, photos: Photos) -> Assessment:
    return assessment.having(work=assessment.work.having(photos=photos))
