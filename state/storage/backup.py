"""Everything that a storage keeps as one file, a ZIP: written as a stream, read within bounds.

`anbiao-backup.json` says what it is, `documents/KIND/ID.json` has a document and whose it is,
`files/SHA-256` what documents show. Of the whole never more than one document or file is in memory.
"""

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO, Any

from pydantic import ValidationError

from schemes.zips import BROKEN, Oversized, Unbounded, part_within
from state.documents.access import Access
from state.documents.assessment import KeptDocument
from state.documents.faults import faults_of
from state.documents.file_kinds import MAX_BYTES as MOST_FILE
from state.documents.kinds import KINDS
from state.storage.repository import D, Damaged, Kept, NotFound, Repository, TooNew

MOST_DOCUMENT = 64 * 2**20
"""Bytes of a document, as a folder takes them."""

MOST_PARTS = 200_000
"""Documents and files in all."""

MOST_IN_ALL = 16 * 2**30
"""Bytes of what is unpacked."""

_VERSION = 1
_MOST_VALUES = 1_000_000
_HEAD = "anbiao-backup.json"
_KIND = "anbiao-backup"
_DOCUMENT = re.compile(r"documents/([a-z]{1,40})/([0-9a-f]{32})\.json")
_FILE = re.compile(r"files/([0-9a-f]{64})")
_CHUNK = 2**20

NOT_OURS = "这不是安标自评的备份文件。请选择“备份全部”得到的 .zip 文件"
NEWER = "这份备份由更新版本的安标自评制作。请先升级本工具，再恢复"
DAMAGED = "备份文件已损坏，可能没有复制完整。请换一份备份"


class BackupFault(Exception):
    """Why a file is not restored from, in the user's words."""


def untold(*_: int) -> None:
    """Progress that nobody asks for."""


@dataclass
class Written:
    """What a backup has. left: why others are not in it, by id or hash."""

    documents: int = 0
    files: int = 0
    left: dict[str, str] = field(default_factory=dict)


def write_backup(
    repository: Repository,
    file: IO[bytes],
    progress: Callable[[int, int], None] = untold,
) -> Written:
    """Write every document that can be read, and what they show.

    progress: told how many of how many documents are done. Raises: Unavailable;
    BackupFault for more than `MOST_PARTS`; OSError.
    """
    ids = [(kind, one) for kind in KINDS for one in sorted(repository.ids(kind))]
    written, shown = Written(), set[str]()
    with zipfile.ZipFile(file, "w") as package:
        for done, (kind, document_id) in enumerate(ids, 1):
            content = _written(repository, kind, document_id, shown, written.left)
            if content is not None:
                name = f"documents/{kind.KIND}/{document_id}.json"
                package.writestr(name, content, zipfile.ZIP_DEFLATED)
                written.documents += 1
            progress(done, len(ids))
        if written.documents + len(shown) > MOST_PARTS:
            raise BackupFault("内容太多，不能做成一个文件；请用 python -m state copy")
        for digest in sorted(shown):
            try:
                content = repository.blob(digest)
            except (NotFound, Damaged) as error:
                written.left[digest] = str(error)
                continue
            package.writestr(f"files/{digest}", content)  # pictures do not get any smaller
            written.files += 1
        head = {
            "kind": _KIND,
            "version": _VERSION,
            "made": datetime.now(UTC).isoformat(),
            "documents": written.documents,
            "files": written.files,
        }
        package.writestr(_HEAD, json.dumps(head))
    return written


def _written(
    repository: Repository,
    kind: type[KeptDocument],
    document_id: str,
    shown: set[str],
    left: dict[str, str],
) -> bytes | None:
    try:
        document, access = repository.read(document_id, kind)
    except NotFound:  # erased meanwhile
        return None
    except (Damaged, TooNew) as error:
        left[document_id] = str(error)
        return None
    shown.update(document.blobs)
    content = {
        "document": document.model_dump(mode="json"),
        "access": access.model_dump(mode="json"),
    }
    return json.dumps(content, ensure_ascii=False).encode()


