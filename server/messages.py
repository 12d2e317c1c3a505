"""Bounds on the connections of pages, on what comes by them, and on what is kept of it.

Who sends too much waits: a message is read later, and the network slows the sender down. So no
click is lost, and nobody else notices. Only what would take memory without end is refused.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import count

from server.asgi import App, Message, Receive, Scope, Send, refuse
from server.asking import asking
from server.crowd import Hall
from state.service.bounds import Flow, Rate, Stock, Who

MESSAGES = {
    "session": Rate(60, 5),
    "browser": Rate(120, 10),
    "address": Rate(1000, 60),
    "all": Rate(2000, 120),
}
"""A click is one message; a hand makes few a second."""

MEGABYTE = 1_000_000

BYTES = {
    "session": Rate(2 * MEGABYTE, MEGABYTE / 20),
    "browser": Rate(4 * MEGABYTE, MEGABYTE / 10),
    "address": Rate(40 * MEGABYTE, 2 * MEGABYTE),
    "all": Rate(80 * MEGABYTE, 4 * MEGABYTE),
}
"""A message of a page has up to 20 kB, with the state of all its widgets."""

STATE: Mapping[str, float] = {
    "browser": 5 * MEGABYTE,
    "address": 40 * MEGABYTE,
    "all": 80 * MEGABYTE,
}
"""The largest message of each page, which is what Streamlit keeps of its widgets."""

_FREE = 100_000
"""Bytes of a message that are never refused, whatever others keep."""

STORED = 150.0
"""Seconds for which Streamlit keeps the state of a page that has gone, and a little more."""

_NOTICEABLE = 1.0
"""Seconds of waiting that deserve a word."""

TOO_FAST = "操作太快或太多，服务器正在依次处理。已收到的操作不会丢失，请慢一点。"

_STREAM = "/_stcore/stream"


@dataclass(eq=False, slots=True)
class _Page:
    """A connection: who is there, the bytes that are kept of it, whether it is closed."""

    who: Who
    kept: float = 0
    closed: bool = field(default=False)


class MessageBounds:
    """Lets connections and their messages through as the bounds allow."""

    def __init__(
        self,
        app: App,
        hall: Hall,
        asks: Callable[[bytes], bool],
        answers: Callable[[bytes], bool],
    ) -> None:
        """hall: told who is connected and waits.

        asks, answers: whether a message asks for a run of the page, or says that it has ended.
        """
        self._app = app
        self._crowd = hall.crowd
        self._notices = hall.notices
        self._asks = asks
        self._answers = answers
        self._numbers = count()
        self._pages = hall.pages
        self._joins = hall.joins
        self._messages = Flow(MESSAGES)
        self._bytes = Flow(BYTES)
        self._state = Stock(STATE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, within bounds, or refuse it by 429."""
        if scope["type"] != "websocket" or not scope["path"].endswith(_STREAM):
            await self._app(scope, receive, send)
            return
        asker = asking(scope)
        if not self._pages.room(asker) or self._joins.take(asker):
            await refuse(scope, send, 429)
            return
        self._pages.take(asker)
        page = _Page(asker | {"session": str(next(self._numbers))})
        self._crowd.came(page, asker)
        try:
            await self._within(page, asker, scope, receive, send)
        finally:
            self._crowd.left(page)
            self._pages.give_back(asker)
            loop = asyncio.get_running_loop()
            loop.call_later(STORED, self._state.give_back, page.who, page.kept)

    async def _within(
        self, page: _Page, asker: dict[str, str], scope: Scope, receive: Receive, send: Send
    ) -> None:
        async def next_message() -> Message:
            message = await receive()
            if message["type"] != "websocket.receive":
                return message
            content = message.get("bytes") or (message.get("text") or "").encode()
            if not self._keep(page, len(content)):
                page.closed = True
                await send({"type": "websocket.close", "code": 1009})
                return {"type": "websocket.disconnect", "code": 1009}
            waited = await _passed(self._messages, page.who, 1)
            waited += await _passed(self._bytes, page.who, len(content))
            if waited >= _NOTICEABLE:
                self._notices.tell(asker, TOO_FAST)
            if page.closed:
                return {"type": "websocket.disconnect", "code": 1006}
            if self._asks(content):
                self._crowd.asked(page)
            return message

        async def watched(message: Message) -> None:
            if page.closed:
                return
            content = message.get("bytes")
            if content and self._answers(content):
                self._crowd.answered(page)
            try:
                await send(message)
            except OSError:  # nobody listens any more; that comes by the next message too
                page.closed = True

        await self._app(scope, next_message, watched)

    def _keep(self, page: _Page, size: int) -> bool:
        """Count what is kept of a message; False where there is no room for it."""
        more = size - _FREE - page.kept
        if more <= 0:
            return True
        if not self._state.take(page.who, more):
            return False
        page.kept += more
        return True


async def _passed(flow: Flow, who: Who, amount: float) -> float:
    """Wait until it passes. Returns: the seconds waited."""
    waited = 0.0
    while wait := flow.take(who, min(amount, BYTES["session"].burst)):
        await asyncio.sleep(wait)
        waited += wait
    return waited
