"""Two app processes, nginx and PostgreSQL; one process dies in the middle of an assessment."""

import http.client
import json
import re
import ssl
import subprocess
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from state.storage.opening import open_storage
from state.storage.repository import Repository
from tests.browser.conftest import again, go, settle, visit
from tests.deployment.conftest import (
    Cluster,
    Nginx,
    begin,
    migrate,
    new_read_link,
    nginx_before,
    owned,
    process_of,
    rows,
)
from tests.servers import PostgresServer, postgres_server

CHECKED = "[data-testid=stCheckbox] input:checked"


@dataclass(frozen=True)
class Deployment:
    nginx: Nginx
    cluster: Cluster
    postgres: PostgresServer
    repository: Repository

    @property
    def address(self) -> str:
        return self.nginx.address


@pytest.fixture(scope="module")
def deployed(tmp_path_factory, certificate) -> Iterator[Deployment]:
    with postgres_server() as postgres, postgres.database() as database:
        migrate(database)
        cluster = Cluster(tmp_path_factory.mktemp("apps"), database)
        with nginx_before(cluster.ports, certificate, tmp_path_factory.mktemp("nginx")) as nginx:
            repository = open_storage(database)
            try:
                yield Deployment(nginx, cluster, postgres, repository)
            finally:
                cluster.close()
                repository.close()


@pytest.fixture
def both(deployed: Deployment) -> Deployment:
    """With both app processes running, whatever the test before did."""
    for name in deployed.cluster.missing():
        deployed.cluster.start(name)
    return deployed


def heading(page: Page) -> str:
    return page.locator("[data-testid=stMain] h4").first.inner_text()


def comes_back(page: Page) -> None:
    """Wait until the page is connected again, by itself."""
    page.wait_for_selector("[data-test-connection-state=CONNECTED]", timeout=60_000)
    settle(page)


def refreshed(page: Page) -> None:
    page.reload()
    settle(page)


@pytest.mark.parametrize(
    ("returning", "ticking_before"),
    [(comes_back, True), (comes_back, False), (refreshed, False)],
    ids=["by itself after ticks", "by itself before any", "refreshed before any"],
)
def test_when_a_process_dies_the_user_goes_on_at_the_same_question_on_the_other(
    both, person, returning, ticking_before
):
    context = person()
    page = visit(context, both.address)
    assessment_id = owned(both.repository, page)
    again(page, f"{both.address}/assess?a={assessment_id}")
    for _ in range(2):
        page.get_by_role("button", name=re.compile("^核查完毕")).click()
        settle(page)
    labels = page.locator("[data-testid=stCheckbox] label")
    for i in range(labels.count() if ticking_before else 0):
        labels.nth(i).click()
        settle(page)
    question, url = heading(page), page.url
    checked = page.locator(CHECKED).count()
    answers = both.repository.load(assessment_id).work.answers
    dead = process_of(context)
    both.cluster.kill(dead)

    returning(page)
    assert process_of(context) != dead
    assert page.url == url
    assert heading(page) == question
    assert page.locator(CHECKED).count() == checked
    assert both.repository.load(assessment_id).work.answers == answers

    labels.first.click()  # the first click that the other process sees counts
    settle(page)
    assert both.repository.load(assessment_id).work.answers != answers
    assert page.locator(CHECKED).count() != checked


def test_ticks_made_while_the_process_is_dying_are_kept_or_not_shown(both, person):
    context = person()
    page = visit(context, both.address)
    assessment_id = owned(both.repository, page)
    again(page, f"{both.address}/assess?a={assessment_id}")
    labels = page.locator("[data-testid=stCheckbox] label")
    for i in range(labels.count()):
        labels.nth(i).click()
    both.cluster.kill(process_of(context))
    comes_back(page)
    refreshed(page)
    item = heading(page).split()[0]
    kept = both.repository.load(assessment_id).work.answers.findings
    found = [c for c in kept if c.startswith(f"{item}-")]
    assert page.locator(CHECKED).count() == len(found)


