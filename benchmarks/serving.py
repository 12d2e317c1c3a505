"""Streamlit servers as processes of their own, and the browser that looks at them."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent
_RUN = [sys.executable, "-m", "streamlit", "run"]
RUN, RUN_BARE = [*_RUN, "server.py"], [*_RUN, "app.py"]
"""What starts this app, and the one that it is compared with."""

_BARE = """\
import streamlit as st

st.title("Bare")
st.text("One checkbox and its value.")
value = st.checkbox("Tick")
st.write(value)
"""
HOME = "[data-testid=stMain] h1"
"""Drawn on the first page of either app."""

_FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
_SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
_PATIENCE = 120.0


def bare_app(folder: Path, settings: Path | None = None) -> Path:
    """Write the app everything is compared with, and return its folder.

    settings: a config.toml to run it by, instead of Streamlit's defaults.
    """
    (folder / ".streamlit").mkdir(parents=True)
    (folder / "app.py").write_text(_BARE, encoding="utf-8")
    if settings:
        shutil.copy(settings, folder / ".streamlit" / "config.toml")
    return folder


@contextlib.contextmanager
def running(command: list[str], folder: Path, data: Path) -> Iterator[str]:
    """`serving` for those who need no more than the address."""
    with serving(command, folder, data) as (address, _):
        yield address


@contextlib.contextmanager
def serving(
    command: list[str], folder: Path, data: Path, mode: str = "local"
) -> Iterator[tuple[str, int]]:
    """Start a server in `folder` and end it, with all its children, afterwards.

    data: where it keeps assessments. mode: ANBIAO_MODE. Yields: its address, which may not answer
    yet, and the id of its process.
    """
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        port = probe.getsockname()[1]
    settings = {
        "ANBIAO_DATA": str(data),
        "ANBIAO_MODE": mode,
        "STREAMLIT_SERVER_ADDRESS": "localhost",
        "STREAMLIT_SERVER_PORT": str(port),
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
        "STREAMLIT_LOGGER_LEVEL": "warning",
    }
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield f"http://localhost:{port}", process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def wait_for_answer(address: str) -> None:
    """Wait until the first page and the health check answer. Raises: TimeoutError."""
    deadline = monotonic() + _PATIENCE
    for path in ("/_stcore/health", "/"):
        while not _answers(address.removeprefix("http://"), path):
            if monotonic() > deadline:
                raise TimeoutError(f"{address}{path} did not answer in {_PATIENCE:g} s")
            sleep(0.01)


def _answers(host: str, path: str) -> bool:
    connection = HTTPConnection(host, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    """A headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"), args=_FLAGS.split()
        )
        try:
            yield opened
        finally:
            opened.close()


def blank_page(opened: Browser) -> Page:
    """A page in a window of its own, with nothing cached."""
    context = opened.new_context(locale="zh-CN", viewport={"width": 1280, "height": 800})
    context.set_default_timeout(_PATIENCE * 1000)
    return context.new_page()


def visit(page: Page, address: str, *shown: str) -> None:
    """Open an address and wait until everything in `shown` is drawn and the script has ended."""
    page.goto(address)
    for selector in shown:
        page.wait_for_selector(selector)
    settle(page)


def settle(page: Page) -> None:
    """Wait until the script behind the page has run to its end."""
    page.wait_for_selector(_SETTLED)
