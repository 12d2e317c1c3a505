"""The re-assessment of the tobacco sample: begun, worked on, compared, given up."""

from datetime import date

import pytest

import schemes
from state.documents.changes import set_earlier, set_finding, set_reviewed, start_reassessment
from tests.pages.conftest import engine_result, healthy, texts

ONE, SEVERAL, FORFEIT = "C.1-2-2.3", "D.1-2-2.3", "C.3-3-3.1.none"
"""Earlier findings of the sample: counted and made once, counted and made 4 times, not counted."""


@pytest.fixture
def depot(kept):
    """The tobacco sample as it was self-assessed."""
    return kept(sample="tobacco-distribution")


@pytest.fixture
def reassessed(kept):
    """The tobacco sample at the beginning of its re-assessment."""
    return kept(start_reassessment(date(2026, 11, 20)), sample="tobacco-distribution")


def totals(app):
    """What stands under 自评 and 复评, by name."""
    return {m.label: m.value for m in app.metric if m.label in ("自评", "复评")}


def earlier_of(repository, assessment, condition):
    found = repository.load(assessment.id).work.answers.earlier[condition]
    return found.count, found.rectified, found.planned, found.open


def gone_through(assessment):
    """Everything looked at again, and every earlier finding still there."""
    assessment = set_reviewed(list(schemes.load("tobacco").items), True)(assessment)
    for condition, found in assessment.work.answers.earlier.items():
        assessment = set_earlier(condition, still=found.count)(assessment)
    return assessment


def item_of(repository, assessment, item):
    return engine_result(repository.load(assessment.id)).items[item]


def score_of(repository, assessment, item):
    return item_of(repository, assessment, item).score


def test_a_reassessment_begins_with_what_was_found_and_nothing_decided(
    open_page, repository, depot
):
    """Sure are the 22 points of the management that are absent and count in full."""
    app = open_page("results", depot)
    assert totals(app) == {}
    healthy(app.button(key="reassess-now").click().run())
    work = repository.load(depot.id).work
    assert {c: e.count for c, e in work.answers.earlier.items()} == depot.work.answers.findings
    assert (work.answers.findings, work.answers.reviewed) == ({}, [])
    assert work.reassessment.self_assessment == depot.work
    assert totals(app) == {"自评": "842.7 · 二级", "复评": "22.0 – 1000.0 · 等级待定"}
    assert "各要素得分还没有变化" in texts(app)
    assert "reassess-now" not in {button.key for button in app.button}


def test_gone_through_without_a_change_it_has_the_total_of_the_self_assessment(open_page, kept):
    again = kept(
        start_reassessment(date(2026, 11, 20)), gone_through, sample="tobacco-distribution"
    )
    app = open_page("results", again)
    assert totals(app) == {"自评": "842.7 · 二级", "复评": "842.7 · 二级"}


def test_a_finding_made_once_is_undecided_until_its_state_is_chosen(
    open_page, repository, reassessed
):
    app = open_page("assess", reassessed, item="C.1-2")
    states = app.segmented_control(key=f"earlier:{ONE}")
    assert (states.options, states.value) == (["已整改", "已计划，未完成", "未整改"], None)
    assert score_of(repository, reassessed, "C.1-2") == 4
    for chosen, kept, score in [
        ("planned", (1, 0, 1, 0), 4.5),
        ("rectified", (1, 1, 0, 0), 5),
        ("open", (1, 0, 0, 1), 4),
    ]:
        healthy(app.segmented_control(key=f"earlier:{ONE}").set_value(chosen).run())
        assert earlier_of(repository, reassessed, ONE) == kept
        assert score_of(repository, reassessed, "C.1-2") == score
        shown = open_page("assess", reassessed, item="C.1-2")
        assert shown.segmented_control(key=f"earlier:{ONE}").value == chosen
    healthy(app.segmented_control(key=f"earlier:{ONE}").set_value(None).run())
    assert earlier_of(repository, reassessed, ONE) == (1, 0, 0, 0)


