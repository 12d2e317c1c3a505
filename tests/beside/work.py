"""What workers do in these tests; they find it by its name."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from beside.call import Asked
from beside.telling import steps


def prepare() -> None:
    """Nothing has to be imported."""


def broken() -> None:
    """A worker that cannot begin."""
    raise OSError("no such place")


def double(number: int) -> int:
    return 2 * number


def who() -> int:
    return os.getpid()


def in_steps(names: list[str]) -> list[str]:
    return [name.upper() for name in steps(names, str) for _ in steps([1, 2])][::2]


def wait_for(path: str) -> str:
    """Begin, by making a file, and go on once it is gone."""
    Path(path).touch()
    while Path(path).exists():
        time.sleep(0.01)
    return "went on"


def noisy() -> str:
    print("to whom it may concern", flush=True)
    return "said"


def asks(key: str) -> str:
    return f"answered {Asked('words')(key)}"


def asks_and_hides(key: str) -> str:
    try:
        return str(Asked("words")(key))
    except Exception:  # as careless code may
        return "hidden"


def fails(text: str) -> None:
    raise LookupError(text)


class Awkward(Exception):
    """Does not come through a pipe: it is made of two things and says one."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(one + other)


def fails_awkwardly() -> None:
    raise Awkward("a", "b")


def no_result() -> Callable[[], int]:
    return lambda: 1


def dies() -> None:
    os._exit(7)


def takes(megabytes: int) -> int:
    return len(bytearray(megabytes * 2**20))


def niceness() -> int:
    return os.nice(0)
