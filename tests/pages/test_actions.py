"""The list of actions on the page 整改, and the form of one."""

from collections.abc import Callable
from datetime import date, timedelta

from streamlit.testing.v1 import AppTest

from state.documents.action import Action
from state.documents.action_changes import add_actions
from state.documents.assessment import Assessment, SavedOwnFinding
from state.documents.changes import put_own_finding, set_finding, start_reassessment
from state.storage.repository import Repository
from tests.pages.conftest import Open, healthy, texts, unescaped
from wording.dates import today

ONE, TWO, THREE = "1" * 32, "2" * 32, "3" * 32
OWN = SavedOwnFinding(id="o1", item="2.1.1", words="库房通道堆物", points="1")


def _none(assessment: Assessment) -> Assessment:
    """The sample without the actions that it shows."""
    return assessment.having(work=assessment.work.having(actions={}))


def _list(open_page: Open, assessment: Assessment) -> AppTest:
    app = open_page("rectification", assessment)
    app.segmented_control("rectification-view").set_value("actions")
    return healthy(app.run())


def _press(app: AppTest, key: str) -> AppTest:
    app.button(key).click()
    return healthy(app.run())


def _cards(app: AppTest) -> list[str]:
    return [unescaped(b.label) for b in app.button if (b.key or "").startswith("action-card:")]


def _actions(repository: Repository, assessment: Assessment) -> list[Action]:
    return list(repository.load(assessment.id).work.actions.values())


def test_all_findings_become_actions_at_once_and_only_once(
    open_page: Open, repository: Repository, workshop: Assessment, kept: Callable[..., Assessment]
) -> None:
    assessment = kept(
        lambda _: workshop.having(id="a" * 32),
        set_finding("2.1.1-c", 3),
        set_finding("5.1.1-a", 1),
        put_own_finding(OWN),
    )
    app = _press(_list(open_page, assessment), "actions:all")
    made = _actions(repository, assessment)
    assert [(a.finding, a.item, a.grade) for a in made] == [
        ("2.1.1-c", "2.1.1", "general"),
        ("own:o1", "2.1.1", "general"),
        ("5.1.1-a", "5.1.1", "general"),
    ]
    assert made[0].problem == "设置或配备不符合规定，3 处"
    assert made[1].problem == "库房通道堆物（自填）"
    assert made[0].measure.endswith("（本工具的提示，请按实际修改）")
    assert "共 3 项：未开始 3，进行中 0，已完成 0，已验证 0" in texts(app)
    assert len(_cards(app)) == 3
    assert "actions:all" not in [b.key for b in app.button]


def test_the_shortest_way_becomes_actions(
    open_page: Open, repository: Repository, kept: Callable[..., Assessment]
) -> None:
    assessment = kept(_none, sample="soy-sauce")
    app = _list(open_page, assessment)
    (label,) = [b.label for b in app.button if b.key == "actions:plan"]
    assert label == "把达到一级的最短路径列为整改"
    app = _press(app, "actions:plan")
    made = _actions(repository, assessment)
    findings = repository.load(assessment.id).work.answers.findings
    assert 0 < len(made) <= len(findings)
    assert {action.finding for action in made} <= findings.keys()


def test_an_action_is_opened_written_and_brought_back(
    open_page: Open, repository: Repository, kept: Callable[..., Assessment]
) -> None:
    due = today() - timedelta(days=3)
    action = Action(problem="通道堵塞", item="2.1.1", due=due, department="仓储部")
    assessment = kept(_none, add_actions({ONE: action}), sample="soy-sauce")
    app = _list(open_page, assessment)
    assert _cards(app) == [
        f"2.1.1 通道堵塞  \n:gray[:small[仓储部，{due} 前]]  \n:red[⚠ 逾期 3 天]"
    ]
    app = _press(app, f"action-card:{ONE}")
    app.text_input(f"action:{ONE}:person").set_value("王某")
    app.segmented_control(f"action:{ONE}:grade").set_value("major")
    healthy(app.run())
    said = texts(app)
    assert "五落实还缺：整改措施、整改资金、临时措施" in said
    app.date_input(f"action:{ONE}:start").set_value(today())
    healthy(app.run())
    assert "整改期限早于开始日期" in texts(app)
    (now,) = _actions(repository, assessment)
    assert (now.person, now.grade, now.start) == ("王某", "major", None)
    app = _press(app, f"action:{ONE}:remove")
    assert _actions(repository, assessment) == []
    app = _press(app, "action-undo")
    assert _actions(repository, assessment) == [now]


def test_closing_an_action_takes_its_finding_back(
    open_page: Open, repository: Repository, kept: Callable[..., Assessment]
) -> None:
    action = Action(problem="甲", finding="5.1.1-a", item="5.1.1")
    assessment = kept(
        _none, set_finding("5.1.1-a", 1), add_actions({ONE: action}), sample="soy-sauce"
    )
    app = _press(_list(open_page, assessment), f"action-card:{ONE}")
    assert f"action:{ONE}:back" not in [b.key for b in app.button]
    app.segmented_control(f"action:{ONE}:stage").set_value("done")
    healthy(app.run())
    assert "自评里还记着这个问题" in texts(app)
    app = _press(app, f"action:{ONE}:back")
    saved = repository.load(assessment.id)
    assert saved.work.actions[ONE].done == today()
    assert "5.1.1-a" not in saved.work.answers.findings
    assert [one.value for one in app.success] == ["已不再扣分：总分 79.2 → 79.8，等级 二级"]


def test_in_a_reassessment_it_counts_as_put_right(
    open_page: Open, repository: Repository, kept: Callable[..., Assessment]
) -> None:
    action = Action(problem="甲", finding="5.1.1-a", item="5.1.1", done=date(2026, 11, 1))
    begun = start_reassessment(date(2026, 11, 2))
    assessment = kept(
        _none, set_finding("5.1.1-a", 1), add_actions({ONE: action}), begun, sample="soy-sauce"
    )
    app = _press(_list(open_page, assessment), f"action-card:{ONE}")
    app = _press(app, f"action:{ONE}:back")
    assert repository.load(assessment.id).work.answers.earlier["5.1.1-a"].rectified == 1


def test_the_list_is_filtered(open_page: Open, kept: Callable[..., Assessment]) -> None:
    late = today() - timedelta(days=1)
    actions = {
        ONE: Action(problem="甲", item="2.1.1", department="仓储部", person="王某", due=late),
        TWO: Action(problem="乙", item="7.1.4", department="设备部", supporting="仓储部"),
        THREE: Action(problem="丙", done=late),
    }
    assessment = kept(_none, add_actions(actions), sample="soy-sauce")
    app = _list(open_page, assessment)
    assert len(_cards(app)) == 3
    app.pills("actions:stage").set_value(["late", "done"])
    healthy(app.run())
    assert [card[:3] for card in _cards(app)] == ["2.1", "丙"]
    app.pills("actions:stage").set_value([])
    app.session_state["actions:filters"] = True
    healthy(app.run())
    app.selectbox("actions:department").set_value("仓储部")
    assert [card[:3] for card in _cards(healthy(app.run()))] == ["2.1", "7.1"]
    app.selectbox("actions:element").set_value("7")
    assert [card[:3] for card in _cards(healthy(app.run()))] == ["7.1"]
    app.selectbox("actions:element").set_value(None)
    app.date_input("actions:until").set_value(late)
    assert [card[:3] for card in _cards(healthy(app.run()))] == ["2.1"]
    app.segmented_control("actions:view").set_value("table")
    (table,) = healthy(app.run()).dataframe
    assert table.value["进度"].tolist() == ["未开始，⚠ 逾期 1 天"]
