"""Step 6: preview and download of the report, and the assessment as a file."""

import pypdfium2
import streamlit as st

from reports import file_stem
from schemes import Scheme
from state.documents.assessment import Assessment
from state.documents.transfer import export_json
from state.service.bounds import Who
from ui import session
from ui.chapters import chapter_texts
from ui.documents import document, download
from ui.frame import asking_fragment, draw, footer, header, need_assessment, need_scheme
from ui.making import Busy
from ui.sharing import sharing

_SHARP = 1.6
"""Pixels per point of the preview."""

_LABELS = {
    "pdf": ("下载 PDF 摘要", ":material/download:"),
    "onepage": ("下载 PDF 一页摘要", ":material/article:"),
    "xlsx": ("下载 Excel 评分表", ":material/table:"),
    "docx": ("下载 Word 自评报告", ":material/description:"),
    "nonconformities": ("下载 Word 不符合项报告", ":material/description:"),
    "records": ("下载 Word 资料清单", ":material/folder_open:"),
    "records-xlsx": ("下载 Excel 资料清单", ":material/folder_open:"),
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
    with st.container(horizontal=True):
        for kind, (label, icon) in _LABELS.items():
            download(kind, assessment, label, icon, "primary" if kind == "pdf" else "secondary")
        st.download_button(
            f"导出{assessment.kind}文件（备份，可再导入）",
            session.later(export_json),
            file_name=f"{file_stem(name)}-{assessment.kind}.json",
            mime="application/json",
            icon=":material/save:",
            on_click="ignore",
        )
    if session.may_edit():
        chapter_texts(assessment)
    sharing()
    _preview(pdf)
    footer("report", assessment)


def _first(assessment: Assessment, scheme: Scheme, who: Who) -> bytes:
    """The summary; where too many others want theirs, say so and stop the page."""
    try:
        with st.spinner("正在生成报告…"):
            return document("pdf", assessment, scheme, who)
    except Busy as error:
        st.info(f"{error}。填写的内容都已保存。", icon=":material/hourglass_top:")
        st.button("再试一次", icon=":material/refresh:", key="again")
        st.stop()


@asking_fragment
def _preview(pdf: bytes) -> None:
    """One page of the report as a picture, which every browser and phone can show."""
    opened = pypdfium2.PdfDocument(pdf)
    try:
        count = len(opened)
        page = 1
        if count > 1:
            page = st.segmented_control(
                f"预览，共 {count} 页", range(1, count + 1), default=1, required=True, wrap=True
            )
        picture = opened[page - 1].render(scale=_SHARP).to_pil()
    finally:
        opened.close()
    with st.container(border=True):
        st.image(picture, alt=f"报告第 {page} 页", width=900)


draw(main)
