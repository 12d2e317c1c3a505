"""Who may do what with which class: the one door between sessions and kept classes."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from pydantic import ValidationError

import schemes
from schemes import SchemeError, UnknownScheme
from scoring import Result, score
from state.documents import classroom as rooms
from state.documents.access import Access, Right
from state.documents.assessment import NAME_LENGTH, Assessment, answers_of, new_assessment
from state.documents.cases import case_of
from state.documents.changes import set_scheme
from state.documents.classroom import ClassChange, Classroom, Participant
from state.documents.versions import scheme_of
from state.service.assessments import AssessmentService, Forbidden, TooMany, Visitor
from state.service.bounds import Flow, Rate
from state.service.mode import Mode
from state.storage.line import Found, Line, Query
from state.storage.repository import NotFound, RepositoryError, patiently

GONE = "没有找到这个课堂；链接可能不完整，或它已被删除"
NO_SUCH_CODE = "没有这个加入码，请看清屏幕上的六位码再输入"
OVER = "这个课堂已经结束，不能再加入"
LOCKED = "老师已停止加入，请找老师"
FULL = f"课堂已满（{rooms.MOST_PARTICIPANTS} 人），请找老师"
NO_NAME = "请先填写姓名"
NO_STANDARD = "这台服务器上没有这个课堂所用的标准"

TRIED = {
    "session": Rate(10, 1 / 10),
    "browser": Rate(20, 1 / 10),
    "address": Rate(250, 2),
    "all": Rate(1000, 5),
}
"""Codes typed: a class of 200 joins at once behind one address, and nobody guesses a thousand."""


_REMEMBERED = 2000
"""Results that are remembered at most."""


class Lesson(NamedTuple):
    """What a participant's page knows of their class.

    lead: the item that all are led to, if any. elements: those it is about; empty for all.
    case: the id of the case, if any. revealed: whether its reference answer may be seen.
    standard: id and version of what the class is held by.
    """

    name: str
    lead: str
    over: bool
    elements: tuple[str, ...] = ()
    case: str = ""
    revealed: bool = False
    standard: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Desk:
    """A participant and what they have answered; result: None where it cannot be read."""

    participant: Participant
    result: Result | None


class ClassService:
    """Hands classes out to trainers, and lets participants in."""

    def __init__(self, assessments: AssessmentService) -> None:
        self._assessments = assessments
        self._repository = assessments.repository
        self._tried = Flow(TRIED)
        self._scored: dict[str, tuple[datetime, Result | None]] = {}
        self._read: dict[str, tuple[datetime, Classroom]] = {}

    def create(self, classroom: Classroom, visitor: Visitor) -> None:
        """Keep a new class as the visitor's. Raises: Forbidden, TooMany, RepositoryError."""
        if self._assessments.mode is Mode.LOGIN and not self._assessments.names(visitor):
            raise Forbidden("请先登录")
        self._assessments.count(visitor)
        links = (rooms.token_of(classroom.code),)
        self._repository.create(classroom, Access(owner=visitor.owner, links=links))

    def open(self, class_id: str, visitor: Visitor) -> Classroom:
        """A class, for its trainer. Raises: NotFound, also for what is not theirs."""
        kept = self._repository.read(class_id, Classroom)
        if not self._teaches(kept.access, visitor) or kept.access.deleted:
            raise NotFound(GONE)
        return kept.document

    def list(self, visitor: Visitor) -> Found:
        """The visitor's classes, the latest first. Raises: RepositoryError."""
        local = self._assessments.mode is Mode.LOCAL
        holders = None if local else self._assessments.names(visitor)
        return self._repository.list(Query(deleted=False, holders=holders), Classroom)

    def change(self, class_id: str, visitor: Visitor, change: ClassChange) -> Classroom:
        """Apply a change of the trainer's. Raises: NotFound, RepositoryError, ValidationError."""
        self.open(class_id, visitor)
        return self._save(class_id, change)

    def discard(self, class_id: str, visitor: Visitor) -> None:
        """Move a class to the bin; what participants answered stays. Raises: RepositoryError."""
        self.open(class_id, visitor)
        now = datetime.now(UTC)
        self._repository.change_access(class_id, lambda a: a.having(deleted=now), Classroom)

    def join(self, code: str, name: str, visitor: Visitor) -> tuple[Classroom, Assessment]:
        """Come in by the code; an assessment of the visitor's own begins.

        Raises: NotFound for a code that nobody has, or a standard that is not here; Forbidden with
        the reason; TooMany; RepositoryError.
        """
        called = name.strip()
        if not called:
            raise Forbidden(NO_NAME)
        classroom = self._behind(code, visitor)
        try:
            scheme = schemes.load(classroom.scheme, classroom.scheme_version)
        except (UnknownScheme, SchemeError) as error:
            raise NotFound(NO_STANDARD) from error
        begun = set_scheme(scheme)(new_assessment()).having(joined=classroom.code)
        case = case_of(classroom.case)
        if case:
            begun = begun.having(profile=case.profile, work=case.begun)
        self._assessments.create(begun, visitor)
        joined = rooms.join(called[:NAME_LENGTH], begun.id)

        def admitted(current: Classroom) -> Classroom:
            self._admit(current)
            return joined(current)

        try:
            return self._save(classroom.id, admitted), begun
        except (RepositoryError, ValidationError) as error:
            self._assessments.outbox.delete(begun.id)
            if isinstance(error, ValidationError):
                raise Forbidden(FULL) from None
            raise

    def lesson(self, assessment: Assessment) -> Lesson | None:
        """What the class of an assessment is about now; None where it is in none any more."""
        if not assessment.joined:
            return None
        try:
            found = self._repository.behind(rooms.token_of(assessment.joined), Classroom)
            classroom = self._current(found)
        except RepositoryError:
            return None
        if all(one.assessment != assessment.id for one in classroom.participants):
            return None
        over = classroom.over(datetime.now(UTC))
        standard = (classroom.scheme, classroom.scheme_version)
        told = (classroom.elements, classroom.case, classroom.revealed, standard)
        return Lesson(classroom.name, classroom.lead, over, *told)

    def _current(self, class_id: str) -> Classroom:
        """A class as it is kept, opened again only when its line has changed.

        Raises: NotFound, also for one in the bin; RepositoryError.
        """
        line = self._repository.line(class_id, Classroom)
        if line.access.deleted:
            raise NotFound(GONE)
        known = self._read.get(class_id)
        if known and known[0] == line.updated:
            return known[1]
        classroom = self._repository.load(class_id, Classroom)
        if len(self._read) >= _REMEMBERED:
            self._read.clear()
        self._read[class_id] = classroom.updated, classroom
        return classroom

    def desks(self, class_id: str, visitor: Visitor) -> Iterator[Desk]:
        """What everybody has answered, in the order they came. Raises: RepositoryError."""
        for one in self.open(class_id, visitor).participants:
            yield Desk(one, self._result(one.assessment))

    def _result(self, assessment_id: str) -> Result | None:
        """Of what is kept, opened and scored again only when its line in the index has changed."""
        outbox = self._assessments.outbox
        try:
            if outbox.waiting(assessment_id) is None:
                line = self._repository.line(assessment_id)
                known = self._scored.get(assessment_id)
                if known and known[0] == line.updated:
                    return None if line.access.deleted else known[1]
            assessment, access = outbox.load(assessment_id)
            if access.deleted:
                return None
            scheme = scheme_of(assessment)
        except (RepositoryError, SchemeError, UnknownScheme):
            return None
        result = score(scheme, answers_of(scheme, assessment.work)) if scheme else None
        if outbox.waiting(assessment_id) is None:
            if len(self._scored) >= _REMEMBERED:
                self._scored.clear()
            self._scored[assessment_id] = assessment.updated, result
        return result

    def _behind(self, code: str, visitor: Visitor) -> Classroom:
        if self._assessments.mode is not Mode.LOCAL:
            wait = self._tried.take(visitor.who)
            if wait:
                raise TooMany(f"试得太多了，请过 {math.ceil(wait)} 秒再输入加入码")
        try:
            found = self._repository.behind(rooms.token_of(rooms.typed_code(code)), Classroom)
        except NotFound:
            raise NotFound(NO_SUCH_CODE) from None
        kept = self._repository.read(found, Classroom)
        if kept.access.deleted:
            raise NotFound(NO_SUCH_CODE)
        self._admit(kept.document)
        return kept.document

    def _admit(self, classroom: Classroom) -> None:
        """Raises: Forbidden where nobody more may come in."""
        now = datetime.now(UTC)
        if classroom.over(now):
            raise Forbidden(OVER)
        if not classroom.joinable(now):
            raise Forbidden(LOCKED)
        if len(classroom.participants) >= rooms.MOST_PARTICIPANTS:
            raise Forbidden(FULL)

    def _teaches(self, access: Access, visitor: Visitor) -> bool:
        if self._assessments.mode is Mode.LOGIN:
            return access.right(self._assessments.names(visitor)) >= Right.EDIT
        return True  # who knows the id holds the link to teach

    def _save(self, class_id: str, change: ClassChange) -> Classroom:
        def changed(current: Classroom, _: Access) -> tuple[Classroom, Line | None]:
            result = change(current)
            return (current, None) if result == current else (result.stamped(), None)

        return patiently(lambda: self._repository.revise(class_id, changed, Classroom)).document
