"""Several windows on one assessment, and a disk that goes away and comes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

import schemes
from state.documents.assessment import Assessment, new_assessment
from state.documents.changes import set_facet, set_finding, set_profile, set_scheme
from state.storage.repository import update
from tests.browser.conftest import again, settle

ITEM = "2.1.1"
"""An item with a condition that forfeits and one that is counted."""


@pytest.fixture
def workshop(server) -> Assessment:
    assessment = new_assessment()
    for change in (
        set_profile("name", "小小酱园"),
        set_scheme(schemes.load("condiment")),
        set_facet("product", [], ["soy_sauce"]),
    ):
        assessment = change(assessment)
    server.repository.create(assessment)
    return assessment


def at(server, assessment: Assessment, step: str = "assess") -> str:
    return f"{server.address}/{step}?{urlencode({'a': assessment.id, 'item': ITEM})}"


def tick(page: Page, number: int) -> None:
    page.locator("[data-testid=stCheckbox] label").nth(number).click()
    settle(page)


@contextmanager
def away(folder: Path) -> Iterator[None]:
    elsewhere = folder.with_name("elsewhere")
    folder.rename(elsewhere)
    folder.write_text("in the way")
    try:
        yield
    finally:
        folder.unlink()
        elsewhere.rename(folder)


def test_ticking_goes_on_while_the_disk_is_away_and_is_saved_by_itself(laptop, server, workshop):
    again(laptop, at(server, workshop))
    with away(server.repository.folder):
        tick(laptop, 0)
        expect(laptop.get_by_text("暂时不能保存")).to_be_visible()
        tick(laptop, 1)
        expect(laptop.get_by_text("处修改暂存在内存里")).to_contain_text("2 处修改")
        laptop.reload()
        settle(laptop)
        expect(laptop.locator("[data-testid=stCheckbox] input").nth(1)).to_be_checked()
        with laptop.expect_download() as got:
            laptop.get_by_role("button", name="下载目前的全部回答").click()
        assert '"2.1.1-b"' in Path(got.value.path()).read_text()
    expect(laptop.get_by_text("暂时不能保存")).to_have_count(0)
    settle(laptop)
    kept = server.repository.load(workshop.id).work.answers.findings
    assert kept == {"2.1.1-a": 1, "2.1.1-b": 1}


def test_the_same_answer_in_two_windows_is_asked_about(laptop, server, workshop):
    again(laptop, at(server, workshop))
    update(server.repository, workshop.id, set_finding("2.1.1-c", 4))
    tick(laptop, 2)
    asked = laptop.get_by_text("同一处刚在别的窗口改过")
    expect(asked).to_be_visible()
    assert server.repository.load(workshop.id).work.answers.findings == {"2.1.1-c": 4}
    laptop.get_by_role("button", name="保留对方的").click()
    settle(laptop)
    expect(asked).to_have_count(0)
    expect(laptop.locator("[data-testid=stNumberInput] input")).to_have_value("4")


def test_a_tick_and_then_a_note_stay_at_the_same_item(laptop, server, workshop):
    """A tick changes the item's label in the list to jump to, which the browser sends back."""
    again(laptop, at(server, workshop))
    tick(laptop, 0)
    for _ in range(2):
        laptop.get_by_role("button", name="备注").click()
        settle(laptop)
        laptop.get_by_role("button", name="完成").click()
        settle(laptop)
        expect(laptop.locator("[data-testid=stMain] h4").first).to_contain_text(ITEM)