def test_an_item_counts_only_when_each_earlier_finding_is_decided(
    open_page, repository, reassessed
):
    app = open_page("assess", reassessed, item="D.1-2")
    healthy(app.button(key="on").click().run())  # marked, and not enough
    assert not item_of(repository, reassessed, "D.1-2").reviewed
    app = open_page("assess", reassessed, item="D.1-2")
    for key, number in [("rectified", 1), ("planned", 2), ("open", 1)]:
        assert "已核查 0/103 条" in texts(app)
        healthy(app.number_input(key=f"{key}:{SEVERAL}").set_value(number).run())
    assert "已全部说明" in texts(app)
    assert "已核查 1/103 条" in texts(app)


def test_what_is_marked_and_not_decided_is_jumped_to(open_page, kept):
    begun = kept(
        start_reassessment(date(2026, 11, 20)),
        gone_through,
        set_earlier(SEVERAL, still=3),
        sample="tobacco-distribution",
    )
    app = open_page("assess", begun, item="C.1-1")
    assert "已核查 102/103 条" in texts(app)
    healthy(app.button(key="open").click().run())
    assert app.query_params["item"] == "D.1-2"
    assert "共 4 处，还有 1 处没有说明，暂按未整改扣分" in texts(app)
    assert app.button(key="finish").label == "核查完毕，看结果"  # not 全部


@pytest.mark.parametrize("times", [1, 3])
def test_a_forfeit_is_asked_once_and_costs_half_the_item_with_a_plan(
    open_page, repository, kept, times
):
    """However often it was found: an imported file may say more than once."""
    found = [set_finding(FORFEIT, times), start_reassessment(date(2026, 11, 20))]
    begun = kept(*found, sample="tobacco-distribution")
    app = open_page("assess", begun, item="C.3-3")
    assert score_of(repository, begun, "C.3-3") == 0
    healthy(app.segmented_control(key=f"earlier:{FORFEIT}").set_value("planned").run())
    assert earlier_of(repository, begun, FORFEIT) == (times, 0, times, 0)
    assert score_of(repository, begun, "C.3-3") == 2.5
    healthy(app.segmented_control(key=f"earlier:{FORFEIT}").set_value("rectified").run())
    assert score_of(repository, begun, "C.3-3") == 5


def test_of_a_finding_made_several_times_each_state_is_counted(open_page, repository, reassessed):
    app = open_page("assess", reassessed, item="D.1-2")
    assert "共 4 处，还有 4 处没有说明，暂按未整改扣分" in texts(app)
    app.number_input(key=f"rectified:{SEVERAL}").set_value(1).run()
    healthy(app.number_input(key=f"planned:{SEVERAL}").set_value(2).run())
    assert earlier_of(repository, reassessed, SEVERAL) == (4, 1, 2, 0)
    assert "共 4 处，还有 1 处没有说明，暂按未整改扣分" in texts(app)
    healthy(app.number_input(key=f"open:{SEVERAL}").set_value(1).run())
    assert earlier_of(repository, reassessed, SEVERAL) == (4, 1, 2, 1)
    assert "共 4 处，已全部说明" in texts(app)
    assert score_of(repository, reassessed, "D.1-2") == 8


def test_rectifying_more_leaves_no_more_planned_than_there_are(open_page, repository, reassessed):
    app = open_page("assess", reassessed, item="D.1-2")
    app.number_input(key=f"planned:{SEVERAL}").set_value(4).run()
    healthy(app.number_input(key=f"rectified:{SEVERAL}").set_value(3).run())
    assert earlier_of(repository, reassessed, SEVERAL) == (4, 3, 1, 0)
    planned = app.number_input(key=f"planned:{SEVERAL}")
    assert (planned.value, planned.max) == (1, 1)
    healthy(app.number_input(key=f"rectified:{SEVERAL}").set_value(4).run())
    healthy(app.number_input(key=f"rectified:{SEVERAL}").set_value(0).run())
    assert earlier_of(repository, reassessed, SEVERAL) == (4, 0, 0, 0)


