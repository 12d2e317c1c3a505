import pytest

import schemes
from state.documents.changes import (
    choose_facet,
    set_facet,
    set_finding,
    set_not_applicable,
    set_profile,
    set_reviewed,
    set_text,
)
from state.service.assessments import Key
from tests.pages.conftest import charts, healthy, texts, unescaped
from ui import session

SAID = {
    "soy-sauce": (
        "总分（满分 100）",
        "79.8",
        "二级",
        [
            "**一级：未满足**",
            "× 总分 79.8 低于 90",
            "**二级：全部满足**",
            "✓ 总分 79.8 不低于 75",
            "✓ 申请评审前一年内，生产安全事故死亡人数 0，不超过 0",
        ],
    ),
    "hazchem-plant": (
        "总分范围（满分 100）",
        "80.80 – 82.20",
        "未达到评分要求",
        [
            "**一级、二级、三级：未满足**",
            "✓ 总分 82.20 不低于 80",
            "× 要素 7 作业安全 49.00 低于 60",
            "× 存在重大事故隐患（1 项），整改前不能申请定级",
            "已核查 51/53 条，范围的下限按未核查内容最坏的情况计",
        ],
    ),
    "tobacco-distribution": (
        "总分（满分 1000）",
        "842.7",
        "二级",
        ["× 总分 842.7 低于 900", "✓ 总分 842.7 不低于 800", "✓ 当年发生重大安全事故：否"],
    ),
    "model-enterprise": (
        "总分范围（满分 100）",
        "83.2 – 84.8",
        "本标准不评等级",
        ["总分在 83.2 – 84.8 之间，不低于参考线（111号文） 80", "已核查 73/75 条"],
    ),
}
"""Heading of the total, total, grade and some lines of each sample."""


@pytest.mark.parametrize("sample", SAID)
def test_total_grade_and_every_gate_are_shown(open_page, kept, sample):
    heading, total, grade, lines = SAID[sample]
    app = open_page("results", kept(sample=sample))
    assert (app.metric[0].label, app.metric[0].value) == (heading, total)
    shown = unescaped(texts(app))
    assert f"### {grade}\n" in shown
    for line in lines:
        assert line in shown
    if sample == "soy-sauce":
        assert "× 总分 79\\.8 低于 90" in texts(app)  # what has a meaning in Markdown is escaped


@pytest.mark.parametrize("page", ["results", "assess"])
def test_absent_contents_that_count_in_full_have_a_total(open_page, repository, kept, page):
    """The 350 points of the basic management, which an absent item of it does not lose."""
    depot = kept(sample="tobacco-distribution")
    absent = depot
    for item in schemes.load("tobacco").items:
        absent = set_not_applicable(item, True)(absent)
    repository.save(absent.stamped(), expected_revision=depot.revision)
    app = open_page(page, absent)
    if page == "results":
        assert app.metric[0].value == "350.0"
    else:
        assert "## 350.0 " in texts(app)


def test_findings_can_be_filtered(open_page, kept):
    """Of the 880 points that apply the workshop has 702."""
    app = open_page("results", kept(sample="soy-sauce"))
    table = app.dataframe[-1].value
    assert len(table) == 48
    assert table["扣分"].sum() == 178
    app.selectbox(key="by_element").set_value("5").run()
    table = app.dataframe[-1].value
    assert list(table["条款"]) == ["5.1.3-a", "5.1.3-c", "5.3.1-b", "5.4.1-a", "5.5.1-a"]
    assert list(table["扣分"]) == [4, 3, 4, 25, 10]  # 15 of the item and the 10 that follow
    assert list(table["方式"])[2:] == ["扣分", "扣分，扣满追加 10", "扣分"]
    app.selectbox(key="by_rule").set_value("exhausted_extra").run()
    assert list(app.dataframe[-1].value["条款"]) == ["5.4.1-a"]
    healthy(app.text_input(key="by_word").input("没有这个词").run())
    assert app.dataframe[-1].value.empty


def test_an_untouched_assessment_has_a_result_page(open_page, workshop):
    app = open_page("results", workshop)
    assert "还没有扣分" in texts(app)
    assert "没有记录问题" in texts(app)


def test_a_remark_is_data_not_markup(open_page, repository, workshop):
    remark = "<img src=x onerror=alert(1)>"
    changed = set_text("remarks", "2.1.1", "", remark)(set_finding("2.1.1-a", 1)(workshop))
    repository.save(changed.stamped(), expected_revision=workshop.revision)
    app = open_page("results", workshop)
    assert remark in set(app.dataframe[-1].value["备注"])
    assert not any(remark in m.value for m in app.markdown)


