"""File uploaders, and what is noted of them: how large a file the session's page asks for.

server/ refuses what no page asks for. One thing is kept for the whole process: by session, the
bytes of the largest file.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit import runtime
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ui.party import session_id

_asked: dict[str, int] = {}

_NOW = "uploads"
"""Name in the session of what the run that is under way has asked for so far."""

_MANY = 1000


def uploader(label: str, megabytes: int, key: str) -> UploadedFile | None:
    """An uploader of one file of at most so many megabytes."""
    size = megabytes * 2**20
    session = session_id()
    st.session_state[_NOW] = max(size, st.session_state.get(_NOW, 0))
    _asked[session] = max(size, _asked.get(session, 0))
    return st.file_uploader(label, max_upload_size=megabytes, key=key)


@contextmanager
def noting() -> Iterator[None]:
    """Run a page; afterwards only what it has asked for itself is taken.

    Until then what the page before asked for is taken too, as an upload may be under way.
    """
    st.session_state[_NOW] = 0
    yield
    # A run that was cut short leaves what there was: the next one is about to begin.
    _asked[session_id()] = st.session_state.get(_NOW, 0)
    if len(_asked) > _MANY:
        for session in [session for session in _asked if not alive(session)]:
            _asked.pop(session, None)


def allowed(session: str) -> int:
    """Bytes of the largest file that a session's page asks for; 0 if none, or if it is closed."""
    return _asked.get(session, 0) if alive(session) else 0


def alive(session: str) -> bool:
    """Whether the session's page is open."""
    return runtime.exists() and runtime.get_instance().is_active_session(session)
