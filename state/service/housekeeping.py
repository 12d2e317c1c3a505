"""What is cleared away whoever looks, now and again, and what goes along with what is erased."""

import contextlib
import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from state.documents.access import BROWSER, Access
from state.documents.assessment import NAMELESS, Assessment, KeptDocument
from state.documents.classroom import NAMES_KEPT, Classroom, names_due
from state.documents.classroom import forget_names as without_names
from state.documents.kinds import KINDS
from state.documents.project import Project
from state.documents.snapshot import Snapshot
from state.service.index_line import assessment_line, project_line, snapshot_line
from state.service.known_processes import process_of
from state.service.logins import forget_ended
from state.storage.line import Line, Query
from state.storage.repository import NotFound, Repository, RepositoryError

_PAGE = 200
"""Documents that are looked at in one go."""

_UNSHOWN = timedelta(days=1)
"""How long a file is kept that no document shows: who uploads it may still be at it."""

_EMPTY = timedelta(days=7)
"""How long an assessment is kept that a browser made and nobody has written in."""

_DESCRIBED: tuple[type[KeptDocument], ...] = (Assessment, Snapshot, Project)
"""Kinds whose lines say more than the document alone."""

_log = logging.getLogger(__name__)


def tidy(repository: Repository, now: datetime) -> int:
    """Erase what has been in the bin for longer than it is kept, and files nobody shows.

    So is what a mere browser made, by a link anybody may open, and never wrote in.
    Lines without figures get them, some at a time; ended logins that are too old to count anyway
    are forgotten, and the names of classes that ended 30 days ago. Returns: how many documents
    were removed; what cannot be removed is left for the next time. Raises: RepositoryError.
    """
    repository.refresh()
    removed = sum(_empty_bin(repository, kind, now) for kind in KINDS)
    removed += _forget_empty(repository, now)
    unshown = set(repository.blobs(before=now - _UNSHOWN))
    for digest in unshown - set(repository.shown(unshown)):
        repository.delete_blob(digest)
    forget_ended(repository, now)
    _forget_names(repository, now)
    describe(repository, at_most=_PAGE)
    return removed


def erase(
    repository: Repository,
    document_id: str,
    kind: type[KeptDocument] = Assessment,
    revision: int | None = None,
) -> None:
    """Remove a document for good with what goes along: its snapshots, files only it shows.

    The document goes last, so that what is interrupted can be done again.
    Raises: Conflict when a revision is given and another one is there; RepositoryError.
    """
    taken = [(Snapshot, line) for line in snapshots(repository, document_id)]
    shown = [digest for _, line in taken for digest in line.blobs]
    with contextlib.suppress(NotFound):
        shown += repository.line(document_id, kind).blobs
    for other, line in taken:
        repository.delete(line.id, other)
    repository.delete(document_id, kind, revision)
    if shown:
        for digest in set(shown) - set(repository.shown(shown)):
            repository.delete_blob(digest)


def snapshots(repository: Repository, assessment_id: str) -> Iterable[Line]:
    """Lines of all snapshots of an assessment, the latest first. Raises: RepositoryError."""
    return repository.list(Query(group=assessment_id), Snapshot).lines


def describe(repository: Repository, at_most: int | None = None) -> int:
    """Give figures to lines that storage made by itself. Raises: RepositoryError.

    at_most: of each kind; None for all. Returns: how many.
    """
    return sum(_describe(repository, kind, at_most) for kind in _DESCRIBED)


def _describe(repository: Repository, kind: type[KeptDocument], at_most: int | None) -> int:
    done: set[str] = set()
    while at_most is None or len(done) < at_most:
        found = [d for d in repository.undescribed(_PAGE, kind) if d.id not in done]
        for document in found:
            repository.describe(document, line_of(repository, document))
            done.add(document.id)
        if not found:
            break
    return len(done)


def line_of(repository: Repository, document: KeptDocument) -> Line:
    """A document's line, scored where its kind is."""
    if isinstance(document, Assessment):
        return assessment_line(document)
    if isinstance(document, Project):
        return project_line(document, process_of(repository, document))
    return snapshot_line(document) if isinstance(document, Snapshot) else Line.of(document)


def _empty_bin(repository: Repository, kind: type[KeptDocument], now: datetime) -> int:
    """Erase what is too old, by what is kept and not only by its line."""
    removed = 0
    for line in repository.list(Query(deleted=True), kind).lines:
        if not line.access.expired(now):
            continue
        try:
            if repository.access(line.id, kind).expired(now):
                erase(repository, line.id, kind)
                removed += 1
        except RepositoryError as error:  # not its words: they may name an id, which is a key
            _log.warning("Not cleared away: %s", type(error).__name__)
    return removed


def _forget_names(repository: Repository, now: datetime) -> None:
    """Take the names out of classes that ended long ago, unless they are to be kept."""

    def nameless(classroom: Classroom, _: Access) -> tuple[Classroom, None]:
        due = names_due(classroom, now)
        return (without_names(classroom).stamped() if due else classroom), None

    for line in repository.list(Query(), Classroom).lines:
        if now - line.updated > NAMES_KEPT:
            with contextlib.suppress(RepositoryError):  # the next time
                repository.revise(line.id, nameless, Classroom)


def _forget_empty(repository: Repository, now: datetime) -> int:
    """Erase empty assessments that browsers made and left. Returns: how many."""
    removed = 0
    for line in repository.list(Query(deleted=False, search=NAMELESS), Assessment).lines:
        if line.standard or now - line.updated <= _EMPTY or not _of_a_browser(line.access):
            continue
        try:
            removed += _erase_empty(repository, line.id, now)
        except RepositoryError as error:  # not its words: they may name an id, which is a key
            _log.warning("Not cleared away: %s", type(error).__name__)
    return removed


def _erase_empty(repository: Repository, document_id: str, now: datetime) -> bool:
    """Erase one if it is still empty; it goes into the bin first, where nobody may change it."""
    access = repository.change_access(
        document_id, lambda a: a.having(deleted=now) if _of_a_browser(a) else a
    )
    if access.deleted != now:
        return False
    if _is_empty(repository.load(document_id)) and not list(snapshots(repository, document_id)):
        erase(repository, document_id)
        return True
    repository.change_access(document_id, lambda a: a.having(deleted=None))
    return False


def _of_a_browser(access: Access) -> bool:
    """Whether it belongs to a mere browser, and nobody else was let in."""
    return access.owner.startswith(BROWSER) and not (access.shared or access.links)


def _is_empty(assessment: Assessment) -> bool:
    """Whether it was never changed, and has nothing in it."""
    return assessment == Assessment(
        id=assessment.id, created=assessment.created, updated=assessment.updated
    )
