"""A project's own fields, its persons and assessments, and who else may see it."""

from datetime import date
from functools import partial
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

import schemes
from process import Process
from process.model import Role
from state.documents.access import MAX_LINKS
from state.documents.assessment import NAME_LENGTH
from state.documents.project import Project
from state.documents.project_changes import ProjectChange, set_about, set_dates, set_person
from state.service.mode import Mode
from state.service.projects import ProjectRight
from state.storage.line import Line, Query
from state.storage.repository import RepositoryError
from ui import project_session, session
from ui.asking import asks_once
from ui.project_session import on_change, told
from ui.widgets import show
from wording.labels import plain
from wording.projects import SIDES

_MOST = 50
"""Assessments that are offered."""


def settings(project: Project, read: Process, right: ProjectRight) -> None:
    """Draw them."""
    left, middle = st.columns(2, gap="large")
    with left:
        _about(project)
        _assessments(project)
    with middle:
        st.markdown("**谁负责**")
        for role in roles(project, read):
            key = show(f"role:{role.id}", project.persons.get(role.id, ""))
            st.text_input(
                f"{role.title}（{SIDES[role.side]}）",
                key=key,
                max_chars=NAME_LENGTH,
                placeholder="姓名",
                on_change=on_change(key, partial(set_person, role.id)),
            )
    if right is ProjectRight.OWN:
        _links(project)
        asks_once(
            "删除项目",
            "移到回收站，30 天内可以恢复；自评不会删除。",
            "确定删除",
            _discard,
            key="project-discard",
        )


def roles(project: Project, read: Process) -> list[Role]:
    """Roles that lead a step or owe a paper, as they are without or with a consultant."""
    named = [step.lead for step in read.step.values()]
    named += [one.by for one in read.deliverable.values()]
    found = {role: read.holder(role, project.consultant) for role in dict.fromkeys(named)}
    return [*{role.id: role for role in found.values()}.values()]


def _about(project: Project) -> None:
    for field, label in (
        ("enterprise", "企业名称"),
        *([("firm", "咨询机构")] if project.consultant else []),
    ):
        key = show(f"about:{field}", getattr(project, field))
        st.text_input(
            label,
            key=key,
            max_chars=NAME_LENGTH,
            on_change=on_change(key, partial(set_about, field)),
        )
    key = show("about:consultant", project.consultant)
    st.checkbox("有咨询机构", key=key, on_change=on_change(key, partial(set_about, "consultant")))
    grades = grades_of(project.scheme)
    if grades:
        kept = project.target_grade if project.target_grade in grades else None
        key = show("about:target_grade", kept)
        st.segmented_control(
            "目标等级",
            grades,
            key=key,
            on_change=on_change(key, lambda title: set_about("target_grade", title or "")),
        )
    start, target = st.columns(2)
    for column, field, label in ((start, "start", "开始日期"), (target, "target", "目标日期")):
        key = show(f"about:{field}", getattr(project, field))
        column.date_input(
            label,
            key=key,
            format="YYYY-MM-DD",
            on_change=on_change(key, partial(_set_date, field)),
        )
    st.caption("改了日期后，在“工作计划”里可以重排。")


def _set_date(field: str, day: date | None) -> ProjectChange:
    """The change; an emptied field stays as it was, as a project has both days."""
    return set_dates(**{field: day})


def grades_of(scheme_id: str | None) -> list[str]:
    """Titles of a standard's grades, in its order."""
    if scheme_id is None or not schemes.knows(scheme_id):
        return []
    return [grade.title for grade in schemes.load(scheme_id).grades]


def own_assessments() -> dict[str, str]:
    """Titles of the latest assessments of the visitor's, by id; of none while the place is away."""
    try:
        found = session.listing(Query(deleted=False, limit=_MOST))
    except RepositoryError:
        return {}
    return {
        line.id: f"{line.title}（{_standard(line.standard)}，{_when(line)}）"
        for line in found.lines
        if not line.is_unreadable
    }


def _when(line: Line) -> str:
    return session.local_time(line.updated)


def _standard(scheme_id: str | None) -> str:
    known = scheme_id if schemes.knows(scheme_id) else None
    return schemes.load(known).short_title if known else "未选标准"


def _assessments(project: Project) -> None:
    others = {i: t for i, t in own_assessments().items() if i not in project.assessments}
    if project.assessments:
        st.page_link(
            "pages/assess.py",
            label="打开项目的自评",
            icon=":material/checklist:",
            query_params={session.ID: project.assessments[-1]},
        )
    if not others:
        return
    with st.form("tie", border=False):
        chosen = st.selectbox(
            "加入一份自评（同时记一张快照）",
            [*others],
            index=None,
            format_func=lambda one: others[one],
            placeholder="选择自评",
            key="tie-which",
        )
        if st.form_submit_button("加入") and chosen:
            service, who = project_session.service(), session.visitor()
            if told(lambda found: service.tie(found, who, chosen)):
                session.notify("已加入项目")
            st.rerun()


def _links(project: Project) -> None:
    service, found = project_session.service(), project_session.place()
    if session.service().mode is Mode.LOCAL or found is None:
        return
    try:
        access = service.access(found, session.visitor())
    except RepositoryError:  # the page has said it already
        return
    with st.expander("分享给企业", icon=":material/share:", key="project-links"):
        st.markdown(
            "**只读链接**：能看项目，不能修改。  \n"
            "**企业链接**：只能勾选企业负责的部分、上传企业的附件。"
        )
        for number, token in enumerate(access.links, 1):
            kind = "企业链接" if token in project.helpers else "只读链接"
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(kind, width="content")
                st.code(_address(token), language=None, width="stretch", wrap_lines=True)
                st.button(
                    "收回",
                    icon=":material/link_off:",
                    key=f"project-drop-link-{number}",
                    on_click=_drop_link,
                    args=[token],
                )
        if len(access.links) < MAX_LINKS:
            with st.container(horizontal=True):
                for label, helper in (("新建只读链接", False), ("新建企业链接", True)):
                    st.button(
                        label,
                        icon=":material/add_link:",
                        key=f"project-add-link-{helper}",
                        on_click=_add_link,
                        args=[helper],
                    )


def _add_link(helper: bool) -> None:
    service, who = project_session.service(), session.visitor()
    told(lambda found: service.add_link(found, who, helper))


def _drop_link(token: str) -> None:
    service, who = project_session.service(), session.visitor()
    told(lambda found: service.drop_link(found, who, token))


def _discard() -> None:
    service, who = project_session.service(), session.visitor()
    if told(lambda found: service.discard(found, who)):
        project_session.close()
        session.notify(plain("项目已移到回收站，30 天内可以恢复"))


def _address(token: str) -> str:
    """A full link to the project, as the browser reached this page."""
    here = urlsplit(st.context.url or "")
    return urlunsplit((here.scheme, here.netloc, "/project", f"{project_session.LINK}={token}", ""))
