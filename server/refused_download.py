"""Says in words of ours why a download came to nothing, where Streamlit has an English sentence.

A file that is made when it is asked for comes as an answer on the page's connection. What kept
it from being made does not come along with it, but was noted for its page.
"""

from collections.abc import Callable

from server.asgi import App, Message, Receive, Scope, Send

REFUSED = (
    "没有下载：这份自评现在不对您开放，或服务器正忙。请刷新页面再试；"
    "仍不行的，请向主人要新的链接，或从“开始”页重新打开"
)

_SIGN = b"Failed to generate file for download"
"""What stands in such an answer, see docs/architecture.md."""


class RefusedDownload:
    """Puts our sentence into the answer to a download that failed."""

    def __init__(
        self,
        app: App,
        say: Callable[[bytes, str], bytes],
        session: Callable[[bytes], str],
        why: Callable[[str], str],
    ) -> None:
        """Stand in front of the app.

        say: puts a sentence into a message that tells of a failed operation. session: whose page a
        message begins, empty for others. why: what was noted for a page, empty without anything.
        """
        self._app, self._say, self._session, self._why = app, say, session, why

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a connection on, and what is said on it."""
        page = ""

        async def answer(message: Message) -> None:
            nonlocal page
            content = message.get("bytes")
            if content:
                page = page or self._session(content)
                if _SIGN in content:
                    message = {**message, "bytes": self._say(content, self._why(page) or REFUSED)}
            await send(message)

        await self._app(scope, receive, answer if scope["type"] == "websocket" else send)
