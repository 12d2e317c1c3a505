"""File uploaders, and what is noted of them: how large a file the session's page asks for.

server/ refuses what no page asks for. Two things are kept for the whole process: by session, the
bytes of the largest file, and what server/ has not been told of yet that it was given back.
"""

import contextlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from ui.party import session_id

_asked: dict[str, int] = {}
_discarded: deque[tuple[str, str]] = deque()

_NOW = "uploads"
"""Name in the session of what the run that is under way has asked for so far."""

_MANY = 1000


def uploader(label: str, megabytes: int, key: str) -> UploadedFile | None:
    """An uploader of one file of at most so many megabytes."""
    _ask(megabytes)
    return st.file_uploader(label, max_upload_size=megabytes, key=key)


def picture_uploader(label: str, megabytes: int, key: str, on_change: Callable[[], None]) -> None:
    """An uploader of pictures of at most so many megabytes each; a phone offers its camera.

    on_change: called with the pictures in the session's state under `key`.
    """
    _ask(megabytes)
    st.file_uploader(
        label,
        type="image",  # every kind, so that what cannot be read is refused by our words
        accept_multiple_files=True,
        max_upload_size=megabytes,
        key=key,
        on_change=on_change,
    )


def _ask(megabytes: int) -> None:
    size = megabytes * 2**20
    session = session_id()
    st.session_state[_NOW] = max(size, st.session_state.get(_NOW, 0))
    _asked[session] = max(size, _asked.get(session, 0))


def present(files: Iterable[object]) -> list[UploadedFile]:
    """Of an uploader's files, those that were not given back yet.

    A browser may tell of its uploader once more before it hears that it has gone.
    """
    return [file for file in files if isinstance(file, UploadedFile)]


def discard(files: Iterable[UploadedFile]) -> None:
    """Give back the memory of files that nobody looks at any more.

    Streamlit keeps them until the page is closed, also where their uploader has gone.
    """
    context = get_script_run_ctx()
    manager = context.uploaded_file_mgr if context else None
    if context and isinstance(manager, MemoryUploadedFileManager):
        for file in files:
            manager.remove_file(context.session_id, file.file_id)
            _discarded.append((context.session_id, file.file_id))


def discarded() -> list[tuple[str, str]]:
    """Session and id of what was given back since this was asked last."""
    found = []
    with contextlib.suppress(IndexError):
        while True:
            found.append(_discarded.popleft())
    return found


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
