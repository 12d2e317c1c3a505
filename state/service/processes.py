"""Processes that somebody brings: taken in, and handed out."""

import builtins
from datetime import UTC, datetime

import process
from process import Process
from state.documents.access import Access
from state.documents.assessment import new_id
from state.documents.installed_process import InstalledProcess, ProcessFault, read_process
from state.service.assessments import AssessmentService, Forbidden, Visitor
from state.service.known_processes import kept_process
from state.service.mode import Mode
from state.storage.line import Line, Query

_MOST = 50
"""Processes of one visitor's that are offered."""


class ProcessService:
    """Takes processes in and hands them out."""

    def __init__(self, assessments: AssessmentService) -> None:
        self._assessments = assessments
        self._repository = assessments.repository

    def install(self, content: bytes, visitor: Visitor) -> InstalledProcess:
        """Keep a process for the visitor. The same file twice is kept once.

        Raises: ProcessFault for what is not one, has the name of a shipped one, or of another
        with the same version; Forbidden where nobody could find it again; TooMany, RepositoryError.
        """
        mode = self._assessments.mode
        if mode is Mode.LINK or (mode is Mode.LOGIN and not self._assessments.names(visitor)):
            raise Forbidden("请先登录；没有登录的地方不能导入流程")
        read = read_process(content)
        text = content.decode("utf-8-sig")
        if read.id in process.available():
            raise ProcessFault(f"编号 {read.id} 是本工具自带的流程，没有导入；请换一个编号")
        for line in self.list(visitor):
            kept = self._repository.load(line.id, InstalledProcess)
            if (kept.process, kept.version) == (read.id, read.version):
                if kept.content == text:
                    return kept
                raise ProcessFault(
                    f"{read.id} 的 {read.version} 版已经导入过，内容不同；请把 version 加大再导入，"
                    "已开始的项目继续用原来的版本"
                )
        self._assessments.count(visitor)
        document = InstalledProcess(
            id=new_id(),
            updated=datetime.now(UTC),
            process=read.id,
            version=read.version,
            called=read.title,
            content=text,
        )
        self._repository.create(document, Access(owner=visitor.owner), Line.of(document))
        return document

    def list(self, visitor: Visitor) -> builtins.list[Line]:
        """The visitor's processes, the latest first. Raises: RepositoryError."""
        local = self._assessments.mode is Mode.LOCAL
        holders = None if local else self._assessments.names(visitor)
        query = Query(deleted=False, limit=_MOST, holders=holders)
        return self._repository.list(query, InstalledProcess).lines

    def read(self, document_id: str) -> Process:
        """A process of a list. Raises: as `kept_process`."""
        return kept_process(self._repository, document_id)
