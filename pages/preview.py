"""快速预估: a few questions, always the one that moves the range most, and an honest range."""

import streamlit as st

from state.documents import changes
from state.documents.assessment import new_assessment
from ui import session, standard_session
from ui.frame import draw, header, need_assessment, need_scheme, page_path, step_link
from ui.messages import show_messages
from ui.preview import preview_questions
from wording.labels import plain
from wording.preview import INTRODUCTION

_CHOSEN = "preview-standard"


def main() -> None:
    """Draw the page: with nothing open, the choice of a standard begins a new preview."""
    if session.settle_address() is None:
        _begin()
        return
    assessment = need_assessment("preview")
    scheme = need_scheme(assessment)
    header("preview", assessment, scheme)
    session.hand_on(assessment)
    preview_questions(scheme)
    with st.container(horizontal=True):
        step_link("assess", assessment, "转到完整自评（已答的都保留）", ":material/checklist:")
        st.button(
            "另外预估一次",
            icon=":material/restart_alt:",
            key="preview-again",
            on_click=session.close_any,
        )


def _begin() -> None:
    show_messages()
    st.markdown("### 快速预估", anchors=False)
    st.markdown(INTRODUCTION)
    standards = standard_session.offered()
    chosen = st.radio(
        "按哪个标准？",
        list(standards),
        index=None,
        format_func=lambda name: plain(standards[name].short_title),
        captions=[plain(scheme.industry) for scheme in standards.values()],
        key=_CHOSEN,
    )
    if st.button("开始", type="primary", disabled=chosen is None, key="preview-begin") and chosen:
        assessment = changes.set_scheme(standards[chosen])(new_assessment())
        if session.start(assessment):
            st.switch_page(page_path("preview"), query_params={session.ID: assessment.id})
        st.rerun()


draw(main)
