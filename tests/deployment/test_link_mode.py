"""Link mode: a link is the key, a browser sees in its list what it made or opened."""

import re
import socket
import urllib.error
import urllib.request
import zipfile
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from state.documents.access import Access
from state.documents.assessment import new_id
from state.documents.changes import set_profile
from state.documents.examples import examples
from tests.browser.conftest import PHONE, Server, again, free_port, go, serve, settle, visit
from tests.deployment.conftest import (
    begin,
    box,
    drop_read_link,
    link_is_dead,
    linked,
    new_read_link,
    nginx_before,
    nothing_there,
    only_to_read,
    open_sharing,
    owned,
    press,
    rows,
    unlinked,
)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("data"), ANBIAO_MODE="link") as running:
        yield running


def test_a_list_shows_what_this_browser_made_and_nothing_else(server, person):
    mine, theirs = person(), person()
    page = visit(mine, server.address)
    begin(page)
    again(page, server.address)
    assert rows(page) == 1
    assert rows(visit(theirs, server.address)) == 0
    assert rows(visit(mine, server.address)) == 1  # also in a new window


def test_what_somebody_opened_by_a_link_to_edit_is_in_their_list_from_then_on(server, person):
    assessment_id = begin(visit(person(), server.address))
    guest = visit(person(), f"{server.address}/assess?a={assessment_id}&item=1.1.1")
    before = server.repository.load(assessment_id).revision
    box(guest, "无目标管理制度").click()
    settle(guest)
    assert server.repository.load(assessment_id).revision > before
    again(guest, server.address)
    assert rows(guest) == 1


def test_a_guessed_id_opens_nothing(server, person):
    page = person().new_page()
    for step in ("enterprise", "scope", "assess", "results", "report"):
        again(page, f"{server.address}/{step}?a={new_id()}")
        nothing_there(page)


def test_an_id_that_is_nearly_right_opens_nothing(server, person):
    assessment = examples()[0].read()
    server.repository.create(assessment)
    known = assessment.id
    page = person().new_page()
    for typed in (
        known[:-1] + ("0" if known[-1] != "0" else "1"),
        known[:-1],
        f"{known}0",
        f"../data/{known}",
    ):
        again(page, f"{server.address}/results?a={typed}")
        nothing_there(page)


def test_a_guessed_read_only_link_opens_nothing(server, person):
    page = person().new_page()
    for step in ("", "results", "report", "standards", "assess"):
        again(page, f"{server.address}/{step}?r={new_id()}")
        if step != "standards":  # the standards are nobody's
            link_is_dead(page)
        expect(page.get_by_text(examples()[0].read().title)).to_have_count(0)


def test_an_id_is_no_read_only_link_and_a_read_only_link_is_no_id(server, person):
    page = visit(person(), server.address)
    assessment_id = owned(server.repository, page)
    token = new_read_link(page, server.address, assessment_id).partition("r=")[2]
    link_is_dead(visit(person(), f"{server.address}/results?r={assessment_id}"))
    nothing_there(visit(person(), f"{server.address}/results?a={token}"))


def test_a_renewed_link_ends_all_links_made_before(server, person):
    page = visit(person(), server.address)
    old = owned(server.repository, page)
    link = new_read_link(page, server.address, old)
    guest, reader = visit(person(), f"{server.address}/assess?a={old}"), visit(person(), link)
    answers = server.repository.load(old).work
    page.get_by_text("换成新的链接").click()
    press(page, "确定更换")
    expect(page).not_to_have_url(re.compile(old))
    new = page.url.partition("a=")[2]
    assert server.repository.load(new).work == answers

    guest.locator("[data-testid=stCheckbox] label").first.click()  # a window still open
    settle(guest)
    assert server.repository.load(new).work == answers
    again(guest, f"{server.address}/assess?a={old}")
    nothing_there(guest)
    again(reader, link)
    link_is_dead(reader)
    again(page, server.address)
    assert rows(page) == 1


def test_a_window_still_open_downloads_nothing_once_its_link_is_taken_back(server, person, nobodys):
    labels = ["下载 PDF 摘要", "下载 Excel 评分表", "导出自评文件（备份，可再导入）"]
    link = linked(server.repository, nobodys, server.address)
    reader = visit(person(), link.replace("/results", "/report"))
    for label in labels:
        with reader.expect_download():
            reader.get_by_role("button", name=label).click()
    unlinked(server.repository, nobodys)
    downloads = []
    reader.on("download", lambda download: downloads.append(download))
    for label in labels:
        reader.get_by_role("button", name=label).click()
    expect(reader.get_by_text(re.compile("^没有下载")).first).to_be_visible()
    reader.wait_for_timeout(1_000)
    assert downloads == []


