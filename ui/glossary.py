"""Explanations of the field's words, behind one tap where the words stand."""

from collections.abc import Sequence

import streamlit as st

from wording.glossary import GLOSSARY, TITLE
from wording.labels import plain


def explain(terms: Sequence[str] = (), key: str = "glossary") -> None:
    """A button that opens what these terms mean; all that there are, where none is named."""
    with st.popover(TITLE, type="tertiary", icon=":material/help:", key=key):
        st.markdown(
            "\n\n".join(f"**{plain(term)}**：{plain(GLOSSARY[term])}" for term in terms or GLOSSARY)
        )
