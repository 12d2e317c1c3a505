"""How far long work has got, said from within it to whoever waits for it, if anybody does."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple, TypeVar

T = TypeVar("T")


class Progress(NamedTuple):
    """Steps done, of how many, and what the one under way is about."""

    done: int
    of: int
    what: str


Tell = Callable[[Progress], None]

_listener: ContextVar[Tell | None] = ContextVar("listener", default=None)


@contextmanager
def telling(tell: Tell) -> Iterator[None]:
    """Have `tell` called with the steps that are begun until the end of the block."""
    token = _listener.set(tell)
    try:
        yield
    finally:
        _listener.reset(token)


def steps(things: Sequence[T], words: Callable[[T], str] = lambda _: "") -> Iterator[T]:
    """The same things, each of them a step of the work; words: what it is about.

    Steps within a step are not told of, as they are none of the whole.
    """
    tell = _listener.get()
    if tell is None:
        yield from things
        return
    _listener.set(None)
    try:
        for number, thing in enumerate(things):
            tell(Progress(number, len(things), words(thing)))
            yield thing
    finally:
        _listener.set(tell)
