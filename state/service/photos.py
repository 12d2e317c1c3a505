"""Photos of an assessment: kept, shown to whoever may see it, and taken away for good."""

import contextlib
from collections.abc import Callable
from datetime import UTC, datetime
from secrets import token_hex

from pydantic import ValidationError

from state.documents.access import Access, Right
from state.documents.assessment import MOST_OF_AN_ITEM, MOST_PHOTOS, Assessment, Photo
from state.documents.changes import Change
from state.documents.packing import Packed
from state.documents.photo_changes import drop_photo, left, without_photo
from state.documents.photo_files import photo_of
from state.documents.snapshot import Snapshot
from state.service.assessments import AssessmentService, Forbidden, Key, TooMany, Visitor
from state.service.bounds import Flow, Rate
from state.service.housekeeping import snapshots
from state.service.index_line import snapshot_line
from state.service.mode import Mode
from state.storage.line import Line
from state.storage.repository import Damaged, NotFound, Repository, RepositoryError, patiently

_MB = 2**20

UPLOADED = {
    "session": Rate(400 * _MB, 0.2 * _MB),
    "browser": Rate(800 * _MB, 0.2 * _MB),
    "address": Rate(2000 * _MB, 1 * _MB),
    "all": Rate(4000 * _MB, 2 * _MB),
}
"""Bytes of photos as they come, where others than one person alone may upload."""

_READ_ONLY = "这个链接只能查看，不能修改"


class NoRoom(RepositoryError):
    """There are as many photos as are kept."""


class PhotoService:
    """Takes photos in and hands them out, as the rights to their assessment allow."""

    def __init__(self, assessments: AssessmentService) -> None:
        self._assessments = assessments
        self._repository = assessments.repository
        self._uploaded = Flow(UPLOADED)

    def keep(
        self, key: Key, visitor: Visitor, uploaded: bytes, put: Callable[[Photo], Change]
    ) -> Photo:
        """Keep a picture, to be shown by the change that `put` makes of it.

        Whether there is room for it is asked first. Until the change is saved, nothing shows the
        picture, and it goes after a day. Raises: PictureFault, NoRoom, RepositoryError.
        """
        assessment = self._changing(key, visitor)
        photo = Photo(digest=token_hex(32), at=datetime.now(UTC))
        try:
            put(photo)(assessment)
        except ValidationError:
            raise _no_room(assessment) from None
        self._count(visitor, len(uploaded))
        content = photo_of(uploaded)
        return photo.having(digest=self._repository.put_blob(content))

    def photo(self, key: Key, visitor: Visitor, digest: str) -> bytes:
        """A photo of an assessment that the visitor may see. Raises: RepositoryError."""
        assessment, _ = self._assessments.open(key, visitor)
        if digest not in assessment.blobs:
            raise NotFound("这张照片已被删除")
        return self._repository.blob(digest)

    def remove(
        self,
        key: Key,
        visitor: Visitor,
        digest: str,
        signed: Callable[[Change], Change] = lambda change: change,
    ) -> None:
        """Take a photo away wherever the assessment or a snapshot of it shows it, and its file.

        What is interrupted can be done again: the assessment itself comes last.
        signed: makes of the change one that says by whom it is.
        Raises: RepositoryError, pydantic.ValidationError.
        """
        assessment = self._changing(key, visitor)
        for line in snapshots(self._repository, assessment.id):
            if digest in line.blobs:
                _forget(self._repository, line.id, digest)
        self._assessments.change(key, visitor, signed(drop_photo(digest)))
        if not self._repository.shown([digest]):
            self._repository.delete_blob(digest)

    def take_in(self, packed: Packed, visitor: Visitor) -> None:
        """Keep an assessment that was read from a file, with its photos, as the visitor's.

        Raises: Forbidden, TooMany, RepositoryError, with nothing kept.
        """
        self._count(visitor, sum(map(len, packed.photos.values())))
        put_photos(
            self._repository, packed, lambda: self._assessments.create(packed.assessment, visitor)
        )

    def _changing(self, key: Key, visitor: Visitor) -> Assessment:
        assessment, right = self._assessments.open(key, visitor)
        if right < Right.EDIT:
            raise Forbidden(_READ_ONLY)
        return assessment

    def _count(self, visitor: Visitor, size: int) -> None:
        if self._assessments.mode is not Mode.LOCAL and self._uploaded.take(visitor.who, size):
            raise TooMany("短时间内上传得太多了，没有上传，请过一会儿再试")


def put_photos(repository: Repository, packed: Packed, create: Callable[[], None]) -> None:
    """Keep the photos of what was read, then what shows them.

    Raises: what `create` does; RepositoryError.
    """
    for content in packed.photos.values():
        repository.put_blob(content)
    try:
        create()
    except RepositoryError:
        if packed.photos:
            for digest in set(packed.photos) - set(repository.shown(packed.photos)):
                repository.delete_blob(digest)
        raise


def photo_reader(repository: Repository) -> Callable[[str], bytes | None]:
    """What reads a photo's content; None for one that is lost. Raises: Unavailable."""

    def read(digest: str) -> bytes | None:
        try:
            return repository.blob(digest)
        except (NotFound, Damaged):
            return None

    return read


def _no_room(assessment: Assessment) -> NoRoom:
    if left(assessment):
        return NoRoom(f"这里已有 {MOST_OF_AN_ITEM} 张照片，没有加上；可以先删除一张")
    return NoRoom(f"这份自评已有 {MOST_PHOTOS} 张照片，没有加上；可以先删除几张")


def _forget(repository: Repository, snapshot_id: str, digest: str) -> None:
    """Take a photo out of a snapshot: the one thing of what it keeps that ever changes.

    Raises: RepositoryError.
    """

    def change(snapshot: Snapshot, _: Access) -> tuple[Snapshot, Line | None]:
        less = snapshot.having(work=without_photo(snapshot.work, digest))
        less = less.model_copy(update={"revision": snapshot.revision + 1})
        return less, snapshot_line(less)

    with contextlib.suppress(NotFound):  # nothing is left to take it out of
        patiently(lambda: repository.revise(snapshot_id, change, Snapshot))
