"""Copy every document and file from one storage to another, and prove that it arrived."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from state.documents.assessment import KeptDocument
from state.documents.kinds import KINDS
from state.storage.opening import Storage
from state.storage.repository import Conflict, RepositoryError

Digests = dict[str, str]
"""SHA-256 of the canonical JSON of each document and its access by id, and of each file."""


@dataclass
class Copied:
    """What became of a copy.

    copied, same: how many were copied, and how many were there already, equal.
    refused: why others were not, by id. source, target: what either side has of those that
    can be read in the source, read again after copying.
    """

    copied: int = 0
    same: int = 0
    refused: dict[str, str] = field(default_factory=dict)
    source: Digests = field(default_factory=dict)
    target: Digests = field(default_factory=dict)

    @property
    def different(self) -> list[str]:
        """Ids that are not the same on both sides."""
        ids = sorted({*self.source, *self.target})
        return [i for i in ids if self.source.get(i) != self.target.get(i)]


def copy(source: Storage, target: Storage, progress: Callable[[int, int], None]) -> Copied:
    """Copy what the target does not have; nothing is replaced there nor removed here.

    Files go first, so that no document is there without what it shows.
    progress: told how many of how many are done. Raises: Unavailable when either storage is.
    """
    digests = sorted(source.blobs())
    ids = [(kind, i) for kind in KINDS for i in sorted(source.ids(kind))]
    target.ids()
    report = Copied()
    count = len(digests) + len(ids)
    for done, digest in enumerate(digests, start=1):
        with _refusals(report, digest):
            _copy_blob(source, target, digest, report)
        progress(done, count)
    for done, (kind, document_id) in enumerate(ids, start=len(digests) + 1):
        with _refusals(report, document_id):
            _copy_one(source, target, document_id, kind, report)
        progress(done, count)
    report.source = _digests(source, ids) | _blobs(source, digests)
    report.target = _digests(target, [(kind, i) for kind, i in ids if i in report.source])
    report.target |= _blobs(target, [digest for digest in digests if digest in report.source])
    return report


def total(digests: Digests) -> str:
    """One SHA-256 over those of all."""
    lines = (f"{assessment_id}:{digests[assessment_id]}\n" for assessment_id in sorted(digests))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


@contextlib.contextmanager
def _refusals(report: Copied, name: str) -> Iterator[None]:
    try:
        yield
    except RepositoryError as error:
        report.refused[name] = str(error)


def _copy_one(
    source: Storage, target: Storage, document_id: str, kind: type[KeptDocument], report: Copied
) -> None:
    """Raises: RepositoryError."""
    kept = source.read(document_id, kind)
    line = source.line(document_id, kind)
    try:  # a line without figures is left to be made by who can score
        target.create(*kept, line if line.reviewed is not None else None)
    except Conflict:
        if target.read(document_id, kind) != kept:
            raise Conflict("目标中同一编号的自评与它不同，没有覆盖") from None
        report.same += 1
    else:
        report.copied += 1


def _copy_blob(source: Storage, target: Storage, digest: str, report: Copied) -> None:
    """Raises: RepositoryError."""
    if target.has_blob(digest):
        report.same += 1
    else:
        target.put_blob(source.blob(digest))
        report.copied += 1


def _digests(storage: Storage, ids: Iterable[tuple[type[KeptDocument], str]]) -> Digests:
    """Of those that can be read."""
    digests = {}
    for kind, document_id in ids:
        with contextlib.suppress(RepositoryError):
            digests[document_id] = _digest(storage, document_id, kind)
    return digests


def _digest(storage: Storage, document_id: str, kind: type[KeptDocument]) -> str:
    """Raises: RepositoryError."""
    document, access = storage.read(document_id, kind)
    content = {
        kind.KIND: document.model_dump(mode="json"),
        "access": access.model_dump(mode="json"),
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _blobs(storage: Storage, digests: Iterable[str]) -> Digests:
    """Of those that can be read: their content, hashed again by the storage."""
    found = {}
    for digest in digests:
        with contextlib.suppress(RepositoryError):
            storage.blob(digest)
            found[digest] = digest
    return found
