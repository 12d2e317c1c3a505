"""From a click on a condition until the browser shows the new total and the new radar.

Of each standard the page with the most conditions, in a sample or the full assessment; the one
that is clicked is its first that changes the total. Beside it a Streamlit app that has one
checkbox and writes its value, by this app's `.streamlit/config.toml`. Each has its own server and
its own window of the same headless Chromium, and they are clicked in turn. Time is taken inside the
page: from the click event to the first animation frame after both the total and the radar (in the
other app, the written value) are different.

Below each page what a click is made of, in the processor's time, as the machine may be shared with
others: parts of the script's thread, what the rest of the server does (its event loop and the
network's messages), and what the browser's main thread does, beside what it does for the other app.
"""

import json
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from playwright.sync_api import Page

import schemes
from benchmarks.measure import AtMost, Row, p95
from benchmarks.serving import (
    HOME,
    ROOT,
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
from benchmarks.timed_server import ELEMENTS, FIGURE, PROCESS, RUNNER, SAVING, SCORING
from state.storage.folder import TinyRepository

WARM_UP, CLICKS = 8, 40

TOTAL = "[data-testid=stMarkdown] h2"
RADAR = "[data-testid=stImage] img"
BARE_VALUE = "[data-testid=stMarkdown]"
BOX = "[data-testid=stCheckbox] label"
_CHOICE = "[role=radio][aria-checked=false]"
"""What is clicked of a condition: its box, or the answer that is not chosen."""

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
    """A condition in a browser window, and what changes after a click on it."""

    def __init__(self, page: Page, box: str, watched: list[str]) -> None:
        self.page = page
        self.watched = watched
        self.times: list[float] = []
        self._box = page.locator(box).first
        self._cost = page.context.new_cdp_session(page)
        self._cost.send("Performance.enable", {"timeDomain": "threadTicks"})

    def click(self) -> float:
        """Note, and return, the seconds from one click to the change it makes."""
        self.page.bring_to_front()
        self.page.evaluate(_WATCH, self.watched)
        self._box.click()
        milliseconds: float = self.page.evaluate("window.latency")
        settle(self.page)
        self.times.append(milliseconds / 1000)
        return self.times[-1]

    def spent(self) -> float:
        """Seconds that the main thread of the page has worked so far."""
        metrics = self._cost.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration")


def run() -> list[Row]:
    """Click a page of each standard, and the other app with it."""
    rows = []
    with TemporaryDirectory() as scratch:
        data, notes = Path(scratch) / "data", Path(scratch) / "notes"
        repository = TinyRepository(data)
        ours = [sys.executable, "-m", "benchmarks.timed_server", str(notes)]
        other = bare_app(Path(scratch) / "other", ROOT / ".streamlit" / "config.toml")
        with (
            running(ours, ROOT, data) as address,
            running(RUN_BARE, other, data) as beside,
            browser() as opened,
        ):
            for one in (address, beside):
                wait_for_answer(one)
            peer = Clicker(blank_page(opened), BOX, [BARE_VALUE])
            visit(peer.page, beside, *peer.watched)
            for scheme_id in schemes.available():
                screen = largest_screen(scheme_id)
                repository.create(screen.assessment)
                page = Clicker(blank_page(opened), box_that_counts(screen), [TOTAL, RADAR])
                visit(page.page, address, HOME)
                visit(page.page, f"{address}/assess?{urlencode(screen.query)}", *page.watched)
                rows += _rows(screen, *_in_turn(page, peer), notes)
                page.page.context.close()
    return rows


def box_that_counts(screen: Screen) -> str:
    """What is clicked of the first condition whose finding changes the total."""
    return f".st-key-finding-{(screen.counting() or '').replace('.', '-')} :is({BOX}, {_CHOICE})"


def _in_turn(ours: Clicker, peer: Clicker) -> tuple[Clicker, Clicker, list[float]]:
    """Click both, one here, one there, so that noise meets both.

    Returns: them, and the seconds of the browser for a click of each.
    """
    both = (ours, peer)
    for one in both:
        for _ in range(WARM_UP):
            one.click()
        one.times.clear()
    begun = [one.spent() for one in both]
    for _ in range(CLICKS):
        for one in both:
            one.click()
    return ours, peer, [(one.spent() - b) / CLICKS for one, b in zip(both, begun, strict=True)]


def _rows(
    screen: Screen, ours: Clicker, peer: Clicker, drawn: list[float], notes: Path
) -> list[Row]:
    """notes: what the server wrote of its clicks."""
    scheme = screen.assessment.scheme
    name = f"click among {len(screen.conditions)} conditions, {scheme}"
    beside, most = "one-checkbox app, our settings", AtMost(1.8, relative=True)
    rows = [
        Row(f"{name}: {figure}", of(ours.times), beside, of(peer.times), most)
        for figure, of in (("median", statistics.median), ("p95", p95))
    ]
    lines = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    whole = (lines[-1][PROCESS] - lines[-1 - CLICKS][PROCESS]) / CLICKS
    parts = {
        part: statistics.fmean(line.get(part, 0.0) for line in lines[-CLICKS:])
        for part in (SCORING, SAVING, FIGURE, ELEMENTS, RUNNER)
    }
    parts["event loop"] = max(0.0, whole - sum(parts.values()))
    rows += [
        Row(f"{scheme}, server: {part}", seconds, "server, all", whole, None)
        for part, seconds in parts.items()
    ]
    return [*rows, Row(f"{scheme}, browser", drawn[0], beside, drawn[1], None)]
