"""Documents made for the page and for download, each once for what it is made of."""

import hashlib
from datetime import date
from functools import partial
from typing import Literal

import streamlit as st

from reports import DOCUMENTS, orders
from reports.orders import Layout
from schemes import Scheme
from state.documents.assessment import Assessment
from state.service.assessments import Key
from state.service.bounds import Who
from state.storage.repository import NotFound
from ui import refusals, session
from ui.logos import logos
from ui.long_work import begin_file, order, taken, working
from ui.making import place, queue
from ui.workers import handed_over, ready, worked_out
from wording.labels import plain

_WITH_CHAPTERS = ("docx", "zip")
"""Kinds that hold the enterprise's own texts; others are not made again while these are written."""


PLAIN = Layout()


def download(
    kind: str,
    assessment: Assessment,
    button: tuple[str, str],
    *,
    look: Literal["primary", "secondary"] = "secondary",
    chosen: Layout = PLAIN,
) -> None:
    """A button for a document, which is made when it is asked for; the button spins meanwhile.

    button: its label and icon.
    """
    ready()
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


def long_download(kind: str, assessment: Assessment, button: tuple[str, str]) -> None:
    """A button that has a document made which takes seconds, and then one for the document.

    button: what the document is called on it, and its icon.
    """
    ready()
    what, icon = button
    day, scheme = session.today(), session.scheme_of(assessment)
    if scheme is None:
        return
    of = _of(kind, assessment, scheme, day)
    found = order(kind, of)
    if found is None or found.job.fault:
        if found and found.job.fault:
            st.error(plain(refusals.words(found.job.fault)), icon=":material/error:")
        st.button(f"生成{what}", icon=icon, key=f"make-{kind}", on_click=_begin, args=[kind, day])
    elif not found.job.done:
        working(kind, "正在生成")
    else:
        job = found.job
        st.download_button(
            f"下载{what}",
            session.later(lambda _: taken(job)),
            file_name=DOCUMENTS[kind].file_name(assessment.profile.name, assessment.kind, day),
            mime=DOCUMENTS[kind].mime,
            type="primary",
            icon=":material/download:",
            on_click="ignore",
            key=f"made-{kind}",
        )


def _begin(kind: str, day: date) -> None:
    """Have it made of what is kept now, if that is still open to the visitor."""
    service, found, who = session.service(), session.settle_address() or Key(), session.visitor()

    def begun() -> None:
        assessment = service.open(found, who)[0]
        scheme = session.scheme_of(assessment)
        if scheme:
            how = (kind, assessment, PLAIN, day, logos(assessment))
            begin_file(
                kind,
                _of(kind, assessment, scheme, day),
                lambda job: worked_out(who.who, orders.document, *how, job=job),
            )

    session.tried(begun)


def _of(kind: str, assessment: Assessment, scheme: Scheme, day: date) -> tuple[object, ...]:
    return (assessment.id, *_content(kind, assessment, scheme), day)


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


def _made(kind: str, who: Who, chosen: Layout, day: date, assessment: Assessment) -> bytes:
    """A document of the assessment as it is now. Raises: NotFound without its standard, Busy."""
    scheme = session.scheme_of(assessment)
    if scheme is None:
        raise NotFound("还没有选择标准，或没有它的这一版")
    return _queued(kind, assessment, scheme, who, (chosen, day))


def document(kind: str, assessment: Assessment, scheme: Scheme, who: Who) -> bytes:
    """The document itself. Raises: ui.making.Busy."""
    return _queued(kind, assessment, scheme, who, (PLAIN, session.today()))


_How = tuple[Layout, date]


def _queued(kind: str, assessment: Assessment, scheme: Scheme, who: Who, how: _How) -> bytes:
    with queue(who):
        state = (*_content(kind, assessment, scheme), *how)
        return _kept(kind, state, assessment, who)


def _content(kind: str, assessment: Assessment, scheme: Scheme) -> tuple[str, str]:
    """What tells one content of a document from all others; what waits has no revision yet."""
    left_out = {"revision", "updated"} | (set() if kind in _WITH_CHAPTERS else {"chapters"})
    content = assessment.model_dump_json(exclude=left_out).encode()
    return hashlib.sha256(content).hexdigest(), scheme.version


@st.cache_data(max_entries=20, show_spinner=False)
def _kept(
    kind: str,
    state: tuple[str, str, Layout, date],
    _assessment: Assessment,
    _who: Who,
) -> bytes:
    """A document, which kind and `state` tell from all others. Raises: Busy."""
    *_, chosen, made_on = state
    with place(_who):
        return handed_over(orders.document, kind, _assessment, chosen, made_on, logos(_assessment))
