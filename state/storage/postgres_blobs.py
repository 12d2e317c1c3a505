"""Files' contents in PostgreSQL, by their hash."""

import hashlib
import re
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from state.storage.database import Connecting
from state.storage.deadline import Watch, in_time
from state.storage.repository import Damaged, NotFound
from state.storage.tables import BLOBS

_DIGEST = re.compile(r"[0-9a-f]{64}")


class PostgresBlobs:
    """Files by the SHA-256 of their content. Every method may raise Unavailable."""

    watch: Watch
    _connected: Connecting

    @in_time
    def put_blob(self, content: bytes) -> str:
        """Keep content and return its hash; what is there is as if put just now."""
        digest = hashlib.sha256(content).hexdigest()
        row = {"content": content, "put": func.now()}
        putting = insert(BLOBS).values(digest=digest, **row)
        with self._connected() as connection:
            connection.execute(putting.on_conflict_do_update(index_elements=["digest"], set_=row))
        return digest

    @in_time
    def blob(self, digest: str) -> bytes:
        """The content. Raises: NotFound; Damaged for anything else than what was put."""
        content = None
        if _DIGEST.fullmatch(digest):
            query = select(BLOBS.c.content).where(BLOBS.c.digest == digest)
            with self._connected() as connection:
                content = connection.scalar(query)
        if content is None:
            raise NotFound("没有找到这个文件")
        if hashlib.sha256(content).hexdigest() != digest:
            raise Damaged("这个文件已损坏，请重新上传")
        return bytes(content)

    @in_time
    def has_blob(self, digest: str) -> bool:
        """Whether it is there."""
        if not _DIGEST.fullmatch(digest):
            return False
        query = select(BLOBS.c.digest).where(BLOBS.c.digest == digest)
        with self._connected() as connection:
            return connection.scalar(query) is not None

    @in_time
    def delete_blob(self, digest: str) -> None:
        """Remove it, if it is there."""
        if _DIGEST.fullmatch(digest):
            with self._connected() as connection:
                connection.execute(delete(BLOBS).where(BLOBS.c.digest == digest))

    @in_time
    def blobs(self, before: datetime | None = None) -> Collection[str]:
        """Hashes of all, or of those last put before then."""
        query = select(BLOBS.c.digest)
        if before is not None:
            query = query.where(BLOBS.c.put < before)
        with self._connected() as connection:
            return set(connection.scalars(query))
