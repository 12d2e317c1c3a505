"""Papers and the dossier of the session's project, made when they are asked for."""

from collections.abc import Callable
from datetime import date, tzinfo
from functools import partial
from typing import Any

import streamlit as st

from beside.job import Job
from process import Deliverable, Process
from reports import orders
from reports.content.papers.ground import Ground
from reports.dossier import file_name as dossier_name
from reports.papers import NoFigures, offered
from state.documents.project import Attachment, Project
from state.service.assessments import Key, Visitor
from state.service.projects import ProjectService
from state.storage.repository import NotFound, RepositoryError
from ui import project_session, refusals, session
from ui.long_work import begin_file, order, taken, working
from ui.workers import ready, worked_out
from wording.dates import server_zone
from wording.labels import plain

_DOSSIER = "dossier"


class _Reader:
    """What makes papers of a project outside of any session; it asks for the right again."""

    def __init__(self, day: date, zone: tzinfo | None) -> None:
        found = project_session.place()
        assert found is not None
        self.key: Key = found
        self.service: ProjectService = project_session.service()
        self.who: Visitor = session.visitor()
        self.day, self.zone = day, zone

    def made(self, make: Callable[..., bytes], *inputs: object, job: Job[Any] | None) -> bytes:
        """What `reports.orders` makes of the project as it is now.

        Raises: NotFound, also without its process; RepositoryError; Cancelled.
        """
        project = self.service.open(self.key, self.who).project
        read = project_session.known_process(project)
        if read is None:
            raise NotFound("这个项目的流程不在本工具中")
        zone = self.zone or server_zone()
        kept = self.service.snapshots(self.key, self.who)
        snapshots = [(one, one.updated.astimezone(zone).date()) for one in kept]
        materials = orders.Materials(project, read, self.day, snapshots)
        answers = {"file": self._content}
        try:
            return worked_out(self.who.who, make, materials, *inputs, answers=answers, job=job)
        except NoFigures as error:
            raise NotFound(str(error)) from error

    def _content(self, file: Attachment) -> bytes | None:
        """What is attached; None where it can no longer be read."""
        try:
            return self.service.file(self.key, self.who, file.id)
        except RepositoryError:
            return None


def paper_button(read: Process, one: Deliverable, label: str, day: date) -> None:
    """A button for the paper that a deliverable is, if this program makes it."""
    kind = offered(one, figures=True)
    if kind is None:
        return
    shown = Ground(_named(), read, day)
    st.download_button(
        label,
        _later(orders.paper, one),
        file_name=kind.file_name(shown, one),
        mime=kind.mime,
        icon=":material/table:" if kind.suffix == "xlsx" else ":material/description:",
        type="tertiary",
        key=f"made-{one.id}",
        on_click="ignore",
    )


def dossier_button(read: Process, day: date) -> None:
    """A button that has everything made, and then one for the file."""
    ready()
    shown = _named()
    of = (shown.id, shown.revision, day)
    found = order(_DOSSIER, of)
    if found is None or found.job.fault:
        if found and found.job.fault:
            st.error(plain(refusals.words(found.job.fault)), icon=":material/error:")
        st.button(
            "生成全套资料（ZIP）",
            icon=":material/folder_zip:",
            type="primary",
            key="dossier-make",
            on_click=_begin,
            args=[of],
        )
    elif not found.job.done:
        working(_DOSSIER, "正在生成")
    else:
        st.download_button(
            "下载全套资料（ZIP）",
            _taken(found.job),
            file_name=dossier_name(Ground(shown, read, day)),
            mime="application/zip",
            icon=":material/download:",
            type="primary",
            key="dossier",
            on_click="ignore",
        )


def _begin(of: tuple[object, ...]) -> None:
    reader = _Reader(session.today(), session.zone())
    begin_file(_DOSSIER, of, lambda job: reader.made(orders.dossier, job=job))


def _taken(job: Job[bytes]) -> Callable[[], bytes]:
    """What a download button calls; it asks for the right again."""
    service, found, who = project_session.service(), project_session.place(), session.visitor()
    assert found is not None

    def opened() -> bytes:
        service.open(found, who)
        return taken(job)

    return refusals.noting(opened)


def _named() -> Project:
    """The project as the page shows it, for the names of files."""
    seen = project_session.seen()
    assert seen is not None
    return seen


def _later(make: Callable[..., bytes], *inputs: object) -> Callable[[], bytes]:
    """What a download button calls. Raises, called: Busy, NotFound, RepositoryError."""
    reader = _Reader(session.today(), session.zone())
    return refusals.noting(partial(reader.made, make, *inputs, job=None))
