"""What one file of a folder holds, and what is said when it cannot be read."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import Timeout
from pydantic import ValidationError
from tinydb.table import Document as Row

from state.documents.access import Access
from state.documents.assessment import KeptDocument
from state.documents.faults import faults_of
from state.storage.atomic import AtomicStorage, Unreadable, previous
from state.storage.line import Line
from state.storage.repository import (
    NOT_FOUND,
    TOO_NEW,
    D,
    Damaged,
    Kept,
    NotFound,
    RepositoryError,
    TooNew,
    Unavailable,
)

ACCESS = "access"
_ROW = 1
"""Each file holds two tables with one row each: the document's, named by its kind, and this."""

FileState = tuple[int, int, int]
"""What tells one content of a file from the next; every save makes a new file."""


def state_of(path: Path) -> FileState:
    """Raises: OSError."""
    status = path.stat()
    return status.st_mtime_ns, status.st_ino, status.st_size


def line_in(kind: type[KeptDocument], path: Path) -> Line:
    """The line of what a file holds. Raises: Unreadable, TooNew, OSError."""
    kept = content(kind, path)
    return replace(Line.of(kept.document), access=kept.access)


def content(kind: type[D], path: Path) -> Kept[D]:
    """What a file holds.

    Raises: Unreadable, TooNew, OSError; NotFound for the copy of another document's file.
    """
    tables = AtomicStorage(path).read()
    if tables is None:
        raise FileNotFoundError(path)
    document = tables.get(kind.KIND, {}).get(str(_ROW))
    if document is not None:
        _refuse_later(kind, document)
    try:
        kept = Kept(
            kind.model_validate(document),
            _access(tables.get(ACCESS, {}).get(str(_ROW))),
        )
    except ValidationError as error:
        raise Unreadable("not a document of this kind") from error
    if kept.document.id != path.stem:
        raise NotFound(NOT_FOUND)
    return kept


def _access(row: Any) -> Access:
    """Raises: TooNew, pydantic.ValidationError."""
    try:
        return Access() if row is None else Access.model_validate(row)
    except ValidationError as error:
        if faults_of(error)[1]:  # it has no version of its own, see `Access`
            raise TooNew(TOO_NEW) from error
        raise


@contextlib.contextmanager
def refusals() -> Iterator[None]:
    """Say in the user's words what the disk refuses. Raises: Unavailable."""
    try:
        yield
    except Timeout as error:
        raise Unavailable("这份内容正在别处保存，一直没有轮到") from error
    except OSError as error:
        raise Unavailable(f"无法读写数据文件夹（{error.strerror or error}）") from error


def missing(kind: type[KeptDocument], path: Path, words: str) -> RepositoryError:
    """Why there is no file: it was never there, or it was set aside and has a copy."""
    saved = _copied(kind, path)
    if saved is None and not asides(path):
        return NotFound(words)
    return Damaged("这份自评的文件已损坏，已另存留底。", saved)


def asides(path: Path) -> list[Path]:
    """The damaged files that were moved out of a document's way, the oldest first."""
    return sorted(path.parent.glob(f"{path.stem}.damaged-*"))


def set_aside(kind: type[KeptDocument], path: Path) -> Damaged:
    """Move a damaged file out of the way, and say where it is."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    aside = path.with_suffix(f".damaged-{stamp}")
    path.replace(aside)
    return Damaged(
        # Without the file's name: it has the id in it, which may be the key to edit.
        f"这份自评的文件已损坏，无法打开。原文件没有删除，已另存留底（damaged-{stamp}），"
        "可以交给技术人员，或从导出的备份导入",
        _copied(kind, path),
    )


def _copied(kind: type[KeptDocument], path: Path) -> datetime | None:
    """When the last good copy of a file was saved, if it has one that can be read."""
    try:
        return content(kind, previous(path)).document.updated
    except (OSError, Unreadable, TooNew, NotFound):
        return None


def table(content: KeptDocument | Access) -> dict[str, Any]:
    """A table with one row."""
    return {str(_ROW): row(content)}


def row(content: KeptDocument | Access) -> Row:
    """The one row of a table."""
    return Row(content.model_dump(mode="json"), doc_id=_ROW)


def _refuse_later(kind: type[KeptDocument], document: dict[str, Any]) -> None:
    """Raises: TooNew."""
    version = document.get("schema_version")
    if isinstance(version, int) and version > kind.SCHEMA:
        raise TooNew(TOO_NEW)
