"""The index of a folder: one line per document in SQLite, so that nothing else is opened.

It is a cache. A write notes its document's id before and puts its line after, so that after a
kill only what is noted is read again; each line has the size and the time of the file that it
was made of, so that what came past the index is found by looking at the folder alone.
"""

import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import RLock
from time import monotonic, sleep

from state.documents.access import Access
from state.storage.index_rows import (
    State,
    access_row,
    conditions,
    drop_line,
    line_of_row,
    put_line,
    put_words,
    settle,
    state_of,
)
from state.storage.index_schema import COLUMNS, FORMAT, SCHEMA
from state.storage.line import Found, Line, Query

FILE = "index.sqlite"
"""In the folder; SQLite keeps two more files beside it while it is used."""

_PATIENCE = 2.0
"""Seconds to wait while another process writes."""

_HURRY = 0.4
"""Seconds that a save waits for it: the index is a cache, and looks at the folder afterwards."""

_HELD = 5.0
"""Seconds for which no other save waits, after one has waited in vain."""

_Place = tuple[int, int]
"""Device and inode of the file."""


class Later(sqlite3.OperationalError):
    """The index was made by a later version of this program, which still uses it."""


class Index:
    """Lines of documents by kind and id. Every method may raise sqlite3.Error."""

    def __init__(self, file: Path | None) -> None:
        """Use a file, made when it is first used; None: in memory."""
        self.file = file
        self.compared = -1  # as of which doubt it agrees with the folder; see `FolderIndex`
        self._open: dict[int, tuple[sqlite3.Connection, _Place]] = {}
        self._lock = RLock()
        self._held_until = 0.0

    # Writing

    def note(self, kind: str, document_id: str) -> None:
        """Say that a document is about to change."""
        with self._hurrying() as connection:
            connection.execute("INSERT OR IGNORE INTO noted VALUES (?, ?)", (kind, document_id))

    def put(self, line: Line, state: State, *, described: bool) -> None:
        """Replace a document's line; it is no longer noted."""
        with self._hurrying() as connection:
            put_line(connection, line, state, described)
            settle(connection, line.kind, line.id)

    def put_seen(self, found: Iterable[tuple[Line, State, State | None]]) -> None:
        """Replace lines storage made by itself, unless others came since they were seen.

        found: each line with the state of its file, and that of its line when it was seen.
        """
        with self._writing() as connection:
            for line, state, seen in found:
                if state_of(connection, line.kind, line.id) == seen:
                    put_line(connection, line, state, described=False)

    def put_access(self, kind: str, document_id: str, access: Access, state: State) -> None:
        """Replace whose a document is; what has no line yet stays noted."""
        values = (*access_row(access), *state, kind, document_id)
        with self._hurrying() as connection:
            changed = connection.execute(
                "UPDATE line SET owner = ?, shared = ?, links = ?, deleted = ?, time = ?, size = ?"
                " WHERE kind = ? AND id = ?",
                values,
            )
            if changed.rowcount:
                put_words(connection, kind, document_id, access)
                settle(connection, kind, document_id)

    def drop(self, kind: str, document_id: str) -> None:
        """Take a document's line away; nothing of it stays in the file."""
        with self._hurrying() as connection:
            drop_line(connection, kind, document_id)
            settle(connection, kind, document_id)
        with self._using(_HURRY) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def settle(self, kind: str, document_id: str) -> None:
        """Say that a document is no longer about to change."""
        with self._writing() as connection:
            settle(connection, kind, document_id)

    def drop_seen(self, kind: str, document_id: str, seen: State) -> None:
        """Take a line away whose file is gone, unless another came since `seen`."""
        with self._writing() as connection:
            if state_of(connection, kind, document_id) == seen:
                drop_line(connection, kind, document_id)

    # Reading

    def noted(self) -> list[tuple[str, str]]:
        """Kind and id of what was about to change and has no line since."""
        with self._using() as connection:
            return connection.execute("SELECT kind, id FROM noted").fetchall()

    def states(self, kind: str) -> dict[str, State]:
        """Of the files that the lines of a kind were made of, by id."""
        with self._using() as connection:
            rows = connection.execute("SELECT id, time, size FROM line WHERE kind = ?", (kind,))
            return {document_id: (time, size) for document_id, time, size in rows}

    def find(self, query: Query, kind: str) -> Found:
        """The lines asked for, see `Query`."""
        where, values = conditions(query, kind)
        page = (-1 if query.limit is None else query.limit, query.offset)
        lines = (
            f"SELECT {COLUMNS} FROM line WHERE {where} ORDER BY updated DESC, id LIMIT ? OFFSET ?"
        )
        with self._using() as connection:
            count = connection.execute(
                f"SELECT count(*) FROM line WHERE {where}", values
            ).fetchone()
            rows = (
                connection.execute(lines, (*values, *page)).fetchall() if query.limit != 0 else []
            )
        return Found([line_of_row(row) for row in rows], count[0])

    def line(self, kind: str, document_id: str) -> Line | None:
        """A document's line."""
        with self._using() as connection:
            row = connection.execute(
                f"SELECT {COLUMNS} FROM line WHERE kind = ? AND id = ?", (kind, document_id)
            ).fetchone()
        return line_of_row(row) if row else None

    def behind(self, kind: str, token: str) -> str | None:
        """The id of the document with this read-only link."""
        with self._using() as connection:
            found = connection.execute(
                "SELECT id FROM word WHERE what = 'link' AND word = ? AND kind = ?", (token, kind)
            ).fetchone()
        return str(found[0]) if found else None

    def undescribed(self, kind: str, limit: int) -> list[str]:
        """Ids of documents whose line storage made by itself."""
        with self._using() as connection:
            rows = connection.execute(
                "SELECT id FROM line WHERE kind = ? AND NOT described LIMIT ?", (kind, limit)
            )
            return [row[0] for row in rows]

    def shown(self, digests: Collection[str]) -> set[str]:
        """Which of these files some document shows."""
        one = "SELECT 1 FROM word WHERE what = 'blob' AND word = ? LIMIT 1"
        with self._using() as connection:
            return {d for d in digests if connection.execute(one, (d,)).fetchone()}

    # The file

    def remove(self) -> None:
        """Throw a damaged index away. Raises: OSError."""
        with self._lock:
            self._close()
            if self.file:
                for ending in ("", "-wal", "-shm"):
                    self.file.with_name(self.file.name + ending).unlink(missing_ok=True)

    @contextmanager
    def _hurrying(self) -> Iterator[sqlite3.Connection]:
        """For a save, which others wait for too: they stand in line for the one connection."""
        with self._lock:
            if monotonic() < self._held_until:
                raise sqlite3.OperationalError("held by another process a moment ago")
            try:
                with self._writing(_HURRY) as connection:
                    yield connection
            except sqlite3.OperationalError:
                self._held_until = monotonic() + _HELD
                raise

    @contextmanager
    def _writing(self, patience: float | None = None) -> Iterator[sqlite3.Connection]:
        with self._using(patience) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _using(self, patience: float | None = None) -> Iterator[sqlite3.Connection]:
        """patience: seconds to wait while another process writes; None for `_PATIENCE`."""
        with self._lock:
            yield self._connection(_PATIENCE if patience is None else patience)

    def _connection(self, patience: float) -> sqlite3.Connection:
        """Of this process: one that a fork brought along is neither used nor closed."""
        inode = self._inode()
        opened = self._open.get(os.getpid())
        if opened and (opened[1] == inode):
            opened[0].execute(f"PRAGMA busy_timeout = {round(patience * 1000)}")
            return opened[0]
        self._close()  # another process has thrown the file away
        connection = _opened(self.file, patience)
        self._open[os.getpid()] = connection, self._inode()
        return connection

    def _inode(self) -> _Place:
        """A drive that was away may come back as another device."""
        if self.file is None:
            return 0, 0
        try:
            status = self.file.stat()
        except OSError:
            return -1, -1
        return status.st_dev, status.st_ino

    def _close(self) -> None:
        self.compared = -1
        opened = self._open.pop(os.getpid(), None)
        if opened:
            with suppress(sqlite3.Error):
                opened[0].close()


def _opened(file: Path | None, patience: float) -> sqlite3.Connection:
    """Raises: Later, sqlite3.Error."""
    connection = sqlite3.connect(
        file or ":memory:", timeout=patience, isolation_level=None, check_same_thread=False
    )
    try:
        _prepare(connection, patience)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, patience: float) -> None:
    until = monotonic() + patience
    while True:  # another process may be just as far; SQLite does not always wait for it
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            break
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or monotonic() >= until:
                raise
            sleep(0.05)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA secure_delete = ON")
    if _format(connection) > FORMAT:
        raise Later("made by a later version")
    if _format(connection) < FORMAT:
        connection.execute("BEGIN IMMEDIATE")
        if _format(connection) < FORMAT:  # nobody was quicker
            for statement in SCHEMA:
                connection.execute(statement)
        connection.execute("COMMIT")


def _format(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
