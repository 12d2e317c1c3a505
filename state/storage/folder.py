"""Documents in a folder: one TinyDB file each, replaced whole or not at all, and an index."""

import contextlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, cast, overload

from filelock import FileLock
from tinydb import TinyDB

from state.documents.access import PRIVATE, Access
from state.documents.assessment import Assessment, KeptDocument
from state.documents.kinds import KINDS
from state.storage.atomic import TEMPORARY, AtomicStorage, Unreadable, previous
from state.storage.folder_blobs import FolderBlobs
from state.storage.folder_files import (
    ACCESS,
    FileState,
    content,
    line_in,
    missing,
    refusals,
    row,
    set_aside,
    state_of,
    table,
)
from state.storage.folder_index import FolderIndex
from state.storage.line import EVERYTHING, Found, Line, Query
from state.storage.repository import (
    NOT_FOUND,
    Conflict,
    D,
    Damaged,
    Kept,
    NotFound,
    TooNew,
    Unavailable,
)

_HEX = re.compile(r"[0-9a-f]{32}")
_KEPT_AS = re.compile(r"([0-9a-f]{32})\.(json|previous|damaged-.*)")
"""Names of the files a document may be left in, whether it can be read or not."""

_MARK = ".anbiao"
"""An empty file that tells the folder from one of its name, as a drive leaves it behind."""

_LOCK_PATIENCE = 3.0
"""Seconds to wait while another window or process writes the same document."""

_REMEMBERED = 200
"""Documents kept in memory, as long as their files are the same."""

_STALE = timedelta(hours=1)
"""Age at which a file being written was left behind by a crash."""


