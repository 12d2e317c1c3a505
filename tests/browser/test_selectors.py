"""Every selector that assets/style.css and ui/frame.py use finds what it is meant for.

Streamlit promises no `data-testid`. Where one is gone, nothing fails: the page only looks
wrong, or a phone's menu stays open over it.
"""

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

import process
from state.documents.examples import examples
from state.documents.project import new_project
from tests.browser.conftest import ROOT, Server, again, settle

STYLE = (ROOT / "assets" / "style.css").read_text(encoding="utf-8")
PROJECTOR = (ROOT / "assets" / "presenting.css").read_text(encoding="utf-8")
FRAME = (ROOT / "ui" / "frame.py").read_text(encoding="utf-8")


def _used(text: str) -> set[str]:
    return set(re.findall(r'data-testid="?([A-Za-z]+)', text))


@pytest.fixture
def sample(phone: Page, server: Server) -> Page:
    """A phone on the first sample's page of items."""
    assessment = examples()[0].read()
    server.repository.create(assessment)
    again(phone, f"{server.address}/assess?a={assessment.id}")
    expect(phone.locator("[data-testid=stMain] h3").first).to_have_text("逐项自评")
    return phone


@pytest.fixture
def start(laptop: Page, server: Server) -> Page:
    """The start page."""
    again(laptop, server.address)
    return laptop


def test_a_projects_step_is_a_row_whose_words_begin_at_the_left(
    phone: Page, server: Server
) -> None:
    read = process.load("consultancy")
    project = new_project(
        read.id, read.version, date(2026, 1, 5), date(2026, 11, 8), enterprise="小小酱园"
    )
    server.repository.create(project)
    again(phone, f"{server.address}/project?p={project.id}")
    phone.get_by_text("步骤", exact=True).click()
    step = phone.locator("[class*=st-key-step-] button").first
    expect(step).to_be_visible()
    box, words = step.bounding_box(), step.locator("p").first.bounding_box()
    assert box is not None
    assert words is not None
    assert box["height"] >= 48
    assert words["x"] - box["x"] < 60  # behind its icon


def _count(page: Page, selector: str) -> int:
    return page.locator(selector).count()


def test_the_list_below_is_of_all_that_are_used() -> None:
    """A new one needs a test here."""
    assert _used(STYLE) == {
        "stMainBlockContainer",
        "stBottomBlockContainer",
        "stElementContainer",
        "stHtml",
        "InputInstructions",
        "stMain",
        # of these test_access.py sees what comes of it
        *("stCaptionContainer", "stDateInput", "stCheckbox", "stButtonGroup", "stPageLink"),
        *("stNumberInput", "stNumberInputContainer", "stRadioOption", "stTextInputRootElement"),
        *("stDateInputField", "stDateInputCalendarButton", "stMultiSelect", "stExpander"),
        *("stPopoverButton", "stPagination", "stExpandSidebarButton", "stTooltipIcon"),
        *("stBaseButton", "stSidebarNavLink", "stDataFrame"),
        "stLayoutWrapper",  # around a large photo, test_actions.py
    }
    # of the projector's, test_presenting.py
    assert _used(PROJECTOR) == {
        *("stMainBlockContainer", "stHeader", "stText", "stVerticalBlock", "stMarkdownContainer"),
    }
    assert set(re.findall(r"st-key-[a-z]+", STYLE)) == {
        *("st-key-sample", "st-key-step", "st-key-fix", "st-key-findings"),
        *("st-key-counted", "st-key-finding", "st-key-unreviewed", "st-key-next", "st-key-keys"),
        *("st-key-radar", "st-key-bars"),  # of the ways through the app, test_walks.py
        "st-key-native",  # hidden where, as here, there is no sheet to share by: not tested
        # of 整改, tests/browser/test_actions.py
        *("st-key-action", "st-key-whatif", "st-key-pin", "st-key-effort", "st-key-way"),
        *("st-key-tap", "st-key-enlarge", "st-key-large"),
        *("st-key-row", "st-key-project"),  # of lists, test_access.py
        "st-key-on",  # what is said on paper only, test_access.py
        "st-key-case",  # a phone's way to the story that stands beside elsewhere: not tested
    }
    assert set(re.findall(r"^(\.[a-z-]+)", STYLE, re.M)) == {
        *(".katex-display", ".st-key-findings-cards", ".st-key-unreviewed"),
        *(".st-key-radar", ".st-key-bars"),
    }
    assert _used(FRAME) == {"stMain", "stSidebarCollapseButton"}


