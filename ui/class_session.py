"""Ties a class to one browser session: its id stands in the trainer's address."""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

import streamlit as st
from pydantic import ValidationError

from state.documents.assessment import Assessment
from state.documents.classroom import ClassChange, Classroom
from state.documents.faults import first_fault
from state.service.assessments import AssessmentService, Visitor
from state.service.classes import ClassService, Lesson
from state.storage.repository import RepositoryError, Unavailable
from ui import files, session

ID = "c"
"""Name of the address parameter that carries a class's id, which only its trainer has."""

LOOK = timedelta(seconds=2)
"""Between two looks of the trainer: with the time that one takes, the screen is 3 s behind."""

FOLLOW = timedelta(seconds=5)
"""Between two looks of a participant; a room full of them looks all the time."""

CODE = "j"
"""Name of the address parameter that carries the code to join by."""


def service() -> ClassService:
    """Where classes are handed out."""
    return _of(session.service())


@lru_cache(maxsize=1)
def _of(assessments: AssessmentService) -> ClassService:
    return ClassService(assessments)


def place() -> str:
    """The id of the class that the address or the session leads to; empty without one."""
    found = st.query_params.get(ID) or st.session_state.get(ID) or ""
    return str(found)


def open_class(class_id: str) -> None:
    """Make this the session's class."""
    st.session_state[ID] = class_id
    st.query_params[ID] = class_id


def close() -> None:
    """Have no class open."""
    for places in (st.session_state, st.query_params):
        places.pop(ID, None)


def current() -> Classroom | None:
    """The session's class as it is kept now; None, with a message, when there is none."""
    found = place()
    if not found:
        return None
    try:
        classroom = service().open(found, session.visitor())
    except RepositoryError as error:
        session.warn([str(error)])
        if not isinstance(error, Unavailable):
            close()
        return None
    if st.query_params.get(ID) != found:
        open_class(found)
    files.note_right(Taught(service(), found, session.visitor()))
    return classroom


def start(classroom: Classroom) -> bool:
    """Keep a new class and open it; False, with a message, when it cannot be kept."""
    if not session.tried(lambda: service().create(classroom, session.visitor())):
        return False
    open_class(classroom.id)
    return True


def lesson(assessment: Assessment) -> Lesson | None:
    """What the class of an assessment is about now; None outside of a class."""
    return service().lesson(assessment) if assessment.joined else None


def mine() -> tuple[Assessment, Lesson] | None:
    """The assessment that is open here and its class; None outside of one."""
    if session.settle_address() is None or session.reading():
        return None
    assessment = session.current()
    found = lesson(assessment) if assessment else None
    return (assessment, found) if assessment and found else None


def elements(assessment: Assessment) -> tuple[str, ...]:
    """Elements that the class of an assessment is about; empty for all, and outside of a class.

    Also for whoever has gone over to another standard, which has others.
    """
    found = lesson(assessment)
    return found.elements if found and found.standard == assessment.standard else ()


@dataclass(frozen=True, slots=True)
class Taught:
    """That a page shows a class to its trainer; files made of it are given while that is so."""

    service: ClassService
    class_id: str
    visitor: Visitor

    def stands(self) -> bool:
        """Whether it is still theirs."""
        try:
            self.service.open(self.class_id, self.visitor)
        except RepositoryError:
            return False
        return True


def apply(change: ClassChange) -> None:
    """Save a change to the session's class; used in the callbacks of widgets."""
    found = place()
    try:
        service().change(found, session.visitor(), change)
    except RepositoryError as error:
        session.warn([f"刚才的修改没有保存：{error}"])
    except ValidationError as error:
        session.warn([f"刚才的修改没有保存（{first_fault(error)}）"])
