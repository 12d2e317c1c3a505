"""Who may do what with standards that users bring: reading, confirming, installing."""

import builtins
import hashlib
import os
import re
from collections.abc import Callable
from datetime import UTC, datetime

from schemes import Scheme, SchemeError
from schemes.held import Content, content_of, read_held, text_of
from schemes.problems import Problem
from schemes.tables.columns import Columns
from state.documents.access import Access, Right, holder_of_mail
from state.documents.document import NAME_LENGTH, new_id
from state.documents.installed import InstalledScheme, StandardFault, new_scheme_id
from state.documents.installed_changes import SchemeChange
from state.documents.installed_next import as_next
from state.documents.installed_reading import import_standard, read_table
from state.service.assessments import AssessmentService, Forbidden, Visitor
from state.service.mode import Mode
from state.storage.line import Line, Query
from state.storage.repository import NotFound, patiently

INSTALLERS = "ANBIAO_INSTALLERS"
"""Who may install for everybody: mail addresses, or what `browser_number` says."""

GONE = "没有找到这个标准；它可能已被删除"
_FIXED = "已安装的标准不再改动；请做成下一版，再修改"


class StandardService:
    """Hands standards in the making out to whoever makes them, and installs them."""

    def __init__(self, assessments: AssessmentService) -> None:
        self._assessments = assessments
        self._repository = assessments.repository
        self._kept = assessments.standards

    def read(  # noqa: PLR0913, PLR0917 - what a form on the page asks for
        self,
        content: bytes,
        file: str,
        title: str,
        visitor: Visitor,
        scheme: str = "",
        columns: Columns | None = None,
        reading: Callable[..., InstalledScheme] = read_table,
    ) -> InstalledScheme:
        """Keep what a table says as a draft of the visitor's; see `read_table` and `as_next`.

        reading: `read_table`, or what has somebody else do it.
        Raises: StandardFault, with nothing kept; RepositoryError.
        """
        before = self._newest(scheme, visitor) if scheme else None
        self._admit_new(visitor)
        title = title.strip() or (before.name if before else "")
        document = reading(content, file, title, _name(visitor), scheme, columns)
        return self._create(as_next(document, before) if before else document, visitor)

    def take_in(self, content: bytes, visitor: Visitor) -> InstalledScheme:
        """Keep what a colleague exported as the visitor's, under another id where that is taken.

        Raises: StandardFault, with nothing kept; RepositoryError.
        """
        self._admit_new(visitor)
        document = import_standard(content)
        there = self._there(document.scheme)
        same = [one for one in there if one.version == document.version]
        kept = [self._repository.load(one.id, InstalledScheme).content for one in same[:1]]
        if kept != [document.content] and (kept or not self._are_ours(there, visitor)):
            document = _renamed(document, new_scheme_id())
        return self._create(document, visitor)

    def list(self, visitor: Visitor) -> builtins.list[Line]:
        """Lines of what the visitor made or took in, the latest first. Raises: RepositoryError."""
        local = self._assessments.mode is Mode.LOCAL
        holders = None if local else self._assessments.names(visitor)
        return self._repository.list(Query(holders=holders), InstalledScheme).lines

    def own(self, visitor: Visitor) -> builtins.list[str]:
        """Ids of standards that the visitor installed and did not withdraw.

        Raises: RepositoryError.
        """
        found = (one for one in self.list(visitor) if one.facts.get("stage") == "installed")
        return list(dict.fromkeys(_id(one) for one in found if not one.facts.get("withdrawn")))

    def open(self, document_id: str, visitor: Visitor) -> InstalledScheme:
        """A standard of the visitor's. Raises: NotFound, also for another's; RepositoryError."""
        document, access = self._repository.read(document_id, InstalledScheme)
        self._admit(access, visitor)
        return document

    def change(self, document_id: str, visitor: Visitor, change: SchemeChange) -> InstalledScheme:
        """Apply a change to a draft as it is now, and save it.

        Raises: StandardFault, NotFound, RepositoryError, pydantic.ValidationError.
        """

        def changed(document: InstalledScheme) -> InstalledScheme:
            if document.stage != "draft":
                raise StandardFault(_FIXED)
            return change(document)

        return self._save(document_id, visitor, changed)

    def install(self, document_id: str, visitor: Visitor, everybody: bool) -> InstalledScheme:
        """Make a draft the next version of its standard, for oneself or for everybody.

        Raises: StandardFault for what is not finished or not sound; Forbidden; as `change`.
        """
        if everybody:
            self.require_installer(visitor)

        def installed(document: InstalledScheme) -> InstalledScheme:
            if document.stage != "draft":
                raise StandardFault(_FIXED)
            there = self._there(document.scheme)
            # Nobody writes another's next version, nor one for all while it is for oneself.
            shared = not everybody and self._for_all(there)
            if shared or not self._are_ours(there, visitor):
                document, there = _renamed(document, new_scheme_id()), []
            known = [int(one.version) for one in there if one.version]
            fixed = _fixed(document, str(max(known, default=0) + 1), "installed")
            left = len(read_held(fixed.content).unread)
            if everybody and left:
                raise StandardFault(f"还有 {left} 条待确认：全部确认后才能给所有人用")
            return fixed.having(everybody=everybody)

        made = self._save(document_id, visitor, installed)
        self._kept.forget()
        return made

    def open_to_all(self, document_id: str, visitor: Visitor) -> InstalledScheme:
        """Let everybody choose what was installed for oneself. Raises: as `install`."""
        self.require_installer(visitor)

        def opened(document: InstalledScheme) -> InstalledScheme:
            if document.stage != "installed":
                raise StandardFault("先安装，再给所有人用")
            latest = max(int(one.version) for one in self._there(document.scheme) if one.version)
            if int(document.version) < latest:
                raise StandardFault(f"已有第 {latest} 版，大家会用最新的：请把那一版给所有人用")
            left = len(read_held(document.content).unread)
            if left:
                raise StandardFault(f"还有 {left} 条待确认：做成下一版，全部确认后再给所有人用")
            return document.having(everybody=True)

        made = self._save(document_id, visitor, opened)
        self._kept.forget()
        return made

    def try_out(self, document_id: str, visitor: Visitor) -> InstalledScheme:
        """A copy of a draft as it is now, to be assessed with; nobody else is offered it.

        Raises: StandardFault, RepositoryError.
        """
        draft = self.open(document_id, visitor)
        self._admit_new(visitor)
        copy = _renamed(draft.having(id=new_id(), revision=0, steps=()), new_scheme_id())
        return self._create(_fixed(copy, "1", "trial", "（试用）"), visitor)

    def begin_next(self, document_id: str, visitor: Visitor) -> InstalledScheme:
        """A draft of the next version, from what is installed. Raises: RepositoryError."""
        installed = self.open(document_id, visitor)
        self._admit_new(visitor)
        draft = installed.having(
            id=new_id(),
            revision=0,
            stage="draft",
            version="",
            installed=None,
            everybody=False,
            withdrawn=None,
        )
        return self._create(draft, visitor)

    def stands_alone(self, document: InstalledScheme) -> bool:
        """Whether a draft, installed for oneself, would be a standard of its own.

        It is where the version before is for everybody, who would otherwise get this one too.
        """
        return document.stage == "draft" and self._for_all(self._there(document.scheme))

    def _for_all(self, lines: builtins.list[Line]) -> bool:
        local = self._assessments.mode is Mode.LOCAL
        return not local and any(one.facts.get("everybody") for one in lines)

    def before(self, document: InstalledScheme) -> Scheme | None:
        """The version that a draft would follow; None for a new standard. Raises: SchemeError."""
        known = self._kept.versions(document.scheme) if document.stage == "draft" else ()
        return self._kept.get(document.scheme, known[-1]) if known else None

    def erase(self, document_id: str, visitor: Visitor) -> None:
        """Remove a draft for good. Raises: StandardFault for what is installed; NotFound."""
        document = self.open(document_id, visitor)
        if document.stage != "draft":
            raise StandardFault("用它做的自评还要按它计分：请用“删除这个标准”，以后可以恢复")
        self._repository.delete(document_id, InstalledScheme, document.revision)

    def users(self, document_id: str, visitor: Visitor) -> builtins.list[str]:
        """Titles of the visitor's assessments that are scored by a standard. Raises: as `open`."""
        scheme = self.open(document_id, visitor).scheme
        lines = self._assessments.list(visitor, Query()).lines
        return [one.title for one in lines if one.standard == scheme]

    def withdraw(self, document_id: str, visitor: Visitor, back: bool = False) -> None:
        """Take a standard, in all of its versions, off everybody's lists, or put it back.

        It stays where it is kept: whatever was assessed with it is scored by it as before.
        Raises: StandardFault for a draft; as `open`.
        """
        document = self.open(document_id, visitor)
        if document.stage == "draft":
            raise StandardFault("草稿可以直接删除")
        when = None if back else datetime.now(UTC)
        for line in self.list(visitor):
            if line.standard == document.scheme and line.version:
                self._save(line.id, visitor, lambda one: one.having(withdrawn=when))
        self._kept.forget()

    def may_install(self, visitor: Visitor) -> bool:
        """Whether the visitor may install for everybody."""
        if self._assessments.mode is Mode.LOCAL:
            return True
        named = {w.strip() for w in os.environ.get(INSTALLERS, "").replace("，", ",").split(",")}
        names = self._assessments.names(visitor)
        told = {holder_of_mail(word) for word in named if "@" in word} | (named - {""})
        return bool(told & {*names, browser_number(visitor)} - {""})

    def require_installer(self, visitor: Visitor) -> None:
        """Raises: Forbidden for somebody whom the setting does not name."""
        if not self.may_install(visitor):
            raise Forbidden(f"只有管理员指定的人（{INSTALLERS}）可以给所有人安装；您可以给自己安装")

    def _create(self, document: InstalledScheme, visitor: Visitor) -> InstalledScheme:
        self._repository.create(document, Access(owner=visitor.owner))
        self._kept.forget()
        return document

    def _admit_new(self, visitor: Visitor) -> None:
        if self._assessments.mode is Mode.LOGIN and not self._assessments.names(visitor):
            raise Forbidden("请先登录")
        if self._assessments.mode is Mode.LINK and not visitor.owner:
            raise Forbidden("浏览器没有保存本站的 Cookie，导入的标准以后找不回来：允许后再导入")
        self._assessments.count(visitor)

    def _admit(self, access: Access, visitor: Visitor) -> None:
        if self._assessments.mode is Mode.LOCAL:
            return
        if access.right(self._assessments.names(visitor)) < Right.EDIT:
            raise NotFound(GONE)

    def _save(
        self,
        document_id: str,
        visitor: Visitor,
        change: Callable[[InstalledScheme], InstalledScheme],
    ) -> InstalledScheme:
        def changed(current: InstalledScheme, access: Access) -> tuple[InstalledScheme, None]:
            self._admit(access, visitor)
            result = change(current)
            return (current if result == current else result.stamped()), None

        return patiently(
            lambda: self._repository.revise(document_id, changed, InstalledScheme)
        ).document

    def _newest(self, scheme_id: str, visitor: Visitor) -> InstalledScheme:
        """The visitor's latest version of a standard. Raises: NotFound where they have none."""
        found = [
            one
            for one in self.list(visitor)
            if one.standard == scheme_id and one.facts.get("stage") == "installed"
        ]
        if not found:
            raise NotFound(GONE)
        newest = max(found, key=lambda one: int(one.version))
        return self._repository.load(newest.id, InstalledScheme)

    def _there(self, scheme_id: str) -> builtins.list[Line]:
        """Lines of everything kept of a standard, whoever's it is."""
        lines = self._repository.list(Query(), InstalledScheme).lines
        return [one for one in lines if one.standard == scheme_id]

    def _are_ours(self, lines: builtins.list[Line], visitor: Visitor) -> bool:
        local = self._assessments.mode is Mode.LOCAL
        names = self._assessments.names(visitor)
        return local or all(one.access.right(names) >= Right.EDIT for one in lines)


