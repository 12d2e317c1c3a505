"""Documents made for the page and for download, each once for what it is made of."""

import hashlib
from datetime import date
from functools import partial
from typing import Literal

import streamlit as st

from reports import DOCUMENTS, Subject
from schemes import Scheme
from scoring import score
from state.documents.assessment import Assessment, answers_of
from state.service.bounds import Who
from state.storage.repository import NotFound
from ui import session
from ui.making import place, queue


def download(
    kind: str,
    assessment: Assessment,
    label: str,
    icon: str,
    look: Literal["primary", "secondary"] = "secondary",
) -> None:
    """A button for a document, which is made when it is asked for; the button spins meanwhile."""
    st.download_button(
        label.replace("自评", assessment.kind),
        session.later(partial(_made, kind, session.visitor().who)),
        file_name=DOCUMENTS[kind].file_name(assessment.profile.name, assessment.kind),
        mime=DOCUMENTS[kind].mime,
        type=look,
        icon=icon,
        on_click="ignore",
    )


def _made(kind: str, who: Who, assessment: Assessment) -> bytes:
    """A document of the assessment as it is now. Raises: NotFound without its standard, Busy."""
    scheme = session.scheme_of(assessment)
    if scheme is None:
        raise NotFound("还没有选择标准，或没有它的这一版")
    return document(kind, assessment, scheme, who)


def document(kind: str, assessment: Assessment, scheme: Scheme, who: Who) -> bytes:
    """The document itself. Raises: ui.making.Busy."""
    with queue(who):
        return _kept(kind, _state(assessment, scheme), assessment, scheme, who)


def _state(assessment: Assessment, scheme: Scheme) -> tuple[str, str, date]:
    """What tells one content of a document from all others; what waits has no revision yet."""
    content = assessment.model_dump_json().encode()
    return hashlib.sha256(content).hexdigest(), scheme.version, session.today()


@st.cache_data(max_entries=20, show_spinner=False)
def _kept(
    kind: str, state: tuple[str, str, date], _assessment: Assessment, _scheme: Scheme, _who: Who
) -> bytes:
    """A document, which kind and `state` tell from all others. Raises: Busy."""
    *_, made_on = state
    with place(_who):
        result = score(_scheme, answers_of(_scheme, _assessment.work))
        subject = Subject.of(_scheme, _assessment, made_on)
        return DOCUMENTS[kind].make(result, subject)
