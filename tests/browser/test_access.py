"""Every page for who sees badly, uses a finger or a screen reader: axe-core's rules, and Chinese."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize, expect

from state.documents.examples import examples
from tests.browser.conftest import LAPTOP, PHONE, again, pdf_text, settle

PAGES = (
    *("", "enterprise", "scope", "assess", "results", "rectification", "report"),
    *("preview", "classroom", "project", "presenting", "history"),
    *("clients", "records", "standards", "import_standard"),
)
PAPER = {
    "classroom": "导出 PDF",
    "project": "下载全套资料（ZIP）",
    "history": "下载 PDF 对比",
    "clients": "导出 Excel",
    "records": "下载 Word 资料清单",
    "import_standard": "导出给同事（.json）",
}
"""Where what a printed page does not show is; of the others it is the report."""
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
LATIN = re.compile(r"[A-Za-z]{3,}")
KNOWN = re.compile(
    r"PDF|Word|JPG|PNG|zip|Excel|ZIP|json|MB|CSV|Esc|class|make|start\.bat|https?:\S+"
    r"|\.(xlsx|xls|csv|docx|pdf)|xlsx"
)
"""Names and endings that are said so in Chinese too."""

LABELS = """() => {
  const seen = [];
  for (const element of document.querySelectorAll('[aria-label],[title],[placeholder]'))
    for (const name of ['aria-label', 'title', 'placeholder'])
      if (element.getAttribute(name)) seen.push(element.getAttribute(name));
  const own = '[data-testid=stFileUploader],[data-testid=stDateInput],[data-testid=stSkipToContent]';
  for (const element of document.querySelectorAll(own)) {
    const icons = [...element.querySelectorAll('[data-testid=stIconMaterial]')];
    seen.push(icons.reduce((text, icon) => text.replace(icon.innerText, ''), element.innerText));
  }
  return seen;
}"""


TWICE = ViewportSize(width=640, height=400)
"""What a laptop's window has room for at 200 %."""

BESIDE = """() => {
  const main = document.querySelector('[data-testid=stMain]');
  return Math.max(main.scrollWidth - main.clientWidth,
    document.documentElement.scrollWidth - window.innerWidth);
}"""
"""How many pixels lie to the right of what is seen."""

SMALL = """() => {
  const own = 'a[href],button,summary,[role=button],[role=radio],input:not([type=hidden])';
  const hidden = '[data-testid=stSkipToContent],[data-testid=stElementToolbar],' +
    '[data-testid=stSidebar],[data-testid=hidden-dateinput-container]';
  const field = '[data-testid=stTextInputRootElement],[data-testid=stNumberInputContainer],' +
    '.react-aria-ComboBox > [role=group],label';
  const inWords = one => one.matches(':is(p, li) a')
    && !one.closest('[data-testid=stPageLink],[data-testid=stCaptionContainer]');
  const found = [];
  for (const one of document.querySelectorAll(own)) {
    if (one.closest(hidden) || inWords(one) || !one.checkVisibility({visibilityProperty: true}))
      continue;
    const inField = one.matches('input') || one.matches('.react-aria-ComboBox button');
    const target = inField && one.closest(field) || one;
    const {width, height} = target.getBoundingClientRect();
    const narrow = width < 44 && !one.closest('[data-testid=stNumberInputContainer]');
    if (width && height && (Math.round(height) < 44 || narrow))
      found.push(`${one.innerText || one.ariaLabel || one.type} ${width}×${height}`);
  }
  return found;
}"""
"""What a finger would have to aim at: less than 44 pixels high or, but for a stepper's, wide."""


@pytest.fixture
def address(server) -> str:
    sample = examples()[0].read()
    server.repository.create(sample)
    return f"{server.address}/{{}}?a={sample.id}"


def violations(page: Page) -> list[tuple[str, str]]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("step", PAGES)
def test_a_page_is_for_every_eye_and_every_finger_and_can_be_printed(
    laptop, address, step, tmp_path
):
    """All in one visit: WCAG at both widths, Chinese, targets on a phone, twice as large, paper."""
    laptop.set_default_timeout(60_000)
    again(laptop, address.format(step))
    settle(laptop)
    assert laptop.evaluate("document.documentElement.lang") == "zh-CN"
    for size in (LAPTOP, PHONE):
        laptop.set_viewport_size(size)
        laptop.wait_for_timeout(300)  # what is drawn anew for the other width
        assert violations(laptop) == []
    assert laptop.evaluate(SMALL) == []
    labels = laptop.evaluate(LABELS)
    english = [text for text in labels if LATIN.search(KNOWN.sub("", text))]
    assert english == [], english
    assert [text for text in labels if "**" in text or ":gray[" in text or ":red[" in text] == []
    laptop.set_viewport_size(TWICE)
    laptop.wait_for_timeout(300)
    assert laptop.evaluate(BESIDE) == 0
    laptop.set_viewport_size(LAPTOP)
    assert laptop.locator(".st-key-on-paper").is_hidden()
    laptop.pdf(path=tmp_path / "page.pdf", format="A4")
    assert PAPER.get(step, "“报告”页的 PDF 里") in pdf_text(tmp_path / "page.pdf")


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


def test_met_or_not_stands_below_what_is_counted_too(laptop, server):
    """Two of D.1-2's three requirements are counted by the place, and leave room for how often."""
    sample = next(example for example in examples() if example.scheme == "tobacco").read()
    server.repository.create(sample)
    again(laptop, f"{server.address}/assess?a={sample.id}&item=D.1-2")
    met = laptop.get_by_role("radio", name="符合", exact=True)
    expect(met).to_have_count(3)
    lefts = met.evaluate_all("all => all.map(one => Math.round(one.getBoundingClientRect().left))")
    assert len(set(lefts)) == 1


TOPS = """() => [...document.querySelectorAll('[class*="st-key-finding-"]')]
  .map(row => Math.round(row.getBoundingClientRect().top
    + document.querySelector('[data-testid=stMain]').scrollTop))"""


def test_on_a_phone_nothing_moves_under_the_finger(phone, address):
    """Of conditions counted by the place, and of a check list's requirements."""
    for place, ticked in (("item=10.2.1", 1), ("item=6.2.6&group=12", 1)):
        again(phone, f"{address.format('assess')}&{place}")
        phone.evaluate("document.fonts.ready.then(() => true)")
        settle(phone)  # a busy machine draws once more when letters have come
        before, counts = phone.evaluate(TOPS), phone.locator("[data-testid=stNumberInput]").count()
        row = phone.locator('[class*="st-key-finding-"]').nth(ticked)
        row.locator("label, button").last.click()
        settle(phone)
        assert phone.locator("[data-testid=stNumberInput]").count() == counts + 1
        assert phone.evaluate(TOPS) == before


def test_on_paper_a_page_is_whole(laptop, address, tmp_path):
    again(laptop, address.format("assess"))
    expect(laptop.get_by_text("下一步：结果")).to_be_attached()
    laptop.pdf(path=tmp_path / "page.pdf", format="A4")
    text = pdf_text(tmp_path / "page.pdf")
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
