"""What the tests of a real deployment share: windows of several people, nginx, keys and links."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    ViewportSize,
    expect,
)

from state.documents.access import Access
from state.documents.assessment import new_id
from state.documents.examples import examples
from state.storage.repository import Repository
from tests.browser.conftest import (
    LAPTOP,
    ROOT,
    STILL,
    Server,
    again,
    close_windows,
    free_port,
    serve,
    settle,
    warm,
)
from tests.waiting import eventually

NGINX = ROOT / "deploy" / "nginx.conf"
PROCESSES = ("first", "second", "third", "fourth")
"""What nginx's cookie calls the app processes; as shipped there are two."""

_AROUND = """
daemon off;
user {user};
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/start.log;
worker_rlimit_nofile 8192;
events {{
    worker_connections 4096;
}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


@pytest.fixture(scope="session")
def _idle() -> dict[int, list[BrowserContext]]:
    """Browsers that nobody has, by their width; they have read the page's scripts before."""
    return defaultdict(list)


@pytest.fixture
def person(
    chromium: Browser, _idle: dict[int, list[BrowserContext]]
) -> Iterator[Callable[..., BrowserContext]]:
    """A browser of somebody who was never here: without cookies or anything else of theirs."""
    here: list[tuple[int, BrowserContext]] = []

    def come(size: ViewportSize = LAPTOP) -> BrowserContext:
        idle = _idle[size["width"]]
        if not idle:
            fresh = chromium.new_context(
                viewport=size,
                locale="zh-CN",
                accept_downloads=True,
                ignore_https_errors=True,
                reduced_motion=STILL,
            )
            warm(fresh)
            idle.append(fresh)
        context = idle.pop()
        context.set_default_timeout(20_000)
        here.append((size["width"], context))
        return context

    yield come
    for width, context in here:
        with suppress(Error):  # one that the test has closed
            close_windows(context)
            _idle[width].append(context)


def begin(page: Page) -> str:
    """Open the first sample and return its id."""
    page.get_by_role("button", name=examples()[0].title).click()
    page.wait_for_url("**/results?**")
    settle(page)
    return id_of(page)


def owned(repository: Repository, page: Page) -> str:
    """Keep the first sample as one that this browser has made, and return its id.

    As `begin` does, without the results being drawn, which takes seconds.
    """
    eventually(lambda: bool(page.evaluate("document.cookie.includes('anbiao_browser=')")))
    (key,) = (c["value"] for c in page.context.cookies() if c["name"] == "anbiao_browser")
    sample = examples()[0].read()
    repository.create(sample, Access(owner=f"browser:{key}"))
    return sample.id


def id_of(page: Page) -> str:
    """The id of the assessment in the address bar."""
    (found,) = parse_qs(urlsplit(page.url).query)["a"]
    return found


def box(page: Page, label: str) -> Locator:
    return page.locator("[data-testid=stCheckbox]").filter(has_text=label).locator("label")


def press(page: Page, label: str) -> None:
    """Click a button and wait for what it does."""
    page.get_by_role("button", name=label, exact=True).click()
    settle(page)


def rows(page: Page) -> int:
    """How many assessments the start page lists."""
    return page.locator("[class*=st-key-row-]").count()


def open_sharing(page: Page, address: str, assessment_id: str) -> None:
    """The part of the report page where the owner opens and closes the assessment to others."""
    again(page, f"{address}/report?a={assessment_id}")
    expect(page.get_by_text("分享：给老板")).to_be_visible()
    page.get_by_text("分享：给老板").click()


def new_read_link(page: Page, address: str, assessment_id: str) -> str:
    """Make a read-only link as the owner does, and return it."""
    open_sharing(page, address, assessment_id)
    before = page.locator("[data-testid=stCode]").filter(has_text="?r=").count()
    press(page, "新建只读链接")
    links = page.locator("[data-testid=stCode]").filter(has_text="?r=")
    expect(links).to_have_count(before + 1)
    return links.last.inner_text().strip()


def linked(repository: Repository, assessment_id: str, address: str) -> str:
    """A read-only link as the owner's button keeps one, without the page of that button drawn."""
    token = new_id()
    repository.change_access(
        assessment_id, lambda access: access.having(links=(*access.links, token))
    )
    return f"{address}/results?r={token}"


def unlinked(repository: Repository, assessment_id: str) -> None:
    """Take every read-only link back, as the owner's button does."""
    repository.change_access(assessment_id, lambda access: access.having(links=()))


def drop_read_link(page: Page) -> None:
    """Take the first read-only link back."""
    page.get_by_role("button", name="收回").first.click()
    settle(page)


def nothing_there(page: Page) -> None:
    """The page says that there is no such assessment, and shows nothing of it."""
    expect(page.get_by_text("没有找到这份自评")).to_be_visible()
    expect(page.get_by_text("还没有打开自评")).to_be_visible()
    assert page.locator("[data-testid=stMetric], [data-testid=stCheckbox]").count() == 0


ANSWERS = ", ".join(
    f"[data-testid={widget}]"
    for widget in ("stCheckbox", "stTextArea", "stNumberInput", "stFileUploader", "stForm")
)
"""Everything in which an answer can be given."""


def only_to_read(page: Page) -> None:
    """The page shows an assessment, and has nothing in it that could be changed."""
    expect(page.get_by_text("只读 · 保存于")).to_be_visible()
    assert page.locator(ANSWERS).count() == 0
    assert page.locator("[data-testid=stTopNavLink]").count() in (0, 3)  # a phone folds them away
    assert page.locator("[role=dialog]").count() == 0


