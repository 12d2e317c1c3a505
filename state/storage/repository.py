"""What every place that keeps assessments can do, and how it says no."""

import contextlib
import random
import time
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Generic, NamedTuple, Protocol, TypeVar, overload

from state.documents.access import Access
from state.documents.assessment import Assessment, KeptDocument
from state.documents.clashes import Clash, contained
from state.storage.line import Found, Line, Query

D = TypeVar("D", bound=KeptDocument)
T = TypeVar("T")

_ATTEMPTS = 20
_PAUSE = 0.01
"""Seconds that each further attempt may wait longer, at random, so that rivals drift apart."""

NOT_FOUND = "没有找到这份自评；链接可能不完整，或它已被删除"

TOO_NEW = "这份自评由更新版本的安标自评保存，请升级后再打开"


class RepositoryError(Exception):
    """Something the user should be told, in words made for them."""


class NotFound(RepositoryError):
    """No assessment with that id."""


class Conflict(RepositoryError):
    """The assessment was saved by someone else since it was loaded."""


class Moved(RepositoryError):
    """The assessment is about another standard, or another round, than the change was made for."""


class Clashed(RepositoryError):
    """Somebody else has changed the same answers to other values.

    clashes: at least one.
    """

    def __init__(self, clashes: list[Clash]) -> None:
        super().__init__("同一处刚在别的窗口改过")
        self.clashes = clashes


class Damaged(RepositoryError):
    """The stored assessment cannot be read; it has been set aside, not deleted.

    copy: when the last good copy was saved that `recover` can go back to.
    """

    def __init__(self, words: str, copy: datetime | None = None) -> None:
        super().__init__(words)
        self.copy = copy


class TooNew(RepositoryError):
    """The assessment was written by a later version of this program."""


class Attempt(NamedTuple):
    """A write of which nobody heard whether it landed: what was there, and what was to be."""

    before: Assessment
    after: Assessment

    def landed(self, current: Assessment) -> bool:
        """Whether it is in what is kept now, others' changes on top of it or not."""
        if (current.revision, current.updated) == (self.after.revision, self.after.updated):
            return True
        later = current.revision > self.after.revision
        return later and contained(self.before, self.after, current)


class Unavailable(RepositoryError):
    """The place itself refuses: no space, no right to write, no answer.

    attempt: what may have been written all the same.
    """

    attempt: Attempt | None = None


class Kept(NamedTuple, Generic[D]):
    """A document and whose it is."""

    document: D
    access: Access


