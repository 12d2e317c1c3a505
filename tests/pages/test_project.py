"""The page of a project: begin one, tick, plan, visit, and what is refused in words."""

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import pytest
from streamlit.testing.v1 import AppTest

import process
import schemes
from process import Standing
from process.plan import Backwards, Span
from state.documents.action import Action
from state.documents.action_changes import add_actions
from state.documents.assessment import Assessment, new_assessment
from state.documents.changes import set_scheme
from state.documents.installed_process import InstalledProcess
from state.documents.project import Attachment, Project, new_project
from state.documents.project_changes import (
    ProjectChange,
    attach,
    plan_anew,
    set_record,
    set_standing,
)
from state.service.assessments import Key, Visitor
from state.storage.line import Query
from state.storage.repository import Repository
from tests.pages.conftest import APP, charts, healthy, texts, unescaped
from tests.state.service.test_processes import OURS
from ui import files, gate, project_session, session
from ui.project_plan import replanned

READ = process.load("consultancy")
TODAY = datetime.now(timezone(timedelta(hours=8))).date()


@pytest.fixture
def kept_project() -> Callable[..., Project]:
    """Keep a project of this year after some changes."""

    def create(*changes: ProjectChange, **fields: object) -> Project:
        start = TODAY - timedelta(days=20)
        project = new_project(
            READ.id,
            READ.version,
            start,
            start + timedelta(weeks=44, days=-1),
            enterprise="小小酱园",
            **fields,
        )
        for change in (plan_anew(READ), *changes):
            project = change(project)
        project_session.service().create(project, Visitor())
        return project

    return create


def open_project(project: Project | None = None, **address: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=30)
    app.run()
    app.switch_page("pages/project.py")
    if project:
        address["p"] = project.id
    for name, value in address.items():
        app.query_params[name] = value
    return healthy(app.run())


def opened(app: AppTest, step: str) -> AppTest:
    """The page with that step open, as a click on it does."""
    if app.segmented_control(key="project-view").value != "步骤":
        app.segmented_control(key="project-view").set_value("步骤").run()
    return healthy(app.button(key=f"step-{step}").click().run())


def everything(app: AppTest) -> str:
    return unescaped(texts(app))


def test_a_project_is_begun_with_its_plan_and_an_assessment(
    repository: Repository, kept: Callable[..., Assessment]
) -> None:
    assessment = kept(sample="soy-sauce")
    app = open_project()
    app.text_input(key="new-enterprise").set_value("清溪酱油作坊").run()
    app.selectbox(key="new-scheme").set_value("condiment").run()
    app.selectbox(key="new-assessment").set_value(assessment.id).run()
    app.date_input(key="new-start").set_value(date(2026, 1, 5)).run()
    app.date_input(key="new-target").set_value(date(2026, 11, 8)).run()
    assert "通常要 44 周，这里有 44 周" in everything(app)
    healthy(app.button(key="new-project").click().run())
    (line,) = repository.list(kind=Project).lines
    project = repository.load(line.id, Project)
    assert app.query_params["p"] == project.id
    assert (project.enterprise, project.scheme, project.consultant) == (
        "清溪酱油作坊",
        "condiment",
        True,
    )
    assert project.spans["kickoff"] == Span(date(2026, 1, 5), date(2026, 1, 11))
    assert len(project.snapshots) == 1
    said = everything(app)
    assert "现在是第 1 阶段（共 5 个）：初始状态评审，还有 7 步" in said
    assert "1. **启动大会**" in app.button(key="next-kickoff").label
    assert "企业主要负责人；要有：安全标准化培训记录（启动会议）" in said
    assert [metric.value for metric in app.metric] == ["等级还没有定", "没有定"]
    assert len(charts(app)) == 1


def test_a_target_before_the_start_is_told_and_not_created(repository: Repository) -> None:
    app = open_project()
    app.date_input(key="new-start").set_value(date(2026, 5, 1)).run()
    app.date_input(key="new-target").set_value(date(2026, 4, 30)).run()
    assert "目标日期早于开始日期" in everything(app)
    healthy(app.button(key="new-project").click().run())
    assert "没有创建：目标日期 2026-04-30 早于开始日期 2026-05-01" in everything(app)
    assert repository.list(kind=Project).count == 0


