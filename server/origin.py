"""Lets in only who asks for this app by its own name, and only its own pages.

Decided before Streamlit does. It, too, refuses the pages of others, but not those of other
programs on this computer, and first asks a server on the internet for this machine's address to
compare with. Whatever passes here is a page's own host, or has no origin, which it takes at once.
"""

import re
from collections.abc import Collection

from server.asgi import App, Receive, Scope, Send, refuse, sent

_HEALTH = "/_stcore/health"

_ELSEWHERE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>安标自评</title></head>
<body><h1>只能在装有本程序的电脑上打开</h1>
<p>请在那台电脑上用启动时显示的地址打开。要让别的电脑也能用，请看 docs/modes.md。</p></body></html>
"""

_STRANGE = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>安标自评</title></head>
<body><h1>用这个地址打不开</h1>
<p>请用邀请您的人给的地址，或重新扫他屏幕上的二维码。</p>
<p>管理员：本程序只认设置里的名字，见 docs/deploy.md；
给教室用请用 make class 或 start.bat class 启动。</p>
</body></html>
"""

_HOST = re.compile(
    r"(?P<name>[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?", re.ASCII
)
"""A name or an address, and a port."""


class OwnOrigin:
    """Refuses other names for this machine (DNS rebinding) and pages of other sites, with 403.

    hosts: the names the app answers to, as in Streamlit's server.allowedHosts; all when empty.
    only_pages: whether a websocket is refused too that has no origin, which no browser opens, or
    that is of another port than this server's, as a program in between on this computer would be.
    A person who comes so is told instead of the page, which could not without its websocket.
    """

    def __init__(self, app: App, hosts: Collection[str], only_pages: bool) -> None:
        self._app = app
        self._hosts = [_plain(host) for host in hosts]
        self._only_pages = only_pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] in {"http", "websocket"} and not self._welcome(scope):
            page = _is_page(scope)
            await refuse(scope, send, 403, *((_STRANGE, "html") if page else ()))
        elif self._only_pages and _of_another_port(scope):
            await refuse(scope, send, 403, _ELSEWHERE, "html")
        else:
            await self._app(scope, receive, send)

    def _welcome(self, scope: Scope) -> bool:
        hosts, origins = sent(scope, b"host"), sent(scope, b"origin")
        if scope["type"] == "http" and scope["path"].endswith(_HEALTH) and not origins:
            return True  # who watches over a process asks it by the address it listens on
        if not all(map(self._known, hosts)) or len(hosts) != 1:
            return False
        (host,) = hosts
        if scope["type"] == "websocket" and self._only_pages and not origins:
            return False
        return all(origin in (f"http://{host}", f"https://{host}") for origin in origins)

    def _known(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if not found:
            return False
        name = _plain(found["name"])
        return not self._hosts or any(
            known in {"*", name} or (known.startswith("*.") and name.endswith(known[1:]))
            for known in self._hosts
        )


def _of_another_port(scope: Scope) -> bool:
    """Whether a page or its websocket is asked for at another port than is listened on."""
    if not _is_page(scope) and scope["type"] != "websocket":
        return False
    _, listening = scope.get("server") or (None, None)
    found = _HOST.fullmatch(sent(scope, b"host")[0])
    written = found["port"] if found else None
    asked = int(written) if written else (443 if scope.get("scheme") in {"wss", "https"} else 80)
    return listening not in (None, asked)


def _is_page(scope: Scope) -> bool:
    """Whether somebody asked for it who will read the answer."""
    return scope["type"] == "http" and any("text/html" in a for a in sent(scope, b"accept"))


def _plain(host: str) -> str:
    """A name as it is compared: in small letters, without the brackets of an IPv6 address."""
    return host.strip().lower().rstrip(".").strip("[]")
