"""Answers do not wait for the browser's acknowledgement."""

import asyncio
import socket
from threading import Thread

from streamlit.web.server.starlette import starlette_server

from server.at_once import send_at_once


def _waits(quick: bool) -> bool:
    """Whether Nagle's algorithm holds back what a server sends on Streamlit's socket."""
    found: list[int] = []

    class Server(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            accepted = transport.get_extra_info("socket")
            found.append(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            transport.close()

    async def serve() -> None:
        listening = starlette_server._bind_socket("127.0.0.1", 0, 5)
        loop = asyncio.get_running_loop()
        if quick:
            send_at_once(loop)
        async with await loop.create_server(Server, sock=listening):
            reader, writer = await asyncio.open_connection(*listening.getsockname())
            await reader.read()
            writer.close()

    thread = Thread(target=lambda: asyncio.run(serve()))  # the worker may have a browser's loop
    thread.start()
    thread.join()
    (set_,) = found
    return not set_


def test_what_the_server_sends_leaves_at_once() -> None:
    assert not _waits(quick=True)


def test_streamlits_own_socket_would_wait() -> None:
    """Once this fails, `server/at_once.py` has nothing left to do."""
    assert _waits(quick=False)
