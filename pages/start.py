"""Step 1: begin a new self-assessment, go on with one, open a sample, or import a file."""

from dataclasses import replace
from decimal import Decimal
from functools import cache, partial

import streamlit as st

import schemes
from schemes.paths import ASSETS
from state.documents.access import KEEP
from state.documents.assessment import NAME_LENGTH, new_assessment
from state.documents.examples import Example, examples
from state.documents.packing import MAX_ON_A_PAGE, import_file
from state.documents.transfer import TransferError, oddities
from state.service.mode import Mode
from state.service.rounds import Rounds
from state.storage.line import Found, Line, Query
from state.storage.repository import RepositoryError
from ui import owning, photos, project_session, session
from ui.asking import asks_once
from ui.backup import backup
from ui.frame import draw, page_path
from ui.messages import show_messages
from ui.uploads import discard, uploader
from wording.labels import plain, typed
from wording.numbers import total_number

_SHOWN = 6
"""Lines on a page of the list: few enough that the page is drawn almost as soon as an empty one."""

_NAMED = 5
"""Strangers in the data folder that are named."""

_SEARCH = "list-search"
"""Asked only of who has more than fits on one page."""
_EMPTY = "还没有自评。新建一份，或打开样例看看。"

_PICTURED = "样例的结果：雷达图，总分 79.8，二级；离一级还差 10.2；PDF、Word、Excel 报告"
"""What the sample of the soy-sauce works comes to, drawn in assets/start.svg."""

_KEPT = {
    Mode.LOCAL: "每一步都会自动保存在本机。",
    Mode.LINK: "每一步都会自动保存。请收藏填写页的地址：有这个地址才能打开这份自评。",
    Mode.LOGIN: "每一步都会自动保存，只有您和您分享的人能看到。",
}


def main() -> None:
    """Draw the page; a read-only link leads to the results instead."""
    found = session.settle_address()
    if found and found.token:
        st.switch_page(page_path("results"), query_params={session.LINK: found.token})
    show_messages()
    st.title("安标自评", anchor=False)
    told, picture = st.columns([3, 2], gap="large", vertical_alignment="center")
    told.markdown(
        "申请安全生产标准化等级之前，先自己查一遍：选标准、答适用范围、逐条勾选问题，"
        "随时看到各要素得分、总分和能达到的等级，最后下载报告。\n\n"
        "快速预估二十几个问题，先看大概；完整自评几十到一百多条，可以分几次做。\n\n"
        + _KEPT[session.service().mode]
    )
    picture.image(_picture(), width="stretch", alt=_PICTURED)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("新的自评", anchor=False)
        if st.button("新建自评", type="primary", icon=":material/add:", key="new"):
            _begin(new=True)
        if st.button("快速预估（二十几个问题）", icon=":material/speed:", key="preview-here"):
            session.close_any()
            st.switch_page(page_path("preview"))
        if session.service().mode is not Mode.LOCAL and st.button(
            "加入或开一个课堂", icon=":material/co_present:", key="class-here"
        ):
            st.switch_page(page_path("classroom"))
        if st.button("创建标准化项目", icon=":material/route:", key="new-project-here"):
            project_session.close()
            st.switch_page(page_path("project"))
        st.caption("先看看样子？打开一份样例，可以随意修改：")
        for sample in examples():
            label = f"{sample.title}（{schemes.load(sample.scheme).short_title}）"
            if st.button(label, icon=":material/science:", key=f"sample:{sample.path.stem}"):
                _begin(sample=sample)
        _import()
        backup()
    with right:
        st.subheader("继续以前的自评", anchor=False)
        _list()


@cache
def _picture() -> str:
    return (ASSETS / "start.svg").read_text(encoding="utf-8")


def _begin(new: bool = False, sample: Example | None = None) -> None:
    """Open a fresh document and go to where work on it starts."""
    assessment = sample.read() if sample else new_assessment()
    keep = partial(Rounds(session.service()).show, first=sample.first) if sample else None
    if session.start(assessment, keep):
        step = "enterprise" if new else "results"
        st.switch_page(page_path(step), query_params={session.ID: assessment.id})
    st.rerun()


def _import() -> None:
    with st.expander("导入自评文件", icon=":material/upload:"):
        file = uploader(
            "选择从本工具导出的 .json 或 .zip 文件（不超过 25 MB，更大的不会上传）",
            megabytes=MAX_ON_A_PAGE // 2**20,
            key=f"import:{st.session_state.get('imports', 0)}",
        )
        if file is None:
            return
        try:
            packed = import_file(file.getvalue())
        except TransferError as error:
            st.error("没有导入，现有数据没有变化。", icon=":material/error:")
            st.text(str(error))
            return
        st.session_state["imports"] = st.session_state.get("imports", 0) + 1
        discard([file])
        assessment = packed.assessment
        if session.start(assessment, lambda _, who: photos.service().take_in(packed, who)):
            session.notify("已导入，可以继续")
            session.warn(oddities(assessment))
            st.switch_page(page_path("results"), query_params={session.ID: assessment.id})


def _list() -> None:
    """What the visitor made; below it what others shared, where people sign in."""
    apart = session.service().mode is Mode.LOGIN
    search = str(st.session_state.get(_SEARCH, "")).strip()
    try:
        own = Query(deleted=False, search=search, own=True if apart else None)
        found = _page(own, "list-page")
        shared = _page(replace(own, own=False), "shared-page") if apart else Found([], 0)
        binned = session.listing(Query(deleted=True, limit=0)).count
    except RepositoryError as error:
        st.text(str(error))
        return
    if search or max(found.count, shared.count) > _SHOWN:
        st.text_input("查找企业名称", key=_SEARCH, max_chars=NAME_LENGTH, icon=":material/search:")
    if not found.count:
        st.caption("没有找到名称里有这些字的自评。" if search and not shared.count else _EMPTY)
    unreadable = sum(line.is_unreadable for line in found.lines)
    if unreadable:
        st.warning(f"{unreadable} 份无法读取", icon=":material/broken_image:")
    for line in found.lines:
        if line.is_unreadable:
            _unreadable(line)
        else:
            _row(line)
    _pages(found, "list-page")
    _strangers(found)
    if shared.count:
        st.markdown("**别人分享给我的**")
        for line in shared.lines:
            _row(line)
        _pages(shared, "shared-page")
    if binned:
        _bin(binned)


