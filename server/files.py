"""Lets a file that was made for a page go only to its browser, while its right to it stands.

Streamlit names a file by its content and answers whoever knows the name, for as long as any page
shows it; and what belongs to a page it keeps for two minutes after the page has gone. Here a file
is noted when a page is told of it. Who asks for it has to be that page's browser, and is asked
each time whether the page is still open to them.
"""

import asyncio
import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Protocol

from server.asgi import App, Message, Receive, Scope, Send, refuse
from server.asking import asking

NO_FILE = "没有这个文件，或者它现在不对您开放。"

_PATH = re.compile(r"(?<!/static)/media/(?P<file>[^/]*)$")
_SIGN = b"/media/"

_MOST = 100
"""Files that are remembered of a session: far more than a page shows at a time."""

_STORED = 150.0
"""Seconds for which Streamlit keeps what belongs to a page that has gone, and a little more."""


class Right(Hashable, Protocol):
    """By which a page shows what it shows."""

    def stands(self) -> bool:
        """Whether it has not ended; may ask the storage."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a message tells a page.

    session: the session's id, "" in most messages. files: addresses of files made for it.
    common: of files that are the same for everybody.
    """

    session: str = ""
    files: tuple[str, ...] = ()
    common: tuple[str, ...] = ()


@dataclass(slots=True)
class _Session:
    browser: str = ""
    connections: int = 0
    files: dict[str, Right] = field(default_factory=dict)


class FileRights:
    """Notes what pages are told of, and refuses what is asked for without a right."""

    def __init__(
        self, app: App, given: Callable[[bytes], Given], right: Callable[[str], Right | None]
    ) -> None:
        """given: what a message tells a page.

        right: by which a session's page shows what it shows now; None if it shows nothing.
        """
        self._app = app
        self._given = given
        self._right = right
        self._sessions: dict[str, _Session] = {}
        self._common: set[str] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it by 404."""
        if scope["type"] == "websocket":
            await self._noting(scope, receive, send)
            return
        found = _PATH.search(scope["path"]) if scope["type"] == "http" else None
        if found is None or scope["method"] == "OPTIONS" or await self._may_have(scope, found[1]):
            await self._app(scope, receive, send)
        else:
            await refuse(scope, send, 404, NO_FILE)

    async def _may_have(self, scope: Scope, name: str) -> bool:
        file = _stem(name)
        if file in self._common:
            return True
        browser = asking(scope)["browser"]
        rights = {
            session.files[file]
            for session in self._sessions.values()
            if browser and session.browser == browser and file in session.files
        }
        for right in rights:
            if await asyncio.to_thread(right.stands):
                return True
        return False

    async def _noting(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = ""

        async def watched(message: Message) -> None:
            nonlocal name
            content = message.get("bytes")
            if content and (not name or _SIGN in content):
                given = self._given(content)
                if given.session and not name:
                    name = given.session
                    session = self._sessions.setdefault(name, _Session())
                    session.browser = asking(scope)["browser"]
                    session.connections += 1
                self._note(name, given)
            await send(message)

        try:
            await self._app(scope, receive, watched)
        finally:
            if name:
                self._sessions[name].connections -= 1
                asyncio.get_running_loop().call_later(_STORED, self._forget, name)

    def _note(self, name: str, given: Given) -> None:
        self._common.update(map(_stem, given.common))
        right = self._right(name) if given.files and name else None
        if right is None:
            return
        files = self._sessions[name].files
        for file in map(_stem, given.files):
            files.pop(file, None)
            files[file] = right
        while len(files) > _MOST:
            del files[next(iter(files))]

    def _forget(self, name: str) -> None:
        session = self._sessions.get(name)
        if session and not session.connections:
            del self._sessions[name]


def _stem(address: str) -> str:
    """A file's name without its ending, of which Streamlit takes any."""
    return PurePosixPath(address.partition("?")[0]).stem
