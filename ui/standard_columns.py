"""Columns of a table assigned by hand: its first rows, and what each column holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import pandas as pd
import streamlit as st

from schemes.tables.columns import (
    CONTENT,
    LEVEL,
    METHOD,
    NUMBER,
    POINTS,
    RANK,
    STAR,
    WEIGHT,
    Columns,
)
from schemes.tables.grid import letters
from schemes.tables.problems import TableError
from schemes.tables.telling import Look, assigned
from state.documents.installed import InstalledScheme, StandardFault
from state.documents.installed_reading import look_at, read_table
from state.storage.repository import RepositoryError
from ui import session, standard_session
from ui.workers import worked_out
from wording.labels import plain

_OPEN, _READ = "std-columns", "std-source"
_ROLES = {
    "": "不用",
    LEVEL: "类目、项目（上级）",
    CONTENT: "内容",
    POINTS: "分值",
    METHOD: "办法（怎样扣分）",
    RANK: "分档（如符合、基本符合、不符合）",
    NUMBER: "序号",
    STAR: "★ 标记",
    WEIGHT: "权重",
}
_WIDEST = 24
"""Columns that can be assigned; a scoring table has ten."""

_KEPT = 2 * 2**20
"""Largest file, in bytes, that the session keeps until its draft is right."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that somebody brought. follows: the standard it is to be the next version of."""

    content: bytes
    name: str
    title: str
    follows: str

    @property
    def exported(self) -> bool:
        """Whether it is what a colleague exported, and no table."""
        return self.name.lower().endswith(".json")


@dataclass(frozen=True, slots=True)
class _Open:
    """A table whose columns are being assigned. instead: the draft it was read as before."""

    source: Source
    looks: Sequence[Look]
    instead: str = ""


def take_in(source: Source, columns: Columns | None = None) -> InstalledScheme:
    """Keep what a file says, as a draft; a small one is remembered until the draft is right.

    Raises: StandardFault, RepositoryError.
    """
    service, who = standard_session.service(), session.visitor()
    st.session_state.pop(_READ, None)
    if source.exported:
        return service.take_in(source.content, who)
    reading = partial(worked_out, who.who, read_table)
    made = service.read(
        source.content, source.name, source.title, who, source.follows, columns, reading
    )
    if len(source.content) <= _KEPT:
        st.session_state[_READ] = (made.id, source)
    return made


def offer_columns(source: Source) -> None:
    """After a table was not read: a button that leads to its columns, if it has any."""
    try:
        opened = not source.exported and _Open(source, look_at(source.content, source.name))
    except StandardFault:
        return
    if opened:
        st.button(
            "自己指明各列",
            icon=":material/view_column:",
            key="std-columns-offer",
            on_click=_begin,
            args=[opened],
        )


def begin_columns(source: Source, instead: str = "") -> bool:
    """Have the columns of a file assigned. Returns: False, with a message, where it has none."""
    try:
        _begin(_Open(source, look_at(source.content, source.name), instead))
    except StandardFault as error:
        st.error("没有导入，什么都没有保存。", icon=":material/error:")
        st.text(str(error))
        return False
    return True


def columns_again(document: InstalledScheme) -> None:
    """A button for a draft whose columns were taken for others, while its file is at hand."""
    read, source = st.session_state.get(_READ, ("", None))
    if document.stage == "draft" and read == document.id and isinstance(source, Source):
        st.button(
            "各列认错了？重新指明",
            type="tertiary",
            icon=":material/view_column:",
            key="std-columns-again",
            on_click=_again,
            args=[source, document.id],
        )


def assigning() -> bool:
    """Whether columns are being assigned."""
    return _OPEN in st.session_state


def assign_columns() -> None:
    """Draw the first rows, and what each column holds."""
    opened: _Open = st.session_state[_OPEN]
    st.markdown("#### 各列是什么", anchors=False)
    st.caption(f"{plain(opened.source.name)}：指明哪一行是表头、每一列是什么，再读。")
    place = 0
    if len(opened.looks) > 1:
        names = [f"{look.name}（{len(look.rows) + look.more} 行）" for look in opened.looks]
        place = st.selectbox(
            "哪张表", range(len(names)), key="std-columns-table", format_func=names.__getitem__
        )
    look = opened.looks[place]
    rows: Sequence[int | None] = [None, *range(len(look.rows))]
    heads = st.selectbox(
        "哪一行是表头",
        rows,
        rows.index(look.heads),
        key=f"std-columns-heads:{place}",
        format_func=lambda row: "没有表头" if row is None else _row_words(look, row),
        help="表头以上的行不读；下面各页重复的表头会跳过",
    )
    shown = [c for c in range(len(look.rows[0])) if any(row[c] for row in look.rows)][:_WIDEST]
    st.dataframe(
        pd.DataFrame(
            [[row[c] for c in shown] for row in look.rows],
            columns=[letters(c) for c in shown],
            index=range(1, len(look.rows) + 1),
        ),
        alt="表的前几行",
    )
    if look.more:
        st.caption(f"下面还有 {look.more} 行。")
    roles = {}
    with st.container(horizontal=True):
        for column in shown:
            word = look.rows[heads][column] if heads is not None else ""
            roles[column] = st.selectbox(
                f"{letters(column)} 列 {plain(word[:12])}",
                list(_ROLES),
                list(_ROLES).index(look.roles.get(column, "")),
                key=f"std-columns:{place}:{column}",
                format_func=_ROLES.__getitem__,
                width=220,
            )
    with st.container(horizontal=True):
        read = st.button(
            "按这样读", type="primary", icon=":material/check:", key="std-columns-read"
        )
        st.button("不读了", type="tertiary", key="std-columns-leave", on_click=_leave)
    if read:
        _read(opened, look, heads, {column: role for column, role in roles.items() if role})


def _read(opened: _Open, look: Look, heads: int | None, roles: dict[int, str]) -> None:
    try:
        with st.spinner("正在读表……", show_time=True):
            document = take_in(opened.source, assigned(look, heads, roles))
    except (TableError, StandardFault, RepositoryError) as error:
        st.error("没有导入，什么都没有保存。", icon=":material/error:")
        st.text(str(error))
        return
    _leave()
    _replace(opened.instead)
    standard_session.open_standard(document.id)
    st.rerun()


def _replace(document_id: str) -> None:
    """Erase the draft of the wrong columns, unless somebody has changed it since."""
    service, who = standard_session.service(), session.visitor()
    if document_id:
        standard_session.told(
            lambda: (
                None if service.open(document_id, who).steps else service.erase(document_id, who)
            )
        )


def _row_words(look: Look, row: int) -> str:
    words = dict.fromkeys(text for text in look.rows[row] if text)
    return f"第 {row + 1} 行：{'｜'.join(words)[:60]}"


def _begin(opened: _Open) -> None:
    st.session_state[_OPEN] = opened


def _again(source: Source, document_id: str) -> None:
    if begin_columns(source, document_id):
        standard_session.close()


def _leave() -> None:
    opened = st.session_state.pop(_OPEN, None)
    if opened and opened.instead:
        standard_session.open_standard(opened.instead)
