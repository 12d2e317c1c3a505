"""The server as it runs: what it lets in, what it answers with, and what it does by itself."""

import http.client
import os
import select
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from state.documents.access import Access
from state.documents.assessment import new_assessment
from state.storage.folder import TinyRepository
from tests.browser.conftest import ROOT, Server, serve
from tests.server.test_headers import EXPECTED
from tests.waiting import eventually

EVIL = "http://evil.example"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("data")) as running:
        yield running


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("data"), ANBIAO_MODE="link") as running:
        yield running


def port_of(server: Server) -> int:
    port = urlsplit(server.address).port
    assert port
    return port


def asked(
    port: int, path: str = "/", method: str = "GET", at: str = "localhost", **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(at, port, timeout=20)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer


def connected(port: int, host: str = "", origin: str | None = None, at: str = "localhost") -> int:
    """What the page's websocket is answered with; 101 when it is open."""
    host = host or f"{at}:{port}"
    with socket.create_connection((at, port), timeout=20) as here:
        try:
            address = f"ws://{host}/_stcore/stream"
            with connect(address, sock=here, origin=origin, subprotocols=["streamlit"]):
                return 101
        except InvalidStatus as refused:
            assert {n: refused.response.headers.get_all(n) for n in EXPECTED} == {
                name: [value] for name, value in EXPECTED.items()
            }
            return refused.response.status_code


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/assess?a=1", 200),
        ("GET", "/results/", 301),
        ("GET", "/static/../etc/passwd", 400),
        ("GET", "/_stcore/health", 200),
        ("GET", "/_stcore/host-config", 200),
        ("GET", "/_stcore/agent/nothing", 404),
        ("GET", "/media/nothing.pdf", 404),
        ("OPTIONS", "/media/nothing.pdf", 204),
        ("POST", "/media/nothing.pdf", 405),
        ("PUT", "/_stcore/upload_file/session/file", 403),
    ],
)
def test_every_answer_has_the_security_headers(
    server: Server, method: str, path: str, status: int
) -> None:
    answer = asked(port_of(server), path, method)
    assert answer.status == status
    assert {name: answer.headers.get_all(name) for name in EXPECTED} == {
        name: [value] for name, value in EXPECTED.items()
    }


def test_files_of_the_page_have_them_too(server: Server) -> None:
    static = Path(sys.prefix).glob("lib/*/site-packages/streamlit/static/static/js/index.*.js")
    name = next(static).name
    answer = asked(port_of(server), f"/static/js/{name}")
    assert answer.status == 200
    assert "javascript" in answer.headers["Content-Type"]
    assert answer.headers.get_all("X-Content-Type-Options") == ["nosniff"]
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost"}, 200),
        ({"Host": "127.0.0.1:8501"}, 200),
        ({"Host": "evil.example"}, 403),
        ({"Host": "localhost.evil.example"}, 403),
        ({"Origin": EVIL}, 403),
        ({"Origin": "null"}, 403),
        ({"Host": "localhost:8501", "Origin": "http://localhost:8501"}, 200),
        ({"Host": "localhost:8501", "Origin": "http://localhost:8502"}, 403),
    ],
)
def test_pages_are_for_our_own_name_and_our_own_pages(
    server: Server, headers: dict[str, str], status: int
) -> None:
    assert asked(port_of(server), **headers).status == status


def test_one_persons_app_is_connected_to_its_own_pages_only(server: Server) -> None:
    port = port_of(server)
    assert connected(port, origin=server.address) == 101
    assert connected(port, f"127.0.0.1:{port}", f"http://127.0.0.1:{port}") == 101
    assert connected(port, origin=EVIL) == 403
    assert connected(port, origin=f"http://127.0.0.1:{port}") == 403
    assert connected(port, origin="http://localhost:3000") == 403
    assert connected(port, "evil.example", "http://evil.example") == 403
    assert connected(port) == 403


def test_an_app_for_many_is_connected_to_its_own_pages_and_to_no_page_at_all(
    shared: Server,
) -> None:
    port = port_of(shared)
    assert connected(port, origin=shared.address) == 101
    assert connected(port) == 101
    assert connected(port, origin=EVIL) == 403
    assert connected(port, "evil.example") == 403


