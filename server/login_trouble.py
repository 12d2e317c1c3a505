"""Leads back to the app, which says it in Chinese, where signing in came to nothing.

Streamlit answers a provider that is away with two English words, and a provider's refusal, or an
answer that belongs to no login begun in this browser, with the login page and no word at all.
"""

from urllib.parse import parse_qs

from server.asgi import App, Message, Receive, Scope, Send
from state.service.logins import AWAY, FAILED, TROUBLE

_USER = b"_streamlit_user="
_FAILURE = 400


class LoginTrouble:
    """Watches the two addresses of signing in."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; what the login answers goes back as something to read."""
        path = scope.get("path", "") if scope["type"] == "http" else ""
        if path.endswith("/auth/login"):
            base, asked = path.removesuffix("auth/login"), False
        elif path.endswith("/oauth2callback"):
            base, asked = path.removesuffix("oauth2callback"), True
        else:
            await self._app(scope, receive, send)
            return
        # Signing out leads to the same address, with nothing in it.
        answered = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        asked = asked and bool({"code", "error"} & answered.keys())
        replaced = False

        async def answer(message: Message) -> None:
            nonlocal replaced
            if message["type"] == "http.response.start":
                what = _trouble(message, asked)
                if what:
                    replaced = True
                    message = _led_back(message, f"{base}?{TROUBLE}={what}")
            elif replaced:
                message = {**message, "body": b""}
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception:
            if replaced:
                raise
            start: Message = {"type": "http.response.start", "headers": []}
            await send(_led_back(start, f"{base}?{TROUBLE}={AWAY}"))
            await send({"type": "http.response.body", "body": b""})
            raise


def _trouble(message: Message, asked: bool) -> str:
    """What an answer means; empty for one that is well."""
    if message["status"] >= _FAILURE:
        return AWAY
    cookies = [value for name, value in message["headers"] if name.lower() == b"set-cookie"]
    kept = any(c.startswith(_USER) and not c.startswith(_USER + b'""') for c in cookies)
    return FAILED if asked and not kept else ""


def _led_back(message: Message, to: str) -> Message:
    """The answer as a way to an address of the app, with what it said of cookies."""
    kept = [(n, v) for n, v in message["headers"] if n.lower() == b"set-cookie"]
    headers = [*kept, (b"location", to.encode("latin-1")), (b"content-length", b"0")]
    return {**message, "status": 302, "headers": headers}
