"""A standard in the making: what was read, the rows to confirm, the form, and installing it."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from reports import file_stem
from schemes.held import Content, content_of, read_held
from state.documents.assessment import new_assessment
from state.documents.changes import set_scheme
from state.documents.installed import InstalledScheme
from state.documents.installed_changes import Placed, accept, placed, undo
from state.documents.installed_reading import export_standard
from state.documents.installed_scope import idle
from state.documents.installed_structure import astray
from ui import session, standard_session
from ui.asking import asks_once
from ui.standard_changes import compare_with_before
from ui.standard_columns import columns_again
from ui.standard_item import edit_item
from ui.standard_rules import edit_rules
from ui.standard_scope import edit_scope
from ui.standard_structure import edit_structure
from ui.widgets import show
from wording.labels import plain
from wording.standards import effect_words, read_words, sum_words, withdrawing_words

_VIEW, _WHICH, _ITEM = "std-view", "std-which", "std-item"
_VIEWS = ("逐条确认", "适用范围", "名称与等级", "部分与权重", "安装与导出")
_OPEN, _ALL = "待确认", "全部"


def making(document: InstalledScheme) -> None:
    """Draw the session's standard."""
    content = content_of(document.content)
    rows = placed(content)
    _header(document)
    _summary(document, content, rows)
    draft = document.stage == "draft"
    view = st.segmented_control(
        "看什么",
        _VIEWS,
        key=show(_VIEW, st.session_state.get(_VIEW) or _VIEWS[0 if draft else -1]),
        required=True,
        label_visibility="collapsed",
    )
    if view == _VIEWS[0]:
        _rows(document, content, rows)
    elif view == _VIEWS[1]:
        edit_scope(document, content)
    elif view == _VIEWS[2]:
        edit_rules(document, content)
    elif view == _VIEWS[3]:
        edit_structure(document, content)
    else:
        _install(document, rows)


def _header(document: InstalledScheme) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"#### {plain(document.name)}", width="content", anchors=False)
        if document.stage == "draft":
            when = f"草稿 · 已自动保存 {session.local_time(document.updated)}"
        else:
            whom = "所有人" if document.everybody else "自己"
            when = f"已安装 · 第 {document.version} 版 · 给{whom}用"
            when = "试用的副本" if document.stage == "trial" else when
            when += " · 已删除" if document.withdrawn else ""
        st.text(when)
        if document.steps:
            st.button(
                "撤销",
                icon=":material/undo:",
                key="std-undo",
                on_click=standard_session.apply,
                args=[undo],
            )
        columns_again(document)
        st.button("所有导入的标准", type="tertiary", key="std-all", on_click=standard_session.close)


def _summary(document: InstalledScheme, content: Content, rows: Sequence[Placed]) -> None:
    st.text(f"{read_words(content, document.printed)}。{effect_words(content)}。")
    left = sum(1 for row in rows if row.unread)
    if left:
        badge = f":orange-badge[:material/help: 待确认 {left} 条]"
        st.markdown(f"{badge} 没有读懂的不猜，请对照原文补上")
    else:
        st.markdown(":green-badge[:material/check: 没有待确认的内容]")
    wrong = [*sum_words(content, document.sums)]
    if wrong:
        st.error("分值与表上印的合计不同", icon=":material/calculate:")
        st.text("\n".join(wrong))
    if document.remarks:
        with st.expander(f"读表时的核对：{len(document.remarks)} 条"):
            st.text("\n".join(document.remarks))


def _rows(document: InstalledScheme, content: Content, rows: Sequence[Placed]) -> None:
    kinds = (_OPEN, _ALL) if any(row.unread for row in rows) else (_ALL,)
    bar = st.container(horizontal=True, vertical_alignment="center")
    which = st.session_state.get(_WHICH)
    which = bar.segmented_control(
        "哪些内容",
        kinds,
        key=show(_WHICH, which if which in kinds else kinds[0]),
        required=True,
        label_visibility="collapsed",
        width="content",
    )
    ids = [row.id for row in rows if which == _ALL or row.unread]
    chosen = st.session_state.get(_ITEM)
    if chosen not in ids:  # what was confirmed has left the list: the one after it comes
        order = [row.id for row in rows]
        place = order.index(chosen) if chosen in order else -1
        chosen = next((i for i in ids if order.index(i) > place), ids[0])
    named = {row.id: row for row in rows}
    key = show(_ITEM, chosen)
    bar.selectbox(
        "内容",
        ids,
        key=key,
        format_func=lambda i: f"{i} {named[i].node['requirement'][:40]}",
        label_visibility="collapsed",
    )
    place = ids.index(chosen)
    with st.container(horizontal=True, vertical_alignment="center"):
        _step("上一条", ids, place - 1, "Ctrl+ArrowUp")
        st.text(f"{place + 1} / {len(ids)}", width="content")
        _step("下一条", ids, place + 1, "Ctrl+ArrowDown")
        if named[chosen].unread and document.stage == "draft":
            st.button(
                "确认这一条",
                type="primary",
                icon=":material/check:",
                shortcut="Ctrl+Enter",
                key=f"std:{chosen}:accept",
                on_click=standard_session.apply,
                args=[accept(chosen)],
            )
    edit_item(document, content, named[chosen])


