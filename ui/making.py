"""How many documents are made at once: one for each visitor, and a few in all.

More at once would come no sooner, and each takes a worker's memory. One thing is kept for the whole
process: who has a place, and who waits for one.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Condition
from time import monotonic

from beside.job import Cancelled
from state.service.bounds import Stock, Who
from state.storage.repository import RepositoryError

PLACES: Mapping[str, float] = {"session": 1, "browser": 1, "address": 2, "all": 3}
"""Documents at once. There is always a place left for another address."""

QUEUE: Mapping[str, float] = {"session": 8, "browser": 16, "address": 100, "all": 150}
"""Documents asked for at once. Each takes a thread of the server's while it waits."""

THREADS = 200
"""What the server has for them and for other files: more than can wait."""

_LOOK = 0.3
"""Seconds between two looks whether somebody who waits has given up."""

PATIENCE = 30.0
"""Seconds to wait for a place."""


class Busy(RepositoryError):
    """Others are having documents made, and it took too long to wait for them."""


_places = Stock(PLACES)
_queue = Stock(QUEUE)
_free = Condition()


@contextmanager
def queue(who: Who) -> Iterator[None]:
    """Ask for a document, which may be there or in the making. Raises: Busy for too many."""
    if not _queue.take(who):
        raise Busy("现在生成报告的人很多，请稍后再试")
    try:
        yield
    finally:
        _queue.give_back(who)


@contextmanager
def place(
    who: Who, patience: float = PATIENCE, given_up: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Hold a place while a document is made.

    given_up: asked again and again whether nobody waits for it any more.
    Raises: Busy after `patience` seconds; Cancelled.
    """
    until = monotonic() + patience
    with _free:
        while not _places.take(who):
            if given_up():
                raise Cancelled
            if monotonic() >= until:
                raise Busy("现在生成报告的人很多，请稍后再试")
            _free.wait(min(_LOOK, max(0.0, until - monotonic())))
    try:
        yield
    finally:
        with _free:
            _places.give_back(who)
            _free.notify_all()
