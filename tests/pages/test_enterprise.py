import io
from datetime import date

import pytest
from PIL import Image

import schemes
from state.documents.assessment import Member
from state.documents.changes import (
    set_facet,
    set_finding,
    set_performance,
    set_profile,
    set_scheme,
)
from state.storage.repository import update
from tests.pages.conftest import engine_result, healthy, texts, unescaped
from ui import logos, session


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
    about = next(e for e in app.expander if e.label == "这个标准是什么？").markdown[0].value
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
    assert engine_result(depot).grade_name == "二级"
    app = open_page("enterprise", depot)
    healthy(app.segmented_control(key=f"performance:{question}").set_value(1).run())
    assert f"### {grade}" in texts(open_page("results", depot))


def test_a_yes_no_question_left_open_leaves_the_grade_open(open_page, kept):
    """842.7 is 二级, and 三级 after a downgrade."""
    left_open = [set_performance("target_missed", None), set_performance("major_accident", 0)]
    app = open_page("results", kept(*left_open, sample="tobacco-distribution"))
    assert "### 至少三级，能否更高待定" in texts(app)
    assert "○ 未填写“当年未完成省级公司下达的事故控制指标”，是否下降一级待定" in texts(app)
    assert "未填写“当年发生重大安全事故”" not in texts(app)


def test_a_question_left_open_is_not_taken_for_none(open_page, kept):
    """79.8 is 二级 if nobody died; 三级 allows for one death."""
    app = open_page("results", kept(set_performance("deaths", None), sample="soy-sauce"))
    assert "### 等级待定" in texts(app)
    assert "未填写“申请评审前一年内，生产安全事故死亡人数”，待定" in texts(app)
    app = open_page("results", kept(set_performance("deaths", 1), sample="soy-sauce"))
    assert "### 三级" in texts(app)


def test_the_record_is_of_the_year_before_the_application(open_page, repository, workshop):
    app = open_page("enterprise", workshop)
    healthy(app.date_input(key="profile:applied_on").set_value(date(2026, 12, 1)).run())
    assert repository.load(workshop.id).profile.applied_on == date(2026, 12, 1)
    deaths = app.number_input(key="performance:deaths")
    assert deaths.placeholder == "2025-12-02 至 2026-12-01，没有请填 0"
    healthy(app.date_input(key="profile:applied_on").set_value(None).run())
    assert repository.load(workshop.id).profile.applied_on is None


def test_without_a_date_of_application_it_is_counted_from_today(open_page, workshop, monkeypatch):
    monkeypatch.setattr(session, "today", lambda: date(2028, 2, 29))
    app = open_page("enterprise", workshop)
    deaths = app.number_input(key="performance:deaths")
    assert deaths.placeholder == "2027-03-01 至 2028-02-29，没有请填 0"


def test_a_record_that_contradicts_the_scope_is_pointed_out(open_page, repository, workshop):
    said = "“申请评审前一年内，生产安全事故死亡人数”与“有哪些作业和情形？”的回答互相矛盾，请核对"
    app = open_page("enterprise", workshop)
    healthy(app.number_input(key="performance:deaths").set_value(1).run())
    assert not app.warning  # what is not answered yet contradicts nothing
    update(repository, workshop.id, set_facet("activities", [], []))
    for page in ("enterprise", "scope"):
        assert said in [unescaped(w.value) for w in open_page(page, workshop).warning]
    update(repository, workshop.id, set_facet("activities", [], ["accident", "fatality"]))
    for page in ("enterprise", "scope"):
        assert said not in [unescaped(w.value) for w in open_page(page, workshop).warning]


def test_a_standard_that_was_replaced_says_so_where_it_is_chosen(open_page, kept):
    app = open_page("enterprise", kept(sample="hazchem-plant"))
    (notice,) = [unescaped(w.value) for w in app.warning]
    assert "由 GB 45673—2025 代替" in notice
    assert "GB 45673" not in texts(open_page("enterprise", kept(sample="soy-sauce")))


def test_a_standard_without_grades_and_safety_record_asks_for_neither(open_page, kept):
    app = open_page("enterprise", kept(sample="model-enterprise"))
    assert not app.segmented_control
    fields = [field.key for field in app.number_input]
    assert fields == ["profile:employees", "profile:safety_staff", "profile:special_operators"]


def test_what_only_a_report_asks_is_folded_away_and_kept(open_page, repository, workshop):
    app = open_page("enterprise", workshop)
    assert "自评报告用的基本情况（选填）" in [one.label for one in app.expander]
    healthy(app.text_input(key="profile:address").input("某县某路 1 号").run())
    healthy(app.number_input(key="profile:safety_staff").set_value(2).run())
    healthy(app.text_area(key="profile:team").input("李娟，安全员\n\n 王强 \n").run())
    profile = repository.load(workshop.id).profile
    assert (profile.address, profile.safety_staff) == ("某县某路 1 号", 2)
    assert profile.team == [Member(name="李娟", post="安全员"), Member(name="王强")]
    again = open_page("enterprise", workshop)
    assert again.text_area(key="profile:team").value == "李娟，安全员\n王强"


def _logo() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (600, 200), "red").save(written, "PNG")
    return written.getvalue()


def test_a_logo_is_put_in_shown_in_the_documents_and_removed(open_page, repository, workshop):
    app = open_page("enterprise", workshop)
    labels = [one.label for one in app.file_uploader]
    assert labels == [
        "企业标志（JPG 或 PNG，不超过 5 MB）",
        "咨询机构标志（JPG 或 PNG，不超过 5 MB）",
    ]
    app.file_uploader[1].upload("logo.png", _logo(), "image/png")
    healthy(app.run())
    profile = repository.load(workshop.id).profile
    assert (profile.logo, len(profile.firm_logo)) == (None, 64)
    assert [one.label for one in app.file_uploader] == labels[:1]
    assert app.image[0].proto.imgs[0].alt == "咨询机构的标志"
    (shown,) = logos.logos(repository.load(workshop.id))
    assert Image.open(io.BytesIO(shown.data)).size == (600, 200)
    healthy(app.button(key="remove:firm_logo").click().run())
    assert repository.load(workshop.id).profile.firm_logo is None
    assert [one.label for one in app.file_uploader] == labels


def test_what_is_no_logo_is_refused_where_it_was_put(open_page, repository, workshop):
    app = open_page("enterprise", workshop)
    app.file_uploader[0].upload("logo.png", b"%PDF-1.7", "image/png")
    healthy(app.run())
    assert "这不是能用的图片" in texts(app)
    assert repository.load(workshop.id) == workshop


def test_a_logo_that_did_not_come_along_can_be_put_in_again(open_page, repository, kept):
    strange = kept(set_profile("logo", "a" * 64))
    assert "图片没有跟着文件过来" in texts(open_page("enterprise", strange))
    assert logos.logos(repository.load(strange.id)) == ()
