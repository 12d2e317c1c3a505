from datetime import date

import schemes
from state.changes import set_finding
from tests.pages.conftest import healthy


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
