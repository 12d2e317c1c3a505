"""Somebody's clicks while two others have ZIP files made, and while the server is attacked.

Two people, each by one file of everything after the other, for a minute; then four attacks.


Those that took the server down before it had bounds, all from one address in link
mode: uploads without a pause, two pages that send messages without a pause, 12 pages that send
state for widgets that do not exist, and 新建 in a loop. Each is a process of its own. Somebody
else clicks at 逐项自评 twice a second: first for half a minute without any of this, then for a
minute beside the files and for two beside the attacks. Times are from a click until the server has
told that the page has run to its end; memory is the most that the server itself held, looked at
once a second.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from websockets.exceptions import WebSocketException

from benchmarks.attackers import flooding, memory, opened
from benchmarks.measure import AtMost, Row, megabytes, p95
from benchmarks.serving import ROOT, RUN, serving, wait_for_answer
from benchmarks.soak.visitor import Visitor, visiting
from benchmarks.subject import full_assessment
from state.documents.assessment import Assessment
from state.documents.changes import set_not_applicable
from state.storage.folder import TinyRepository

QUIET, ATTACKED = 30.0, 120.0
PAUSE = 0.5
"""Seconds from one click to the next."""

_LOOK = 0.5
"""Seconds between two looks of a page how far its file is."""

_FILE = 5 * 2**20 - 1000
_STATE, _WIDGETS = 900_000, 9


def run() -> list[Row]:
    """Measure in quiet and under attack."""
    return rows(QUIET, ATTACKED)


def rows(quiet_for: float, attacked_for: float) -> list[Row]:
    """As long in quiet, and as long under attack; seconds."""
    with TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        assessment = _assessment()
        TinyRepository(data).create(assessment)
        with serving(RUN, ROOT, data, mode="link") as (address, server), ExitStack() as attacks:
            wait_for_answer(address)
            quiet, held_quiet = asyncio.run(_click(address, assessment.id, server, quiet_for))
            with ExitStack() as files:
                for _ in range(2):
                    making = files.enter_context(_attacking("files", address, assessment.id))
                    _wait_until_begun(making)
                beside, _ = asyncio.run(_click(address, assessment.id, server, quiet_for))
            started = [
                attacks.enter_context(_attacking(name, address))
                for name in ATTACKS
                if name != "files"
            ]
            for attack in started:
                _wait_until_begun(attack)
            times, held = asyncio.run(_click(address, assessment.id, server, attacked_for))
    return [
        Row(
            "click while two have everything made: median",
            statistics.median(beside),
            "in quiet",
            statistics.median(quiet),
            None,
        ),
        Row("click while two have everything made: p95", p95(beside), "in quiet", p95(quiet), None),
        Row("click under four attacks: p95", p95(times), "in quiet", p95(quiet), AtMost(1)),
        Row(
            "memory of the server under four attacks",
            held,
            "in quiet",
            held_quiet,
            AtMost(1000),
            megabytes,
        ),
    ]


def _assessment() -> Assessment:
    """A full one with nothing marked 不适用, as nothing could be ticked there."""
    assessment = full_assessment()
    for item in assessment.work.answers.not_applicable:
        assessment = set_not_applicable(item, False)(assessment)
    return assessment


async def _click(
    address: str, assessment_id: str, server: int, seconds: float
) -> tuple[list[float], float]:
    """Seconds by click, and the most megabytes held."""
    times: list[float] = []
    held = 0.0
    end = time.monotonic() + seconds
    async with visiting(address, assessment_id, Random(1)) as visitor:
        while (begun := time.monotonic()) < end:
            await _tick(visitor)
            times.append(time.monotonic() - begun)
            held = max(held, memory(server) / 1e6)
            await asyncio.sleep(PAUSE)
    return times, held


async def _tick(visitor: Visitor) -> None:
    if not await visitor.tick():
        await visitor.go_on()


@contextmanager
def _attacking(name: str, *about: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that attacks until the end of the block. about: the address, and whatever more."""
    command = [sys.executable, "-m", "benchmarks.crowding", name, *about]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _wait_until_begun(attack: "subprocess.Popen[bytes]") -> None:
    """Raises: RuntimeError where it never does."""
    assert attack.stdout
    if not attack.stdout.readline():
        raise RuntimeError("an attack did not begin")


@cache
def _begun() -> None:
    """Say so, once."""
    print("begun", flush=True)


def _upload(address: str) -> None:
    with opened(address) as page:
        _begun()
        for number in count():
            with suppress(OSError):  # a refusal may cut the connection off
                page.upload(address, _FILE, f"f{number}")


def _flood(address: str) -> None:
    _send(address, BackMsg(rerun_script=ClientState()).SerializeToString(), pages=2)


def _fill(address: str) -> None:
    state = ClientState()
    for number in range(_WIDGETS):
        text = "x" * (_STATE // _WIDGETS)
        state.widget_states.widgets.add(id=f"$$ID-{number:032}-made-up", string_value=text)
    _send(address, BackMsg(rerun_script=state).SerializeToString(), pages=12)


def _send(address: str, message: bytes, pages: int) -> None:
    with ExitStack() as stack:
        for _ in range(pages):
            page = stack.enter_context(opened(address))
            stack.enter_context(flooding(page, message))
        _begun()
        time.sleep(ATTACKED)


def _begin(address: str) -> None:
    with opened(address) as page:
        _begun()
        while True:
            page.run(ClientState(page_name="start"))
            page.press("new")
            page.page = ""


def _make(address: str, assessment_id: str) -> None:
    """Have everything made as one file, and wait until it can be downloaded."""
    with opened(address, "report", f"a={assessment_id}") as page:
        page.press("make-zip")
        _begun()
        while "cancel-zip" in page.buttons:
            page.buttons.clear()
            page.run(ClientState(page_name="report", query_string=f"a={assessment_id}"))
            time.sleep(_LOOK)


ATTACKS: dict[str, Callable[..., None]] = {
    "files": _make,
    "uploads": _upload,
    "messages": _flood,
    "state": _fill,
    "new": _begin,
}


def main() -> None:
    """Attack until ended, again and again when the server ends the connection."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.crowding")
    parser.add_argument("attack", choices=ATTACKS)
    parser.add_argument("about", nargs="+")
    arguments = parser.parse_args()
    while True:
        with suppress(OSError, WebSocketException, TimeoutError, AssertionError, KeyError):
            ATTACKS[arguments.attack](*arguments.about)
        time.sleep(0.1)


if __name__ == "__main__":
    main()