def test_nobody_is_moved_back_when_the_dead_process_returns(both, person, tmp_path):
    context = person()
    page = visit(context, both.address)
    begin(page)
    dead = process_of(context)
    both.cluster.kill(dead)
    comes_back(page)
    other = process_of(context)
    assert other != dead
    both.cluster.start(dead)
    go(page, "报告")  # what is downloaded lies in the memory of one process
    with page.expect_download() as got:
        page.get_by_role("button", name="下载 PDF 摘要").click()
    file = tmp_path / "report.pdf"
    got.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
    assert process_of(context) == other


def test_users_are_spread_over_both_processes(both, person):
    names = set()
    for _ in range(6):
        context = person()
        visit(context, both.address)
        names.add(process_of(context))
        if len(names) == 2:
            break
    assert names == {"first", "second"}


def test_every_file_that_the_pages_offer_comes_through_nginx(both, person, tmp_path):
    page = visit(person(), both.address)
    begin(page)
    go(page, "报告")
    for label, start in (
        ("下载 PDF 摘要", b"%PDF-"),
        ("下载 Excel 评分表", b"PK"),
        ("下载 Word 自评报告", b"PK"),
        ("导出自评文件", b"{"),
    ):
        with page.expect_download() as got:
            page.get_by_role("button", name=label).click()
        file = tmp_path / got.value.suggested_filename
        got.value.save_as(file)
        assert file.read_bytes().startswith(start)
    page.get_by_role("button", name="生成全部（ZIP）").click()
    with page.expect_download(timeout=120_000) as got:
        page.get_by_role("button", name="下载全部（ZIP）").click(timeout=120_000)
    got.value.save_as(tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as package:
        assert len(package.namelist()) == 15  # with those of its actions


def test_a_file_is_uploaded_through_nginx(both, person, tmp_path):
    page = visit(person(), both.address)
    assessment_id = owned(both.repository, page)
    file = tmp_path / "backup.json"
    again(page, f"{both.address}/report?a={assessment_id}")
    with page.expect_download() as got:
        page.get_by_role("button", name="导出自评文件").click()
    got.value.save_as(file)
    again(page, both.address)
    page.get_by_text("导入自评文件").click()
    page.locator("input[type=file]").set_input_files(file)
    page.wait_for_url(lambda url: "a=" in url and assessment_id not in url)
    settle(page)
    again(page, both.address)
    assert rows(page) == 2


def test_the_policy_of_the_page_stops_nothing_that_the_app_does(both, person):
    page = person().new_page()
    refused: list[str] = []
    page.on("console", lambda m: refused.append(m.text) if "Content Security" in m.text else None)
    page.goto(both.address)
    settle(page)
    begin(page)
    for step in ("企业与标准", "适用范围", "逐项自评", "结果", "报告"):
        go(page, step)
    again(page, f"{both.address}/standards")
    assert not refused
    # What docs/modes.md says of cookies, also of those that a script of the page has made.
    cookies = {cookie["name"]: cookie for cookie in page.context.cookies()}
    named = {"anbiao_browser", "anbiao_seen", "anbiao_server", "_streamlit_xsrf"}
    assert named <= cookies.keys() <= named | {"_streamlit_session"}
    assert all(cookie["secure"] for cookie in cookies.values())
    assert cookies["anbiao_seen"]["expires"] == cookies["anbiao_server"]["expires"] == -1
    assert cookies["anbiao_browser"]["expires"] - time.time() < 401 * 86400


def request(port: int, target: str, tls: bool = True, **headers: str):
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    connection = (
        http.client.HTTPSConnection("localhost", port, context=trusting, timeout=20)
        if tls
        else http.client.HTTPConnection("localhost", port, timeout=20)
    )
    connection.request("GET", target, headers=headers)
    response = connection.getresponse()
    response.read()
    connection.close()
    return response


@pytest.mark.parametrize("target", ["/", "/assess?a=1", "/_stcore/health", "/media/nothing.pdf"])
def test_every_answer_has_the_security_headers(both, target):
    headers = request(both.nginx.port, target).headers
    expected = {
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Robots-Tag": "noindex, nofollow",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    }
    for name, value in expected.items():
        assert headers.get_all(name) == [value]
    (policy,) = headers.get_all("Content-Security-Policy")
    assert "frame-ancestors 'self'" in policy
    assert "unsafe-eval" not in policy
    assert headers["Server"] == "nginx"


def test_plain_http_leads_to_https(both):
    answer = request(both.nginx.plain_port, "/assess?a=1", tls=False)
    assert answer.status == 308
    assert answer.headers["Location"] == "https://localhost/assess?a=1"


def test_another_host_name_gets_no_answer(both):
    with pytest.raises(http.client.RemoteDisconnected):
        request(both.nginx.port, "/", Host="evil.example.com")


@pytest.mark.parametrize("target", ["/_stcore/metrics", "/_stcore/agent/openapi.json"])
def test_what_is_not_for_the_public_is_not_found(both, target):
    assert request(both.nginx.port, target).status == 404


def test_a_flood_is_turned_away_and_the_next_visitor_is_not(both, person):
    url = f"{both.address}/_stcore/health"
    command = ["curl", "-sk", "-Z", "--parallel-max", "40", "-w", "%{http_code}\\n"]
    command += [part for _ in range(2500) for part in ("-o", "/dev/null", url)]
    codes = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    assert {"200", "429"} <= set(codes)
    # The allowance fills up again at 30 requests a second; a reload is all it takes.
    page = person().new_page()
    for _ in range(10):
        if page.goto(both.address).status == 200:
            break
        page.wait_for_timeout(1000)
    settle(page)
    expect(page.get_by_role("button", name="新建自评")).to_be_visible()


def trusting() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def handshake(both: Deployment, origin: str):
    return connect(
        f"wss://localhost:{both.nginx.port}/_stcore/stream",
        origin=origin,
        ssl=trusting(),
        subprotocols=["streamlit"],
    )


def test_another_sites_script_cannot_connect_in_the_users_name(both):
    with handshake(both, both.address) as connection:
        assert connection.response.status_code == 101
    with pytest.raises(InvalidStatus) as refused:
        handshake(both, "https://evil.example.com")
    assert refused.value.response.status_code == 403


def test_logs_hold_no_link(both, person):
    page = visit(person(), both.address)
    assessment_id = begin(page)
    link = new_read_link(page, both.address, assessment_id)
    visit(person(), link)
    both.cluster.kill(process_of(page.context))  # errors are logged too
    refreshed(page)
    page.close()
    logged = both.nginx.logged()
    assert '"GET /report" 200' in logged
    assert assessment_id not in logged
    assert link.partition("=")[2] not in logged


def test_work_goes_on_while_the_database_is_away(both, person):
    page = visit(person(), both.address)
    assessment_id = owned(both.repository, page)
    again(page, f"{both.address}/assess?a={assessment_id}")
    labels = page.locator("[data-testid=stCheckbox] label")
    waiting = page.get_by_text("暂时不能保存，可以继续填写")
    before = both.repository.load(assessment_id).work.answers
    checked = page.locator(CHECKED).count()
    fresh = page.locator("[data-testid=stCheckbox]:not(:has(input:checked)) label")
    both.postgres.stop()
    try:
        ticked = 0
        for _ in range(10):  # seconds
            if fresh.count():
                fresh.first.click()
                settle(page)
                ticked += 1
            page.wait_for_timeout(1000)
        expect(waiting).to_be_visible()
        assert request(both.nginx.port, "/_stcore/health").status == 200  # of the process alone
        assert page.locator(CHECKED).count() == checked + ticked == labels.count()
        assert ticked
        with page.expect_download() as got:
            page.get_by_role("button", name="下载目前的全部回答").click()
        rescued = json.loads(Path(got.value.path()).read_text())["work"]["answers"]["findings"]
        assert len(rescued) == len(before.findings) + ticked
    finally:
        both.postgres.start()
    expect(waiting).to_have_count(0, timeout=30_000)
    settle(page)
    assert both.repository.load(assessment_id).work.answers.findings == rescued
    refreshed(page)
    assert page.locator(CHECKED).count() == checked + ticked
