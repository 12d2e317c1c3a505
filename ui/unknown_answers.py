"""Beside a total: the answers that do not count in it."""

import streamlit as st

from scoring import Result
from wording.warnings import unknown_words


def unknown_answers(result: Result) -> None:
    """Warn of what the version of the standard does not know, with every id."""
    for words in unknown_words(result):
        with st.container(border=True, key="unknown"):
            st.warning("有回答没有计入总分", icon=":material/warning:")
            st.text(words)
            with st.expander("全部编号"):
                st.text("、".join(result.answers.unknown))
