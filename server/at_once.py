"""Lets what the server sends leave at once.

Streamlit hands uvicorn a listening socket of its own making, which asyncio does not take for one of
TCP: the answers to quick clicks wait up to 40 ms for the browser's acknowledgement (Nagle). What is
accepted takes the option over from what listens, so it is set there, as soon as it is served.
"""

import asyncio
import socket
from collections.abc import Callable
from functools import wraps
from typing import Any


def send_at_once(loop: asyncio.AbstractEventLoop) -> None:
    """From now on set TCP_NODELAY on each listening socket that the loop is given to serve."""
    serve: Callable[..., Any] = loop.create_server

    @wraps(serve)
    def quick(*inputs: Any, sock: socket.socket | None = None, **named: Any) -> Any:
        if sock is not None and sock.family in (socket.AF_INET, socket.AF_INET6):
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return serve(*inputs, sock=sock, **named)

    setattr(loop, "create_server", quick)  # noqa: B010 - to mypy a method is no place to assign to
