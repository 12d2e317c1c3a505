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


async def refuse(scope: Scope, send: Send, status: int) -> None:
    """Answer a request, or a websocket that is not open yet, with a status and its name.

    A server that cannot answer a websocket in words refuses it by 403 all the same.
    """
    kind = "http.response"
    if scope["type"] == "websocket":
        if _REFUSAL not in scope.get("extensions", {}):
            await send({"type": "websocket.close", "code": 1008})
            return
        kind = _REFUSAL
    body = HTTPStatus(status).phrase.encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": f"{kind}.start", "status": status, "headers": headers})
    await send({"type": f"{kind}.body", "body": body})
