"""Gives out what pages have of ours: scripts, style, icons, each by a name of its content alone.

A browser so fetches a content once, and another one after an update.
"""

from collections.abc import Callable

from server.asgi import App, Message, Receive, Scope, Send, refuse

FOLDER = "_anbiao/"
_KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".woff": "font/woff",
}
_YEAR = 365 * 24 * 3600


class OurFiles:
    """Answers for them, to everybody: nothing of anybody's stands in them.

    content: of a name, None where there is none.
    """

    def __init__(self, app: App, content: Callable[[str], bytes | None]) -> None:
        self._app = app
        self._content = content

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        path = scope["path"] if scope["type"] == "http" else ""
        folder, _, name = path.rpartition("/")
        kind = _KINDS.get(name[name.rfind(".") :]) if "." in name else None
        if not f"{folder}/".endswith(f"/{FOLDER}") or not kind:
            await self._app(scope, receive, send)
            return
        body = self._content(name)
        if body is None:
            await refuse(scope, send, 404)
            return
        start: Message = {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"content-type", kind.encode()),
                (b"content-length", str(len(body)).encode()),
                (b"cache-control", f"public, max-age={_YEAR}, immutable".encode()),
            ],
        }
        await send(start)
        await send({"type": "http.response.body", "body": body})