class Backup:
    """An open backup, within bounds. made: when."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        """Raises: BackupFault; what `BROKEN` names."""
        self._package = package
        self._documents: dict[type[KeptDocument], dict[str, zipfile.ZipInfo]] = {}
        self._files: dict[str, zipfile.ZipInfo] = {}
        parts = package.infolist()
        names = {part.filename: part for part in parts}
        if _HEAD not in names:
            raise BackupFault(NOT_OURS)
        head = self._head(names[_HEAD])
        if len(names) != len(parts) or sum(part.file_size for part in parts) > MOST_IN_ALL:
            raise BackupFault(DAMAGED)
        kinds = {kind.KIND: kind for kind in KINDS}
        for name, part in names.items():
            document, file = _DOCUMENT.fullmatch(name), _FILE.fullmatch(name)
            if document:
                if document[1] not in kinds:
                    raise BackupFault(NEWER)
                self._documents.setdefault(kinds[document[1]], {})[document[2]] = part
            elif file:
                self._files[file[1]] = part
        counted = sum(map(len, self._documents.values())), len(self._files)
        if counted != (head.get("documents"), head.get("files")):
            raise BackupFault(DAMAGED)
        try:
            self.made = datetime.fromisoformat(str(head.get("made"))).astimezone(UTC)
        except (ValueError, OverflowError):
            raise BackupFault(DAMAGED) from None

    def check(self) -> None:
        """Read all of it once, before anything is made of it. Raises: BackupFault."""
        for kind in self._documents:
            for _ in self.documents(kind):
                pass
        for digest in self._files:
            self.file(digest)

    def documents(self, kind: type[D]) -> Iterator[Kept[D]]:
        """Every document of a kind, in the order of ids. Raises: BackupFault."""
        for document_id, part in sorted(self._documents.get(kind, {}).items()):
            yield self._document(kind, document_id, part)

    def file(self, digest: str) -> bytes | None:
        """A file's content by its hash; None where it was lost before. Raises: BackupFault."""
        if digest not in self._files:
            return None
        content = self._unpacked(self._files[digest], MOST_FILE)
        if hashlib.sha256(content).hexdigest() != digest:
            raise BackupFault(DAMAGED)
        return content

    def _document(self, kind: type[D], document_id: str, part: zipfile.ZipInfo) -> Kept[D]:
        data = _decoded(self._unpacked(part, MOST_DOCUMENT))
        document = data.get("document")
        if not isinstance(document, dict) or document.get("id") != document_id:
            raise BackupFault(DAMAGED)
        version = document.get("schema_version")
        if isinstance(version, int) and version > kind.SCHEMA:
            raise BackupFault(NEWER)
        try:
            return Kept(kind.model_validate(document), Access.model_validate(data.get("access")))
        except ValidationError as error:
            fault, later = faults_of(error)
            raise BackupFault(NEWER if later else f"备份里的内容有误（{fault}）") from error

    def _head(self, part: zipfile.ZipInfo) -> dict[str, Any]:
        head = _decoded(self._unpacked(part, 10_000))
        if head.get("kind") != _KIND:
            raise BackupFault(NOT_OURS)
        if head.get("version") != _VERSION:
            raise BackupFault(NEWER)
        return head

    def _unpacked(self, part: zipfile.ZipInfo, most: int) -> bytes:
        """Raises: BackupFault for what is damaged, or unpacks to more than it may."""
        try:
            return part_within(self._package, part, most)
        except Unbounded as error:
            raise BackupFault(NOT_OURS) from error
        except (*BROKEN, Oversized) as error:
            raise BackupFault(DAMAGED) from error


@contextmanager
def open_backup(file: IO[bytes]) -> Iterator[Backup]:
    """A backup to read from, as far as its list of contents says what it should.

    Raises: BackupFault.
    """
    if _parts(file) > MOST_PARTS + 1000:  # other programs that pack it again add their own
        raise BackupFault(NOT_OURS)
    try:
        package = zipfile.ZipFile(file)
    except BROKEN as error:
        file.seek(0)
        ours = file.read(2) == b"PK"
        raise BackupFault(DAMAGED if ours else NOT_OURS) from error
    with package:
        yield Backup(package)


def _parts(file: IO[bytes]) -> int:
    """Parts that the ZIP lists, before the list is taken into memory."""
    mark, count, before = b"PK\1\2", 0, b""
    file.seek(0)
    while chunk := file.read(_CHUNK):
        count += (before + chunk).count(mark)
        before = chunk[-len(mark) + 1 :]
    return count


def _decoded(content: bytes) -> dict[str, Any]:
    """Raises: BackupFault for what is no JSON object, or a very large one."""
    if sum(map(content.count, (b",", b"[", b"{"))) > _MOST_VALUES:
        raise BackupFault(DAMAGED)
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BackupFault(DAMAGED) from error
    if not isinstance(data, dict):
        raise BackupFault(DAMAGED)
    return data
