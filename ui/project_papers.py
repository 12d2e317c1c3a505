"""The papers of a project: one by one, all in a ZIP, and what is entered once for all of them."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from process import Process, Role, Standing
from process.progress import Progress
from reports.content.papers.ground import Ground
from reports.dossier import counts
from reports.papers import offered
from schemes import SchemeError, UnknownScheme
from state.documents.assessment import NAME_LENGTH
from state.documents.project import Duty, Look, Project, TeamMember
from state.documents.project_changes import set_looks, set_members
from state.documents.versions import scheme_for
from state.service.projects import ProjectRight
from state.storage.repository import RepositoryError
from ui import project_session, session
from ui.project_making import dossier_button, paper_button
from ui.project_session import apply
from wording.labels import plain
from wording.papers import DUTIES, counts_words, owner_words
from wording.projects import STANDINGS

_NAME, _DEPARTMENT, _POST = "姓名", "部门", "岗位或职务"
_WHO, _ON = "检查人", "日期"
_DUTY: dict[str, Duty] = {words: duty for duty, words in DUTIES.items()}


def papers(project: Project, read: Process, found: Progress, right: ProjectRight) -> None:
    """Draw them."""
    day = session.today()
    with st.container(horizontal=True, vertical_alignment="center"):
        dossier_button(read, day)
        st.text(
            counts_words(*counts(Ground(project, read, day), figures=bool(project.snapshots))),
            width="content",
        )
    st.caption(
        "每个阶段一个文件夹，附目录和缺什么。底稿里知道的已填好，其余留空：填好、签字盖章后，在“步骤”里上传。"
    )
    if right >= ProjectRight.EDIT:
        _members(project, read)
        _looks(project)
    current = found.current.phase.id if found.current else None
    for phase in read.phases:
        box = st.expander(
            plain(phase.title),
            expanded=phase.id == current,
            key=f"papers-{phase.id}",
            on_change="rerun",
        )
        if box.open:
            with box:
                _phase(project, read, phase.id, day)


def _phase(project: Project, read: Process, phase_id: str, day: date) -> None:
    """A line for each deliverable of the phase."""
    made = False
    for step in next(phase for phase in read.phases if phase.id == phase_id).steps:
        for one in step.deliverables:
            kind = offered(one, figures=bool(project.snapshots))
            if kind is None:
                continue
            made = True
            standing = STANDINGS[project.standings.get(one.id, Standing.OPEN)]
            count = len(project.attachments.get(one.id, ()))
            files = f" · 附件 {count}" if count else ""
            with st.container(horizontal=True, vertical_alignment="center", key=f"line-{one.id}"):
                paper_button(read, one, plain(kind.title(one)), day)
                owner = owner_words(read, project, one)
                words = plain(f"{standing}{files} · {owner}")
                st.markdown(f":gray[:small[{words}]]", width="content")
    if not made:
        st.caption("这个阶段的资料由企业自己形成，或由外部机构出具，在“步骤”里上传。")


def _members(project: Project, read: Process) -> None:
    """Who is in which body; all papers take them from here."""
    bodies = [role for role in read.roles if role.body]
    if not bodies:
        return
    box = st.expander(
        f"成员名单（{len(project.members)} 人，只填一次）",
        icon=":material/groups:",
        key="papers-members",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        rows = [_row(one, bodies) for one in project.members]
        heads = [_NAME, _DEPARTMENT, _POST, *(body.title for body in bodies)]
        texts = [_NAME, _DEPARTMENT, _POST]
        columns: dict[str, Any] = {
            name: st.column_config.TextColumn(name, max_chars=NAME_LENGTH) for name in texts
        }
        for body in bodies:
            columns[body.title] = st.column_config.SelectboxColumn(body.title, options=["", *_DUTY])
        key = f"members-{hash(tuple(one.model_dump_json() for one in project.members))}"
        st.data_editor(
            pd.DataFrame(rows, columns=heads, dtype=object),
            hide_index=True,
            num_rows="dynamic",
            key=key,
            column_config=columns,
            on_change=_members_edited,
            args=[key, project.members, bodies],
        )
        st.caption("通知、聘任文件、签到表、评审计划都从这里取名单；部门也用来分解目标。")


def _members_edited(key: str, before: Sequence[TeamMember], bodies: Sequence[Role]) -> None:
    wanted = members_after(before, st.session_state[key], bodies)
    if wanted != [*before]:
        apply(set_members(wanted, before))


def members_after(
    before: Sequence[TeamMember], edits: Mapping[str, Any], bodies: Sequence[Role]
) -> list[TeamMember]:
    """The members after rows of the table were edited, added or taken away.

    A row without a name is not one yet.
    """
    rows: list[dict[str, Any]] = [_row(one, bodies) for one in before]
    for place, cells in edits["edited_rows"].items():
        rows[int(place)] |= cells
    gone = {int(place) for place in edits["deleted_rows"]}
    rows = [row for place, row in enumerate(rows) if place not in gone]
    rows += edits["added_rows"]
    return [_member(row, bodies) for row in rows if str(row.get(_NAME) or "").strip()]


def _row(one: TeamMember, bodies: Sequence[Role]) -> dict[str, Any]:
    duties = {body.title: one.bodies.get(body.id) for body in bodies}
    shown = {title: DUTIES[duty] if duty else "" for title, duty in duties.items()}
    return {_NAME: one.name, _DEPARTMENT: one.department, _POST: one.post, **shown}


def _member(row: Mapping[str, Any], bodies: Sequence[Role]) -> TeamMember:
    return TeamMember(
        name=_text(row, _NAME),
        department=_text(row, _DEPARTMENT),
        post=_text(row, _POST),
        bodies={b.id: _DUTY[row[b.title]] for b in bodies if row.get(b.title) in _DUTY},
    )


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "").strip()[:NAME_LENGTH]


def _looks(project: Project) -> None:
    """Who looks at which element when, for the plan of the self-assessment."""
    if not project.snapshots:
        return
    box = st.expander(
        "自评分工：谁在哪天查哪个要素",
        icon=":material/checklist:",
        key="papers-looks",
        on_change="rerun",
    )
    if not box.open:
        return
    with box:
        elements = _elements()
        if not elements:
            st.caption("快照的标准不在本工具中。")
            return
        looks = [project.looks.get(element_id, Look()) for element_id in elements]
        table = pd.DataFrame(
            {
                "编号": [*elements],
                "要素": [*elements.values()],
                _WHO: [one.who for one in looks],
                _ON: [one.on for one in looks],
            }
        )
        key = f"looks-{hash(tuple((one.who, one.on) for one in looks))}"
        st.data_editor(
            table,
            hide_index=True,
            key=key,
            disabled=["编号", "要素"],
            column_config={
                _WHO: st.column_config.TextColumn(_WHO, max_chars=NAME_LENGTH),
                _ON: st.column_config.DateColumn(_ON, format="YYYY-MM-DD"),
            },
            on_change=_looks_edited,
            args=[key, [*elements], looks],
        )


def _elements() -> dict[str, str]:
    """Titles of the elements of the latest snapshot's standard, by id."""
    found = project_session.place()
    if found is None:
        return {}
    try:
        kept = project_session.service().latest_snapshot(found, session.visitor())
        scheme = scheme_for(kept.scheme, kept.work) if kept and kept.scheme else None
    except (RepositoryError, UnknownScheme, SchemeError):
        return {}
    return {one.id: one.title for one in scheme.elements} if scheme else {}


def _looks_edited(key: str, elements: Sequence[str], before: Sequence[Look]) -> None:
    try:
        wanted = looks_after(elements, before, st.session_state[key]["edited_rows"])
    except ValueError:
        session.warn(["这不是日期，没有保存"])
    else:
        apply(set_looks(wanted))


def looks_after(
    elements: Sequence[str], before: Sequence[Look], edits: Mapping[int, Mapping[str, Any]]
) -> dict[str, Look]:
    """What differs after rows of the table were edited, by element. Raises: ValueError."""
    wanted = {}
    for place, cells in edits.items():
        one = before[int(place)]
        if _WHO in cells:
            one = one.having(who=_text(cells, _WHO))
        if _ON in cells:
            day = cells[_ON]
            one = one.having(on=date.fromisoformat(str(day)[:10]) if day else None)
        wanted[elements[int(place)]] = one
    return wanted
