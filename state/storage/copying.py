"""Copy every assessment from one place to another, and prove that it arrived."""

import contextlib
import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from state.storage.folder import TinyRepository
from state.storage.opening import Storage
from state.storage.repository import Conflict, RepositoryError

_KEPT_AS = re.compile(r"([0-9a-f]{32})\.(json|previous|damaged-.*)")
"""Names of the files an assessment may be left in, whether it can be read or not."""

Digests = dict[str, str]
"""SHA-256 of the canonical JSON of each assessment and its access, by id."""


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

    progress: told how many of how many are done. Raises: Unavailable when either place is.
    """
    ids = sorted(_ids(source))
    _ids(target)
    report = Copied()
    for done, assessment_id in enumerate(ids, start=1):
        try:
            _copy_one(source, target, assessment_id, report)
        except RepositoryError as error:
            report.refused[assessment_id] = str(error)
        progress(done, len(ids))
    report.source = _digests(source, ids)
    report.target = _digests(target, report.source)
    return report


def total(digests: Digests) -> str:
    """One SHA-256 over those of all."""
    lines = (f"{assessment_id}:{digests[assessment_id]}\n" for assessment_id in sorted(digests))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _copy_one(source: Storage, target: Storage, assessment_id: str, report: Copied) -> None:
    """Raises: RepositoryError."""
    assessment, access = source.load(assessment_id), source.access(assessment_id)
    try:
        target.create(assessment, access)
    except Conflict:
        if (target.load(assessment_id), target.access(assessment_id)) != (assessment, access):
            raise Conflict("目标中同一编号的自评与它不同，没有覆盖") from None
        report.same += 1
    else:
        report.copied += 1


def _ids(place: Storage) -> set[str]:
    """Of everything kept there, also what cannot be read. Raises: Unavailable."""
    if isinstance(place, TinyRepository):
        names = (_KEPT_AS.fullmatch(path.name) for path in place.folder.glob("*"))
        return {name[1] for name in names if name}
    return place.ids()


def _digests(place: Storage, ids: Iterable[str]) -> Digests:
    """Of those that can be read."""
    digests = {}
    for assessment_id in ids:
        with contextlib.suppress(RepositoryError):
            digests[assessment_id] = _digest(place, assessment_id)
    return digests


def _digest(place: Storage, assessment_id: str) -> str:
    """Raises: RepositoryError."""
    content = {
        "assessment": place.load(assessment_id).model_dump(mode="json"),
        "access": place.access(assessment_id).model_dump(mode="json"),
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
