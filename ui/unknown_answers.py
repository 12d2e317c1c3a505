"""Beside a total: what does not count in it."""

import streamlit as st

from scoring import Result
from wording.warnings import unknown_words


def unknown_answers(result: Result) -> None:
    """Warn of what does not count in the total, with every id that the standard does not know."""
    told = unknown_words(result)
    if not told:
        return
    with st.container(border=True, key="unknown"):
        st.warning("看总分前请先核对", icon=":material/warning:")
        for words in told:
            st.text(words)
        if result.answers.unknown:
            with st.expander("标准中没有的编号"):
                st.text("、".join(result.answers.unknown))
