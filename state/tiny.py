"""Assessments in a folder: one TinyDB file each, replaced whole or not at all."""

import contextlib
import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from filelock import FileLock
from pydantic import ValidationError
from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Document

from state.assessment import SCHEMA_VERSION, Assessment
from state.repository import (
    Conflict,
    Damaged,
    NotFound,
    RepositoryError,
    Summary,
    TooNew,
    Unavailable,
)

_TABLE = "assessment"
_DOCUMENT = 1


class Unreadable(Exception):
    """The file holds something else than an assessment."""


class AtomicStorage(Storage):
    """A TinyDB storage that never leaves a half-written file.

    TinyDB's own writes in place; a crash in the middle loses everything. Here the
    new text is written beside the file, flushed to the disk, and renamed over it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables, or None when there is no file yet. Raises: Unreadable."""
        try:
            data = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return None
        except (ValueError, RecursionError) as error:
            raise Unreadable("not JSON") from error
        tables = data.values() if isinstance(data, dict) else [None]
        documents = [d for t in tables for d in (t.values() if isinstance(t, dict) else [None])]
        if not all(isinstance(document, dict) for document in documents):
            raise Unreadable("not tables of documents")
        return cast("dict[str, dict[str, Any]]", data)

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Replace the file. Raises: OSError, leaving the old file as it was."""
        beside = self.path.with_suffix(f".{os.getpid()}.tmp")
        try:
            with beside.open("w", encoding="utf-8") as file:
                json.dump(data, file, ensure_ascii=False, separators=(",", ":"))
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self.path)
        finally:
            beside.unlink(missing_ok=True)
        _flush_folder(self.path.parent)


def _flush_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):  # Windows has no such thing
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


class TinyRepository:
    """A folder of assessments, safe for several windows, threads and processes."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, creating it when it is not there."""
        self.folder = folder
        self._summaries: dict[Path, tuple[tuple[int, ...], Summary]] = {}

    def create(self, assessment: Assessment) -> None:
        """Keep a new assessment. Raises: Conflict when the id is taken; Unavailable."""
        with self._opened(self._path(assessment.id)) as table:
            if table.contains(doc_id=_DOCUMENT):
                raise Conflict("同一编号的自评已经存在")
            table.insert(_document(assessment))

    def load(self, assessment_id: str) -> Assessment:
        """The assessment as last saved. Raises: NotFound, Damaged, TooNew, Unavailable."""
        path = self._path(assessment_id)
        if not path.exists():
            raise NotFound("没有找到这份自评；链接可能不完整，或它已被删除")
        with self._opened(path) as table:
            return _assessment(table.get(doc_id=_DOCUMENT))

    def save(self, assessment: Assessment, expected_revision: int) -> None:
        """Replace what is kept.

        Raises: Conflict, NotFound, Damaged, TooNew, Unavailable.
        """
        new = _document(assessment)

        def replace(kept: Any) -> None:
            _refuse_later(kept)
            if kept.get("revision") != expected_revision:
                raise Conflict("这份自评刚在别处保存过")
            kept.clear()
            kept.update(new)

        path = self._path(assessment.id)
        with self._opened(path) as table:
            if not path.exists():
                raise NotFound("这份自评已被删除，刚才的修改没有保存")
            if not table.contains(doc_id=_DOCUMENT):  # before TinyDB writes what it did not find
                raise Unreadable("no document")
            table.update(replace, doc_ids=[_DOCUMENT])

    def list(self) -> list[Summary]:
        """All assessments that can be read, latest first; the others are left alone."""
        found = []
        for path in self.folder.glob("*.json"):
            with contextlib.suppress(Unreadable, RepositoryError, OSError):
                found.append(self._summary(path))
        return sorted(found, key=lambda summary: summary.updated, reverse=True)

    def delete(self, assessment_id: str) -> None:
        """Remove the assessment's file; absent ones are no error. Raises: Unavailable."""
        with contextlib.suppress(NotFound):
            path = self._path(assessment_id)
            if path.exists():
                with _refusals(), self._lock(path):
                    path.unlink(missing_ok=True)

    def _path(self, assessment_id: str) -> Path:
        """The file of an id. Raises: NotFound for text that is no id, whatever a link carries."""
        if len(assessment_id) != 32 or not set(assessment_id) <= set("0123456789abcdef"):
            raise NotFound("没有找到这份自评；链接中的编号不正确")
        with _refusals():
            self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"{assessment_id}.json"

    def _lock(self, path: Path) -> FileLock:
        return FileLock(path.with_suffix(".lock"), timeout=30)

    @contextlib.contextmanager
    def _opened(self, path: Path) -> Iterator[Any]:
        """The file's table, for this process alone. Raises: Damaged, Unavailable."""
        with _refusals(), self._lock(path):
            try:
                with TinyDB(path, storage=AtomicStorage) as database:
                    yield database.table(_TABLE, cache_size=0)
            except Unreadable as error:
                aside = _set_aside(path)
                raise Damaged(
                    f"这份自评的文件已损坏，无法打开。原文件没有删除，已移到 {aside.name}，"
                    "请从导出的备份导入，或把该文件交给技术人员"
                ) from error

    def _summary(self, path: Path) -> Summary:
        """Raises: Unreadable, TooNew, OSError."""
        status = path.stat()
        state = (status.st_mtime_ns, status.st_ino, status.st_size)
        known = self._summaries.get(path)
        if known is None or known[0] != state:
            tables = AtomicStorage(path).read() or {}
            kept = _assessment(tables.get(_TABLE, {}).get(str(_DOCUMENT)))
            known = state, Summary(kept.id, kept.title, kept.scheme, kept.updated)
            self._summaries[path] = known
        return known[1]


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """Say in the user's words what the disk refuses. Raises: Unavailable."""
    try:
        yield
    except OSError as error:
        raise Unavailable(f"无法读写数据文件夹（{error.strerror or error}）") from error


def _set_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_suffix(f".damaged-{stamp}")
    path.replace(aside)
    return aside


def _document(assessment: Assessment) -> Document:
    return Document(assessment.model_dump(mode="json"), doc_id=_DOCUMENT)


def _assessment(document: Any) -> Assessment:
    """Raises: TooNew, Unreadable."""
    if isinstance(document, dict):
        _refuse_later(document)
    try:
        return Assessment.model_validate(document)
    except ValidationError as error:
        raise Unreadable("not an assessment") from error


def _refuse_later(document: dict[str, Any]) -> None:
    version = document.get("schema_version")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        raise TooNew("这份自评由更新版本的安标自评保存，请升级后再打开")
