"""Overload said: newcomers get a page that asks again by itself, and open pages a sentence.

An open page asks at `NOTICE` when something takes long (assets/notice.js), so that in quiet
times it costs nothing.
"""

from random import uniform

from server.asgi import App, Receive, Scope, Send, refuse, sent
from server.asking import asking
from server.crowd import Hall

NOTICE = "/_anbiao/notice"

BUSY = "现在使用的人很多，服务器正在依次处理。您的操作已经收到，不会丢失，请稍候，不用再点。"

_OURS = ("/_stcore", "/static/", "/media/", "/component/", "/auth/", "/oauth2callback")

_PAGE = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="{seconds}">
<title>安标自评 · 请稍候</title>
<style>
body {{ font-family: 'Microsoft YaHei', 'PingFang SC', 'Noto Sans CJK SC', sans-serif;
  color: #1b2733; max-width: 32rem; margin: 20vh auto 0; padding: 0 1.5rem; line-height: 1.8 }}
h1 {{ font-size: 1.5rem; color: #1f5fa8 }}
</style>
</head>
<body>
<h1>现在使用的人很多，请稍候</h1>
<p>本页每隔十几秒自动再试，有空位就会打开，不用刷新。</p>
<p>已经保存的自评都在；正在填写的人不受影响。</p>
</body>
</html>
"""


class WaitingRoom:
    """Keeps newcomers waiting while there are more people than this process carries."""

    def __init__(self, app: App, hall: Hall) -> None:
        self._app = app
        self._crowd = hall.crowd
        self._pages = hall.pages
        self._joins = hall.joins
        self._notices = hall.notices

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it in Chinese."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["path"].endswith(NOTICE):
            who = asking(scope)
            said = self._notices.of(who) or (BUSY if self._crowd.crowded() else "")
            await refuse(scope, send, 200, said or "\n")
        elif _wants_a_page(scope) and self._keeps_out(scope):
            # Not all at the same moment.
            page = _PAGE.format(seconds=round(uniform(8, 16)))
            await refuse(scope, send, 503, page, "html")
        else:
            await self._app(scope, receive, send)

    def _keeps_out(self, scope: Scope) -> bool:
        who = asking(scope)
        newcomer = not self._crowd.knows(who["browser"])
        no_room = not self._pages.room(who) or self._joins.wait(who) > 0
        return no_room or (newcomer and self._crowd.crowded())


def _wants_a_page(scope: Scope) -> bool:
    """Whether a person is about to see the answer, and not a page that is already there."""
    return (
        scope["method"] == "GET"
        and any("text/html" in accepted for accepted in sent(scope, b"accept"))
        and not any(part in scope["path"] for part in _OURS)
    )
