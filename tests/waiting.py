"""Waiting for what comes about elsewhere: in another process, another thread, on the disk."""

import time
from collections.abc import Callable


def eventually(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Ask again and again until it holds. Raises: AssertionError after so many seconds."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain"
        time.sleep(0.02)
