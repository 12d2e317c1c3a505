"""Who is let in by the names that a request comes with."""

import pytest

from server.asgi import Receive, Scope, Send
from server.origin import OwnOrigin
from tests.server.conftest import ask, page

HOSTS = ["localhost", "127.0.0.1", "::1"]
HERE = "localhost:8501"
BOTH = pytest.mark.parametrize("kind", ["http", "websocket"])


def let_in(
    *,
    kind: str = "http",
    hosts: list[str] = HOSTS,
    only_pages: bool = False,
    **sent: str | list[str],
) -> bool:
    told = ask(OwnOrigin(page, hosts=hosts, only_pages=only_pages), kind, **sent)
    assert told.status in (None, 200, 403)
    assert (told.messages[0]["type"] == "websocket.accept") == (told.status is None)
    return told.status != 403


@BOTH
@pytest.mark.parametrize(
    "host",
    ["localhost:8501", "LOCALHOST:8501", "localhost.", "127.0.0.1:8501", "[::1]:8501", "[::1]"],
)
def test_our_own_names_are_let_in(kind: str, host: str) -> None:
    assert let_in(kind=kind, host=host, origin=f"http://{host}")


@BOTH
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "localhost.evil.example",
        "localhost:8501.evil.example",
        "evil.example:8501",
        "localhost@evil.example",
        "evil@localhost",
        "localhost/evil",
        "localhost?evil",
        "localhost#evil",
        "localhost:999999",
        "localhost:port",
        "127.0.0.1.evil.example",
        "0.0.0.0:8501",
        "[::1]evil",
        "[::2]:8501",
        "[::1",
        "",
        "ｌocalhost".encode().decode("latin-1"),
    ],
)
def test_another_name_for_this_machine_is_not(kind: str, host: str) -> None:
    """DNS rebinding: to the browser such a page and this server are one origin."""
    assert not let_in(kind=kind, host=host, origin=f"http://{host}")
    assert not let_in(kind=kind, host=host)


@BOTH
def test_a_name_is_given_once(kind: str) -> None:
    assert not let_in(kind=kind)
    assert not let_in(kind=kind, host=[HERE, HERE])
    assert not let_in(kind=kind, host=[HERE, "evil.example"])


@BOTH
@pytest.mark.parametrize(
    ("hosts", "host", "there"),
    [
        ([], "anything.example", True),
        ([], "anything.example/with-a-path", False),
        (["*"], "user@anything.example", False),
        (["*"], "anything.example", True),
        (["*.example.com"], "a.example.com:443", True),
        (["*.example.com"], "b.a.example.com", True),
        (["*.example.com"], "example.com", False),
        (["*.example.com"], "evilexample.com", False),
        (["Anbiao.Example.com."], "anbiao.example.com", True),
        (["[::1]"], "[::1]:8501", True),
    ],
)
def test_names_are_set_as_streamlit_sets_them(
    kind: str, hosts: list[str], host: str, there: bool
) -> None:
    assert let_in(kind=kind, hosts=hosts, host=host) == there


@BOTH
@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://localhost.evil.example:8501",
        "http://localhost:3000",
        "http://localhost",
        "http://127.0.0.1:8501",
        "http://evil@localhost:8501",
        "ws://localhost:8501",
        "file://localhost:8501",
        "http://localhost:8501/page",
        "localhost:8501",
        "null",
        "",
    ],
)
def test_a_page_from_elsewhere_is_not_let_in(kind: str, origin: str) -> None:
    assert not let_in(kind=kind, host=HERE, origin=origin)
    assert not let_in(kind=kind, host=HERE, origin=[f"http://{HERE}", origin])


@BOTH
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_page_of_our_own_is_also_behind_a_proxy_that_has_the_certificate(
    kind: str, scheme: str
) -> None:
    assert let_in(kind=kind, hosts=["a.example"], host="a.example", origin=f"{scheme}://a.example")


def test_without_an_origin_pages_are_let_in_and_websockets_where_many_may_come() -> None:
    assert let_in(host=HERE, only_pages=True)
    assert let_in(kind="websocket", host=HERE, only_pages=False)
    assert not let_in(kind="websocket", host=HERE, only_pages=True)


def test_the_health_check_answers_under_any_name_but_to_no_other_site() -> None:
    assert let_in(path="/_stcore/health", host="10.0.0.7:8501")
    assert let_in(path="/_stcore/health")
    assert not let_in(path="/_stcore/health", host=HERE, origin="http://evil.example")
    assert not let_in(kind="websocket", path="/_stcore/health", host="evil.example")
    assert not let_in(path="/_stcore/host-config", host="10.0.0.7:8501")


@BOTH
def test_a_refusal_says_so_and_no_more(kind: str) -> None:
    told = ask(OwnOrigin(page, hosts=HOSTS, only_pages=True), kind, host="evil.example")
    assert (told.status, told.all("content-type")) == (403, ["text/plain; charset=utf-8"])
    assert told.messages[1]["body"] == b"Forbidden"


def test_who_reads_the_refusal_is_told_what_to_do_in_chinese() -> None:
    told = ask(OwnOrigin(page, HOSTS, only_pages=False), host="10.0.0.7:8501", Accept="text/html")
    assert (told.status, told.all("content-type")) == (403, ["text/html; charset=utf-8"])
    assert "请用邀请您的人给的地址" in told.messages[1]["body"].decode()


def test_what_is_no_request_passes() -> None:
    asked: list[str] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        asked.append(scope["type"])

    ask(OwnOrigin(app, hosts=HOSTS, only_pages=True), "lifespan")
    assert asked == ["lifespan"]


@pytest.mark.parametrize(
    ("host", "there"),
    [("localhost:8501", True), ("[::1]:8501", True), ("localhost:8502", False), ("[::1]", False)],
)
def test_for_one_person_a_websocket_is_of_the_servers_own_port(host: str, there: bool) -> None:
    app = OwnOrigin(page, hosts=HOSTS, only_pages=True)
    scope: Scope = {"server": ("127.0.0.1", 8501), "scheme": "ws"}
    told = ask(app, "websocket", scope=scope, host=host, origin=f"http://{host}")
    assert (told.status != 403) == there
    others = OwnOrigin(page, hosts=HOSTS, only_pages=False)  # behind a proxy of another port
    told = ask(others, "websocket", scope=scope, host=host, origin=f"http://{host}")
    assert told.status != 403
