"""Who may do what with which project: the one door between sessions and kept projects."""

import builtins
import contextlib
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from enum import IntEnum
from typing import NamedTuple

from process import Process
from state.documents.access import Access, Right, new_token
from state.documents.assessment import NAME_LENGTH, new_id
from state.documents.file_kinds import file_name, kind_of
from state.documents.project import Attachment, Project, ProjectFault
from state.documents.project_changes import ProjectChange, attach, detach, tie, touched
from state.documents.project_clashes import project_clashes
from state.documents.snapshot import Snapshot
from state.service import housekeeping
from state.service.assessments import (
    LISTED,
    AssessmentService,
    Forbidden,
    Key,
    TooMany,
    Visitor,
)
from state.service.bounds import Flow, Rate
from state.service.index_line import project_line
from state.service.known_processes import process_of
from state.service.mode import Mode
from state.service.project_saving import save_project
from state.storage.line import Found, Line, Query
from state.storage.repository import Clashed, NotFound, RepositoryError

GONE = "没有找到这个项目；链接可能不完整，或它已被删除"

_READ_ONLY = "这个链接只能查看，不能修改"
_PART_ONLY = "这个链接只能勾选企业负责的部分，不能改别处"
_OWNER_ONLY = "只有建立这个项目的人可以这样做"

_MB = 2**20

UPLOADED = {
    "session": Rate(200 * _MB, 0.1 * _MB),
    "browser": Rate(400 * _MB, 0.1 * _MB),
    "address": Rate(1000 * _MB, 0.5 * _MB),
    "all": Rate(2000 * _MB, 1 * _MB),
}
"""Bytes of attachments, where others than one person alone may upload."""


class ProjectRight(IntEnum):
    """What somebody may do with a project; each includes those before it.

    PART: tick off and attach to what is the enterprise's, and nothing else.
    """

    NONE = 0
    READ = 1
    PART = 2
    EDIT = 3
    OWN = 4


_BY_NAME = {
    Right.NONE: ProjectRight.NONE,
    Right.READ: ProjectRight.READ,
    Right.EDIT: ProjectRight.EDIT,
    Right.OWN: ProjectRight.OWN,
}


class Opened(NamedTuple):
    """A project and what the visitor may do with it."""

    project: Project
    right: ProjectRight


