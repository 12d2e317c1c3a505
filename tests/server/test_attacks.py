"""Each bound attacked at a running server, while somebody else's click still works."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.exceptions import ConnectionClosed, InvalidStatus

from benchmarks.attackers import Page, asked, connected, flooding, memory, opened
from server.uploads import NO_ROOM, NOT_ASKED, TOO_LARGE
from server.waiting import BUSY, NOTICE
from state.documents.assessment import new_id
from state.documents.changes import set_profile
from state.documents.examples import examples
from state.documents.transfer import export_json
from tests.browser.conftest import Server, serve, settle

MEGABYTE = 2**20
SOON = 10.0
"""Seconds for a click of somebody else; the tests run on busy machines."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve(tmp_path_factory.mktemp("data"), ANBIAO_MODE="link") as running:
        yield running


@pytest.fixture
def other(server: Server) -> Iterator[Page]:
    """Somebody else at work, of whom in the end a click is answered soon."""
    assessment = examples()[0].read()
    server.repository.create(assessment)
    with opened(
        server.address, "results", f"a={assessment.id}", X_Forwarded_For="198.51.100.9"
    ) as page:
        yield page
        assert (
            min(page.run(ClientState(query_string=f"a={assessment.id}")) for _ in range(3)) < SOON
        )


def test_a_page_that_asks_for_no_file_gets_none_read(server: Server, other: Page) -> None:
    with opened(server.address, "standards") as page:
        assert page.upload(server.address, 10) == (403, NOT_ASKED)
        assert page.upload(server.address, 10, chunked=True) == (403, NOT_ASKED)
    assert other.upload(server.address, 10) == (403, NOT_ASKED)


def test_a_session_that_is_not_open_gets_none_read(server: Server) -> None:
    with opened(server.address) as page:
        assert page.upload(server.address, 10)[0] == 204
    time.sleep(0.5)
    assert page.upload(server.address, 10) == (403, NOT_ASKED)


@pytest.mark.usefixtures("other")
def test_no_file_is_larger_than_the_page_asks_for(server: Server) -> None:
    with opened(server.address) as page:
        assert page.upload(server.address, 5 * MEGABYTE)[0] == 204
        assert page.upload(server.address, 26 * MEGABYTE, chunked=True) == (413, TOO_LARGE)
        with suppress(OSError):  # what is not read may be cut off before the answer is heard
            assert page.upload(server.address, 26 * MEGABYTE) == (413, TOO_LARGE)
        notice, words = asked(server.address, NOTICE, Cookie=f"_streamlit_xsrf={page.token}")
        assert (notice.status, words) == (200, TOO_LARGE)
        assert asked(server.address, NOTICE)[1].strip() == ""


@pytest.mark.usefixtures("other")
def test_a_session_holds_so_many_bytes_and_no_more(server: Server) -> None:
    before = memory(server.process.pid)
    with opened(server.address) as page:
        statuses = [page.upload(server.address, 5 * MEGABYTE - 9, f"f{n}")[0] for n in range(16)]
        assert statuses.count(204) == 9  # a form is around each
        assert statuses[9:] == [429] * 7
        assert page.upload(server.address, 4 * MEGABYTE, "smaller")[0] == 204
        assert page.upload(server.address, MEGABYTE, "small") == (429, NO_ROOM)
        assert page.take_back(server.address, "f0") == 204
        assert page.upload(server.address, 5 * MEGABYTE - 9, "h")[0] == 204
    assert memory(server.process.pid) - before < 200 * MEGABYTE


def test_two_who_send_without_a_pause_are_slowed_down(server: Server, other: Page) -> None:
    """They do not even notice at once: the network takes what the server does not read yet."""
    rerun = BackMsg(rerun_script=ClientState()).SerializeToString()
    with (
        opened(server.address) as first,
        opened(server.address) as second,
        flooding(first, rerun),
        flooding(second, rerun),
    ):
        time.sleep(4)
        assert min(other.run() for _ in range(3)) < SOON


def test_state_for_widgets_that_do_not_exist_is_not_taken_without_end(
    server: Server, other: Page
) -> None:
    before = memory(server.process.pid)
    state = ClientState()
    for number in range(9):
        state.widget_states.widgets.add(id=f"$$ID-{number:032}-made-up", string_value="x" * 100_000)
    message = BackMsg(rerun_script=state).SerializeToString()
    with ExitStack() as stack:
        for _ in range(12):
            page = stack.enter_context(opened(server.address))
            stack.enter_context(flooding(page, message))
        time.sleep(5)
        assert min(other.run() for _ in range(3)) < SOON
        assert memory(server.process.pid) - before < 250 * MEGABYTE


def test_a_message_of_more_than_a_megabyte_ends_the_connection(server: Server) -> None:
    with opened(server.address) as page:
        page.socket.send(b"x" * 1_100_000)
        with pytest.raises(ConnectionClosed):
            page.run()


