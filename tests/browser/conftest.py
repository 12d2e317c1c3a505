import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, expect

import schemes
from scoring import Result, score
from state.documents.assessment import Assessment, answers_of
from state.storage.folder import TinyRepository

ROOT = Path(__file__).parents[2]
LAPTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
STILL: Literal["reduce"] = "reduce"
"""What moves while a page waits is drawn again and again, which takes more than the page."""

IDLE = (
    "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
)
HEADED = "[data-testid=stMain] :is(h1, h3, [data-testid=stAlert])"

expect.set_options(timeout=20_000)


@dataclass(frozen=True)
class Server:
    """The app as users run it, with a data folder of its own."""

    address: str
    repository: TinyRepository
    process: "subprocess.Popen[bytes]"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("data")) as running:
        yield running


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def serve(
    data: Path,
    port: int = 0,
    script: str = "server.py",
    ready_first: bool = False,
    **settings: str,
) -> Iterator[Server]:
    """Start the app on a free port, or a chosen one; settings are environment variables.

    ready_first: as deploy/anbiao@.service does it.
    """
    port = port or free_port()
    process = subprocess.Popen(
        [sys.executable, *([] if ready_first else ["-m", "streamlit", "run"]), script],
        cwd=ROOT,
        env=os.environ
        | {
            "ANBIAO_DATA": str(data),
            "STREAMLIT_SERVER_PORT": str(port),
            "STREAMLIT_SERVER_HEADLESS": "true",
        }
        | settings,
    )
    host = "[::1]" if settings.get("STREAMLIT_SERVER_ADDRESS") == "::1" else "localhost"
    address = f"http://{host}:{port}"
    try:
        wait_for(f"{address}/_stcore/health", process)
        yield Server(address, TinyRepository(data), process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(url: str, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except OSError:  # it listens before it is ready to answer
            assert process.poll() is None, "it did not start"
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer")


@pytest.fixture(scope="session")
def _visitor(chromium: Browser, server: Server) -> Iterator[tuple[BrowserContext, list[str]]]:
    """One visitor for all windows, as a page's scripts take seconds to be read a first time."""
    context = chromium.new_context(
        viewport=LAPTOP, locale="zh-CN", accept_downloads=True, reduced_motion=STILL
    )
    context.set_default_timeout(20_000)
    warm(context)
    strangers = note_strangers(context)
    visit(context, server.address).close()
    assert not strangers
    yield context, strangers
    context.close()


@pytest.fixture
def laptop(_visitor: tuple[BrowserContext, list[str]]) -> Iterator[Page]:
    yield from _window(*_visitor, LAPTOP)


@pytest.fixture
def phone(_visitor: tuple[BrowserContext, list[str]]) -> Iterator[Page]:
    yield from _window(*_visitor, PHONE)


def _window(context: BrowserContext, strangers: list[str], size: ViewportSize) -> Iterator[Page]:
    """An empty window; in the end nothing has failed or left this machine."""
    strangers.clear()
    page = context.new_page()
    page.set_viewport_size(size)
    try:
        yield page
        for window in windows(context):
            settle(window)
    finally:
        close_windows(context)
    assert not strangers


_STOVES = {"http://localhost/", "https://localhost/"}


def warm(context: BrowserContext) -> None:
    """Keep what has compiled the scripts of this machine's pages once from ending with a window.

    All windows of a context that show one site share a process; an empty one keeps it.
    """
    for address in sorted(_STOVES):
        page = context.new_page()
        page.route("**/*", lambda route: route.fulfill(body="", content_type="text/html"))
        page.goto(address)


def windows(context: BrowserContext) -> list[Page]:
    """What somebody has open."""
    return [page for page in context.pages if page.url not in _STOVES]


def close_windows(context: BrowserContext) -> None:
    """As if nobody had ever been here with this browser."""
    for window in windows(context):
        window.close()
    context.clear_cookies()


def note_strangers(context: BrowserContext) -> list[str]:
    """Where a context's pages, their workers and their sockets reach beyond this machine.

    Also what they only tried to reach, or to run, and the page's policy stopped.
    """
    strangers: list[str] = []
    context.on("console", lambda message: _note_stopped(message.text, strangers))
    context.on("request", lambda request: _note(request.url, strangers))
    context.on(
        "page",
        lambda page: page.on("websocket", lambda socket: _note(socket.url, strangers)),
    )
    return strangers


def _note(url: str, strangers: list[str]) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("data", "blob") and parts.hostname != "localhost":
        strangers.append(url)


def _note_stopped(words: str, strangers: list[str]) -> None:
    if "Content Security Policy" in words:
        strangers.append(words)


def visit(context: BrowserContext, url: str) -> Page:
    """A new window at an address."""
    page = context.new_page()
    again(page, url)
    return page


def again(page: Page, url: str = "") -> None:
    """Load the page anew, or go to another address in the same window."""
    page.goto(url or page.url)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the page is drawn and the server is done, without a stack trace."""
    page.wait_for_selector(HEADED)  # before it is connected, a page is idle and empty
    page.wait_for_selector(IDLE)
    page.wait_for_timeout(250)  # a click is on its way to the server before the state changes
    page.wait_for_selector(IDLE)
    expect(page.locator("[data-testid=stException]")).to_have_count(0)


def saved(server: Server, page: Page) -> Assessment:
    """The assessment in the address bar, as it is kept."""
    (assessment_id,) = parse_qs(urlsplit(page.url).query)["a"]
    return server.repository.load(assessment_id)


def engine_result(assessment: Assessment) -> Result:
    """What the engine says of the saved answers."""
    assert assessment.scheme
    scheme = schemes.load(assessment.scheme)
    return score(scheme, answers_of(scheme, assessment.work))


def pdf_text(file: Path) -> str:
    """The text of a PDF, as it is laid out."""
    return subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], check=True, capture_output=True, text=True
    ).stdout


def go(page: Page, step: str) -> None:
    """Use the navigation, which a phone folds away."""
    menu = page.locator("[data-testid=stExpandSidebarButton]")
    if menu.is_visible():
        menu.click()
    page.locator("[data-testid=stTopNavLink], [data-testid=stSidebarNavLink]").filter(
        has_text=step
    ).first.click()
    expect(page.locator("[data-testid=stMain] h3").first).to_have_text(step)
    settle(page)
