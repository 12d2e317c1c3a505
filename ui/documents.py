"""Documents made for the page and for download, each once for what it is made of."""

import hashlib
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Literal, NamedTuple

import streamlit as st

from reports import DOCUMENTS, Subject
from reports.content.subject import Per
from schemes import Scheme
from scoring import score
from state.documents.assessment import Assessment, answers_of
from state.service.assessments import Key
from state.service.bounds import Who
from state.storage.repository import NotFound
from ui import session
from ui.logos import logos
from ui.making import place, queue
from ui.photos import printed

_WITH_CHAPTERS = ("docx", "zip")
"""Kinds that hold the enterprise's own texts; others are not made again while these are written."""


class Chosen(NamedTuple):
    """How a document is laid out, see `reports.content.subject.Subject`."""

    per: Per = Per.FINDING
    by_department: bool = False


PLAIN = Chosen()


def download(
    kind: str,
    assessment: Assessment,
    button: tuple[str, str],
    *,
    look: Literal["primary", "secondary"] = "secondary",
    chosen: Chosen = PLAIN,
) -> None:
    """A button for a document, which is made when it is asked for; the button spins meanwhile.

    button: its label and icon.
    """
    label, icon = button
    day = session.today()
    st.download_button(
        label.replace("自评", assessment.kind),
        session.later(partial(_made, kind, session.visitor().who, chosen, day)),
        file_name=DOCUMENTS[kind].file_name(assessment.profile.name, assessment.kind, day),
        mime=DOCUMENTS[kind].mime,
        type=look,
        icon=icon,
        on_click="ignore",
    )


def download_then(kind: str, snapshot_id: str, enterprise: str, *, key: str) -> None:
    """A button for a document of a snapshot, the same as then but for the day it is made on."""
    day, who, found = session.today(), session.visitor(), session.settle_address() or Key()
    service = session.service()

    def made() -> bytes:
        then = service.open_snapshot(found, who, snapshot_id).then
        return _made(kind, who.who, PLAIN, day, then)

    st.download_button(
        "下载",
        made,
        file_name=DOCUMENTS[kind].file_name(enterprise, "自评", day),
        mime=DOCUMENTS[kind].mime,
        icon=":material/download:",
        on_click="ignore",
        key=key,
    )


def _made(kind: str, who: Who, chosen: Chosen, day: date, assessment: Assessment) -> bytes:
    """A document of the assessment as it is now. Raises: NotFound without its standard, Busy."""
    scheme = session.scheme_of(assessment)
    if scheme is None:
        raise NotFound("还没有选择标准，或没有它的这一版")
    return _queued(kind, assessment, scheme, who, (chosen, day))


def document(kind: str, assessment: Assessment, scheme: Scheme, who: Who) -> bytes:
    """The document itself. Raises: ui.making.Busy."""
    return _queued(kind, assessment, scheme, who, (PLAIN, session.today()))


_How = tuple[Chosen, date]


def _queued(kind: str, assessment: Assessment, scheme: Scheme, who: Who, how: _How) -> bytes:
    with queue(who):
        state = (*_content(kind, assessment, scheme), *how)
        return _kept(kind, state, assessment, scheme, who)


def _content(kind: str, assessment: Assessment, scheme: Scheme) -> tuple[str, str]:
    """What tells one content of a document from all others; what waits has no revision yet."""
    left_out = {"revision", "updated"} | (set() if kind in _WITH_CHAPTERS else {"chapters"})
    content = assessment.model_dump_json(exclude=left_out).encode()
    return hashlib.sha256(content).hexdigest(), scheme.version


@st.cache_data(max_entries=20, show_spinner=False)
def _kept(
    kind: str,
    state: tuple[str, str, Chosen, date],
    _assessment: Assessment,
    _scheme: Scheme,
    _who: Who,
) -> bytes:
    """A document, which kind and `state` tell from all others. Raises: Busy."""
    *_, chosen, made_on = state
    with place(_who):
        result = score(_scheme, answers_of(_scheme, _assessment.work))
        subject = Subject.of(_scheme, _assessment, made_on)
        subject = replace(
            subject, **chosen._asdict(), logos=logos(_assessment), picture=printed(_assessment)
        )
        return DOCUMENTS[kind].make(result, subject)
