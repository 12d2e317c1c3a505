import os

import schemes
from state.documents.changes import (
    choose_facet,
    set_facet,
    set_finding,
    set_not_applicable,
    set_performance,
    set_scheme,
)
from state.service import outbox
from state.storage.repository import update
from tests.pages.conftest import charts, engine_result, healthy, texts, unescaped


def panel(app):
    return next(m.value for m in app.markdown if m.value.startswith("## "))


def test_a_tick_is_saved_and_scored(open_page, repository, workshop):
    """It forfeits the 4 points of 2.1.1 and takes 10 more: 789 of the 803 that apply."""
    app = open_page("assess", workshop, item="2.1.1")
    assert "## 100.0 " in panel(app)
    healthy(app.checkbox(key="finding:2.1.1-a").check().run())
    assert repository.load(workshop.id).work.answers.findings == {"2.1.1-a": 1}
    assert "## 98.3 " in panel(app)
    healthy(app.checkbox(key="finding:2.1.1-a").uncheck().run())
    assert repository.load(workshop.id).work.answers.findings == {}
    assert "## 100.0 " in panel(app)


def test_after_a_downgrade_the_panel_names_the_lines_that_are_really_asked(open_page, kept):
    """With 842.7 points 二级 asks for the 900 of 一级, and 三级 for the 800 of 二级."""
    depot = kept(set_performance("target_missed", 1), sample="tobacco-distribution")
    shown = unescaped(panel(open_page("assess", depot)))
    assert "## 842.7 :small[总分 · 三级 · 已核查 103/103 条]" in shown
    assert "× 一级：当年未完成省级公司下达的事故控制指标：下降一级，不能评一级" in shown
    assert "× 二级：总分线 900，还差 57.3" in shown
    assert "✓ 三级：总分线 800，已达到" in shown


def test_a_counted_condition_gets_a_stepper(open_page, repository, workshop):
    app = open_page("assess", workshop, item="2.1.1")
    app.checkbox(key="finding:2.1.1-c").check().run()
    healthy(app.number_input(key="count:2.1.1-c").set_value(3).run())
    assert repository.load(workshop.id).work.answers.findings == {"2.1.1-c": 3}


def test_a_large_imported_count_is_shown_not_cut(open_page, repository, workshop):
    many = set_finding("2.1.1-c", 123_456)(workshop).stamped()
    repository.save(many, expected_revision=workshop.revision)
    app = open_page("assess", workshop, item="2.1.1")
    assert app.number_input(key="count:2.1.1-c").value == 123_456
    assert repository.load(workshop.id) == many


def test_next_marks_the_item_reviewed_and_moves_on(open_page, repository, workshop):
    app = open_page("assess", workshop)
    assert app.query_params["item"] == "1.1.1"
    healthy(app.button(key="on").click().run())
    assert app.query_params["item"] == "1.1.2"
    assert repository.load(workshop.id).work.answers.reviewed == ["1.1.1"]
    app.button(key="back").click().run()
    assert app.query_params["item"] == "1.1.1"


def test_the_address_brings_back_the_same_item(open_page, workshop):
    app = open_page("assess", workshop, item="7.1.1")
    assert "7\\.1\\.1" in texts(app)


def test_an_unknown_item_in_the_address_falls_back_to_the_first_open_one(open_page, workshop):
    for wrong in ("99", "<b>", "6.2.8"):  # 6.2.8 is real but falls away
        assert open_page("assess", workshop, item=wrong).query_params["item"] == "1.1.1"


def test_marking_an_item_not_applicable_keeps_its_findings(open_page, repository, workshop):
    app = open_page("assess", workshop, item="2.1.1")
    app.checkbox(key="finding:2.1.1-a").check().run()
    healthy(app.pills(key="marks:2.1.1").set_value(["reviewed", "absent"]).run())
    saved = repository.load(workshop.id)
    assert saved.work.answers.not_applicable == ["2.1.1"]
    assert saved.work.answers.findings == {"2.1.1-a": 1}
    assert app.checkbox(key="finding:2.1.1-a").disabled
    assert engine_result(saved).items["2.1.1"].full == 0


def test_a_user_can_jump_to_any_element_and_item(open_page, workshop):
    app = open_page("assess", workshop)
    healthy(app.selectbox(key="jump:element").set_value("7").run())
    assert app.query_params["item"] == "7.1.1"
    app.selectbox(key="jump:item").set_value("7.1.2").run()
    assert app.query_params["item"] == "7.1.2"


