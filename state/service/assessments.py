"""Who may do what with which assessment: the one door between sessions and what is kept."""

import builtins
import contextlib
import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from state.documents.access import MAX_SHARED, Access, Right, mail_of, new_token
from state.documents.assessment import Assessment, new_id
from state.documents.changes import Change
from state.documents.finishing import follow, same_content
from state.documents.parts import items_of, touches_only
from state.documents.snapshot import Snapshot
from state.documents.versions import scheme_of
from state.service.bounds import Flow, Rate, Who
from state.service.housekeeping import snapshots
from state.service.index_line import assessment_line, snapshot_line
from state.service.kept_standards import KeptStandards
from state.service.logins import Login, Logins
from state.service.mode import Mode
from state.service.outbox import Outbox, Refused, Waiting
from state.service.project_saving import carry_projects
from state.service.snapshots import snapshot_of
from state.storage.line import Found, Line, Query
from state.storage.repository import (
    NOT_FOUND,
    Conflict,
    Damaged,
    Moved,
    NotFound,
    Repository,
    RepositoryError,
    patiently,
    revised,
)

LISTED = Query(deleted=False)
"""Everything but the bin."""

CREATED = {
    "session": Rate(20, 1 / 30),
    "browser": Rate(40, 1 / 30),
    "address": Rate(400, 1 / 5),
    "all": Rate(1000, 1),
}
"""New documents: a class of 200 begins at once behind one address, nobody makes two a minute."""

_TURNS = 20
"""How often what others still save is carried over to a new link."""

_READ_ONLY = "这个链接只能查看，不能修改"

_OTHERS = "这个链接只能填写分给您的要素，其他内容不能修改"

LOCKED = "这份自评已经完成并锁定；要修改，请先在“结果”页解锁"


class Locked(Moved):
    """The assessment is finished: its answers stay as they are until it is opened again."""


class Forbidden(RepositoryError):
    """The visitor may see the assessment, but not do this."""


class TooMany(RepositoryError):
    """The visitor, or all together, made more than is taken in a time; what there is stays."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is at the other end of a session.

    holders: the names they can prove, see `state.documents.access`.
    login: by which they proved them; asked again whenever they do something.
    session, address: by which the bounds tell visitors apart, who may prove nothing; "" where
    they do not.
    """

    holders: frozenset[str] = frozenset()
    login: Login | None = None
    session: str = ""
    address: str = ""

    @property
    def owner(self) -> str:
        """The name what they make is kept under; empty where nobody is told apart."""
        return min((h for h in self.holders if not mail_of(h)), default="")

    @property
    def mail(self) -> str:
        """The name they have by their verified address; empty without one."""
        return min((h for h in self.holders if mail_of(h)), default="")

    @property
    def who(self) -> Who:
        """Whom the bounds count for."""
        return {"session": self.session, "browser": self.owner, "address": self.address}


@dataclass(frozen=True, slots=True)
class Key:
    """What a session's address leads to: an assessment by its id, or a read-only link."""

    id: str = ""
    token: str = ""


