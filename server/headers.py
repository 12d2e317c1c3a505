"""Security headers on every answer, so that they hold where no nginx stands in front.

deploy/nginx.conf says the same and takes these away, as its own answers need them too.
"""

from server.asgi import App, Message, Receive, Scope, Send, refuse

# Streamlit's page and ours have scripts and styles in the page, and it styles by script.
_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    ]
)

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # links are keys: no other site gets to see them
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Content-Security-Policy": _POLICY,
}
"""Name and value of what every answer carries, once."""

_OURS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_NAMES = {name for name, _ in _OURS}
_BEGINNINGS = {"http.response.start", "websocket.http.response.start", "websocket.accept"}


class SecurityHeaders:
    """Puts the headers on every answer, also on a refused websocket and a failure inside."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request. Raises: what the app raises, after an answer was given."""
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] in _BEGINNINGS:
                others = [h for h in message.get("headers", ()) if h[0].lower() not in _NAMES]
                message = {**message, "headers": [*others, *_OURS]}
            elif message["type"] == "websocket.close" and not begun:
                begun = True  # a refusal that has no headers by itself
                await refuse(scope, answer, 403)
                return
            begun = True
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception:
            if not begun:  # what is further out would answer without the headers
                await refuse(scope, answer, 500)
            raise
