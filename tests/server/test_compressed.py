"""What may be kept for ever, and pages, go out compressed, once for all."""

import gzip

import brotli

from server.asgi import App, Message, Receive, Scope, Send
from server.compressed import Compressed
from tests.server.conftest import Told, ask

SCRIPT = b"export const a = 1;\n" * 100
HEADERS = {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "public, immutable, max-age=31536000",
    "etag": '"1"',
    "set-cookie": "somebody=1",
}


def _app(body: bytes = SCRIPT, status: int = 200, **headers: str) -> tuple[App, list[str]]:
    """An app that answers in two pieces, and the paths it was asked for."""
    asked: list[str] = []
    given = HEADERS | {"content-length": str(len(body))} | headers

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        pairs = [(name.encode(), value.encode()) for name, value in given.items()]
        start: Message = {"type": "http.response.start", "status": status, "headers": pairs}
        await send(start)
        await send({"type": "http.response.body", "body": body[:7], "more_body": True})
        await send({"type": "http.response.body", "body": body[7:]})

    return app, asked


def _body(told: Told) -> bytes:
    return b"".join(message.get("body", b"") for message in told.messages[1:])


def test_a_script_is_compressed_once_and_given_to_all_who_take_it() -> None:
    app, asked = _app()
    door = Compressed(app)
    for _ in range(2):
        told = ask(door, path="/static/js/a.js", **{"accept-encoding": "gzip, deflate"})
        assert gzip.decompress(_body(told)) == SCRIPT
        assert told.all("content-encoding") == ["gzip"]
        assert told.all("vary") == ["accept-encoding"]
        assert told.all("content-length") == [str(len(_body(told)))]
        assert told.all("etag") == []
        assert told.all("set-cookie") == []
    assert asked == ["/static/js/a.js"]


def test_who_takes_brotli_gets_it() -> None:
    app, _ = _app()
    told = ask(
        Compressed(app), path="/static/js/a.js", **{"accept-encoding": "gzip, deflate, br;q=1"}
    )
    assert brotli.decompress(_body(told)) == SCRIPT
    assert told.all("content-encoding") == ["br"]


def test_who_does_not_take_it_or_wants_a_part_gets_it_as_it_is() -> None:
    app, _ = _app()
    for headers in (
        {},
        {"accept-encoding": "br"},
        {"accept-encoding": "gzip", "range": "bytes=1-"},
    ):
        told = ask(Compressed(app), path="/static/js/a.js", **headers)
        assert _body(told) == SCRIPT
        assert told.all("content-encoding") == []


def test_a_page_is_compressed_each_time_as_it_may_be_another() -> None:
    app, asked = _app(b"<html>" * 300, **{"content-type": "text/html", "cache-control": "no-cache"})
    door = Compressed(app)
    for _ in range(2):
        told = ask(door, **{"accept-encoding": "gzip"})
        assert gzip.decompress(_body(told)) == b"<html>" * 300
    assert asked == ["/", "/"]


def test_pictures_failures_what_is_small_and_what_is_compressed_stay_as_they_are() -> None:
    for body, status, headers in (
        (SCRIPT, 200, {"content-type": "font/woff2"}),
        (SCRIPT, 404, {}),
        (b"1", 200, {}),
        (SCRIPT, 200, {"content-encoding": "gzip"}),
        (SCRIPT, 200, {"cache-control": "no-cache"}),
    ):
        app, _ = _app(body, status, **headers)
        assert _body(ask(Compressed(app), **{"accept-encoding": "gzip"})) == body
