"""Papers of a class: a participant's own, and the trainer's workbook and PDF.

Each is made when it is asked for, of what is kept then, for whoever may still see it.
"""

from collections.abc import Callable
from datetime import date
from functools import partial

import streamlit as st

from reports import orders
from reports.content.class_report import TITLE
from reports.documents import OFFICE, file_stem
from reports.orders import Desk
from scoring import Answers, Result
from state.documents.assessment import Assessment, answers_of
from state.documents.cases import case_of
from state.documents.classroom import Classroom
from state.documents.versions import scheme_of
from state.service.assessments import Visitor
from state.service.classes import ClassService
from state.storage.repository import NotFound
from ui import class_session, refusals, session
from ui.documents import download
from ui.workers import worked_out
from wording.classes import participant_words

_XLSX = f"{OFFICE}.spreadsheetml.sheet"


def trainers_papers(classroom: Classroom) -> None:
    """Buttons for the workbook and the PDF of the class."""
    _paper(classroom, "xlsx", "导出 Excel", _XLSX, orders.class_workbook)
    _paper(classroom, "pdf", "导出 PDF", "application/pdf", orders.class_pdf)


def _paper(
    classroom: Classroom, suffix: str, label: str, mime: str, make: Callable[..., bytes]
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
    make: Callable[..., bytes],
) -> bytes:
    """A paper of the class as it is now. Raises: RepositoryError where it is not theirs; Busy."""
    classroom = service.open(class_id, visitor)
    standard = (classroom.scheme, classroom.scheme_version)
    desks = [
        Desk(
            participant_words(desk.participant, number, classroom.names_hidden),
            _answers(desk.result, standard),
        )
        for number, desk in enumerate(service.desks(class_id, visitor), 1)
    ]
    case = case_of(classroom.case)
    lesson = orders.Lesson(classroom.name, standard, desks, classroom.elements, case)
    return worked_out(visitor.who, make, lesson, day)


def _answers(result: Result | None, standard: tuple[str, str]) -> Answers | None:
    """Of whoever went over to another standard or version since, none stand beside the others'."""
    if result is None or (result.scheme.id, result.scheme.version) != standard:
        return None
    return result.answers


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
    standard = (scheme.id, scheme.version)
    stayed = lesson.standard == standard
    desks = [Desk(assessment.title, answers_of(scheme, assessment.work))]
    case = case_of(lesson.case) if stayed else None
    elements = lesson.elements if stayed else ()
    made = orders.Lesson(lesson.name, standard, desks, elements, case)
    return worked_out(visitor.who, orders.participants_pdf, made, day, lesson.revealed)
