"""The re-assessment (复评): beginning it, giving it up, and both results side by side."""

import pandas as pd
import streamlit as st

from reports.content.subject import self_assessed
from reports.content.tables import comparison_table
from schemes import Scheme
from scoring import Result
from state.documents import changes
from state.documents.assessment import Assessment
from state.service.rounds import Rounds
from ui import session
from ui.asking import asks_once
from wording.grades import grade_words, range_words
from wording.labels import plain
from wording.versions import assessed_words
from wording.warnings import unknown_words


def reassessment(scheme: Scheme, assessment: Assessment, result: Result) -> None:
    """For a standard that has re-assessments: what can be done, or what has changed."""
    begun = assessment.work.reassessment
    if begun is None and not session.may_edit():
        return
    if begun is None:
        with st.popover("开始复评", icon=":material/published_with_changes:", key="reassess"):
            st.text(
                "自评发现的问题会列为“自评时发现”，逐条说明已整改、已计划或未整改；"
                "其他内容重新核查。自评结果会保留，可与复评对照。"
            )
            unreviewed = result.applicable_items - result.reviewed
            if unreviewed:
                st.warning(f"自评还有 {unreviewed} 条没有核查，建议先完成自评。")
            st.button(
                "开始复评",
                type="primary",
                key="reassess-now",
                on_click=_begin,
            )
        return
    st.markdown(f"#### 复评与自评对照（复评始于 {begun.started}）", anchors=False)
    before = self_assessed(scheme.id, assessment.work)
    if before:
        _side_by_side(before, result)
    if not session.may_edit():
        return
    asks_once(
        "放弃复评，回到自评",
        "复评中填写的内容会丢失，自评恢复原样。可以先在“报告”页导出备份。",
        "确定放弃复评",
        session.apply,
        changes.drop_reassessment(),
        key="give-up",
    )


def _begin() -> None:
    session.ask(Rounds(session.service()).reassess, session.today())


def _side_by_side(before: Result, after: Result) -> None:
    left, right = st.columns(2)
    for column, name, result, other in (
        (left, "自评", before, after),
        (right, "复评", after, before),
    ):
        label = assessed_words(name, result, other)
        column.metric(label, f"{range_words(result)} · {grade_words(result)}")
        for words in unknown_words(result):
            column.caption(f":red[{plain(words)}]")
    columns, rows = comparison_table(before, after)
    if not rows:
        st.caption("各要素得分还没有变化。")
        return
    st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, alt="复评与自评对照")
