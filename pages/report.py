"""Step 6: preview and download of the report, and the assessment as a file."""

import re
from datetime import date
from functools import partial

import pypdfium2
import streamlit as st

from reports import Subject, nonconformity_docx, report_docx, summary_pdf
from schemes import Scheme
from scoring import score
from state.assessment import Assessment, fit
from state.transfer import export_json
from ui.chapters import chapter_texts
from ui.frame import draw, footer, header, need_assessment, need_scheme

_SHARP = 1.6
"""Pixels per point of the preview."""

_DOCUMENTS = {"pdf": summary_pdf, "report": report_docx, "forms": nonconformity_docx}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def main() -> None:
    """Draw the page."""
    assessment = need_assessment()
    scheme = need_scheme(assessment)
    header("report", assessment, scheme)
    revision = (assessment.id, assessment.revision, scheme.version, date.today())
    documents = {
        kind: partial(_document, kind, revision, assessment, scheme) for kind in _DOCUMENTS
    }
    with st.spinner("正在生成报告…"):
        pdf = documents["pdf"]()
    name = _file_name(assessment.title)
    with st.container(horizontal=True):
        st.download_button(
            "下载 PDF 报告",
            pdf,
            file_name=f"{name}-自评摘要.pdf",
            mime="application/pdf",
            type="primary",
            icon=":material/download:",
            on_click="ignore",
        )
        for kind, title in (("report", "自评报告"), ("forms", "不符合项报告")):
            st.download_button(
                f"下载 Word {title}",
                documents[kind],  # made when asked for; the button spins meanwhile
                file_name=f"{name}-{title}.docx",
                mime=_DOCX,
                icon=":material/description:",
                on_click="ignore",
            )
        st.download_button(
            "导出自评文件（备份，可再导入）",
            export_json(assessment),
            file_name=f"{name}-自评.json",
            mime="application/json",
            icon=":material/save:",
            on_click="ignore",
        )
    chapter_texts(assessment)
    _preview(pdf)
    footer("report", assessment)


@st.cache_data(max_entries=20, show_spinner=False)
def _document(
    kind: str, revision: tuple[str, int, str, date], _assessment: Assessment, _scheme: Scheme
) -> bytes:
    """A document of one saved revision, which kind and `revision` tell from all others."""
    answers, _ = fit(_scheme, _assessment.work.answers)
    *_, made_on = revision
    return _DOCUMENTS[kind](score(_scheme, answers), Subject.of(_scheme, _assessment, made_on))


@st.fragment
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


def _file_name(title: str) -> str:
    """A title as a file name every system accepts."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f.]+', "_", title).strip(" _")[:60] or "自评"


draw(main)
