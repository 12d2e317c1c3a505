"""Ties a project to one browser session, as `ui.session` ties an assessment.

The address bar carries the project's id, or the token of a link; the session only remembers it
across page switches. What cannot be saved is said on the page, with what was written.
"""

import contextlib
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any

import streamlit as st
from pydantic import ValidationError

from process import Process
from state.documents.clashes import Clash
from state.documents.faults import first_fault
from state.documents.project import Project, ProjectFault
from state.documents.project_changes import ProjectChange
from state.service.assessments import AssessmentService, Key
from state.service.processes import ProcessService
from state.service.projects import Opened, ProjectService
from state.storage.repository import Clashed, RepositoryError, Unavailable
from ui import files, session
from ui.undecided import Undecided
from ui.unsaved import keep_unsaved

ID = "p"
"""Name of the address parameter that carries a project's id."""

LINK = "k"
"""Name of the address parameter that carries the token of a link."""

_SEEN = "project-seen"
_OPEN = "project-open"


def service() -> ProjectService:
    """Where projects are handed out and changes taken in."""
    return _of(session.service())


@lru_cache(maxsize=1)
def _of(assessments: AssessmentService) -> ProjectService:
    return ProjectService(assessments)


def processes() -> ProcessService:
    """Where processes of one's own are taken in and handed out."""
    return ProcessService(session.service())


def place() -> Key | None:
    """What the address or, after a page switch, the session leads to."""
    for places in (st.query_params, st.session_state):
        for name in (LINK, ID):
            found = places.get(name)
            if found:
                return Key(token=found) if name == LINK else Key(id=found)
    return None


def linked() -> bool:
    """Whether a link that somebody was sent has led here."""
    found = place()
    return found is not None and bool(found.token)


def open_project(project_id: str) -> None:
    """Make this the session's project."""
    _open(ID, project_id)


def close() -> None:
    """Have no project open."""
    for name in (ID, LINK):
        st.session_state.pop(name, None)
        st.query_params.pop(name, None)


def _open(name: str, value: str) -> None:
    st.session_state.pop(LINK if name == ID else ID, None)
    st.session_state[name] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def current() -> Opened | None:
    """The session's project as it is kept now; None, with a message, when there is none."""
    found = place()
    if found is None:
        return None
    _open(*((LINK, found.token) if found.token else (ID, found.id)))
    try:
        opened = service().open(found, session.visitor())
    except RepositoryError as error:
        session.warn([str(error)])
        if not isinstance(error, Unavailable):
            close()
        return None
    st.session_state[_SEEN] = opened.project
    st.session_state[_OPEN] = found
    files.note(service(), found, session.visitor())
    return opened


def seen() -> Project | None:
    """The project as the page shows it."""
    found: Project | None = st.session_state.get(_SEEN)
    return found


def may_see(unknown: bool = False) -> bool:
    """Whether what the session has open is open to the visitor; unknown: while nobody can say."""
    found = place()
    if found is None:
        return False
    try:
        service().open(found, session.visitor())
    except Unavailable:
        return unknown
    except RepositoryError:
        return False
    return True


def was_open() -> bool:
    """Whether the page has shown what the session has open."""
    found = place()
    return found is not None and st.session_state.get(_OPEN) == found


def shown_out() -> bool:
    """Whether what the page shows has been closed to the visitor since; said once."""
    if was_open() and not may_see(unknown=True):
        st.session_state.pop(_OPEN)
        return True
    return False


def known_process(project: Project) -> Process | None:
    """The process that a project goes through, in its version; None where it is not there."""
    return service().process_of(project)


def told(action: Callable[[Key], object], *written: str) -> bool:
    """Do something with the session's project; what is refused is said on the page.

    written: what the visitor wrote, which is kept for them where it is refused.
    """
    found = place()
    if found is None:
        return False
    try:
        action(found)
    except ProjectFault as error:
        return _refused(str(error), written)
    except RepositoryError as error:
        return _refused(f"刚才的修改没有保存：{error}", written)
    except ValidationError as error:
        return _refused(f"刚才的修改没有保存（{first_fault(error)}）", written)
    return True


def _refused(words: str, written: Collection[str]) -> bool:
    session.warn([words])
    keep_unsaved(written)
    return False


def apply(change: ProjectChange, *written: str) -> bool:
    """Save a change to the session's project; used in the callbacks of widgets."""
    seen: Project | None = st.session_state.get(_SEEN)
    saved = _save(change, seen, written)
    if seen is not None:  # a second callback of the same run must not clash with this one
        with contextlib.suppress(ValidationError, ProjectFault):
            st.session_state[_SEEN] = change(seen)
    return saved


def _save(change: ProjectChange, seen: Project | None, written: Collection[str]) -> bool:
    def action(found: Key) -> None:
        try:
            service().change(found, session.visitor(), change, seen)
        except Clashed as error:
            _undecided().add(change, error.clashes)

    return told(action, *written)


def on_change(key: str, change_for: Callable[[Any], ProjectChange]) -> Callable[[], None]:
    """A widget callback that saves `change_for(value of the widget)`."""

    def save() -> None:
        value = st.session_state[key]
        apply(change_for(value), *([value] if isinstance(value, str) else []))

    return save


def _undecided() -> Undecided[ProjectChange]:
    found = place()
    return Undecided(f"project:{found.id or found.token}" if found else "project:")


def clashes() -> list[Clash]:
    """What the user and somebody else changed at the same time, until the user decides."""
    return _undecided().clashes()


def settle_clash(mine: bool) -> None:
    """Save my values over the others, or leave theirs."""
    for change in _undecided().taken():
        if mine:
            _save(change, None, ())
