"""One row of a standard in the making: the official words beside what was read of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from schemes.held import Content
from state.documents.installed import InstalledScheme
from state.documents.installed_changes import (
    Placed,
    set_conditions,
    set_item,
    set_points,
    set_requirement,
)
from state.documents.installed_scope import questions, set_ticked
from ui import standard_session
from ui.standard_condition import decimal, edit_condition
from ui.standard_condition import item_key as _key
from ui.widgets import show
from wording.labels import plain

_MOST = 2000
_WAYS = {"": "按情形扣分", "levels": "分档（选一档得一档的分）", "ratio": "按抽查的不合格比例"}
_LEVELS = (("符合", 1), ("基本符合", 0.6), ("不符合", 0))
"""What levels begin with: their titles, and the share of the points."""


def edit_item(document: InstalledScheme, content: Content, item: Placed) -> None:
    """Draw the row and what can be changed of it."""
    official, read = st.columns(2, gap="large")
    with official:
        _official(document, item)
    with read:
        _read(document, content, item)


def _official(document: InstalledScheme, item: Placed) -> None:
    st.markdown("**表上的原文**", anchors=False)
    row = document.rows.get(item.id)
    st.caption(" › ".join(map(plain, item.above)))
    st.text(str(item.node["requirement"]))
    if row:
        with st.container(border=True):
            st.text(row.text)
        st.caption(plain(row.where))
    if item.unread:
        with st.container(border=True):
            st.markdown(":orange-badge[:material/help: 没有读懂] 请改“读成这样”，再确认")
            st.text(item.unread)


def _read(document: InstalledScheme, content: Content, item: Placed) -> None:
    st.markdown("**读成这样**", anchors=False)
    fixed = document.stage != "draft"
    key = show(_key(item, "points"), float(item.points))
    st.number_input(
        "标准分值",
        min_value=0.0,
        step=1.0,
        format="%g",
        key=key,
        disabled=fixed,
        help="0 分：这一条只有否决，或只有加分",
        on_change=_saver(key, lambda value: set_points(item.id, decimal(value))),
    )
    if item.node.get("levels"):
        _levels(document, item, fixed)
    if item.node.get("ratio"):
        _ratio(item, fixed)
    conditions: Sequence[Mapping[str, Any]] = item.node.get("conditions", [])
    for place in range(len(conditions)):
        with st.container(border=True):
            edit_condition(item, conditions, place, fixed)
    checks = item.node.get("checks", [])
    if checks:
        st.caption(f"检查条目 {len(checks)} 个，按表上的规则扣分")
        with st.expander("看检查条目"):
            st.text("\n".join(f"{'★ ' if c.get('starred') else ''}{c['text']}" for c in checks))
    if fixed:
        return
    st.button(
        "加一种情形",
        icon=":material/add:",
        key=_key(item, "add"),
        on_click=_add,
        args=[item, conditions],
    )
    with st.expander("更多：怎样得分、扣满追加、适用范围、文字"):
        _more(content, item)


def _more(content: Content, item: Placed) -> None:
    node = item.node
    if not node.get("checks"):
        now = next((way for way in _WAYS if way and node.get(way)), "")
        key = show(_key(item, "way"), now)
        st.selectbox(
            "怎样得分",
            [*_WAYS],
            key=key,
            format_func=_WAYS.__getitem__,
            help="分档和按比例的，也可以另外写扣分情形，扣分相加",
            on_change=_saver(key, lambda way: set_item(item.id, **_begun(item, way))),
        )
    key = show(_key(item, "exhausted"), _float(node.get("exhausted_extra")))
    st.number_input(
        "本条扣满（得 0 分）时，从一级要素另追加扣",
        min_value=0.0,
        step=1.0,
        format="%g",
        placeholder="不追加",
        key=key,
        on_change=_saver(
            key, lambda value: set_item(item.id, exhausted_extra=decimal(value) or None)
        ),
    )
    asked = {i: one for i, one in questions(content).items() if one.get("yes_no")}
    if asked:
        key = show(_key(item, "facets"), [i for i in asked if i in node.get("applies_when", {})])
        st.multiselect(
            "只在有……时适用",
            [*asked],
            key=key,
            format_func=lambda i: asked[i]["title"],
            placeholder="都适用",
            on_change=_saver(
                key,
                lambda chosen: _each(
                    set_ticked(facet, {item.id: facet in chosen}) for facet in asked
                ),
            ),
        )
    key = show(_key(item, "requirement"), str(node["requirement"]))
    st.text_area(
        "考评内容",
        key=key,
        max_chars=_MOST,
        on_change=_saver(key, lambda value: set_requirement(item.id, str(value))),
    )
    key = show(_key(item, "note"), str(node.get("note") or ""))
    st.text_area(
        "说明（不计分，评的时候看得到）",
        key=key,
        max_chars=_MOST,
        height=70,
        on_change=_saver(key, lambda value: set_item(item.id, note=str(value).strip() or None)),
    )


def _begun(item: Placed, way: str) -> dict[str, Any]:
    """An item as it begins when another way to score is chosen."""
    levels = [
        {"id": f"l{n}", "title": title, "score": round(item.points * decimal(share), 1)}
        for n, (title, share) in enumerate(_LEVELS, 1)
    ]
    return {
        "levels": levels if way == "levels" else None,
        "ratio": {"per": "个"} if way == "ratio" else None,
    }


def _levels(document: InstalledScheme, item: Placed, fixed: bool) -> None:
    known = item.node["levels"]
    with st.form(_key(item, "levels")):
        table = st.data_editor(
            pd.DataFrame([(one["title"], float(one["score"])) for one in known], columns=_HEADS),
            hide_index=True,
            num_rows="fixed" if fixed else "dynamic",
            disabled=fixed,
            key=_key(item, "levels", str(document.revision)),
            column_config={
                "得分": st.column_config.NumberColumn(min_value=0, format="%g", default=0)
            },
        )
        st.caption("最高的一档要等于标准分值。")
        if st.form_submit_button("保存各档", disabled=fixed):
            told = [
                {"id": known[place]["id"] if place in range(len(known)) else None, **level}
                for place, level in zip(table.index, _told(table), strict=True)
                if level["title"]
            ]
            standard_session.apply(set_item(item.id, levels=_named(told)))
            st.rerun()


_HEADS = ["档", "得分"]


def _told(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {
            "title": title.strip() if isinstance(title, str) else "",
            "score": decimal(None if pd.isna(score) else score),
        }
        for title, score in zip(table["档"], table["得分"], strict=True)
    ]


def _named(levels: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """New levels get ids that none has."""
    taken = {str(one["id"]) for one in levels if one["id"]}
    told = []
    for one in levels:
        name = one["id"] or next(n for i in range(1, 1000) if (n := f"l{i}") not in taken)
        taken.add(str(name))
        told.append({**one, "id": name})
    return told


def _ratio(item: Placed, fixed: bool) -> None:
    key = show(_key(item, "ratio"), str(item.node["ratio"]["per"]))
    st.text_input(
        "抽查什么（单位）",
        key=key,
        max_chars=10,
        disabled=fixed,
        help="扣分 = 标准分值 × 不合格的个数 ÷ 抽查的个数",
        on_change=_saver(key, lambda per: set_item(item.id, ratio={"per": per.strip() or "个"})),
    )


def _add(item: Placed, conditions: Sequence[Mapping[str, Any]]) -> None:
    """One more circumstance, with the words that were not read as far as there are any."""
    words = " ".join((item.unread or "写出情形").split())
    standard_session.apply(set_conditions(item.id, [*conditions, {"when": words, "deduct": 1}]))


def _saver(key: str, change_for: Callable[[Any], Any]) -> Callable[[], None]:
    return lambda: standard_session.apply(change_for(st.session_state[key]))


def _each(changes: Any) -> Callable[[InstalledScheme], InstalledScheme]:
    """Several changes one after the other."""
    made = [*changes]

    def change(document: InstalledScheme) -> InstalledScheme:
        for one in made:
            document = one(document)
        return document

    return change


def _float(value: object) -> float | None:
    return None if value is None else float(str(value))
