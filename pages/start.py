"""Step 1: begin a new self-assessment, go on with one, open a sample, or import a file."""

import streamlit as st

import schemes
from state.documents.access import KEEP
from state.documents.assessment import new_assessment
from state.documents.examples import Example, examples
from state.documents.transfer import TransferError, import_json
from state.service.mode import Mode
from state.storage.repository import RepositoryError, Summary
from ui import session
from ui.asking import asks_once
from ui.frame import draw, page_path
from ui.messages import show_messages
from wording.labels import local_time

_SHOWN = 10

_KEPT = {
    Mode.LOCAL: "每一步都会自动保存在本机。",
    Mode.LINK: "每一步都会自动保存。请收藏填写页的地址：有这个地址才能打开这份自评。",
    Mode.LOGIN: "每一步都会自动保存，只有您和您分享的人能看到。",
}


def main() -> None:
    """Draw the page; a read-only link leads to the results instead."""
    found = session.key()
    if found and found.token:
        st.switch_page(page_path("results"), query_params={session.LINK: found.token})
    show_messages()
    st.title("安标自评", anchor=False)
    st.markdown(
        "申请安全生产标准化等级之前，先自己查一遍：选标准、答适用范围、逐条勾选问题，"
        "随时看到各要素得分、总分和能达到的等级，最后下载报告。  \n" + _KEPT[session.service().mode]
    )
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("新的自评", anchor=False)
        if st.button("新建自评", type="primary", icon=":material/add:", key="new"):
            _begin(new=True)
        st.caption("先看看样子？打开一份样例，可以随意修改：")
        for sample in examples():
            label = f"{sample.title}（{schemes.load(sample.scheme).short_title}）"
            if st.button(label, icon=":material/science:", key=f"sample:{sample.path.stem}"):
                _begin(sample=sample)
        _import()
    with right:
        st.subheader("继续以前的自评", anchor=False)
        _list()


def _begin(new: bool = False, sample: Example | None = None) -> None:
    """Open a fresh document and go to where work on it starts."""
    assessment = sample.read() if sample else new_assessment()
    if session.start(assessment):
        step = "enterprise" if new else "results"
        st.switch_page(page_path(step), query_params={session.ID: assessment.id})
    st.rerun()


def _import() -> None:
    with st.expander("导入自评文件", icon=":material/upload:"):
        file = st.file_uploader(
            "选择从本工具导出的 .json 文件（不超过 5 MB，更大的不会上传）",
            key=f"import:{st.session_state.get('imports', 0)}",
        )
        if file is None:
            return
        try:
            assessment = import_json(file.getvalue())
        except TransferError as error:
            st.error("没有导入，现有数据没有变化。", icon=":material/error:")
            st.text(str(error))
            return
        st.session_state["imports"] = st.session_state.get("imports", 0) + 1
        if session.start(assessment):
            session.notify("已导入，可以继续")
            st.switch_page(page_path("results"), query_params={session.ID: assessment.id})


def _list() -> None:
    try:
        listed = session.listing()
    except RepositoryError as error:
        st.text(str(error))
        return
    found = [summary for summary in listed if not summary.access.deleted]
    if not found:
        st.caption("还没有自评。新建一份，或打开样例看看。")
    everything = st.session_state.get("list_all", False)
    for summary in found if everything else found[:_SHOWN]:
        _row(summary)
    if len(found) > _SHOWN and not everything:
        st.button(
            f"显示全部 {len(found)} 份", on_click=st.session_state.update, args=[{"list_all": True}]
        )
    _bin([summary for summary in listed if summary.access.deleted])


def _row(summary: Summary) -> None:
    with st.container(border=True, key=f"row-{summary.id}"):
        st.text(summary.title)
        st.caption(f"{_standard(summary)} · {local_time(summary.updated)}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                page_path("assess" if summary.scheme else "enterprise"),
                label="继续",
                icon=":material/play_arrow:",
                query_params={session.ID: summary.id},
            )
            if session.may_discard(summary):
                asks_once(
                    "删除",
                    f"会移到回收站，{KEEP.days} 天内可以恢复。",
                    "确定删除",
                    session.discard,
                    summary.id,
                    key=f"delete-{summary.id}",
                )


def _bin(found: list[Summary]) -> None:
    if not found:
        return
    with st.expander(f"回收站（{len(found)}）", icon=":material/delete:", key="bin"):
        for summary in found:
            _binned(summary)


def _binned(summary: Summary) -> None:
    deleted = summary.access.deleted
    with st.container(border=True, key=f"bin-{summary.id}"):
        st.text(summary.title)
        if deleted:
            until = local_time(deleted + KEEP)
            st.caption(f"{_standard(summary)} · {until} 前可以恢复")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "恢复",
                icon=":material/restore_from_trash:",
                key=f"restore-{summary.id}",
                on_click=session.restore,
                args=[summary.id],
            )
            asks_once(
                "彻底删除",
                "所有内容、副本和链接都会删除，不能恢复。",
                "确定彻底删除",
                session.erase,
                summary.id,
                key=f"erase-{summary.id}",
            )


def _standard(summary: Summary) -> str:
    known = summary.scheme in schemes.available()
    return schemes.load(summary.scheme).short_title if known and summary.scheme else "未选标准"


draw(main)