def test_a_read_only_link_on_a_phone_shows_results_and_report_and_changes_nothing(
    server, person, nobodys, tmp_path
):
    link = linked(server.repository, nobodys, server.address)
    before = server.repository.load(nobodys)
    phone = visit(person(PHONE), link)
    only_to_read(phone)
    width = phone.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= PHONE["width"]
    seen = phone.content()
    go(phone, "报告")
    only_to_read(phone)
    for label in ("分享：给老板", "自评报告各章内容"):
        expect(phone.get_by_text(label)).to_have_count(0)
    seen += phone.content()
    for label in ("下载 PDF 摘要", "下载 Excel 评分表", "下载 Word 自评报告", "导出自评文件"):
        with phone.expect_download() as got:
            phone.get_by_role("button", name=label).click()
        file = tmp_path / "file"
        got.value.save_as(file)
        content = file.read_bytes()
        if content.startswith(b"PK"):
            with zipfile.ZipFile(file) as parts:
                content = b"".join(map(parts.read, parts.namelist()))
        assert nobodys.encode() not in content  # it would be the key to edit
    assert nobodys not in seen
    assert server.repository.load(nobodys) == before


def test_a_read_only_link_put_into_the_address_of_another_page_edits_nothing(server, person):
    """The start page leads on to the results; pages to edit say why they stay closed."""
    sample, token = examples()[0].read(), new_id()
    server.repository.create(sample, Access(owner="browser:nobody", links=(token,)))
    reader = visit(person(), f"{server.address}/?r={token}")
    only_to_read(reader)
    for step in ("enterprise", "scope", "assess"):
        again(reader, f"{server.address}/{step}?r={token}")
        expect(reader.get_by_text("这个链接只能看结果和报告")).to_be_visible()
        reader.get_by_role("link", name="看结果").click()
        settle(reader)
        only_to_read(reader)
    assert server.repository.load(sample.id) == sample


def test_a_link_taken_back_is_dead_also_in_a_window_still_open(server, person):
    page = visit(person(), server.address)
    assessment_id = owned(server.repository, page)
    link = new_read_link(page, server.address, assessment_id)
    reader = visit(person(), link)
    title = server.repository.load(assessment_id).title
    expect(reader.get_by_text(title).first).to_be_visible()
    drop_read_link(page)
    reader.locator("[data-testid=stTopNavLink]").filter(has_text="报告").first.click()
    settle(reader)
    link_is_dead(reader)
    again(reader, link)
    link_is_dead(reader)
    expect(reader.get_by_text(title)).to_have_count(0)


def test_what_is_in_the_bin_is_closed_to_links(server, person):
    page = visit(person(), server.address)
    assessment_id = owned(server.repository, page)
    link = linked(server.repository, assessment_id, server.address)
    again(page, server.address)
    page.get_by_role("button", name="删除").click()
    settle(page)
    link_is_dead(visit(person(), link))
    nothing_there(visit(person(), f"{server.address}/results?a={assessment_id}"))


def test_links_are_those_of_the_address_the_browser_used(server, person):
    page = visit(person(), server.address)
    assessment_id = owned(server.repository, page)
    link = new_read_link(page, server.address, assessment_id)
    assert re.fullmatch(rf"{server.address}/results\?r=[0-9a-f]{{32}}", link)
    open_sharing(page, server.address, assessment_id)
    edit = page.locator("[data-testid=stCode]").filter(has_text="?a=")
    assert edit.inner_text().strip() == f"{server.address}/assess?a={assessment_id}"


def download_address(page: Page) -> str:
    """The address under which a file was fetched."""
    with page.expect_download() as got:
        page.get_by_role("button", name="下载 PDF 摘要").click()
    return got.value.url


def test_files_lie_under_names_that_cannot_be_guessed(server, person):
    page = visit(person(), server.address)
    assessment_id = owned(server.repository, page)
    again(page, f"{server.address}/report?a={assessment_id}")
    address = download_address(page)
    # Streamlit names a file by a 128-bit hash of its content, kind and name: whoever knows the
    # name has had the file. It answers that browser only, see tests/server/test_files.py.
    assert re.fullmatch(rf"{server.address}/media/[0-9a-f]{{32}}\.pdf", address.partition("?")[0])
    answer = page.request.get(address)
    assert answer.body().startswith(b"%PDF-")
    assert answer.headers["referrer-policy"] == "no-referrer"
    digit = "0" if address[-5] != "0" else "1"
    for wrong in (
        f"{address[:-5]}{digit}.pdf",
        f"{server.address}/media/",
        f"{server.address}/media/x.pdf",
    ):
        assert page.request.get(wrong).status == 404
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address)
    assert refused.value.code == 404
    page.context.close()


@pytest.fixture(scope="module")
def single(tmp_path_factory) -> Iterator[Server]:
    """Local mode, wrongly opened to the network."""
    folder = tmp_path_factory.mktemp("local")
    assessment = examples()[0].read()
    wrong = {
        "STREAMLIT_SERVER_ADDRESS": "0.0.0.0",
        "STREAMLIT_SERVER_ALLOWED_HOSTS": f"localhost {outside_address()}",
    }
    with serve(folder, ANBIAO_MODE="local", **wrong) as running:
        running.repository.create(assessment, Access())
        yield running


