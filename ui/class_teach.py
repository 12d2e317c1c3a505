"""Opening a class: which standard, all of it or some elements, a case or everybody their own."""

import streamlit as st
from pydantic import ValidationError

import schemes
from schemes import Scheme
from state.documents.assessment import NAME_LENGTH
from state.documents.cases import Case, case_of, cases
from state.documents.classroom import new_classroom
from state.documents.faults import first_fault
from state.storage.repository import RepositoryError
from ui import class_session, session, standard_session
from wording.classes import (
    OWN_ENTERPRISE,
    SCOPE_ASKED,
    SCOPE_GIVEN,
    TEACH,
    TEACH_TOLD,
    WHOLE,
)
from wording.labels import node_title


def teach() -> None:
    """The questions, and the classes there are."""
    st.markdown(f"#### {TEACH}", anchors=False)
    st.markdown(TEACH_TOLD)
    standards = standard_session.offered()
    chosen = st.selectbox(
        "标准",
        list(standards),
        format_func=lambda name: standards[name].short_title,
        key="class-scheme",
    )
    fitting = {name: case for name, case in cases().items() if case.scheme == chosen}
    named = st.selectbox(
        "评什么",
        ["", *fitting],
        format_func=lambda name: fitting[name].title if name else OWN_ENTERPRISE,
        key=f"class-case-{chosen}",
    )
    case = case_of(named or "")
    if case:
        st.caption(f"{case.told}{SCOPE_GIVEN if case.given else SCOPE_ASKED}")
    scheme = schemes.load(case.scheme, case.version) if case else standards[chosen]
    elements = st.multiselect(
        "只讲哪些要素",
        [element.id for element in scheme.elements],
        format_func={e.id: node_title(e) for e in scheme.elements}.__getitem__,
        placeholder=WHOLE,
        key=f"class-elements-{scheme.id}-{scheme.version}",
    )
    name = st.text_input("课堂名称", max_chars=NAME_LENGTH, key="class-name")
    if st.button(TEACH, type="primary", key="teach"):
        _open(scheme, name, elements, case)
    _classes()


def _open(scheme: Scheme, name: str, elements: list[str], case: Case | None) -> None:
    called = name.strip() or f"{scheme.short_title}培训"
    try:
        made = new_classroom(called, scheme.id, scheme.version, elements, case.id if case else "")
    except ValidationError as error:
        st.error(first_fault(error))
        return
    if class_session.start(made):
        st.rerun()


def _classes() -> None:
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
