"""Empties the bin while the server runs, whether anybody clicks or not."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread

from state.service.housekeeping import tidy
from state.storage.repository import Repository

EVERY = timedelta(hours=1)

_log = logging.getLogger(__name__)


@contextmanager
def housekeeping(repository: Callable[[], Repository], every: timedelta = EVERY) -> Iterator[None]:
    """Tidy up at once and again and again, in a thread, until the end of the block.

    repository: opens what is kept; may raise, and is then asked again next time.
    """
    ended = Event()
    thread = Thread(
        target=_rounds, args=(repository, every, ended), name="housekeeping", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=5)  # seconds; what is kept bears being left at any moment


def _rounds(repository: Callable[[], Repository], every: timedelta, ended: Event) -> None:
    while not ended.is_set():
        try:
            tidy(repository(), datetime.now(UTC))
        except Exception as error:  # whatever it is, the next round comes
            # Not the error's words: they may name an assessment, and ids are keys.
            _log.error("Housekeeping failed: %s", type(error).__name__)
        ended.wait(every.total_seconds())
