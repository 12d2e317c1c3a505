"""Step 6: preview and download of the report, and the assessment as a file."""

import pypdfium2
import streamlit as st

from reports import file_stem
from reports.content.subject import Per
from reports.orders import Layout
from schemes import Scheme
from state.documents.assessment import Assessment
from state.service.bounds import Who
from ui import session
from ui.chapters import chapter_texts
from ui.documents import PLAIN, document, download, long_download
from ui.frame import asking_fragment, draw, footer, header, need_assessment, need_scheme
from ui.making import Busy
from ui.phone import continue_on_phone
from ui.photos import exported
from ui.readback import readback
from ui.sharing import sharing

_SHARP = 1.6
"""Pixels per point of the preview."""

_LAID_OUT = ("nonconformities", "checklist", "checklist-pdf")
"""Kinds with a choice of their own below the buttons."""

_PER = {Per.FINDING: "每个问题一张", Per.ITEM: "每条内容一张", Per.ELEMENT: "每个要素一张"}
_ORDER = {False: "按标准的顺序", True: "按部门"}

_LABELS = {
    "pdf": ("下载 PDF 摘要", ":material/download:"),
    "docx": ("下载 Word 自评报告", ":material/description:"),
    "onepage": ("下载 PDF 一页摘要", ":material/article:"),
    "xlsx": ("下载 Excel 评分表", ":material/table:"),
    "tables": ("下载 Word 打分表（标准原表）", ":material/table_view:"),
    "nonconformities": ("下载 Word 不符合项报告", ":material/description:"),
    "plan": ("下载 Word 整改路径", ":material/construction:"),
    "checklist": ("下载 Word 自查表（打印用）", ":material/checklist:"),
    "checklist-pdf": ("下载 PDF 自查表（打印用）", ":material/checklist:"),
    "records": ("下载 Word 资料清单", ":material/folder_open:"),
    "records-xlsx": ("下载 Excel 资料清单", ":material/folder_open:"),
}

_LONG = {
    "long": (" PDF 完整版（含打分表）", ":material/picture_as_pdf:"),
    "zip": ("全部（ZIP）", ":material/folder_zip:"),
}
"""Kinds that take seconds, as their buttons call them."""

_MAIN = {
    "pdf": "给负责人看：得分、等级、雷达图和先改什么，几页说清。",
    "docx": "交上级或评审单位：按要求的章节写好，可以接着改。",
}
"""The two that are wanted most, and for whom they are."""

_GROUPS = {
    "汇报、评审": ("给老板一页纸；给评审人员逐条的打分。", ("onepage", "long", "xlsx", "tables")),
    "整改": ("给各部门和责任人：哪里不符合、先改什么。", ("nonconformities", "plan")),
    "现场检查": ("给检查的人：打印了带到现场打勾。", ("checklist", "checklist-pdf")),
    "备查资料": ("给资料员：要准备哪些制度、记录。", ("records", "records-xlsx")),
    "留存": ("自己存：上面的一次全下；备份可再导入。", ("zip",)),
}
"""All others: for whom a group is, and its kinds."""

_CHOICE = {"整改": "per", "现场检查": "order"}
"""The group in which a layout is chosen."""


def main() -> None:
    """Draw the page."""
    assessment = need_assessment("report")
    scheme = need_scheme(assessment)
    header("report", assessment, scheme)
    who = session.visitor().who
    pdf = _first(assessment, scheme, who)
    by_department = bool(assessment.work.departments) and st.session_state.get("order", False)
    chosen = Layout(st.session_state.get("per", Per.FINDING), by_department)
    _main_two(assessment)
    _groups(assessment, chosen)
    if session.may_edit():
        chapter_texts(assessment, scheme)
        readback(assessment, scheme)
    sharing()
    continue_on_phone(assessment)
    _preview(pdf)
    footer("report", assessment)


def _main_two(assessment: Assessment) -> None:
    for column, (kind, whom) in zip(st.columns(2), _MAIN.items(), strict=True):
        with column.container(border=True):
            download(kind, assessment, _LABELS[kind], look="primary")
            st.caption(whom)


def _groups(assessment: Assessment, chosen: Layout) -> None:
    """Two side by side where there is room, so that nothing has to be opened to be found."""
    titles = list(_GROUPS)
    for first in range(0, len(titles), 2):
        for column, title in zip(st.columns(2), titles[first : first + 2], strict=False):
            whom, kinds = _GROUPS[title]
            with column.container(border=True, height="stretch"):
                st.markdown(f"**{title}**　:gray[{whom}]")
                _choice(title, assessment)
                with st.container(horizontal=True):
                    for kind in kinds:
                        _document(kind, assessment, chosen)
                    if "zip" in kinds:
                        _backup(assessment)


def _document(kind: str, assessment: Assessment, chosen: Layout) -> None:
    if kind in _LONG:
        long_download(kind, assessment, _LONG[kind])
        return
    laid_out = chosen if kind in _LAID_OUT else PLAIN
    download(kind, assessment, _LABELS[kind], chosen=laid_out)


def _backup(assessment: Assessment) -> None:
    name, day = assessment.profile.name, session.today().isoformat()
    ending = "zip" if assessment.blobs else "json"
    st.download_button(
        f"导出{assessment.kind}文件（备份，可再导入）",
        session.later(exported()),
        file_name=f"{file_stem(name)}-{assessment.kind}-{day}.{ending}",
        mime=f"application/{ending}",
        icon=":material/save:",
        on_click="ignore",
    )


def _choice(title: str, assessment: Assessment) -> None:
    """How a group's documents are laid out."""
    match _CHOICE.get(title):
        case "per":
            st.selectbox(
                "不符合项报告的表", list(_PER), key="per", format_func=_per_words, width=220
            )
        case "order" if assessment.work.departments:
            st.selectbox(
                "自查表的次序", list(_ORDER), key="order", format_func=_order_words, width=220
            )


def _order_words(by_department: bool) -> str:
    return _ORDER[by_department]


def _per_words(per: Per) -> str:
    return _PER[per]


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
