"""Tells an open page what the server has to say when something takes long or was refused."""

import streamlit as st

from schemes.paths import ASSETS
from ui.gate import door


def notice() -> None:
    """Let the page ask by itself; only where server/ stands in front to answer."""
    if door.is_set():
        script = (ASSETS / "notice.js").read_text(encoding="utf-8")
        st.html(f"<script>{script}</script>", unsafe_allow_javascript=True)
