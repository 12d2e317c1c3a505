"""Payloads in a real browser: text on the screen, and nothing but text."""

import pytest
from playwright.sync_api import Browser, Page, expect

import schemes
from state.documents import changes
from state.documents.assessment import (
    NAME_LENGTH,
    Assessment,
    Entry,
    SavedOwnFinding,
    new_assessment,
)
from tests.browser.conftest import Server, again, note_strangers
from tests.hostile.payloads import PAYLOADS

LISTED = "12.1"
FOREIGN = """() => [...document.querySelectorAll(
  'script, iframe, object, embed, [href], [src], [onerror], [onload], [onmouseover]'
)].map(e => e.src || e.href || e.outerHTML)
  .filter(t => /invalid|javascript:|alert|onerror/.test(t) && !t.startsWith(location.origin))"""
"""What a payload would have made; the page's own links may carry one in their address."""


@pytest.fixture
def hostile(server: Server) -> Assessment:
    """A payload in every field, and all of them as requirements of the place."""
    scheme = schemes.load("hazchem")
    item = next(i for i in scheme.items.values() if i.id != LISTED and i.conditions)
    text = "\n".join(
        PAYLOADS[name] for name in ("html", "script", "markdown link", "latex", "colour")
    )
    steps = [
        changes.set_scheme(scheme),
        changes.set_facet("enterprise", [], ["production"]),
        *(
            changes.set_profile(field, text[:NAME_LENGTH])
            for field in ("name", "industry", "leader")
        ),
        changes.set_profile("name", f"{text[:60]} www.example.invalid li@example.invalid"),
        changes.set_profile("members", text),
        changes.put_own_finding(
            SavedOwnFinding(id="o1", item=item.id, words=PAYLOADS["bare link"], points="1")
        ),
        changes.set_finding(item.conditions[0].id, 1),
        changes.set_text("remarks", item.id, "", text),
        changes.set_text("evidence", item.id, "", text),
        changes.set_chapter("enterprise", "", text),
    ]
    for payload in PAYLOADS.values():
        entry = Entry(text=payload[:500])
        steps.append(changes.add_entry(LISTED, str(scheme.items[LISTED].entries), entry))
    assessment = new_assessment()
    for step in steps:
        assessment = step(assessment)
    server.repository.create(assessment)
    return assessment


def _quiet(page: Page) -> list[str]:
    dialogs: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    return dialogs


def test_texts_are_shown_as_typed_and_make_nothing_but_text(
    laptop: Page, server: Server, hostile: Assessment
) -> None:
    dialogs = _quiet(laptop)
    for step in ("enterprise", "scope", "results", "rectification", "history", "report", ""):
        again(laptop, f"{server.address}/{step}?a={hostile.id}")
        expect(laptop.get_by_text(hostile.profile.name.split("\n")[0][:20]).first).to_be_attached()
        assert laptop.evaluate(FOREIGN) == [], step
    again(laptop, f"{server.address}/assess?a={hostile.id}&item={LISTED}")
    shown = laptop.locator("[data-testid=stText]").all_text_contents()
    for name, payload in PAYLOADS.items():
        assert payload[:500].strip() in shown, name  # Streamlit leaves out white space at the ends
    assert laptop.evaluate(FOREIGN) == []
    assert dialogs == []


@pytest.mark.parametrize("name", ["html", "markdown link", "latex", "icon", "right to left"])
def test_a_searched_word_is_shown_as_typed(laptop: Page, server: Server, name: str) -> None:
    dialogs = _quiet(laptop)
    word = PAYLOADS[name][:40].strip()
    again(laptop, f"{server.address}/standards")
    laptop.get_by_label("在全部标准中查找").fill(word)
    laptop.get_by_label("在全部标准中查找").press("Enter")
    expect(laptop.get_by_text(f"“{word}”：共")).to_be_visible()
    assert laptop.evaluate(FOREIGN) == []
    assert dialogs == []


def test_the_name_of_an_imported_file_is_shown_as_it_is(laptop: Page, server: Server) -> None:
    dialogs = _quiet(laptop)
    again(laptop, server.address)
    name = "<img src=x onerror=alert(1)>.json"
    laptop.get_by_text("导入自评文件").click()
    laptop.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/json", "buffer": b"{}"}
    )
    expect(laptop.get_by_text("没有导入")).to_be_visible()
    expect(laptop.get_by_role("button", name=f"移除 {name}")).to_be_visible()
    assert laptop.evaluate(FOREIGN) == []
    assert dialogs == []


ON_THE_PAGE = {
    "request": "fetch('http://example.invalid/x').catch(() => 0)",
    "beacon": "navigator.sendBeacon('http://example.invalid/x')",
    "socket": "new WebSocket('ws://example.invalid/x')",
    "picture": "new Image().src = 'http://example.invalid/x'",
}
IN_A_WORKER = {
    "worker": "fetch('http://example.invalid/x')",
    "socket of a worker": "new WebSocket('ws://example.invalid/x')",
}
REACHING = ON_THE_PAGE | {
    name: f"""new Worker(URL.createObjectURL(new Blob(["{script}"])))"""
    for name, script in IN_A_WORKER.items()
}
"""Ways for a script to reach beyond this machine."""


@pytest.fixture(scope="module")
def noted(chromium: Browser, server: Server) -> dict[tuple[str, bool], list[str]]:
    """What the guard of all browser tests notes of each script, without our policy and with it.

    Two seconds for all of them, each with a visitor of its own.
    """
    strangers, contexts = {}, []
    for name, script in REACHING.items():
        for free in (True, False):
            context = chromium.new_context(bypass_csp=free)
            contexts.append(context)
            strangers[name, free] = note_strangers(context)
            page = context.new_page()
            page.goto(f"{server.address}/_stcore/health")
            assert strangers[name, free] == []
            page.evaluate(f"() => {{ {script} }}")
    page.wait_for_timeout(2000)
    for context in contexts:
        context.close()
    return strangers


@pytest.mark.parametrize("name", REACHING)
def test_whatever_reaches_beyond_this_machine_is_noted(
    noted: dict[tuple[str, bool], list[str]], name: str
) -> None:
    """The guard, which fails on any of these; here without our policy."""
    assert [url.partition("://")[2] for url in noted[name, True]] == ["example.invalid/x"]


@pytest.mark.parametrize("name", ON_THE_PAGE)
def test_whatever_the_policy_stops_is_noted_too(
    noted: dict[tuple[str, bool], list[str]], name: str
) -> None:
    """Of a page; what a worker tries is stopped without a word."""
    assert any("Content Security Policy" in stopped for stopped in noted[name, False])
