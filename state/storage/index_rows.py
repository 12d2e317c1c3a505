"""Lines as rows of the index's tables, and back."""

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import Any

from state.documents.access import Access
from state.storage.line import Line, Query

State = tuple[int, int]
"""Time (nanoseconds) and size (bytes) of the file that a line was made of."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def conditions(query: Query, kind: str) -> tuple[str, list[Any]]:
    """What a query asks for, as a condition in SQL and its values."""
    # A plus keeps SQLite from going through the whole kind where it can begin with the holders.
    plus = "" if query.holders is None else "+"
    where, values = [f"{plus}kind = ?"], [kind]
    if query.group is not None:
        where.append('"group" = ?')
        values.append(query.group)
    if query.deleted is not None:
        where.append(f"{plus}deleted IS {'NOT ' if query.deleted else ''}NULL")
    if query.search:
        where.append("instr(sought, ?)")
        values.append(_storable(query.search.casefold()))
    if query.holders is not None:
        holders = [_storable(holder) for holder in query.holders]
        names = ", ".join("?" * len(holders))
        where.append(
            f"rowid IN (SELECT rowid FROM line WHERE kind = ? AND owner IN ({names})"
            " UNION SELECT line.rowid FROM word JOIN line USING (kind, id)"
            f" WHERE what = 'shared' AND word IN ({names}))"
            f" AND (deleted IS NULL OR owner IN ({names}))"
        )
        values += [kind, *holders, *holders, *holders]
        if query.own is not None:
            where.append(f"+owner {'' if query.own else 'NOT '}IN ({names})")
            values += holders
    return " AND ".join(where), values


def put_line(connection: sqlite3.Connection, line: Line, state: State, described: bool) -> None:
    """Replace a line, with everything it is found by."""
    row = (
        line.kind,
        line.id,
        _microseconds(line.updated),
        line.title,
        line.group,
        line.standard,
        line.version,
        line.total,
        line.grade,
        line.reviewed,
        line.applicable,
        json.dumps(dict(line.facts), ensure_ascii=False),
        json.dumps(line.blobs),
        *access_row(line.access),
        line.title.casefold(),
        *state,
        described,
    )
    connection.execute(f"INSERT OR REPLACE INTO line VALUES ({', '.join('?' * len(row))})", row)
    put_words(connection, line.kind, line.id, line.access)
    connection.execute(
        "DELETE FROM word WHERE kind = ? AND id = ? AND what = 'blob'", (line.kind, line.id)
    )
    connection.executemany(
        "INSERT OR IGNORE INTO word VALUES ('blob', ?, ?, ?)",
        [(blob, line.kind, line.id) for blob in line.blobs],
    )


def put_words(connection: sqlite3.Connection, kind: str, document_id: str, a: Access) -> None:
    """Replace by whom and by which links a document is found."""
    words = [("shared", holder) for holder in a.shared] + [("link", token) for token in a.links]
    connection.execute(
        "DELETE FROM word WHERE kind = ? AND id = ? AND what <> 'blob'", (kind, document_id)
    )
    connection.executemany(
        "INSERT OR IGNORE INTO word VALUES (?, ?, ?, ?)",
        [(what, word, kind, document_id) for what, word in words],
    )


def drop_line(connection: sqlite3.Connection, kind: str, document_id: str) -> None:
    """Take a line away."""
    for table in ("line", "word"):
        connection.execute(f"DELETE FROM {table} WHERE kind = ? AND id = ?", (kind, document_id))


def settle(connection: sqlite3.Connection, kind: str, document_id: str) -> None:
    """Say that a document is no longer about to change."""
    connection.execute("DELETE FROM noted WHERE kind = ? AND id = ?", (kind, document_id))


def state_of(connection: sqlite3.Connection, kind: str, document_id: str) -> State | None:
    """Of the file that a line was made of; None without a line."""
    found = connection.execute(
        "SELECT time, size FROM line WHERE kind = ? AND id = ?", (kind, document_id)
    ).fetchone()
    return tuple(found) if found else None


def access_row(access: Access) -> tuple[str, str, str, int | None]:
    """Owner, shared with, links and when it was moved to the bin."""
    deleted = None if access.deleted is None else _microseconds(access.deleted)
    return access.owner, json.dumps(access.shared), json.dumps(access.links), deleted


def line_of_row(row: tuple[Any, ...]) -> Line:
    """The line that COLUMNS hold."""
    kind, document_id, updated, *plain, facts, blobs, owner, shared, links, deleted = row
    access = Access(
        owner=owner,
        shared=json.loads(shared),
        links=json.loads(links),
        deleted=None if deleted is None else _moment(deleted),
    )
    facts, blobs = json.loads(facts), tuple(json.loads(blobs))
    return Line(*[kind, document_id, _moment(updated), *plain, facts, blobs, access])


def _storable(text: str) -> str:
    """Without half characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode()


def _microseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1)


def _moment(microseconds: int) -> datetime:
    return _EPOCH + timedelta(microseconds=microseconds)