def _style(page: Page, selector: str, name: str) -> str:
    script = "([selector, name]) => getComputedStyle(document.querySelector(selector))[name]"
    return str(page.evaluate(script, [selector, name]))


def test_the_page_has_less_air_around_it(start: Page) -> None:
    block = "[data-testid=stMainBlockContainer]"
    assert _style(start, block, "paddingTop") == "64px"
    assert _style(start, block, "paddingBottom") == "32px"


def test_on_a_phone_it_is_narrow_too_and_what_stays_at_the_foot_is_low(sample: Page) -> None:
    block = "[data-testid=stMainBlockContainer]"
    assert _style(sample, block, "paddingLeft") == "16px"
    assert _style(sample, "[data-testid=stBottomBlockContainer]", "paddingBottom") == "12px"


def test_what_draws_nothing_takes_no_room(start: Page) -> None:
    box = "[data-testid=stElementContainer]:has(> [data-testid=stHtml])"
    assert _count(start, box) > 0
    assert _style(start, box, "display") == "none"


def test_no_english_hint_stands_in_a_field(start: Page) -> None:
    start.get_by_role("button", name="新建").first.click()
    settle(start)
    field = start.locator("[data-testid=stTextInput] input").first
    field.fill("甲")
    start.wait_for_timeout(300)
    hint = "[data-testid=InputInstructions]"
    assert _count(start, hint) > 0
    assert _style(start, hint, "display") == "none"
    field.press("Enter")


def test_on_a_phone_the_score_stays_in_sight_above_everything(sample: Page) -> None:
    headline = "[data-testid=stMain] h2"
    assert _count(sample, headline) == 1
    assert _style(sample, headline, "position") == "fixed"
    sample.evaluate("document.querySelector('[data-testid=stMain]').scrollTo(0, 400)")
    on_top = """() => {
        const title = document.querySelector('[data-testid=stMain] h2');
        const box = title.getBoundingClientRect();
        const found = document.elementFromPoint(box.left + 20, box.top + box.height / 2);
        return box.top === 0 && title.contains(found);
    }"""
    assert sample.evaluate(on_top)


def test_a_samples_name_is_broken_into_lines(phone: Page, server: Server) -> None:
    again(phone, server.address)
    assert _count(phone, "[class*=st-key-sample] button") == len(examples())
    assert _style(phone, "[class*=st-key-sample] button *", "whiteSpace") == "normal"


def test_formulas_have_room_for_chinese_characters(laptop: Page, server: Server) -> None:
    again(laptop, f"{server.address}/standards")
    laptop.locator("[data-testid=stMain] .katex-display").first.wait_for()
    assert float(_style(laptop, ".katex-display", "paddingTop").removesuffix("px")) > 0


def test_an_item_begins_at_the_top_and_a_phones_menu_is_folded_away(sample: Page) -> None:
    main = "document.querySelector('[data-testid=stMain]')"
    sample.evaluate(f"{main}.scrollTo(0, 300)")
    assert sample.evaluate(f"{main}.scrollTop") > 0
    sample.get_by_role("button", name="下一条").click()
    settle(sample)
    assert sample.evaluate(f"{main}.scrollTop") == 0
    sample.locator("[data-testid=stExpandSidebarButton]").click()
    fold = sample.locator("[data-testid=stSidebarCollapseButton] button")
    fold.wait_for()
    sample.locator("[data-testid=stSidebarNavLink]").filter(has_text="结果").first.click()
    fold.wait_for(state="hidden")
