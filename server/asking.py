"""Who is asking, as far as a request says, and what they are to be told on their page."""

from collections.abc import Callable
from time import monotonic

from server.asgi import Scope, sent
from state.service.bounds import network

BROWSER = "_streamlit_xsrf"
"""The cookie that tells browsers apart: each has it before its page connects."""

_LONG = 200
"""Characters of the cookie that are looked at."""

_SHOWN = 20.0
"""Seconds for which something is told: longer than a page takes to ask."""

_MOST = 2000
"""Askers that are told something at the same time; with more the oldest is told no longer."""


def asking(scope: Scope) -> dict[str, str]:
    """The address and the browser that a request comes from; "" without a cookie.

    A server has put the address there that a proxy named, if it trusts that proxy.
    """
    client = scope.get("client")
    return {"address": network(client[0] if client else ""), "browser": _browser(scope)}


def _browser(scope: Scope) -> str:
    for cookies in sent(scope, b"cookie"):
        for cookie in cookies.split(";"):
            name, _, value = cookie.strip().partition("=")
            if name == BROWSER:
                return _unmasked(value.strip('"')[:_LONG])
    return ""


def _unmasked(cookie: str) -> str:
    """What stays the same in the cookie: Streamlit masks it anew for each page that connects.

    It is `2|mask|masked|time`, in hex; anything else is taken as it is.
    """
    try:
        version, mask, masked, _ = cookie.split("|")
        key, token = bytes.fromhex(mask), bytes.fromhex(masked)
    except ValueError:
        return cookie
    if version != "2" or not key:
        return cookie
    return bytes(byte ^ key[at % len(key)] for at, byte in enumerate(token)).hex()


class Notices:
    """Sentences for the pages of one browser at one address."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._told: dict[tuple[str, str], tuple[str, float]] = {}

    def tell(self, who: dict[str, str], sentence: str) -> None:
        """Have it shown for a while; it replaces the one before."""
        asker = who["address"], who["browser"]
        self._told.pop(asker, None)
        self._told[asker] = sentence, self._clock() + _SHOWN
        if len(self._told) > _MOST:
            del self._told[next(iter(self._told))]

    def of(self, who: dict[str, str]) -> str:
        """What they are to be told now, or ""."""
        sentence, until = self._told.get((who["address"], who["browser"]), ("", 0.0))
        return sentence if self._clock() < until else ""
