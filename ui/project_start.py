"""Begin a project, or go on with one."""

from datetime import date, timedelta

import streamlit as st

import process
import schemes
from process.plan import Backwards, work_plan
from state.documents.access import KEEP
from state.documents.assessment import NAME_LENGTH
from state.documents.project import ProjectFault, new_project
from state.documents.project_changes import plan_anew
from state.service.assessments import Key
from state.storage.line import Line, Query
from state.storage.repository import RepositoryError
from ui import project_session, session, standard_session
from ui.project_settings import grades_of, own_assessments
from wording.labels import plain
from wording.projects import listed_words, plan_words

_SHOWN = 20


def begin() -> None:
    """Draw the form of a new project, beside the projects that there are."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("创建标准化项目", anchor=False)
        _form()
    with right:
        st.subheader("继续以前的项目", anchor=False)
        _list()


def _form() -> None:
    read = process.load(process.available()[0])
    enterprise = st.text_input("企业名称", max_chars=NAME_LENGTH, key="new-enterprise")
    scheme = st.selectbox(
        "按哪个标准？",
        list(standard_session.offered()),
        index=None,
        format_func=lambda one: schemes.load(one).short_title,
        placeholder="以后再定",
        key="new-scheme",
    )
    grades = grades_of(scheme)
    grade = st.segmented_control("目标等级", grades, key=f"new-grade-{scheme}") if grades else None
    consultant = (
        st.segmented_control(
            "有没有咨询机构？",
            [True, False],
            default=True,
            required=True,
            format_func=lambda there: "有咨询机构" if there else "企业自己做",
            key="new-consultant",
        )
        is not False
    )
    firm = (
        st.text_input("咨询机构名称", max_chars=NAME_LENGTH, key="new-firm") if consultant else ""
    )
    first, last = st.columns(2)
    today = session.today()
    start = first.date_input("开始日期", value=today, format="YYYY-MM-DD", key="new-start")
    usual = work_plan(read, today, today).usual
    target = last.date_input(
        "目标日期",
        value=today + timedelta(weeks=usual) - timedelta(days=1),
        format="YYYY-MM-DD",
        key="new-target",
    )
    _told_time(start, target)
    known = own_assessments()
    joined = ""
    if known:
        opened = st.session_state.get(session.ID)
        ids = ["", *known]
        joined = st.selectbox(
            "加入已有的自评",
            ids,
            index=ids.index(opened) if opened in known else 0,
            format_func=lambda one: known.get(one, "不加入，以后再说"),
            key="new-assessment",
        )
    if st.button("创建标准化项目", type="primary", icon=":material/add:", key="new-project"):
        _create(
            start,
            target,
            joined,
            enterprise=enterprise,
            scheme=scheme,
            target_grade=grade or "",
            consultant=consultant,
            firm=firm,
        )


def _told_time(start: object, target: object) -> None:
    """Whether the time is enough, before anything is created."""
    if not isinstance(start, date) or not isinstance(target, date):
        return
    try:
        plan = work_plan(process.load(process.available()[0]), start, target)
    except Backwards:
        st.error("目标日期早于开始日期，请改一下。", icon=":material/error:")
        return
    words = plan_words(plan, start, target)
    if plan.tight:
        st.warning(words, icon=":material/schedule:")
    else:
        st.caption(words)


def _create(start: object, target: object, joined: str, **fields: object) -> None:
    read = process.load(process.available()[0])
    if not isinstance(start, date) or not isinstance(target, date):
        session.warn(["没有创建：请填开始日期和目标日期"])
        st.rerun()
    service, who = project_session.service(), session.visitor()
    try:
        project = plan_anew(read)(new_project(read.id, read.version, start, target, **fields))
        service.create(project, who)
    except (ProjectFault, RepositoryError) as error:
        session.warn([f"没有创建：{error}"])
        st.rerun()
    if joined:
        try:
            service.tie(Key(project.id), who, joined)
        except (ProjectFault, RepositoryError) as error:
            session.warn([f"项目已创建，自评没有加入：{error}"])
    project_session.open_project(project.id)
    st.rerun()


def _list() -> None:
    service, who = project_session.service(), session.visitor()
    try:
        found = service.list(who, Query(deleted=False, limit=_SHOWN))
        binned = service.list(who, Query(deleted=True, limit=_SHOWN)).lines
    except RepositoryError as error:
        st.text(str(error))
        return
    if not found.lines:
        st.caption("还没有项目。")
    for line in found.lines:
        _row(line)
    if found.count > _SHOWN:
        st.caption(f"另有 {found.count - _SHOWN} 个更早的项目")
    if binned:
        opened = st.expander(
            f"回收站（{len(binned)}）", icon=":material/delete:", key="projects-bin"
        )
        with opened:
            for line in binned:
                st.button(
                    f"恢复 {line.title}",
                    key=f"restore-project-{line.id}",
                    help=f"删除后 {KEEP.days} 天内可以恢复",
                    on_click=_restore,
                    args=[line.id],
                )


def _row(line: Line) -> None:
    with st.container(
        border=True, key=f"project-row-{line.id}", horizontal=True, vertical_alignment="center"
    ):
        words = " · ".join(listed_words(line.facts, session.today())) or session.local_time(
            line.updated
        )
        st.markdown(f"{plain(line.title)}  \n:gray[:small[{plain(words)}]]", width="stretch")
        st.button(
            "打开",
            icon=":material/play_arrow:",
            key=f"open-project-{line.id}",
            type="tertiary",
            on_click=project_session.open_project,
            args=[line.id],
        )


def _restore(project_id: str) -> None:
    service, who = project_session.service(), session.visitor()
    try:
        service.restore(Key(project_id), who)
    except RepositoryError as error:
        session.warn([str(error)])
    else:
        session.notify("项目已恢复")