def test_a_part_of_the_standard_can_be_chosen_and_two_elements_are_bars(open_page, kept):
    """319 of 350 points, 188 of 229, and 69 of 90."""
    app = open_page("results", kept(sample="tobacco-distribution"))
    choice = app.segmented_control(key="part")
    assert choice.options == [
        "基础管理规范 91.14%",
        "烟草企业通用安全技术和现场规范 82.10%",
        "烟草商业企业安全技术和现场规范 76.67%",
    ]
    management = "86.67 80.00 53.33 100.00 85.00 90.00 100.00 100.00 80.00 85.00 100.00"
    management += " 100.00 100.00 100.00 92.00 95.00 100.00 86.67 85.00 100.00 100.00"
    site = "73.33 76.00 100.00 100.00 100.00 87.50 90.00 83.33 86.67 100.00 70.91 66.67"
    for part, kinds, percents in [
        ("C", ["scatterpolar", "bar"], management),
        ("D", ["scatterpolar", "bar"], site),
        ("F", ["bar"], "76.00 77.50"),
    ]:
        healthy(app.segmented_control(key="part").set_value(part).run())
        drawn = charts(app)
        assert [chart["type"] for chart in drawn] == kinds
        assert drawn[-1]["text"] == [f"{percent}%" for percent in percents.split()]


def test_a_standard_without_parts_offers_no_choice_of_them(open_page, kept):
    app = open_page("results", kept(sample="soy-sauce"))
    assert "part" not in {control.key for control in app.segmented_control}
    assert [chart["type"] for chart in charts(app)] == ["scatterpolar", "bar"]


def test_a_part_that_fell_away_meanwhile_is_no_longer_shown(open_page, repository, kept):
    depot = kept(sample="tobacco-distribution")
    app = open_page("results", depot)
    app.segmented_control(key="part").set_value("F").run()
    without = choose_facet("enterprise", None)(depot).stamped()
    repository.save(without, expected_revision=depot.revision)
    healthy(app.run())
    assert app.segmented_control(key="part").value == "C"
    assert len(app.segmented_control(key="part").options) == 2


def test_a_standard_without_grades_says_so_and_shows_no_gates(open_page, kept):
    app = open_page("results", kept(sample="model-enterprise"))
    said = texts(app)
    assert "### 本标准不评等级" in said
    assert "不低于参考线（111号文） 80" in said
    verdict, _, _ = said.partition("#### 问题清单")
    assert not any(word in verdict for word in ("一级", "二级", "三级", "满足", "×"))
    assert [chart["type"] for chart in charts(app)] == ["scatterpolar", "bar"]


# What to put right first --------------------------------------------------------------------------


def test_what_unlocks_a_grade_comes_first_then_what_brings_most(open_page, kept):
    """7.1 lifts element 7 from 49 to 69 and ends the major hazard; each point there is 0.15."""
    app = open_page("results", kept(sample="hazchem-plant"))
    rows = [button for button in app.button if (button.key or "").startswith("fix-")]
    keys = [row.key.removeprefix("fix-") for row in rows]
    assert keys[:7] == ["7.1", "7.3", "3.6", "7.4", "5.4", "6.2", "7.2"]
    labels = [unescaped(row.label) for row in rows]
    assert labels[0].startswith("**+3.00 分**　7.1 ")
    assert labels[0].endswith(":green-badge[只改好这一处，就有可能达到评分线]")
    assert labels[1].startswith("**+3.00 分**　7.3 ")
    assert [label.split(" ")[0] for label in labels[2:7]] == [
        "**+1.50", "**+1.05", "**+0.80", "**+0.71", "**+0.60"
    ]  # fmt: skip
    assert not any("只改好这一处" in label for label in labels[1:])


def test_with_everything_looked_at_it_is_said_for_certain(open_page, kept):
    everything = set_reviewed(list(schemes.load("hazchem").items), True)
    app = open_page("results", kept(everything, sample="hazchem-plant"))
    assert app.metric[0].value == "82.20"
    assert app.button(key="fix-7.1").label.endswith("[只改好这一处，就达到评分线]")


def test_a_row_opens_its_item(open_page, kept):
    plant = kept(sample="hazchem-plant")
    app = open_page("results", plant)
    healthy(app.button(key="fix-7.3").click().run())
    assert "### 逐项自评" in [m.value for m in app.markdown]
    assert app.query_params["item"] == "7.3"