class ProjectService:
    """Hands projects out to visitors and takes changes in, as the mode allows."""

    def __init__(self, assessments: AssessmentService) -> None:
        self._assessments = assessments
        self._repository = assessments.repository
        self._uploaded = Flow(UPLOADED)

    def open(self, key: Key, visitor: Visitor) -> Opened:
        """A project, for whoever may see it.

        Raises: NotFound, also for what exists but is not theirs; RepositoryError.
        """
        kept = self._repository.read(self._id(key), Project)
        right = self._right(key, kept.document, kept.access, visitor)
        if right is ProjectRight.NONE or kept.access.deleted:
            raise NotFound(GONE)
        return Opened(kept.document, right)

    def create(self, project: Project, visitor: Visitor) -> None:
        """Keep a new project as the visitor's. Raises: Forbidden, TooMany, RepositoryError."""
        if self._assessments.mode is Mode.LOGIN and not self._assessments.names(visitor):
            raise Forbidden("请先登录")
        self._assessments.count(visitor)
        self._repository.create(project, Access(owner=visitor.owner), self._line(project))

    def process_of(self, project: Project) -> Process | None:
        """The process that a project goes through; None where it is not there."""
        return process_of(self._repository, project)

    def _line(self, project: Project) -> Line:
        return project_line(project, self.process_of(project))

    def change(
        self, key: Key, visitor: Visitor, change: ProjectChange, seen: Project | None = None
    ) -> Opened:
        """Apply a change to what is kept now, and save it.

        seen: what the visitor had before them; what others changed since at the same place
        clashes. Raises: ProjectFault, NotFound, Forbidden, Clashed, RepositoryError,
        pydantic.ValidationError.
        """

        def admit(before: Project, access: Access, after: Project) -> None:
            self._admit(key, before, access, visitor, self._needed(before, after))
            if seen is not None and seen.id == before.id and seen.revision < before.revision:
                found = project_clashes(seen, change(seen), before, after)
                if found:
                    raise Clashed(found)

        self.open(key, visitor)  # before the change itself could tell a stranger anything
        kept = save_project(self._repository, self._id(key), change, admit)
        return Opened(kept.document, self._right(key, kept.document, kept.access, visitor))

    def attach(self, key: Key, visitor: Visitor, entry: str, name: str, content: bytes) -> Opened:
        """Attach a file to a step or a deliverable; its kind is read from its content.

        Raises: ProjectFault for what is not taken; as `change`.
        """
        kind = kind_of(content, name[:NAME_LENGTH])
        opened = self.open(key, visitor)
        called = file_name(name, kind)
        cut = called if len(called) <= NAME_LENGTH else f"…{called[-NAME_LENGTH + 1 :]}"
        one_more = Attachment(
            id=new_id(), name=cut, kind=kind, digest="0" * 64, size=len(content), at=_now()
        )
        # Whether it may be, and whether there is room, is asked before anything is kept.
        self._admit_change(key, visitor, opened.project, attach(entry, one_more))
        if self._assessments.mode is not Mode.LOCAL and self._uploaded.take(
            visitor.who, len(content)
        ):
            raise TooMany("短时间内上传得太多了，这个文件没有上传，请过一会儿再试")
        digest = self._repository.put_blob(content)
        return self.change(key, visitor, attach(entry, one_more.having(digest=digest)))

    def attach_link(self, key: Key, visitor: Visitor, entry: str, name: str, link: str) -> Opened:
        """Attach a link. Raises: ProjectFault for what is none; as `change`."""
        address = link.strip()
        if not address.startswith(("https://", "http://")) or any(c in address for c in ' "<>\t\n'):
            raise ProjectFault(
                "这不是链接，没有加上；链接以 https:// 或 http:// 开头，中间没有空格"
            )
        if len(address) > 1000:
            raise ProjectFault("链接太长，没有加上")
        called = (name.strip() or address)[:NAME_LENGTH]
        one = Attachment(id=new_id(), name=called, kind="link", link=address, at=_now())
        return self.change(key, visitor, attach(entry, one))

    def detach(self, key: Key, visitor: Visitor, entry: str, file_id: str) -> bool:
        """Take an attachment away. Returns: whether it was still there.

        Its content is kept for a day, and by whatever else shows it. Raises: as `change`.
        """
        there = False

        def change(project: Project) -> Project:
            nonlocal there
            there = any(one.id == file_id for one in project.attachments.get(entry, ()))
            return detach(entry, file_id)(project)

        self.change(key, visitor, change)
        return there

    def file(self, key: Key, visitor: Visitor, file_id: str) -> bytes:
        """The content of a file attached to a project that the visitor may see.

        Raises: RepositoryError.
        """
        project = self.open(key, visitor).project
        for files in project.attachments.values():
            for one in files:
                if one.id == file_id and one.digest:
                    return self._repository.blob(one.digest)
        raise NotFound("这个附件已被移除")

    def list(self, visitor: Visitor, query: Query = LISTED) -> Found:
        """Projects that the visitor made or was given. Raises: RepositoryError."""
        local = self._assessments.mode is Mode.LOCAL
        holders = None if local else self._assessments.names(visitor)
        return self._repository.list(replace(query, holders=holders), Project)

    def tie(self, key: Key, visitor: Visitor, assessment_id: str) -> Opened:
        """Add an assessment that the visitor may edit, as a snapshot of now.

        Raises: NotFound, Forbidden, RepositoryError.
        """
        self._admit_change(key, visitor, self.open(key, visitor).project, tie(assessment_id))
        taken = self._assessments.take_snapshot(Key(assessment_id), visitor, "加入项目")
        return self.change(key, visitor, tie(assessment_id, taken.id))

    def take_snapshot(self, key: Key, visitor: Visitor, name: str) -> Snapshot:
        """Keep the latest assessment as it is now, and tie that to the project.

        Raises: ProjectFault without an assessment; NotFound, Forbidden, RepositoryError.
        """
        project = self.open(key, visitor).project
        if not project.assessments:
            raise ProjectFault("项目还没有自评，先加入一份")
        latest = project.assessments[-1]
        self._admit_change(key, visitor, project, tie(snapshot=new_id()))
        taken = self._assessments.take_snapshot(Key(latest), visitor, name)
        self.change(key, visitor, tie(snapshot=taken.id))
        return taken

    def latest_snapshot(self, key: Key, visitor: Visitor) -> Snapshot | None:
        """The last snapshot tied that is still kept. Raises: RepositoryError."""
        for snapshot_id in reversed(self.open(key, visitor).project.snapshots):
            with contextlib.suppress(NotFound):
                return self._repository.load(snapshot_id, Snapshot)
        return None

    def snapshots(self, key: Key, visitor: Visitor) -> builtins.list[Snapshot]:
        """Snapshots tied to a project, in the order they joined; those erased since are left out.

        Whoever may see the project may see them: its owner has tied them. Raises: RepositoryError.
        """
        found = []
        for snapshot_id in self.open(key, visitor).project.snapshots:
            try:
                found.append(self._repository.load(snapshot_id, Snapshot))
            except NotFound:
                continue
        return found

    def assessment_line(self, key: Key, visitor: Visitor) -> Line | None:
        """What the index has of the latest assessment; None where there is none.

        Raises: RepositoryError.
        """
        project = self.open(key, visitor).project
        try:
            return self._repository.line(project.assessments[-1]) if project.assessments else None
        except NotFound:
            return None

    def discard(self, key: Key, visitor: Visitor) -> None:
        """Move to the bin. Raises: RepositoryError."""
        self._change_access(key, visitor, lambda a: a.having(deleted=_now()))

    def restore(self, key: Key, visitor: Visitor) -> None:
        """Take out of the bin. Raises: RepositoryError."""
        self._change_access(key, visitor, lambda a: a.having(deleted=None))

    def erase(self, key: Key, visitor: Visitor) -> None:
        """Remove for good, with files that only it shows. Raises: RepositoryError."""
        kept = self._repository.read(self._id(key), Project)
        self._admit(key, kept.document, kept.access, visitor, ProjectRight.OWN)
        housekeeping.erase(self._repository, kept.document.id, Project)

    def access(self, key: Key, visitor: Visitor) -> Access:
        """To whom a project of the visitor's is open. Raises: RepositoryError."""
        kept = self._repository.read(self._id(key), Project)
        self._admit(key, kept.document, kept.access, visitor, ProjectRight.OWN)
        return kept.access

    def add_link(self, key: Key, visitor: Visitor, helper: bool) -> Access:
        """Make one more link: read-only, or with `helper` the enterprise's own.

        Raises: RepositoryError, pydantic.ValidationError where there are too many.
        """
        token = new_token()
        self.access(key, visitor)
        if helper:  # first what it may do, then that it leads anywhere
            self.change(key, visitor, lambda p: p.having(helpers=(*p.helpers, token)))
        return self._change_access(key, visitor, lambda a: a.having(links=(*a.links, token)))

    def drop_link(self, key: Key, visitor: Visitor, token: str) -> Access:
        """Take a link back; whoever has it open sees nothing more. Raises: RepositoryError."""

        def without(tokens: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(one for one in tokens if one != token)

        left = self._change_access(key, visitor, lambda a: a.having(links=without(a.links)))
        self.change(key, visitor, lambda p: p.having(helpers=without(p.helpers)))
        return left

    def share(self, key: Key, visitor: Visitor, holder: str, there: bool) -> Access:
        """Let somebody edit too, or no longer. Raises: RepositoryError, ValidationError."""

        def change(access: Access) -> Access:
            others = tuple(h for h in access.shared if h != holder)
            return access.having(shared=(*others, holder) if there else others)

        return self._change_access(key, visitor, change)

    def _id(self, key: Key) -> str:
        """Raises: NotFound."""
        return self._repository.behind(key.token, Project) if key.token else key.id

    def _right(self, key: Key, project: Project, access: Access, visitor: Visitor) -> ProjectRight:
        if key.token:
            if key.token not in access.links:
                return ProjectRight.NONE
            return ProjectRight.PART if key.token in project.helpers else ProjectRight.READ
        if self._assessments.mode is Mode.LOGIN:
            return _BY_NAME[access.right(self._assessments.names(visitor))]
        return ProjectRight.OWN  # who knows the id holds the link to edit

    def _admit(
        self,
        key: Key,
        project: Project,
        access: Access,
        visitor: Visitor,
        needed: ProjectRight,
    ) -> None:
        """Raises: NotFound, Forbidden for somebody who may not do that much."""
        right = self._right(key, project, access, visitor)
        own = right >= needed >= ProjectRight.OWN
        if right is ProjectRight.NONE or (access.deleted and not own):
            raise NotFound(GONE)
        if right < needed:
            words = {ProjectRight.READ: _READ_ONLY, ProjectRight.PART: _PART_ONLY}
            raise Forbidden(words.get(right, _OWNER_ONLY))

    def _admit_change(
        self, key: Key, visitor: Visitor, project: Project, change: ProjectChange
    ) -> None:
        """Ask for a change that is to be made later. Raises: as `change`."""
        access = self._repository.access(project.id, Project)
        self._admit(key, project, access, visitor, self._needed(project, change(project)))

    def _needed(self, before: Project, after: Project) -> ProjectRight:
        """What somebody must be allowed to make this change."""
        if before == after:
            return ProjectRight.PART
        entries = touched(before, after)
        known = self.process_of(before) if entries is not None else None
        if known is None or entries is None:
            return ProjectRight.EDIT
        there = known.step.keys() | known.deliverable.keys()
        own = all(e in there and known.side(e, before.consultant) == "enterprise" for e in entries)
        return ProjectRight.PART if own else ProjectRight.EDIT

    def _change_access(
        self, key: Key, visitor: Visitor, change: Callable[[Access], Access]
    ) -> Access:
        """Raises: NotFound, Forbidden, also where the right ends while it is being asked for."""
        project = self._repository.load(self._id(key), Project)

        def changed(access: Access) -> Access:
            self._admit(key, project, access, visitor, ProjectRight.OWN)
            return change(access)

        return self._repository.change_access(project.id, changed, Project)


def _now() -> datetime:
    return datetime.now(UTC)


__all__ = ["Opened", "ProjectRight", "ProjectService", "RepositoryError"]
