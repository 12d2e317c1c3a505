"""Papers and the dossier of the session's project, made when they are asked for."""

from collections.abc import Callable, Iterable
from datetime import date, tzinfo
from functools import partial

import streamlit as st

from process import Deliverable, Process
from reports.content.blocks import Picture
from reports.content.papers.ground import Ground, assessed, in_order
from reports.dossier import dossier_zip
from reports.dossier import file_name as dossier_name
from reports.papers import NoFigures, offered
from state.documents.pictures import PictureFault, checked_picture
from state.documents.project import Attachment, Project
from state.service.assessments import Key, Visitor
from state.service.projects import ProjectService
from state.storage.repository import NotFound, RepositoryError
from ui import project_session, session
from ui.making import place, queue
from ui.photos import printed_of
from wording.dates import server_zone

_MOST_PICTURES = 12
"""In one paper, of each entry."""

_PIXELS, _SIDE = 60_000_000, 1200
"""Of a picture that is unpacked; of the longer side of what goes into a paper."""


class _Reader:
    """What makes papers of a project outside of any session; it asks for the right again."""

    def __init__(self, day: date, zone: tzinfo | None) -> None:
        found = project_session.place()
        assert found is not None
        self.key: Key = found
        self.service: ProjectService = project_session.service()
        self.who: Visitor = session.visitor()
        self.day, self.zone = day, zone

    def ground(self, entries: Iterable[str] | None) -> Ground:
        """The project as it is now. entries: whose pictures are wanted; None for all.

        Raises: NotFound, also without its process; RepositoryError.
        """
        project = self.service.open(self.key, self.who).project
        read = project_session.known_process(project)
        if read is None:
            raise NotFound("这个项目的流程不在本工具中")
        zone = self.zone or server_zone()
        kept = self.service.snapshots(self.key, self.who)
        scored = [
            assessed(one, one.updated.astimezone(zone).date(), picture=printed_of(one.work.blobs))
            for one in kept
        ]
        wanted = [*project.attachments] if entries is None else [*entries]
        pictures = {entry: self._pictures(project, entry) for entry in wanted}
        return Ground(project, read, self.day, in_order(filter(None, scored)), pictures)

    def _pictures(self, project: Project, entry: str) -> tuple[Picture, ...]:
        files = [f for f in project.attachments.get(entry, ()) if f.kind == "picture"]
        return tuple(filter(None, map(self._picture, files[:_MOST_PICTURES])))

    def _picture(self, file: Attachment) -> Picture | None:
        content = self.content(file)
        if content is None:
            return None
        try:
            return Picture(checked_picture(content, _PIXELS, _SIDE), file.name)
        except PictureFault:
            return None

    def content(self, file: Attachment) -> bytes | None:
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
        _later(partial(_paper, one)),
        file_name=kind.file_name(shown, one),
        mime=kind.mime,
        icon=":material/table:" if kind.suffix == "xlsx" else ":material/description:",
        type="tertiary",
        key=f"made-{one.id}",
        on_click="ignore",
    )


def dossier_button(read: Process, day: date) -> None:
    """A button for everything."""
    st.download_button(
        "下载全套资料（ZIP）",
        _later(_dossier),
        file_name=dossier_name(Ground(_named(), read, day)),
        mime="application/zip",
        icon=":material/folder_zip:",
        type="primary",
        key="dossier",
        on_click="ignore",
    )


def _named() -> Project:
    """The project as the page shows it, for the names of files."""
    seen = project_session.seen()
    assert seen is not None
    return seen


def _later(make: Callable[[_Reader], bytes]) -> Callable[[], bytes]:
    """What a download button calls. Raises, called: Busy, NotFound, RepositoryError."""
    reader = _Reader(session.today(), session.zone())

    def made() -> bytes:
        with queue(reader.who.who), place(reader.who.who):
            try:
                return make(reader)
            except NoFigures as error:
                raise NotFound(str(error)) from error

    return made


def _paper(one: Deliverable, reader: _Reader) -> bytes:
    project = reader.service.open(reader.key, reader.who).project
    read = project_session.known_process(project)
    step = [read.step_of[one.id].id] if read and one.id in read.step_of else []
    kind = offered(one, figures=True)
    assert kind is not None  # the button is there for those alone
    return kind.make(reader.ground([one.id, *step]), one)


def _dossier(reader: _Reader) -> bytes:
    return dossier_zip(reader.ground(None), reader.content)
