"""A participant's page follows the class that the assessment was begun in."""

import streamlit as st

from schemes import Scheme
from state.documents.assessment import Assessment
from ui import class_session, session
from ui.class_story import story_beside
from ui.frame import page_path
from wording.classes import REVEALED, lead_words
from wording.labels import plain

_LED = "led-to"


def follow_class(assessment: Assessment, scheme: Scheme, here: str) -> None:
    """The case's story, and where the class is led to; nothing outside of a class.

    here: the item that the page shows.
    """
    if assessment.joined:
        with st.container(horizontal=True, vertical_alignment="center"):
            story_beside(assessment)
            if class_session.lesson(assessment):
                st.page_link(
                    page_path("classroom"),
                    label="课堂",
                    icon=":material/co_present:",
                    query_params={session.ID: assessment.id},
                )
        _follow(assessment, scheme, here)


@st.fragment(run_every=class_session.FOLLOW)
def _follow(assessment: Assessment, scheme: Scheme, here: str) -> None:
    lesson = class_session.lesson(assessment)
    if lesson is None or lesson.over:
        return
    if lesson.revealed and lesson.case:
        st.info(REVEALED, icon=":material/fact_check:")
    if lesson.lead not in scheme.items:
        return
    if st.session_state.get(_LED) != lesson.lead:
        st.session_state[_LED] = lesson.lead
        if lesson.lead != here:
            session.remember("item", lesson.lead)
            session.forget("group")
            st.rerun()
    st.info(plain(lead_words(scheme, lesson.lead)), icon=":material/co_present:")
