"""Gives out the scripts of the pages, each under a name that only its own text has.

A browser so fetches a text once, and another one after an update.
"""

from collections.abc import Callable

from server.asgi import App, Message, Receive, Scope, Send, refuse

_FOLDER = "/_anbiao/"
_YEAR = 365 * 24 * 3600


class Scripts:
    """Answers for them, to everybody: nothing of anybody's stands in them.

    script: the text of a name, None where there is none.
    """

    def __init__(self, app: App, script: Callable[[str], bytes | None]) -> None:
        self._app = app
        self._script = script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        path = scope["path"] if scope["type"] == "http" else ""
        folder, _, name = path.rpartition("/")
        if not f"{folder}/".endswith(_FOLDER) or not name.endswith(".js"):
            await self._app(scope, receive, send)
            return
        body = self._script(name)
        if body is None:
            await refuse(scope, send, 404)
            return
        start: Message = {
            "type": "http.response.start",
            "status": 200,
            "headers": [
                (b"content-type", b"text/javascript; charset=utf-8"),
                (b"content-length", str(len(body)).encode()),
                (b"cache-control", f"public, max-age={_YEAR}, immutable".encode()),
            ],
        }
        await send(start)
        await send({"type": "http.response.body", "body": body})
