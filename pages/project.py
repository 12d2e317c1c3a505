"""The project: from the first meeting to the application, in phases."""

import streamlit as st

from process import Process
from process.progress import Progress, progress
from state.documents.project import Project
from state.service.projects import ProjectRight
from ui import project_session, session
from ui.frame import draw
from ui.messages import show_messages
from ui.project_overview import overview
from ui.project_papers import papers
from ui.project_place import PHASE, STEPS, VIEW, settle_place, show_steps
from ui.project_plan import plan
from ui.project_settings import settings
from ui.project_start import begin
from ui.project_steps import steps
from ui.project_visits import visits
from wording.labels import plain
from wording.projects import phase_words, place_words, project_title, value_words

_OVERVIEW, _PLAN, _PAPERS, _SETTINGS = "概况", "工作计划", "文件", "设置"


def main() -> None:
    """Draw the page: a project, or the way to one."""
    linked = project_session.linked()
    opened = project_session.current()
    show_messages()
    if opened is None and linked:
        st.info("这个链接打不开：可能已被收回，或项目已被删除。请向发给您链接的人要新的链接。")
        return
    if opened is None:
        begin()
        return
    project, right = opened
    _header(project, right)
    read = project_session.known_process(project)
    _clashes(read)
    if read is None:
        st.warning("这个项目的流程不在本工具中，请先升级；已有的记录都保留着。")
        return
    found = progress(read, project.standings)
    settle_place(read, found)
    chosen = _phases(found)
    _strange(project, read)
    _views(project, read, found, right, chosen)


def _header(project: Project, right: ProjectRight) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown("### 项目", width="content", anchors=False)
        how = {
            ProjectRight.READ: "只读",
            ProjectRight.PART: "可以勾选企业负责的部分",
        }.get(right, f"已自动保存 {session.local_time(project.updated)}")
        firm = project.firm if project.consultant else "企业自己做"
        st.text(" · ".join(filter(None, [project_title(project), firm, how])))
        if right >= ProjectRight.EDIT:
            st.button(
                "所有项目", type="tertiary", key="all-projects", on_click=project_session.close
            )


def _phases(found: Progress) -> str:
    """The line of phases; the one whose steps are shown is chosen in it."""
    states = {state.phase.id: state for state in found.phases}
    current = found.current.phase.id if found.current else None
    chosen = st.segmented_control(
        "阶段",
        [*states],
        key=PHASE,
        required=True,
        wrap=True,
        label_visibility="collapsed",
        format_func=lambda one: phase_words(states[one], one == current),
        on_change=show_steps,
    )
    return chosen or found.phases[0].phase.id


def _views(
    project: Project, read: Process, found: Progress, right: ProjectRight, phase: str
) -> None:
    """Only what is chosen is drawn."""
    visited = "咨询记录" if project.consultant else "检查记录"
    names = [_OVERVIEW, STEPS, _PLAN, _PAPERS, visited]
    if right >= ProjectRight.EDIT:
        names.append(_SETTINGS)
    if st.session_state.get(VIEW) not in names:
        st.session_state[VIEW] = _OVERVIEW
    view = st.segmented_control(
        "看什么", names, required=True, wrap=True, key=VIEW, label_visibility="collapsed"
    )
    if view == STEPS:
        state = next(one for one in found.phases if one.phase.id == phase)
        st.markdown(f"#### {plain(state.phase.title)}", anchors=False)
        steps(project, read, state, right)
    elif view == _PLAN:
        plan(project, read, found, right)
    elif view == _PAPERS:
        papers(project, read, found, right)
    elif view == visited:
        visits(project, read, found, right)
    elif view == _SETTINGS:
        settings(project, read, right)
    else:
        overview(project, read, found)


def _strange(project: Project, read: Process) -> None:
    """Name what was noted of steps that the process no longer has; it is kept."""
    there = read.step.keys() | read.deliverable.keys()
    lost = [one for one in {**project.records, **project.attachments} if one not in there]
    if lost:
        st.caption(f"流程里已没有这些编号，记录仍保留着：{plain('、'.join(lost))}")


def _clashes(read: Process | None) -> None:
    """Ask which value is to stay where two windows changed the same place."""
    found = project_session.clashes()
    if not found:
        return
    with st.container(border=True, key="project-clash"):
        st.warning("同一处刚在别的窗口改过，请选择保留哪一个", icon=":material/call_split:")
        for clash in found[:4]:
            mine, theirs = value_words(clash.mine), value_words(clash.theirs)
            st.text(f"{place_words(read, clash.path)}：您填 {mine}，对方填 {theirs}")
        with st.container(horizontal=True):
            for label, keep in (("用我填的", True), ("保留对方的", False)):
                st.button(
                    label,
                    on_click=project_session.settle_clash,
                    args=[keep],
                    key=f"project-clash-{keep}",
                )


draw(main)
