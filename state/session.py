"""Ties the assessment document to one browser session.

The document in the repository is the truth. The address bar carries its id, so
that a refresh, another device or a link comes back to it; the session only
remembers the id across page switches, which drop the address's parameters.
"""

from collections.abc import Callable
from datetime import datetime

import streamlit as st
from pydantic import ValidationError

import schemes
from schemes import Scheme
from state.assessment import Assessment
from state.changes import Change
from state.faults import first_fault
from state.paths import data_folder
from state.repository import Repository, RepositoryError, update
from state.tiny import TinyRepository

ID = "a"
"""Name of the address parameter that carries the assessment's id."""

_TROUBLE = "trouble"
_NOTICE = "notice"


@st.cache_resource
def repository() -> Repository:
    """Where this server keeps its assessments."""
    return TinyRepository(data_folder())


def open_assessment(assessment_id: str) -> None:
    """Make this the session's assessment."""
    st.session_state[ID] = assessment_id
    if st.query_params.get(ID) != assessment_id:
        st.query_params[ID] = assessment_id


def start(assessment: Assessment) -> bool:
    """Keep a new assessment and open it; False, with a message, when it cannot be kept."""
    try:
        repository().create(assessment)
    except RepositoryError as error:
        st.session_state[_TROUBLE] = str(error)
        return False
    open_assessment(assessment.id)
    return True


def current_id() -> str | None:
    """The id in the address or, after a page switch, the one last opened."""
    found = st.query_params.get(ID) or st.session_state.get(ID)
    if found:
        open_assessment(found)
    return found


def current() -> Assessment | None:
    """The session's assessment as it is kept now; None, with a message, when there is none."""
    assessment_id = current_id()
    if assessment_id is None:
        return None
    try:
        return repository().load(assessment_id)
    except RepositoryError as error:
        st.session_state[_TROUBLE] = str(error)
        st.session_state.pop(ID, None)
        st.query_params.pop(ID, None)
        return None


def delete(assessment_id: str) -> None:
    """Remove an assessment for good."""
    try:
        repository().delete(assessment_id)
    except RepositoryError as error:
        st.session_state[_TROUBLE] = str(error)
        return
    if st.session_state.get(ID) == assessment_id:
        st.session_state.pop(ID)
    st.session_state[_NOTICE] = "已删除"


def remembered(name: str) -> str | None:
    """A place on the page, from the address or, after a page switch, from the session."""
    return st.query_params.get(name) or st.session_state.get(f"remembered:{name}")


def remember(name: str, value: str) -> None:
    """Keep a place on the page in the address, where a refresh and another device find it."""
    st.session_state[f"remembered:{name}"] = value
    if st.query_params.get(name) != value:
        st.query_params[name] = value


def forget(name: str) -> None:
    """Drop a place on the page."""
    st.session_state.pop(f"remembered:{name}", None)
    st.query_params.pop(name, None)


def scheme_of(assessment: Assessment) -> Scheme | None:
    """The standard chosen, if one is chosen and installed."""
    if assessment.scheme in schemes.available():
        return schemes.load(assessment.scheme)
    return None


def apply(change: Change) -> None:
    """Save a change to the session's assessment; used as the callback of every widget.

    What cannot be saved is said on the page, and the widget falls back to the
    answer that is kept.
    """
    try:
        update(repository(), st.session_state[ID], change)
    except RepositoryError as error:
        st.session_state[_TROUBLE] = f"刚才的修改没有保存：{error}"
    except ValidationError as error:
        st.session_state[_TROUBLE] = f"刚才的修改没有保存（{first_fault(error)}）"


def on_change(key: str, change_for: Callable[..., Change]) -> Callable[[], None]:
    """A widget callback that saves `change_for(value of the widget)`."""
    return lambda: apply(change_for(st.session_state[key]))


def show(key: str, value: object) -> str:
    """Let the widget `key` show the kept value, and return the key.

    Writing only when the two differ matters: a write is sent to the browser and
    would undo a click that is still on its way.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key


def notify(message: str) -> None:
    """Say something good once, on the page shown next."""
    st.session_state[_NOTICE] = message


def show_messages() -> None:
    """Show what went wrong or right since the last page, once."""
    trouble = st.session_state.pop(_TROUBLE, None)
    if trouble:
        with st.container(border=True):
            st.error("请注意", icon=":material/error:")
            st.text(trouble)
    notice = st.session_state.pop(_NOTICE, None)
    if notice:
        st.toast(notice)


def local_time(moment: datetime) -> str:
    """A stored moment in the server's own time zone, to the minute."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")
