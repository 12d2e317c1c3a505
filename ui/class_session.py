"""Ties a class to one browser session: its id stands in the trainer's address."""

from functools import lru_cache

import streamlit as st
from pydantic import ValidationError

from state.documents.classroom import ClassChange, Classroom
from state.documents.faults import first_fault
from state.service.assessments import AssessmentService
from state.service.classes import ClassService
from state.storage.repository import RepositoryError, Unavailable
from ui import session

ID = "c"
"""Name of the address parameter that carries a class's id, which only its trainer has."""

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
    return classroom


def start(classroom: Classroom) -> bool:
    """Keep a new class and open it; False, with a message, when it cannot be kept."""
    if not session.tried(lambda: service().create(classroom, session.visitor())):
        return False
    open_class(classroom.id)
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
