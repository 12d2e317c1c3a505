"""Finds out that an input hangs: what takes more than a second of processor time."""

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 1
_STUCK = 60
"""Seconds on the clock after which even code that never comes back to Python is ended."""


class Hang(BaseException):
    """An input took too long. No `except Exception` may hide it."""


@contextmanager
def watched(seconds: float = SECONDS) -> Iterator[None]:
    """Raise `Hang` when the block takes longer; not the clock counts but the work done."""

    def bark(_signal: int, _frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds} s")

    before = signal.signal(signal.SIGPROF, bark)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    faulthandler.dump_traceback_later(_STUCK + seconds, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
        faulthandler.cancel_dump_traceback_later()
