"""A TinyDB storage that never leaves a half-written file and notices a changed one.

TinyDB's own writes in place; a crash in the middle loses everything. Here the new text is
written beside the file, flushed to the disk, and renamed over it; what was there before stays
as the previous copy. A checksum in front tells damage that still is JSON.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import stat
from pathlib import Path
from time import sleep
from typing import Any, cast

from tinydb.storages import Storage

Tables = dict[str, dict[str, Any]]

TEMPORARY = ".tmp"
"""What the name of a file being written ends in; a crash can leave one behind."""

_HEAD, _MIDDLE, _TAIL = b'{"sha256":"', b'","tables":', b"}"
_BODY = len(_HEAD) + 64 + len(_MIDDLE)
"""Where the tables begin."""

_PATIENCE = 40
"""Attempts, 50 ms apart, to replace a file that a reader holds open, as Windows forbids."""


_ROW_ID = re.compile(r"[0-9]{1,9}", re.ASCII)
"""What TinyDB calls rows; it fails on anything else in a table that it changes."""

MAX_BYTES = 64 * 1024 * 1024
"""Largest file that is written and read; a full assessment takes a hundredth of it."""


class Unreadable(Exception):
    """The file holds something else than what was written."""


def previous(path: Path) -> Path:
    """Where the last good copy before the current one is."""
    return path.with_suffix(".previous")


class AtomicStorage(Storage):
    """One file, replaced whole or not at all."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Tables | None:
        """The tables, or None when there is no file yet.

        Raises: Unreadable; OSError, also for what is no file or too large to be one of ours.
        """
        try:
            _refuse_strange(self.path)
            content = self.path.read_bytes()
        except FileNotFoundError:
            return None
        return _decode(content)

    def write(self, data: Tables) -> None:
        """Replace the file. Raises: OSError, leaving the old file as it was."""
        beside = self.path.with_suffix(f".{os.getpid()}{TEMPORARY}")
        content = _encode(data)
        if len(content) > MAX_BYTES:
            raise OSError(errno.EFBIG, "内容太多")
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            self._keep_previous()
            replace(beside, self.path)
        finally:
            beside.unlink(missing_ok=True)
        flush_folder(self.path.parent)

    def _keep_previous(self) -> None:
        """Give what is there a second name; never without a copy that is whole."""
        if not self.path.exists():
            return
        beside = self.path.with_suffix(f".{os.getpid()}.old{TEMPORARY}")
        beside.unlink(missing_ok=True)
        try:
            os.link(self.path, beside)
        except OSError:  # a file system without links
            shutil.copyfile(self.path, beside)
        replace(beside, previous(self.path))
        beside.unlink(missing_ok=True)  # renaming a file to itself leaves both names


def _refuse_strange(path: Path) -> None:
    """Raises: OSError for what would block for ever, or fill the memory, when it is read."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "不是文件")
    if status.st_size > MAX_BYTES:
        raise OSError(errno.EFBIG, "文件太大，不是本工具写的")


def _encode(data: Tables) -> bytes:
    return _sealed(json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def _sealed(body: bytes) -> bytes:
    digest = hashlib.sha256(body).hexdigest().encode()
    return _HEAD + digest + _MIDDLE + body + _TAIL


def _decode(content: bytes) -> Tables:
    """Raises: Unreadable."""
    if content.startswith(_HEAD):
        written, content = content, content[_BODY : -len(_TAIL)]
        if written != _sealed(content):
            raise Unreadable("another checksum")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    tables = data.values() if isinstance(data, dict) else [None]
    rows = [row for t in tables for row in (t.items() if isinstance(t, dict) else [("", None)])]
    if not all(_ROW_ID.fullmatch(name) and isinstance(row, dict) for name, row in rows):
        raise Unreadable("not tables of documents")
    return cast("Tables", data)


def replace(source: Path, target: Path) -> None:
    """Rename over what is there, waiting for a reader that holds it open. Raises: OSError."""
    for attempt in range(_PATIENCE):
        try:
            source.replace(target)
            return
        except PermissionError:
            if os.name != "nt" or attempt + 1 == _PATIENCE:
                raise
            sleep(0.05)


def flush_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be opened."""
    with contextlib.suppress(OSError):  # Windows has no such thing
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
