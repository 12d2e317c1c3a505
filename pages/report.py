"""Step 6: preview and download of the report, and the assessment as a file."""

import re
from datetime import date

import pypdfium2
import streamlit as st

from reports import Subject, summary_pdf
from scoring import score
from state import session
from state.assessment import fit
from state.transfer import export_json
from ui.frame import draw, footer, header, need_assessment, need_scheme

_SHARP = 1.6
"""Pixels per point of the preview."""


def main() -> None:
    """Draw the page."""
    assessment = need_assessment()
    scheme = need_scheme(assessment)
    header("report", assessment, scheme)
    with st.spinner("正在生成报告…"):
        pdf = _pdf(assessment.id, assessment.revision, scheme.version, date.today())
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
        st.download_button(
            "导出自评文件（备份，可再导入）",
            export_json(assessment),
            file_name=f"{name}-自评.json",
            mime="application/json",
            icon=":material/save:",
            on_click="ignore",
        )
    _preview(pdf)
    footer("report", assessment)


@st.cache_data(max_entries=20, show_spinner=False)
def _pdf(assessment_id: str, revision: int, version: str, made_on: date) -> bytes:
    """The report of one saved revision; `revision` and `version` only tell revisions apart."""
    del revision, version
    assessment = session.repository().load(assessment_id)
    scheme = session.scheme_of(assessment)
    assert scheme is not None  # the page has stopped before without one
    answers, _ = fit(scheme, assessment.work.answers)
    return summary_pdf(score(scheme, answers), Subject.of(scheme, assessment, made_on))


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