def test_the_newer_address_of_this_computer_is_its_own(tmp_path: Path) -> None:
    with serve(tmp_path, STREAMLIT_SERVER_ADDRESS="::1") as running:
        port = port_of(running)
        host = f"[::1]:{port}"
        assert asked(port, at="::1", Host=host).status == 200
        assert connected(port, host, f"http://{host}", at="::1") == 101
        assert connected(port, host, f"http://localhost:{port}", at="::1") == 403
        assert connected(port, "[::2]", "http://[::2]", at="::1") == 403


@contextmanager
def internet() -> Iterator[tuple[dict[str, str], socket.socket]]:
    """Settings by which a program asks the internet through us, and where it would come out."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        way = f"http://127.0.0.1:{listening.getsockname()[1]}"
        names = ("http_proxy", "https_proxy", "all_proxy")
        proxies = {name: way for low in names for name in (low, low.upper())}
        yield proxies | {"no_proxy": "", "NO_PROXY": ""}, listening


def somebody_came(listening: socket.socket) -> bool:
    return bool(select.select([listening], [], [], 0)[0])


def test_nothing_on_the_internet_is_asked(tmp_path: Path) -> None:
    """Neither at the start nor about a page that connects, as Streamlit would by itself."""
    with internet() as (ways, listening):
        # To listen everywhere is what made Streamlit ask for the address that others see.
        with serve(tmp_path, STREAMLIT_SERVER_ADDRESS="0.0.0.0", **ways) as running:
            port = port_of(running)
            assert connected(port, origin="https://evil.example") == 403
            assert connected(port, origin=f"http://8.8.8.8:{port}") == 403
            assert connected(port, origin=running.address) == 101
            assert asked(port).status == 200
        assert not somebody_came(listening)


def test_streamlit_by_itself_would_ask() -> None:
    """So that the test above sees something, and says when it is no longer needed."""
    code = (
        "from streamlit.web.server.server_util import is_url_from_allowed_origins as allowed;"
        "assert not allowed('https://evil.example')"
    )
    with internet() as (ways, listening):
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=os.environ | ways, check=True, timeout=60
        )
        assert somebody_came(listening)


def test_the_bin_is_emptied_while_nobody_clicks(tmp_path: Path) -> None:
    repository = TinyRepository(tmp_path)
    for days in (29, 31):
        deleted = datetime.now(UTC) - timedelta(days=days)
        repository.create(new_assessment(), Access(deleted=deleted))
    with serve(tmp_path):
        eventually(lambda: repository.list().count == 1)
        (left,) = repository.list().lines
    assert left.access.deleted
    assert datetime.now(UTC) - left.access.deleted < timedelta(days=30)


_LIFE = """
import asyncio, gc, threading
from server import app
from ui import gate

def state():
    housekeeping = any(thread.name == "housekeeping" for thread in threading.enumerate())
    print(gate.door.is_set(), gc.get_freeze_count() > 100_000, housekeeping)

async def many_at_once():
    # more than a machine of few cores has by itself
    meeting = threading.Barrier(100, timeout=20)
    await asyncio.gather(*[asyncio.to_thread(meeting.wait) for _ in range(100)])

async def live():
    told, said = asyncio.Queue(), asyncio.Queue()
    life = asyncio.create_task(app({"type": "lifespan"}, told.get, said.put))
    state()
    for event in ("startup", "shutdown"):
        await told.put({"type": f"lifespan.{event}"})
        assert await said.get() == {"type": f"lifespan.{event}.complete"}
        state()
        if event == "startup":
            await many_at_once()
    await life

asyncio.run(live())
"""


_KEEPS = """
from server import app
from state.documents.examples import examples
from ui import session