def test_only_machines_the_enterprise_has_are_shown_one_at_a_time(open_page, workshop):
    app = open_page("assess", workshop, item="6.2.6")
    choices = app.pills(key="jump:machine")
    assert len(choices.options) == 2
    first = {box.key for box in app.checkbox}
    healthy(choices.set_value(choices.options[1]).run())
    second = {box.key for box in app.checkbox}
    assert first and second and not first & second


def test_remark_and_evidence_are_kept(open_page, repository, workshop):
    app = open_page("assess", workshop, item="2.1.1")
    app.button(key="notes").click().run()
    text = "<b>备注</b> **x** 🏭"
    healthy(app.text_area(key="remarks:2.1.1").input(text).run())
    assert repository.load(workshop.id).work.remarks == {"2.1.1": text}


def test_local_requirements_are_typed_in_and_counted(open_page, repository, kept):
    plant = kept(set_scheme(schemes.load("hazchem")), set_facet("enterprise", [], ["production"]))
    app = open_page("assess", plant, item="12.1")
    app.text_input(key="new:12.1").input("装卸区装视频监控 <i>").run()
    app.text_input(key="new:12.1").input("每月上报").run()
    first = repository.load(plant.id).work.entries["12.1"][0].id
    healthy(app.checkbox(key=f"met:12.1:{first}").uncheck().run())
    saved = repository.load(plant.id)
    assert [entry.met for entry in saved.work.entries["12.1"]] == [False, True]
    assert engine_result(saved).items["12.1"].score == 90
    app.button(key=f"drop:12.1:{first}").click().run()
    assert engine_result(repository.load(plant.id)).items["12.1"].score == 100


def test_with_nothing_applicable_the_page_says_so_and_stays_usable(open_page, repository, workshop):
    scheme = schemes.load("condiment")
    nothing = workshop
    for item in scheme.items:
        nothing = set_not_applicable(item, True)(nothing)
    repository.save(nothing.stamped(), expected_revision=workshop.revision)
    app = open_page("assess", workshop)
    assert "—" in panel(app)
    healthy(app.pills(key="marks:1.1.1").set_value([]).run())
    assert engine_result(repository.load(workshop.id)).applicable_items == 1
    assert "已核查 0/1 条" in panel(app)


def test_work_goes_on_while_nothing_can_be_saved_and_is_saved_later(
    open_page, repository, workshop, monkeypatch
):
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)
    app = open_page("assess", workshop, item="2.1.1")
    in_the_way = repository.folder / f"{workshop.id}.{os.getpid()}.tmp"
    in_the_way.mkdir()  # the next save cannot write its file
    healthy(app.checkbox(key="finding:2.1.1-a").check().run())
    assert "暂时不能保存" in texts(app)
    assert app.checkbox(key="finding:2.1.1-a").value
    assert repository.load(workshop.id).work.answers.findings == {}
    in_the_way.rmdir()
    healthy(app.run())
    assert "暂时不能保存" not in texts(app)
    assert repository.load(workshop.id).work.answers.findings == {"2.1.1-a": 1}


def test_what_waited_and_was_changed_elsewhere_meanwhile_is_asked_about(
    open_page, repository, workshop, monkeypatch
):
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)
    app = open_page("assess", workshop, item="2.1.1")
    in_the_way = repository.folder / f"{workshop.id}.{os.getpid()}.tmp"
    in_the_way.mkdir()
    healthy(app.checkbox(key="finding:2.1.1-a").check().run())
    healthy(app.checkbox(key="finding:2.1.1-c").check().run())
    in_the_way.rmdir()
    update(repository, workshop.id, set_finding("2.1.1-c", 5))  # another server is quicker
    healthy(app.run())
    assert "您填 “1”，对方填 “5”" in texts(app)
    assert repository.load(workshop.id).work.answers.findings == {"2.1.1-a": 1, "2.1.1-c": 5}
    healthy(app.button(key="clash-mine").click().run())
    assert repository.load(workshop.id).work.answers.findings == {"2.1.1-a": 1, "2.1.1-c": 1}
    assert "对方填" not in texts(app)


