"""Visits of the consultant: when, what was done, what comes next, with a snapshot."""

from datetime import date

import streamlit as st

from process import Process
from process.progress import Progress
from reports.content.papers.findings import way_lines
from reports.content.papers.ground import assessed
from state.documents.assessment import NAME_LENGTH, TEXT_LENGTH, new_id
from state.documents.project import Project, VisitRecord
from state.documents.project_changes import drop_visit, note_visit
from state.service.projects import ProjectRight
from state.storage.repository import RepositoryError
from ui import project_session, session
from ui.asking import asks_once
from ui.project_session import apply, told
from wording.labels import plain
from wording.projects import coming_words, done_since


def visits(project: Project, read: Process, found: Progress, right: ProjectRight) -> None:
    """Draw the visits, the latest first, and where one more is noted."""
    if right >= ProjectRight.EDIT:
        _add(project, read, found)
    if not project.visits:
        st.caption("还没有记录。")
    titles = {visit.id: visit.title for visit in read.visits}
    for visit in reversed(project.visits):
        with st.container(border=True, key=f"visit-{visit.id}"):
            name = titles.get(visit.visit or "", "")
            by = f" · {plain(visit.by)}" if visit.by else ""
            st.markdown(f"**{visit.on}　{plain(name)}**{by}")
            for label, words in (("做了", visit.done), ("接下来", visit.coming)):
                if words:
                    st.text(f"{label}：\n{words}")
            if right >= ProjectRight.EDIT:
                asks_once(
                    "删除", "这次记录会删除，快照不变。", "确定删除",
                    _drop, visit.id, key=f"drop-{visit.id}",
                )  # fmt: skip


def _drop(visit_id: str) -> None:
    if apply(drop_visit(visit_id)):
        session.notify("已删除这次记录")


def _add(project: Project, read: Process, found: Progress) -> None:
    """A form that begins with what was completed since the last visit, and what is next."""
    latest = max((visit.on for visit in project.visits), default=None)
    label = "记一次现场咨询" if project.consultant else "记一次检查"
    opened = st.expander(label, icon=":material/add:", key="visit-new", on_change="rerun")
    if not opened.open:
        return
    turn = len(project.visits)
    with opened, st.form(f"visit-{turn}", border=False):
        left, right = st.columns(2)
        on = left.date_input(
            "日期", value=session.today(), format="YYYY-MM-DD", key=f"visit-on-{turn}"
        )
        taken = {visit.visit for visit in project.visits}
        names = {visit.id: visit.title for visit in read.visits}
        which = right.selectbox(
            "是哪一次",
            [None, *(one for one in names if one not in taken)],
            format_func=lambda one: names.get(one or "", "其他"),
            key=f"visit-which-{turn}",
        )
        by = st.text_input("谁来的", max_chars=NAME_LENGTH, key=f"visit-by-{turn}")
        done = st.text_area(
            "咨询内容：做了什么、提了什么建议" if project.consultant else "做了什么",
            value=done_since(read, project, latest)[:TEXT_LENGTH],
            max_chars=TEXT_LENGTH,
            key=f"visit-done-{turn}",
        )
        coming = st.text_area(
            "下一步工作意见：接下来做什么",
            value=_coming(project, found),
            max_chars=TEXT_LENGTH,
            key=f"visit-coming-{turn}",
        )
        snapshot = bool(project.assessments) and st.checkbox(
            "同时给自评记一张快照", value=True, key=f"visit-snapshot-{turn}"
        )
        if st.form_submit_button("保存这次记录", type="primary"):
            visit = VisitRecord(
                id=new_id(),
                on=on if isinstance(on, date) else session.today(),
                visit=which,
                by=by,
                done=done,
                coming=coming,
            )
            _save(visit, names.get(which or "") or f"{visit.on} 现场", bool(snapshot))
            st.rerun()


def _coming(project: Project, found: Progress) -> str:
    """Steps that can be worked on, and the shortest way to the target by the latest snapshot."""
    return "\n".join([coming_words(found), *_way(project)])[:TEXT_LENGTH]


def _way(project: Project) -> list[str]:
    """The shortest way in words, worked out once for a snapshot and a target."""
    found = project_session.place()
    if found is None or not project.snapshots or not project.target_grade:
        return []
    try:
        snapshot = project_session.service().latest_snapshot(found, session.visitor())
    except RepositoryError:
        return []
    if snapshot is None:
        return []
    key = f"way:{snapshot.id}:{project.target_grade}"
    if key not in st.session_state:
        one = assessed(snapshot, session.today())
        st.session_state[key] = way_lines(one, project.target_grade) if one else []
    lines: list[str] = st.session_state[key]
    return lines


def _save(visit: VisitRecord, name: str, snapshot: bool) -> None:
    """Keep the visit even where no snapshot can be taken."""
    service, who = project_session.service(), session.visitor()
    taken: list[str] = []
    if snapshot:
        told(lambda found: taken.append(service.take_snapshot(found, who, name).id))
    kept = visit.having(snapshot=taken[0] if taken else None)
    if apply(note_visit(kept), visit.done, visit.coming):
        session.notify("已记下")
