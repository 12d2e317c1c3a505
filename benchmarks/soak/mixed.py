"""As `kill`, with everything else that is kept: photos, a project, a class, what is imported.

A process takes in a photo in place of the one before, notes something in a project, leads a class
on and imports an assessment with a photo, in turn, and is killed with SIGKILL at a random moment.
After every kill each document opens, each file that one shows is whole, and everything that was
acknowledged is there.
"""

import io
import os
import signal
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import sleep

from PIL import Image

from benchmarks.soak.outcome import Outcome
from state.documents.assessment import Assessment, Photo, new_assessment
from state.documents.classroom import Classroom, lead_to, new_classroom
from state.documents.kinds import KINDS
from state.documents.packing import Packed
from state.documents.photo_changes import add_photo
from state.documents.photo_files import photo_of
from state.documents.project import Project, new_project
from state.documents.project_changes import set_record
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.mode import Mode
from state.service.photos import PhotoService, put_photos
from state.service.project_saving import save_project
from state.storage.folder import TinyRepository
from state.storage.repository import RepositoryError

KILLS, SHORT = 300, 6

_MOMENT = 0.03
"""A victim is killed at most so many seconds into what it does next."""

_STEPS = 4
_ME = Visitor()
_BEGUN, _DONE = b"<", b">"


@dataclass(slots=True)
class Toll:
    """What the kills have cost.

    unreadable: documents that no longer opened, each counted after every kill. torn: files shown
    that were not whole. lost: what was acknowledged and was gone.
    """

    kills: int = 0
    inside: int = 0
    acknowledged: int = 0
    unreadable: int = 0
    torn: int = 0
    lost: int = 0


@dataclass(slots=True)
class _Subject:
    """The documents that are written to. acknowledged: numbers of the writes that returned."""

    assessment: str
    project: str
    classroom: str
    acknowledged: list[int] = field(default_factory=list)


def run(short: bool) -> Outcome:
    """Kill as many; the target is that nothing is lost."""
    toll = kill(TinyRepository, SHORT if short else KILLS)
    header = "kills, inside a write, acknowledged, unreadable documents, torn files, lost"
    inside = f"{toll.inside / toll.kills:.0%}"
    row = [toll.kills, inside, toll.acknowledged, toll.unreadable, toll.torn, toll.lost]
    met = not (toll.unreadable or toll.torn or toll.lost)
    rows = [header.split(", "), list(map(str, row))]
    return Outcome(rows, "every document opens, every file is whole, nothing lost", met)


def kill(store_in: Callable[[Path], TinyRepository], kills: int) -> Toll:
    """Kill that many victims over a store in a folder of its own."""
    random, toll = Random(0), Toll(kills)
    with TemporaryDirectory() as scratch:
        store = store_in(Path(scratch))
        subject = _created(store)
        number = 0
        for _ in range(kills):
            trail = _trail(store, subject, number, random)
            acknowledged = trail.count(_DONE)
            toll.acknowledged += acknowledged
            toll.inside += trail.endswith(_BEGUN)
            subject.acknowledged += range(number, number + acknowledged)
            _look(store, subject, toll)
            number += acknowledged + 1
    return toll


def _created(store: TinyRepository) -> _Subject:
    assessment = new_assessment().having(scheme="condiment")
    project = new_project("consultancy", "1.0", date(2026, 1, 5), date(2026, 11, 8))
    classroom = new_classroom("soak", "condiment", "1.1")
    for document in (assessment, project, classroom):
        store.create(document)
    return _Subject(assessment.id, project.id, classroom.id)


def _look(store: TinyRepository, subject: _Subject, toll: Toll) -> None:
    """Read everything."""
    for kind in KINDS:
        for document_id in store.ids(kind):
            try:
                document = store.load(document_id, kind)
            except RepositoryError:
                toll.unreadable += 1
            else:
                toll.torn += sum(not _whole(store, digest) for digest in document.blobs)
    for step, there in enumerate(_reached(store, subject)):
        toll.lost += there < max(
            (n for n in subject.acknowledged if n % _STEPS == step), default=-1
        )
    imported = {_imported(n) for n in subject.acknowledged if n % _STEPS == _STEPS - 1}
    toll.lost += len(imported - store.ids())


def _whole(store: TinyRepository, digest: str) -> bool:
    try:
        return bool(store.blob(digest))
    except RepositoryError:
        return False


def _reached(store: TinyRepository, subject: _Subject) -> tuple[int, int, int]:
    """Number of the latest write that is there: of a photo, of the project and of the class."""
    try:
        photos = store.load(subject.assessment).work.photos.get("soak", ())
        record = store.load(subject.project, Project).records.get("soak")
        lead = store.load(subject.classroom, Classroom).lead
    except RepositoryError:
        return -1, -1, -1
    latest = max((int(one.caption) for one in photos), default=-1)
    return latest, int(record.note) if record else -1, int(lead or -1)


def _trail(store: TinyRepository, subject: _Subject, number: int, random: Random) -> bytes:
    """What a victim has told of its writes until it was killed. number: of its first."""
    reading, writing = os.pipe()
    victim = os.fork()
    if victim == 0:
        try:
            for n in count(number):
                os.write(writing, _BEGUN)
                _write(store, subject, n)
                os.write(writing, _DONE)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read(2 * random.randint(0, _STEPS) + 1)
        sleep(random.uniform(0, _MOMENT))
        os.kill(victim, signal.SIGKILL)
        _, status = os.waitpid(victim, 0)
        if not os.WIFSIGNALED(status):
            raise RuntimeError("the victim ended before it was killed")
        return told + pipe.read()


def _write(store: TinyRepository, subject: _Subject, n: int) -> None:
    """The n-th write: a photo, a project, a class, an import, in turn."""
    match n % _STEPS:
        case 0:
            _photo(store, Key(subject.assessment), n)
        case 1:
            save_project(store, subject.project, set_record("soak", note=str(n)))
        case 2:
            store.revise(
                subject.classroom, lambda one, _: (lead_to(str(n))(one).stamped(), None), Classroom
            )
        case _:
            _import(store, n)


def _photo(store: TinyRepository, key: Key, n: int) -> None:
    """As a page does it: kept, then shown, then the one before removed."""
    assessments = AssessmentService(store, Mode.LOCAL)
    photos = PhotoService(assessments)
    before = store.load(key.id).work.photos.get("soak", ())
    for one in before[:-1]:  # of a victim that was killed in between
        photos.remove(key, _ME, one.digest)
    put = partial(add_photo, "soak")
    shown = photos.keep(key, _ME, _picture(n), put).having(caption=str(n))
    assessments.change(key, _ME, put(shown))
    for one in before[-1:]:
        photos.remove(key, _ME, one.digest)


def _import(store: TinyRepository, n: int) -> None:
    content = photo_of(_picture(n))
    digest = store.put_blob(content)
    photo = Photo(digest=digest, at=datetime.now(UTC))
    made: Assessment = add_photo("soak", photo)(new_assessment().having(id=_imported(n)))
    put_photos(store, Packed(made, {digest: content}), lambda: store.create(made))


def _imported(n: int) -> str:
    return f"{n:032x}"


def _picture(n: int) -> bytes:
    red, green, blue = Random(n).randbytes(3)
    written = io.BytesIO()
    Image.new("RGB", (64, 48), (red, green, blue)).save(written, "JPEG")
    return written.getvalue()
