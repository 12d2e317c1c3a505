"""Bounds on uploads: how large one may be, and how much is in memory at once.

Streamlit keeps what is uploaded in memory until its session ends. A page's script says how large
a file it asks for; where it asks for none, an upload is refused without being read.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from time import monotonic

from server.asgi import App, Message, Receive, Scope, Send, refuse, sent
from server.asking import asking
from server.crowd import Hall
from state.service.bounds import Stock

MEGABYTE = 1024 * 1024

HELD: Mapping[str, float] = {
    "session": 50 * MEGABYTE,
    "browser": 100 * MEGABYTE,
    "address": 200 * MEGABYTE,
    "all": 300 * MEGABYTE,
}
"""Uploaded bytes in memory: files that are being received, and those Streamlit keeps."""

_FORM = 64 * 1024
"""Bytes that the form around a file may take."""

_STORED = 150.0
"""Seconds for which Streamlit keeps what belongs to a page that has gone, and a little more."""

TOO_LARGE = "文件太大，没有上传。"
NOT_ASKED = "这个页面现在不接收文件，没有上传。请刷新页面再试。"
NO_ROOM = "这段时间上传的文件太多，这个文件没有上传。请删除已上传的文件，或几分钟后再试。"

_PATH = re.compile(r"/_stcore/upload_file/(?P<session>[^/]+)/(?P<file>[^/]+)$")


class _Refused(Exception):
    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status, self.words = status, words


@dataclass(slots=True)
class _File:
    who: dict[str, str]
    size: int = 0


class UploadBounds:
    """Lets through what a page asks for, as long as there is room."""

    def __init__(
        self,
        app: App,
        hall: Hall,
        allowed: Callable[[str], int],
        alive: Callable[[str], bool],
        discarded: Callable[[], Iterable[tuple[str, str]]],
    ) -> None:
        """allowed: bytes of the largest file that a session's page asks for; 0 if none.

        alive: whether a session's page is open. discarded: session and file of what Streamlit was
        told to let go of since it was asked last.
        """
        self._app = app
        self._notices = hall.notices
        self._allowed = allowed
        self._alive = alive
        self._discarded = discarded
        self._held = Stock(HELD)
        self._files: dict[tuple[str, str], _File] = {}
        self._gone: dict[str, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse an upload with a sentence: 403, 413 or 429."""
        found = _PATH.search(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] not in {"PUT", "DELETE"}:
            await self._app(scope, receive, send)
            return
        key = found["session"], found["file"]
        if scope["method"] == "DELETE":
            if await self._passed(scope, receive, send) < 300:
                self._forget(key)
            return
        who = asking(scope) | {"session": found["session"]}
        try:
            await self._upload(key, _File(who), scope, receive, send)
        except _Refused as refused:
            self._notices.tell(who, refused.words)
            await refuse(scope, send, refused.status, refused.words)

    async def _upload(
        self, key: tuple[str, str], file: _File, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Raises: _Refused, before anything was answered."""
        self._let_go()
        allowed = self._allowed(key[0])
        if not allowed:
            raise _Refused(403, NOT_ASKED)
        most = allowed + _FORM
        if any(not size.isdecimal() or int(size) > most for size in sent(scope, b"content-length")):
            raise _Refused(413, TOO_LARGE)

        async def counted() -> Message:
            message = await receive()
            size = len(message.get("body", b""))
            if file.size + size > most:
                raise _Refused(413, TOO_LARGE)
            if not self._held.take(file.who, size):
                raise _Refused(429, NO_ROOM)
            file.size += size
            return message

        kept = False
        try:
            kept = await self._passed(scope, counted, send) < 300
        finally:
            if kept:
                self._forget(key)  # it has taken the place of another
                self._files[key] = file
            else:
                self._held.give_back(file.who, file.size)

    async def _passed(self, scope: Scope, receive: Receive, send: Send) -> int:
        """Returns: the status of the answer."""
        status = 500

        async def watched(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        await self._app(scope, receive, watched)
        return status

    def _forget(self, key: tuple[str, str]) -> None:
        file = self._files.pop(key, None)
        if file:
            self._held.give_back(file.who, file.size)

    def _let_go(self) -> None:
        """Of the files of sessions that Streamlit has let go of by now, and of single ones."""
        for key in self._discarded():
            self._forget(key)
        now = monotonic()
        sessions = {session for session, _ in self._files}
        self._gone = {s: self._gone.get(s, now) for s in sessions if not self._alive(s)}
        for key in [k for k in self._files if now - self._gone.get(k[0], now) >= _STORED]:
            self._forget(key)
