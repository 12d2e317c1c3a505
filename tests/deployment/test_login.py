"""Login mode against a real OpenID provider, npm's oidc-provider, run on this machine."""

import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from state.documents.access import Access, holder_of_mail, holder_of_person
from state.documents.examples import examples
from tests.browser.conftest import ROOT, Server, again, free_port, serve, settle, visit, wait_for
from tests.deployment.conftest import (
    begin,
    box,
    drop_read_link,
    link_is_dead,
    linked,
    new_read_link,
    nothing_there,
    only_to_read,
    open_sharing,
    press,
    rows,
)

PROVIDER = Path(__file__).parent / "provider"
MODES = ROOT / "docs" / "modes.md"
COOKIES = re.compile(r"^\| Cookie \|.*?\n\n", re.DOTALL | re.MULTILINE)
"""The table of what is stored in the browser."""

SECRETS = """
[auth]
redirect_uri = "{app}/oauth2callback"
cookie_secret = "a cookie secret of the tests"
client_id = "anbiao"
client_secret = "a secret of the tests"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@dataclass(frozen=True)
class Office:
    """The app in login mode, and the provider its people sign in at."""

    server: Server
    provider: str
    process: "subprocess.Popen[bytes]"
    """Of the provider."""

    @property
    def address(self) -> str:
        return self.server.address


@pytest.fixture(scope="module")
def office(tmp_path_factory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    app_port, provider_port = free_port(), free_port()
    app, provider = f"http://localhost:{app_port}", f"http://localhost:{provider_port}"
    node = shutil.which("node")
    assert node, "Node.js is needed; make test installs it"
    process = subprocess.Popen(
        [node, "server.mjs", str(provider_port), f"{app}/oauth2callback"], cwd=PROVIDER
    )
    secrets = folder / "secrets.toml"
    secrets.write_text(SECRETS.format(app=app, provider=provider))
    try:
        wait_for(f"{provider}/.well-known/openid-configuration", process)
        with serve(
            folder / "data",
            app_port,
            ANBIAO_MODE="login",
            STREAMLIT_SECRETS_FILES=str(secrets),
        ) as server:
            yield Office(server, provider, process)
    finally:
        process.terminate()
        process.wait(timeout=20)


def sign_in(page: Page, who: str) -> None:
    """From the app's login page through the provider and back."""
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("link", name=who, exact=True).click()
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    settle(page)


@pytest.fixture(scope="module")
def _logins() -> dict[str, list[dict[str, Any]]]:
    """The cookies of a login by whose it is."""
    return {}


@pytest.fixture
def signed_in(office, person, _logins) -> Callable[..., Page]:
    """The start page in a new browser, signed in.

    With the login of an earlier test, which is what a browser that was closed comes back with;
    anew: with one of its own, for who ends it.
    """

    def come(who: str, anew: bool = False) -> Page:
        page = person().new_page()
        if who in _logins and not anew:
            page.context.add_cookies(_logins[who])
            page.goto(office.address)
            expect(page.get_by_role("button", name="退出")).to_be_visible()
            settle(page)
            return page
        page.goto(office.address)
        sign_in(page, who)
        if not anew:
            found = page.context.cookies(office.address)
            _logins[who] = [c for c in found if c["name"].startswith("_streamlit_user")]
        return page

    return come


@pytest.fixture
def kept(office) -> str:
    """The id of a sample that belongs to the owner and nobody else."""
    assessment = examples()[0].read()
    owner = holder_of_person(office.provider, "owner")
    office.server.repository.create(assessment, Access(owner=owner))
    return assessment.id


def asked_to_sign_in(page: Page) -> None:
    expect(page.get_by_text("本单位的自评要登录后使用")).to_be_visible()
    assert page.locator("[data-testid=stTopNavLink], [data-testid=stMetric]").count() == 0
    assert rows(page) == 0


def tick(page: Page, office: Office, assessment_id: str) -> None:
    """Tick what is not ticked at the first question, and see it saved."""
    again(page, f"{office.address}/assess?a={assessment_id}&item=1.1.1")
    before = office.server.repository.load(assessment_id).revision
    box(page, "无目标管理制度").click()
    settle(page)
    assert office.server.repository.load(assessment_id).revision == before + 1


