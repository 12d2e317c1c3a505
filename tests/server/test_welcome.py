"""Where the app says it is."""

import time
import webbrowser
from queue import Queue

import pytest

from server.welcome import address, welcome


@pytest.mark.parametrize(
    ("host", "path", "tls", "url"),
    [
        ("localhost", "", False, "http://localhost:8501"),
        ("0.0.0.0", "", False, "http://localhost:8501"),
        ("::", "", False, "http://localhost:8501"),
        ("", "", False, "http://localhost:8501"),
        ("::1", "", False, "http://[::1]:8501"),
        ("10.0.0.7", "/safety/", True, "https://10.0.0.7:8501/safety"),
    ],
)
def test_the_address_is_one_that_a_browser_here_can_open(
    host: str, path: str, tls: bool, url: str
) -> None:
    assert address(host, 8501, path, tls) == url


@pytest.mark.parametrize("browser", [True, False])
def test_it_is_printed_and_opened_where_there_is_a_browser(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, browser: bool
) -> None:
    opened = Queue[str]()
    monkeypatch.setattr(webbrowser, "open", opened.put)
    welcome("http://localhost:8501", browser)
    assert capsys.readouterr().out == "AnBiao: http://localhost:8501\n"
    if browser:
        assert opened.get(timeout=5) == "http://localhost:8501"
    time.sleep(0.1)
    assert opened.empty()