class AssessmentService:
    """Hands assessments out to visitors and takes changes in, as the mode allows."""

    def __init__(
        self, repository: Repository, mode: Mode, login_lasts: timedelta = timedelta(hours=12)
    ) -> None:
        self.repository = repository
        self.outbox = Outbox(repository)
        self.scores = self.outbox.scores
        self.logins = Logins(repository, login_lasts)
        self.standards = KeptStandards(repository)
        self.mode = mode
        self._created = Flow(CREATED)

    def open(self, key: Key, visitor: Visitor) -> tuple[Assessment, Right]:
        """The assessment and what the visitor may do with it.

        Raises: NotFound, also for what exists but is not theirs; RepositoryError.
        """
        assessment, access = self.outbox.load(self._id(key))
        right = self._right(key, access, visitor)
        if right is Right.NONE or access.deleted:
            raise NotFound(NOT_FOUND)
        return assessment, right

    def note_opened(self, key: Key, visitor: Visitor) -> None:
        """Where links are the key: list what a browser has opened by one in that browser too.

        It names the browser only; what it may do is still said by the link. Of too many browsers
        the earliest is forgotten. Raises: RepositoryError.
        """
        if self.mode is not Mode.LINK or not key.id or not visitor.owner:
            return
        access = self.outbox.load(key.id)[1]
        if access.deleted or access.right(visitor.holders) >= Right.EDIT:
            return

        def noted(access: Access) -> Access:
            others = [h for h in access.shared if h != visitor.owner][1 - MAX_SHARED :]
            return access.having(shared=(*others, visitor.owner))

        self.outbox.change_access(key.id, noted)

    def create(self, assessment: Assessment, visitor: Visitor) -> None:
        """Keep a new assessment as the visitor's. Raises: Forbidden, TooMany, RepositoryError."""
        if self.mode is Mode.LOGIN and not self.names(visitor):
            raise Forbidden("请先登录")
        self.count(visitor)
        self.outbox.create(assessment, Access(owner=visitor.owner))

    def change(
        self,
        key: Key,
        visitor: Visitor,
        change: Change,
        seen: Assessment | None = None,
        *,
        even_locked: bool = False,
    ) -> tuple[Assessment, Right]:
        """Apply and save a change; see `Outbox.update`. Returns: as `open` does, read just now.

        even_locked: whether it may change what is finished.

        Raises: NotFound, Forbidden, Clashed, RepositoryError, Locked where it is finished,
        pydantic.ValidationError.
        """
        part: tuple[str, ...] = ()

        def admit(access: Access) -> None:
            nonlocal part
            self._admit(key, access, visitor, Right.PART if key.token else Right.EDIT)
            part = access.parts.get(key.token, ())

        admitted = change if even_locked else while_open(change)
        if key.token:
            admitted = within(admitted, lambda: part)
        kept, access = self.outbox.update(self._id(key), admitted, seen, admit)
        return kept, self._right(key, access, visitor)

    def refused(self, key: Key) -> list[Refused]:
        """What waited and could not be saved in the end; told once. Raises: RepositoryError."""
        return self.outbox.refused(self._id(key))

    def list(self, visitor: Visitor, query: Query = LISTED) -> Found:
        """What the visitor made or was given, or with `deleted` what is in their bin.

        Raises: RepositoryError.
        """
        holders = None if self.mode is Mode.LOCAL else self.names(visitor)
        return self.repository.list(replace(query, holders=holders))

    def discard(self, key: Key, visitor: Visitor) -> None:
        """Move to the bin. Raises: RepositoryError."""
        self._change_access(key, visitor, lambda a: a.having(deleted=datetime.now(UTC)))

    def restore(self, key: Key, visitor: Visitor) -> None:
        """Take out of the bin. Raises: RepositoryError."""
        self._change_access(key, visitor, lambda a: a.having(deleted=None))

    def erase(self, key: Key, visitor: Visitor) -> None:
        """Remove for good, with every copy and link. Raises: RepositoryError."""
        try:
            found = self._allowed(key, visitor, Right.OWN)
        except Damaged:
            found = self._owned(key, visitor)
        self.outbox.delete(found)

    def recover(self, key: Key, visitor: Visitor) -> None:
        """Bring a damaged assessment back, open to its owner only. Raises: RepositoryError."""
        self.outbox.recover(self._owned(key, visitor))

    def _owned(self, key: Key, visitor: Visitor) -> str:
        """The id of what cannot be read, for whose it is by the index. Raises: RepositoryError."""
        if key.token:
            raise Forbidden(_READ_ONLY)
        if self.mode is Mode.LOGIN:
            access = self.repository.line(key.id).access
            if access.right(self.names(visitor)) is not Right.OWN:
                raise NotFound(NOT_FOUND)
        return key.id

    def access(self, key: Key, visitor: Visitor) -> Access:
        """To whom an assessment of the visitor's is open. Raises: RepositoryError."""
        return self.outbox.load(self._allowed(key, visitor, Right.OWN))[1]

    def add_link(self, key: Key, visitor: Visitor) -> Access:
        """Make one more read-only link. Raises: RepositoryError, ValidationError."""
        token = new_token()
        return self._change_access(key, visitor, lambda a: a.having(links=(*a.links, token)))

    def add_part(self, key: Key, visitor: Visitor, elements: Collection[str]) -> Access:
        """Make a link by which the answers of these elements may be changed, and nothing else.

        Raises: RepositoryError, ValidationError for no element.
        """
        token, part = new_token(), tuple(dict.fromkeys(elements))
        return self._change_access(
            key,
            visitor,
            lambda a: a.having(links=(*a.links, token), parts={**a.parts, token: part}),
        )

    def part_of(self, key: Key) -> tuple[str, ...]:
        """Elements that a link may change; empty for others. Raises: NotFound, RepositoryError."""
        if not key.token:
            return ()
        return self.outbox.load(self._id(key))[1].parts.get(key.token, ())

    def drop_link(self, key: Key, visitor: Visitor, token: str) -> Access:
        """Take a read-only link back; whoever has it open sees nothing more."""
        return self._change_access(key, visitor, lambda a: a.without_link(token))

    def give(self, key: Key, visitor: Visitor, holder: str) -> Access:
        """Make somebody else the owner; the one until now may go on editing.

        Who gave it away by mistake can so still be told from a stranger, and named to an
        administrator. Raises: RepositoryError; ValidationError where there is no room for them.
        """
        before = visitor.mail or visitor.owner

        def change(access: Access) -> Access:
            if access.owner == holder or holder in visitor.holders:
                return access
            others = tuple(h for h in access.shared if h not in (holder, before))
            return access.having(owner=holder, shared=(*others, before))

        return self._change_access(key, visitor, change)

    def leave(self, key: Key, visitor: Visitor) -> None:
        """Take what others shared off the visitor's own list. Raises: RepositoryError."""

        def change(access: Access) -> Access:
            left = tuple(h for h in access.shared if h not in visitor.holders)
            return access.having(shared=left)

        assessment_id = self._allowed(key, visitor, Right.EDIT)
        self.outbox.change_access(assessment_id, change)

    def share(self, key: Key, visitor: Visitor, holder: str, there: bool) -> Access:
        """Let somebody edit too, or no longer. Raises: RepositoryError, ValidationError."""

        def change(access: Access) -> Access:
            others = tuple(h for h in access.shared if h != holder)
            return access.having(shared=(*others, holder) if there else others)

        return self._change_access(key, visitor, change)

    def renew(self, key: Key, visitor: Visitor) -> str:
        """Give the assessment a new id, so that every link to it made so far ends.

        The old one goes into the bin first, where nobody may change it, so that what others
        save until then is carried over. Returns: the new id. Raises: RepositoryError.
        """
        old = self._allowed(key, visitor, Right.OWN)
        before, access = self.outbox.load(old)
        renewed = before.having(id=new_id())
        named = () if self.mode is Mode.LINK else access.shared  # by a link that ends
        closed = access.having(links=(), parts={}, shared=named)
        self.repository.create(renewed, closed, assessment_line(renewed))
        self._change_access(key, visitor, lambda a: a.having(deleted=datetime.now(UTC)))
        carried = before
        moved_to = {old: renewed.id}
        for _ in range(_TURNS):
            latest = self.repository.load(old)
            if latest != carried:
                moved = latest.having(id=renewed.id)
                expected = carried.revision
                self.repository.save(moved, expected, assessment_line(moved))
                carried = latest
            moved_to |= self._carry_snapshots(old, renewed.id)
            with contextlib.suppress(Conflict):  # somebody had begun before, and has saved now
                self.outbox.delete(old, carried.revision)
                revised(
                    self.repository, renewed.id, follow(moved_to), assessment_line, lambda _: None
                )
                carry_projects(self.repository, moved_to)
                return renewed.id
        raise Conflict("同时保存的窗口太多，请稍候再试一次")

    def _carry_snapshots(self, old: str, new: str) -> dict[str, str]:
        """Give the snapshots to the new id. Returns: their new ids by the old ones."""
        moved_to = {}
        for line in snapshots(self.repository, old):
            snapshot = self.repository.load(line.id, Snapshot)
            moved = snapshot.having(id=new_id(), assessment=new)
            self.repository.create(moved, line=snapshot_line(moved))
            self.repository.delete(line.id, Snapshot)
            moved_to[line.id] = moved.id
        return moved_to

    def take_snapshot(self, key: Key, visitor: Visitor, name: str) -> Snapshot:
        """Keep an assessment as it is now, with what it scores; nothing changes it afterwards.

        Raises: TooMany, RepositoryError; pydantic.ValidationError for a name that is too long.
        """
        assessment = self.outbox.load(self._allowed(key, visitor, Right.EDIT))[0]
        self.count(visitor)
        snapshot = snapshot_of(assessment, name, datetime.now(UTC))
        self.repository.create(snapshot, line=snapshot_line(snapshot))
        return snapshot

    def list_snapshots(self, key: Key, visitor: Visitor) -> builtins.list[Line]:
        """Lines of an assessment's snapshots, the latest first. Raises: RepositoryError."""
        return [*snapshots(self.repository, self.open(key, visitor)[0].id)]

    def open_snapshot(self, key: Key, visitor: Visitor, snapshot_id: str) -> Snapshot:
        """A snapshot of an assessment that the visitor may see. Raises: RepositoryError."""
        assessment, _ = self.open(key, visitor)
        snapshot = self.repository.load(snapshot_id, Snapshot)
        if snapshot.assessment != assessment.id:
            raise NotFound(NOT_FOUND)
        return snapshot

    def rename_snapshot(self, key: Key, visitor: Visitor, snapshot_id: str, name: str) -> str:
        """Call a snapshot otherwise; what it keeps, and when it was made, stays as it is.

        Its name is not part of what a finished assessment freezes. Returns: its name before.
        Raises: RepositoryError; pydantic.ValidationError for a name that is too long.
        """
        self._allowed(key, visitor, Right.EDIT)
        before = self.open_snapshot(key, visitor, snapshot_id).name

        def change(snapshot: Snapshot, _: Access) -> tuple[Snapshot, Line | None]:
            if snapshot.name == name:
                return snapshot, None
            named = snapshot.having(name=name, revision=snapshot.revision + 1)
            return named, snapshot_line(named)

        patiently(lambda: self.repository.revise(snapshot_id, change, Snapshot))
        return before

    def delete_snapshot(self, key: Key, visitor: Visitor, snapshot_id: str) -> None:
        """Remove a snapshot of an assessment of the visitor's. Raises: RepositoryError."""
        self._allowed(key, visitor, Right.OWN)
        snapshot = self.open_snapshot(key, visitor, snapshot_id)
        assessment, _ = self.open(key, visitor)
        if assessment.locked and assessment.finishings[-1].snapshot == snapshot_id:
            raise Forbidden("这是完成时的快照，解锁以后才能删除")
        self.repository.delete(snapshot.id, Snapshot)

    def waiting(self, key: Key) -> Waiting | None:
        """What of the assessment is not saved yet. Raises: RepositoryError."""
        return self.outbox.waiting(self._id(key))

    def count(self, visitor: Visitor) -> None:
        """Count a new document. Raises: TooMany. One person alone may make any number."""
        wait = 0.0 if self.mode is Mode.LOCAL else self._created.take(visitor.who)
        if wait:
            soon = f"{math.ceil(wait / 60)} 分钟" if wait > 60 else f"{math.ceil(wait)} 秒"
            raise TooMany(f"短时间内新建得太多了，请过 {soon}再试；已有的自评都在")

    def lost(self, key: Key) -> Assessment | None:
        """As it was before the place lost its last writes; see `Outbox.lost`.

        Raises: RepositoryError.
        """
        return self.outbox.lost(self._id(key))

    def settle_lost(self, key: Key, visitor: Visitor, back: bool) -> None:
        """Bring back what the place lost, or leave what is kept. Raises: RepositoryError."""

        def admit(access: Access) -> None:
            self._admit(key, access, visitor, Right.EDIT)

        self.outbox.settle_lost(self._id(key), back, admit)

    def _id(self, key: Key) -> str:
        """Raises: NotFound."""
        return self.repository.behind(key.token) if key.token else key.id

    def _right(self, key: Key, access: Access, visitor: Visitor) -> Right:
        if key.token:
            if key.token not in access.links:
                return Right.NONE
            return Right.PART if key.token in access.parts else Right.READ
        if self.mode is Mode.LOGIN:
            return access.right(self.names(visitor))
        return Right.OWN  # who knows the id holds the link to edit

    def names(self, visitor: Visitor) -> frozenset[str]:
        """The names that count, where people sign in. Raises: SignedOut, Unavailable."""
        if self.mode is Mode.LOGIN and visitor.login:
            self.logins.check(visitor.login)
        return visitor.holders

    def _allowed(self, key: Key, visitor: Visitor, needed: Right) -> str:
        """The id, for somebody who may do that much. Raises: NotFound, Forbidden."""
        assessment, access = self.outbox.load(self._id(key))
        self._admit(key, access, visitor, needed)
        return assessment.id

    def _admit(self, key: Key, access: Access, visitor: Visitor, needed: Right) -> None:
        """Raises: NotFound, Forbidden for somebody who may not do that much."""
        right = self._right(key, access, visitor)
        if right is Right.NONE or (access.deleted and not right >= needed >= Right.OWN):
            raise NotFound(NOT_FOUND)
        if right < needed:
            raise Forbidden(_READ_ONLY if key.token else "只有建立这份自评的人可以这样做")

    def _change_access(
        self, key: Key, visitor: Visitor, change: Callable[[Access], Access]
    ) -> Access:
        """Raises: NotFound, Forbidden, also where the right ends while it is being asked for."""

        def changed(access: Access) -> Access:
            self._admit(key, access, visitor, Right.OWN)
            return change(access)

        return self.outbox.change_access(self._allowed(key, visitor, Right.OWN), changed)


def while_open(change: Change) -> Change:
    """The change, refused where it would change what documents are made of once it is locked.

    What somebody was granted and how the list is sorted is no answer, and goes on changing.
    """

    def admitted(current: Assessment) -> Assessment:
        changed = change(current)
        if current.locked and not same_content(current, changed):
            raise Locked(LOCKED)
        return changed

    return admitted


def within(change: Change, part: Callable[[], Collection[str]]) -> Change:
    """The change, refused where it touches more than the elements that a link is for.

    part: those elements, as they are when it is admitted.
    """

    def admitted(current: Assessment) -> Assessment:
        changed = change(current)
        if changed == current:
            return changed
        scheme = scheme_of(current)
        items = items_of(scheme, part()) if scheme else frozenset()
        if scheme is None or not touches_only(current, changed, scheme, items):
            raise Forbidden(_OTHERS)
        return changed

    return admitted
