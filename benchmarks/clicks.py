"""From a click on a condition until the browser shows the new total and the new radar.

The page is the one with the most checkboxes, in the sample `hazchem` assessment or in a full
`condiment` one; the condition is its first one whose tick changes the total. Beside it a Streamlit
app that has one checkbox and writes its value: once by Streamlit's default settings, which the
targets are about, and once by this app's `.streamlit/config.toml`. The two differ mostly because
the defaults collect garbage after every run of a script (`runner.postScriptGC`), which delays the
answer; this app turns that off. Each app has its own server and its own window of the same headless
Chromium, and they are clicked in turn. Time is taken inside the page: from the click event to the
first animation frame after both the total and the radar's path (in the bare apps, the written
value) are different.
"""

import statistics
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from playwright.sync_api import Page

from benchmarks.measure import AtMost, Row, p95
from benchmarks.serving import (
    HOME,
    ROOT,
    RUN,
    RUN_BARE,
    bare_app,
    blank_page,
    browser,
    running,
    settle,
    visit,
    wait_for_answer,
)
from benchmarks.subject import Screen, largest_screen
from state.storage.folder import TinyRepository

WARM_UP, CLICKS = 12, 100

TOTAL = "[data-testid=stMarkdown] h2"
RADAR = "[data-testid=stImage] img"
BARE_VALUE = "[data-testid=stMarkdown]"
"""What a click changes: the total and the radar's picture, in the bare apps the written value."""

_WATCH = """
(selectors) => {
  const read = () => selectors.map((selector) => {
    const found = document.querySelector(selector);
    return found && (found.getAttribute("src") ?? found.textContent);
  });
  const before = read();
  if (before.includes(null)) throw new Error("nothing to watch: " + selectors);
  window.latency = new Promise((resolve, reject) => {
    let start;
    setTimeout(() => reject(new Error("no change after a click")), 30000);
    document.addEventListener("click", () => { start ??= performance.now(); },
                              {capture: true, once: true});
    const observer = new MutationObserver(() => {
      if (read().some((value, i) => value === null || value === before[i])) return;
      observer.disconnect();
      requestAnimationFrame(() => resolve(performance.now() - start));
    });
    observer.observe(document.body, {
      subtree: true, childList: true, characterData: true,
      attributes: true, attributeFilter: ["src"],
    });
  });
}
"""


class Clicker:
    """A checkbox in a browser window, and what changes after a click on it."""

    def __init__(self, page: Page, place: int, watched: list[str]) -> None:
        self.page = page
        self.watched = watched
        self.box = page.get_by_test_id("stCheckbox").nth(place).locator("label").first

    def click(self) -> float:
        """Seconds from one click to the change it makes."""
        self.page.bring_to_front()
        self.page.evaluate(_WATCH, self.watched)
        self.box.click()
        milliseconds: float = self.page.evaluate("window.latency")
        settle(self.page)
        return milliseconds / 1000


def run() -> list[Row]:
    """Click all apps in turn."""
    screen = largest_screen()
    with TemporaryDirectory() as scratch, ExitStack() as servers:
        data = Path(scratch) / "data"
        TinyRepository(data).create(screen.assessment)
        plain = bare_app(Path(scratch) / "plain")
        tuned = bare_app(Path(scratch) / "tuned", ROOT / ".streamlit" / "config.toml")
        addresses = [
            servers.enter_context(running(command, folder, data))
            for command, folder in ((RUN, ROOT), (RUN_BARE, plain), (RUN_BARE, tuned))
        ]
        for address in addresses:
            wait_for_answer(address)
        times, plain_times, tuned_times = _alternate(addresses, screen)
    name = f"click among {len(screen.conditions)} checkboxes, {screen.assessment.scheme}"
    rows = []
    for figure, of, most in (("median", statistics.median, 1.6), ("p95", p95, 2.0)):
        for peer, peer_times, target in (
            ("one-checkbox app", plain_times, AtMost(most, relative=True)),
            ("one-checkbox app, our settings", tuned_times, None),
        ):
            rows.append(Row(f"{name}: {figure}", of(times), peer, of(peer_times), target))
    return rows


def _alternate(addresses: list[str], screen: Screen) -> list[list[float]]:
    """Times of clicks on each app, one here, one there, so that noise meets all of them."""
    address, *bare = addresses
    with browser() as opened:
        ours = Clicker(blank_page(opened), screen.place_that_counts(), [TOTAL, RADAR])
        visit(ours.page, address, HOME)
        visit(ours.page, f"{address}/assess?{urlencode(screen.query)}", *ours.watched)
        clickers = [ours]
        for peer in bare:
            clickers.append(Clicker(blank_page(opened), 0, [BARE_VALUE]))
            visit(clickers[-1].page, peer, *clickers[-1].watched)
        rounds = [[one.click() for one in clickers] for _ in range(WARM_UP + CLICKS)][WARM_UP:]
    return [list(times) for times in zip(*rounds, strict=True)]
