"""Begin a project, or go on with one."""

import contextlib
from datetime import date, timedelta

import streamlit as st

import process
import schemes
from process import Process
from process.plan import Backwards, work_plan
from state.documents.access import KEEP
from state.documents.assessment import NAME_LENGTH
from state.documents.installed_process import ProcessFault
from state.documents.project import ProjectFault, new_project
from state.documents.project_changes import plan_anew
from state.documents.project_examples import example_titles
from state.service.assessments import Key
from state.service.project_example import keep_example
from state.storage.line import Found, Line, Query
from state.storage.repository import RepositoryError
from ui import project_session, session, standard_session
from ui.project_settings import grades_of, own_assessments
from ui.uploads import uploader
from wording.labels import plain
from wording.projects import listed_words, plan_words, urgency

_SHOWN = 60

_FEW = 3
"""Projects that have room beside the form; who has more looks at them first."""


def begin() -> None:
    """Draw the form of a new project, beside or below the projects that there are."""
    service, who = project_session.service(), session.visitor()
    try:
        found = service.list(who, Query(deleted=False, limit=_SHOWN))
        binned = service.list(who, Query(deleted=True, limit=_SHOWN)).lines
    except RepositoryError as error:
        st.text(str(error))
        found, binned = Found([], 0), []
    if len(found.lines) > _FEW:
        st.subheader(f"项目（{found.count} 个）", anchor=False)
        _portfolio(found)
        _bin(binned)
        opened = st.expander(
            "创建标准化项目", icon=":material/add:", key="new-project-form", on_change="rerun"
        )
        if opened.open:
            with opened:
                _form()
        _import_process()
        _samples()
        return
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader("创建标准化项目", anchor=False)
        _form()
        _import_process()
    with right:
        st.subheader("继续以前的项目", anchor=False)
        if not found.lines:
            st.caption("还没有项目。")
        for line in found.lines:
            _row(line)
        _bin(binned)
        _samples()


def _samples() -> None:
    """Examples to look at, each a copy of one's own."""
    for name, title in example_titles().items():
        st.button(
            title,
            icon=":material/science:",
            key=f"sample-project-{name}",
            on_click=_sample,
            args=[name],
        )


def _sample(name: str) -> None:
    service, who = project_session.service(), session.visitor()
    try:
        kept = keep_example(session.service(), service, who, name, session.today())
    except (ProjectFault, RepositoryError) as error:
        session.warn([f"样例没有打开：{error}"])
    else:
        project_session.open_project(kept)


def _portfolio(found: Found) -> None:
    """All projects, two in a row; what is late most first, then by the next date."""
    st.caption("迟得多的在前，其余按下一个日期。")
    today = session.today()
    lines = sorted(found.lines, key=lambda line: urgency(line.facts, today))
    for place in range(0, len(lines), 2):
        for column, line in zip(st.columns(2), lines[place : place + 2], strict=False):
            with column:
                _row(line)
    if found.count > len(lines):
        st.caption(f"另有 {found.count - len(lines)} 个更早的项目")


def _form() -> None:
    installed, read = _process()
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
    _told_time(read, start, target)
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
            read,
            (start, target),
            joined,
            installed=installed,
            enterprise=enterprise,
            scheme=scheme,
            target_grade=grade or "",
            consultant=consultant,
            firm=firm,
        )


def _process() -> tuple[str | None, Process]:
    """Which process is chosen, with the id of its document where somebody brought it."""
    shipped = {f"shipped:{one}": process.load(one) for one in process.available()}
    own: dict[str, str] = {}
    with contextlib.suppress(RepositoryError):
        found = project_session.processes().list(session.visitor())
        own = {line.id: line.title for line in found if not line.is_unreadable}
    names = {key: read.title for key, read in shipped.items()} | own
    chosen = next(iter(shipped))
    if len(names) > 1:
        chosen = st.selectbox(
            "按哪个流程？", [*names], format_func=names.__getitem__, key="new-process"
        )
    if chosen in own:
        try:
            return chosen, project_session.processes().read(chosen)
        except (RepositoryError, ProcessFault) as error:
            st.text(str(error))
            chosen = next(iter(shipped))
    return None, shipped[chosen]


def _import_process() -> None:
    """Take in a process of one's own; what is wrong with it is said as `validate` says it."""
    box = st.expander(
        "用自己的创建流程", icon=":material/upload:", key="process-import", on_change="rerun"
    )
    if not box.open:
        return
    with box:
        turn = st.session_state.get("process-turn", 0)
        file = uploader("YAML 文件，写法见 docs/add-a-process.md", 1, key=f"process-file-{turn}")
        refused = st.session_state.pop("process-refused", "")
        if refused:
            st.error(plain(refused), icon=":material/error:")
        if file is None:
            return
        st.session_state["process-turn"] = turn + 1
        try:
            kept = project_session.processes().install(file.getvalue(), session.visitor())
        except (ProcessFault, RepositoryError) as error:
            st.session_state["process-refused"] = str(error)
        else:
            session.notify(f"已导入“{kept.called}”{kept.version} 版，可以用它创建项目")
        st.rerun()


def _told_time(read: Process, start: object, target: object) -> None:
    """Whether the time is enough, before anything is created."""
    if not isinstance(start, date) or not isinstance(target, date):
        return
    try:
        plan = work_plan(read, start, target)
    except Backwards:
        st.error("目标日期早于开始日期，请改一下。", icon=":material/error:")
        return
    words = plan_words(plan, start, target)
    if plan.tight:
        st.warning(words, icon=":material/schedule:")
    else:
        st.caption(words)


def _create(read: Process, days: tuple[object, object], joined: str, **fields: object) -> None:
    start, target = days
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


def _bin(binned: list[Line]) -> None:
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
