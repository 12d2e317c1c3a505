"""Scripts of our own in the page, from assets/."""

import json
from functools import cache

import streamlit as st

from schemes.paths import ASSETS


def page_script(file: str, **constants: object) -> None:
    """Put a script into the page, which sees to it itself that it begins only once.

    constants: what the script knows by these names, as JSON.
    """
    told = "".join(
        f"const {key} = {json.dumps(value, ensure_ascii=False)};\n"
        for key, value in constants.items()
    )
    st.html(f"<script>{{{told}{_text(file)}}}</script>", unsafe_allow_javascript=True)


@cache
def _text(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")
