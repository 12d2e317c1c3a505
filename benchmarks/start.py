"""From `make run` on an installed tree until the first page answers, and until it is drawn.

Answering means HTTP 200 from the health check and from the first page; drawn means that the page
stands in a Chromium that was already open and had nothing cached. Beside it the one-checkbox app
of `serving.py`, started by `streamlit run`. The two start in turn; medians.
"""

import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from playwright.sync_api import Browser

from benchmarks.measure import AtMost, Row
from benchmarks.serving import (
    HOME,
    ROOT,
    RUN_BARE,
    bare_app,
    blank_page,
    browser,
    running,
    visit,
    wait_for_answer,
)

WARM_UP, STARTS = 1, 5

_TARGET = AtMost(6)


def run() -> list[Row]:
    """Start both apps in turn."""
    with TemporaryDirectory() as scratch, browser() as opened:
        data = Path(scratch) / "data"
        bare = bare_app(Path(scratch) / "bare")
        pairs = [
            (
                _start(["make", "run"], ROOT, data, opened),
                _start(RUN_BARE, bare, data, opened),
            )
            for _ in range(WARM_UP + STARTS)
        ][WARM_UP:]
    return [
        Row(
            f"make run until the first page {event}",
            statistics.median(ours[place] for ours, _ in pairs),
            "one-checkbox app",
            statistics.median(theirs[place] for _, theirs in pairs),
            _TARGET,
        )
        for place, event in enumerate(["answers", "is drawn"])
    ]


def _start(command: list[str], folder: Path, data: Path, opened: Browser) -> tuple[float, float]:
    """Seconds until the server answers, and until its first page is drawn."""
    page = blank_page(opened)
    begin = perf_counter()
    with running(command, folder, data) as address:
        wait_for_answer(address)
        answered = perf_counter() - begin
        visit(page, address, HOME)
        drawn = perf_counter() - begin
    page.context.close()
    return answered, drawn
