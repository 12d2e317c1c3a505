"""Asking once before something that cannot simply be clicked back."""

from collections.abc import Callable
from typing import Any

import streamlit as st


def asks_once(
    label: str, told: str, sure: str, action: Callable[..., None], *inputs: Any, key: str
) -> None:
    """A button that says what will happen, and a second one that does it.

    told: what will happen. sure: label of the second button, which calls `action(*inputs)`.
    """
    with st.popover(label, type="tertiary", key=key):
        st.text(told)
        st.button(sure, type="primary", key=f"{key}-now", on_click=action, args=inputs)
