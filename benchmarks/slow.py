"""An old laptop, and a phone on a bad line.

Old laptop: the browser's processor is slowed six times (DevTools protocol), and clicks are taken as
in `clicks`, on the same page. Bad line: whatever passes between browser and server, the websocket
too, goes by a line of 1 Mbit/s each way with 300 ms there and back, also to open a connection
(`benchmarks/line.py`). The first page is that of a server in link mode, in a browser that has
nothing of it: from asking for its address until its heading is drawn. Beside it stands the
one-checkbox app of `serving.py` by the same line. A click's bytes are all that the line carries
both ways from a click until the page is at rest, median of some; beside it the click of the
one-checkbox app.
"""

import statistics
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page

from benchmarks.clicks import BARE_VALUE, BOX, RADAR, TOTAL, Clicker, box_that_counts
from benchmarks.line import Line, bad_line
from benchmarks.measure import AtMost, Row, p95
from benchmarks.serving import (
    HOME,
    ROOT,
    RUN,
    RUN_BARE,
    bare_app,
    blank_page,
    browser,
    serving,
    settle,
    visit,
    wait_for_answer,
)
from benchmarks.subject import Screen, largest_screen
from state.storage.folder import TinyRepository

SLOWER = 6
LATENCY, RATE = 0.3, 1_000_000 / 8
"""Seconds there and back, and bytes a second each way."""

_WARM_UP, _CLICKS, _VISITS = 5, 40, 5
_AT_REST = 1500
"""Milliseconds after a page's script has ended, in which what a click brings about comes in."""


def run() -> list[Row]:
    """Both servers on the same machine, looked at by both."""
    screen = largest_screen("tobacco")
    with TemporaryDirectory() as scratch, ExitStack() as servers:
        data = Path(scratch) / "data"
        TinyRepository(data).create(screen.assessment)
        bare = bare_app(Path(scratch) / "bare", ROOT / ".streamlit" / "config.toml")
        ours, _ = servers.enter_context(serving(RUN, ROOT, data, mode="link"))
        theirs, _ = servers.enter_context(serving(RUN_BARE, bare, data))
        for address in (ours, theirs):
            wait_for_answer(address)
        with browser() as opened:
            return [
                *_old_laptop(opened, ours, theirs, screen),
                *_by_line(opened, ours, theirs, screen),
            ]


def _old_laptop(opened: Browser, ours: str, theirs: str, screen: Screen) -> list[Row]:
    clickers = _clickers(opened, ours, theirs, screen)
    for one in clickers:
        session = one.page.context.new_cdp_session(one.page)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    rounds = [[one.click() for one in clickers] for _ in range(_WARM_UP + _CLICKS)][_WARM_UP:]
    times, beside = (list(column) for column in zip(*rounds, strict=True))
    name = f"click, browser slowed {SLOWER} times"
    peer = "one-checkbox app, our settings"
    return [
        Row(f"{name}: median", statistics.median(times), peer, statistics.median(beside), None),
        Row(f"{name}: p95", p95(times), peer, p95(beside), AtMost(0.4)),
    ]


def _by_line(opened: Browser, ours: str, theirs: str, screen: Screen) -> list[Row]:
    with bad_line(ours, LATENCY, RATE) as line, bad_line(theirs, LATENCY, RATE) as other:
        visits = [(_visit(opened, line), _visit(opened, other)) for _ in range(_VISITS)]
        (seconds, size), (beside, other_size) = (
            (statistics.median(one[0] for one in each), statistics.median(one[1] for one in each))
            for each in zip(*visits, strict=True)
        )
        clickers = _clickers(opened, line.address, other.address, screen)
        click, other_click = (
            statistics.median(_bytes(clicker, by) for _ in range(_VISITS * 2))
            for clicker, by in zip(clickers, (line, other), strict=True)
        )
        times = [clickers[0].click() for _ in range(_VISITS * 2)]
    name, peer = "300 ms, 1 Mbit/s", "one-checkbox app"
    return [
        Row(f"{name}: first page drawn", seconds, peer, beside, AtMost(6)),
        Row(f"{name}: bytes until then", size, peer, other_size, None, _kilobytes),
        Row(f"{name}: a click's bytes", click, peer, other_click, AtMost(20_000), _kilobytes),
        Row(f"{name}: a click", statistics.median(times), "there and back", LATENCY, None),
    ]


def _clickers(opened: Browser, ours: str, theirs: str, screen: Screen) -> list[Clicker]:
    mine = Clicker(blank_page(opened), box_that_counts(screen), [TOTAL, RADAR])
    other = Clicker(blank_page(opened), BOX, [BARE_VALUE])
    for one in (mine, other):
        one.page.set_default_timeout(120_000)
    visit(mine.page, f"{ours}/assess?{urlencode(screen.query)}", *mine.watched)
    visit(other.page, theirs, *other.watched)
    return [mine, other]


def _visit(opened: Browser, line: Line) -> tuple[float, int]:
    """Seconds until the first page's heading is drawn, and the bytes that have come until then."""
    page = blank_page(opened)
    page.set_default_timeout(120_000)
    received, begun = line.received, monotonic()
    page.goto(line.address, wait_until="commit")
    page.wait_for_selector(HOME)
    seconds, size = monotonic() - begun, line.received - received
    settle(page)
    _close(page)
    return seconds, size


def _bytes(clicker: Clicker, line: Line) -> int:
    """What one click has the line carry."""
    clicker.page.wait_for_timeout(_AT_REST)
    before = line.sent + line.received
    clicker.click()
    clicker.page.wait_for_timeout(_AT_REST)
    return line.sent + line.received - before


def _close(page: Page) -> None:
    page.wait_for_timeout(_AT_REST)
    page.context.close()


def _kilobytes(size: float) -> str:
    return f"{size / 1000:.1f} kB"
