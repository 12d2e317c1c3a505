"""What the browser itself has seen saved: it outlives the server's process, and its memory.

A cookie with a hash of the assessment's id and the revision, of the page that was drawn last. A
connection brings it along, also the one to the next process after one has died.
"""

import hashlib
import re

import streamlit as st

from state.documents.assessment import Assessment

COOKIE = "anbiao_seen"
"""Name of the cookie; it ends with the browser."""

_VALUE = re.compile(r"([0-9a-f]{16})\.(\d{1,9})", re.ASCII)

_DISMISSED = "seen:dismissed"


def note(assessment: Assessment) -> None:
    """Let the browser keep that it has seen this revision."""
    value = f"{_name(assessment)}.{assessment.revision}"
    st.html(
        "<script>(() => {const secure = location.protocol === 'https:' ? '; Secure' : '';"
        f"document.cookie = `{COOKIE}={value}; path=/; SameSite=Strict${{secure}}`;}})()</script>",
        unsafe_allow_javascript=True,
    )


def later(assessment: Assessment) -> int | None:
    """The revision that the browser has seen, if that is a later one than what is kept."""
    found = _VALUE.fullmatch(_kept())
    if found is None or found[1] != _name(assessment):
        return None
    revision = int(found[2])
    dismissed = st.session_state.get(_DISMISSED) == found[0]
    return revision if revision > assessment.revision and not dismissed else None


def dismiss() -> None:
    """Say no more of what the browser has seen."""
    st.session_state[_DISMISSED] = _kept()


def _kept() -> str:
    return str(st.context.cookies.get(COOKIE, ""))


def _name(assessment: Assessment) -> str:
    """Not the id itself, which may be the key to edit."""
    return hashlib.sha256(assessment.id.encode()).hexdigest()[:16]
