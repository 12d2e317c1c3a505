"""What comes back where signing in came to nothing."""

import pytest

from server.asgi import Message
from server.login_trouble import LoginTrouble
from state.service.logins import AWAY, FAILED
from tests.server.conftest import Told, app_that_sends, ask

SIGNED_IN = (b"set-cookie", b'_streamlit_user="2|1:0|10"; HttpOnly; Path=/')
CLEARED = (b"set-cookie", b'_streamlit_user=""; Max-Age=0; Path=/')


def asked(
    path: str, status: int, *headers: tuple[bytes, bytes], query: bytes = b"", fails: bool = False
) -> Told:
    start: Message = {"type": "http.response.start", "status": status, "headers": [*headers]}
    said = () if fails else (start, {"type": "http.response.body", "body": b"English words"})
    app = LoginTrouble(app_that_sends(*said, fails=fails))
    return ask(app, path=path, scope={"query_string": query})


@pytest.mark.parametrize("base", ["/", "/self-check/"])
def test_a_provider_that_is_away_leads_back_to_the_app(base: str) -> None:
    told = asked(f"{base}auth/login", 400, query=b"provider=x")
    assert told.status == 302
    assert told.all("location") == [f"{base}?login_trouble={AWAY}"]
    assert told.messages[1]["body"] == b""


def test_a_failure_inside_leads_back_too() -> None:
    told = asked("/auth/login", 500, fails=True)
    assert told.status == 302
    assert told.all("location") == [f"/?login_trouble={AWAY}"]


@pytest.mark.parametrize("query", [b"code=1&state=of-another-tab", b"error=access_denied"])
def test_an_answer_that_makes_no_login_says_so(query: bytes) -> None:
    told = asked("/oauth2callback", 302, CLEARED, (b"location", b"/"), query=query)
    assert told.all("location") == [f"/?login_trouble={FAILED}"]
    assert told.all("set-cookie") == [CLEARED[1].decode()]


def test_what_goes_well_is_left_alone() -> None:
    there = (b"location", b"https://id.example/auth")
    assert asked("/auth/login", 302, there).all("location") == [there[1].decode()]
    home = (b"location", b"/")
    told = asked("/oauth2callback", 302, SIGNED_IN, home, query=b"code=1&state=2")
    assert told.all("location") == ["/"]
    assert asked("/oauth2callback", 302, home).all("location") == ["/"]  # back from signing out
    assert asked("/page", 404).status == 404
