import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from streamlit.components.v2.component_manager import BidiComponentManager

import schemes
from schemes import Scheme

FIXTURES = Path(__file__).parent / "fixtures" / "schemes"

LIBRARY = Path(__file__).parent / "fixtures" / "library"
"""One made-up standard, `workshop`, in two versions: 1.0, frozen, and 1.1."""

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--process-per-site",  # see tests/browser/conftest.py, `warm`
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; Playwright runs once in a process."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium-headless-shell")
        assert path, "Debian's chromium-headless-shell is needed; make test installs it"
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def _no_components() -> Iterator[None]:
    """What is installed is not searched for components, which no page has.

    Each `AppTest` would do it anew, in ten times what a run of a page takes.
    """
    with pytest.MonkeyPatch.context() as patch:
        name = "discover_and_register_components"
        patch.setattr(BidiComponentManager, name, lambda *_, **__: None)
        yield


def scheme_named(name: str, version: str | None = None) -> Scheme:
    """A shipped scheme, the newest unless a version is named, or one of the small made-up ones."""
    folder = FIXTURES / name
    return schemes.load_folder(folder) if folder.is_dir() else schemes.load(name, version)


@pytest.fixture(scope="session")
def condiment() -> Scheme:
    return schemes.load("condiment")


@pytest.fixture(scope="session")
def hazchem() -> Scheme:
    return schemes.load("hazchem")


@pytest.fixture(scope="session")
def mini() -> Scheme:
    return scheme_named("mini-percent")