def test_ticks_are_kept_and_a_step_waits_for_its_papers(
    repository: Repository, kept_project: Callable[..., Project]
) -> None:
    project = kept_project()
    app = opened(open_project(project), "kickoff")
    healthy(app.segmented_control(key="standing:kickoff").set_value("done").run())
    record = repository.load(project.id, Project).records["kickoff"]
    assert (record.standing, record.actual_end) == (Standing.DONE, TODAY)
    assert "已勾选，还缺 1 项成果" in app.button(key="step-kickoff").label
    healthy(app.segmented_control(key="standing:kickoff-record").set_value("done").run())
    assert "启动大会" not in app.button(key="step-survey").label
    app.text_area(key="note:kickoff").set_value("会开了两小时").run()
    app.text_input(key="person:kickoff").set_value("王厂长").run()
    healthy(app)
    record = repository.load(project.id, Project).records["kickoff"]
    assert (record.note, record.person) == ("会开了两小时", "王厂长")


def test_not_needed_asks_why(repository: Repository, kept_project: Callable[..., Project]) -> None:
    project = kept_project()
    app = opened(open_project(project), "account")
    healthy(app.segmented_control(key="standing:account").set_value("not_needed").run())
    assert repository.load(project.id, Project).records["account"].standing is Standing.OPEN
    healthy(app.text_input(key="reason:account").set_value("早就有账号").run())
    record = repository.load(project.id, Project).records["account"]
    assert (record.standing, record.reason) == (Standing.NOT_NEEDED, "早就有账号")


def test_dates_that_run_backwards_are_refused_and_the_field_falls_back(
    repository: Repository, kept_project: Callable[..., Project]
) -> None:
    project = kept_project()
    app = opened(open_project(project), "kickoff")
    early = project.start - timedelta(days=30)
    healthy(app.date_input(key="planned_end:kickoff").set_value(early).run())
    assert f"结束日期 {early} 早于开始日期 {project.start}，没有保存" in everything(app)
    assert app.date_input(key="planned_end:kickoff").value == project.start + timedelta(days=6)
    assert repository.load(project.id, Project).records == project.records


def test_the_plan_is_a_picture_and_a_table(kept_project: Callable[..., Project]) -> None:
    app = open_project(kept_project())
    healthy(app.segmented_control(key="project-view").set_value("工作计划").run())
    assert len(charts(app)) == 1
    assert "在表里双击日期就能改" in everything(app)


def test_days_typed_in_the_table_move_steps() -> None:
    project = plan_anew(READ)(
        new_project(READ.id, READ.version, date(2026, 1, 5), date(2026, 11, 8))
    )
    spans = project.spans
    moved = replanned(READ, spans, {1: {"计划开始": "2026-01-19"}}, follow=False)
    assert moved == {"survey": Span(date(2026, 1, 19), date(2026, 2, 1))}
    along = replanned(READ, spans, {1: {"计划完成": "2026-02-01T00:00:00"}}, follow=True)
    assert along["survey"] == Span(date(2026, 1, 12), date(2026, 2, 1))
    assert along["site-review"] == Span(date(2026, 2, 2), date(2026, 2, 22))
    with pytest.raises(Backwards):
        replanned(READ, spans, {1: {"计划完成": "2026-01-01"}}, follow=True)
    assert replanned(READ, spans, {1: {"计划完成": None}}, follow=True) == {}


def test_a_visit_begins_with_what_was_done_and_takes_a_snapshot(
    repository: Repository,
    kept: Callable[..., Assessment],
    kept_project: Callable[..., Project],
) -> None:
    assessment = kept(sample="soy-sauce")
    done = [set_standing(one, Standing.DONE, on=TODAY) for one in ("kickoff-record", "kickoff")]
    project = kept_project(*done, scheme="condiment", target_grade="一级")
    project_session.service().tie(Key(project.id), Visitor(), assessment.id)
    app = open_project(project)
    app.segmented_control(key="project-view").set_value("咨询记录").run()
    app.session_state["visit-new"] = True
    healthy(app.run())
    assert app.text_area(key="visit-done-0").value == "启动大会"
    coming = app.text_area(key="visit-coming-0").value.splitlines()
    assert coming[:3] == ["企业情况初步调查诊断", "意识培训", "账号注册"]
    assert coming[3].startswith("最省的整改：")
    assert coming[3].endswith("达到一级")
    app.selectbox(key="visit-which-0").set_value("first")
    (save,) = [button for button in app.button if button.label == "保存这次记录"]
    healthy(save.click().run())
    (visit,) = repository.load(project.id, Project).visits
    assert (visit.on, visit.visit, visit.done) == (TODAY, "first", "启动大会")
    assert repository.load(project.id, Project).snapshots[-1] == visit.snapshot
    assert "首次咨询" in everything(app)


