"""The enterprise's and its consultants' logos: put in, seen, taken out, and read for documents."""

from functools import lru_cache, partial

import streamlit as st

from reports.content.blocks import Picture
from reports.content.subject import logos_of
from state.documents import changes
from state.documents.assessment import Assessment
from state.documents.pictures import PictureFault
from state.service.assessments import AssessmentService
from state.service.pictures import LOGO_BYTES, Pictures, picture
from state.storage.repository import RepositoryError
from ui import session
from ui.uploads import uploader
from wording.labels import plain
from wording.pictures import logo_words, picture_refused

_LABELS = {"logo": "企业标志", "firm_logo": "咨询机构标志"}
_MB = LOGO_BYTES // 2**20
_WIDTH = 140
"""Pixels of a thumbnail."""


@lru_cache(maxsize=1)
def _pictures(assessments: AssessmentService) -> Pictures:
    return Pictures(assessments)


def logos(assessment: Assessment) -> tuple[Picture, ...]:
    """The logos that documents of an assessment show. Raises: Unavailable."""
    return logos_of(assessment.profile, partial(picture, session.service().repository, assessment))


def logo_inputs(assessment: Assessment) -> None:
    """A place for each logo: the picture with a way to remove it, or one to put it in."""
    columns = st.columns(2)
    told = logo_words(assessment.profile)
    for column, (field, label), (digest, words) in zip(columns, _LABELS.items(), told, strict=True):
        with column:
            if digest is None:
                _put_in(field, label)
            else:
                _shown(assessment, (field, label), digest, words)


def _shown(assessment: Assessment, what: tuple[str, str], digest: str, words: str) -> None:
    field, label = what
    try:
        data = picture(session.service().repository, assessment, digest)
    except RepositoryError:  # the page says already that nothing can be reached
        data = None
    if data:
        st.caption(label)
        st.image(data, alt=words, width=_WIDTH)
    else:
        st.caption(f"{label}：图片没有跟着文件过来，请移除后重新上传")
    st.button(
        f"移除{label}",
        key=f"remove:{field}",
        type="tertiary",
        icon=":material/close:",
        on_click=lambda: session.apply(changes.set_profile(field, None)),
    )


def _put_in(field: str, label: str) -> None:
    """An uploader that is empty again after each picture."""
    turn, refused = f"logos:{field}", f"refused:{field}"
    file = uploader(
        f"{label}（JPG 或 PNG，不超过 {_MB} MB）",
        _MB,
        key=f"{field}:{st.session_state.get(turn, 0)}",
    )
    if words := st.session_state.pop(refused, ""):
        st.error(plain(words), icon=":material/error:")
    found = session.settle_address()
    if file is None or found is None:
        return
    try:
        kept = _pictures(session.service()).keep_logo(found, session.visitor(), file.getvalue())
    except PictureFault as fault:
        st.session_state[refused] = picture_refused(fault)
    except RepositoryError as error:
        st.session_state[refused] = str(error)
    else:
        session.apply(changes.set_profile(field, kept))
    st.session_state[turn] = st.session_state.get(turn, 0) + 1
    st.rerun()