def link_is_dead(page: Page) -> None:
    """The page says that a read-only link leads nowhere, and shows nothing."""
    expect(page.get_by_text("这个只读链接打不开")).to_be_visible()
    assert page.locator("[data-testid=stMetric], [data-testid=stCheckbox]").count() == 0


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As `certified`."""
    return certified(tmp_path_factory.mktemp("tls"))


def certified(folder: Path) -> Path:
    """The folder, with a certificate for localhost in it that nobody else trusts."""
    subprocess.run(
        [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
            "-addext",
            "subjectAltName=DNS:localhost",
            "-keyout",
            "tls.key",
            "-out",
            "tls.crt",
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    return folder


@dataclass(frozen=True)
class Nginx:
    """Debian's nginx with the site that is shipped."""

    folder: Path
    port: int
    plain_port: int

    @property
    def address(self) -> str:
        return f"https://localhost:{self.port}"

    def logged(self) -> str:
        """Everything it wrote down."""
        return "".join(log.read_text() for log in sorted(self.folder.glob("*.log")))


@contextmanager
def nginx_before(ports: Sequence[int], certificate: Path, folder: Path) -> Iterator[Nginx]:
    """Start nginx before app processes, with deploy/nginx.conf as an administrator adapts it.

    ports: of two or more.
    """
    server = Nginx(folder, free_port(), free_port())
    site = NGINX.read_text()
    for shipped, here in (
        ("anbiao.example.com", "localhost"),
        ("/etc/anbiao/tls.", f"{certificate}/tls."),
        ("127.0.0.1:8501", f"127.0.0.1:{ports[0]}"),
        ("127.0.0.1:8502", f"127.0.0.1:{ports[1]}"),
        ("listen 443 ", f"listen {server.port} "),
        ("listen [::]:443 ", f"listen [::]:{server.port} "),
        ("listen 80;", f"listen {server.plain_port};"),
        ("listen [::]:80;", f"listen [::]:{server.plain_port};"),
        ("/var/log/nginx/", f"{folder}/"),
    ):
        assert shipped in site
        site = site.replace(shipped, here)
    for name, port in zip(PROCESSES[2:], ports[2:], strict=False):
        site = _one_more(site, name, port, ports[0])
    (folder / "site.conf").write_text(site)
    around = folder / "nginx.conf"
    around.write_text(_AROUND.format(folder=folder, user=pwd.getpwuid(os.geteuid()).pw_name))
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert program, "Debian's nginx is needed; make test installs it"
    command = [program, "-p", str(folder), "-c", str(around), "-e", str(folder / "start.log")]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr, tried.stderr
    process = subprocess.Popen(command)
    try:
        eventually(lambda: process.poll() is None and _listens(server.port), seconds=30)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def _one_more(site: str, name: str, port: int, first: int) -> str:
    """The site with one more process, as its head says."""
    for before, more in (
        ("\nupstream anbiao_first {", _upstream(name, port, first)),
        ("\n    second  anbiao_second;\n", f"    {name}   anbiao_{name};\n"),
        ('    default             "";\n', f'    "~127.0.0.1:{port}$"  {name};\n'),
        ('    "second>second"  "";\n', f'    "{name}>{name}"  "";\n'),
    ):
        assert site.count(before) == 1
        site = site.replace(before, more + before if "upstream" in more else before + more)
    least = "    least_conn;\n"
    assert site.count(least) == 1
    return site.replace(least, f"{least}    server 127.0.0.1:{port} max_fails=0;\n")


def _upstream(name: str, port: int, first: int) -> str:
    return (
        f"upstream anbiao_{name} {{\n"
        f"    zone anbiao_{name} 64k;\n"
        f"    server 127.0.0.1:{port} max_fails=0;\n"
        f"    server 127.0.0.1:{first} max_fails=0 backup;\n"
        "}\n"
    )


def _listens(port: int) -> bool:
    """Whether a connection is taken; the file with its number says less: a mere try writes it."""
    with socket.socket() as probe:
        return probe.connect_ex(("localhost", port)) == 0


class Cluster:
    """App processes on one database, behind nginx."""

    def __init__(self, folder: Path, database: str, processes: int = 2) -> None:
        self._folder = folder
        self._settings = {
            "ANBIAO_MODE": "link",
            "ANBIAO_DATABASE_URL": database,
            "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
            "STREAMLIT_SERVER_ALLOWED_HOSTS": "localhost",
            "STREAMLIT_SERVER_COOKIE_SECRET": "one secret for both processes",
        }
        self._ports = {name: free_port() for name in PROCESSES[:processes]}
        self._running: dict[str, tuple[ExitStack, Server]] = {}

    @property
    def ports(self) -> list[int]:
        return [*self._ports.values()]

    @property
    def ids(self) -> list[int]:
        """Of the processes that run."""
        return [server.process.pid for _, server in self._running.values()]

    def start(self, name: str) -> None:
        stack = ExitStack()
        serving = serve(self._folder, self._ports[name], ready_first=True, **self._settings)
        self._running[name] = stack, stack.enter_context(serving)

    def kill(self, name: str) -> None:
        """As if the power went."""
        stack, server = self._running.pop(name)
        server.process.send_signal(signal.SIGKILL)
        stack.close()

    def missing(self) -> list[str]:
        return [name for name in self._ports if name not in self._running]

    def close(self) -> None:
        for stack, _ in self._running.values():
            stack.close()


def process_of(context: BrowserContext) -> str:
    """Which app process answers this browser."""
    (name,) = (c["value"] for c in context.cookies() if c["name"] == "anbiao_server")
    assert name in PROCESSES
    return name


def migrate(database: str) -> None:
    """Make a database ready, with the command of docs/deploy.md."""
    subprocess.run(
        [sys.executable, "-m", "state", "migrate"],
        cwd=ROOT,
        env=os.environ | {"ANBIAO_DATABASE_URL": database},
        check=True,
        capture_output=True,
    )
