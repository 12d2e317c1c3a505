"""Calls to a place that may never answer: made in a worker, waited for in vain only so long.

What is given up is cut off: its connection is shut down, so that the worker ends and nothing more
of it is written. The last word it sent may have arrived all the same; who tries again has to bear
that. While the place does not answer, one call at a time finds out whether it does again, and
nobody else waits.
"""

import logging
import threading
from collections.abc import Callable
from functools import wraps
from time import monotonic
from typing import Any, Concatenate, Generic, ParamSpec, Protocol, TypeVar

from state.storage.repository import Unavailable

PATIENCE = 3.5
"""Seconds that a call may take; a click is told within five."""

_PAUSE = 1.0
"""Seconds after which a place that did not answer is asked again."""

T = TypeVar("T")
P = ParamSpec("P")

_log = logging.getLogger(__name__)

_worker = threading.local()


class Call(Generic[T]):
    """One call. Raises in the worker: Unavailable once nobody waits for it any more."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._lock = threading.Lock()
        self._done = threading.Event()
        self._given_up = False
        self._cut: Callable[[], None] | None = None
        self._answer: T
        self._error: BaseException | None = None

    def wait(self, seconds: float) -> bool:
        """Make the call in a worker; whether it was over in time. If not, it is cut off."""
        # Not of a pool: what hangs must neither keep others waiting nor the process from ending.
        threading.Thread(target=self._make, name="storage", daemon=True).start()
        if self._done.wait(seconds):
            return True
        with self._lock:
            if self._done.is_set():
                return True
            self._given_up = True
            if self._cut:
                self._cut()
        return False

    def answer(self) -> T:
        """What the call returned; raises what it raised."""
        if self._error is not None:
            raise self._error
        return self._answer

    def hold(self, cut: Callable[[], None]) -> None:
        """Say how to cut off what the call waits for from now on. Raises: Unavailable."""
        with self._lock:
            if self._given_up:
                raise Unavailable("已放弃这次操作")
            self._cut = cut

    def release(self) -> None:
        """Say that there is nothing to cut off any more."""
        with self._lock:
            self._cut = None

    def _make(self) -> None:
        _worker.call = self
        try:
            self._answer = self._work()
        except BaseException as error:
            self._error = error
        with self._lock:
            self._done.set()


def current_call() -> Call[Any] | None:
    """The call that this thread is the worker of."""
    call: Call[Any] | None = getattr(_worker, "call", None)
    return call


class Watch:
    """Whether a place answers."""

    def __init__(self, silence: str) -> None:
        """Say `silence`, in the user's words, when it does not."""
        self._silence = silence
        self._lock = threading.Lock()
        self._ask_again: float | None = None  # set while it does not answer

    def run(self, work: Callable[[], T]) -> T:
        """What `work` returns. Raises: what it raises; Unavailable when it takes too long."""
        if current_call() is not None:
            return work()
        self._admit()
        call = Call(work)
        in_time = call.wait(PATIENCE)
        with self._lock:
            self._ask_again = None if in_time else monotonic() + _PAUSE
        if not in_time:
            _log.warning("The database does not answer: given up after %s s", PATIENCE)
            raise Unavailable(self._silence)
        return call.answer()

    def _admit(self) -> None:
        """Raises: Unavailable while another call finds out whether the place answers again."""
        with self._lock:
            now = monotonic()
            if self._ask_again is None:
                return
            if now < self._ask_again:
                raise Unavailable(self._silence)
            self._ask_again = now + PATIENCE + _PAUSE


class Watched(Protocol):
    """What has a place to watch."""

    watch: Watch


W = TypeVar("W", bound=Watched)


def in_time(method: Callable[Concatenate[W, P], T]) -> Callable[Concatenate[W, P], T]:
    """A method whose work is done in a worker. Raises: Unavailable when it takes too long."""

    @wraps(method)
    def timed(self: W, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.watch.run(lambda: method(self, *args, **kwargs))

    return timed