@pytest.mark.usefixtures("other")
def test_new_assessments_in_a_loop_come_to_an_end(server: Server) -> None:
    before = server.repository.list().count
    with opened(server.address) as page:
        for _ in range(25):
            if "new" not in page.buttons:
                page.run(ClientState(page_name="start"))
            page.press("new")
            page.page = ""
            page.buttons.clear()
    assert 15 < server.repository.list().count - before <= 21


def test_reports_without_end_keep_nobody_else_from_theirs(server: Server) -> None:
    """All of them from one address, of as many assessments as there are windows."""
    with ExitStack() as stack:

        def reporting(**headers: str) -> Page:
            sample = set_profile("name", new_id())(examples()[0].read())
            server.repository.create(sample)
            return stack.enter_context(
                opened(server.address, "report", f"a={sample.id}", **headers)
            )

        other = reporting(X_Forwarded_For="198.51.100.9")
        for window in [reporting() for _ in range(4)]:
            for file in window.files * 3:
                window.ask_for(file)
        begun = time.monotonic()
        other.ask_for(other.files[4])
        assert other.get(other.files[4]).endswith(".docx")
        assert time.monotonic() - begun < 15  # all of theirs take a minute


def test_many_windows_of_one_browser_are_refused_and_others_come_in(server: Server) -> None:
    with ExitStack() as stack:
        page = stack.enter_context(opened(server.address))
        with pytest.raises(InvalidStatus) as refused:
            for _ in range(45):
                stack.enter_context(connected(server.address, page.token))
        assert refused.value.response.status_code == 429
        stack.enter_context(opened(server.address))


@pytest.mark.parametrize(("proxies", "believed"), [("127.0.0.1,::1", True), ("192.0.2.9", False)])
def test_a_forwarded_address_counts_only_from_a_proxy_that_is_named(
    tmp_path: Path, proxies: str, believed: bool
) -> None:
    """What is told to one address is not told to another, if there is another."""
    settings = {"ANBIAO_MODE": "link", "FORWARDED_ALLOW_IPS": proxies}
    with serve(tmp_path, **settings) as running, opened(running.address) as page:
        assert page.upload(running.address, 26 * MEGABYTE, chunked=True) == (413, TOO_LARGE)
        mine = f"_streamlit_xsrf={page.token}"
        _, words = asked(running.address, NOTICE, Cookie=mine, X_Forwarded_For="198.51.100.1")
        assert words.strip() == ("" if believed else TOO_LARGE)


def test_past_what_it_carries_newcomers_wait_and_open_pages_are_told(tmp_path: Path) -> None:
    """Nobody's click is lost: each of them is answered in the end."""
    assessment = examples()[0].read()
    with serve(tmp_path, ANBIAO_MODE="link") as running, ExitStack() as stack:
        running.repository.create(assessment)
        query = f"a={assessment.id}"
        pages = [stack.enter_context(opened(running.address, "results", query)) for _ in range(40)]
        assert asked(running.address, "/", Accept="text/html")[0].status == 200
        newcomers: list[tuple[int, str]] = []
        for _ in range(5):
            for page in pages:
                page.send(ClientState(query_string=query))
        for _ in range(100):
            answer, words = asked(running.address, "/results", Accept="text/html")
            newcomers.append((answer.status, words))
            if answer.status == 503:
                break
            time.sleep(0.1)
        status, words = newcomers[-1]
        assert status == 503
        assert "现在使用的人很多" in words and 'http-equiv="refresh"' in words
        assert asked(running.address, NOTICE)[1] == BUSY
        known = f"_streamlit_xsrf={pages[0].token}"
        assert asked(running.address, "/results", Accept="text/html", Cookie=known)[0].status == 200
        for page in pages:
            page.read()


def test_a_page_shows_what_the_server_has_to_say(server: Server, chromium: Browser) -> None:
    """In the page's own script, which works while Streamlit's waits."""
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(server.address)
    settle(page)
    (token,) = [c["value"] for c in context.cookies() if c["name"] == "_streamlit_xsrf"]
    with opened(server.address) as mine:
        mine.token = token.strip('"')
        assert mine.upload(server.address, 26 * MEGABYTE, chunked=True)[0] == 413
    expect(page.locator("#anbiao-notice")).to_have_count(0)
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<i data-testid=stFileChipIconError></i>')"
    )
    expect(page.locator("#anbiao-notice")).to_have_text(TOO_LARGE)
    page.evaluate("document.querySelector('[data-testid=stFileChipIconError]').remove()")
    expect(page.locator("#anbiao-notice")).to_have_count(0)
    context.close()


def test_an_import_by_a_browser_is_taken(server: Server, chromium: Browser) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(server.address)
    settle(page)
    page.get_by_text("导入自评文件").click()
    page.locator("input[type=file]").set_input_files(
        {
            "name": "a.json",
            "mimeType": "application/json",
            "buffer": export_json(examples()[0].read()),
        }
    )
    page.wait_for_url("**/results?**")
    context.close()
