"""The steps of one phase: ticks, dates, who, notes, files. A step is drawn when it is opened."""

from datetime import date
from functools import partial

import streamlit as st

from process import Deliverable, Process, Standing, Step
from process.progress import PhaseState, StepState
from reports.papers import offered
from state.documents.assessment import NAME_LENGTH, TEXT_LENGTH
from state.documents.project import Project, Record
from state.documents.project_changes import ProjectChange, set_note, set_record, set_standing
from state.service.projects import ProjectRight
from ui import session
from ui.project_files import files
from ui.project_making import paper_button
from ui.project_place import open_step, toggle
from ui.project_session import apply, on_change
from ui.widgets import show
from wording.labels import plain
from wording.projects import (
    MADE,
    STANDINGS,
    duty_words,
    role_words,
    span_words,
    step_words,
)

_MARKS = {
    Standing.OPEN: ":material/radio_button_unchecked:",
    Standing.WORK: ":material/pending:",
    Standing.DONE: ":material/check_circle:",
    Standing.NOT_NEEDED: ":material/block:",
}


def steps(project: Project, read: Process, state: PhaseState, right: ProjectRight) -> None:
    """Draw the steps of a phase."""
    st.caption(plain("；".join(filter(None, [state.phase.aim, state.phase.note]))))
    for one in state.steps:
        _step(project, read, one, right)


def may_change(project: Project, read: Process, entry: str, right: ProjectRight) -> bool:
    """Whether the visitor may tick off a step or a deliverable."""
    if right >= ProjectRight.EDIT:
        return True
    return right is ProjectRight.PART and read.side(entry, project.consultant) == "enterprise"


def _step(project: Project, read: Process, state: StepState, right: ProjectRight) -> None:
    step = state.step
    today = session.today()
    when = span_words(project.spans.get(step.id), today, state.complete)
    colour = "red" if "迟了" in when else "gray"
    told = plain(f"{step_words(state)}　{when}".strip())
    st.button(
        f"**{plain(step.title)}**　:{colour}[:small[{told}]]",
        icon=":material/check_circle:" if state.complete else _MARKS[_shown(state)],
        key=f"step-{step.id}",
        type="tertiary",
        width="stretch",
        on_click=toggle,
        args=[step.id],
    )
    if open_step() != step.id:
        return
    with st.container(border=True, key="open-step"):
        _open(project, read, step, right)


def _open(project: Project, read: Process, step: Step, right: ProjectRight) -> None:
    _about(project, read, step)
    changing = may_change(project, read, step.id, right)
    st.markdown("**这一步**")
    _entry(project, step.id, step.title, changing)
    if changing:
        _dates(project, step, right)
        _person(project, read, step)
        _note(project, step)
    else:
        _told(project, step)
    files(project, step.id, changing)
    if step.deliverables:
        st.markdown("**成果**")
    for one in step.deliverables:
        _deliverable(project, read, one, may_change(project, read, one.id, right))


def _shown(state: StepState) -> Standing:
    """The mark of a step that is not complete: a tick that waits is work still."""
    return Standing.WORK if state.ticked else state.standing


def _about(project: Project, read: Process, step: Step) -> None:
    badge = "　:gray-badge[整理]" if step.provenance == "compiled" else ""
    lines = [f"- {plain(duty_words(read, duty, project))}" for duty in step.who]
    st.markdown("\n".join(lines))
    st.markdown(f":material/lightbulb: {plain(step.well)}{badge}")
    st.caption(f"出处：{plain(step.clause)}；通常 {step.weeks} 周")