def test_without_signing_in_there_is_nothing_but_a_login_button(office, person, kept):
    page = person().new_page()
    for step in ("", "enterprise", "scope", "assess", "results", "report", "standards"):
        page.goto(f"{office.address}/{step}?a={kept}")
        asked_to_sign_in(page)
        assert examples()[0].read().title not in page.content()


def test_whoever_signs_in_makes_and_finds_their_own_also_in_another_browser(office, signed_in):
    page = signed_in("owner")
    assessment_id = begin(page)
    access = office.server.repository.access(assessment_id)
    assert access == Access(owner=holder_of_person(office.provider, "owner"))
    tick(page, office, assessment_id)
    other = signed_in("owner")
    expect(other.locator(f".st-key-row-{assessment_id}")).to_be_visible()
    tick(other, office, assessment_id)


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        ("stranger", ["enterprise", "scope", "assess", "results", "report"]),
        ("colleague", ["report"]),
        ("impostor", ["report"]),
    ],
)
def test_the_owners_address_is_not_found_for_anybody_else(office, signed_in, kept, who, steps):
    page = signed_in(who)
    expect(page.locator(f".st-key-row-{kept}")).to_have_count(0)
    for step in steps:
        again(page, f"{office.address}/{step}?a={kept}")
        nothing_there(page)
        assert page.locator("[data-testid=stDownloadButton]").count() == 0


def share(page: Page, office: Office, assessment_id: str, mail: str) -> None:
    open_sharing(page, office.address, assessment_id)
    page.get_by_role("textbox", name="邮箱").fill(mail)
    press(page, "添加")
    meant = mail.lower().translate(str.maketrans("＠．", "@."))
    expect(page.get_by_text(meant, exact=True)).to_be_visible()


def shared_with(office: Office, assessment_id: str, *mails: str) -> None:
    """As `share` does, without the owner's page drawn; with nobody, it is taken back."""
    holders = tuple(map(holder_of_mail, mails))
    office.server.repository.change_access(
        assessment_id, lambda access: access.having(shared=holders)
    )


def test_a_colleague_named_by_mail_edits_and_neither_deletes_nor_shares(office, signed_in, kept):
    owner = signed_in("owner")
    share(owner, office, kept, "colleague@EXAMPLE.com")
    assert office.server.repository.access(kept).shared == (
        holder_of_mail("colleague@example.com"),
    )
    colleague = signed_in("colleague")
    row = colleague.locator(f".st-key-row-{kept}")
    expect(row).to_be_visible()
    expect(row.get_by_text("删除")).to_have_count(0)
    tick(colleague, office, kept)
    again(owner, f"{office.address}/assess?a={kept}&item=1.1.1")
    expect(owner.get_by_text("最后修改：李会计，")).to_be_visible()
    again(colleague, f"{office.address}/report?a={kept}")
    expect(colleague.get_by_role("button", name="下载 PDF 摘要")).to_be_visible()
    expect(colleague.get_by_text("分享：给老板")).to_have_count(0)

    open_sharing(owner, office.address, kept)
    press(owner, "移除")
    before = office.server.repository.load(kept)
    again(colleague, f"{office.address}/results?a={kept}")
    nothing_there(colleague)
    assert office.server.repository.load(kept) == before


def test_a_colleague_no_longer_sharing_cannot_save_in_a_window_still_open(office, signed_in, kept):
    colleague = signed_in("colleague")
    shared_with(office, kept, "colleague@example.com")
    again(colleague, f"{office.address}/assess?a={kept}&item=1.1.1")
    shared_with(office, kept)
    before = office.server.repository.load(kept)
    box(colleague, "无目标管理制度").click()
    settle(colleague)
    assert office.server.repository.load(kept) == before
    nothing_there(colleague)


def test_an_address_that_was_never_verified_opens_nothing(office, signed_in, kept):
    shared_with(office, kept, "colleague@example.com")
    impostor = signed_in("impostor")  # says the same address
    assert rows(impostor) == 0
    again(impostor, f"{office.address}/results?a={kept}")
    nothing_there(impostor)


