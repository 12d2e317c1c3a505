"""A trainer's screen and four phones in one class, on a real server."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, again, serve, settle
from tests.browser.test_access import violations


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serve(tmp_path_factory.mktemp("data"), ANBIAO_MODE="link") as running:
        yield running


def joined(page: Page, address: str, code: str, name: str) -> Page:
    """A phone that came in by the code."""
    page.set_viewport_size(PHONE)
    again(page, f"{address}/classroom?j={code}")
    page.get_by_label("姓名").fill(name)
    page.get_by_role("button", name="加入课堂").click()
    page.wait_for_url("**/enterprise?a=*")
    settle(page)
    return page


def test_what_four_phones_answer_is_on_the_trainers_screen_which_leads_them(server, person):
    trainer = person().new_page()
    again(trainer, f"{server.address}/classroom")
    trainer.get_by_label("课堂名称").fill("酱油厂培训")
    trainer.get_by_role("button", name="开一个课堂").click()
    expect(trainer.locator("h1")).to_have_text(re.compile("^[2-9A-Z]{6}$"))
    code = trainer.locator("h1").inner_text()
    names = ["张三", "李四", "王五", "赵六"]
    phones = [joined(person().new_page(), server.address, code, name) for name in names]
    again(phones[0], phones[0].url.replace("/enterprise", "/assess"))
    phones[0].get_by_text("无目标管理制度").click()
    expect(trainer.get_by_text("学员 4 人")).to_be_visible()
    expect(trainer.get_by_text("人勾选").first).to_contain_text("1/1")
    assert violations(trainer) == []
    trainer.get_by_label("节奏").click()
    trainer.get_by_role("option", name="带着大家走：1.1.2").first.click()
    settle(trainer)
    expect(phones[0].get_by_text("老师正在讲：1.1.2").first).to_be_visible()
    expect(phones[0].locator("h4").first).to_contain_text("1.1.2")