def test_what_waited_and_no_longer_fits_is_said(open_page, repository, workshop, monkeypatch):
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)
    app = open_page("assess", workshop, item="2.1.1")
    in_the_way = repository.folder / f"{workshop.id}.{os.getpid()}.tmp"
    in_the_way.mkdir()
    healthy(app.checkbox(key="finding:2.1.1-a").check().run())
    in_the_way.rmdir()
    update(repository, workshop.id, set_scheme(schemes.load("hazchem")))
    healthy(app.run())
    assert "暂存的修改中有 1 处没有保存" in texts(app)
    healthy(app.run())
    assert "暂存的修改" not in texts(app)


def test_one_answer_changed_in_two_windows_is_asked_about(open_page, repository, workshop):
    for mine in (True, False):
        app = open_page("assess", workshop, item="2.1.1")
        update(repository, workshop.id, set_finding("2.1.1-c", 5))
        healthy(app.checkbox(key="finding:2.1.1-c").check().run())
        assert "同一处刚在别的窗口改过" in texts(app)
        assert repository.load(workshop.id).work.answers.findings == {"2.1.1-c": 5}
        button = "clash-mine" if mine else "clash-theirs"
        healthy(app.button(key=button).click().run())
        assert "同一处刚在别的窗口改过" not in texts(app)
        kept = repository.load(workshop.id).work.answers.findings
        assert kept == ({"2.1.1-c": 1} if mine else {"2.1.1-c": 5})
        update(repository, workshop.id, set_finding("2.1.1-c", 0))


def test_what_is_to_be_decided_stays_with_its_assessment(open_page, repository, workshop, kept):
    app = open_page("assess", workshop, item="2.1.1")
    update(repository, workshop.id, set_finding("2.1.1-c", 5))
    healthy(app.checkbox(key="finding:2.1.1-c").check().run())
    other = kept(sample="tobacco-distribution")
    app.query_params["a"] = other.id
    healthy(app.run())
    assert "同一处刚在别的窗口改过" not in texts(app)
    app.query_params["a"] = workshop.id
    healthy(app.run())
    healthy(app.button(key="clash-mine").click().run())
    assert repository.load(workshop.id).work.answers.findings == {"2.1.1-c": 1}
    assert repository.load(other.id) == other


def modules(app):
    """Ids in the list to jump to an element, in order."""
    return [option.split()[0] for option in app.selectbox(key="jump:element").options]


def test_only_modules_the_enterprise_has_can_be_jumped_to(open_page, kept):
    chosen = [*(f"C.{n}" for n in range(1, 22)), *(f"D.{n}" for n in (1, 4, 5, 6, 7, 8, 9))]
    chosen += [*(f"D.{n}" for n in (12, 13, 14, 15, 16)), "F.2", "F.3"]
    app = open_page("assess", kept(sample="tobacco-distribution"))
    assert modules(app) == chosen
    with_pests = kept(set_facet("pest", [], ["workshop"]), sample="tobacco-distribution")
    assert set(modules(open_page("assess", with_pests))) - set(chosen) == {"D.2"}
    without_part = kept(choose_facet("enterprise", None), sample="tobacco-distribution")
    assert set(chosen) - set(modules(open_page("assess", without_part))) == {"F.2", "F.3"}


def test_a_module_is_listed_with_its_part_and_leads_to_its_first_item(open_page, kept):
    app = open_page("assess", kept(sample="tobacco-distribution"))
    jump = app.selectbox(key="jump:element")
    assert "F.3 烟草营销场所（烟草商业企业安全技术和现场规范）" in jump.options
    healthy(jump.set_value("F.3").run())
    assert app.query_params["item"] == "F.3-1"
    assert app.selectbox(key="jump:element").value == "F.3"


def test_the_panel_draws_the_part_of_the_item_and_two_elements_as_bars(open_page, kept):
    depot = kept(sample="tobacco-distribution")
    (radar,) = charts(open_page("assess", depot, item="C.1-1"))
    assert radar["type"] == "scatterpolar"
    assert len(set(radar["theta"])) == 21
    (bars,) = charts(open_page("assess", depot, item="F.2-1"))
    assert bars["type"] == "bar"
    assert [name.split()[0].removeprefix("▼") for name in bars["y"]] == ["F.2", "F.3"]


def test_the_panel_of_a_standard_without_grades_promises_none(open_page, kept):
    tank_farm = kept(sample="model-enterprise")
    shown = panel(open_page("assess", tank_farm))
    assert "本标准不评等级" in shown
    assert "不低于参考线" in shown
    assert "达标" not in shown
