"""Work that takes seconds: begun by a button, with its progress beside it, until it is there.

Nobody waits for it, neither who began it nor others: a job keeps an eye on a worker, and a small
fragment looks at the job twice a second. What is made stays in the session, in one place for each
purpose, and is forgotten with it. One thing is kept for the whole process: which files have been
made, so that the oldest are forgotten before they take too much memory.
"""

import logging
from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Any, Generic, TypeVar
from weakref import ref

import streamlit as st
from streamlit import runtime

from beside.job import Cancelled, Job
from state.storage.repository import NotFound, RepositoryError
from ui.party import session_id
from ui.uploads import alive
from wording.working import progress_words

T = TypeVar("T")

_log = logging.getLogger(__name__)

_LOOK = timedelta(seconds=0.5)

_WIDE = 440
"""Pixels: words and button stand side by side, and a row of buttons has room beside them."""

_MOST = 200 * 2**20
"""Bytes of files that are made and not yet forgotten, of all sessions together."""

_made: deque[tuple["ref[Job[bytes]]", int]] = deque()
_making = Lock()


@dataclass(frozen=True, slots=True)
class Order(Generic[T]):
    """Something that was begun. of: what it is made of, which tells it from what is wanted now."""

    of: Hashable
    job: Job[T]


def order(name: str, of: Hashable) -> Order[Any] | None:
    """What was begun under a name of just this; what was begun of anything else is given up."""
    found: Order[Any] | None = st.session_state.get(_key(name))
    if found and (found.of != of or found.job.forgotten):
        drop(name)
        return None
    return found


def begin(name: str, of: Hashable, work: Callable[[Job[T]], T]) -> Order[T]:
    """Begin some work; it is given up when the page has gone."""
    drop(name)
    page = session_id()
    made = Order(of, Job(work, lambda: not runtime.exists() or alive(page)))
    st.session_state[_key(name)] = made
    return made


def begin_file(name: str, of: Hashable, work: Callable[[Job[bytes]], bytes]) -> None:
    """Begin to make a file."""

    def made(job: Job[bytes]) -> bytes:
        try:
            content = work(job)
        except (Cancelled, RepositoryError):
            raise
        except Exception:  # whatever it is, the page that waits for the file is told
            _log.exception("A file could not be made")
            raise
        _keep(job, len(content))
        return content

    begin(name, of, made)


def _keep(job: Job[bytes], size: int) -> None:
    with _making:
        _made.append((ref(job), size))
        there = [one for one in _made if one[0]() is not None]
        _made.clear()
        _made.extend(there)
        while sum(size for _, size in _made) > _MOST and len(_made) > 1:
            oldest = _made.popleft()[0]()
            if oldest:
                oldest.forget()


def taken(job: Job[bytes]) -> bytes:
    """A file that was made. Raises: NotFound where it is forgotten."""
    try:
        return job.result()
    except Cancelled as error:
        raise NotFound("这份文件已不在服务器上，请再生成一次") from error


def drop(name: str) -> None:
    """Give up what was begun under a name, and forget what has come of it."""
    found: Order[Any] | None = st.session_state.pop(_key(name), None)
    if found:
        found.job.cancel()


def _key(name: str) -> str:
    return f"long:{name}"


@st.fragment(run_every=_LOOK)
def working(name: str, what: str) -> None:
    """Show how far it is, with a way to give it up; the page is drawn again when it is done.

    what: is being done, as 正在生成.
    """
    found: Order[Any] | None = st.session_state.get(_key(name))
    if found is None or found.job.done:
        st.rerun()
    share, words = progress_words(what, found.job.progress, int(found.job.seconds))
    with st.container(horizontal=True, vertical_alignment="center", width=_WIDE):
        st.progress(share, text=words)
        st.button("取消", icon=":material/close:", key=f"cancel-{name}", on_click=drop, args=[name])
