"""What a client understands in a minute: where the project is, what is next, grade and target."""

from decimal import Decimal

import streamlit as st

import schemes
from process import Process
from process.plan import in_order, late
from process.progress import Progress
from schemes import SchemeError, UnknownScheme
from scoring import Result, score
from state.documents.assessment import answers_of
from state.documents.project import Project
from state.documents.snapshot import Snapshot
from state.documents.versions import scheme_for
from state.storage.repository import RepositoryError
from ui import project_session, session
from ui.panel import in_words, picture
from ui.project_place import go_to
from wording.grades import grade_words, range_words
from wording.labels import plain
from wording.numbers import total_number
from wording.projects import (
    SIDES,
    days_left_words,
    open_actions_words,
    owed_words,
    span_words,
    thing_words,
    titles,
    where_words,
)

_NEXT = 3
_OWED = 4
"""Things of each side that are named."""


def overview(project: Project, read: Process, found: Progress) -> None:
    """Draw it."""
    left, right = st.columns([3, 2], gap="large")
    with left:
        _next(project, read, found)
        _late(project, found)
        _owed(project, found)
    with right:
        _grade(project)


def _next(project: Project, read: Process, found: Progress) -> None:
    today = session.today()
    st.markdown(f"**{plain(where_words(found))}**　{plain(days_left_words(project.target, today))}")
    by_id = {state.step.id: state for state in found.ready}
    steps = in_order((state.step for state in found.ready), project.spans)[:_NEXT]
    if not steps:
        return
    st.markdown("#### 接下来", anchors=False)
    for number, step in enumerate(steps, 1):
        when = span_words(project.spans.get(step.id), today, complete=False)
        st.button(
            f"{number}. **{plain(step.title)}**",
            key=f"next-{step.id}",
            type="tertiary",
            help="打开这一步",
            on_click=go_to,
            args=[read.phase_of[step.id].id, step.id],
        )
        words = plain(thing_words(read, by_id[step.id], project))
        st.markdown(f"{words}  \n:{'red' if '迟了' in when else 'gray'}[:small[{plain(when)}]]")


def _late(project: Project, found: Progress) -> None:
    overdue = late(found, project.spans, session.today())
    if overdue:
        step, days = overdue[0]
        words = f"共 {len(overdue)} 步迟了；最久的是“{step.title}”，{days} 天"
        st.warning(plain(words), icon=":material/schedule:")
    blocking = found.blocking()
    if blocking:
        steps = tuple(state.step for state in blocking)
        st.caption(f"进入下一阶段前必须完成：{plain(titles(steps))}")


def _owed(project: Project, found: Progress) -> None:
    owed = found.owed(project.consultant)
    sides = [side for side in SIDES if any(one.side == side for one in owed)]
    if not sides or sides == ["enterprise"]:
        return  # then the list of steps says it
    for column, side in zip(st.columns(len(sides)), sides, strict=True):
        things = [one for one in owed if one.side == side]
        lines = [f"- {plain(owed_words(one, project.persons))}" for one in things[:_OWED]]
        if len(things) > _OWED:
            lines.append(f"- 另有 {len(things) - _OWED} 项")
        column.markdown(f"**{SIDES[side]}现在要做**\n\n" + "\n".join(lines))


def _grade(project: Project) -> None:
    """Grade now against the target, and the radar of the last snapshot."""
    found = project_session.place()
    if found is None:
        return
    service, visitor = project_session.service(), session.visitor()
    try:
        line = service.assessment_line(found, visitor)
        snapshot = service.latest_snapshot(found, visitor)
    except RepositoryError as error:
        st.text(str(error))
        return
    now, target = st.columns(2)
    total, grade = None, "还没有自评"
    if line:
        known = schemes.knows(line.standard) and line.standard
        grade = line.grade or ("等级还没有定" if known else "还没有选标准")
        if line.total and known:
            total = f"{total_number(schemes.load(known), Decimal(line.total))} 分"
    now.metric("现在", grade, total, delta_color="off", delta_arrow="off")
    target.metric("目标", project.target_grade or "没有定")
    rectifying = open_actions_words(line.facts, session.today()) if line else ""
    if rectifying:
        st.markdown(plain(rectifying))
    if project.assessments and line is None:
        st.caption("项目里的自评已被删除；可以在“设置”里加入另一份。")
    result = _result(snapshot) if snapshot else None
    if snapshot is None or result is None or not result.parts:
        return
    when = session.local_time(snapshot.updated)
    st.caption(plain(f"快照“{snapshot.name}”{when}：{range_words(result)}，{grade_words(result)}"))
    part = max(result.parts, key=lambda one: len(one.applicable))
    if part.applicable:
        figure, config = picture(result, part, height=325)
        st.plotly_chart(
            figure, config=config, theme=None, alt=in_words(result, part), key="project-radar"
        )


def _result(snapshot: Snapshot) -> Result | None:
    """What the snapshot scored, by the version it was answered with."""
    if snapshot.scheme is None:
        return None
    try:
        scheme = scheme_for(snapshot.scheme, snapshot.work)
    except (UnknownScheme, SchemeError):
        return None
    return score(scheme, answers_of(scheme, snapshot.work))