def _step(label: str, ids: Sequence[str], place: int, shortcut: str) -> None:
    there = 0 <= place < len(ids)
    st.button(
        label,
        key=f"std:{label}",
        disabled=not there,
        shortcut=shortcut,
        on_click=_go,
        args=[ids[place] if there else ""],
    )


def _go(item_id: str) -> None:
    st.session_state[_ITEM] = item_id


def _install(document: InstalledScheme, rows: Sequence[Placed]) -> None:
    with st.expander(f"全部内容：{len(rows)} 条"):
        table = pd.DataFrame(
            [
                (row.id, row.node["requirement"], float(row.points), "待确认" if row.unread else "")
                for row in rows
            ],
            columns=["编号", "内容", "分值", "状态"],
        )
        st.dataframe(table, hide_index=True, alt="全部内容")
    if document.stage == "draft":
        compare_with_before(document)
        _install_draft(document, any(row.unread for row in rows))
    else:
        _installed(document)
    made = f"导出的文件写着：{document.by or '未署名'}，{session.local_time(document.made)} 读入"
    st.download_button(
        "导出给同事（.json）",
        export_standard(document),
        file_name=f"{file_stem(document.name)}.json",
        mime="application/json",
        icon=":material/download:",
        key="std-export",
        on_click="ignore",
    )
    st.caption(plain(made))


def _install_draft(document: InstalledScheme, unread: bool) -> None:
    service, who = standard_session.service(), session.visitor()
    content = content_of(document.content)
    if not content["scheme"].get("grades"):
        st.caption("还没有写等级：评出来只有总分。要分等级，先填“名称与等级”。")
    asked, lost = idle(content), astray(content)
    if asked:
        st.warning("有问题还没有勾选任何内容，不能安装：到“适用范围”里勾选，或删去")
        st.text("\n".join(asked))
    if lost:
        st.warning("部分还没有写全，不能安装：到“部分与权重”里指明各要素属于哪一部分")
        st.text("\n".join(lost))
    lacking = bool(asked or lost)
    with st.container(horizontal=True):
        if st.button("先试评一份", icon=":material/science:", key="std-try", disabled=lacking):
            trial = standard_session.told(lambda: service.try_out(document.id, who))
            _assess(trial)
        if st.button(
            "安装给自己用",
            type="primary",
            icon=":material/download_done:",
            key="std-own",
            disabled=lacking,
        ):
            _done(standard_session.told(lambda: service.install(document.id, who, False)))
        if service.may_install(who) and st.button(
            "安装给所有人用",
            icon=":material/groups:",
            key="std-everybody",
            disabled=unread or lacking,
        ):
            _done(standard_session.told(lambda: service.install(document.id, who, True)))
        asks_once(
            "删除这份草稿",
            "读到的内容和您的修改都会删除，不能恢复。",
            "删除",
            _erase,
            document.id,
            key="std-erase",
        )
    if service.stands_alone(document):
        st.caption("上一版给所有人用：给自己安装的，另成一个只有自己看得到的标准，不是大家的新版。")
    if unread:
        st.caption("还有待确认的内容：自己可以先用，计分时会有提示；全部确认后才能给所有人用。")


def _installed(document: InstalledScheme) -> None:
    service, who = standard_session.service(), session.visitor()
    with st.container(horizontal=True):
        if st.button("用它新建自评", type="primary", icon=":material/add:", key="std-assess"):
            _assess(document)
        if document.stage == "installed":
            if st.button("做成下一版", icon=":material/edit:", key="std-next"):
                draft = standard_session.told(lambda: service.begin_next(document.id, who))
                if draft:
                    standard_session.open_standard(draft.id)
                st.rerun()
            if (
                not document.everybody
                and service.may_install(who)
                and st.button("给所有人用", icon=":material/groups:", key="std-open")
            ):
                standard_session.told(lambda: service.open_to_all(document.id, who))
                st.rerun()
    st.caption("已安装的版本不再改动：用它做的自评以后还按它计分。")
    _withdraw(document)


def _withdraw(document: InstalledScheme) -> None:
    """Off the lists and back; nothing that was assessed with it changes."""
    service, who = standard_session.service(), session.visitor()

    def change(back: bool) -> None:
        standard_session.told(lambda: service.withdraw(document.id, who, back))

    if document.withdrawn:
        st.warning("这个标准已删除：新的自评里不再能选，用它做的自评照旧。")
        st.button("恢复", icon=":material/undo:", key="std-restore", on_click=change, args=[True])
        return
    used = standard_session.told(lambda: service.users(document.id, who)) or []
    asks_once(
        "删除这个标准",
        withdrawing_words(used, document.everybody),
        "删除",
        change,
        False,
        key="std-withdraw",
    )


def _done(made: InstalledScheme | None) -> None:
    if made:
        session.notify("已安装，可以用它新建自评")
    st.rerun()


def _erase(document_id: str) -> None:
    standard_session.told(lambda: standard_session.service().erase(document_id, session.visitor()))
    standard_session.close()


def _assess(document: InstalledScheme | None) -> None:
    """Begin an assessment with a standard, and go there."""
    if document is not None:
        begun = set_scheme(read_held(document.content))(new_assessment())
        if session.start(begun):
            st.switch_page("pages/enterprise.py", query_params={session.ID: begun.id})
    st.rerun()
