"""The story of a case, to be read beside the items."""

import streamlit as st

from state.documents.assessment import Assessment
from state.documents.cases import Case, case_of
from ui import class_session
from wording.classes import STORY_TOLD
from wording.labels import plain


def story_beside(assessment: Assessment) -> None:
    """The story at the side of the page, where the assessment is of a case; else nothing.

    On a phone the side folds away behind the menu, so the page says where it is.
    """
    found = class_session.lesson(assessment)
    case = case_of(found.case) if found else None
    if case is None:
        return
    with st.sidebar:
        story(case)
    with st.popover("看案例", icon=":material/menu_book:", type="tertiary", key="case-story"):
        story(case)


def story(case: Case) -> None:
    """All of it."""
    st.markdown(f"#### {plain(case.title)}", anchors=False)
    st.caption(STORY_TOLD)
    for passage in case.story:
        st.markdown(f"**{plain(passage.title)}**\n\n{_paragraphs(passage.text)}")


def _paragraphs(text: str) -> str:
    return "\n\n".join(plain(line) for line in text.strip().split("\n"))
