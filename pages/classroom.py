"""课堂: joining one by its code, or teaching one with everybody's answers on the screen."""

import streamlit as st

import schemes
from state.documents.assessment import NAME_LENGTH
from state.documents.classroom import new_classroom
from state.service.mode import Mode
from state.storage.repository import RepositoryError
from ui import class_session, session, standard_session
from ui.class_trainer import trainer
from ui.frame import draw, page_path
from ui.messages import show_messages
from wording.classes import JOIN, JOIN_TOLD, LOCAL, TEACH, TEACH_TOLD


def main() -> None:
    """Draw the page: the trainer's screen, or the two ways to a class."""
    classroom = class_session.current()
    show_messages()
    if classroom is None:
        _ways()
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("### 课堂", width="content", anchors=False)
        st.text(classroom.name)
        st.button("所有课堂", type="tertiary", key="all-classes", on_click=class_session.close)
    trainer(classroom, schemes.load(classroom.scheme, classroom.scheme_version))


def _ways() -> None:
    st.markdown("### 课堂", anchors=False)
    code = str(st.query_params.get(class_session.CODE, ""))
    if session.service().mode is Mode.LOCAL:
        st.info(LOCAL, icon=":material/cast_for_education:")
        return
    left, right = st.columns(2, gap="large")
    with left:
        _join(code)
    if not code:
        with right:
            _teach()


def _join(code: str) -> None:
    st.markdown(f"#### {JOIN}", anchors=False)
    st.markdown(JOIN_TOLD)
    with st.form("join", border=False):
        typed = st.text_input("加入码", value=code, max_chars=12, key="join-code")
        name = st.text_input("姓名", max_chars=NAME_LENGTH, key="join-name")
        if not st.form_submit_button(JOIN, type="primary"):
            return
    try:
        _, begun = class_session.service().join(typed, name, session.visitor())
    except RepositoryError as error:
        st.error(str(error))
        return
    session.open_assessment(begun.id)
    st.switch_page(page_path("enterprise"), query_params={session.ID: begun.id})


def _teach() -> None:
    st.markdown(f"#### {TEACH}", anchors=False)
    st.markdown(TEACH_TOLD)
    standards = standard_session.offered()
    with st.form("teach", border=False):
        scheme = st.selectbox(
            "标准",
            list(standards),
            format_func=lambda name: standards[name].short_title,
            key="class-scheme",
        )
        name = st.text_input("课堂名称", max_chars=NAME_LENGTH, key="class-name")
        if st.form_submit_button(TEACH, type="primary"):
            found = standards[scheme]
            called = name.strip() or f"{found.short_title}培训"
            if class_session.start(new_classroom(called, found.id, found.version)):
                st.rerun()
    try:
        lines = class_session.service().list(session.visitor()).lines
    except RepositoryError as error:
        st.text(str(error))
        return
    for line in lines:
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.text(line.title, width="stretch")
            st.caption(session.local_time(line.updated))
            st.button(
                "打开",
                key=f"class-{line.id}",
                on_click=class_session.open_class,
                args=[line.id],
            )


draw(main)
