"""Step 6: preview and download of the report, and the assessment as a file."""

import hashlib
from dataclasses import replace
from datetime import date
from functools import partial

import pypdfium2
import streamlit as st

from reports import DOCUMENTS, Subject, file_stem
from reports.content.subject import Per
from schemes import Scheme
from scoring import score
from state.documents.assessment import Assessment, answers_of
from state.documents.transfer import export_json
from state.service.bounds import Who
from state.storage.repository import NotFound
from ui import session
from ui.chapters import chapter_texts
from ui.frame import asking_fragment, draw, footer, header, need_assessment, need_scheme
from ui.making import Busy, place, queue
from ui.sharing import sharing

_SHARP = 1.6
"""Pixels per point of the preview."""

_FORMS = "nonconformities"
_PER = {Per.FINDING: "每个问题一张", Per.ITEM: "每条内容一张", Per.ELEMENT: "每个要素一张"}

_LABELS = {
    "pdf": ("下载 PDF 摘要", ":material/download:"),
    "onepage": ("下载 PDF 一页摘要", ":material/article:"),
    "xlsx": ("下载 Excel 评分表", ":material/table:"),
    "docx": ("下载 Word 自评报告", ":material/description:"),
    "tables": ("下载 Word 打分表（标准原表）", ":material/table_view:"),
    _FORMS: ("下载 Word 不符合项报告", ":material/description:"),
    "checklist": ("下载 Word 自查表（打印用）", ":material/checklist:"),
    "zip": ("下载全部（ZIP）", ":material/folder_zip:"),
}


def main() -> None:
    """Draw the page."""
    assessment = need_assessment("report")
    scheme = need_scheme(assessment)
    header("report", assessment, scheme)
    name = assessment.profile.name
    who = session.visitor().who
    pdf = _first(assessment, scheme, who)
    per = st.session_state.get("per", Per.FINDING)
    with st.container(horizontal=True):
        for kind, (label, icon) in _LABELS.items():
            st.download_button(
                label.replace("自评", assessment.kind),
                # Made when asked for; the button spins meanwhile.
                session.later(partial(_made, kind, who, per if kind == _FORMS else Per.FINDING)),
                file_name=DOCUMENTS[kind].file_name(name, assessment.kind, session.today()),
                mime=DOCUMENTS[kind].mime,
                type="primary" if kind == "pdf" else "secondary",
                icon=icon,
                on_click="ignore",
            )
        st.download_button(
            f"导出{assessment.kind}文件（备份，可再导入）",
            session.later(export_json),
            file_name=f"{file_stem(name)}-{assessment.kind}-{session.today().isoformat()}.json",
            mime="application/json",
            icon=":material/save:",
            on_click="ignore",
        )
    st.selectbox("不符合项报告的表", list(_PER), key="per", format_func=_per_words, width=220)
    if session.may_edit():
        chapter_texts(assessment, scheme)
    sharing()
    _preview(pdf)
    footer("report", assessment)


def _per_words(per: Per) -> str:
    return _PER[per]


def _first(assessment: Assessment, scheme: Scheme, who: Who) -> bytes:
    """The summary; where too many others want theirs, say so and stop the page."""
    try:
        with st.spinner("正在生成报告…"):
            return _document("pdf", assessment, scheme, who)
    except Busy as error:
        st.info(f"{error}。填写的内容都已保存。", icon=":material/hourglass_top:")
        st.button("再试一次", icon=":material/refresh:", key="again")
        st.stop()


def _made(kind: str, who: Who, per: Per, assessment: Assessment) -> bytes:
    """A document of the assessment as it is now. Raises: NotFound without its standard, Busy."""
    scheme = session.scheme_of(assessment)
    if scheme is None:
        raise NotFound("还没有选择标准，或没有它的这一版")
    return _document(kind, assessment, scheme, who, per)


def _document(
    kind: str, assessment: Assessment, scheme: Scheme, who: Who, per: Per = Per.FINDING
) -> bytes:
    """Raises: Busy."""
    with queue(who):
        return _kept(kind, _state(assessment, scheme, per), assessment, scheme, who)


_State = tuple[str, str, Per, date]


def _state(assessment: Assessment, scheme: Scheme, per: Per) -> _State:
    """What tells one content of a document from all others; what waits has no revision yet."""
    content = assessment.model_dump_json().encode()
    return hashlib.sha256(content).hexdigest(), scheme.version, per, session.today()


@st.cache_data(max_entries=20, show_spinner=False)
def _kept(kind: str, state: _State, _assessment: Assessment, _scheme: Scheme, _who: Who) -> bytes:
    """A document, which kind and `state` tell from all others. Raises: Busy."""
    *_, per, made_on = state
    with place(_who):
        result = score(_scheme, answers_of(_scheme, _assessment.work))
        subject = replace(Subject.of(_scheme, _assessment, made_on), per=per)
        return DOCUMENTS[kind].make(result, subject)


@asking_fragment
def _preview(pdf: bytes) -> None:
    """One page of the report as a picture, which every browser and phone can show."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        count = len(document)
        page = 1
        if count > 1:
            page = st.segmented_control(
                f"预览，共 {count} 页", range(1, count + 1), default=1, required=True, wrap=True
            )
        picture = document[page - 1].render(scale=_SHARP).to_pil()
    finally:
        document.close()
    with st.container(border=True):
        st.image(picture, alt=f"报告第 {page} 页", width=900)


draw(main)
