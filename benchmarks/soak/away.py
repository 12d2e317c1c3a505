"""The data folder goes away and comes back, over and over, while windows go on clicking.

Every window adds requirements of its own to one assessment they share, through the outbox as the
app does. The folder is renamed away at random moments, as a network drive that is cut, and no
other may stand in its place. A click is lost if it was taken and is not in the file when all has
come back; doubled if it is there twice; late if it took longer than somebody is to wait for being
told.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from benchmarks.measure import duration
from benchmarks.soak.outcome import Outcome
from benchmarks.subject import full_assessment
from state.documents.assessment import Entry
from state.documents.changes import add_entry
from state.service.outbox import Outbox
from state.storage.folder import TinyRepository
from state.storage.repository import Repository

WINDOWS = 4
CUTS, SHORT = 100, 3

_MOMENT = 0.3
"""The folder is there, and away, for at most so many seconds each time."""

_PAUSE = 0.02
"""Seconds between two clicks of a window, which together make fewer than the list may hold."""

_ITEMS = [f"soak-{place}" for place in range(40)]
_TOLD = 5.0


@dataclass(frozen=True, slots=True)
class Absences:
    """What they have cost. waited: clicks that could not be saved at once. made: folders."""

    clicks: int
    waited: int
    lost: int
    doubled: int
    longest: float
    made: int


def run(short: bool) -> Outcome:
    """Cut as often; nothing lost, nothing twice, everything told in time."""
    cost = cut(SHORT if short else CUTS)
    header = "clicks, of these waited, lost, doubled, folders made, longest click"
    counts = (cost.clicks, cost.waited, cost.lost, cost.doubled, cost.made)
    rows = [header.split(", "), [*map(str, counts), duration(cost.longest)]]
    met = not (cost.lost or cost.doubled or cost.made) and cost.longest <= _TOLD
    return Outcome(rows, "no click lost or doubled, each told within five seconds", met)


def cut(times: int, box_of: Callable[[Repository], Outbox] = Outbox) -> Absences:
    """Take the folder away that often from an outbox over it."""
    with TemporaryDirectory() as scratch:
        folder, elsewhere = Path(scratch) / "data", Path(scratch) / "elsewhere"
        box, shared = box_of(TinyRepository(folder)), full_assessment()
        box.create(shared)
        box.load(shared.id)
        over = threading.Event()
        windows = [_Window(box, shared.id, place, over) for place in range(WINDOWS)]
        for window in windows:
            window.start()
        random, made = Random(0), 0
        for _ in range(times):
            sleep(random.uniform(0, _MOMENT))
            folder.rename(elsewhere)
            sleep(random.uniform(0, _MOMENT))
            made += folder.exists()
            elsewhere.rename(folder)
        over.set()
        for window in windows:
            window.join()
        while box.waiting(shared.id):
            sleep(_PAUSE)
            box.load(shared.id)
        entries = TinyRepository(folder).load(shared.id).work.entries
    kept = [entry.text for item in _ITEMS for entry in entries.get(item, [])]
    taken = {text for window in windows for text in window.taken}
    return Absences(
        len(taken),
        sum(window.waited for window in windows),
        len(taken - set(kept)),
        len(kept) - len(set(kept)),
        max(window.longest for window in windows),
        made,
    )


class _Window(threading.Thread):
    """Clicks until it is over. Its clicks are spread over many items, as a list has an end."""

    def __init__(self, box: Outbox, document_id: str, place: int, over: threading.Event) -> None:
        super().__init__(daemon=True)
        self._box, self._id, self._place, self._over = box, document_id, place, over
        self.taken: list[str] = []
        self.waited = 0
        self.longest = 0.0

    def run(self) -> None:
        """Click, and look at the page."""
        while not self._over.wait(_PAUSE):
            text = f"{self._place}-{len(self.taken)}"
            item = _ITEMS[len(self.taken) % len(_ITEMS)]
            began = monotonic()
            self._box.update(self._id, add_entry(item, f"{item}-a", Entry(text=text)))
            self.longest = max(self.longest, monotonic() - began)
            self.taken.append(text)
            self.waited += self._box.waiting(self._id) is not None
            self._box.load(self._id)
