"""Files' contents by their hash: written whole or not at all, and checked when they are read."""

import hashlib
import os
import re
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from state.storage.atomic import TEMPORARY, flush_folder, replace
from state.storage.repository import Damaged, NotFound

_DIGEST = re.compile(r"[0-9a-f]{64}")


class FolderBlobs:
    """Files named by the SHA-256 of their content. Every method may raise Unavailable."""

    _there: Callable[[], AbstractContextManager[None]]

    def __init__(self, folder: Path) -> None:
        self.blob_folder = folder

    def put_blob(self, content: bytes) -> str:
        """Keep content and return its hash; what is damaged or missing is written again."""
        with self._there():
            return self._put_blob(content)

    def _put_blob(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        path = self._blob_path(digest)
        if path.is_file() and path.read_bytes() == content:
            os.utime(path)  # as if it were put just now; see `blobs`
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.blob_folder / f"{uuid4().hex}{TEMPORARY}"
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
        flush_folder(path.parent)
        return digest

    def blob(self, digest: str) -> bytes:
        """The content. Raises: NotFound; Damaged for anything else than what was put."""
        with self._there():
            return self._blob(digest)

    def _blob(self, digest: str) -> bytes:
        if not _DIGEST.fullmatch(digest):
            raise NotFound("没有找到这个文件")
        try:
            content = self._blob_path(digest).read_bytes()
        except FileNotFoundError:
            raise NotFound("没有找到这个文件") from None
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged("这个文件已损坏，请重新上传")
        return content

    def has_blob(self, digest: str) -> bool:
        """Whether it is there."""
        with self._there():
            return bool(_DIGEST.fullmatch(digest)) and self._blob_path(digest).is_file()

    def delete_blob(self, digest: str) -> None:
        """Remove it, if it is there."""
        with self._there():
            if _DIGEST.fullmatch(digest):
                self._blob_path(digest).unlink(missing_ok=True)

    def blobs(self, before: datetime | None = None) -> Collection[str]:
        """Hashes of all, or of those last put before then."""
        with self._there():
            found = (path for path in self.blob_folder.glob("??/*") if _DIGEST.fullmatch(path.name))
            if before is None:
                return {path.name for path in found}
            return {path.name for path in found if path.stat().st_mtime < before.timestamp()}

    def _blob_path(self, digest: str) -> Path:
        return self.blob_folder / digest[:2] / digest
