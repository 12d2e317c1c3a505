"""The security headers are on every answer, once."""

import re
from pathlib import Path

import pytest

from server.headers import HEADERS, SecurityHeaders
from tests.server.conftest import Told, app_that_sends, ask, page

NGINX = Path(__file__).parents[2] / "deploy" / "nginx.conf"

EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Content-Security-Policy": "default-src 'self'; script-src 'self' 'unsafe-inline'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'",
}


def all_there(told: Told) -> None:
    assert {name: told.all(name) for name in EXPECTED} == {n: [v] for n, v in EXPECTED.items()}


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_an_answer_has_them(kind: str) -> None:
    told = ask(SecurityHeaders(page), kind)
    assert len(told.messages) == (2 if kind == "http" else 1)
    all_there(told)


def test_those_of_the_app_stay_and_give_way_where_it_says_the_same() -> None:
    headers = [(b"etag", b"1"), (b"Referrer-Policy", b"unsafe-url"), (b"Set-Cookie", b"a=b")]
    start = {"type": "http.response.start", "status": 304, "headers": headers}
    told = ask(SecurityHeaders(app_that_sends(start, {"type": "http.response.body"})))
    assert (told.status, told.all("etag"), told.all("set-cookie")) == (304, ["1"], ["a=b"])
    all_there(told)


CLOSE = {"type": "websocket.close", "code": 1008}


def test_a_websocket_refused_by_the_app_is_refused_by_an_answer_that_has_them() -> None:
    told = ask(SecurityHeaders(app_that_sends(CLOSE)), "websocket")
    assert told.status == 403
    assert [message["type"] for message in told.messages] == [
        "websocket.http.response.start",
        "websocket.http.response.body",
    ]
    all_there(told)


def test_a_server_that_cannot_answer_a_websocket_is_told_to_close_it() -> None:
    told = ask(SecurityHeaders(app_that_sends(CLOSE)), "websocket", extensions={})
    assert told.messages == [CLOSE]


def test_an_open_websocket_is_closed_as_the_app_says() -> None:
    close = {"type": "websocket.close", "code": 1009}
    told = ask(SecurityHeaders(app_that_sends({"type": "websocket.accept"}, close)), "websocket")
    assert told.messages[1:] == [close]


@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_a_failure_is_answered_with_them_and_passed_on(kind: str) -> None:
    told = ask(SecurityHeaders(app_that_sends(fails=True)), kind)
    assert (told.status, told.failed) == (500, True)
    assert told.messages[1]["body"] == b"Internal Server Error"
    all_there(told)


def test_a_failure_after_the_answer_has_begun_adds_nothing_to_it() -> None:
    start = {"type": "http.response.start", "status": 200}
    told = ask(SecurityHeaders(app_that_sends(start, fails=True)))
    assert [message["type"] for message in told.messages] == ["http.response.start"]
    assert told.failed


def test_nginx_says_the_same_and_hides_ours() -> None:
    site = NGINX.read_text(encoding="utf-8")
    added = dict(re.findall(r'^    add_header (\S+) "?([^$"]*?)"? always;$', site, re.MULTILINE))
    del added["Strict-Transport-Security"]  # nginx alone, as it alone has the certificate
    assert added == EXPECTED
    assert set(re.findall(r"^    proxy_hide_header (\S+);$", site, re.MULTILINE)) == set(HEADERS)
