"""Widgets show the answers that are kept, and save what is chosen in them."""

from collections.abc import Callable

import streamlit as st

from state.documents.changes import Change
from ui import session


def on_change(key: str, change_for: Callable[..., Change]) -> Callable[[], None]:
    """A widget callback that saves `change_for(value of the widget)`."""
    return lambda: session.apply(change_for(st.session_state[key]))


def on_text(key: str, shown: str, change_for: Callable[[str, str], Change]) -> Callable[[], None]:
    """A text area's callback, which saves `change_for(text the user saw, text written)`.

    shown: the text the page was drawn with. Who writes on before the page is drawn again saw
    what they wrote last: that is in the assessment by then, and is nobody else's.
    """
    wrote = f"wrote:{key}"

    def save() -> None:
        written = st.session_state[key] or ""
        session.apply(change_for(st.session_state.get(wrote, shown), written))
        st.session_state[wrote] = written

    st.session_state.pop(wrote, None)
    return save


def show(key: str, value: object) -> str:
    """Let the widget `key` show the kept value, and return the key.

    Writing only when the two differ matters: a write is sent to the browser and
    would undo a click that is still on its way.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
    return key
