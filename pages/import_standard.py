"""Bringing a standard of one's own: an official table in, confirmed, installed."""

import streamlit as st

from state.documents.assessment import NAME_LENGTH
from state.documents.installed import StandardFault
from state.documents.installed_reading import MAX_BYTES
from state.service.mode import Mode
from state.service.standards import INSTALLERS, browser_number
from state.storage.line import Line
from state.storage.repository import RepositoryError
from ui import session, standard_session
from ui.frame import draw
from ui.messages import show_messages
from ui.standard_columns import (
    Source,
    assign_columns,
    assigning,
    begin_columns,
    offer_columns,
    take_in,
)
from ui.standard_draft import making
from ui.uploads import discard, uploader
from wording.labels import plain

_UPLOADS = "std-uploads"
_STAGES = {"draft": "草稿", "trial": "试用的副本", "installed": "已安装"}


def main() -> None:
    """Draw the page: a standard in the making, or the way to one."""
    session.settle_address()  # keeps the assessment in the address for the way back
    st.markdown("### 导入标准", anchors=False)
    document = standard_session.current()
    show_messages()
    if document:
        making(document)
        return
    if assigning():
        assign_columns()
        return
    left, right = st.columns(2, gap="large")
    with left:
        _begin()
    with right:
        _list()


def _begin() -> None:
    st.markdown("#### 读一张评分表", anchors=False)
    st.caption("官方评分表或企业自己的表：读出来的每一条都可以对照原文修改，没读懂的会标出来。")
    title = st.text_input(
        "标准的名称", max_chars=NAME_LENGTH, key="std-title", placeholder="不填就用文件名"
    )
    follows = _follows()
    by_hand = st.checkbox("先看前几行，自己指明各列是什么", key="std-by-hand")
    number = st.session_state.get(_UPLOADS, 0)
    file = uploader(
        "选择 .xlsx、.xls、.csv、.docx、有文字的 .pdf，或同事导出的 .json（不超过 10 MB）",
        megabytes=MAX_BYTES // 2**20,
        key=f"std-file:{number}",
    )
    if file is not None:
        st.session_state[_UPLOADS] = number + 1
        content = file.getvalue()
        discard([file])
        _read(Source(content, file.name, title, follows), by_hand)
    pasted = st.text_area(
        "或者把表粘贴在这里",
        key="std-pasted",
        max_chars=1_000_000,
        height=120,
        placeholder="在 Word 或 Excel 里选中整张表（连同表头）复制，粘贴到这里",
    )
    if st.button("读粘贴的表", key="std-paste", disabled=not pasted.strip()):
        _read(Source(pasted.encode(), "粘贴的表.txt", title, follows), by_hand)


def _follows() -> str:
    """The standard that the table is to be the next version of; empty for a new one."""
    own = standard_session.offered()
    try:
        names = standard_session.service().own(session.visitor())
    except RepositoryError:
        names = []
    choices = [name for name in names if name in own]
    if not choices:
        return ""
    return (
        st.selectbox(
            "是哪个标准的新一版？",
            choices,
            index=None,
            key="std-follows",
            format_func=lambda i: own[i].title,
            placeholder="不是，是另一个标准",
        )
        or ""
    )


def _read(source: Source, by_hand: bool) -> None:
    if by_hand and not source.exported:
        if begin_columns(source):
            st.rerun()
        return
    try:
        with st.spinner("正在读表……", show_time=True):
            document = take_in(source)
    except (StandardFault, RepositoryError) as error:
        st.error("没有导入，什么都没有保存。", icon=":material/error:")
        st.text(str(error))
        offer_columns(source)
        return
    standard_session.open_standard(document.id)
    st.rerun()


def _list() -> None:
    st.markdown("#### 我导入的标准", anchors=False)
    try:
        lines = standard_session.service().list(session.visitor())
    except RepositoryError as error:
        st.text(str(error))
        return
    if not lines:
        st.caption("还没有。")
    gone = [line for line in lines if line.facts.get("withdrawn")]
    for line in lines:
        if line not in gone:
            _row(line)
    if gone:
        with st.expander(f"已删除的：{len(gone)} 个"):
            for line in gone:
                _row(line)
    if session.service().mode is Mode.LINK:
        number = browser_number(session.visitor())
        st.caption(
            f"本浏览器的编号：{number}（管理员把它写进 {plain(INSTALLERS)}，就可以给所有人安装）"
        )


def _row(line: Line) -> None:
    stage = _STAGES.get(str(line.facts.get("stage")), "打不开")
    version = f"第 {line.version} 版" if line.version and stage == "已安装" else ""
    whom = "给所有人用" if line.facts.get("everybody") else ""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        words = " · ".join(filter(None, [stage, version, whom, session.local_time(line.updated)]))
        st.markdown(f"**{plain(line.title)}**  \n{plain(words)}", width="stretch")
        st.button(
            "打开",
            key=f"std-open:{line.id}",
            on_click=standard_session.open_standard,
            args=[line.id],
        )


draw(main)
