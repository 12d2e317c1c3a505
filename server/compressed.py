"""Scripts, styles and the page around them sent in a fifth of their bytes, for bad lines.

Streamlit sends its own as they are, since its middleware would compress them for each visitor anew.
Here each is compressed once in a process and kept: they are a few hundred files whose names change
with their content. Browsers take Brotli by https only, and gzip everywhere.
"""

import asyncio
import gzip
from collections.abc import Callable
from functools import partial

import brotli
from anyio import to_thread

from server.asgi import App, Receive, Scope, Send, sent
from server.whole import Answer, held_back

_PAGE = b"text/html"
_KINDS = (b"text/javascript", b"application/javascript", b"text/css", _PAGE)
_LEAST = 1000
"""Bytes below which nothing is gained."""

_KEPT = (b"content-type", b"cache-control")
"""Headers of what is kept: none that is for one visitor."""

_WAYS: dict[str, Callable[[bytes], bytes]] = {
    "br": partial(brotli.compress, quality=9),  # 10 takes seven times as long for 8 %
    "gzip": gzip.compress,
}
"""Better ones first. A page is compressed for each visitor, which is why it takes the quickest."""


class Compressed:
    """Compresses pages, and what a browser may keep for ever; all else goes on as it is."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._kept: dict[tuple[str, str], asyncio.Task[Answer]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        way = _way(scope) if scope["type"] == "http" and scope["method"] == "GET" else ""
        if not way:
            await self._app(scope, receive, send)
            return
        place = way, scope["path"]
        if kept := self._kept.get(place):
            await (await asyncio.shield(kept)).tell(send)  # others wait for it, too
            return

        async def compress(answer: Answer) -> Answer:
            if not _for_ever(answer):
                return await _smaller(answer, "gzip")
            if place not in self._kept:  # many may ask while it is made
                self._kept[place] = asyncio.create_task(_smaller(_for_all(answer), way))
            return await asyncio.shield(self._kept[place])

        await self._app(scope, receive, held_back(send, _compressible, compress))


def _way(scope: Scope) -> str:
    """The best way that a browser takes; empty for none, or where it wants a part only."""
    if sent(scope, b"range"):
        return ""
    accepted = {
        word.partition(";")[0].strip()
        for line in sent(scope, b"accept-encoding")
        for word in line.split(",")
    }
    return next((way for way in _WAYS if {way, "gzip"} <= accepted), "")


async def _smaller(answer: Answer, way: str) -> Answer:
    body = await to_thread.run_sync(_WAYS[way], answer.body)
    said = [(b"content-encoding", way.encode()), (b"vary", b"accept-encoding")]
    return answer.replaced(body, {b"accept-ranges", b"etag"}, said)


def _for_all(answer: Answer) -> Answer:
    headers = [pair for pair in answer.headers if pair[0] in _KEPT]
    return Answer(answer.status, headers, answer.body)


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
