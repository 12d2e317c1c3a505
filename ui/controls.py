"""Lets Streamlit's own controls speak Chinese, and to screen readers."""

import json

import streamlit as st

from schemes.paths import ASSETS
from wording.controls import EXACT, PATTERNS


def mend_controls() -> None:
    """Put the script into the page; it stays for as long as the window does."""
    script = (ASSETS / "controls.js").read_text(encoding="utf-8")
    words = json.dumps(EXACT, ensure_ascii=False), json.dumps(PATTERNS, ensure_ascii=False)
    st.html(
        f"<script>{{const EXACT = {words[0]}, PATTERNS = {words[1]};\n{script}}}</script>",
        unsafe_allow_javascript=True,
    )
