from datetime import date

import pytest

import schemes
from state.documents.changes import set_finding, set_performance, set_scheme
from tests.pages.conftest import engine_result, healthy, texts


def test_every_field_is_saved_as_it_is_left(open_page, repository, workshop):
    app = open_page("enterprise", workshop)
    app.text_input(key="profile:industry").input("酱油").run()
    app.number_input(key="profile:employees").set_value(38).run()
    app.date_input(key="profile:period_start").set_value(date(2026, 1, 1)).run()
    app.text_area(key="profile:members").input("甲\n乙").run()
    app.segmented_control(key="profile:target_grade").select("二级").run()
    app.number_input(key="performance:deaths").set_value(0).run()
    healthy(app)
    saved = repository.load(workshop.id)
    assert saved.profile.industry == "酱油"
    assert saved.profile.employees == 38
    assert saved.profile.period_start == date(2026, 1, 1)
    assert saved.profile.members == "甲\n乙"
    assert saved.profile.target_grade == "二级"
    assert saved.work.answers.performance == {"deaths": 0}


def test_text_is_kept_and_shown_exactly_as_typed(open_page, repository, workshop):
    name = "<script>alert(1)</script> **粗** $x$ 🏭𠮷 =SUM(A1)"
    app = open_page("enterprise", workshop)
    healthy(app.text_input(key="profile:name").input(name).run())
    assert repository.load(workshop.id).profile.name == name
    assert any(name in text.value for text in app.text)
    assert not any("<script>" in m.value for m in app.markdown)


def test_the_fitting_standard_is_suggested(open_page, kept):
    app = open_page("enterprise", kept())
    app.text_input(key="profile:industry").input("食醋酿造").run()
    assert "调味品" in app.success[0].value


def test_changing_the_standard_and_back_loses_nothing(open_page, repository, workshop):
    marked = set_finding("1.1.1-a", 1)(workshop).stamped()
    repository.save(marked, expected_revision=workshop.revision)
    app = open_page("enterprise", workshop)
    app.radio(key="scheme").set_value("hazchem").run()
    assert repository.load(workshop.id).work.answers.findings == {}
    healthy(app.radio(key="scheme").set_value("condiment").run())
    assert repository.load(workshop.id).work == marked.work


def test_every_installed_standard_can_be_chosen(open_page, repository, kept):
    for scheme_id in schemes.available():
        assessment = kept()
        app = open_page("enterprise", assessment)
        healthy(app.radio(key="scheme").set_value(scheme_id).run())
        assert repository.load(assessment.id).scheme == scheme_id


def test_a_period_that_ends_before_it_begins_is_pointed_out(open_page, workshop):
    app = open_page("enterprise", workshop)
    app.date_input(key="profile:period_start").set_value(date(2026, 2, 1)).run()
    app.date_input(key="profile:period_end").set_value(date(2026, 1, 1)).run()
    assert "考评期结束早于开始" in app.warning[0].value


def test_the_standard_is_explained_with_every_reading_under_its_heading(open_page, workshop):
    app = open_page("enterprise", workshop)
    about = app.expander[0].markdown[0].value
    readings = about.split("本工具对原文的理解：")[1]
    assert readings.count("\n- ") == len(schemes.load("condiment").interpretations)


def test_a_yes_no_question_is_answered_changed_and_taken_back(open_page, repository, kept):
    factory = kept(set_scheme(schemes.load("tobacco")))
    app = open_page("enterprise", factory)
    key = "performance:major_accident"
    assert app.segmented_control(key=key).label == "当年发生重大安全事故？"
    assert app.segmented_control(key=key).options == ["否", "是"]
    assert app.segmented_control(key=key).value is None
    for chosen, saved in [(1, {"major_accident": 1}), (0, {"major_accident": 0}), (None, {})]:
        healthy(app.segmented_control(key=key).set_value(chosen).run())
        assert repository.load(factory.id).work.answers.performance == saved
        assert open_page("enterprise", factory).segmented_control(key=key).value == chosen


@pytest.mark.parametrize(
    ("question", "grade"), [("target_missed", "三级"), ("major_accident", "未达到任何等级")]
)
def test_a_yes_to_a_safety_record_question_lowers_the_grade(open_page, kept, question, grade):
    depot = kept(sample="tobacco-distribution")
    assert engine_result(depot).grade == "二级"
    app = open_page("enterprise", depot)
    healthy(app.segmented_control(key=f"performance:{question}").set_value(1).run())
    assert f"### {grade}" in texts(open_page("results", depot))


def test_a_yes_no_question_left_open_counts_as_no_and_the_result_says_so(open_page, kept):
    left_open = [set_performance("target_missed", None), set_performance("major_accident", 0)]
    app = open_page("results", kept(*left_open, sample="tobacco-distribution"))
    assert "未填写“当年未完成省级公司下达的事故控制指标”，按否计" in texts(app)
    assert "未填写“当年发生重大安全事故”" not in texts(app)


def test_a_standard_without_grades_and_safety_record_asks_for_neither(open_page, kept):
    app = open_page("enterprise", kept(sample="model-enterprise"))
    assert not app.segmented_control
    assert [field.key for field in app.number_input] == ["profile:employees"]