def test_papers_are_offered_and_members_entered_where_somebody_may(
    kept: Callable[..., Assessment], kept_project: Callable[..., Project]
) -> None:
    project = kept_project()
    app = open_project(project)
    app.segmented_control(key="project-view").set_value("文件").run()
    words = everything(healthy(app))
    assert "成果 52 项：有文件 0，只有底稿 35，缺 17" in words
    offered = {one.key for one in (*app.get("download_button"), *app.button)}
    assert {"dossier-make", "made-kickoff-record", "made-diagnosis"} <= offered
    assert "made-self-report" not in offered  # nothing to make it of, and of another phase
    project_session.service().tie(Key(project.id), Visitor(), kept(sample="soy-sauce").id)
    app.session_state["papers-review"] = True
    app.session_state["papers-members"] = True
    app.session_state["papers-looks"] = True
    healthy(app.run())
    assert "只有底稿 38，缺 14" in everything(app)
    assert "made-self-report" in {one.key for one in app.get("download_button")}


def test_who_has_many_projects_sees_the_latest_ones_first(
    kept_project: Callable[..., Project],
) -> None:
    first = kept_project(set_standing("kickoff", Standing.WORK))
    ahead = [
        kept_project(
            set_record("kickoff", planned_start=TODAY, planned_end=TODAY + timedelta(days=n)),
            *(
                set_record(step, planned_start=TODAY, planned_end=TODAY + timedelta(days=90 + n))
                for step in READ.step
                if step != "kickoff"
            ),
        )
        for n in (9, 3, 6)
    ]
    app = open_project()
    keys = [b.key for b in app.button if b.key and b.key.startswith("open-project-")]
    order = [first, ahead[1], ahead[2], ahead[0]]
    assert keys == [f"open-project-{one.id}" for one in order]
    assert [one.value for one in app.subheader] == ["项目（4 个）"]
    assert "new-project" not in {b.key for b in app.button}  # until it is opened


def test_the_sample_is_a_project_of_ones_own(repository: Repository) -> None:
    app = open_project()
    healthy(app.button(key="sample-project-soy-sauce").click().run())
    assert "现在是第 3 阶段（共 5 个）：安全生产标准化实施，还有 5 步" in everything(app)
    (line,) = repository.list(Query(), Project).lines
    assert repository.load(line.id, Project).enterprise == "样例：清溪酱油作坊有限公司"
    assert charts(app)


def test_a_process_of_ones_own_is_taken_in_and_begun(repository: Repository) -> None:
    app = open_project()
    app.session_state["process-import"] = True
    loop = OURS.replace("weeks: 1", "weeks: 1\n        needs: [work]")
    healthy(app.run()).file_uploader[0].upload("a.yaml", loop.encode(), "application/yaml")
    (said,) = healthy(app.run()).error
    assert "这些步骤互相等待：meet → work → meet" in unescaped(said.value)
    app.file_uploader[0].upload("a.yaml", OURS.encode(), "application/yaml")
    healthy(app.run())
    (line,) = repository.list(kind=InstalledProcess).lines
    app.selectbox(key="new-process").set_value(line.id).run()
    healthy(app.button(key="new-project").click().run())
    (kept,) = repository.list(kind=Project).lines
    project = repository.load(kept.id, Project)
    assert (project.installed, project.process, project.process_version) == (line.id, "ours", "1")
    assert "现在是第 1 阶段（共 2 个）：准备" in everything(app)


def test_a_file_taken_away_twice_is_told(
    repository: Repository, kept_project: Callable[..., Project]
) -> None:
    link = Attachment(
        id="a" * 32,
        name="照片网盘",
        kind="link",
        link="https://example.com/x",
        at=datetime.now(timezone.utc),  # noqa: UP017
    )
    project = kept_project(attach("kickoff", link))
    app = opened(open_project(project), "kickoff")
    project_session.service().detach(Key(project.id), Visitor(), "kickoff", link.id)
    healthy(app.button(key=f"detach-{link.id}").click().run())
    assert "已被别人移除" in "\n".join(toast.value for toast in app.toast)
    assert repository.load(project.id, Project).attachments == {}


