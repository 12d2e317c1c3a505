"""What pages need beyond the first is imported behind its back.

One thing is kept for the whole process: whether a page has been drawn since it started.
"""

import gc
from collections.abc import Sequence
from importlib import import_module
from threading import Event, Thread
from time import sleep

_drawn = Event()

_BREATH, _TURN = 1.0, 0.05
"""Seconds for the first page to reach the browser, and between modules for whoever clicks then."""


def drawn() -> None:
    """Say that a page stands; the rest is imported from then on."""
    _drawn.set()


def warm(names: Sequence[str]) -> None:
    """Import modules at once."""
    for name in names:
        import_module(name)


def warm_behind(names: Sequence[str]) -> None:
    """Import them one by one, in a thread, once the first page has been drawn."""
    Thread(target=_behind, args=(names,), name="warming", daemon=True).start()


def _behind(names: Sequence[str]) -> None:
    _drawn.wait()
    sleep(_BREATH)
    for name in names:
        import_module(name)
        sleep(_TURN)
    gc.freeze()  # as what was imported before the first page