def _entry(project: Project, entry: str, title: str, changing: bool) -> None:
    """The standing of a step or a deliverable; 不需要 asks why first."""
    record = project.records.get(entry, Record())
    if not changing:
        why = f"（{record.reason}）" if record.reason else ""
        st.text(f"{title}：{STANDINGS[record.standing]}{why}")
        return
    asking = f"why:{entry}"
    key = show(f"standing:{entry}", record.standing.value)
    st.segmented_control(
        title,
        [one.value for one in Standing],
        key=key,
        required=True,
        label_visibility="collapsed",
        format_func=lambda value: STANDINGS[Standing(value)],
        on_change=partial(_choose, key, entry, asking),
    )
    if st.session_state.get(asking) or record.standing is Standing.NOT_NEEDED:
        reason = show(f"reason:{entry}", record.reason)
        st.text_input(
            "为什么不需要？写一句再按回车",
            key=reason,
            max_chars=TEXT_LENGTH,
            on_change=partial(_skip, reason, entry, asking),
        )


def _choose(key: str, entry: str, asking: str) -> None:
    chosen = Standing(st.session_state[key])
    if chosen is Standing.NOT_NEEDED:
        st.session_state[asking] = True
        return
    st.session_state.pop(asking, None)
    apply(set_standing(entry, chosen, on=session.today()))


def _skip(key: str, entry: str, asking: str) -> None:
    reason = st.session_state[key]
    if apply(set_standing(entry, Standing.NOT_NEEDED, reason), reason):
        st.session_state.pop(asking, None)


def _dates(project: Project, step: Step, right: ProjectRight) -> None:
    record = project.records.get(step.id, Record())
    fields = {"actual_start": "实际开始", "actual_end": "实际完成"}
    if right >= ProjectRight.EDIT:
        fields = {"planned_start": "计划开始", "planned_end": "计划完成", **fields}
    for column, (field, label) in zip(st.columns(len(fields)), fields.items(), strict=True):
        kept: date | None = getattr(record, field)
        key = show(f"{field}:{step.id}", kept)
        column.date_input(
            label,
            key=key,
            format="YYYY-MM-DD",
            on_change=on_change(key, partial(_set_date, step.id, field)),
        )


def _set_date(step_id: str, field: str, day: date | None) -> ProjectChange:
    return set_record(step_id, **{field: day})


def _person(project: Project, read: Process, step: Step) -> None:
    key = show(f"person:{step.id}", project.records.get(step.id, Record()).person)
    lead = role_words(read.holder(step.lead, project.consultant), project.persons)
    st.text_input(
        "谁做",
        key=key,
        max_chars=NAME_LENGTH,
        placeholder=f"不填就是{lead}",
        on_change=on_change(key, lambda name: set_record(step.id, person=name)),
    )


def _note(project: Project, step: Step) -> None:
    shown = project.records.get(step.id, Record()).note
    key = show(f"note:{step.id}", shown)
    st.text_area(
        "备注",
        key=key,
        max_chars=TEXT_LENGTH,
        height=70,
        on_change=on_change(key, lambda text: set_note(step.id, shown, text)),
    )


def _told(project: Project, step: Step) -> None:
    record = project.records.get(step.id, Record())
    words = [f"谁做：{record.person}" if record.person else "", record.note]
    if any(words):
        st.text("\n".join(filter(None, words)))


def _deliverable(project: Project, read: Process, one: Deliverable, changing: bool) -> None:
    with st.container(border=True, key=f"paper-{one.id}"):
        owner = role_words(read.holder(one.by, project.consultant), project.persons)
        badge = "　:gray-badge[整理]" if one.provenance == "compiled" else ""
        st.markdown(
            f"**{plain(one.title)}**{badge}  \n:gray[:small[{MADE[one.made]} · {plain(owner)}]]"
        )
        if one.note:
            st.caption(plain(one.note))
        if one.parts:
            st.caption("要有：" + plain("；".join(one.parts)))
        if one.collects:
            lines = []
            for other in one.collects:
                standing = project.standings.get(other, Standing.OPEN)
                lines.append(f"{read.deliverable[other].title}（{STANDINGS[standing]}）")
            st.caption("汇集：" + plain("；".join(lines)))
        _entry(project, one.id, one.title, changing)
        kind = offered(one, figures=bool(project.snapshots))
        if kind:
            paper_button(read, one, f"下载底稿：{plain(kind.title(one))}", session.today())
        files(project, one.id, changing)
