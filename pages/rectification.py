"""Step 6: the shortest way to a grade, and what is done about each finding."""

import streamlit as st

from ui import session
from ui.action_list import action_list
from ui.action_state import VIEW
from ui.frame import draw, footer, header, need_assessment, need_scheme
from ui.shortest_way import shortest_way

_VIEWS = {"way": "最短路径", "actions": "整改清单"}


def main() -> None:
    """Draw the page: one of its views, as the other costs time that nobody asked for."""
    assessment = need_assessment("rectification")
    scheme = need_scheme(assessment)
    header("rectification", assessment, scheme)
    if not session.may_edit():  # who reads sees the way, and nobody's names
        shortest_way(scheme, assessment)
        footer("rectification", assessment)
        return
    st.session_state.setdefault(VIEW, "way")
    view = st.segmented_control(
        "看什么",
        list(_VIEWS),
        format_func=_VIEWS.__getitem__,
        required=True,
        key=VIEW,
        label_visibility="collapsed",
    )
    if view == "way":
        shortest_way(scheme, assessment)
    else:
        action_list(scheme, assessment)
    footer("rectification", assessment)


draw(main)
