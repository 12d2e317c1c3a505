"""Every page for who sees badly, uses a finger or a screen reader: axe-core's rules, and Chinese."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from state.documents.examples import examples
from tests.browser.conftest import LAPTOP, PHONE, again, pdf_text, settle

PAGES = (
    *("", "enterprise", "scope", "assess", "results", "rectification", "report"),
    *("preview", "project", "records", "standards"),
)
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LATIN = re.compile(r"[A-Za-z]{3,}")
KNOWN = re.compile(
    r"PDF|Word|JPG|PNG|zip|Excel|ZIP|json|xlsx|MB|CSV|Esc|class|make|start\.bat|https?:\S+"
)
"""Names and endings that are said so in Chinese too."""

LABELS = """() => {
  const seen = [];
  for (const element of document.querySelectorAll('[aria-label],[title],[placeholder]'))
    for (const name of ['aria-label', 'title', 'placeholder'])
      if (element.getAttribute(name)) seen.push(element.getAttribute(name));
  const own = '[data-testid=stFileUploader],[data-testid=stDateInput],[data-testid=stSkipToContent]';
  for (const element of document.querySelectorAll(own)) seen.push(element.innerText);
  return seen;
}"""


@pytest.fixture
def address(server) -> str:
    sample = examples()[0].read()
    server.repository.create(sample)
    return f"{server.address}/{{}}?a={sample.id}"


def violations(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("step", PAGES)
def test_a_page_breaks_no_rule_of_wcag_and_its_controls_speak_chinese(laptop, address, step):
    laptop.set_default_timeout(60_000)
    again(laptop, address.format(step))
    settle(laptop)
    assert laptop.evaluate("document.documentElement.lang") == "zh-CN"
    for size in (LAPTOP, PHONE):
        laptop.set_viewport_size(size)
        laptop.wait_for_timeout(300)  # what is drawn anew for the other width
        assert violations(laptop) == []
    labels = laptop.evaluate(LABELS)
    english = [text for text in labels if LATIN.search(KNOWN.sub("", text))]
    assert english == [], english
    assert [text for text in labels if "**" in text or ":gray[" in text or ":red[" in text] == []


def test_a_calendar_and_a_dialog_speak_chinese(laptop, address):
    again(laptop, address.format("enterprise"))
    settle(laptop)
    laptop.locator("[data-testid=stDateInput] button").first.click()
    calendar = laptop.locator("[data-testid=stDateInputCalendar]")
    assert calendar.get_by_label("下个月").count() == 1
    laptop.keyboard.press("Escape")
    again(laptop, address.format("assess"))
    settle(laptop)
    laptop.get_by_role("button", name="备注").click()
    laptop.get_by_role("dialog").get_by_label("关闭").click()


def test_on_a_phone_whole_rows_and_pills_are_large_enough_for_a_finger(phone, address):
    again(phone, address.format("assess"))
    settle(phone)
    heights = "found => found.map(one => Math.round(one.getBoundingClientRect().height))"
    rows = phone.locator("[data-testid=stCheckbox] label").evaluate_all(heights)
    links = phone.locator("[data-testid=stPageLink] a").evaluate_all(heights)
    phone.locator("[data-testid=stExpandSidebarButton]").click()
    entry = phone.locator("[data-testid=stSidebarNavLink]")
    expect(entry.first).to_be_visible()
    links += entry.evaluate_all(heights)
    pills = phone.locator("[data-testid=stButtonGroup] button").evaluate_all(heights)
    bar = phone.locator("[data-testid=stBottomBlockContainer] button:visible").evaluate_all(heights)
    assert min(rows) >= 48
    assert min([*pills, *bar, *links]) >= 44


TOPS = """() => [...document.querySelectorAll('[class*="st-key-finding-"]')]
  .map(row => Math.round(row.getBoundingClientRect().top
    + document.querySelector('[data-testid=stMain]').scrollTop))"""


def still(page: Page) -> list[int]:
    """Where the rows are, once two looks half a second apart see the same."""
    seen: list[int] = []
    for _ in range(60):
        last, seen = seen, page.evaluate(TOPS)
        if seen and seen == last:
            return seen
        page.wait_for_timeout(500)
    raise AssertionError(f"rows still move: {last} {seen}")


def test_on_a_phone_nothing_moves_under_the_finger(phone, address):
    """Of conditions counted by the place, and of a check list's requirements."""
    for place, ticked in (("item=10.2.1", 1), ("item=6.2.6&group=12", 1)):
        again(phone, f"{address.format('assess')}&{place}")
        before, counts = still(phone), phone.locator("[data-testid=stNumberInput]").count()
        row = phone.locator('[class*="st-key-finding-"]').nth(ticked)
        row.locator("label, button").last.click()
        settle(phone)
        assert phone.locator("[data-testid=stNumberInput]").count() == counts + 1
        assert still(phone) == before


def test_on_paper_a_page_is_whole_and_says_where_the_pdf_is(laptop, address, tmp_path):
    again(laptop, address.format("assess"))
    laptop.pdf(path=tmp_path / "page.pdf", format="A4")
    text = pdf_text(tmp_path / "page.pdf")
    assert "“报告”页的 PDF" in text
    assert "下一步：结果" in text  # the foot of the page, far below the window
    assert "核查完毕，下一条" not in text


def test_findings_are_a_table_on_a_laptop_and_cards_on_a_phone(laptop, address):
    again(laptop, address.format("results"))
    settle(laptop)
    table = laptop.locator(".st-key-findings-table")
    card = laptop.locator(".st-key-findings-cards [data-testid=stMarkdown]").first
    expect(table).to_be_visible()
    expect(card).to_be_hidden()
    laptop.set_viewport_size(PHONE)
    expect(table).to_be_hidden()
    expect(card).to_have_text(re.compile(r"^扣 [\d.]+ 分 · "))
    fix = laptop.locator("[class*=st-key-fix-] button").first
    box, words = fix.bounding_box(), fix.locator("p").first.bounding_box()
    assert box and words and words["x"] - box["x"] < 30
