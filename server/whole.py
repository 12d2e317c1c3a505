"""An answer held back until it is whole, as what changes it has to know all of it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from server.asgi import Message, Send

Headers = list[tuple[bytes, bytes]]


@dataclass(slots=True)
class Answer:
    """Status, headers with their names in small letters, and content."""

    status: int
    headers: Headers
    body: bytes = b""

    def header(self, name: bytes) -> bytes:
        """The first value of a header; empty without one."""
        return next((value for key, value in self.headers if key == name), b"")

    def replaced(self, body: bytes, without: set[bytes], more: Headers) -> "Answer":
        """The same with another content, its length said, and other headers."""
        gone = without | {b"content-length"}
        kept = [pair for pair in self.headers if pair[0] not in gone]
        length = (b"content-length", str(len(body)).encode())
        return Answer(self.status, [*kept, length, *more], body)

    async def tell(self, send: Send) -> None:
        """Send it."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})


def held_back(
    send: Send, wanted: Callable[[Answer], bool], change: Callable[[Answer], Awaitable[Answer]]
) -> Send:
    """Sends as `send` does, but for answers that are wanted: these are changed first.

    wanted: asked when only status and headers are known.
    """
    held: Answer | None = None

    async def hold(message: Message) -> None:
        nonlocal held
        if message["type"] == "http.response.start":
            headers = [(key.lower(), value) for key, value in message.get("headers", ())]
            found = Answer(message["status"], headers)
            if wanted(found):
                held = found
                return
        if held is None:
            await send(message)
            return
        held.body += message.get("body", b"")
        if not message.get("more_body"):
            await (await change(held)).tell(send)

    return hold
