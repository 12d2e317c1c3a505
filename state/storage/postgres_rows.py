"""Documents and lines as rows in PostgreSQL, and back."""

import contextlib
import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Row,
    Text,
    and_,
    any_,
    case,
    func,
    literal,
    not_,
    or_,
    select,
    update,
)

from state.documents.access import PRIVATE, Access
from state.documents.assessment import KeptDocument, Moment
from state.documents.faults import faults_of
from state.storage.line import Line, Query, unreadable
from state.storage.repository import NOT_FOUND, TOO_NEW, D, Damaged, Kept, NotFound, TooNew
from state.storage.tables import DOCUMENTS

_HEX = re.compile(r"[0-9a-f]{32}")
_MOMENT: TypeAdapter[Moment] = TypeAdapter(Moment)

_C = DOCUMENTS.c

_OF_THE_LINE = (
    "group", "title", "standard", "version", "total", "grade", "reviewed", "applicable", "facts",
    "blobs",
)  # fmt: skip
"""Fields of a line that are columns of their own."""

LINE = (
    _C.id,
    _C.updated,
    _C.access,
    case(
        (_C.revision.is_(None), _C.document),
        (_C.described.is_distinct_from(_C.revision), _C.document),
    ).label("document"),
    *(_C[name] for name in _OF_THE_LINE),
)
"""What a line is made of: the document too where the columns are not of its revision."""


def checked(document_id: str) -> str:
    """The id. Raises: NotFound for text that is no id, whatever a link carries."""
    if not _HEX.fullmatch(document_id):
        raise NotFound("没有找到这份自评；链接中的编号不正确")
    return document_id


def written(document: KeptDocument, line: Line | None) -> dict[str, Any]:
    """What a save writes."""
    revision = document.revision if line else None
    return {
        "document": document.model_dump(mode="json"),
        **described(line or Line.of(document), revision),
    }


def described(line: Line, revision: int | None) -> dict[str, Any]:
    """A line as columns, of a revision of its document."""
    columns = {name: getattr(line, name) for name in _OF_THE_LINE}
    columns |= {"facts": dict(line.facts), "blobs": [*line.blobs]}
    return {**columns, "sought": line.title.casefold(), "described": revision}


def replaced(
    connection: Connection, document: KeptDocument, expected_revision: int, line: Line | None
) -> bool:
    """Whether the revision was there, and is replaced."""
    replacing = (
        update(DOCUMENTS)
        .where(
            _C.id == document.id,
            _C.kind == document.KIND,
            _C.revision == expected_revision,
            _C.schema_version <= document.SCHEMA,
        )
        .values(written(document, line))
    )
    return bool(connection.execute(replacing).rowcount)


def kept_row(connection: Connection, document_id: str, kind: type[D]) -> Kept[D]:
    """A document and whose it is. Raises: NotFound, Damaged, TooNew."""
    query = select(_C.schema_version, _C.document, _C.access)
    row = _row(connection, query, document_id, kind, NOT_FOUND)
    with _damages():
        return Kept(kind.model_validate(row.document), _access(row.access))


def document_row(connection: Connection, document_id: str, kind: type[D], missing: str) -> D:
    """A document. Raises: NotFound in the words of `missing`, Damaged, TooNew."""
    query = select(_C.schema_version, _C.document)
    row = _row(connection, query, document_id, kind, missing)
    with _damages():
        return kind.model_validate(row.document)


def access_row(
    connection: Connection, document_id: str, kind: type[KeptDocument], *, alone: bool = False
) -> Access:
    """Whose a document is; alone: keep others from changing it until the transaction ends.

    Raises: NotFound, Damaged, TooNew.
    """
    query = select(_C.schema_version, _C.access)
    query = query.with_for_update() if alone else query
    row = _row(connection, query, document_id, kind, NOT_FOUND)
    with _damages():
        return _access(row.access)


def _access(content: Any) -> Access:
    """Raises: TooNew, pydantic.ValidationError."""
    try:
        return Access.model_validate(content)
    except ValidationError as error:
        if faults_of(error)[1]:  # it has no version of its own, see `Access`
            raise TooNew(TOO_NEW) from error
        raise


def _row(
    connection: Connection, query: Any, document_id: str, kind: type[KeptDocument], missing: str
) -> Any:
    """Raises: NotFound in the words of `missing`, TooNew."""
    one = query.where(_C.id == document_id, _C.kind == kind.KIND)
    row = connection.execute(one).one_or_none()
    if row is None:
        raise NotFound(missing)
    if row.schema_version is not None and row.schema_version > kind.SCHEMA:
        raise TooNew(TOO_NEW)
    return row


@contextlib.contextmanager
def _damages() -> Iterator[None]:
    """Raises: Damaged."""
    try:
        yield
    except ValidationError as error:
        raise Damaged(
            "这份自评的内容已损坏，无法打开。原内容仍在数据库中，没有改动，请告诉管理员"
        ) from error


def conditions(query: Query, kind: type[KeptDocument]) -> Iterator[ColumnElement[bool]]:
    """What a query asks for."""
    yield _C.kind == kind.KIND
    yield _C.schema_version <= kind.SCHEMA
    if query.group is not None:
        yield _C.group == query.group
    if query.deleted is not None:
        yield _C.deleted.is_not(None) if query.deleted else _C.deleted.is_(None)
    if query.search:
        yield func.strpos(_C.sought, query.search.casefold()) > 0
    if query.holders is not None:
        names = literal([*query.holders], ARRAY(Text))
        shared = and_(_C.deleted.is_(None), _C.shared.has_any(names))
        owned = _C.owner == any_(names)
        yield or_(owned, shared)
        if query.own is not None:
            yield owned if query.own else not_(func.coalesce(owned, False))


def _line_in(row: Row[Any], kind: type[KeptDocument]) -> Line:
    """The line of a row's document, or that it cannot be read."""
    try:
        return Line.of(kind.model_validate(row.document))
    except ValidationError:
        return _broken(row, kind)


def _broken(row: Row[Any], kind: type[KeptDocument]) -> Line:
    """What is left of a row that cannot be read."""
    try:
        updated = _MOMENT.validate_python(row.updated)
    except ValidationError:
        updated = datetime(2000, 1, 1, tzinfo=UTC)
    name = row.title or "无法读取的内容"
    return unreadable(Line(kind.KIND, row.id, updated, name, group=row.group or ""))


def _left_of(content: Any) -> Access:
    """Whose something damaged is and whether it is in the bin, as far as that can be read.

    It is open to nobody else.
    """
    left = PRIVATE
    for name in ("owner", "deleted"):
        if isinstance(content, dict) and name in content:
            with contextlib.suppress(ValidationError):
                left = left.having(**{name: content[name]})
    return left


def lines_of(rows: Collection[Row[Any]], kind: type[KeptDocument]) -> Iterator[Line]:
    """Those that this program may know; of another revision, made of the document."""
    for row in rows:
        try:
            access = _access(row.access)
        except TooNew:
            continue
        except ValidationError:
            yield replace(_broken(row, kind), access=_left_of(row.access))
            continue
        with contextlib.suppress(ValidationError):
            if row.document is not None:
                yield replace(_line_in(row, kind), access=access)
                continue
            columns = {name: getattr(row, name) for name in _OF_THE_LINE}
            columns["blobs"] = tuple(columns["blobs"])
            updated = _MOMENT.validate_python(row.updated)
            yield Line(kind.KIND, row.id, updated, **columns, access=access)