def test_a_finding_becomes_an_action_from_the_list_of_results(open_page, kept, repository):
    plant = kept(sample="hazchem-plant")
    app = open_page("results", plant)
    one = app.selectbox(key="finding:action")
    finding = "7.3-e"
    healthy(one.select(finding).run())
    app = healthy(app.button(key="finding:action:add").click().run())
    assert app.segmented_control(key="rectification-view").value == "actions"
    (action,) = repository.load(plant.id).work.actions.values()
    assert (action.finding, action.item) == (finding, "7.3")
    assert "删除这项整改" in [button.label for button in app.button]  # it is open


def test_a_row_of_an_item_with_groups_opens_the_first_not_looked_at(open_page, workshop):
    app = open_page("assess", workshop, item="6.2.6", group="12")
    healthy(app.segmented_control(key="finding:6.2.6-12.6").set_value("unmet").run())
    app.switch_page("pages/results.py")
    healthy(app.run())
    healthy(app.button(key="fix-6.2.6").click().run())
    assert (app.query_params["item"], app.query_params["group"]) == ("6.2.6", "11")


def test_a_read_only_link_shows_the_rows_and_opens_nothing(open_page, kept):
    link = session.service().add_link(Key(kept(sample="hazchem-plant").id), session.visitor())
    app = open_page("results", **{session.LINK: link.links[0]})
    assert not [button for button in app.button if (button.key or "").startswith("fix-")]
    assert "**+3.00 分**　7.1 " in unescaped(texts(app))
    assert all(control.disabled for control in app.segmented_control)
    assert "finding:action" not in [one.key for one in app.selectbox]


# Beside the total ---------------------------------------------------------------------------------


def test_the_share_marked_absent_by_hand_stands_beside_the_total(open_page, kept):
    """10.1.8 has 5 of the 885 points that facets leave of the soy-sauce workshop's standard."""
    shown = unescaped(texts(open_page("results", kept(sample="soy-sauce"))))
    assert "自行标为不适用 5 分，占应评分值的 0.56%" in shown
    shown = unescaped(texts(open_page("results", kept(sample="hazchem-plant"))))
    assert "自行标为不适用" not in shown


def test_a_finding_below_a_question_answered_otherwise_is_told(open_page, kept):
    """5.4.1-a counts only where there is special work."""
    sample = kept(
        set_facet("special_work", ["special_operations", "special_equipment"], []),
        sample="soy-sauce",
    )
    for page in ("results", "assess", "scope"):
        shown = unescaped(texts(open_page(page, sample)))
        assert (
            "1 项扣分记录不适用（适用范围中没有，或已标为不适用），已保留但不计分：5.4.1-a" in shown
        ), page


# Conditions of application ------------------------------------------------------------------------


def requisites(app):
    return [c.key for c in app.segmented_control if c.key.startswith("application:")]


def test_conditions_of_application_are_answered_and_counted_beside_the_grade(
    open_page, repository, kept
):
    """The sample aims at 三级: one condition of its own, and nine of all grades."""
    sample = kept(sample="soy-sauce")
    app = open_page("results", sample)
    assert requisites(app) == ["application:c3", *(f"application:a{n}" for n in range(1, 10))]
    assert "申请条件自查：符合 0，不符合 0，待答 10" in _boxes(app)
    healthy(app.segmented_control(key="application:c3").set_value("yes").run())
    healthy(app.segmented_control(key="application:a4").set_value("no").run())
    assert repository.load(sample.id).work.answers.application == {"c3": "yes", "a4": "no"}
    assert "申请条件自查：符合 1，不符合 1，待答 8" in _boxes(app)
    assert app.metric[0].value == "79.8"
    assert "### 二级\n" in texts(app)  # never part of the score
    healthy(app.segmented_control(key="application:a4").set_value(None).run())
    assert repository.load(sample.id).work.answers.application == {"c3": "yes"}


def _boxes(app):
    return [box.label for box in app.expander]


def test_those_of_every_grade_are_asked_while_none_is_aimed_at(open_page, kept):
    app = open_page("results", kept(set_profile("target_grade", ""), sample="soy-sauce"))
    assert len(requisites(app)) == 15
    app = open_page("results", kept(set_profile("target_grade", "一级"), sample="soy-sauce"))
    assert len(requisites(app)) == 13  # c1, a1–a9, b1–b3
    assert requisites(open_page("results", kept(sample="model-enterprise"))) == []
