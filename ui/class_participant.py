"""A participant's page of the class: the story, their own paper, and the answer once revealed."""

import streamlit as st

from state.documents.assessment import Assessment
from state.documents.cases import case_of
from state.service.classes import Lesson
from ui import class_session, session
from ui.class_papers import own_paper
from ui.class_reference import own_distance, reference_answer, reference_of
from ui.class_story import story
from ui.frame import step_link
from wording.classes import (
    NOT_REVEALED,
    SCOPE_ASKED,
    SCOPE_GIVEN,
    elements_words,
    standing_cells,
)
from wording.labels import plain


def participant(assessment: Assessment, lesson: Lesson) -> None:
    """Draw the page. lesson: of the class that the assessment is in."""
    scheme = session.scheme_of(assessment)
    if scheme is None:
        step_link("enterprise", assessment, "去选择标准")
        return
    result = session.result_of(assessment, scheme)
    elements = class_session.elements(assessment)
    progress, total, grade = standing_cells(result, elements)
    st.markdown(f"#### {plain(lesson.name)}", anchors=False)
    st.markdown(
        f"{plain(scheme.short_title)}：{plain(elements_words(scheme, elements))}  \n"
        f"{progress}　**{plain(total)}**　{plain(grade)}"
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        step_link("assess", assessment, "继续自评", ":material/checklist:")
        own_paper(assessment)
        step_link("report", assessment, "全部报告", ":material/description:")
    case = case_of(lesson.case)
    if case is None:
        return
    first, second = st.columns(2, gap="large")
    with second if lesson.revealed else first:  # on a phone what is new stands above
        st.caption(SCOPE_GIVEN if case.given else SCOPE_ASKED)
        if not case.given:
            step_link("scope", assessment, "去答适用范围", ":material/rule:")
        story(case)
    with first if lesson.revealed else second:
        if not lesson.revealed:
            _wait(assessment)
        elif lesson.standard == assessment.standard:
            reference = reference_of(case, scheme)
            own_distance(result, reference, lesson.elements)
            reference_answer(case, reference, lesson.elements)


@st.fragment(run_every=class_session.FOLLOW)
def _wait(assessment: Assessment) -> None:
    """Until the trainer reveals the reference answer; then the page draws it, once."""
    lesson = class_session.lesson(assessment)
    if lesson is None or lesson.revealed:
        st.rerun()
    st.info(NOT_REVEALED, icon=":material/hourglass_empty:")