def test_signing_out_ends_it_in_every_window(office, signed_in, kept):
    page = signed_in("owner", anew=True)
    url = f"{office.address}/results?a={kept}"
    other = visit(page.context, url)
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(f"{office.provider}/session/end**")
    page.locator("button[type=submit]").first.click()  # the provider asks, too
    page.wait_for_url(f"{office.address}/**")
    asked_to_sign_in(page)
    page.goto(url)
    asked_to_sign_in(page)
    other.reload()
    asked_to_sign_in(other)
    names = {cookie["name"] for cookie in page.context.cookies(office.address)}
    assert not {"_streamlit_user", "_streamlit_user_tokens"} & names
    sign_in(page, "stranger")  # the provider asks who it is
    again(page, url)
    nothing_there(page)


def test_signing_out_ends_open_windows_and_copies_of_the_cookie(office, signed_in, person, kept):
    page = signed_in("owner", anew=True)
    copied = [c for c in page.context.cookies() if c["name"].startswith("_streamlit_user")]
    other = visit(page.context, f"{office.address}/assess?a={kept}&item=1.1.1")
    gone = visit(page.context, f"{office.address}/report?a={kept}")
    picture = gone.locator("[data-testid=stImage] img").get_attribute("src")
    file = urljoin(office.address, picture)
    gone.close()
    assert page.request.get(file).ok
    page.get_by_role("button", name="退出").click()
    page.wait_for_url(f"{office.provider}/session/end**")
    assert page.request.get(file).status == 404
    before = office.server.repository.load(kept)
    box(other, "无目标管理制度").click()
    settle(other)
    asked_to_sign_in(other)
    expect(other.get_by_text("已经退出登录")).to_be_visible()
    assert office.server.repository.load(kept) == before
    thief = person()
    thief.add_cookies(copied)
    stolen = thief.new_page()
    stolen.goto(f"{office.address}/results?a={kept}")
    asked_to_sign_in(stolen)
    sign_in(stolen, "owner")  # who is who they say comes in again
    expect(stolen.locator("[data-testid=stMain] h3").first).to_have_text("结果")


def test_an_invented_link_opens_no_page_without_a_login(office, person):
    page = person().new_page()
    for step in ("standards", "results", "start"):
        page.goto(f"{office.address}/{step}?r={'0' * 32}")
        asked_to_sign_in(page)


def test_what_was_shared_says_by_whom_and_can_be_taken_off_the_list(office, signed_in, kept):
    share(signed_in("owner"), office, kept, "colleague＠example．com")
    colleague = signed_in("colleague")
    row = colleague.locator(f".st-key-row-{kept}")
    expect(row).to_contain_text("owner@\u2060example.com 分享的")  # joined, so that it is no link
    row.get_by_role("button", name="移出列表").click()
    settle(colleague)
    expect(colleague.locator(f".st-key-row-{kept}")).to_have_count(0)
    assert office.server.repository.access(kept).shared == ()


def test_an_assessment_is_handed_over(office, signed_in, kept):
    owner = signed_in("owner")
    open_sharing(owner, office.address, kept)
    owner.get_by_text("转交给…").click()
    owner.get_by_role("textbox", name="对方的邮箱").fill("李会计 <colleague@example.com>")
    press(owner, "确定转交")
    assert office.server.repository.access(kept) == Access(
        owner=holder_of_mail("colleague@example.com"),
        shared=(holder_of_mail("owner@example.com"),),
    )
    colleague = signed_in("colleague")
    expect(colleague.locator(f".st-key-delete-{kept}")).to_be_visible()


def test_a_login_that_came_to_nothing_is_told_in_chinese(office, person):
    page = person().new_page()
    page.goto(f"{office.address}/oauth2callback?code=x&state=of-another-window")
    asked_to_sign_in(page)
    expect(page.get_by_text("刚才的登录没有完成")).to_be_visible()


