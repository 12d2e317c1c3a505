"""Keeps the index of a folder true to its files, and does without it where it cannot be kept.

An index that cannot be written loses nothing: the documents are the truth. What was not written
is found by comparing the folder with the index, at the first question after a start and after
every failure. Where the file of the index cannot be used at all, one in memory stands in.
"""

import logging
import os
import re
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from time import monotonic
from typing import TypeVar

from filelock import FileLock, Timeout

from state.documents.access import Access
from state.documents.assessment import KeptDocument
from state.documents.kinds import KINDS
from state.storage.atomic import Unreadable, previous
from state.storage.index import FILE, Index, Later
from state.storage.index_rows import State
from state.storage.line import Found, Line, Query
from state.storage.repository import RepositoryError, Unavailable

Kind = type[KeptDocument]
T = TypeVar("T")

_ID = re.compile(r"[0-9a-f]{32}")

_BATCH = 500
"""Lines that are written in one go when many are made anew."""

_PAUSE = 60.0
"""Seconds after which a file that could not be used is tried again."""

_log = logging.getLogger(__name__)


class FolderIndex:
    """The lines of everything below a folder."""

    def __init__(
        self,
        folder: Path,
        path_of: Callable[[Kind, str], Path],
        read: Callable[[Kind, Path], Line],
        lock: Callable[[Path], FileLock],
    ) -> None:
        """Use `folder`, where `path_of` is a document's file and `lock` keeps others from it.

        read: the line of what a file holds; raises Unreadable, RepositoryError, OSError.
        """
        self._path_of, self._read, self._lock = path_of, read, lock
        self._file = Index(folder / FILE)
        self._memory = Index(None)
        self._memory_until = 0.0
        self._doubts = 0  # raised by whatever may have passed an index by

    # A write: the note before, the line after

    def note(self, kind: Kind, document_id: str) -> None:
        """Say that a document is about to change."""
        with self._tolerantly() as index:
            index.note(kind.KIND, document_id)

    def put(self, line: Line, path: Path, *, described: bool) -> None:
        """Replace the line of what was just written to `path`."""
        with self._tolerantly() as index:
            index.put(line, _state(path), described=described)

    def put_access(self, kind: Kind, document_id: str, access: Access, path: Path) -> None:
        """Replace whose something is that was just written to `path`."""
        with self._tolerantly() as index:
            index.put_access(kind.KIND, document_id, access, _state(path))

    def drop(self, kind: Kind, document_id: str) -> None:
        """Take the line away of what was just removed."""
        with self._tolerantly() as index:
            index.drop(kind.KIND, document_id)

    # Questions. Raises: Unavailable where the folder cannot be read either

    def find(self, query: Query, kind: Kind) -> Found:
        """The lines asked for."""
        return self._asked(lambda index: index.find(query, kind.KIND))

    def line(self, kind: Kind, document_id: str) -> Line | None:
        """A document's line."""
        return self._asked(lambda index: index.line(kind.KIND, document_id))

    def behind(self, kind: Kind, token: str) -> str | None:
        """The id of the document with this read-only link."""
        return self._asked(lambda index: index.behind(kind.KIND, token))

    def undescribed(self, kind: Kind, limit: int) -> list[str]:
        """Ids of documents whose line storage made by itself."""
        return self._asked(lambda index: index.undescribed(kind.KIND, limit))

    def shown(self, digests: Collection[str]) -> set[str]:
        """Which of these files some document shows; compared with the folder before."""
        self._doubts += 1
        return self._asked(lambda index: index.shown(digests))

    def refresh(self) -> None:
        """Compare with the folder. Raises: OSError, Unavailable."""
        self._doubts += 1
        self._asked(lambda _: None)

    def reread(self, kind: Kind, document_id: str) -> None:
        """Make a line again that turned out not to be true."""
        self.note(kind, document_id)
        with suppress(sqlite3.Error):
            self._catch_up(self._current())

    # Inside

    def _current(self) -> Index:
        return self._memory if monotonic() < self._memory_until else self._file

    @contextmanager
    def _tolerantly(self) -> Iterator[Index]:
        """Go on when the index cannot be written, and remember that it was not."""
        try:
            yield self._current()
        except (sqlite3.Error, OSError) as error:
            _log.warning("The index cannot be written: %s", error)
            self._doubts += 1

    def _asked(self, question: Callable[[Index], T]) -> T:
        for _ in range(3):
            index = self._current()
            try:
                if index is self._memory or index.compared != self._doubts:
                    self._compare(index)
                self._catch_up(index)
                return question(index)
            except sqlite3.Error as error:
                self._mend(index, error)
        raise Unavailable("目录索引暂时不能使用，请稍后再试")

    def _mend(self, index: Index, error: sqlite3.Error) -> None:
        """Throw a damaged file away; do without one that cannot be used."""
        _log.warning("The index cannot be read: %s", error)
        if index is self._file and not isinstance(error, (sqlite3.OperationalError, Later)):
            with suppress(OSError):
                index.remove()
                return
        self._doubts += 1
        self._memory_until = monotonic() + _PAUSE

    def _compare(self, index: Index) -> None:
        """Read what is not in the index as it is in the folder. Raises: OSError."""
        doubts = self._doubts
        for kind in KINDS:
            known = index.states(kind.KIND)
            found = dict(self._scan(kind))
            for gone in known.keys() - found.keys():
                index.drop_seen(kind.KIND, gone, known[gone])
            changed = [i for i, state in found.items() if known.get(i) != state]
            for place in range(0, len(changed), _BATCH):
                batch = changed[place : place + _BATCH]
                seen = [self._see(index, kind, i, known.get(i)) for i in batch]
                index.put_seen([one for one in seen if one])
        index.compared = doubts

    def _scan(self, kind: Kind) -> Iterator[tuple[str, State]]:
        """Ids of what is in the folder, and the state of the file that counts. Raises: OSError."""
        folder = self._path_of(kind, "").parent
        if not folder.is_dir() and folder != self._path_of(KINDS[0], "").parent:
            return
        current, copies = [], []
        with os.scandir(folder) as entries:
            for entry in entries:
                stem, dot, ending = entry.name.partition(".")
                if dot and ending == "json" and _ID.fullmatch(stem):
                    current.append((stem, entry))
                elif ending == "previous" and _ID.fullmatch(stem):
                    copies.append((stem, entry))
        there = {stem for stem, _ in current}
        for stem, entry in current + [one for one in copies if one[0] not in there]:
            try:
                status = entry.stat()
            except FileNotFoundError:
                continue
            yield stem, (status.st_mtime_ns, status.st_size)

    def _see(
        self, index: Index, kind: Kind, document_id: str, seen: State | None
    ) -> tuple[Line, State, State | None] | None:
        """The line of a file made anew, for `Index.put_seen`; None where it stays as it is."""
        path = self._path_of(kind, document_id)
        try:
            state = _state(path)
            line = self._made(kind, path, known=seen is not None)
        except (Unreadable, RepositoryError):
            if seen:
                index.drop_seen(kind.KIND, document_id, seen)
        except OSError as error:  # gone since, or not to be read just now
            _log.info("Not read into the index: %s", error)
        else:
            return (line, state, seen) if line else None
        return None

    def _made(self, kind: Kind, path: Path, known: bool) -> Line | None:
        """A file's line; of a damaged one that of its last good copy, None where one is known.

        A copy is older than what is known, and its links may have been taken back since.
        Raises: Unreadable, RepositoryError, OSError.
        """
        try:
            return self._read(kind, path)
        except (Unreadable, FileNotFoundError):
            if not previous(path).exists():
                raise
        if known:
            return None
        line = self._read(kind, previous(path))
        return replace(line, access=line.access.having(links=()))

    def _catch_up(self, index: Index) -> None:
        """Read again what was about to change, unless somebody is at it just now."""
        kinds = {kind.KIND: kind for kind in KINDS}
        for name, document_id in index.noted():
            if name not in kinds:
                continue
            path = self._path_of(kinds[name], document_id)
            with suppress(Timeout, OSError), self._lock(path).acquire(timeout=0):
                self._settle(index, kinds[name], document_id, path)

    def _settle(self, index: Index, kind: Kind, document_id: str, path: Path) -> None:
        """Raises: OSError, with the document still noted."""
        known = index.line(kind.KIND, document_id) is not None
        try:
            line = self._made(kind, path, known)
        except (Unreadable, RepositoryError, FileNotFoundError):
            index.drop(kind.KIND, document_id)
        else:
            if line:
                index.put(line, _state(path), described=False)
            else:
                index.settle(kind.KIND, document_id)


def _state(path: Path) -> State:
    """Of a file, or where there is none of its last good copy. Raises: OSError."""
    try:
        status = path.stat()
    except FileNotFoundError:
        status = previous(path).stat()
    return status.st_mtime_ns, status.st_size
