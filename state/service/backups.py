"""Bringing back what a backup has: what is new comes, what differs stands beside, nothing goes.

A copy that stands beside gets an id made of what it is a copy of, so that restoring twice, or again
after it was interrupted, brings nothing twice.
"""

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from schemes.brought import PREFIX
from schemes.held import content_of, text_of
from state.documents.access import Access
from state.documents.assessment import Assessment, KeptDocument
from state.documents.classroom import Classroom, new_code, token_of
from state.documents.file_kinds import kind_of
from state.documents.finishing import follow
from state.documents.installed import InstalledScheme
from state.documents.installed_process import InstalledProcess
from state.documents.person import Person
from state.documents.photo_files import check_kept
from state.documents.pictures import PictureFault
from state.documents.project import Project, ProjectFault
from state.documents.project_changes import retie
from state.documents.snapshot import Snapshot
from state.service.index_line import assessment_line, project_line, snapshot_line
from state.service.known_processes import process_of
from state.storage.backup import Backup, untold
from state.storage.line import Line
from state.storage.repository import (
    Conflict,
    Damaged,
    NotFound,
    Repository,
    TooNew,
)

_ORDER: tuple[type[KeptDocument], ...] = (
    InstalledScheme,
    InstalledProcess,
    Person,
    Assessment,
    Snapshot,
    Project,
    Classroom,
)
"""What others name comes before them."""


class Fate(Enum):
    """What becomes of a document of a backup.

    NEW: it comes. SAME: it is here. BESIDE: another state of it is here, and it comes as a copy.
    LEFT: something else is here that stays, and no copy would be of use.
    """

    NEW = "new"
    SAME = "same"
    BESIDE = "beside"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Compared:
    """A document of a backup, held against what is here.

    kind: `KeptDocument.KIND`. updated: in the backup; here: here, None where nothing readable is.
    """

    kind: str
    title: str
    fate: Fate
    updated: datetime
    here: datetime | None = None
    binned: bool = False


@dataclass
class Restored:
    """What was brought: documents and files. refused: files that are none of ours."""

    documents: int = 0
    files: int = 0
    refused: int = 0


class _Coming(NamedTuple):
    """What is told of a document, and what is to be created, if anything."""

    told: Compared
    document: KeptDocument | None = None
    access: Access | None = None


def compare(backup: Backup, repository: Repository) -> list[Compared]:
    """What `restore` would do. Raises: BackupFault, RepositoryError."""
    return [one.told for one in _coming(backup, repository)]


def restore(
    backup: Backup,
    repository: Repository,
    progress: Callable[[int], None] = untold,
) -> Restored:
    """Bring what is not here. `Backup.check` comes first, so that a damaged file changes nothing.

    progress: told how many documents were looked at. Raises: BackupFault, RepositoryError.
    """
    restored = Restored()
    for done, (_, document, access) in enumerate(_coming(backup, repository), 1):
        if document is not None and access is not None:
            _bring_files(backup, repository, document, restored)
            with contextlib.suppress(Conflict):  # it has come meanwhile
                repository.create(document, access, _line(repository, document))
                restored.documents += 1
        progress(done)
    return restored


def _coming(backup: Backup, repository: Repository) -> Iterator[_Coming]:
    moved: dict[str, str] = {}
    for kind in _ORDER:
        for document, access in backup.documents(kind):
            yield _held_against(repository, document, access, moved)


def _held_against(
    repository: Repository, document: KeptDocument, access: Access, moved: dict[str, str]
) -> _Coming:
    """moved: ids of copies by those of what they are of; what is moved now is added."""
    told = Compared(document.KIND, document.title, Fate.NEW, document.updated)
    if isinstance(document, Snapshot) and document.assessment in moved:
        return _beside(repository, document, access, moved, told)
    document = _tied(document, moved)
    try:
        here = repository.read(document.id, type(document))
    except NotFound:
        return _new(repository, document, access, told)
    except (Damaged, TooNew):
        return _beside(repository, document, access, moved, _with(told, Fate.BESIDE))
    binned = here.access.deleted is not None and access.deleted is None
    told = _with(told, Fate.SAME, here.document.updated, binned)
    if _content(here.document) == _content(document):
        return _Coming(told)
    return _beside(repository, document, access, moved, _with(told, Fate.BESIDE, told.here))


