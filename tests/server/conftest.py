"""What the tests of the middleware share: a request told to it as a server would."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field

from server.asgi import App, Message, Receive, Scope, Send

ANSWERS: Message = {"websocket.http.response": {}}
"""What a server says that can refuse a websocket by an answer."""


@dataclass
class Told:
    """What a server was told to send, and whether the app's failure reached it."""

    messages: list[Message] = field(default_factory=list)
    failed: bool = True

    @property
    def status(self) -> int | None:
        """None for a websocket that is open, or closed without an answer."""
        return self.messages[0].get("status")

    def all(self, name: str) -> list[str]:
        """The values of a header, however it is written."""
        found = self.messages[0].get("headers", [])
        return [value.decode() for key, value in found if key.decode().lower() == name.lower()]


async def page(scope: Scope, _receive: Receive, send: Send) -> None:
    """An app that has a page, and opens every websocket."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"page"})


class Inside(Exception):
    """What went wrong in an app."""


def app_that_sends(*messages: Message, fails: bool = False) -> App:
    """An app that answers every request in the same way."""

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        for message in messages:
            await send(message)
        if fails:
            raise Inside("a secret")

    return app


def ask(
    app: App,
    kind: str = "http",
    path: str = "/",
    extensions: Message = ANSWERS,
    scope: Scope | None = None,
    **headers: str | list[str],
) -> Told:
    """What is answered to a request; a header may be given several times.

    scope: what else a server would say of it.
    """
    told = Told()
    asked: Scope = {
        **(scope or {}),
        "type": kind,
        "path": path,
        "method": "GET",
        "headers": [
            (name.lower().encode(), value.encode("latin-1"))
            for name, values in headers.items()
            for value in ([values] if isinstance(values, str) else values)
        ],
        "extensions": extensions,
    }

    async def receive() -> Message:
        raise AssertionError("nobody has anything more to say")

    async def send(message: Message) -> None:
        told.messages.append(message)

    with suppress(Inside):
        with ThreadPoolExecutor(1) as elsewhere:  # a browser test may have left a loop in this one
            elsewhere.submit(asyncio.run, app(asked, receive, send)).result()
        told.failed = False
    return told
