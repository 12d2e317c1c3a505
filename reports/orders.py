"""Whole files made of what is kept: what a worker beside the server is asked for (`beside`).

Inputs are what is kept itself, as it is small and goes through a pipe at once; standards are read
and answers scored where the file is made. What only the server has is asked for by name: `photo`
and `file`, and the standards that users brought.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from beside.call import Asked
from process import Deliverable, Process
from reports.content.blocks import Picture
from reports.content.class_document import class_document, participant_document
from reports.content.class_report import ClassReport, Seat
from reports.content.history import Side, SideBySide
from reports.content.papers.ground import Ground, assessed, in_order
from reports.content.subject import Per, Subject
from reports.documents import DOCUMENTS, comparison_pdf
from reports.dossier import dossier_zip
from reports.papers import offered
from reports.pdf.draw import draw_pdf
from reports.workbook.class_book import class_xlsx
from schemes import Scheme
from schemes.library import installed
from scoring import Answers, score
from state.documents.assessment import Assessment, answers_of
from state.documents.cases import Case
from state.documents.photo_files import PRINTED, smaller
from state.documents.pictures import PictureFault, checked_picture
from state.documents.project import Attachment, Project
from state.documents.snapshot import Snapshot
from state.documents.versions import result_of, scheme_for

_MOST_PICTURES = 12
"""In one paper, of each entry."""

_PIXELS, _SIDE = 60_000_000, 1200
"""Of a picture that is unpacked; of the longer side of what goes into a paper."""


def prepare() -> None:
    """Let this process, a worker, have the standards that users brought to its server."""
    installed.bring(_AskedStandards())


class _AskedStandards:
    """See `schemes.brought.Brought`; the trees last asked for are kept, as none is rewritten."""

    _KEPT = 4

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], Scheme] = {}

    def offered(self) -> Sequence[str]:
        found: Sequence[str] = Asked("standards")()
        return found

    def versions(self, scheme_id: str) -> Sequence[str]:
        found: Sequence[str] = Asked("versions")(scheme_id)
        return found

    def get(self, scheme_id: str, version: str) -> Scheme | None:
        key = (scheme_id, version)
        if key not in self._read:
            scheme: Scheme | None = Asked("standard")(*key)
            if scheme is None:
                return None
            self._read[key] = scheme
            while len(self._read) > self._KEPT:
                del self._read[next(iter(self._read))]
        return self._read[key]


@dataclass(frozen=True, slots=True)
class _Printed:
    """What reads a photo, by its hash, in the size that is printed; None for one that is lost."""

    shown: frozenset[str]

    def __call__(self, digest: str) -> bytes | None:
        content = Asked("photo")(digest) if digest in self.shown else None
        with suppress(PictureFault):
            return smaller(content, PRINTED) if content else None
        return None


class Layout(NamedTuple):
    """How a document is laid out, see `reports.content.subject.Subject`."""

    per: Per = Per.FINDING
    by_department: bool = False


def document(
    kind: str, assessment: Assessment, layout: Layout, made_on: date, logos: tuple[Picture, ...]
) -> bytes:
    """A kind of `DOCUMENTS`, of an assessment whose standard is there. Asks: photo."""
    scheme = scheme_for(assessment.scheme or "", assessment.work)
    result = score(scheme, answers_of(scheme, assessment.work))
    subject = replace(
        Subject.of(scheme, assessment, made_on),
        **layout._asdict(),
        logos=logos,
        picture=_Printed(frozenset(assessment.photos)),
    )
    return DOCUMENTS[kind].make(result, subject)


class State(NamedTuple):
    """One of the states that are compared: what it is called, of which day, and all of it."""

    name: str
    day: str
    then: Assessment


def comparison(states: Sequence[State], made_on: date) -> bytes:
    """States side by side as a PDF; their standards are there."""
    return comparison_pdf(SideBySide(tuple(map(side, states))), made_on)


def side(state: State) -> Side:
    """A state with what it scored. Raises: schemes.UnknownScheme, a LookupError."""
    result = result_of(state.then.scheme or "", state.then.work)
    return Side(state.name, state.day, state.then.profile.name, result)


class Materials(NamedTuple):
    """What papers of a project are made of: all of it as it is kept, each snapshot with its day."""

    project: Project
    process: Process
    made_on: date
    snapshots: Sequence[tuple[Snapshot, date]]


def paper(materials: Materials, one: Deliverable) -> bytes:
    """The paper that a deliverable is. Asks: photo, file. Raises: reports.papers.NoFigures."""
    kind = offered(one, figures=True)
    assert kind is not None  # there is a button for those alone
    step = materials.process.step_of.get(one.id)
    return kind.make(_ground(materials, [one.id, *([step.id] if step else [])]), one)


def dossier(materials: Materials) -> bytes:
    """Everything of a project in one ZIP. Asks: photo, file."""
    return dossier_zip(_ground(materials, [*materials.project.attachments]), Asked("file"))


def _ground(materials: Materials, entries: Sequence[str]) -> Ground:
    """entries: whose pictures are wanted."""
    project, process, made_on, snapshots = materials
    scored = (
        assessed(one, on, picture=_Printed(frozenset(one.work.blobs))) for one, on in snapshots
    )
    pictures = {entry: _pictures(project, entry) for entry in entries}
    return Ground(project, process, made_on, in_order(filter(None, scored)), pictures)


def _pictures(project: Project, entry: str) -> tuple[Picture, ...]:
    files = [f for f in project.attachments.get(entry, ()) if f.kind == "picture"]
    return tuple(filter(None, map(_picture, files[:_MOST_PICTURES])))


def _picture(file: Attachment) -> Picture | None:
    content: bytes | None = Asked("file")(file)
    if content is None:
        return None
    try:
        return Picture(checked_picture(content, _PIXELS, _SIDE), file.name)
    except PictureFault:
        return None


class Desk(NamedTuple):
    """A participant as they are called on the screen. answers: None where they do not count."""

    name: str
    answers: Answers | None


class Lesson(NamedTuple):
    """A class as it stands. standard: id and version. elements: those it is about, or none."""

    name: str
    standard: tuple[str, str]
    desks: Sequence[Desk]
    elements: tuple[str, ...]
    case: Case | None


def class_workbook(lesson: Lesson, made_on: date) -> bytes:
    """The trainer's workbook."""
    return class_xlsx(_report(lesson, made_on))


def class_pdf(lesson: Lesson, made_on: date) -> bytes:
    """The trainer's PDF."""
    return draw_pdf(class_document(_report(lesson, made_on)))


def participants_pdf(lesson: Lesson, made_on: date, revealed: bool) -> bytes:
    """A participant's own, in a class of one. revealed: whether the answer has been shown."""
    return draw_pdf(participant_document(_report(lesson, made_on), revealed=revealed))


def _report(lesson: Lesson, made_on: date) -> ClassReport:
    """The report with what the case's reference answer scores."""
    scheme = installed.get(*lesson.standard)
    seats = tuple(
        Seat(one.name, None if one.answers is None else score(scheme, one.answers))
        for one in lesson.desks
    )
    case = lesson.case
    reference = score(scheme, answers_of(scheme, case.work)) if case else None
    return ClassReport(lesson.name, scheme, seats, made_on, lesson.elements, case, reference)
