"""Cookies behind TLS."""

import pytest

from server.asgi import Message
from server.cookies import SecureCookies
from tests.server.conftest import app_that_sends, ask

COOKIE = "_streamlit_user=abc; HttpOnly; Path=/; SameSite=lax"
ANSWER: Message = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"Set-Cookie", COOKIE.encode()), (b"set-cookie", b"a=b; secure"), (b"x", b"y")],
}
APP = SecureCookies(app_that_sends(ANSWER, {"type": "http.response.body", "body": b""}))


@pytest.mark.parametrize(
    ("scheme", "said"), [("https", None), ("http", "https"), ("http", "HTTPS, http")]
)
def test_cookies_are_secure_where_the_browser_came_by_tls(scheme: str, said: str | None) -> None:
    headers = {"x-forwarded-proto": said} if said else {}
    told = ask(APP, scope={"scheme": scheme}, **headers)
    assert told.all("set-cookie") == [f"{COOKIE}; Secure", "a=b; secure"]
    assert told.all("x") == ["y"]


@pytest.mark.parametrize("said", [None, "http", "http, https", "", "nonsense"])
def test_cookies_stay_as_they_are_on_a_plain_connection(said: str | None) -> None:
    headers = {} if said is None else {"x-forwarded-proto": said}
    assert ask(APP, scope={"scheme": "http"}, **headers).all("set-cookie")[0] == COOKIE


def test_a_cookie_given_with_a_websocket_is_secure_too() -> None:
    accept: Message = {"type": "websocket.accept", "headers": [(b"set-cookie", b"a=b")]}
    told = ask(SecureCookies(app_that_sends(accept)), "websocket", scope={"scheme": "wss"})
    assert told.all("set-cookie") == ["a=b; Secure"]
