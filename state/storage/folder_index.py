"""Keeps the index of a folder true to its files, and does without it where it cannot be kept.

An index that cannot be written loses nothing: the documents are the truth. What was not written
is found by comparing the folder with the index, at the first question after a start and after
every failure. Where the file of the index cannot be used at all, one in memory stands in.
"""

import errno
import logging
import os
import re
import sqlite3
import stat
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
from state.storage.atomic import MAX_BYTES, Unreadable, previous
from state.storage.folder_files import asides
from state.storage.index import FILE, Index, Later
from state.storage.index_rows import State
from state.storage.line import Found, Line, Query, unreadable
from state.storage.repository import NotFound, RepositoryError, TooNew, Unavailable
from state.storage.strangers import is_ours, without_id

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
        self.strangers: tuple[str, ...] = ()  # names of what is not ours, as last compared

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
        found = self._asked(lambda index: index.find(query, kind.KIND))
        return replace(found, strangers=self.strangers)

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
            _log.warning("The index cannot be written: %s", _words(error))
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
        strangers: list[str] = []
        for kind in KINDS:
            known = index.states(kind.KIND)
            found = dict(self._scan(kind, strangers))
            for gone in known.keys() - found.keys():
                index.drop_seen(kind.KIND, gone, known[gone])
            changed = [i for i, state in found.items() if known.get(i) != state]
            for place in range(0, len(changed), _BATCH):
                batch = changed[place : place + _BATCH]
                seen = [self._see(index, kind, i, known.get(i), strangers) for i in batch]
                index.put_seen([one for one in seen if one])
        index.compared = doubts
        self._tell(strangers)

    def _tell(self, strangers: list[str]) -> None:
        """Note what is not ours; the log names it without any id, which is a key."""
        found = tuple(sorted(strangers))
        for name in set(found) - set(self.strangers):
            _log.warning("Not ours, left alone in the data folder: %s", without_id(name))
        self.strangers = found

    def _scan(self, kind: Kind, strangers: list[str]) -> Iterator[tuple[str, State]]:
        """Ids of what is in the folder, and the state of the file that counts.

        Appends the names of what is not ours to `strangers`. Raises: OSError.
        """
        folder = self._path_of(kind, "").parent
        if not folder.is_dir() and folder != self._path_of(KINDS[0], "").parent:
            return
        current, copies, damaged = [], [], []
        with os.scandir(folder) as entries:
            for entry in entries:
                stem, dot, ending = entry.name.partition(".")
                if dot and ending == "json" and _ID.fullmatch(stem):
                    current.append((stem, entry))
                elif ending == "previous" and _ID.fullmatch(stem):
                    copies.append((stem, entry))
                elif ending.startswith("damaged-") and _ID.fullmatch(stem):
                    damaged.append((stem, entry))
                elif not is_ours(entry.name):
                    strangers.append(entry.name)
        # The last one of an id counts: a file before its copy, the copy before what was set aside.
        damaged.sort(key=lambda one: one[1].name)
        for stem, entry in dict([*damaged, *copies, *current]).items():
            status = _status(entry)
            if status is None:
                continue
            if stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES:
                yield stem, (status.st_mtime_ns, status.st_size)
            else:
                strangers.append(entry.name)

    def _see(
        self,
        index: Index,
        kind: Kind,
        document_id: str,
        seen: State | None,
        strangers: list[str],
    ) -> tuple[Line, State, State | None] | None:
        """The line of a file made anew, for `Index.put_seen`; None where it stays as it is.

        Appends the name of the copy of another document's file to `strangers`.
        """
        path = self._path_of(kind, document_id)
        try:
            state = _state(path)
            line = self._made(index, kind, path)
        except (NotFound, FileNotFoundError) as error:
            if isinstance(error, NotFound):
                strangers.append(path.name)
            if seen:
                index.drop_seen(kind.KIND, document_id, seen)
        except (RepositoryError, OSError) as error:  # not to be read just now, or by us
            # Without the words: they may name the file, and so the id.
            _log.info("Not read into the index: %s", type(error).__name__)
        else:
            return (line, state, seen) if line else None
        return None

    def _made(self, index: Index, kind: Kind, path: Path) -> Line | None:
        """A file's line; of a damaged one what is known, or that of its last good copy.

        A copy is older than what is known, and its links may have been taken back since.
        None where the line stays as it is. Raises: RepositoryError, OSError.
        """
        try:
            return self._read(kind, path)
        except (Unreadable, FileNotFoundError) as error:
            known = index.line(kind.KIND, path.stem)
            copy = self._copied(kind, path)
            if copy is not None:
                return None if known else replace(copy, access=copy.access.having(links=()))
            if isinstance(error, FileNotFoundError) and not asides(path):
                raise
            time_ns, _ = _state(path)
            return unreadable(known or Line.nameless(kind, path.stem, time_ns))

    def _copied(self, kind: Kind, path: Path) -> Line | None:
        """The line of a file's last good copy, if there is one. Raises: OSError."""
        with suppress(Unreadable, FileNotFoundError, NotFound, TooNew):
            return self._read(kind, previous(path))
        return None

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
        try:
            line = self._made(index, kind, path)
        except (NotFound, FileNotFoundError):
            index.drop(kind.KIND, document_id)
        except RepositoryError:  # of a later version, which will see to its line
            index.settle(kind.KIND, document_id)
        else:
            if line:
                index.put(line, _state(path), described=False)
            else:
                index.settle(kind.KIND, document_id)


def _state(path: Path) -> State:
    """Of a file, or of its last good copy, or of what was set aside last. Raises: OSError."""
    for one in (path, previous(path), *reversed(asides(path))):
        with suppress(FileNotFoundError):
            status = one.stat()
            return status.st_mtime_ns, status.st_size
    raise FileNotFoundError


def _status(entry: os.DirEntry[str]) -> os.stat_result | None:
    """Of what a name leads to; None where it leads nowhere. Raises: OSError."""
    try:
        return entry.stat()
    except FileNotFoundError:
        return None
    except OSError as error:
        if error.errno == errno.ELOOP:
            return None
        raise


def _words(error: Exception) -> str:
    """What the system says, without the file's name, which may be an id."""
    return (error.strerror or "") if isinstance(error, OSError) else str(error)
