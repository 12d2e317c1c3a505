"""A process that saves without a pause is killed with SIGKILL at a random moment, over and over.

It writes numbered remarks of random length into a full assessment and acknowledges each on a pipe
once the save has returned. After every kill the file must open, every acknowledged remark must be
in it, and nothing else may be different; the one being saved may be there or not. All kills meet
the same file, so that what one leaves behind the next one finds; a file that no longer opens is
replaced by a new one, and every remark acknowledged in it counts as lost. The victims are forks of
one warm process.
"""

import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep

from benchmarks.soak.outcome import Outcome
from benchmarks.soak.stores import STORES, UNREADABLE
from benchmarks.subject import full_assessment
from state.documents.assessment import Assessment
from state.documents.changes import set_text
from state.storage.repository import Repository

KILLS, SHORT = 1000, 20

_SAVES, _MOMENT = 4, 0.02
"""A victim may finish so many saves, and is killed at most so many seconds into the next."""

_ITEMS, _LENGTH = 20, 400
_BEGUN, _SAVED = b"<", b">"


@dataclass(slots=True)
class Toll:
    """What the kills of one store have cost.

    inside: kills between the beginning and the end of a save. unreadable: files that no longer
    opened. lost: acknowledged remarks that were gone. altered: kills after which something else
    was different.
    """

    kills: int = 0
    inside: int = 0
    acknowledged: int = 0
    unreadable: int = 0
    lost: int = 0
    altered: int = 0


def run(short: bool) -> Outcome:
    """Kill as many over either store; the target is for this app's."""
    header = "store, kills, inside a save, answers acknowledged, unreadable files, lost, altered"
    rows = [header.split(", ")]
    tolls = {name: kill(store_in, SHORT if short else KILLS) for name, store_in in STORES.items()}
    for name, toll in tolls.items():
        counts = (toll.acknowledged, toll.unreadable, toll.lost, toll.altered)
        inside = f"{toll.inside / toll.kills:.0%}"
        rows.append([name, str(toll.kills), inside, *map(str, counts)])
    ours = tolls["this app"]
    met = not (ours.unreadable or ours.lost or ours.altered)
    return Outcome(rows, "every file of this app opens, nothing lost, nothing altered", met)


def kill(store_in: Callable[[Path], Repository], kills: int) -> Toll:
    """Kill that many victims over a store in a folder of its own."""
    random = Random(0)
    toll = Toll(kills)
    with TemporaryDirectory() as scratch:
        store = store_in(Path(scratch))
        kept = blank = _created(store)
        expected: dict[str, str] = {}
        number = 0
        for _ in range(kills):
            trail = _trail(store, kept, number, random)
            acknowledged = trail.count(_SAVED)
            toll.acknowledged += acknowledged
            toll.inside += trail.endswith(_BEGUN)
            expected |= dict(_remark(n) for n in range(number, number + acknowledged))
            number += acknowledged + 1
            try:
                kept = store.load(blank.id)
            except UNREADABLE:
                toll.unreadable += 1
                toll.lost += len(expected)
                kept = blank = _created(store)
                expected = {}
                continue
            item, text = _remark(number - 1)
            if kept.work.remarks.get(item) == text:  # written, and not yet acknowledged
                expected[item] = text
            remarks = kept.work.remarks
            toll.lost += sum(remarks.get(item) != text for item, text in expected.items())
            toll.altered += _without(kept, expected) != _without(blank, expected)
            expected = {item: remarks[item] for item in expected if item in remarks}
    return toll


def _created(store: Repository) -> Assessment:
    assessment = full_assessment()
    store.create(assessment)
    return assessment


def _remark(number: int) -> tuple[str, str]:
    """The item and the text of a numbered remark."""
    length = Random(number).randrange(_LENGTH)
    return f"soak-{number % _ITEMS}", f"{number}：{'字' * length}"


def _without(assessment: Assessment, items: dict[str, str]) -> Assessment:
    """The assessment without the remarks on `items` and without what every save changes."""
    others = {i: text for i, text in assessment.work.remarks.items() if i not in items}
    work = assessment.work.having(remarks=others)
    return assessment.having(work=work, revision=0, updated=assessment.created)


def _trail(store: Repository, kept: Assessment, number: int, random: Random) -> bytes:
    """What a victim has told of its saves until it was killed.

    number: of its first remark.
    """
    reading, writing = os.pipe()
    victim = os.fork()
    if victim == 0:
        try:
            _save_forever(store, kept, number, writing)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read(2 * random.randint(0, _SAVES) + 1)
        sleep(random.uniform(0, _MOMENT))
        os.kill(victim, signal.SIGKILL)
        _, status = os.waitpid(victim, 0)
        if not os.WIFSIGNALED(status):
            raise RuntimeError("the victim ended before it was killed")
        return told + pipe.read()


def _save_forever(store: Repository, kept: Assessment, number: int, pipe: int) -> None:
    for n in count(number):
        item, text = _remark(n)
        changed = set_text("remarks", item, kept.work.remarks.get(item, ""), text)(kept).stamped()
        os.write(pipe, _BEGUN)
        store.save(changed, expected_revision=kept.revision)
        os.write(pipe, _SAVED)
        kept = changed
