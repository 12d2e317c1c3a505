"""Assessments in a folder: one TinyDB file each, replaced whole or not at all."""

import contextlib
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from filelock import FileLock
from pydantic import ValidationError
from tinydb import TinyDB
from tinydb.table import Document as Row

from state.documents.access import PRIVATE, Access
from state.documents.assessment import SCHEMA_VERSION, Assessment
from state.storage.atomic import TEMPORARY, AtomicStorage, Unreadable, previous
from state.storage.repository import (
    NOT_FOUND,
    Conflict,
    Damaged,
    NotFound,
    RepositoryError,
    Summary,
    TooNew,
    Unavailable,
)

_ASSESSMENT, _ACCESS = "assessment", "access"
_ROW = 1
"""Each file holds two tables with one row each."""

_REMEMBERED = 200
"""Assessments kept in memory, as long as their files are the same."""

_STALE = timedelta(hours=1)
"""Age at which a file being written was left behind by a crash."""

_State = tuple[int, int, int]
"""What tells one content of a file from the next; every save makes a new file."""


class _Kept(NamedTuple):
    assessment: Assessment
    access: Access


class TinyRepository:
    """A folder of assessments, safe for several windows, threads and processes."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, creating it when it is not there."""
        self.folder = folder
        self._summaries: dict[Path, tuple[_State, Summary]] = {}
        self._remembered: dict[Path, tuple[_State, _Kept]] = {}
        self._memory = Lock()
        with contextlib.suppress(OSError):
            self._sweep()

    def create(self, assessment: Assessment, access: Access = PRIVATE) -> None:
        """Keep a new assessment. Raises: Conflict when the id is taken; Unavailable."""
        with self._opened(self._path(assessment.id)) as file:
            if file.tables():
                raise Conflict("同一编号的自评已经存在")
            file.storage.write({_ASSESSMENT: _table(assessment), _ACCESS: _table(access)})

    def load(self, assessment_id: str) -> Assessment:
        """The assessment as last saved. Raises: NotFound, Damaged, TooNew, Unavailable."""
        return self._kept(self._path(assessment_id)).assessment

    def access(self, assessment_id: str) -> Access:
        """Whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        return self._kept(self._path(assessment_id)).access

    def save(self, assessment: Assessment, expected_revision: int) -> None:
        """Replace what is kept.

        Raises: Conflict, NotFound, Damaged, TooNew, Unavailable.
        """
        path = self._path(assessment.id)
        with self._changed(path) as file:
            kept = self._read(path)
            if kept.assessment.revision != expected_revision:
                raise Conflict("这份自评刚在别处保存过")
            file.table(_ASSESSMENT).upsert(_row(assessment))
            self._remember(path, _Kept(assessment, kept.access))

    def change_access(self, assessment_id: str, change: Callable[[Access], Access]) -> Access:
        """Change whose it is. Raises: NotFound, Damaged, TooNew, Unavailable."""
        path = self._path(assessment_id)
        with self._changed(path) as file:
            kept = self._read(path)
            changed = change(kept.access)
            file.table(_ACCESS).upsert(_row(changed))
            self._remember(path, _Kept(kept.assessment, changed))
        return changed

    def list(self, holders: Collection[str] | None = None) -> list[Summary]:
        """Assessments that can be read, or could be before they were damaged, latest first.

        Raises: Unavailable.
        """
        return sorted(
            (summary for summary in self._all() if summary.concerns(holders)),
            key=lambda summary: summary.updated,
            reverse=True,
        )

    def behind(self, token: str) -> str:
        """The id a read-only link leads to, by what is kept now. Raises: NotFound, Unavailable."""
        for path in self._files(".json"):
            with contextlib.suppress(Unreadable, RepositoryError, OSError):
                if token in self._summary(path).access.links:
                    return path.stem
        raise NotFound("这个只读链接不存在，或已被收回")

    def delete(self, assessment_id: str) -> None:
        """Remove the file and its copies; absent ones are no error. Raises: Unavailable."""
        with contextlib.suppress(NotFound):
            path = self._path(assessment_id)
            with _refusals():
                found = [*self.folder.glob(f"{path.stem}.*")]
                if found:
                    with self._lock(path):
                        for file in found:
                            file.unlink(missing_ok=True)
                    self._lock_path(path).unlink(missing_ok=True)
            with self._memory:
                self._remembered.pop(path, None)
                self._summaries.pop(path, None)

    def recover(self, assessment_id: str) -> None:
        """Put the last good copy where a damaged file was set aside.

        Raises: NotFound without such a copy; Conflict when the file is there; Unavailable.
        """
        path = self._path(assessment_id)
        with _refusals(), self._lock(path):
            if path.exists():
                raise Conflict("这份自评没有损坏，不需要恢复")
            tables = None
            with contextlib.suppress(Unreadable):
                tables = AtomicStorage(previous(path)).read()
            if tables is None:
                raise NotFound("没有可以恢复的副本")
            AtomicStorage(path).write(tables)

    def _path(self, assessment_id: str) -> Path:
        """The file of an id. Raises: NotFound for text that is no id, whatever a link carries."""
        if len(assessment_id) != 32 or not set(assessment_id) <= set("0123456789abcdef"):
            raise NotFound("没有找到这份自评；链接中的编号不正确")
        with _refusals():
            self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{assessment_id}.json"

    def _lock(self, path: Path) -> FileLock:
        lock = self._lock_path(path)
        lock.parent.mkdir(exist_ok=True)
        return FileLock(lock, timeout=30)

    def _lock_path(self, path: Path) -> Path:
        return self.folder / "locks" / f"{path.stem}.lock"

    @contextlib.contextmanager
    def _opened(self, path: Path) -> Iterator[TinyDB]:
        """The file, for this process alone. Raises: Damaged, Unavailable."""
        with _refusals(), self._lock(path):
            try:
                with TinyDB(path, storage=AtomicStorage) as file:
                    yield file
            except Unreadable as error:
                raise _set_aside(path) from error

    @contextlib.contextmanager
    def _changed(self, path: Path) -> Iterator[TinyDB]:
        """The file of an assessment that is there. Raises: NotFound, Damaged, Unavailable."""
        with self._opened(path) as file:
            if not path.exists():
                raise _missing(path, "这份自评已被删除，刚才的修改没有保存")
            yield file

    def _kept(self, path: Path) -> _Kept:
        """What a file holds. Raises: NotFound, Damaged, TooNew, Unavailable."""
        with _refusals():
            try:
                return self._read(path)
            except FileNotFoundError:
                raise _missing(path, NOT_FOUND) from None
            except Unreadable:
                with self._lock(path):  # so that of two windows one sets it aside
                    try:
                        return self._read(path)
                    except FileNotFoundError:
                        raise _missing(path, NOT_FOUND) from None
                    except Unreadable as error:
                        raise _set_aside(path) from error

    def _read(self, path: Path) -> _Kept:
        """What a file holds, or held when it was read last, if it is the same.

        Raises: Unreadable, TooNew, OSError.
        """
        state = _state(path)
        with self._memory:
            known = self._remembered.get(path)
        if known and known[0] == state:
            return known[1]
        kept = _content(path)
        self._remember(path, kept, state)
        return kept

    def _remember(self, path: Path, kept: _Kept, state: _State | None = None) -> None:
        with self._memory:
            self._remembered.pop(path, None)
            self._remembered[path] = state or _state(path), kept
            while len(self._remembered) > _REMEMBERED:
                self._remembered.pop(next(iter(self._remembered)))

    def _all(self) -> Iterator[Summary]:
        """Lines of all files, by their last good copy where they cannot be read."""
        paths = {file.with_suffix(".json") for file in self._files(".json", ".previous")}
        for path in paths:
            for file in (path, previous(path)):
                with contextlib.suppress(Unreadable, RepositoryError, OSError):
                    yield self._summary(file)
                    break

    def _files(self, *endings: str) -> Collection[Path]:
        """Those in the folder that end so. Raises: Unavailable, so that away is never empty."""
        with _refusals():
            self.folder.mkdir(parents=True, exist_ok=True)
            return [path for path in self.folder.iterdir() if path.suffix in endings]

    def _summary(self, path: Path) -> Summary:
        """Raises: Unreadable, TooNew, OSError."""
        state = _state(path)
        known = self._summaries.get(path)
        if known is None or known[0] != state:
            known = state, Summary.of(*_content(path))
            self._summaries[path] = known
        return known[1]

    def _sweep(self) -> None:
        """Remove what a crash left behind while it was being written."""
        before = (datetime.now(UTC) - _STALE).timestamp()
        for path in self.folder.glob(f"*{TEMPORARY}"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def _state(path: Path) -> _State:
    status = path.stat()
    return status.st_mtime_ns, status.st_ino, status.st_size


def _content(path: Path) -> _Kept:
    """Raises: Unreadable, TooNew, OSError."""
    tables = AtomicStorage(path).read()
    if tables is None:
        raise FileNotFoundError(path)
    document = tables.get(_ASSESSMENT, {}).get(str(_ROW))
    if document is not None:
        _refuse_later(document)
    try:
        return _Kept(
            Assessment.model_validate(document),
            _access(tables.get(_ACCESS, {}).get(str(_ROW))),
        )
    except ValidationError as error:
        raise Unreadable("not an assessment") from error


def _access(row: Any) -> Access:
    """Raises: pydantic.ValidationError."""
    return Access() if row is None else Access.model_validate(row)


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """Say in the user's words what the disk refuses. Raises: Unavailable."""
    try:
        yield
    except OSError as error:
        raise Unavailable(f"无法读写数据文件夹（{error.strerror or error}）") from error