def test_a_provider_that_hangs_is_told_and_keeps_nobody_signed_in(office, signed_in, person):
    page, other = signed_in("owner", anew=True), person().new_page()
    other.goto(office.address)
    office.process.send_signal(signal.SIGSTOP)
    try:
        other.get_by_role("button", name="登录", exact=True).click()
        expect(other.get_by_text("登录服务暂时没有回应")).to_be_visible()
        asked_to_sign_in(other)
        page.get_by_role("button", name="退出").click()
        asked_to_sign_in(page)
    finally:
        office.process.send_signal(signal.SIGCONT)
    sign_in(other, "owner")
    known = set(re.findall(r"`(\w+)`", COOKIES.search(MODES.read_text("utf-8"))[0]))
    cookies = {cookie["name"]: cookie for cookie in other.context.cookies(office.address)}
    cookies = {n: c for n, c in cookies.items() if "_session" not in n}  # the provider's, too
    assert {"_streamlit_user", "_streamlit_xsrf"} <= cookies.keys() <= known
    assert cookies["_streamlit_user"]["httpOnly"]


def test_another_cookie_secret_ends_every_login(office, signed_in, tmp_path):
    context = signed_in("owner").context
    secrets = tmp_path / "secrets.toml"
    made = SECRETS.format(app=office.address, provider=office.provider)
    secrets.write_text(made.replace("a cookie secret of", "another cookie secret of"))
    settings = {"ANBIAO_MODE": "login", "STREAMLIT_SECRETS_FILES": str(secrets)}
    with serve(tmp_path / "data", **settings) as renewed:
        page = context.new_page()
        page.goto(renewed.address)
        asked_to_sign_in(page)


def test_a_cookie_somebody_made_up_is_no_login(office, person, signed_in):
    real = next(c for c in signed_in("owner").context.cookies() if c["name"] == "_streamlit_user")
    body, *signature = real["value"].split(".")
    forged = ".".join([body[:-2] + ("AA" if body[-2:] != "AA" else "BB"), *signature])
    context = person()
    context.add_cookies([{"name": real["name"], "value": forged, "url": office.address}])
    page = context.new_page()
    page.goto(office.address)
    asked_to_sign_in(page)


def test_a_read_only_link_needs_no_login_and_edits_nothing(office, person, kept):
    link = linked(office.server.repository, kept, office.address)
    before = office.server.repository.load(kept)
    reader = visit(person(), link)
    expect(reader.get_by_text("只读 · 保存于")).to_be_visible()
    again(reader, link.replace("/results", "/report"))
    with reader.expect_download() as got:
        reader.get_by_role("button", name="下载 PDF 摘要").click()
    assert Path(got.value.path()).read_bytes().startswith(b"%PDF-")
    again(reader, link.replace("/results", "/"))
    only_to_read(reader)
    for step in ("enterprise", "scope", "assess"):
        again(reader, link.replace("/results", f"/{step}"))
        expect(reader.get_by_text("这个链接只能看结果和报告")).to_be_visible()
        assert reader.locator("[data-testid=stCheckbox]").count() == 0
    assert kept not in reader.content()
    assert office.server.repository.load(kept) == before
    page = person().new_page()
    page.goto(office.address)  # and it opens no door to the rest
    asked_to_sign_in(page)


def test_signing_in_leads_to_the_address_that_was_asked_for(office, person, kept):
    page = person().new_page()
    page.goto(f"{office.address}/report?a={kept}")
    asked_to_sign_in(page)
    sign_in(page, "owner")
    expect(page.locator("[data-testid=stMain] h3").first).to_have_text("报告")
    assert kept in page.url


def test_a_read_only_link_taken_back_is_dead_also_in_a_window_still_open(
    office, signed_in, person, kept
):
    owner = signed_in("owner")
    link = new_read_link(owner, office.address, kept)
    reader = visit(person(), link)
    drop_read_link(owner)
    reader.locator("[data-testid=stTopNavLink]").filter(has_text="报告").first.click()
    settle(reader)
    link_is_dead(reader)
    assert reader.locator("[data-testid=stDownloadButton]").count() == 0
    again(reader, link)
    link_is_dead(reader)


def test_who_reads_by_link_while_signed_in_as_somebody_else_still_only_reads(
    office, signed_in, kept
):
    link = linked(office.server.repository, kept, office.address)
    stranger = signed_in("stranger")
    again(stranger, link)
    expect(stranger.get_by_text("只读 · 保存于")).to_be_visible()
    again(stranger, f"{office.address}/assess?a={kept}")
    nothing_there(stranger)
