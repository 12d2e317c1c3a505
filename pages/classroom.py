"""课堂: joining one by its code, teaching one, or what a participant has of theirs."""

import streamlit as st

import schemes
from schemes import SchemeError, UnknownScheme
from state.documents.assessment import NAME_LENGTH
from state.documents.cases import case_of
from state.service.classes import NO_STANDARD
from state.service.mode import Mode
from state.storage.repository import RepositoryError
from ui import class_session, session
from ui.class_participant import participant
from ui.class_teach import teach
from ui.class_trainer import trainer
from ui.frame import draw, page_path
from ui.messages import show_messages
from wording.classes import JOIN, JOIN_TOLD, LOCAL


def main() -> None:
    """Draw the page: the trainer's screen, the participant's, or the two ways to a class."""
    classroom = class_session.current()
    mine = None if classroom or _code() else class_session.mine()
    show_messages()
    if classroom is None:
        st.markdown("### 课堂", anchors=False)
        if mine:
            participant(*mine)
        else:
            _ways()
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("### 课堂", width="content", anchors=False)
        st.text(classroom.name)
        st.button("所有课堂", type="tertiary", key="all-classes", on_click=class_session.close)
    try:
        scheme = schemes.load(classroom.scheme, classroom.scheme_version)
    except (UnknownScheme, SchemeError):
        st.info(f"{NO_STANDARD}。", icon=":material/menu_book:")
        return
    trainer(classroom, scheme)


def _code() -> str:
    return str(st.query_params.get(class_session.CODE, ""))


def _ways() -> None:
    if session.service().mode is Mode.LOCAL:
        st.info(LOCAL, icon=":material/cast_for_education:")
        return
    code = _code()
    left, right = st.columns(2, gap="large")
    with left:
        _join(code)
    if not code:
        with right:
            teach()


def _join(code: str) -> None:
    st.markdown(f"#### {JOIN}", anchors=False)
    st.markdown(JOIN_TOLD)
    with st.form("join", border=False):
        typed = st.text_input("加入码", value=code, max_chars=12, key="join-code")
        name = st.text_input("姓名", max_chars=NAME_LENGTH, key="join-name")
        if not st.form_submit_button(JOIN, type="primary"):
            return
    try:
        classroom, begun = class_session.service().join(typed, name, session.visitor())
    except RepositoryError as error:
        st.error(str(error))
        return
    session.open_assessment(begun.id)
    first = "classroom" if case_of(classroom.case) else "enterprise"
    st.switch_page(page_path(first), query_params={session.ID: begun.id})


draw(main)