class Repository(Protocol):
    """A place that keeps documents of every kind. Every method may raise RepositoryError.

    A kind is the class of its documents. Who saves hands over the document's line in the index
    too, so that storage never scores; without one, the line says what the document alone says.
    It keeps and finds; who may do what is decided in front of it, in `state.service`.
    """

    def create(
        self, document: KeptDocument, access: Access = ..., line: Line | None = None
    ) -> None:
        """Keep a new document under its id. Raises: Conflict when the id is taken."""

    def read(self, document_id: str, kind: type[D]) -> Kept[D]:
        """A document as last saved, and whose it is. Raises: NotFound, Damaged, TooNew."""

    @overload
    def load(self, document_id: str) -> Assessment: ...

    @overload
    def load(self, document_id: str, kind: type[D]) -> D:
        """A document as last saved. Raises: NotFound, Damaged, TooNew."""

    def save(
        self, document: KeptDocument, expected_revision: int, line: Line | None = None
    ) -> None:
        """Replace what is kept. Raises: Conflict when another revision is there."""

    def revise(
        self,
        document_id: str,
        change: Callable[[D, Access], tuple[D, Line | None]],
        kind: type[D],
    ) -> Kept[D]:
        """Read, change and save in one go; nothing is written when nothing is changed.

        Returns: what is kept then. Raises: Conflict when somebody else saved meanwhile.
        """

    def list(self, query: Query = ..., kind: type[KeptDocument] = ...) -> Found:
        """Lines of documents that can be read, the latest first."""

    def ids(self, kind: type[KeptDocument] = ...) -> Collection[str]:
        """Of everything kept, also what cannot be read."""

    def line(self, document_id: str, kind: type[KeptDocument] = ...) -> Line:
        """What the index has of a document, also of a damaged one. Raises: NotFound."""

    def undescribed(self, limit: int, kind: type[D]) -> Sequence[D]:
        """Documents whose line has no figures because storage made it by itself."""

    def describe(self, document: KeptDocument, line: Line) -> None:
        """Replace a document's line, unless it was saved since it was read."""

    def refresh(self) -> None:
        """Take into the index what came past it, such as files copied into the folder."""

    def delete(
        self, document_id: str, kind: type[KeptDocument] = ..., revision: int | None = None
    ) -> None:
        """Remove the document and every copy for good; absent ones are no error.

        Raises: Conflict when a revision is given and another one is there.
        """

    def access(self, document_id: str, kind: type[KeptDocument] = ...) -> Access:
        """Whose it is and to whom it is open. Raises: NotFound."""

    def change_access(
        self,
        document_id: str,
        change: Callable[[Access], Access],
        kind: type[KeptDocument] = ...,
    ) -> Access:
        """Apply `change` to what is kept, alone; return what is kept now. Raises: NotFound."""

    def behind(self, token: str, kind: type[KeptDocument] = ...) -> str:
        """The id of the document a read-only link leads to. Raises: NotFound."""

    def recover(self, document_id: str, kind: type[KeptDocument] = ...) -> None:
        """Go back to the last good copy of a damaged document. Raises: NotFound without one."""

    def put_blob(self, content: bytes) -> str:
        """Keep a file's content; the same twice is kept once. Returns: its SHA-256 in hex."""

    def blob(self, digest: str) -> bytes:
        """A file's content. Raises: NotFound; Damaged when it is no longer what was kept."""

    def has_blob(self, digest: str) -> bool:
        """Whether it is kept."""

    def delete_blob(self, digest: str) -> None:
        """Remove a file's content; absent ones are no error."""

    def blobs(self, before: datetime | None = None) -> Collection[str]:
        """Of all that are kept, or were last put before then."""

    def shown(self, digests: Collection[str]) -> Collection[str]:
        """Which of these some document shows, by its line."""


def update(
    repository: Repository, document_id: str, change: Callable[[Assessment], Assessment]
) -> Assessment:
    """Apply a change to what is kept now and save it, again if someone else was quicker.

    Raises: RepositoryError; pydantic.ValidationError when the change does not fit.
    """
    return revised(repository, document_id, change, lambda _: None, lambda _: None).document


def revised(
    repository: Repository,
    document_id: str,
    change: Callable[[Assessment], Assessment],
    line_of: Callable[[Assessment], Line | None],
    admit: Callable[[Access], None],
) -> Kept[Assessment]:
    """As `update`, with the line of what is saved, and whose it is looked at first.

    admit: raises where whose it is forbids the change. Returns: what is kept then.
    """
    attempt: Attempt | None = None

    def changed(current: Assessment, access: Access) -> tuple[Assessment, Line | None]:
        nonlocal attempt
        admit(access)
        result = change(current)
        if result == current:
            return current, None
        result = result.stamped()
        attempt = Attempt(current, result)
        return result, line_of(result)

    try:
        return patiently(lambda: repository.revise(document_id, changed, Assessment))
    except Unavailable as error:
        error.attempt = attempt
        raise


def patiently(save: Callable[[], T]) -> T:
    """What `save` returns in the end, tried again while others are quicker.

    Raises: Conflict after many attempts; what `save` raises.
    """
    for count in range(_ATTEMPTS):
        if count:  # even a sleep of no time hands the processor to whoever wants it
            time.sleep(random.uniform(0, count * _PAUSE))
        with contextlib.suppress(Conflict):
            return save()
    raise Conflict("同时保存的窗口太多，请稍候再试一次")