def _new(repository: Repository, document: KeptDocument, access: Access, told: Compared) -> _Coming:
    """Nothing has its id; of an installed standard another may have its name and version."""
    if isinstance(document, InstalledScheme) and document.version:
        for line in repository.list(kind=InstalledScheme).lines:
            if (line.standard, line.version) == document.standard:
                kept = repository.load(line.id, InstalledScheme).content
                return _Coming(_with(told, Fate.SAME if kept == document.content else Fate.LEFT))
    return _Coming(told, document, access)


def _beside(
    repository: Repository,
    document: KeptDocument,
    access: Access,
    moved: dict[str, str],
    told: Compared,
) -> _Coming:
    copy = _copy(document, moved)
    if copy is None:
        return _Coming(_with(told, Fate.LEFT, told.here))
    moved[document.id] = copy.id
    links = (token_of(copy.code),) if isinstance(copy, Classroom) else ()
    with contextlib.suppress(NotFound):
        repository.line(copy.id, type(copy))
        return _Coming(_with(told, Fate.SAME, told.here))  # it was restored before
    return _Coming(told, copy, access.having(links=links, parts={}))


def _copy(document: KeptDocument, moved: Mapping[str, str]) -> KeptDocument | None:
    """The same under another id, and what it names under theirs; None where that is of no use."""
    group = moved.get(document.group, "") if isinstance(document, Snapshot) else ""
    new_id = _derived(document, group)
    if isinstance(document, Assessment):
        own = [*(one.snapshot for one in document.finishings), *document.previous]
        to = {one: _hash("snapshot", one, new_id) for one in own}
        return follow(to)(document).having(id=new_id)
    if isinstance(document, Snapshot):
        return document.having(id=new_id, assessment=group or document.assessment)
    if isinstance(document, Project):
        return document.having(id=new_id, helpers=())
    if isinstance(document, Classroom):
        return document.having(id=new_id, code=new_code())
    if isinstance(document, InstalledScheme) and document.stage == "draft":
        scheme_id = f"{PREFIX}{new_id[:16]}"
        content = content_of(document.content)
        content["scheme"] = {**content["scheme"], "id": scheme_id}
        return document.having(id=new_id, scheme=scheme_id, content=text_of(content))
    return None


def _derived(document: KeptDocument, group: str) -> str:
    """The id of a copy. A snapshot's, when it goes with a copy, by its id and the copy's."""
    if group:
        return _hash("snapshot", document.id, group)
    return _hash("restored", document.id, document.model_dump_json(exclude={"updated"}))


def _hash(*words: str) -> str:
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]


def _tied(document: KeptDocument, moved: Mapping[str, str]) -> KeptDocument:
    """With the ids of copies in place of what they are of."""
    if isinstance(document, Project):
        for before in (*document.assessments, *document.snapshots):
            if before in moved:
                document = retie(before, moved[before])(document)
    elif isinstance(document, Classroom):
        seats = tuple(
            one.having(assessment=moved.get(one.assessment, one.assessment))
            for one in document.participants
        )
        document = document.having(participants=seats)
    return document


def _content(document: KeptDocument) -> KeptDocument:
    """What has to be the same: neither when and how often it was saved, nor a snapshot's name."""
    ignored = {"revision": 0, "updated": None}
    return document.model_copy(
        update=ignored | {"name": ""} if isinstance(document, Snapshot) else ignored
    )


def _with(
    told: Compared, fate: Fate, here: datetime | None = None, binned: bool = False
) -> Compared:
    return Compared(told.kind, told.title, fate, told.updated, here, binned)


def _line(repository: Repository, document: KeptDocument) -> Line | None:
    if isinstance(document, Assessment):
        return assessment_line(document)
    if isinstance(document, Snapshot):
        return snapshot_line(document)
    if isinstance(document, Project):
        return project_line(document, process_of(repository, document))
    return None


def _bring_files(
    backup: Backup, repository: Repository, document: KeptDocument, restored: Restored
) -> None:
    """Keep what it shows, as far as this program could have kept it. Raises: BackupFault."""
    for digest in document.blobs:
        content = None if _is_here(repository, digest) else backup.file(digest)
        if content is None:
            continue
        if _fits(document, content):
            repository.put_blob(content)
            restored.files += 1
        else:
            restored.refused += 1


def _is_here(repository: Repository, digest: str) -> bool:
    try:
        repository.blob(digest)
    except (NotFound, Damaged):
        return False
    return True


def _fits(document: KeptDocument, content: bytes) -> bool:
    try:
        if isinstance(document, Project):
            kind_of(content, "")
        else:
            check_kept(content)
    except (PictureFault, ProjectFault):
        return False
    return True
