"""The process that works: one call after the other, until there is nobody to work for.

Started by `beside.pool` as `python -m beside.worker MODULE:FUNCTION`, which it calls first. It ends
with its server, however that ends, as its pipe does; also in the middle of a call.
"""

import gc
import os
import pickle
import signal
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from traceback import format_exc
from typing import IO, Any

from beside import call, frames
from beside.telling import Progress, telling

MOST = 1500 * 2**20
"""Bytes of memory, after which a call fails instead of the machine."""

TIRED = 400 * 2**20
"""Bytes still held after a call, from which on another process goes on."""

_STEP_BACK = 5
"""By how much clicks come first where both want the processor."""


def main() -> None:
    """Work until the server has gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server
    _behave()
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whoever prints disturbs nobody
    said: SimpleQueue[bytes] = SimpleQueue()
    Thread(target=_listen, args=(os.fdopen(os.dup(0), "rb"), said), daemon=True).start()
    call.ask_by(lambda name, inputs: _ask(answer, said, name, inputs))
    module, _, function = sys.argv[1].partition(":")
    getattr(import_module(module), function)()
    gc.freeze()
    while True:
        _work(frames.understood(said.get()), answer)


def _listen(pipe: IO[bytes], said: "SimpleQueue[bytes]") -> None:
    try:
        while True:
            said.put(frames.read(pipe))
    except frames.Gone:
        os._exit(0)  # whatever is under way, nobody waits for it


def _work(wanted: tuple[Any, tuple[object, ...]], answer: IO[bytes]) -> None:
    make, inputs = wanted

    def tell(progress: Progress) -> None:
        frames.write(answer, ("told", progress))

    frames.write(answer, ("begun",))
    try:
        with telling(tell):
            made = make(*inputs)
        frames.write(answer, ("made", made, _held() > TIRED))
    except BaseException as error:  # whatever it is, the server passes it on
        frames.write(answer, ("failed", _portable(error), _held() > TIRED))


def _ask(
    answer: IO[bytes], said: "SimpleQueue[bytes]", name: str, inputs: tuple[object, ...]
) -> Any:
    frames.write(answer, ("asked", name, inputs))
    answered, value = frames.understood(said.get())
    if not answered:
        raise call.Refused
    return value


def _portable(error: BaseException) -> BaseException:
    """The error, or what is left of one that does not come through a pipe."""
    error.add_note(format_exc())
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:  # whatever its class does on the way
        instead = RuntimeError(f"{type(error).__name__}: {error}")
        instead.__notes__ = error.__notes__
        return instead
    return error


def _behave() -> None:
    """Let clicks come first, and take no memory without end; as far as the system allows it."""
    with suppress(AttributeError, OSError):  # on Windows, or where the service may not
        os.nice(_STEP_BACK)
    if sys.platform != "win32":
        import resource

        with suppress(OSError, ValueError):
            _, hard = resource.getrlimit(resource.RLIMIT_DATA)
            most = MOST if hard == resource.RLIM_INFINITY else min(MOST, hard)
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _held() -> int:
    """Bytes that this process holds; 0 where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, AttributeError):
        return 0


if __name__ == "__main__":
    main()