def refused(page: Page) -> None:
    expect(page.get_by_text("只能在装有本程序的电脑上打开")).to_be_visible()
    assert rows(page) == 0
    assert page.locator("[data-testid=stTopNavLink], [data-testid=stMain] button").count() == 0


def outside_address() -> str:
    """This machine's address in its network; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))
        address: str = probe.getsockname()[0]
        return address


def open_refused(person, url: str) -> None:
    page = person().new_page()
    page.goto(url)
    refused(page)


def test_local_mode_refuses_another_computer(single, person):
    port = single.address.rpartition(":")[2]
    (assessment,) = single.repository.list().lines
    for step in ("", "assess", "report"):
        open_refused(person, f"http://{outside_address()}:{port}/{step}?a={assessment.id}")
    assert rows(visit(person(), single.address)) == 1  # and not its owner


def test_local_mode_refuses_whoever_comes_through_a_proxy(single, person, certificate, tmp_path):
    port = int(single.address.rpartition(":")[2])
    with nginx_before((port, free_port()), certificate, tmp_path) as nginx:
        open_refused(person, nginx.address)


def test_local_mode_is_the_default_and_open_to_this_computer_only(tmp_path, person):
    with serve(tmp_path) as running:
        visit(person(), running.address)
        port = int(running.address.rpartition(":")[2])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((outside_address(), port), timeout=5)


@pytest.fixture
def nobodys(server) -> str:
    """A sample in whose window nobody sits."""
    sample = examples()[0].read()
    server.repository.create(sample, Access(owner="browser:nobody"))
    return sample.id


@pytest.fixture
def tobacco(server) -> str:
    """A sample of a standard in parts, whose results have a fragment to choose between them."""
    sample = next(one for one in examples() if one.scheme == "tobacco").read()
    # A picture that no other test has asked for, as a server keeps those of closed pages a while.
    sample = set_profile("name", new_id())(sample)
    server.repository.create(sample, Access(owner="browser:nobody"))
    return sample.id


@pytest.mark.parametrize("how", ["taken back", "erased"])
def test_a_fragment_shows_nothing_more_of_a_report_that_is_closed(server, person, tobacco, how):
    link = linked(server.repository, tobacco, server.address)
    reader = visit(person(), link.replace("/results", "/report"))
    pages = reader.get_by_role("radio", name=re.compile("^[0-9]+$"))
    expect(pages.nth(1)).to_be_visible()
    if how == "erased":
        server.repository.delete(tobacco)
    else:
        unlinked(server.repository, tobacco)
    pages.nth(1).click()
    settle(reader)
    link_is_dead(reader)
    assert reader.locator("[data-testid=stImage]").count() == 0


def test_a_fragment_shows_nothing_more_of_results_that_are_closed(server, person, tobacco):
    link = linked(server.repository, tobacco, server.address)
    reader = visit(person(), link)
    parts = reader.locator(".st-key-part").get_by_role("radio")
    expect(parts.nth(1)).to_be_visible()
    unlinked(server.repository, tobacco)
    parts.nth(1).click()
    settle(reader)
    link_is_dead(reader)


def test_a_page_nobody_touches_closes_when_its_link_is_taken_back(server, person, tobacco):
    link = linked(server.repository, tobacco, server.address)
    reader = visit(person(), link.replace("/results", "/report"))
    picture = reader.locator("[data-testid=stImage] img").get_attribute("src")
    file = urljoin(server.address, picture)
    assert reader.request.get(file).ok
    unlinked(server.repository, tobacco)
    expect(reader.get_by_text("这个只读链接打不开")).to_be_visible(timeout=60_000)
    settle(reader)
    assert reader.request.get(file).status == 404


def test_a_file_asked_for_after_the_end_of_a_right_is_not_made(server, person, tobacco):
    link = linked(server.repository, tobacco, server.address)
    reader = visit(person(), link.replace("/results", "/report"))
    unlinked(server.repository, tobacco)
    got = []
    reader.on("download", lambda download: got.append(download))
    reader.get_by_role("button", name="下载 PDF 摘要").click()
    expect(reader.get_by_text(re.compile("^没有下载：这份自评现在不对您开放"))).to_be_visible()
    assert not got


def test_what_was_written_when_the_right_ended_can_be_copied(server, person):
    sample = examples()[0].read()
    server.repository.create(sample)
    context = person()
    context.set_default_timeout(60_000)
    guest = visit(context, f"{server.address}/assess?a={sample.id}&item=1.1.1")
    guest.get_by_role("button", name="备注").click()
    guest.get_by_label("备注", exact=True).fill("东墙第三个灭火器过期")
    server.repository.delete(sample.id)
    guest.get_by_role("button", name="完成").click()
    expect(guest.locator("[data-testid=stCode]")).to_contain_text(
        "东墙第三个灭火器过期", timeout=60_000
    )
    press(guest, "已复制，不再显示")
    expect(guest.locator("[data-testid=stCode]")).to_have_count(0)
