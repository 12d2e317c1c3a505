"""A bad line between a browser and a server: latency, few bytes a second, and a count of them."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

_CHUNK = 1460
"""Bytes passed on at a time, as a packet has them: the small do not wait for all of a file."""


@dataclass(slots=True)
class Line:
    """address: of the server by this line. sent, received: bytes up and down it so far."""

    address: str = ""
    sent: int = 0
    received: int = 0


@dataclass(slots=True)
class _Way:
    """One direction, shared by all connections."""

    delay: float
    rate: float
    free: float = 0.0
    order: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def carry(self, size: int) -> float:
        """Wait until the line has taken so many bytes. Returns: when they arrive, by the clock."""
        async with self.order:
            self.free = max(self.free, monotonic()) + size / self.rate
            left = self.free - monotonic()
            if left > 0.002:  # shorter waits are made up for by a longer one
                await asyncio.sleep(left)
            return self.free + self.delay


@contextlib.contextmanager
def bad_line(address: str, latency: float, rate: float) -> Iterator[Line]:
    """A line to a server at `http://HOST:PORT` that answers by another port of this machine.

    latency: seconds there and back, also of opening a connection. rate: bytes a second each way.
    """
    line, ready = Line(), threading.Event()
    loop = asyncio.new_event_loop()
    ended = asyncio.Event()

    async def serve() -> None:
        server = urlsplit(address)
        up, down = (_Way(latency / 2, rate) for _ in range(2))

        async def connect(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await asyncio.sleep(latency)
                there = await asyncio.open_connection(server.hostname, server.port)
                async with asyncio.TaskGroup() as group:
                    group.create_task(_pass(reader, there[1], up, line, "sent"))
                    group.create_task(_pass(there[0], writer, down, line, "received"))

        listening = await asyncio.start_server(connect, "localhost", 0)
        line.address = f"http://localhost:{listening.sockets[0].getsockname()[1]}"
        ready.set()
        await ended.wait()

    def run() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:  # ends what is left, too
            runner.run(serve())

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    ready.wait()
    try:
        yield line
    finally:
        loop.call_soon_threadsafe(ended.set)
        thread.join()


async def _pass(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: _Way, line: Line, count: str
) -> None:
    """Pass on until the end; what is on its way arrives in its order."""
    loop = asyncio.get_running_loop()
    while chunk := await reader.read(_CHUNK):
        setattr(line, count, getattr(line, count) + len(chunk))
        arrives = await way.carry(len(chunk))
        if writer.is_closing():
            return
        loop.call_later(arrives - monotonic(), _arrive, writer, chunk)
    await asyncio.sleep(way.delay)
    writer.close()


def _arrive(writer: asyncio.StreamWriter, chunk: bytes) -> None:
    if not writer.is_closing():
        writer.write(chunk)
