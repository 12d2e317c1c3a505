"""What an open page says when its line drops, and what becomes of words that were being written."""

import re

import pytest
from playwright.sync_api import Page, expect

from state.documents.examples import examples
from tests.browser.conftest import IDLE, again, free_port, serve, settle
from tests.waiting import eventually

WORDS = "东墙第三个灭火器过期"
LOST = re.compile(r"^连接中断，已保存到 \d\d:\d\d，正在重连……$")


def said(page: Page):
    return page.locator("#anbiao-connection")


def english(page: Page):
    """Streamlit's own dialog, which tells a developer what to type."""
    return page.locator("[data-testid=stErrorCodeBlock]").filter(visible=True)


@pytest.fixture
def writing(laptop) -> Page:
    laptop.set_default_timeout(60_000)
    return laptop


def test_a_page_whose_server_died_says_so_and_offers_what_was_being_written(writing, tmp_path):
    port = free_port()
    with serve(tmp_path, port) as server:
        sample = examples()[0].read()
        server.repository.create(sample)
        again(writing, f"{server.address}/assess?a={sample.id}")
        settle(writing)
        writing.get_by_role("button", name="备注").click()
        writing.get_by_label("备注", exact=True).press_sequentially(WORDS)
        server.process.kill()
        expect(said(writing)).to_have_text(LOST, timeout=3_000)
        writing.wait_for_timeout(5_000)  # by then Streamlit has put up its own dialog
        assert english(writing).count() == 0
    with serve(tmp_path, port):
        expect(said(writing)).to_have_text("已重新连上，可以继续", timeout=60_000)
        writing.wait_for_selector(IDLE)
        offered = writing.locator("#anbiao-written textarea")
        expect(offered).to_have_value(WORDS)
        writing.get_by_role("button", name="复制").click()
        writing.get_by_role("button", name="不再显示").click()
        expect(offered).to_have_count(0)
        expect(said(writing)).to_have_count(0)
        writing.close()  # while its server is still there


def test_a_browser_that_is_offline_says_so_until_it_is_back(server, writing):
    again(writing, server.address)
    settle(writing)
    writing.context.set_offline(True)
    expect(said(writing)).to_have_text(LOST, timeout=3_000)
    writing.context.set_offline(False)
    expect(said(writing)).to_have_text("已重新连上，可以继续")
    expect(said(writing)).to_have_count(0)


def test_what_was_sent_and_answered_is_not_offered_again(server, writing):
    sample = examples()[0].read()
    server.repository.create(sample)
    again(writing, f"{server.address}/assess?a={sample.id}")
    settle(writing)
    writing.get_by_role("button", name="备注").click()
    writing.get_by_label("备注", exact=True).press_sequentially(WORDS)
    writing.keyboard.press("Escape")
    eventually(lambda: writing.evaluate("sessionStorage.getItem('anbiao-writing')") is None)
    writing.reload()
    settle(writing)
    expect(writing.locator("#anbiao-written")).to_have_count(0)
