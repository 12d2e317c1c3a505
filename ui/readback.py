"""读回评分表: what was typed into the workbook comes back, once it was looked at."""

import streamlit as st

from reports import Subject
from reports.workbook.cells import MAX_BYTES, Refused
from reports.workbook.reading import ReadBack, read_back
from schemes import Scheme
from state.documents.assessment import Assessment
from ui import session
from ui.uploads import uploader
from wording.readback import difference_words, refusal_words, unread_words

_SHOWN = 200
"""Differences that are listed; all of them are applied."""

_TURN = "readbacks"


def readback(assessment: Assessment, scheme: Scheme) -> None:
    """Take a workbook, list what it says otherwise, and apply that on confirmation."""
    with st.expander("读回评分表", icon=":material/upload_file:"):
        st.caption("在 Excel 评分表的浅黄色单元格里填好后，在这里读回；先列出不同，确认后才修改。")
        file = uploader(
            f"选择填好的评分表（.xlsx，不超过 {MAX_BYTES // 2**20} MB）",
            megabytes=MAX_BYTES // 2**20,
            key=f"readback:{st.session_state.get(_TURN, 0)}",
        )
        if file is None:
            return
        result = session.result_of(assessment, scheme)
        subject = Subject.of(scheme, assessment, session.today())
        try:
            found = read_back(file.getvalue(), assessment, result, subject)
        except Refused as refused:
            st.error("没有读回，现有数据没有变化。", icon=":material/error:")
            st.text(refusal_words(refused.reason, refused.details))
            return
        _shown(found)


def _shown(found: ReadBack) -> None:
    if found.unread:
        st.warning(f"有 {len(found.unread)} 处没有读", icon=":material/report:")
        words = [unread_words(one.sheet, one.cell, one.why) for one in found.unread]
        st.text("\n".join(_cut(words)))
    if not found.differences:
        st.info("评分表里的内容和现在的自评相同，没有要修改的。", icon=":material/check:")
        return
    count = len(found.differences)
    st.markdown(f"**评分表里有 {count} 处和现在的自评不同（现在 → 评分表）：**")
    words = [difference_words(d.what, d.subject, d.before, d.after) for d in found.differences]
    st.text("\n".join(_cut(words)))
    st.button(
        f"按评分表修改这 {count} 处",
        type="primary",
        icon=":material/done_all:",
        key="readback-apply",
        on_click=_apply,
        args=[found],
    )


def _cut(lines: list[str]) -> list[str]:
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], f"……另有 {more} 处"] if more > 0 else lines


def _apply(found: ReadBack) -> None:
    """Apply what was listed; the file is then let go, so that it is not offered again."""
    if session.applied(found.change):
        st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1
        session.notify(f"已按评分表修改 {len(found.differences)} 处")
