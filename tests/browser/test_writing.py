"""Words that are being written when something takes the field away."""

import pytest
from playwright.sync_api import Page, expect

from state.documents.examples import examples
from tests.browser.conftest import saved, settle
from tests.waiting import eventually

WORDS = "东墙第三个灭火器过期"


@pytest.fixture
def writing(server, laptop) -> Page:
    """The notes of an item, with words in the remark that no field has sent yet."""
    laptop.set_default_timeout(60_000)
    sample = examples()[0].read()
    server.repository.create(sample)
    laptop.goto(f"{server.address}/enterprise?a={sample.id}")
    settle(laptop)
    laptop.locator("[data-testid=stTopNavLink]").filter(has_text="逐项自评").first.click()
    laptop.wait_for_url("**/assess**")
    settle(laptop)
    laptop.get_by_role("button", name="备注").click()
    laptop.get_by_label("备注", exact=True).press_sequentially(WORDS)
    return laptop


def kept(server, page: Page) -> bool:
    """Whether the words are kept as the remark of some item."""
    return any(text == WORDS for text in saved(server, page).work.remarks.values())


def test_escape_keeps_what_is_written(server, writing):
    writing.keyboard.press("Escape")
    expect(writing.get_by_role("dialog")).to_have_count(0)
    eventually(lambda: kept(server, writing))


def test_closing_the_window_asks_first_and_keeps_it(server, writing):
    asked = []

    def stay(dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    writing.on("dialog", stay)
    writing.close(run_before_unload=True)
    writing.wait_for_timeout(2000)  # its words go out while it asks
    assert asked == ["beforeunload"]
    eventually(lambda: kept(server, writing))


def test_without_new_words_nothing_is_asked(server, writing):
    writing.keyboard.press("Escape")
    eventually(lambda: kept(server, writing))
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    writing.reload()
    settle(writing)
    assert not asked


def test_the_back_button_keeps_what_is_written(server, writing):
    writing.on("dialog", lambda dialog: dialog.accept())
    writing.evaluate("history.back()")
    writing.wait_for_url("**/enterprise**")
    eventually(lambda: kept(server, writing))