class TinyRepository(FolderBlobs):
    """A folder of documents, safe for several windows, threads and processes."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, creating it when it is not there; never again afterwards."""
        self.folder = folder
        self._mark = folder / _MARK
        self._marked = self._made()
        super().__init__(folder / "blobs")
        self._index = FolderIndex(folder, self._file, line_in, self._lock)
        self._remembered: dict[Path, tuple[FileState, Kept[Any]]] = {}
        self._memory = Lock()
        with contextlib.suppress(OSError):
            self._sweep()

    def create(
        self, document: KeptDocument, access: Access = PRIVATE, line: Line | None = None
    ) -> None:
        """Keep a new document. Raises: Conflict when the id is taken; Unavailable."""
        kind = type(document)
        with self._opened(kind, document.id) as (path, file):
            if file.tables():
                raise Conflict("同一编号的内容已经存在")
            self._index.note(kind, document.id)
            file.storage.write({kind.KIND: table(document), ACCESS: table(access)})
            self._put(document, access, line, path)

    def read(self, document_id: str, kind: type[D]) -> Kept[D]:
        """A document and whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        return self._kept(kind, self._path(kind, document_id))

    @overload
    def load(self, document_id: str) -> Assessment: ...

    @overload
    def load(self, document_id: str, kind: type[D]) -> D: ...

    def load(self, document_id: str, kind: type[KeptDocument] = Assessment) -> KeptDocument:
        """A document as last saved. Raises: NotFound, Damaged, TooNew, Unavailable."""
        return self.read(document_id, kind).document

    def access(self, document_id: str, kind: type[KeptDocument] = Assessment) -> Access:
        """Whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        return self.read(document_id, kind).access

    def save(
        self, document: KeptDocument, expected_revision: int, line: Line | None = None
    ) -> None:
        """Replace what is kept.

        Raises: Conflict, NotFound, Damaged, TooNew, Unavailable.
        """
        kind = type(document)
        with self._changed(kind, document.id) as (path, file):
            kept = self._read(kind, path)
            if kept.document.revision != expected_revision:
                raise Conflict("刚在别处保存过")
            self._index.note(kind, document.id)
            # Not `upsert`, which would read the file that `_read` knows already.
            file.storage.write({kind.KIND: table(document), ACCESS: table(kept.access)})
            self._remember(path, Kept(document, kept.access))
            self._put(document, kept.access, line, path)

    def revise(
        self,
        document_id: str,
        change: Callable[[D, Access], tuple[D, Line | None]],
        kind: type[D],
    ) -> Kept[D]:
        """Read, change and save. Raises: as `save` does, and what `change` raises."""
        kept = self.read(document_id, kind)
        changed, line = change(*kept)
        if changed != kept.document:
            self.save(changed, kept.document.revision, line)
        return Kept(changed, kept.access)

    def change_access(
        self,
        document_id: str,
        change: Callable[[Access], Access],
        kind: type[KeptDocument] = Assessment,
    ) -> Access:
        """Change whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        with self._changed(kind, document_id) as (path, file):
            kept = self._read(kind, path)
            changed = change(kept.access)
            self._index.note(kind, document_id)
            file.table(ACCESS).upsert(row(changed))
            self._remember(path, Kept(kept.document, changed))
            self._index.put_access(kind, document_id, changed, path)
        return changed

    def list(self, query: Query = EVERYTHING, kind: type[KeptDocument] = Assessment) -> Found:
        """Lines of what can be read, or could be before it was damaged. Raises: Unavailable."""
        with self._there():
            return self._index.find(query, kind)

    def line(self, document_id: str, kind: type[KeptDocument] = Assessment) -> Line:
        """What the index has of a document. Raises: NotFound, Unavailable."""
        self._path(kind, document_id)
        with self._there():
            found = self._index.line(kind, document_id)
            if found is None:
                raise NotFound(NOT_FOUND)
        return found

    def undescribed(self, limit: int, kind: type[D]) -> Sequence[D]:
        """Documents whose line has no figures. Raises: Unavailable."""
        with self._there():
            ids = self._index.undescribed(kind, limit)
        found = []
        for document_id in ids:
            with contextlib.suppress(NotFound, Damaged, TooNew):
                found.append(self.load(document_id, kind))
        return found

    def describe(self, document: KeptDocument, line: Line) -> None:
        """Replace a document's line, if that is still what is kept. Raises: Unavailable."""
        kind = type(document)
        with (
            contextlib.suppress(NotFound, Damaged, TooNew),
            self._changed(kind, document.id) as (path, _),
        ):
            kept = self._read(kind, path)
            if kept.document.revision == document.revision:
                self._put(document, kept.access, line, path)

    def refresh(self) -> None:
        """Take into the index what was put into the folder past it. Raises: Unavailable."""
        with self._there():
            self._index.refresh()

    def behind(self, token: str, kind: type[KeptDocument] = Assessment) -> str:
        """The id a read-only link leads to, by what is kept now.

        Raises: NotFound, Damaged, TooNew, Unavailable.
        """
        if _HEX.fullmatch(token):
            with self._there():
                found = self._index.behind(kind, token)
            if found is not None:
                if token in self.access(found, kind).links:
                    return found
                self._index.reread(kind, found)
        raise NotFound("这个只读链接不存在，或已被收回")

    def delete(
        self,
        document_id: str,
        kind: type[KeptDocument] = Assessment,
        revision: int | None = None,
    ) -> None:
        """Remove the file and its copies, also those that others made beside it.

        Absent ones are no error. Raises: Conflict when it is not at `revision`; Unavailable.
        """
        with contextlib.suppress(NotFound):
            path = self._path(kind, document_id)
            with self._there():
                found = _with_copies(path)
                if found:
                    with self._lock(path):
                        if revision is not None:
                            self._require_revision(kind, path, revision)
                        self._index.note(kind, document_id)
                        for file in found:
                            file.unlink(missing_ok=True)
                        self._index.drop(kind, document_id)
                    self._lock_path(path).unlink(missing_ok=True)
            with self._memory:
                self._remembered.pop(path, None)

    def _require_revision(self, kind: type[KeptDocument], path: Path, revision: int) -> None:
        """Raises: Conflict when a file is there with another revision; Damaged, TooNew, OSError."""
        try:
            found = self._read(kind, path).document.revision
        except FileNotFoundError:
            return
        except Unreadable as error:
            raise self._aside(kind, path) from error
        if found != revision:
            raise Conflict("刚在别处保存过")

    def recover(self, document_id: str, kind: type[KeptDocument] = Assessment) -> None:
        """Put the last good copy where a damaged file was set aside.

        Raises: NotFound without such a copy; Conflict when the file is there; Unavailable.
        """
        path = self._path(kind, document_id)
        with self._there(), self._lock(path):
            if path.exists():
                raise Conflict("这份内容没有损坏，不需要恢复")
            tables = None
            with contextlib.suppress(Unreadable):
                tables = AtomicStorage(previous(path)).read()
            if tables is None:
                raise NotFound("没有可以恢复的副本")
            self._index.note(kind, document_id)
            AtomicStorage(path).write(tables)
            with contextlib.suppress(Unreadable, TooNew):
                kept = content(kind, path)
                self._put(kept.document, kept.access, None, path)

    def ids(self, kind: type[KeptDocument] = Assessment) -> set[str]:
        """Of everything kept, also what cannot be read. Raises: Unavailable."""
        with self._there():
            names = (_KEPT_AS.fullmatch(path.name) for path in self._folder(kind).glob("*"))
            return {name[1] for name in names if name}

    def shown(self, digests: Collection[str]) -> Collection[str]:
        """Which of these some document shows. Raises: Unavailable."""
        with self._there():
            return self._index.shown(digests)

    def _folder(self, kind: type[KeptDocument]) -> Path:
        """Assessments lie in the folder itself, as they always did."""
        return self.folder if kind is Assessment else self.folder / f"{kind.KIND}s"

    def _file(self, kind: type[KeptDocument], document_id: str) -> Path:
        return self._folder(kind) / f"{document_id}.json"

    def _path(self, kind: type[KeptDocument], document_id: str) -> Path:
        """The file of an id. Raises: NotFound for text that is no id, whatever a link carries."""
        if not _HEX.fullmatch(document_id):
            raise NotFound("没有找到这份自评；链接中的编号不正确")
        return self._file(kind, document_id)

    def _made(self) -> bool:
        """Make the folder and its mark; whether it has one, as a read-only folder may not."""
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            self._mark.touch()
        return self._mark.exists()

    @contextlib.contextmanager
    def _there(self) -> Iterator[None]:
        """The folder itself, so that away is never empty nor deleted. Raises: Unavailable."""
        self._require()
        try:
            with refusals():
                yield
        except (NotFound, Damaged):
            self._require()  # it may have gone meanwhile
            raise

    def _require(self) -> None:
        """Raises: Unavailable."""
        with refusals():
            there = self._mark.exists() if self._marked else self.folder.is_dir()
        if not there:
            raise Unavailable("数据文件夹不在原来的地方，网络盘或 U 盘可能已断开")

    def _lock(self, path: Path) -> FileLock:
        """Raises: OSError where the folder is not there; it must not be made by the lock."""
        lock = self._lock_path(path)
        lock.parent.mkdir(exist_ok=True)
        return FileLock(lock, timeout=_LOCK_PATIENCE)

    def _lock_path(self, path: Path) -> Path:
        return self.folder / "locks" / f"{path.stem}.lock"

    def _put(self, document: KeptDocument, access: Access, line: Line | None, path: Path) -> None:
        whole = replace(line or Line.of(document), access=access)
        self._index.put(whole, path, described=line is not None)

    @contextlib.contextmanager
    def _opened(self, kind: type[KeptDocument], document_id: str) -> Iterator[tuple[Path, TinyDB]]:
        """A document's file, for this process alone. Raises: NotFound, Damaged, Unavailable."""
        path = self._path(kind, document_id)
        with self._there(), self._lock(path):
            path.parent.mkdir(exist_ok=True)
            try:
                with TinyDB(path, storage=AtomicStorage) as file:
                    yield path, file
            except Unreadable as error:
                raise self._aside(kind, path) from error

    @contextlib.contextmanager
    def _changed(self, kind: type[KeptDocument], document_id: str) -> Iterator[tuple[Path, TinyDB]]:
        """The file of a document that is there. Raises: NotFound, Damaged, Unavailable."""
        with self._opened(kind, document_id) as (path, file):
            if not path.exists():
                raise missing(kind, path, "这份自评已被删除，刚才的修改没有保存")
            yield path, file

    def _kept(self, kind: type[D], path: Path) -> Kept[D]:
        """What a file holds. Raises: NotFound, Damaged, TooNew, Unavailable."""
        with self._there():
            try:
                return self._read(kind, path)
            except FileNotFoundError:
                raise missing(kind, path, NOT_FOUND) from None
            except Unreadable:
                with self._lock(path):  # so that of two windows one sets it aside
                    try:
                        return self._read(kind, path)
                    except FileNotFoundError:
                        raise missing(kind, path, NOT_FOUND) from None
                    except Unreadable as error:
                        raise self._aside(kind, path) from error

    def _aside(self, kind: type[KeptDocument], path: Path) -> Damaged:
        """Move a damaged file out of the way; its line says so from then on. Raises: OSError."""
        self._index.note(kind, path.stem)
        return set_aside(kind, path)

    def _read(self, kind: type[D], path: Path) -> Kept[D]:
        """What a file holds, or held when it was read last, if it is the same.

        Raises: Unreadable, TooNew, OSError.
        """
        state = state_of(path)
        with self._memory:
            known = self._remembered.get(path)
        if known and known[0] == state:
            return cast("Kept[D]", known[1])
        kept = content(kind, path)
        self._remember(path, kept, state)
        return kept

    def _remember(self, path: Path, kept: Kept[Any], state: FileState | None = None) -> None:
        with self._memory:
            self._remembered.pop(path, None)
            self._remembered[path] = state or state_of(path), kept
            while len(self._remembered) > _REMEMBERED:
                self._remembered.pop(next(iter(self._remembered)))

    def _sweep(self) -> None:
        """Remove what a crash left behind while it was being written."""
        before = (datetime.now(UTC) - _STALE).timestamp()
        for folder in {*map(self._folder, KINDS), self.blob_folder}:
            for path in folder.glob(f"*{TEMPORARY}"):
                if path.stat().st_mtime < before:
                    path.unlink(missing_ok=True)


def _with_copies(path: Path) -> list[Path]:
    """A document's file and all whose names carry its id, such as `ID - 副本.json`."""
    return [file for file in path.parent.glob(f"*{path.stem}*") if not file.is_dir()]