def _page(query: Query, key: str) -> Found:
    """The page of a list that was chosen, or the last one there is. Raises: RepositoryError."""
    chosen = max(st.session_state.get(key, 1), 1)
    found = session.listing(replace(query, offset=(chosen - 1) * _SHOWN, limit=_SHOWN))
    last = max(-(-found.count // _SHOWN), 1)
    if chosen <= last:
        return found
    st.session_state[key] = last
    return session.listing(replace(query, offset=(last - 1) * _SHOWN, limit=_SHOWN))


def _pages(found: Found, key: str) -> None:
    count = -(-found.count // _SHOWN)
    if count > 1:
        st.pagination(count, key=key)


def _row(line: Line) -> None:
    """One assessment in four elements, as a list has many; what is deleted is in the bin."""
    with st.container(
        border=True, key=f"row-{line.id}", horizontal=True, vertical_alignment="center"
    ):
        own = owning.may_discard(line)
        known = [*_figures(line), session.local_time(line.updated)]
        if not own and session.service().mode is Mode.LOGIN:
            owner = owning.owner_called(line)
            known.append(typed(f"{owner} 分享的" if owner else "别人分享的"))
        figures = " · ".join(known)
        title = " ".join(filter(None, map(str.strip, line.title.splitlines())))
        st.markdown(f"{typed(title)}  \n:gray[:small[{figures}]]", width="stretch")
        st.page_link(
            page_path("assess" if line.standard else "enterprise"),
            label="继续",
            icon=":material/play_arrow:",
            query_params={session.ID: line.id},
            width="content",
        )
        if own:
            st.button(
                "删除",
                key=f"delete-{line.id}",
                type="tertiary",
                help=f"移到回收站，{KEEP.days} 天内可以恢复",
                on_click=owning.discard,
                args=[line.id],
            )
        elif session.service().mode is not Mode.LOCAL:
            st.button(
                "移出列表",
                key=f"leave-{line.id}",
                type="tertiary",
                help="只从您的列表里移出，内容不变；有链接或重新分享就能再打开",
                on_click=owning.leave,
                args=[line.id],
            )


def _unreadable(line: Line) -> None:
    """What cannot be read, until somebody decides what becomes of it."""
    with st.container(border=True, key=f"row-{line.id}"):
        st.text(f"{line.title} · 无法读取 · {session.local_time(line.updated)}")
        st.caption(
            "内容已损坏，没有可以恢复的副本。原来的内容没有删除，可以请技术人员查看，"
            "或从导出的文件导入；不需要了就彻底删除。"
        )
        asks_once(
            "彻底删除",
            "损坏的内容和它的快照都会删除，不能恢复。",
            "确定彻底删除",
            owning.erase,
            line.id,
            key=f"erase-{line.id}",
        )


def _strangers(found: Found) -> None:
    """Name what lies in the data folder and is not ours, to whom the folder belongs."""
    if found.strangers and session.service().mode is Mode.LOCAL:
        names = "、".join(found.strangers[:_NAMED])
        more = f" 等 {len(found.strangers)} 个" if len(found.strangers) > _NAMED else ""
        st.text(f"数据文件夹里有不是本工具保存的文件，没有读取，也没有改动：{names}{more}")


def _bin(count: int) -> None:
    """The bin, read only where it is open."""
    opened = st.expander(
        f"回收站（{count}）", icon=":material/delete:", key="bin", on_change="rerun"
    )
    if not opened.open:
        return
    with opened:
        try:
            found = _page(Query(deleted=True), "bin-page")
        except RepositoryError as error:
            st.text(str(error))
            return
        for line in found.lines:
            _binned(line)
        _pages(found, "bin-page")


def _binned(line: Line) -> None:
    deleted = line.access.deleted
    with st.container(border=True, key=f"bin-{line.id}"):
        st.text(line.title)
        if deleted:
            until = session.local_time(deleted + KEEP)
            st.caption(f"{_standard(line)} · {until} 前可以恢复")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                "恢复",
                icon=":material/restore_from_trash:",
                key=f"restore-{line.id}",
                on_click=owning.restore,
                args=[line.id],
            )
            asks_once(
                "彻底删除",
                "所有内容、副本和链接都会删除，不能恢复。",
                "确定彻底删除",
                owning.erase,
                line.id,
                key=f"erase-{line.id}",
            )


def _figures(line: Line) -> list[str]:
    """Standard, total, grade and progress, as far as they are known."""
    parts = [plain(_standard(line))]
    if line.reviewed and line.reviewed == line.applicable and line.total is not None:
        parts.append(f"{_total(line, line.total)} 分")
    if line.grade is not None:
        parts.append(plain(line.grade))
    if line.applicable:
        parts.append(f"已核查 {line.reviewed}/{line.applicable} 项")
    return parts


def _total(line: Line, total: str) -> str:
    if line.standard is None or not schemes.knows(line.standard):
        return total
    return total_number(schemes.load(line.standard), Decimal(total))


def _standard(line: Line) -> str:
    known = schemes.knows(line.standard)
    return schemes.load(line.standard).short_title if known and line.standard else "未选标准"


draw(main)
