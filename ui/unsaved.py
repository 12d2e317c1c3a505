"""Words that were written when the right to save them had ended."""

import streamlit as st

from ui import session


def show_unsaved() -> None:
    """Show what somebody wrote and could not save, to be copied, until they have done with it."""
    texts = session.unsaved()
    if not texts:
        return
    with st.container(border=True, key="unsaved"):
        st.warning("下面的文字没有保存，需要的请复制到别处", icon=":material/content_copy:")
        for text in texts:
            st.code(text, language=None, wrap_lines=True)
        st.button("已复制，不再显示", key="drop-unsaved", on_click=session.drop_unsaved)
