"""Files that were made of an assessment: who gets them, and until when, whatever a page does."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit
from streamlit.proto.ClientState_pb2 import ClientState

from benchmarks.attackers import Page, asked, opened, token_of
from server.asgi import Message, Receive, Scope, Send
from server.files import NO_FILE, FileRights, Given
from state.documents.access import Access
from state.documents.assessment import new_id
from state.documents.changes import set_profile
from state.documents.examples import examples
from tests.browser.conftest import Server, serve


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("data"), ANBIAO_MODE="link") as running:
        yield running


@pytest.fixture
def shared(server: Server) -> tuple[str, str]:
    """An assessment's id and the token of a read-only link to it."""
    sample, token = set_profile("name", new_id())(examples()[0].read()), new_id()
    server.repository.create(sample, Access(owner="browser:nobody", links=(token,)))
    return sample.id, token


def _files(page: Page) -> list[str]:
    """The report's picture, and a document made when it is asked for."""
    (picture,) = page.pictures
    page.ask_for(page.files[0])
    document = page.get(page.files[0])
    assert picture.endswith(".jpg") and document.endswith(".pdf")
    return [picture, document]


def _answers(server: Server, files: list[str], token: str) -> set[int]:
    """What a browser is answered that asks for them, and for nothing more than the first byte."""
    cookie = {"Cookie": f"_streamlit_xsrf={token}"} if token else {}
    answers = [asked(server.address, file, Range="bytes=0-0", **cookie) for file in files]
    assert all(words == NO_FILE for answer, words in answers if answer.status == 404)
    answers += [asked(server.address, file, "HEAD", **cookie) for file in files]
    return {200 if answer.status == 206 else answer.status for answer, _ in answers}


def test_what_streamlit_itself_is_made_of_is_for_everybody(server: Server) -> None:
    """Its fonts lie below /static/media/: without them every icon is a word over the next one."""
    fonts = sorted((Path(streamlit.__file__).parent / "static" / "static" / "media").iterdir())
    assert any(font.name.startswith("MaterialSymbols") for font in fonts)
    for font in fonts[:1] + [f for f in fonts if f.name.startswith("MaterialSymbols")]:
        assert asked(server.address, f"/static/media/{font.name}", "HEAD")[0].status == 200


@pytest.mark.parametrize("gone", [False, True], ids=["window open", "window gone"])
@pytest.mark.parametrize("how", ["taken back", "erased", "in the bin"])
def test_a_file_answers_no_longer_when_the_right_has_ended(
    server: Server, shared: tuple[str, str], how: str, gone: bool
) -> None:
    """A window that is still connected, of a program that asks for no run; or one that is gone."""
    sample, token = shared
    with (
        opened(server.address, "report", f"a={sample}") as owner,
        opened(server.address, "report", f"r={token}") as reader,
    ):
        files = _files(reader)
        assert files == _files(owner)  # the names of both are the same
        assert _answers(server, files, reader.token) == {200}
        if gone:
            reader.socket.close()
            assert _answers(server, files, reader.token) == {200}
        if how == "erased":
            server.repository.delete(sample)
        elif how == "in the bin":
            server.repository.change_access(sample, lambda a: a.having(deleted=datetime.now(UTC)))
        else:
            server.repository.change_access(sample, lambda a: a.having(links=()))
        assert _answers(server, files, reader.token) == {404}
        expected = {200} if how == "taken back" else {404}
        assert _answers(server, files[:1], owner.token) == expected


def test_a_file_is_for_the_browser_that_it_was_made_for(
    server: Server, shared: tuple[str, str]
) -> None:
    sample, _ = shared
    with opened(server.address, "report", f"a={sample}") as page:
        files = _files(page)
        assert _answers(server, files, page.token) == {200}
        assert _answers(server, files, "") == {404}
        assert _answers(server, files, token_of(server.address)) == {404}
        # Also where the other browser has an assessment of its own open, and a page that names it.
        mine = set_profile("name", files[0])(examples()[0].read())
        server.repository.create(mine)
        with opened(server.address, "report", f"a={mine.id}") as thief:
            assert _answers(server, files, thief.token) == {404}


def test_what_is_open_now_gives_no_right_to_a_file_of_what_was_open_before(
    server: Server, shared: tuple[str, str]
) -> None:
    sample, token = shared
    mine = set_profile("name", new_id())(examples()[0].read())
    server.repository.create(mine)
    with (
        opened(server.address, "report", f"a={sample}"),
        opened(server.address, "report", f"r={token}") as reader,
    ):
        files = _files(reader)
        reader.run(ClientState(page_name="report", query_string=f"a={mine.id}"))
        assert _answers(server, files[:1], reader.token) == {200}  # as it was there a moment ago
        server.repository.change_access(sample, lambda a: a.having(links=()))
        assert _answers(server, files[:1], reader.token) == {404}


def test_the_icon_of_the_page_is_for_everybody(server: Server) -> None:
    with opened(server.address) as page:
        assert page.icon.startswith("/media/")
        assert asked(server.address, page.icon)[0].status == 200


class _Right:
    """One that stands."""

    def stands(self) -> bool:
        return True


def test_a_session_that_comes_back_keeps_its_files_and_one_that_does_not_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As after a cut line: the same session on a new connection, where nothing is told again."""
    monkeypatch.setattr("server.files._STORED", 0.5)
    told = {b"session": Given(session="s"), b"/media/": Given(files=("/media/f.jpg",))}
    right = _Right()
    cookie = (b"cookie", b"_streamlit_xsrf=b")

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": []})
            return
        while (message := await receive())["type"] != "websocket.disconnect":
            await send(message)

    files = FileRights(app, given=told.__getitem__, right=lambda _: right)

    async def connect(*contents: bytes) -> asyncio.Task[None]:
        messages = [{"type": "websocket.send", "bytes": content} for content in contents]
        ends = asyncio.Event()
        ended.append(ends)

        async def receive() -> Message:
            if messages:
                return messages.pop(0)
            await ends.wait()
            return {"type": "websocket.disconnect"}

        scope: Scope = {"type": "websocket", "path": "/", "headers": [cookie]}
        task = asyncio.create_task(files(scope, receive, _unheard))
        await asyncio.sleep(0)
        return task

    async def status() -> int:
        answers: list[Message] = []

        async def send(message: Message) -> None:
            answers.append(message)

        scope: Scope = {"type": "http", "method": "GET", "path": "/media/f.jpg", "headers": []}
        await files(scope | {"headers": [cookie]}, _silent, send)
        return int(answers[0]["status"])

    async def story() -> list[int]:
        first = await connect(b"session", b"/media/")
        seen = [await status()]
        second = await connect(b"session")
        ended[0].set()
        await first
        await asyncio.sleep(0.7)
        seen.append(await status())
        ended[1].set()
        await second
        seen.append(await status())
        await asyncio.sleep(0.7)
        return [*seen, await status()]

    ended: list[asyncio.Event] = []
    with ThreadPoolExecutor(1) as apart:  # a browser of other tests may hold a loop in this one
        assert apart.submit(lambda: asyncio.run(story())).result() == [200, 200, 200, 404]


async def _unheard(_message: Message) -> None:
    """To nobody."""


async def _silent() -> Message:
    """From nobody."""
    return {"type": "http.disconnect"}
