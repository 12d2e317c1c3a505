"""A participant's page follows the class that the assessment was begun in."""

from datetime import timedelta

import streamlit as st

from schemes import Scheme
from state.documents.assessment import Assessment
from ui import class_session, session
from wording.classes import lead_words
from wording.labels import plain

_EVERY = timedelta(seconds=3)
_LED = "led-to"


def follow_class(assessment: Assessment, scheme: Scheme, here: str) -> None:
    """While the class is led to an item, say so and go there once; nothing outside of a class.

    here: the item that the page shows.
    """
    if assessment.joined:
        _follow(assessment, scheme, here)


@st.fragment(run_every=_EVERY)
def _follow(assessment: Assessment, scheme: Scheme, here: str) -> None:
    lesson = class_session.service().lesson(assessment)
    if lesson is None or lesson.over or lesson.lead not in scheme.items:
        return
    if st.session_state.get(_LED) != lesson.lead:
        st.session_state[_LED] = lesson.lead
        if lesson.lead != here:
            session.remember("item", lesson.lead)
            session.forget("group")
            st.rerun()
    st.info(plain(lead_words(scheme, lesson.lead)), icon=":material/co_present:")
