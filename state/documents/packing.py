"""An assessment with its photos as one file: a ZIP where there are any, else plain JSON.

What is read is bounded before it is unpacked: no more files, no larger ones and no others than an
export has.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from schemes import Library
from schemes.library import installed
from schemes.zips import BROKEN, Oversized, Unbounded, container, part_within
from state.documents.assessment import MOST_PHOTOS, Assessment
from state.documents.photo_changes import kept_only
from state.documents.photo_files import check_kept, suffix
from state.documents.pictures import MOST_KEPT, PictureFault
from state.documents.transfer import (
    MAX_BYTES,
    TransferError,
    export_document,
    export_json,
    import_document,
    import_json,
)

MAX_ON_A_PAGE = 25 * 2**20
"""Bytes of a file that a page takes; `python -m state import` takes any that is within bounds."""

_MOST_PARTS = 2 * MOST_PHOTOS + 100
"""Files in a ZIP: other programs that pack it again add their own."""

_DOCUMENT = "assessment.json"
_PHOTOS = "photos/"


_NOT_OURS = "这个 ZIP 文件不是安标自评导出的自评文件。请选择“导出自评文件”得到的 .zip 文件"
_AGAIN = "请回到原来的电脑重新导出，不要改动文件"


@dataclass(frozen=True, slots=True)
class Packed:
    """An assessment that was read, and the content of its photos by their hashes."""

    assessment: Assessment
    photos: Mapping[str, bytes] = field(default_factory=dict)


def export_file(assessment: Assessment, read: Callable[[str], bytes | None]) -> bytes:
    """The assessment as a file that `import_file` reads back.

    read: the content of a photo, None for one that is lost: the file does not mention it.
    """
    found = {digest: read(digest) for digest in assessment.blobs}
    photos = {digest: content for digest, content in found.items() if content is not None}
    if not photos:
        return export_json(assessment)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        document = export_document(kept_only(assessment, frozenset(photos)))
        package.writestr(_DOCUMENT, document, zipfile.ZIP_DEFLATED)
        for digest, content in photos.items():  # as they are: pictures do not get any smaller
            package.writestr(f"{_PHOTOS}{digest}.{suffix(content)}", content)
    return target.getvalue()


def import_file(content: bytes, library: Library = installed) -> Packed:
    """Read an exported file under a new id. Raises: TransferError."""
    if not content.startswith(b"PK"):
        return Packed(import_json(content, library))
    try:
        with container(content, _MOST_PARTS) as package:
            parts = {part.filename: part for part in package.infolist()}
            if _DOCUMENT not in parts:
                raise TransferError(_NOT_OURS)
            read = import_document(_unpacked(package, parts[_DOCUMENT], MAX_BYTES), library)
            photos = {
                digest: _photo(package, parts, place, digest)
                for place, digest in enumerate(read.blobs, 1)
            }
    except (Oversized, Unbounded) as error:
        raise TransferError(_NOT_OURS) from error
    except BROKEN as error:
        raise TransferError(f"这个 ZIP 文件打不开，可能没有下载完整。{_AGAIN}") from error
    return Packed(read, photos)


def _photo(
    package: zipfile.ZipFile, parts: Mapping[str, zipfile.ZipInfo], place: int, digest: str
) -> bytes:
    """Raises: TransferError for one that is not there, or not what the assessment says."""
    names = (f"{_PHOTOS}{digest}.{ending}" for ending in ("jpg", "png"))
    part = next((parts[name] for name in names if name in parts), None)
    if part is None:
        raise TransferError(f"文件里缺少第 {place} 张照片。{_AGAIN}")
    content = _unpacked(package, part, MOST_KEPT)
    if hashlib.sha256(content).hexdigest() != digest:
        raise TransferError(f"文件里第 {place} 张照片和导出时不一样。{_AGAIN}")
    try:
        check_kept(content)
    except PictureFault as error:
        raise TransferError(f"文件里第 {place} 张照片不是本工具保存的照片。{_AGAIN}") from error
    return content


def _unpacked(package: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    """Raises: TransferError for what unpacks to more than it may, whatever it says of itself."""
    try:
        return part_within(package, part, most)
    except Oversized as error:
        raise TransferError(f"文件里的内容展开后太大，不像导出的自评文件。{_AGAIN}") from error
