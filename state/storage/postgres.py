"""Documents in PostgreSQL, for organisations with several servers."""

import contextlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, overload

from pydantic import ValidationError
from sqlalchemy import (
    ARRAY,
    Connection,
    Row,
    Text,
    and_,
    delete,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from state.documents.access import PRIVATE, Access
from state.documents.assessment import Assessment, KeptDocument
from state.storage.database import SILENCE, connect, refusals
from state.storage.deadline import Watch, in_time
from state.storage.line import EVERYTHING, Found, Line, Query
from state.storage.migrate import require_newest
from state.storage.postgres_blobs import PostgresBlobs
from state.storage.postgres_rows import (
    LINE,
    access_row,
    checked,
    conditions,
    described,
    document_row,
    kept_row,
    lines_of,
    replaced,
    written,
)
from state.storage.repository import NOT_FOUND, Conflict, D, Damaged, Kept, NotFound
from state.storage.tables import DOCUMENTS

_HEX = re.compile(r"[0-9a-f]{32}")

_C = DOCUMENTS.c


class PostgresRepository(PostgresBlobs):
    """A database of documents, safe for several windows, threads, processes and servers.

    It connects when it is first used, and again by itself after the database was away.
    """

    def __init__(self, address: str) -> None:
        """Use a `postgresql://` address. Raises: Unavailable for text that is none."""
        self._engine = connect(address)
        self.watch = Watch(SILENCE)
        self._newest = False

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    @in_time
    def create(
        self, document: KeptDocument, access: Access = PRIVATE, line: Line | None = None
    ) -> None:
        """Keep a new document. Raises: Conflict when the id is taken; Unavailable."""
        row = {
            "id": document.id,
            "kind": document.KIND,
            "access": access.model_dump(mode="json"),
            **written(document, line),
        }
        adding = insert(DOCUMENTS).values(row).on_conflict_do_nothing().returning(_C.id)
        with self._connected() as connection:
            if connection.scalar(adding) is None:
                raise Conflict("同一编号的内容已经存在")

    @in_time
    def read(self, document_id: str, kind: type[D]) -> Kept[D]:
        """A document and whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        with self._opened(document_id) as connection:
            return kept_row(connection, checked(document_id), kind)

    @overload
    def load(self, document_id: str) -> Assessment: ...

    @overload
    def load(self, document_id: str, kind: type[D]) -> D: ...

    def load(self, document_id: str, kind: type[KeptDocument] = Assessment) -> KeptDocument:
        """A document as last saved. Raises: NotFound, Damaged, TooNew, Unavailable."""
        return self._document(document_id, kind)

    @in_time
    def _document(self, document_id: str, kind: type[KeptDocument]) -> KeptDocument:
        with self._opened(document_id) as connection:
            return document_row(connection, checked(document_id), kind, NOT_FOUND)

    @in_time
    def access(self, document_id: str, kind: type[KeptDocument] = Assessment) -> Access:
        """Whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        with self._connected() as connection:
            return access_row(connection, checked(document_id), kind)

    @in_time
    def save(
        self, document: KeptDocument, expected_revision: int, line: Line | None = None
    ) -> None:
        """Replace what is kept.

        Raises: Conflict, NotFound, Damaged, TooNew, Unavailable.
        """
        with self._opened(document.id) as connection:
            if replaced(connection, document, expected_revision, line):
                return
            document_row(
                connection, document.id, type(document), "这份自评已被删除，刚才的修改没有保存"
            )
        raise Conflict("刚在别处保存过")

    @in_time
    def revise(
        self,
        document_id: str,
        change: Callable[[D, Access], tuple[D, Line | None]],
        kind: type[D],
    ) -> Kept[D]:
        """Read, change and save in one transaction.

        Raises: NotFound, Conflict, Damaged, TooNew, Unavailable, and what `change` raises.
        """
        with self._opened(document_id) as connection:
            kept = kept_row(connection, checked(document_id), kind)
            changed, line = change(*kept)
            if changed != kept.document and not replaced(
                connection, changed, kept.document.revision, line
            ):
                raise Conflict("刚在别处保存过")
        return Kept(changed, kept.access)

    @in_time
    def change_access(
        self,
        document_id: str,
        change: Callable[[Access], Access],
        kind: type[KeptDocument] = Assessment,
    ) -> Access:
        """Change whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        with self._connected() as connection:
            changed = change(access_row(connection, checked(document_id), kind, alone=True))
            connection.execute(
                update(DOCUMENTS)
                .where(_C.id == document_id)
                .values(access=changed.model_dump(mode="json"))
            )
        return changed

    @in_time
    def ids(self, kind: type[KeptDocument] = Assessment) -> set[str]:
        """Of everything kept, also what cannot be read. Raises: Unavailable."""
        with self._connected() as connection:
            return set(connection.scalars(select(_C.id).where(_C.kind == kind.KIND)))

    def list(self, query: Query = EVERYTHING, kind: type[KeptDocument] = Assessment) -> Found:
        """Lines that can be read. Raises: Unavailable."""
        count, rows = self._page(query, kind)
        return Found([*lines_of(rows, kind)], count)

    @in_time
    def _page(self, query: Query, kind: type[KeptDocument]) -> tuple[int, Sequence[Row[Any]]]:
        """How many lines there are, and the rows of one page."""
        wanted = and_(*conditions(query, kind))
        lines = (
            select(*LINE)
            .where(wanted)
            .order_by(_C.updated.desc(), _C.id)
            .limit(query.limit)
            .offset(query.offset)
        )
        with self._connected() as connection:
            count = connection.scalar(select(func.count()).select_from(DOCUMENTS).where(wanted))
            rows = [] if query.limit == 0 else connection.execute(lines).all()
        return count or 0, rows

    @in_time
    def line(self, document_id: str, kind: type[KeptDocument] = Assessment) -> Line:
        """What the index has of a document. Raises: NotFound, Unavailable."""
        one = select(*LINE).where(_C.id == checked(document_id), _C.kind == kind.KIND)
        with self._connected() as connection:
            rows = connection.execute(one).all()
        for line in lines_of(rows, kind):
            return line
        raise NotFound(NOT_FOUND)

    @in_time
    def undescribed(self, limit: int, kind: type[D]) -> Sequence[D]:
        """Documents whose line is of another revision. Raises: Unavailable."""
        query = (
            select(_C.document)
            .where(_C.kind == kind.KIND, _C.schema_version <= kind.SCHEMA)
            .where(_C.described.is_distinct_from(_C.revision))
            .limit(limit)
        )
        found = []
        with self._connected() as connection:
            for document in connection.scalars(query):
                with contextlib.suppress(ValidationError):
                    found.append(kind.model_validate(document))
        return found

    @in_time
    def describe(self, document: KeptDocument, line: Line) -> None:
        """Replace a document's line, if that is still what is kept. Raises: Unavailable."""
        same = _C.id == document.id, _C.revision == document.revision
        with self._connected() as connection:
            connection.execute(
                update(DOCUMENTS).where(*same).values(described(line, document.revision))
            )

    def refresh(self) -> None:
        """Nothing comes past the index here: it is in the same rows."""

    @in_time
    def behind(self, token: str, kind: type[KeptDocument] = Assessment) -> str:
        """The id a read-only link leads to. Raises: NotFound, Unavailable."""
        if _HEX.fullmatch(token):
            query = select(_C.id).where(_C.links.has_key(token), _C.kind == kind.KIND)
            with self._connected() as connection:
                found = connection.scalar(query)
            if found is not None:
                return str(found)
        raise NotFound("这个只读链接不存在，或已被收回")

    @in_time
    def delete(
        self,
        document_id: str,
        kind: type[KeptDocument] = Assessment,
        revision: int | None = None,
    ) -> None:
        """Remove the row; absent ones are no error.

        Raises: Conflict when it is not at `revision`; Unavailable.
        """
        if not _HEX.fullmatch(document_id):
            return
        one = and_(_C.id == document_id, _C.kind == kind.KIND)
        that = one if revision is None else and_(one, _C.revision == revision)
        with self._connected() as connection:
            gone = connection.execute(delete(DOCUMENTS).where(that)).rowcount
            if not gone and connection.scalar(select(_C.id).where(one)) is not None:
                raise Conflict("刚在别处保存过")

    def recover(self, document_id: str, kind: type[KeptDocument] = Assessment) -> None:  # noqa: ARG002
        """No copies are kept here: the database has backups. Raises: NotFound."""
        raise NotFound("没有可以恢复的副本，请管理员从数据库备份中恢复")

    @in_time
    def shown(self, digests: Collection[str]) -> Collection[str]:
        """Which of these files some document shows. Raises: Unavailable."""
        query = select(_C.blobs).where(_C.blobs.has_any(literal([*digests], ARRAY(Text))))
        with self._connected() as connection:
            shown = {digest for row in connection.scalars(query) for digest in row}
        return shown & {*digests}

    @contextlib.contextmanager
    def _opened(self, document_id: str) -> Iterator[Connection]:
        """As `_connected`; the line of a document that turns out damaged says so from then on."""
        try:
            with self._connected() as connection:
                yield connection
        except Damaged:
            with self._connected() as connection:
                connection.execute(
                    update(DOCUMENTS).where(_C.id == document_id).values(described=None)
                )
            raise

    @contextlib.contextmanager
    def _connected(self) -> Iterator[Connection]:
        """A transaction on a database of the right revision. Raises: Unavailable."""
        with refusals(), self._engine.begin() as connection:
            if not self._newest:
                require_newest(connection)
                self._newest = True
            yield connection
