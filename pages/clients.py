"""Beside the steps: a consultant's clients, by the index alone."""

from functools import partial

import pandas as pd
import streamlit as st

from reports.content.clients import HEAD, SORTS, Client, chosen, clients
from reports.workbook.clients import clients_xlsx
from state.documents.assessment import NAME_LENGTH
from state.documents.finishing import set_archived, set_tags
from state.storage.line import Query
from state.storage.repository import RepositoryError
from ui import files, owning, session
from ui.frame import draw, page_path
from ui.messages import show_messages
from wording.clients import YEARLY
from wording.labels import typed

_ROW = 26
"""Pixels of a row: twenty of them fit a laptop's screen."""

_WIDTHS = {"企业": 160, "标准": 110, "最弱要素": 130, "证书": 100}
"""Pixels of columns whose words would push the days out of a laptop's sight."""

_SHOWN = 20
_LISTED = Query(deleted=False)


def main() -> None:
    """Draw the page; a read-only link has no list."""
    if session.reading():
        st.info("这个链接只能看一份自评。")
        st.stop()
    show_messages()
    files.note_list(session.service(), session.visitor())
    try:
        lines = session.listing(_LISTED).lines
    except RepositoryError as error:
        st.text(str(error))
        return
    found = clients(lines, session.today(), session.zone())
    st.markdown(f"### 客户（{len(found)}）", anchors=False)
    if not found:
        st.caption("还没有自评。从“开始”新建一份，它就会列在这里。")
        return
    listed = _asked(found)
    place = _table(listed)
    if place is not None:
        _one(listed[place])
    day = session.today()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.download_button(
            f"导出 Excel（{len(listed)} 家）",
            partial(clients_xlsx, listed, day),
            file_name=f"客户清单-{day.isoformat()}.xlsx",
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/table:",
            on_click="ignore",
            key="clients-xlsx",
        )
        st.caption(YEARLY)


def _asked(found: list[Client]) -> list[Client]:
    """Those that are searched for, in the order asked for."""
    tags = sorted({tag for one in found for tag in one.tags})
    with st.container(horizontal=True, vertical_alignment="bottom"):
        search = st.text_input(
            "查找",
            key="clients-search",
            max_chars=NAME_LENGTH,
            placeholder="企业、证书编号、标签",
            icon=":material/search:",
            label_visibility="collapsed",
        )
        order = st.selectbox(
            "排序",
            list(SORTS),
            key="clients-sort",
            width=180,
            label_visibility="collapsed",
        )
        archived = st.toggle("已归档", key="clients-archived")
    wanted = []
    if tags:
        wanted = st.pills(
            "标签", tags, selection_mode="multi", key="clients-tags", label_visibility="collapsed"
        )
    listed = chosen(found, search or "", wanted, archived=archived)
    return sorted(listed, key=SORTS[order])


def _table(listed: list[Client]) -> int | None:
    """The list. Returns: the place of the one that was chosen."""
    if not listed:
        st.caption("没有符合条件的企业。")
        return None
    picked = st.dataframe(
        pd.DataFrame([one.cells for one in listed], columns=list(HEAD)),
        hide_index=True,
        column_config={name: st.column_config.Column(width=w) for name, w in _WIDTHS.items()},
        row_height=_ROW,
        height=_ROW * (min(len(listed), _SHOWN) + 1) + 10,
        on_select="rerun",
        selection_mode="single-row",
        key=f"clients-table-{hash(tuple(one.id for one in listed))}",  # of each list, none chosen
        alt="客户清单",
    )
    rows = picked["selection"]["rows"]
    return rows[0] if rows and rows[0] < len(listed) else None


def _one(client: Client) -> None:
    """What can be done with the client that was chosen."""
    with st.container(
        border=True, horizontal=True, vertical_alignment="center", key="client-chosen"
    ):
        st.markdown(f"**{typed(client.enterprise)}**", width="stretch")
        for step, label in (("results", "看结果"), ("assess", "继续"), ("history", "历史")):
            st.page_link(
                page_path(step if client.standard else "enterprise"),
                label=label,
                query_params={session.ID: client.id},
                width="content",
            )
        with (
            st.popover("标签", type="tertiary", key="client-tags"),
            st.form(f"tags-{client.id}", border=False),
        ):
            words = st.text_input(
                "标签，用顿号或逗号隔开（每个不超过 20 字，最多 10 个）",
                "、".join(client.tags),
                key=f"tags-of-{client.id}",
            )
            if st.form_submit_button("保存"):
                owning.change_of(client.id, set_tags(_split(words)))
                st.rerun()
        st.button(
            "取出归档" if client.archived else "归档",
            key="client-archive",
            type="tertiary",
            on_click=owning.change_of,
            args=[client.id, set_archived(not client.archived)],
        )


def _split(words: str) -> list[str]:
    return words.replace("，", "、").replace(",", "、").split("、")


draw(main)
