"""Words that are being written when something takes the field away."""

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from state.documents.examples import examples
from tests.browser.conftest import IDLE, again, saved, settle
from tests.waiting import eventually

WORDS = "东墙第三个灭火器过期"


class Line:
    """A window's line to the server, which can be cut and mended."""

    def __init__(self, page: Page) -> None:
        self._whole = True
        self._ends: list[WebSocketRoute] = []
        page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, near: WebSocketRoute) -> None:
        if self._whole:
            self._ends += [near, near.connect_to_server()]
        else:
            near.close()

    def cut(self) -> None:
        self._whole = False
        while self._ends:
            self._ends.pop().close()

    def mend(self) -> None:
        self._whole = True


@pytest.fixture
def line(laptop) -> Line:
    return Line(laptop)


@pytest.fixture
def writing(server, laptop) -> Page:
    """The notes of an item, with words in the remark that no field has sent yet."""
    laptop.set_default_timeout(60_000)
    sample = examples()[0].read()
    server.repository.create(sample)
    again(laptop, f"{server.address}/enterprise?a={sample.id}")
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


@pytest.mark.parametrize("steps", [1, 2])
def test_the_back_button_keeps_what_is_written(server, writing, steps):
    """One step may lead to the same page without the item, two to the page before."""
    writing.evaluate(f"history.go(-{steps})")
    eventually(lambda: kept(server, writing))


def test_losing_the_line_keeps_what_is_written_and_closing_the_window_asks_meanwhile(
    server, line, writing
):
    line.cut()
    writing.wait_for_selector(f"[data-testid=stApp]:not({IDLE})")
    writing.keyboard.press("Escape")
    asked = []
    writing.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    writing.close(run_before_unload=True)
    writing.wait_for_timeout(1000)
    assert asked == ["beforeunload"]
    assert not kept(server, writing)
    line.mend()
    writing.wait_for_selector(IDLE)
    settle(writing)
    assert kept(server, writing)