def test_what_is_found_anew_stands_beside_what_was_found_earlier(open_page, repository, reassessed):
    app = open_page("assess", reassessed, item="D.1-2")
    assert app.segmented_control(key=f"finding:{SEVERAL}").value == "met"
    healthy(app.segmented_control(key=f"finding:{SEVERAL}").set_value("unmet").run())
    assert repository.load(reassessed.id).work.answers.findings == {SEVERAL: 1}
    assert earlier_of(repository, reassessed, SEVERAL) == (4, 0, 0, 0)
    assert score_of(repository, reassessed, "D.1-2") == 5


def test_an_item_without_earlier_findings_asks_for_none(open_page, reassessed):
    assert "自评时发现" in texts(open_page("assess", reassessed, item="C.1-2"))
    assert "自评时发现" not in texts(open_page("assess", reassessed, item="C.1-1"))


def test_both_totals_and_the_elements_that_changed_are_shown(open_page, kept):
    """K = 320 + 650 × 256 ÷ 319: one point more of C, two of D.1, three less of F.2."""
    changes = [
        gone_through,
        set_earlier(ONE, 1, 0),
        set_earlier(SEVERAL, 1, 2),
        set_finding("F.2-1-1.1", 1),
    ]
    worked_on = kept(
        start_reassessment(date(2026, 11, 20)), *changes, sample="tobacco-distribution"
    )
    app = open_page("results", worked_on)
    assert totals(app) == {"自评": "842.7 · 二级", "复评": "841.6 · 二级"}
    assert "复评始于 2026-11-20" in texts(app)
    table = app.dataframe[0].value
    assert list(table["编号"]) == ["C.1", "D.1", "F.2"]
    assert list(table["自评得分"]) == ["13", "11", "38"]
    assert list(table["复评得分"]) == ["14", "13", "35"]
    assert list(table["变化"]) == ["+1", "+2", "−3"]


def test_giving_the_reassessment_up_brings_the_self_assessment_back(open_page, repository, depot):
    app = open_page("results", depot)
    app.button(key="reassess-now").click().run()
    worked_on = open_page("assess", depot, item="D.1-2")
    worked_on.number_input(key=f"rectified:{SEVERAL}").set_value(4).run()
    worked_on.segmented_control(key="finding:D.1-2-2.1").set_value("unmet").run()
    worked_on.button(key="on").click().run()
    app = open_page("results", depot)
    healthy(app.button(key="give-up-now").click().run())
    assert repository.load(depot.id).work == depot.work
    assert app.metric[0].value == "842.7"
    assert totals(app) == {}
    assert "reassess-now" in {button.key for button in app.button}


@pytest.mark.parametrize("sample", ["soy-sauce", "hazchem-plant", "model-enterprise"])
def test_a_standard_without_reassessment_offers_none(open_page, kept, sample):
    app = open_page("results", kept(sample=sample))
    assert not {"reassess-now", "give-up-now"} & {button.key for button in app.button}
    assert "复评" not in texts(app)


def test_a_window_left_open_can_begin_no_second_reassessment(open_page, repository, depot):
    app, other = open_page("results", depot), open_page("results", depot)
    app.button(key="reassess-now").click().run()
    begun = repository.load(depot.id)
    healthy(other.button(key="reassess-now").click().run())
    assert repository.load(depot.id) == begun
    assert set(totals(other)) == {"自评", "复评"}


def test_the_group_is_asked_for_by_the_name_it_has(open_page, depot, reassessed):
    for assessment, group in ((depot, "自评组"), (reassessed, "复评组")):
        app = open_page("enterprise", assessment)
        assert app.text_input(key="profile:leader").label == f"{group}组长"
        assert app.text_area(key="profile:members").label == f"{group}成员"


def test_the_chapters_speak_of_what_the_assessment_is(open_page, depot, reassessed):
    for assessment, kind in ((depot, "自评"), (reassessed, "复评")):
        areas = open_page("report", assessment).text_area
        labels = [area.label for area in areas if area.key.startswith("chapter:")]
        assert f"{kind}结论和申请等级" in labels