def browser_number(visitor: Visitor) -> str:
    """What the setting calls a browser where nobody signs in; says nothing of its key."""
    return hashlib.sha256(visitor.owner.encode()).hexdigest()[:16] if visitor.owner else ""


def _fixed(document: InstalledScheme, version: str, stage: str, mark: str = "") -> InstalledScheme:
    """As it will stay, after its content was checked. Raises: StandardFault."""
    content = content_of(document.content)
    content["scheme"] = {**content["scheme"], "version": version}
    if mark:
        title = document.name[: NAME_LENGTH - len(mark)] + mark
        content["scheme"] |= {"title": title, "short_title": document.name[:20] + mark}
    text = text_of(content)
    try:
        scheme = read_held(text)
    except SchemeError as error:
        words = "\n".join(
            f"{_place(content, p)}{p.fault}；改法：{p.remedy}" for p in error.problems[:5]
        )
        raise StandardFault(f"标准还不成立，没有安装：\n{words}") from error
    return document.having(
        stage=stage,
        version=version,
        name=scheme.title[:NAME_LENGTH],
        content=text,
        installed=datetime.now(UTC),
        steps=(),
    )


def _place(content: Content, problem: Problem) -> str:
    """The id of the node that a problem is about; empty where it is about none.

    Problems name the element by its place, see `read_held`, and what is below it by its key.
    """
    if not problem.file.name.isdigit():
        return ""
    node = content["elements"][int(problem.file.name) - 1]
    for place in re.findall(r"children\[(\d+)\]", problem.key):
        node = node["children"][int(place)]
    return f"{node['id']}："


def _renamed(document: InstalledScheme, scheme_id: str) -> InstalledScheme:
    content = content_of(document.content)
    content["scheme"] = {**content["scheme"], "id": scheme_id}
    return document.having(scheme=scheme_id, content=text_of(content))


def _id(line: Line) -> str:
    return line.standard or ""


def _name(visitor: Visitor) -> str:
    return (visitor.login.name or visitor.login.mail) if visitor.login else ""
