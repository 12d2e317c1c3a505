"""Beside the steps: snapshots of the assessment, and states side by side."""

import streamlit as st

from state.storage.repository import RepositoryError
from ui import session
from ui.frame import draw, header, need_assessment, need_scheme
from ui.history_comparison import comparison
from ui.history_list import keeping, listed, total_trend


def main() -> None:
    """Draw the page."""
    assessment = need_assessment("history")
    scheme = need_scheme(assessment)
    header("history", assessment, scheme)
    found = session.settle_address()
    if found is None:
        return
    keeping()
    try:
        lines = session.service().list_snapshots(found, session.visitor())
    except RepositoryError as error:
        st.text(str(error))
        return
    listed(lines, assessment, scheme)
    total_trend(lines, session.result_of(assessment, scheme))
    comparison(assessment)


draw(main)
