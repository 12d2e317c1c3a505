"""The running server turns away what no page of its own sends."""

import http.client
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import streamlit as st
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from state.documents.transfer import MAX_BYTES
from tests.browser.conftest import Server, serve
from tests.hostile.targets import ROOT
from ui import session

SAFE = {
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.corsAllowedOrigins": [],
    "server.allowedHosts": ["localhost", "127.0.0.1", "::1"],
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.address": "localhost",
    "browser.gatherUsageStats": False,
    "server.showEmailPrompt": False,
    "logger.hideWelcomeMessage": True,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "global.developmentMode": False,
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="module")
def option() -> Callable[[str], Any]:
    """What Streamlit makes of config.toml, as `streamlit run` would in this folder."""
    sizes = [f"server.max{what}Size" for what in ("Upload", "Message", "WidgetState")]
    names = [*SAFE, *sizes]
    code = (
        "import json, sys; from streamlit import config;"
        "print(json.dumps({name: config.get_option(name) for name in sys.argv[1:]}))"
    )
    command = [sys.executable, "-c", code, *names]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    options: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return options.__getitem__


@pytest.mark.parametrize("name, value", SAFE.items(), ids=SAFE)
def test_nothing_is_told_to_others_and_protection_is_on(
    option: Callable[[str], Any], name: str, value: object
) -> None:
    assert option(name) == value


def test_no_larger_file_is_taken_than_a_page_may_ask_for(option: Callable[[str], Any]) -> None:
    """What the page of the day asks for is asked of server/uploads.py: tests/server."""
    assert option("server.maxUploadSize") * 1024 * 1024 > MAX_BYTES
    assert option("server.maxUploadSize") == 25
    assert option("server.maxMessageSize") <= 5
    assert option("server.maxWidgetStateSize") == 1


def _asked(server: Server, method: str, path: str, **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=20)
    connection.request(method, path, body=b"x", headers=headers)
    return connection.getresponse()


UPLOAD = "/_stcore/upload_file/session/file"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-Xsrftoken": "made-up"},
        {"Cookie": "_streamlit_xsrf=made-up"},
        {"Cookie": "_streamlit_xsrf=one", "X-Xsrftoken": "other"},
    ],
    ids=["nothing", "token only", "cookie only", "two that differ"],
)
@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_an_upload_without_the_page_s_token_is_refused(
    server: Server, method: str, headers: dict[str, str]
) -> None:
    assert _asked(server, method, UPLOAD, **headers).status == 403


def test_with_its_token_the_upload_of_an_unknown_session_is_refused_for_that(
    server: Server,
) -> None:
    """So that the refusals above are for the token's sake."""
    cookie = _asked(server, "GET", "/_stcore/health").headers["Set-Cookie"].partition(";")[0]
    token = cookie.partition("=")[2]
    answer = _asked(server, "PUT", UPLOAD, Cookie=cookie, **{"X-Xsrftoken": token})
    assert (answer.status, b"session" in answer.read()) == (400, True)


def _stream(server: Server) -> str:
    return f"ws://{urlsplit(server.address).netloc}/_stcore/stream"


def test_a_page_of_the_app_is_connected(server: Server) -> None:
    with connect(_stream(server), origin=server.address, subprotocols=["streamlit"]) as opened:
        assert opened.state.name == "OPEN"


@pytest.mark.parametrize(
    "origin",
    ["http://example.invalid", "http://localhost.example.invalid", "http://localhost:1", "null"],
)
def test_a_page_from_elsewhere_is_not_connected(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        connect(_stream(server), origin=origin, subprotocols=["streamlit"])
    assert refused.value.response.status_code == 403


def test_a_name_made_to_point_here_is_not_connected(server: Server) -> None:
    """DNS rebinding: to the browser such a page and this server are one origin."""
    port = urlsplit(server.address).port
    address = f"ws://example.invalid:{port}/_stcore/stream"
    origin = f"http://example.invalid:{port}"
    with (
        socket.create_connection(("localhost", port)) as here,
        pytest.raises(InvalidStatus) as refused,
    ):
        connect(address, sock=here, origin=origin, subprotocols=["streamlit"])
    assert refused.value.response.status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/..%2f..%2f..%2fetc/passwd",
        "/%2e%2e/requirements.txt",
        "/static/..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "/app/static/requirements.txt",
        "/media/..%2f..%2fetc/passwd",
        "/component/x/..%2f..%2fetc/passwd",
        "/.streamlit/config.toml",
    ],
)
def test_no_path_leads_to_a_file_of_this_machine(server: Server, path: str) -> None:
    content = _asked(server, "GET", path).read()
    assert b"root:" not in content
    assert b"streamlit==" not in content
    assert b"[server]" not in content


@pytest.mark.parametrize("path", ["/_stcore/agent/interact", "/_stcore/agent/mcp"])
def test_no_program_drives_the_app_over_http(server: Server, path: str) -> None:
    answer = _asked(server, "POST", path)
    assert answer.status >= 400
    assert b"does not serve the agent API" in answer.read()


def test_no_message_of_a_browser_forgets_what_waits(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ANBIAO_DATA", str(tmp_path))
    session.close_service()
    before = session.service()
    st.cache_resource.clear()  # as Streamlit does when a browser sends `clear_cache`
    st.cache_data.clear()
    assert session.service() is before
    session.close_service()
