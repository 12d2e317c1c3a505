"""Questions of applicability of a standard in the making, and the rows that hang on each."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from schemes.held import Content
from state.documents.installed import InstalledScheme
from state.documents.installed_changes import every_node
from state.documents.installed_scope import (
    MOST_OPTIONS,
    MOST_QUESTIONS,
    add_question,
    drop_question,
    options,
    questions,
    rename_question,
    set_options,
    set_ticked,
    ticked,
)
from ui import standard_session
from ui.asking import asks_once
from ui.standard_tables import text_in
from ui.widgets import show

_WHICH, _BASE, _TURN = "std-facet", "std-ticks-base", "std-ticks-turn"
_ONLY, _ID, _OPTION = "这时才评", "编号", "选项"
_LONGEST = 200


def edit_scope(document: InstalledScheme, content: Content) -> None:
    """Draw the questions, and the rows of the one that is looked at."""
    st.caption(
        "有的内容只在企业有某种设备、场所或作业时才评：写成一个问题，勾选只在某个回答时适用的"
        "要素和内容。评的人回答“没有”（或没有选这一项），它们就不评，也不计入满分。"
    )
    fixed = document.stage != "draft"
    asked = questions(content)
    if not fixed and len(asked) < MOST_QUESTIONS:
        _new()
    if not asked:
        st.caption("还没有问题：所有内容都要评。")
        return
    chosen = st.session_state.get(_WHICH)
    chosen = chosen if chosen in asked else [*asked][-1]
    chosen = st.selectbox(
        "哪个问题",
        [*asked],
        key=show(_WHICH, chosen),
        format_func=lambda i: str(asked[i]["title"]),
    )
    if not fixed:
        _words(chosen, str(asked[chosen]["title"]))
    answers = options(content, chosen)
    option = next(iter(answers))
    if not asked[chosen].get("yes_no"):
        _edit_options(document, asked[chosen], fixed)
        option = _option(chosen, answers)
    st.caption(_count(content, chosen, option))  # a label would be shown as it was before
    _ticks(document, content, (chosen, option), fixed)


def _new() -> None:
    """A question more: whether there is something or, one answer a line, which."""
    with st.form("std-facet-new", clear_on_submit=True, border=False):
        words = st.text_input("加一个问题", max_chars=_LONGEST, placeholder="例如：有没有叉车？")
        with st.expander("从几项里选的（如“有哪些设备？”）"):
            answers = st.text_area(
                "选项，一行一个；空着就是“有没有”的问题",
                max_chars=MOST_OPTIONS * _LONGEST,
                height=100,
            )
            many = st.checkbox("可以选几项", value=True)
        if st.form_submit_button("加上", icon=":material/add:"):
            told = [line for line in answers.splitlines() if line.strip()]
            standard_session.apply(add_question(words, told, many))
            st.session_state.pop(_WHICH, None)
            st.rerun()


def _option(facet_id: str, answers: Mapping[str, str]) -> str:
    """The answer whose rows are looked at."""
    key = f"std-option:{facet_id}"
    kept = st.session_state.get(key)
    return st.selectbox(
        "选了哪一项时才评",
        [*answers],
        key=show(key, kept if kept in answers else next(iter(answers))),
        format_func=answers.__getitem__,
    )


def _edit_options(document: InstalledScheme, facet: Mapping[str, Any], fixed: bool) -> None:
    """The answers of a question, saved as a whole."""
    with st.expander("选项"), st.form(f"std-options:{facet['id']}", border=False):
        rows = [[str(one["id"]), str(one["title"])] for one in facet["options"]]
        table = st.data_editor(
            pd.DataFrame(rows, columns=[_ID, _OPTION]),
            hide_index=True,
            num_rows="fixed" if fixed else "dynamic",
            disabled=fixed,
            key=f"std-options:{document.id}:{document.revision}:{facet['id']}",
            column_config={
                _ID: None,
                _OPTION: st.column_config.TextColumn(_OPTION, max_chars=_LONGEST, default=""),
            },
        )
        many = st.checkbox("可以选几项", facet.get("choose") == "many", disabled=fixed)
        if st.form_submit_button("保存选项", disabled=fixed):
            told = [(text_in(row[_ID]), text_in(row[_OPTION])) for row in table.to_dict("records")]
            standard_session.apply(set_options(str(facet["id"]), told, many))
            st.rerun()


def _count(content: Content, facet_id: str, option: str) -> str:
    found = len(ticked(content, facet_id, option))
    if found:
        return f"勾选了 {found} 处。"
    others = any(ticked(content, facet_id, one) for one in options(content, facet_id))
    return "这一项还没有勾选：选了它，也不多评什么。" if others else "还没有勾选，不能安装。"


def _words(facet_id: str, title: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        key = show(f"std-facet:{facet_id}", title)
        st.text_input(
            "问题的文字",
            key=key,
            max_chars=_LONGEST,
            on_change=lambda: standard_session.apply(
                rename_question(facet_id, st.session_state[key])
            ),
        )
        asks_once(
            "删去这个问题",
            "勾选了的内容从此都要评。可以撤销。",
            "删去",
            lambda: standard_session.apply(drop_question(facet_id)),
            key=f"std-facet-drop:{facet_id}",
        )


def _ticks(
    document: InstalledScheme, content: Content, answer: tuple[str, str], fixed: bool
) -> None:
    """The rows. The editor keeps the table that it began with, so that it stays where it is."""
    nodes = [*every_node(content)]
    kept = ticked(content, *answer)
    place = f"{document.id}:{':'.join(answer)}"
    names = [name for name, _ in nodes]
    key = f"std-ticks:{place}:{st.session_state.get(_TURN, 0)}"
    base = st.session_state.get(_BASE, ("", frozenset()))
    edits = _edits(key, names)
    shown = {name for name in names if edits.get(name, name in base[1])}
    if base[0] != key or shown != kept:  # another question, or a change from elsewhere
        turn = st.session_state.get(_TURN, 0) + 1
        key = f"std-ticks:{place}:{turn}"
        base = (key, frozenset(kept))
        st.session_state[_TURN], st.session_state[_BASE] = turn, base
    table = pd.DataFrame(
        {
            _ONLY: [name in base[1] for name in names],
            "编号": names,
            "要素和内容": [_title(node) for _, node in nodes],
        }
    )
    st.data_editor(
        table,
        hide_index=True,
        key=key,
        height=480,
        disabled=True if fixed else ["编号", "要素和内容"],
        column_config={
            _ONLY: st.column_config.CheckboxColumn(_ONLY, width=110),
            "编号": st.column_config.TextColumn("编号", width=80),
            "要素和内容": st.column_config.TextColumn("要素和内容", width="large"),
        },
        on_change=_save,
        args=[key, answer, names],
    )
    st.caption("勾选要素或项目，它下面的都算在内，不用再逐条勾选。")


def _save(key: str, answer: tuple[str, str], names: list[str]) -> None:
    facet_id, option = answer
    standard_session.apply(set_ticked(facet_id, _edits(key, names), option))


def _edits(key: str, names: list[str]) -> dict[str, bool]:
    """What was ticked and unticked since the editor's table was made."""
    found: Mapping[int, Mapping[str, bool]] = st.session_state.get(key, {}).get("edited_rows", {})
    return {names[row]: bool(cells[_ONLY]) for row, cells in found.items() if _ONLY in cells}


def _title(node: Mapping[str, object]) -> str:
    if "children" in node:
        return f"【{node['title']}】"
    return " ".join(str(node["requirement"]).split())
