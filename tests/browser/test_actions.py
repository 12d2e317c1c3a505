"""From a finding to an action, to what is done, to a better grade."""

from playwright.sync_api import Locator, Page, expect

from scoring import Result
from state.documents.changes import set_finding
from state.documents.examples import examples
from state.storage.repository import update
from tests.browser.conftest import again, engine_result, saved, settle
from tests.waiting import eventually


def _result(page: Page, server) -> Result:
    return engine_result(saved(server, page))


def test_a_finding_becomes_an_action_and_is_put_right(laptop: Page, server) -> None:
    page = laptop
    again(page, server.address)
    page.get_by_role("button", name=examples()[0].title).click()
    page.wait_for_url("**/results?**")
    assessment = saved(server, page)
    for change in (set_finding("6.1.3-b", 1), set_finding("9.3.1-b", 1)):
        update(server.repository, assessment.id, change)
    before = _result(page, server)
    again(page, page.url.replace("/results", "/rectification"))
    page.get_by_text("整改清单", exact=True).click()
    chosen = page.get_by_role("combobox", name="还没有列为整改的问题")
    chosen.click()
    chosen.fill("9.3.1-b")
    page.keyboard.press("Enter")
    settle(page)
    page.get_by_role("button", name="列为整改", exact=True).click()
    form: Locator = page.get_by_role("dialog")
    form.get_by_label("责任人").fill("王强")
    page.keyboard.press("Tab")
    settle(page)
    form.get_by_text("已完成", exact=True).click()
    form.get_by_role("button", name="从自评中撤销这个问题").click()
    expect(form.get_by_text("已不再扣分")).to_be_visible()
    settle(page)
    kept = saved(server, page)
    assert "9.3.1-b" not in kept.work.answers.findings
    (action,) = [one for one in kept.work.actions.values() if one.finding == "9.3.1-b"]
    assert (action.person, action.is_open) == ("王强", False)
    after = _result(page, server)
    assert (before.grade_name, after.grade_name) == ("三级", "二级")
    form.get_by_role("button", name="关闭").last.click()
    eventually(lambda: page.get_by_role("dialog").count() == 0)
    expect(page.get_by_text("已完成 2", exact=True)).to_be_visible()
