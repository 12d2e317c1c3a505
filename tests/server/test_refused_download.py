"""A download that comes to nothing says why, on the page that asked for it."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from server.asgi import Message, Receive, Scope, Send
from server.refused_download import REFUSED, RefusedDownload
from state.storage.repository import NotFound, RepositoryError, Unavailable
from ui import refusals

FAILED = b"..Failed to generate file for download.."
NOTED = {"page 1": "没有下载：数据库没有回答"}


def _sent(scope_type: str, contents: list[bytes]) -> list[Any]:
    """What a browser gets when the app sends these, the first of which tells page 1 its name."""
    sent: list[Any] = []

    async def app(_: Scope, __: Receive, send: Send) -> None:
        for content in contents:
            await send({"type": "websocket.send", "bytes": content})

    async def send(message: Message) -> None:
        sent.append(message["bytes"])

    async def receive() -> Message:
        return {"type": "websocket.receive"}

    door = RefusedDownload(
        app,
        say=lambda _, sentence: sentence.encode(),
        session=lambda content: content.decode() if content.startswith(b"page") else "",
        why=lambda page: NOTED.get(page, ""),
    )
    with ThreadPoolExecutor(1) as elsewhere:  # a browser's loop may run in this thread
        elsewhere.submit(asyncio.run, door({"type": scope_type}, receive, send)).result()
    return sent


def test_what_was_noted_for_the_page_is_said_there() -> None:
    assert _sent("websocket", [b"page 1", b"else", FAILED, b"after"]) == [
        b"page 1",
        b"else",
        NOTED["page 1"].encode(),
        b"after",
    ]


def test_without_a_note_what_it_may_be_is_said() -> None:
    assert _sent("websocket", [b"page 2", FAILED])[1] == REFUSED.encode()
    assert _sent("websocket", [FAILED]) == [REFUSED.encode()]


def test_what_is_not_of_a_pages_connection_passes() -> None:
    assert _sent("http", [b"page 1", FAILED]) == [b"page 1", FAILED]


def _fails(fault: Exception) -> str:
    """What is noted when the making of a file ends with that fault."""

    def make() -> bytes:
        raise fault

    try:
        refusals.noting(make)()
    except type(fault):
        return refusals.why("")
    raise AssertionError("a fault that nobody hears of")


def test_a_refusal_is_told_in_its_own_words_and_a_fault_by_its_kind_once() -> None:
    assert _fails(Unavailable("数据库没有回答")) == "没有下载：数据库没有回答"
    assert "程序出错了（ZeroDivisionError）。填写的内容都在" in _fails(ZeroDivisionError())
    assert refusals.why("") == ""
    assert _fails(NotFound("甲")) == ""
    assert _fails(RepositoryError("甲")) == "没有下载：甲"
    assert refusals.noting(lambda: b"made")() == b"made"
