"""Makes every cookie Secure that goes out behind TLS, so that no plain connection carries it.

Streamlit leaves its login cookies without the word.
"""

from server.asgi import App, Message, Receive, Scope, Send

_BEGINNINGS = {"http.response.start", "websocket.http.response.start", "websocket.accept"}


class SecureCookies:
    """Adds Secure where the browser came by TLS, to this process or to the proxy in front.

    The proxy's word is taken from anybody: who says so falsely only keeps cookies from themselves.
    """

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its answer back."""

        async def answer(message: Message) -> None:
            if message["type"] in _BEGINNINGS:
                headers = [(n, _secured(n, v)) for n, v in message.get("headers", ())]
                message = {**message, "headers": headers}
            await send(message)

        await self._app(scope, receive, answer if _by_tls(scope) else send)


def _by_tls(scope: Scope) -> bool:
    if scope["type"] not in {"http", "websocket"}:
        return False
    said = [v for n, v in scope["headers"] if n.lower() == b"x-forwarded-proto"]
    first = said[0].split(b",")[0].strip().lower() if said else b""
    return scope.get("scheme") in {"https", "wss"} or first in {b"https", b"wss"}


def _secured(name: bytes, value: bytes) -> bytes:
    if name.lower() != b"set-cookie":
        return value
    attributes = {part.strip().lower() for part in value.split(b";")[1:]}
    return value if b"secure" in attributes else value + b"; Secure"