def _missing(path: Path, words: str) -> RepositoryError:
    """Why there is no file: it was never there, or it was set aside and has a copy."""
    saved = _copied(path)
    if saved is None:
        return NotFound(words)
    return Damaged("这份自评的文件已损坏，已另存留底。", saved)


def _set_aside(path: Path) -> Damaged:
    """Move a damaged file out of the way, and say where it is."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_suffix(f".damaged-{stamp}")
    path.replace(aside)
    return Damaged(
        # Without the file's name: it has the id in it, which may be the key to edit.
        f"这份自评的文件已损坏，无法打开。原文件没有删除，已另存留底（damaged-{stamp}），"
        "可以交给技术人员，或从导出的备份导入",
        _copied(path),
    )


def _copied(path: Path) -> datetime | None:
    """When the last good copy of a file was saved, if it has one that can be read."""
    try:
        return _content(previous(path)).assessment.updated
    except (OSError, Unreadable, TooNew):
        return None


def _table(content: Assessment | Access) -> dict[str, Any]:
    return {str(_ROW): _row(content)}


def _row(content: Assessment | Access) -> Row:
    return Row(content.model_dump(mode="json"), doc_id=_ROW)


def _refuse_later(document: dict[str, Any]) -> None:
    """Raises: TooNew."""
    version = document.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise TooNew("这份自评由更新版本的安标自评保存，请升级后再打开")
