"""The next version of a standard beside the one before, row by row."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from schemes import Item, Scheme, SchemeError
from schemes.comparing import RowChange, rows_between
from schemes.heirs import heirs
from schemes.held import read_held
from state.documents.installed import InstalledScheme
from state.documents.installed_pairs import another_row, same_row
from ui import standard_session
from wording.labels import plain
from wording.standards import change_cells, compared_words


def compare_with_before(document: InstalledScheme) -> None:
    """Draw what a draft changes of the version before, where there is one."""
    try:
        old = standard_session.service().before(document)
        new = read_held(document.content) if old else None
    except SchemeError as error:
        st.text(f"还不能与上一版比较：{error.problems[0].fault}")
        return
    if old is None or new is None:
        return
    changes = rows_between(old, new, heirs([old, new]))
    st.markdown(f"**与第 {plain(old.version)} 版比：{compared_words(changes)}**", anchors=False)
    if not changes:
        return
    moved = [one for one in changes if one.what == ("number",)]
    _table(old, new, [one for one in changes if one not in moved], "与上一版比较")
    if moved:
        with st.expander(f"只是编号变了的：{len(moved)} 条"):
            _table(old, new, moved, "编号变了的内容")
    st.caption(
        "换到新版的自评，答案跟着同一条走；编号变了的按文字认出，认错了的在下面改。去掉的内容，答案保留但不再计分。"
        "双击一格看全文。"
    )
    _pairs(changes)
    _parts(changes, old)


def _table(old: Scheme, new: Scheme, changes: Sequence[RowChange], alt: str) -> None:
    if changes:
        st.dataframe(
            pd.DataFrame(
                [change_cells(old, new, change) for change in changes],
                columns=["变化", "内容", "原来", "现在"],
            ),
            hide_index=True,
            alt=alt,
            column_config={
                "变化": st.column_config.TextColumn(width=90),
                "内容": st.column_config.TextColumn(width="medium"),
                "原来": st.column_config.TextColumn(width="medium"),
                "现在": st.column_config.TextColumn(width="medium"),
            },
        )


def _pairs(changes: Sequence[RowChange]) -> None:
    """Rows taken for new and for gone that are one."""
    new = {one.new.id: one.new for one in changes if one.new and one.old is None}
    gone = {one.old.id: one.old for one in changes if one.old and one.new is None}
    if not (new and gone):
        return
    with st.expander("新增的其实是原来的哪一条？"):
        one = st.selectbox(
            "新增的这一条",
            [*new],
            key="std-was-new",
            format_func=lambda i: f"{i} {new[i].requirement[:40]}",
        )
        other = st.selectbox(
            "就是原来的",
            [*gone],
            key="std-was-old",
            format_func=lambda i: f"{i} {gone[i].requirement[:40]}",
        )
        st.button(
            "是同一条",
            key="std-was",
            on_click=standard_session.apply,
            args=[same_row(one, gone[other])],
        )


def _parts(changes: Sequence[RowChange], old: Scheme) -> None:
    """Rows taken for one that are two."""
    pairs = {one.new.id: (one.new, one.old) for one in changes if one.new and one.old}
    if not pairs:
        return
    with st.expander("哪一条认错了，不是原来的那一条？"):
        chosen = st.selectbox(
            "认作同一条的",
            [*pairs],
            key="std-part-row",
            format_func=lambda i: _pair_words(*pairs[i]),
        )
        new, older = pairs[chosen]
        st.text(f"现在 {new.id}：{new.requirement}\n原来 {older.id}：{older.requirement}")
        st.button(
            "不是同一条",
            key="std-part",
            on_click=standard_session.apply,
            args=[another_row(new.id, older.id, old)],
        )
        st.caption(
            "分开以后，这一条算新增、原来的算去掉，旧答案不再跟过来；还可以指明它是别的哪一条。"
        )


def _pair_words(new: Item, old: Item) -> str:
    return f"{new.id} {new.requirement[:30]}（原来的 {old.id}）"
