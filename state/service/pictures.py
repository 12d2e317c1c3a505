"""Pictures of an assessment: who may put them there, and who may see them."""

import contextlib

from state.documents.access import Right
from state.documents.assessment import Assessment
from state.documents.pictures import checked_picture
from state.service.assessments import AssessmentService, Forbidden, Key, TooMany, Visitor
from state.service.bounds import Flow, Rate
from state.service.mode import Mode
from state.storage.repository import Damaged, NotFound, Repository

LOGO_BYTES = 5 * 2**20
"""Of the file of a logo."""

LOGO_PIXELS = 25_000_000
"""Of a logo when it is unpacked; more are no logo, and take the room of others."""

LOGO_SIDE = 800
"""Pixels of the longer side of a logo that is kept: 400 dots an inch at five centimetres."""

UPLOADED = {
    "session": Rate(60, 0.1),
    "browser": Rate(120, 0.1),
    "address": Rate(300, 0.5),
    "all": Rate(1000, 1),
}
"""Pictures, where others than one person alone may upload: each takes a moment of the processor."""


class Pictures:
    """Takes pictures in and hands them out, as the rights to their assessment allow."""

    def __init__(self, assessments: AssessmentService) -> None:
        self._assessments = assessments
        self._uploaded = Flow(UPLOADED)

    def keep_logo(self, key: Key, visitor: Visitor, data: bytes) -> str:
        """Keep a logo for an assessment that the visitor may edit. Returns: its digest.

        Whoever keeps it sets it with a change; what no document shows is cleared away in a day.
        Raises: PictureFault for what is none; Forbidden, TooMany, RepositoryError.
        """
        _, right = self._assessments.open(key, visitor)
        if right < Right.EDIT:
            raise Forbidden("这个链接只能查看，不能修改")
        if self._assessments.mode is not Mode.LOCAL and self._uploaded.take(visitor.who):
            raise TooMany("短时间内上传得太多了，这张图片没有上传，请过一会儿再试")
        picture = checked_picture(data, LOGO_PIXELS, LOGO_SIDE, LOGO_BYTES)
        return self._assessments.repository.put_blob(picture)


def picture(repository: Repository, assessment: Assessment, digest: str | None) -> bytes | None:
    """A picture that an assessment shows; None where it shows none, or it did not come along.

    The file of an assessment that was handed on has no pictures in it. Raises: Unavailable.
    """
    if digest is None or digest not in assessment.blobs:
        return None
    with contextlib.suppress(NotFound, Damaged):
        return repository.blob(digest)
    return None
