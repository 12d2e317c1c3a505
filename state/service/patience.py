"""Trying again where somebody else was quicker to save."""

import contextlib
import random
import time
from collections.abc import Callable
from typing import TypeVar

from state.storage.repository import Conflict

T = TypeVar("T")

_ATTEMPTS = 20
_PAUSE = 0.01
"""Seconds that each further attempt may wait longer, at random, so that rivals drift apart."""


def patiently(save: Callable[[], T]) -> T:
    """What `save` returns in the end. Raises: Conflict after many attempts; what `save` does."""
    for count in range(_ATTEMPTS):
        time.sleep(random.uniform(0, count * _PAUSE))
        with contextlib.suppress(Conflict):
            return save()
    raise Conflict("同时保存的窗口太多，请稍候再试一次")
