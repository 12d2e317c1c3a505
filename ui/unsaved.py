"""Words that were written when the right to save them had ended."""

from collections.abc import Collection

import streamlit as st

_UNSAVED = "unsaved"

_MOST_UNSAVED = 20
"""Texts that are kept for who wrote them."""


def show_unsaved() -> None:
    """Show what somebody wrote and could not save, to be copied, until they have done with it."""
    texts = unsaved()
    if not texts:
        return
    with st.container(border=True, key="unsaved"):
        st.warning("下面的文字没有保存，需要的请复制到别处", icon=":material/content_copy:")
        for text in texts:
            st.code(text, language=None, wrap_lines=True)
        st.button("已复制，不再显示", key="drop-unsaved", on_click=drop_unsaved)


def keep_unsaved(written: Collection[str]) -> None:
    """Keep words that were refused, to be copied by whoever wrote them."""
    unsaved = st.session_state.get(_UNSAVED, ())
    words = (text for text in written if text.strip())
    st.session_state[_UNSAVED] = tuple(dict.fromkeys((*unsaved, *words)))[-_MOST_UNSAVED:]


def unsaved() -> tuple[str, ...]:
    """Texts that the visitor wrote and that nobody would take, the latest last."""
    found: tuple[str, ...] = st.session_state.get(_UNSAVED, ())
    return found


def drop_unsaved() -> None:
    """Forget the texts that were not saved."""
    st.session_state.pop(_UNSAVED, None)
