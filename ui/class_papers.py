"""Papers of a class: a participant's own, and the trainer's workbook and PDF.

Each is made when it is asked for, of what is kept then, for whoever may still see it.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

import schemes
from reports.content.class_document import class_document, participant_document
from reports.content.class_report import TITLE, ClassReport, Seat
from reports.documents import OFFICE, file_stem
from reports.pdf.draw import draw_pdf
from reports.workbook.class_book import class_xlsx
from schemes import Scheme
from scoring import score
from state.documents.assessment import Assessment, answers_of
from state.documents.cases import Case, case_of
from state.documents.classroom import Classroom
from state.documents.versions import scheme_of
from state.service.assessments import Visitor
from state.service.classes import ClassService
from state.storage.repository import NotFound
from ui import class_session, refusals, session
from ui.class_reference import reference_of
from ui.documents import download
from ui.making import place, queue
from wording.classes import participant_words

_XLSX = f"{OFFICE}.spreadsheetml.sheet"


def trainers_papers(classroom: Classroom) -> None:
    """Buttons for the workbook and the PDF of the class."""
    _paper(classroom, "xlsx", "导出 Excel", _XLSX, class_xlsx)
    _paper(classroom, "pdf", "导出 PDF", "application/pdf", _pdf)


def _pdf(report: ClassReport) -> bytes:
    return draw_pdf(class_document(report))


def _paper(
    classroom: Classroom, suffix: str, label: str, mime: str, make: Callable[[ClassReport], bytes]
) -> None:
    day = session.today()
    made = partial(
        trainers_paper, class_session.service(), classroom.id, session.visitor(), day, make
    )
    st.download_button(
        label,
        refusals.noting(made),
        file_name=f"{file_stem(classroom.name)}-{TITLE}-{day.isoformat()}.{suffix}",
        mime=mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"class-{suffix}",
    )


def trainers_paper(
    service: ClassService,
    class_id: str,
    visitor: Visitor,
    day: date,
    make: Callable[[ClassReport], bytes],
) -> bytes:
    """A paper of the class as it is now. Raises: RepositoryError where it is not theirs; Busy."""
    with queue(visitor.who), place(visitor.who):
        classroom = service.open(class_id, visitor)
        seats = [
            Seat(participant_words(desk.participant, number, classroom.names_hidden), desk.result)
            for number, desk in enumerate(service.desks(class_id, visitor), 1)
        ]
        scheme = schemes.load(classroom.scheme, classroom.scheme_version)
        case = case_of(classroom.case)
        return make(report_of(classroom.name, scheme, seats, day, classroom.elements, case))


def report_of(  # noqa: PLR0913, PLR0917
    name: str,
    scheme: Scheme,
    seats: list[Seat],
    day: date,
    elements: tuple[str, ...],
    case: Case | None,
) -> ClassReport:
    """The report with what the case's reference answer scores.

    Who went over to another standard or version since has no figures beside the others'.
    """
    fitting = [
        seat if seat.result and _same(seat.result.scheme, scheme) else Seat(seat.name, None)
        for seat in seats
    ]
    reference = reference_of(case, scheme) if case else None
    return ClassReport(name, scheme, tuple(fitting), day, elements, case, reference)


def _same(one: Scheme, other: Scheme) -> bool:
    return (one.id, one.version) == (other.id, other.version)


def own_paper(assessment: Assessment) -> None:
    """A participant's button: the summary or, in a class of a case or of some elements, its own."""
    lesson = class_session.lesson(assessment)
    if lesson is None or not (lesson.case or lesson.elements):
        download("pdf", assessment, ("我的 PDF", ":material/download:"), look="primary")
        return
    day = session.today()
    make = partial(participants_paper, class_session.service(), session.visitor(), day)
    st.download_button(
        "我的 PDF",
        session.later(make),
        file_name=f"{file_stem(lesson.name)}-我的自评-{day.isoformat()}.pdf",
        mime="application/pdf",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
        key="own-paper",
    )


def participants_paper(
    service: ClassService, visitor: Visitor, day: date, assessment: Assessment
) -> bytes:
    """A participant's own paper. Raises: NotFound where class or standard has gone; Busy."""
    lesson, scheme = service.lesson(assessment), scheme_of(assessment)
    if lesson is None or scheme is None:
        raise NotFound("这份自评已不在课堂里，请在“报告”页下载")
    with queue(visitor.who), place(visitor.who):
        result = score(scheme, answers_of(scheme, assessment.work))
        stayed = lesson.standard == (scheme.id, scheme.version)
        case = case_of(lesson.case) if stayed else None
        elements = lesson.elements if stayed else ()
        seats = [Seat(assessment.title, result)]
        report = report_of(lesson.name, scheme, seats, day, elements, case)
        return draw_pdf(participant_document(report, revealed=lesson.revealed))
