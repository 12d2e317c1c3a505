"""The work plan: bars, and a table in which days are typed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from process import Process
from process.plan import Backwards, Span, Spans, moved, too_early
from process.progress import Progress
from state.documents.project import Project
from state.documents.project_changes import plan_anew, set_plan
from state.service.projects import ProjectRight
from ui import session
from ui.asking import asks_once
from ui.project_session import apply
from ui.project_timeline import in_words, timeline
from wording.labels import plain
from wording.projects import role_words, step_words

_START, _END = "计划开始", "计划完成"


def plan(project: Project, read: Process, found: Progress, right: ProjectRight) -> None:
    """Draw the plan."""
    today = session.today()
    if project.spans:
        figure, config = timeline(project, found, today)
        st.plotly_chart(
            figure, config=config, theme=None, alt=in_words(project, found), key="project-timeline"
        )
        st.caption("竖线：今天和目标日期")
    early = too_early(read, project.spans)
    if early:
        named = "；".join(
            f"“{step.title}”在“{needed.title}”完成前开始" for step, needed in early[:3]
        )
        more = f"；共 {len(early)} 处" if len(early) > 3 else ""
        st.warning(f"{plain(named)}{more}", icon=":material/low_priority:")
    _table(project, read, found, right)


def _table(project: Project, read: Process, found: Progress, right: ProjectRight) -> None:
    rows = []
    for state in found.steps:
        step, span = state.step, project.spans.get(state.step.id)
        record = project.records.get(step.id)
        lead = role_words(read.holder(step.lead, project.consultant), project.persons)
        rows.append(
            {
                "步骤": step.title,
                _START: span.start if span else None,
                _END: span.end if span else None,
                "谁": record.person if record and record.person else lead,
                "状态": step_words(state),
                "阶段": read.phase_of[step.id].title,
            }
        )
    table = pd.DataFrame(rows)
    dates = {
        name: st.column_config.DateColumn(name, format="YYYY-MM-DD") for name in (_START, _END)
    }
    if right < ProjectRight.EDIT:
        st.dataframe(table, hide_index=True, column_config=dates, alt="工作计划")
        return
    st.caption("在表里双击日期就能改。")
    follow = st.checkbox("后面等着这一步的也一起移", value=True, key="plan-follow")
    key = f"plan-table-{project.revision}-{st.session_state.get('plan-turn', 0)}"
    st.data_editor(
        table,
        hide_index=True,
        key=key,
        column_config=dates,
        disabled=[name for name in table.columns if name not in dates],
        on_change=_edited,
        args=[key, read, project.spans, follow],
    )
    asks_once(
        "按开始和目标日期重排",
        "所有步骤的计划日期都按通常的时间重新排，手改的日期不保留；实际日期和状态不变。",
        "确定重排",
        _anew,
        read,
        key="plan-anew",
    )


def _anew(read: Process) -> None:
    if apply(plan_anew(read)):
        session.notify("计划已重排")


def _edited(key: str, read: Process, spans: Spans, follow: bool) -> None:
    edits = st.session_state[key]["edited_rows"]
    st.session_state["plan-turn"] = st.session_state.get("plan-turn", 0) + 1
    try:
        wanted = replanned(read, spans, edits, follow)
    except Backwards:
        session.warn(["完成日期早于开始日期，没有保存；请先改开始日期"])
    except (ValueError, OverflowError):
        session.warn(["这不是日期，没有保存"])
    else:
        apply(set_plan(wanted))


def replanned(
    read: Process, spans: Spans, edits: Mapping[int, Mapping[str, Any]], follow: bool
) -> dict[str, Span]:
    """The spans that differ after days were typed in rows of the table.

    A start typed alone moves the step; an end typed alone makes it longer or shorter.
    Raises: Backwards; ValueError for what is no date; OverflowError beyond the calendar.
    """
    ids = [*read.step]
    after: dict[str, Span] = {**spans}
    for row, cells in edits.items():
        step_id = ids[int(row)]
        now = after.get(step_id)
        start = _day(cells.get(_START)) or (now.start if now else None)
        end = _day(cells.get(_END)) or (now.end if now else None)
        if _START in cells and _END not in cells and now and start:
            end = start + (now.end - now.start)
        start, end = start or end, end or start
        if start and end:
            after = moved(read, after, step_id, Span(start, end), follow)
    return {step: span for step, span in after.items() if spans.get(step) != span}


def _day(typed: object) -> date | None:
    return date.fromisoformat(str(typed)[:10]) if typed else None
