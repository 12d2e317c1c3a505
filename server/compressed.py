"""Scripts, styles and the page around them sent in a quarter of their bytes, for bad lines.

Streamlit sends its own as they are, since its middleware would compress them for each visitor anew.
Here each is compressed once in a process and kept: they are a few hundred files whose names change
with their content.
"""

import gzip

from anyio import to_thread

from server.asgi import App, Receive, Scope, Send, sent
from server.whole import Answer, held_back

_PAGE = b"text/html"
_KINDS = (b"text/javascript", b"application/javascript", b"text/css", _PAGE)
_LEAST = 1000
"""Bytes below which nothing is gained."""

_VARY = (b"vary", b"accept-encoding")


class Compressed:
    """Compresses pages, and what a browser may keep for ever; all else goes on as it is."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: dict[str, Answer] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http" or scope["method"] != "GET" or not _takes_gzip(scope):
            await self._app(scope, receive, send)
            return
        path: str = scope["path"]
        if kept := self._kept.get(path):
            await kept.tell(send)
            return

        async def compress(answer: Answer) -> Answer:
            body = await to_thread.run_sync(gzip.compress, answer.body)
            smaller = answer.replaced(
                body, {b"accept-ranges", b"etag"}, [(b"content-encoding", b"gzip"), _VARY]
            )
            if _for_ever(answer):
                self._kept[path] = smaller
            return smaller

        await self._app(scope, receive, held_back(send, _compressible, compress))


def _takes_gzip(scope: Scope) -> bool:
    if sent(scope, b"range"):
        return False
    return any("gzip" in accepted for accepted in sent(scope, b"accept-encoding"))


def _for_ever(answer: Answer) -> bool:
    return b"immutable" in answer.header(b"cache-control")


def _compressible(answer: Answer) -> bool:
    return (
        answer.status == 200
        and answer.header(b"content-type").startswith(_KINDS)
        and (_for_ever(answer) or answer.header(b"content-type").startswith(_PAGE))
        and not answer.header(b"content-encoding")
        and int(answer.header(b"content-length") or _LEAST) >= _LEAST
    )
