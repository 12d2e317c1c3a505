"""演示 on a projector: read from the back row, led by the arrow keys, before and after."""

import re

import pytest
from playwright.sync_api import Page, expect

from state.documents.changes import set_finding, set_profile
from state.documents.examples import examples
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.mode import Mode
from tests.browser.conftest import again, settle

PROJECTOR = {"width": 1920, "height": 1080}
SIZES = """() => [...document.querySelectorAll('.st-key-presenting p')]
  .filter(one => one.offsetParent).map(one => parseFloat(getComputedStyle(one).fontSize))"""


@pytest.fixture
def projected(server, laptop) -> Page:
    sample = set_profile("target_grade", "一级")(examples()[0].read())
    server.repository.create(sample)
    service = AssessmentService(server.repository, Mode.LOCAL)
    service.take_snapshot(Key(sample.id), Visitor(), "初评")
    service.change(Key(sample.id), Visitor(), set_finding("1.1.1-a", 1))
    laptop.set_viewport_size(PROJECTOR)
    again(laptop, f"{server.address}/presenting?a={sample.id}")
    settle(laptop)
    return laptop


def test_the_projector_shows_large_letters_and_a_radar_of_half_the_screen(projected):
    assert min(projected.evaluate(SIZES)) >= 24
    radar = projected.locator("[data-testid=stPlotlyChart]").bounding_box()
    assert radar is not None
    assert radar["width"] * radar["height"] >= 0.25 * 1920 * 1080
    expect(projected.locator("[data-testid=stHeader]")).to_be_hidden()
    expect(projected.locator(".st-key-presenting h1")).to_have_text("79.5 分")


def test_a_row_opens_its_element_and_arrow_keys_lead_on(projected):
    projected.get_by_role("button", name="5 教育培训").click()
    title = projected.locator(".st-key-presenting h1")
    expect(title).to_have_text("5.1.1 培训管理制度")
    settle(projected)  # the buttons that the keys press come after the title
    projected.keyboard.press("ArrowRight")
    expect(title).to_have_text("5.1.2 培训需求与计划")
    settle(projected)
    projected.keyboard.press("ArrowLeft")
    expect(title).to_have_text("5.1.1 培训管理制度")


def test_an_item_with_more_conditions_than_fit_goes_on_sheets(projected):
    """6.2.6, which comes eighth in its element, has 69 conditions that apply, on six sheets."""
    projected.get_by_role("button", name="6 生产设备设施").click()
    settle(projected)
    for place in ("39", "40", "41", "42", "43", "44", "44", "45"):
        expect(projected.get_by_text(re.compile(f"^第 {place} 条"))).to_be_visible()
        settle(projected)
        projected.keyboard.press("ArrowRight")
    expect(projected.get_by_text("第 45 条，共 125 条 · 本条第 2 页，共 6 页")).to_be_visible()
    expect(projected.locator(".st-key-present-many p")).to_have_count(15)
    assert min(projected.evaluate(SIZES)) >= 24
    main = projected.locator("[data-testid=stMain]")
    assert main.evaluate("one => one.scrollHeight") <= 1080


def test_a_slider_leads_from_a_snapshot_to_now(projected):
    projected.get_by_role("radio", name="前后对比").click()
    settle(projected)
    total = projected.locator(".st-key-presenting h1")
    expect(total).to_have_text("79.5 分")
    projected.get_by_role("slider").press("ArrowLeft")
    expect(total).to_have_text("79.8 分")


def test_the_plan_goes_a_step_at_a_time_and_a_spoke_opens_its_element(projected):
    projected.get_by_role("radio", name="整改步骤").click()
    expect(projected.get_by_text(re.compile("^第 0 步，共"))).to_be_visible()
    settle(projected)
    projected.keyboard.press("ArrowRight")
    expect(projected.get_by_text(re.compile("^第 1 步，共"))).to_be_visible()
    expect(projected.locator(".legendtext").nth(1)).to_have_text("第 1 步后")
    settle(projected)
    projected.locator(".angularaxistick text").filter(has_text="5 教育培训").click(force=True)
    settle(projected)  # until then what was drawn before stands below
    expect(projected.locator(".st-key-presenting h1")).to_have_text("5.1.1 培训管理制度")
