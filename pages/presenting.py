"""演示: the assessment for the projector, in large letters, drawn again while others answer."""

import streamlit as st

from schemes.paths import ASSETS
from ui.frame import arrive, draw, need_assessment, need_scheme, step_link
from ui.presenting import present


def main() -> None:
    """Draw the page."""
    st.html(ASSETS / "presenting.css")
    assessment = need_assessment("presenting")
    scheme = need_scheme(assessment)
    with st.container(horizontal=True, vertical_alignment="center", key="presenting-bar"):
        st.text(assessment.title)
        step_link("results", assessment, "退出演示", ":material/close_fullscreen:")
    with st.container(key="presenting"):
        present(scheme)
    arrive("presenting")


draw(main)
