"""The words of ASGI that the middleware uses, and how it says no."""

from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Any, TypeAlias

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
App: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]

_REFUSAL = "websocket.http.response"
"""What a server calls its ability to refuse a websocket with an answer of ours."""


def sent(scope: Scope, name: bytes) -> list[str]:
    """The values of a header, named in small letters, in the order they were sent in."""
    return [value.decode("latin-1") for key, value in scope["headers"] if key == name]


async def refuse(
    scope: Scope, send: Send, status: int, words: str = "", kind_of_text: str = "plain"
) -> None:
    """Answer a request, or a websocket that is not open yet, with a status and words for it.

    words: the status's name if empty. kind_of_text: `plain` or `html`.
    A server that cannot answer a websocket in words refuses it by 403 all the same.
    """
    kind = "http.response"
    if scope["type"] == "websocket":
        if _REFUSAL not in scope.get("extensions", {}):
            await send({"type": "websocket.close", "code": 1008})
            return
        kind = _REFUSAL
    body = (words or HTTPStatus(status).phrase).encode()
    headers = [
        (b"content-type", f"text/{kind_of_text}; charset=utf-8".encode()),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": f"{kind}.start", "status": status, "headers": headers})
    await send({"type": f"{kind}.body", "body": body})