def test_a_link_that_is_none_is_told_where_it_was_typed(
    repository: Repository, kept_project: Callable[..., Project]
) -> None:
    project = kept_project()
    app = opened(open_project(project), "kickoff")
    app.session_state["attach-kickoff"] = True
    app.run()
    app.text_input(key="link-address:kickoff").set_value("javascript:alert(1)")
    (add,) = [button for button in app.button if button.label == "加上链接"]
    healthy(add.click().run())
    assert ["这不是链接，没有加上" in unescaped(error.value) for error in app.error] == [True]
    assert repository.load(project.id, Project).attachments == {}


def test_two_windows_are_asked_which_value_stays(
    repository: Repository, kept_project: Callable[..., Project]
) -> None:
    project = kept_project()
    app = opened(open_project(project), "kickoff")
    project_session.service().change(
        Key(project.id), Visitor(), set_record("kickoff", person="李主任")
    )
    healthy(app.text_input(key="person:kickoff").set_value("王厂长").run())
    assert "启动大会 谁做：您填 “王厂长”，对方填 “李主任”" in everything(app)
    assert repository.load(project.id, Project).records["kickoff"].person == "李主任"
    healthy(app.button(key="project-clash-True").click().run())
    assert repository.load(project.id, Project).records["kickoff"].person == "王厂长"


def test_a_project_that_is_gone_is_explained() -> None:
    app = open_project(p="0" * 32)
    assert "没有找到" in everything(app)
    assert "p" not in app.query_params


def test_alone_the_words_are_the_enterprises(kept_project: Callable[..., Project]) -> None:
    app = opened(open_project(kept_project(consultant=False)), "kickoff")
    assert "安全生产管理部门：先通读" in everything(app)
    assert "咨询小组" not in everything(app)


@pytest.fixture
def link_mode(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ANBIAO_MODE", "link")
    session.close_service()
    gate.door.set()
    yield
    gate.door.clear()
    session.close_service()


@pytest.mark.usefixtures("link_mode")
@pytest.mark.parametrize("helper", [False, True])
def test_a_link_shows_the_project_and_offers_what_it_may(
    helper: bool, kept_project: Callable[..., Project]
) -> None:
    project = kept_project()
    links = project_session.service().add_link(Key(project.id), Visitor(), helper).links
    app = opened(open_project(k=links[-1]), "kickoff")
    words = everything(app)
    assert ("可以勾选企业负责的部分" in words) is helper
    assert ("只读" in words) is not helper
    assert "设置" not in app.segmented_control(key="project-view").options
    keys = {one.key for one in app.segmented_control}
    assert ("standing:kickoff" in keys) is helper
    opened(app, "site-review")
    keys = {one.key for one in app.segmented_control}
    assert "standing:site-review" not in keys  # the consultant's
    assert ("standing:diagnosis" in keys) is helper
    project_session.service().drop_link(Key(project.id), Visitor(), links[-1])
    assert "没有找到" in everything(app.run()) or "打不开" in everything(app)


def test_files_of_a_page_that_shows_a_project_are_given_by_its_right(kept_project) -> None:
    """Without an assessment open, too; until the project is in the bin."""
    project = kept_project()
    open_project(project)
    shown = files.right_of("test session id")
    assert shown is not None
    assert shown.stands()
    project_session.service().discard(Key(project.id), Visitor())
    assert not shown.stands()


def test_the_overview_says_what_is_left_to_put_right(kept_project) -> None:
    days = {"a": TODAY - timedelta(days=1), "b": TODAY, "c": None}
    actions = {
        name * 32: Action(problem="阀门渗漏", item="1.1.1", due=due) for name, due in days.items()
    }
    chosen = set_scheme(schemes.load("condiment"))(new_assessment())
    assessment = add_actions(actions)(chosen)
    session.service().create(assessment, Visitor())  # with its line in the index
    project = kept_project()
    project_session.service().tie(Key(project.id), Visitor(), assessment.id)
    assert "整改还有 3 项没有完成，其中 1 项已逾期" in texts(open_project(project))
