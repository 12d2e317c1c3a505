"""What a page says before anything else: what went wrong, what waits, what has to be decided."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import streamlit as st

from reports import file_stem
from schemes import Scheme
from state.documents.assessment import Assessment
from state.documents.clashes import Path
from state.documents.faults import FIELDS
from state.documents.transfer import export_json
from ui import owning, seen, session
from ui.photos import exported
from ui.unsaved import show_unsaved
from wording.actions import FIELDS as ACTION_FIELDS
from wording.actions import value_words
from wording.records import STATES

_SHOWN = 4
"""Clashes that are listed; more come from a change of many answers at once."""

RETRY = timedelta(seconds=2)
"""Between two attempts to reach a place that is away."""


def show_messages() -> None:
    """Show what went wrong or right since the last page, once."""
    trouble, notice = session.messages()
    damaged = session.damaged()
    if trouble:
        with st.container(border=True):
            st.error("请注意", icon=":material/error:")
            st.text(trouble)
            if damaged and damaged[1]:
                st.button(
                    f"恢复到 {session.local_time(damaged[1])} 保存的副本",
                    icon=":material/history:",
                    on_click=owning.recover,
                    args=[damaged[0]],
                )
    if notice:
        st.toast(notice)
    show_unsaved()


def show_waiting(assessment: Assessment) -> None:
    """Say what is not saved yet, and try again until it is.

    The download stands outside of what runs again and again: each run makes its file a new one,
    and a click in between would ask for the old.
    """
    if session.waiting() is None:
        return
    with st.container(border=True, key="waiting"):
        _waiting()
        st.download_button(
            "下载目前的全部回答" + ("（不含照片）" if assessment.blobs else ""),
            session.later(export_json),
            file_name=f"{file_stem(assessment.profile.name)}-{assessment.kind}.json",
            mime="application/json",
            icon=":material/save:",
            on_click="ignore",
        )


@st.fragment(run_every=RETRY)
def _waiting() -> None:
    if session.current() is None:  # tries to save what waits
        st.rerun()
    waiting = session.waiting()
    if waiting is None:
        session.notify("已恢复保存")
        st.rerun()
    st.warning("暂时不能保存，可以继续填写，请不要关闭程序", icon=":material/cloud_off:")
    st.text(
        f"{waiting.why}。从 {session.local_time(waiting.since)} 起有 {len(waiting.changes)} "
        "处修改暂存在内存里，每隔几秒自动重试；也可以先下载一份。"
    )


def show_lost(assessment: Assessment) -> None:
    """Say that the place has lost its last writes, and offer back what is still known of them."""
    if not session.may_edit():
        return
    lost, revision = session.lost(), seen.later(assessment)
    if lost is None and revision is None:
        return
    with st.container(border=True, key="lost"):
        st.warning("保存的地方丢失了这份自评最近的修改", icon=":material/history:")
        if lost is None:
            st.text(
                f"这个浏览器见过第 {revision} 次保存，现在保存着的是第 {assessment.revision} 次，"
                "可能切换过数据库，或恢复过备份。较新的内容这里没有留下，请核对最近填写的部分。"
            )
            st.button("知道了", on_click=seen.dismiss, key="lost-known")
            return
        st.text(
            "可能切换过数据库，或恢复过备份。页面上是现在保存着的较早的内容；"
            f"这里还留着较新的一份（{session.local_time(lost.updated)}），包括此后在这里的修改；"
            "别处此后的修改只在现在的一份里，恢复前可以先下载。"
        )
        with st.container(horizontal=True):
            st.button("恢复较新的", on_click=session.settle_lost, args=[True], key="lost-back")
            st.button("用现在的", on_click=session.settle_lost, args=[False], key="lost-leave")
            for label, one in (("先下载较新的", lost), ("先下载现在的", None)):
                named = one or assessment
                ending = "zip" if named.blobs else "json"
                st.download_button(
                    label,
                    session.later(partial(_exported, exported(), one)),
                    file_name=f"{file_stem(named.profile.name)}-{named.kind}.{ending}",
                    mime=f"application/{ending}",
                    on_click="ignore",
                )


def _exported(
    file_of: Callable[[Assessment], bytes], chosen: Assessment | None, current: Assessment
) -> bytes:
    """The file of the one chosen, else of what is kept when it is asked for."""
    return file_of(chosen or current)


def show_clashes(scheme: Scheme | None) -> None:
    """Ask which value is to stay where two windows changed the same answer."""
    found = session.clashes()
    if not found:
        return
    with st.container(border=True, key="clash"):
        st.warning("同一处刚在别的窗口改过，请选择保留哪一个", icon=":material/call_split:")
        for clash in found[:_SHOWN]:
            place = clash_place(clash.path, scheme)
            mine, theirs = (clash_value(clash.path, v) for v in (clash.mine, clash.theirs))
            st.text(f"{place}：您填 {mine}，对方填 {theirs}")
        if len(found) > _SHOWN:
            st.caption(f"另有 {len(found) - _SHOWN} 处")
        with st.container(horizontal=True):
            st.button("用我填的", on_click=session.settle_clash, args=[True], key="clash-mine")
            st.button("保留对方的", on_click=session.settle_clash, args=[False], key="clash-theirs")


def clash_place(path: Path, scheme: Scheme | None) -> str:
    """What a clash is about, in the words of the page."""
    match path:
        case ("work", "answers", "facets", facet, option):
            return _facet_words(scheme, facet, option)
        case ("work", "answers", "performance", question):
            titles = {q.id: q.title for q in scheme.performance} if scheme else {}
            return titles.get(question, question)
        case ("work", "answers", "findings" | "earlier", condition, *_):
            known = scheme.conditions.get(condition) if scheme else None
            return f"{condition} {known[1].when}" if known else condition
        case ("work", "papers" | "actions", name, *fields):
            of = [ACTION_FIELDS.get(field, field) for field in fields[:1]]
            return f"整改的{of[0]}" if of else f"资料“{name}”"
        case ("work", "answers", field, item) | ("work", field, item, *_):
            return f"{item} {FIELDS.get(field, field)}"
    return FIELDS.get(path[-1]) or FIELDS.get(path[0], path[0])


def _facet_words(scheme: Scheme | None, facet: str, option: str) -> str:
    known = scheme.facet.get(facet) if scheme else None
    titles = {o.id: o.title for o in known.options} if known else {}
    return f"适用范围“{titles.get(option, option)}”"


def clash_value(path: Path, value: object) -> str:
    """A value of a clash, in the words of the page."""
    if path[:2] == ("work", "papers"):
        return next((f"“{words}”" for state, words in STATES.items() if state == value), "（空）")
    if value is None or value == "":
        return "（空）"
    if path[:2] == ("work", "actions") and value is not True:
        return f"“{value_words(path[-1], value)}”"
    return "是" if value is True else f"“{value}”"