repository = session.service().repository
repository.create(examples()[0].read())
repository.put_blob(b"x")
"""


def test_what_people_keep_is_for_the_servers_user_alone_whatever_the_umask(tmp_path: Path) -> None:
    settings = {"ANBIAO_DATA": str(tmp_path / "data"), "STREAMLIT_SERVER_HEADLESS": "true"}
    command = [sys.executable, "-c", _KEEPS]
    subprocess.run(command, cwd=ROOT, env=os.environ | settings, umask=0, check=True, timeout=60)
    command = [
        sys.executable,
        "-m",
        "state",
        "copy",
        str(tmp_path / "data"),
        str(tmp_path / "copy"),
    ]
    subprocess.run(command, cwd=ROOT, umask=0, check=True, timeout=60, capture_output=True)
    found = {path: path.stat().st_mode & 0o777 for path in tmp_path.rglob("*")}
    assert len(found) > 10
    assert {p: m for p, m in found.items() if m != (0o700 if p.is_dir() else 0o600)} == {}


def test_what_is_imported_is_frozen_and_what_has_begun_ends(tmp_path: Path) -> None:
    settings = {
        "ANBIAO_DATA": str(tmp_path),
        "ANBIAO_MODE": "link",  # where nobody waits for the first page
        "STREAMLIT_SERVER_HEADLESS": "true",
        "STREAMLIT_SERVER_COOKIE_SECRET": "x" * 32,
    }
    run = subprocess.run(
        [sys.executable, "-c", _LIFE],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.stdout.splitlines() == [
        "False False False",
        "AnBiao: http://localhost:8501",
        "True True True",
        "False True False",
    ], run.stderr


def test_a_link_is_the_first_thing_also_without_the_server_in_front(
    chromium: Browser, tmp_path: Path
) -> None:
    """Streamlit by itself would run the page alone, in an app of its old kind."""
    with serve(tmp_path, script="app.py") as running:
        page = chromium.new_page(locale="zh-CN")
        page.goto(f"{running.address}/standards")
        expect(page.locator("[data-testid=stTopNavLink]")).to_have_count(7)
        expect(page.locator("[data-testid=stTopNavLink]").first).to_contain_text("开始")
        expect(page.locator("[data-testid=stSidebarNavLink]")).to_have_count(0)
        page.close()


@pytest.mark.parametrize("mode", ["link", "login"])
def test_without_the_server_in_front_only_one_person_is_let_in(
    chromium: Browser, tmp_path: Path, mode: str
) -> None:
    with serve(tmp_path, script="app.py", ANBIAO_MODE=mode) as running:
        page = chromium.new_page(locale="zh-CN")
        page.goto(f"{running.address}/assess")
        expect(page.get_by_text("这样启动只能单机使用")).to_be_visible()
        expect(page.get_by_text("streamlit run server.py")).to_be_visible()
        assert page.locator("[data-testid=stMain] button").count() == 0
        page.close()


def test_one_person_needs_no_server_in_front(chromium: Browser, tmp_path: Path) -> None:
    with serve(tmp_path, script="app.py", ANBIAO_MODE="local") as running:
        page = chromium.new_page(locale="zh-CN")
        page.goto(running.address)
        expect(page.get_by_role("button", name="新建自评")).to_be_visible()
        page.close()


_BEHIND = """
import asyncio, gc, sys, threading
from server import app
from ui import warming

async def live():
    told, said = asyncio.Queue(), asyncio.Queue()
    life = asyncio.create_task(app({"type": "lifespan"}, told.get, said.put))
    await told.put({"type": "lifespan.startup"})
    await said.get()
    (thread,) = [one for one in threading.enumerate() if one.name == "warming"]
    print("reports.documents" in sys.modules, thread.is_alive())
    warming.drawn()
    await asyncio.to_thread(thread.join, 50)
    print("reports.documents" in sys.modules, thread.is_alive(), gc.get_freeze_count() > 100_000)

asyncio.run(live())
"""


def test_on_ones_own_computer_what_the_first_page_does_not_need_comes_behind_it(
    tmp_path: Path,
) -> None:
    settings = {"ANBIAO_DATA": str(tmp_path), "STREAMLIT_SERVER_HEADLESS": "true"}
    run = subprocess.run(
        [sys.executable, "-c", _BEHIND],
        cwd=ROOT,
        env=os.environ | settings,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert run.stdout.splitlines()[1:] == ["False True", "True False True"], run.stderr
