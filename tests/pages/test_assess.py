import os
from base64 import b64decode

import schemes
from state.documents.changes import (
    choose_facet,
    set_facet,
    set_finding,
    set_not_applicable,
    set_performance,
    set_reviewed,
    set_scheme,
)
from state.service import outbox
from state.storage.repository import update
from tests.pages.conftest import charts, engine_result, healthy, texts, unescaped


def panel(app):
    return next(m.value for m in app.markdown if m.value.startswith("## "))


def test_a_tick_is_saved_and_scored(open_page, repository, workshop):
    """It forfeits the 4 points of 2.1.1 and takes 10 more: at best 889 of the 903 that may apply."""
    app = open_page("assess", workshop, item="2.1.1")
    assert "## 0.0 – 100.0 :small[总分范围 · 等级待定]" in panel(app)
    assert "已核查 0/127 条" in panel(app)
    healthy(app.checkbox(key="finding:2.1.1-a").check().run())
    assert repository.load(workshop.id).work.answers.findings == {"2.1.1-a": 1}
    assert "## 0.0 – 98.4 " in panel(app)
    assert "已核查 1/127 条" in panel(app)
    healthy(app.checkbox(key="finding:2.1.1-a").uncheck().run())
    assert repository.load(workshop.id).work.answers.findings == {}
    assert "## 0.0 – 100.0 " in panel(app)


def test_after_a_downgrade_the_panel_names_the_lines_that_are_really_asked(open_page, kept):
    """With 842.7 points 二级 asks for the 900 of 一级, and 三级 for the 800 of 二级."""
    depot = kept(set_performance("target_missed", 1), sample="tobacco-distribution")
    shown = unescaped(panel(open_page("assess", depot)))
    assert "## 842.7 :small[总分 · 三级]" in shown
    assert "已核查 103/103 条" in shown
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


def test_a_reason_is_asked_for_once_an_item_is_marked(open_page, repository, workshop):
    app = open_page("assess", workshop, item="2.1.1")
    key = "absence:2.1.1"
    assert key not in [field.key for field in app.text_input]
    healthy(app.pills(key="marks:2.1.1").set_value(["absent"]).run())
    healthy(app.text_input(key=key).input("没有这类设备").run())
    assert repository.load(workshop.id).work.absence == {"2.1.1": "没有这类设备"}
    healthy(app.pills(key="marks:2.1.1").set_value([]).run())
    assert key not in [field.key for field in app.text_input]


def test_a_user_can_jump_to_any_element_and_item(open_page, workshop):
    app = open_page("assess", workshop)
    healthy(app.selectbox(key="jump:element").set_value("7").run())
    assert app.query_params["item"] == "7.1.1"
    app.selectbox(key="jump:item").set_value("7.1.2").run()
    assert app.query_params["item"] == "7.1.2"


def test_only_machines_the_enterprise_has_are_shown_one_at_a_time(open_page, workshop):
    app = open_page("assess", workshop, item="6.2.6")
    choices = app.pills(key="jump:group")
    assert choices.options == [
        "○ 搅拌机",
        "○ 罐类设备（发酵罐、储存罐、液化罐、糖化罐、速酿塔等罐体）",
    ]
    assert {_group(row) for row in rows(app)} == {"11"}
    healthy(choices.set_value("12").run())
    assert {_group(row) for row in rows(app)} == {"12"}
    assert app.query_params["group"] == "12"


def rows(app):
    """Requirements of a check list, each met or not."""
    return [one for one in app.segmented_control if str(one.key).startswith("finding:")]


def _group(row):
    """The machine of 6.2.6 that a row is about: finding:6.2.6-11.3 → 11."""
    return row.key.removeprefix("finding:6.2.6-").split(".")[0]


def test_a_requirement_is_said_as_it_is_and_met_or_not(open_page, repository, workshop):
    app = open_page("assess", workshop, item="6.2.6", group="12")
    row = next(one for one in rows(app) if one.key == "finding:6.2.6-12.1")
    assert (row.options, row.value) == (["符合", "不符合"], "met")
    assert unescaped(row.label) == "装有通气装置 :orange[（每处扣 1 分）]"
    healthy(row.set_value("unmet").run())
    healthy(app.number_input(key="count:6.2.6-12.1").set_value(2).run())
    assert repository.load(workshop.id).work.answers.findings == {"6.2.6-12.1": 2}
    healthy(app.segmented_control(key="finding:6.2.6-12.1").set_value("met").run())
    assert repository.load(workshop.id).work.answers.findings == {}


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
    assert any(
        option.startswith("F.3 烟草营销场所（烟草商业企业安全技术和现场规范） · ")
        for option in jump.options
    )
    healthy(jump.set_value("F.3").run())
    assert app.query_params["item"] == "F.3-1"
    assert app.selectbox(key="jump:element").value == "F.3"


def test_the_panel_draws_the_part_of_the_item_and_two_elements_as_bars(open_page, kept):
    depot = kept(sample="tobacco-distribution")
    (radar,) = open_page("assess", depot, item="C.1-1").get("image")
    drawn = b64decode(radar.value[0].removeprefix("data:image/svg+xml;base64,"))
    assert drawn.count(b"<text") == 21
    (bars,) = charts(open_page("assess", depot, item="F.2-1"))
    assert bars["type"] == "bar"
    assert [name.split()[0].removeprefix("▼") for name in bars["y"]] == ["F.2", "F.3"]


def test_the_panel_of_a_standard_without_grades_promises_none(open_page, kept):
    tank_farm = kept(sample="model-enterprise")
    shown = panel(open_page("assess", tank_farm))
    assert "本标准不评等级" in shown
    assert "不低于参考线" in shown
    assert "达标" not in shown


# Marks by group, and the way of the button at the foot -------------------------------------------

BOTH = ["6.2.6/11", "6.2.6/12"]
"""The two machines of the workshop, each with its own checks."""


def reviewed(repository, assessment):
    return repository.load(assessment.id).work.answers.reviewed


def test_the_button_marks_one_machine_after_the_other_and_then_the_item(
    open_page, repository, workshop
):
    app = open_page("assess", workshop, item="6.2.6")
    assert app.button(key="on").label == "本组核查完毕，下一组"
    healthy(app.button(key="on").click().run())
    assert reviewed(repository, workshop) == BOTH[:1]
    assert (app.query_params["item"], app.query_params["group"]) == ("6.2.6", "12")
    assert app.pills(key="jump:group").options == [
        "✓ 搅拌机",
        "○ 罐类设备（发酵罐、储存罐、液化罐、糖化罐、速酿塔等罐体）",
    ]
    assert not engine_result(repository.load(workshop.id)).items["6.2.6"].reviewed
    assert "已核查 0/127 条" in panel(app)
    assert app.button(key="on").label == "核查完毕，下一条"
    healthy(app.button(key="on").click().run())
    assert reviewed(repository, workshop) == BOTH
    assert (app.query_params["item"], app.query_params["group"]) == ("6.2.7.3", "1")
    assert "已核查 1/127 条" in panel(app)


def test_a_machine_that_is_added_later_has_to_be_looked_at_too(open_page, repository, workshop):
    one = set_facet("machines", ["mixer", "tank"], ["mixer"])(workshop).stamped()
    repository.save(one, expected_revision=workshop.revision)
    app = open_page("assess", workshop, item="6.2.6")
    assert app.button(key="on").label == "核查完毕，下一条"
    healthy(app.button(key="on").click().run())
    assert "已核查 1/127 条" in panel(app)
    update(repository, workshop.id, set_facet("machines", ["mixer"], ["mixer", "tank"]))
    app = open_page("assess", workshop, item="6.2.6")
    assert "已核查 0/127 条" in panel(app)
    assert app.pills(key="jump:group").options[0] == "✓ 搅拌机"


def test_a_group_left_out_is_gone_back_to_before_the_next_item(open_page, repository, workshop):
    app = open_page("assess", workshop, item="6.2.6", group="12")
    healthy(app.button(key="on").click().run())
    assert reviewed(repository, workshop) == BOTH[1:]
    assert (app.query_params["item"], app.query_params["group"]) == ("6.2.6", "11")


def test_a_finding_on_one_machine_leaves_the_other_to_be_looked_at(open_page, workshop):
    app = open_page("assess", workshop, item="6.2.6", group="12")
    healthy(app.segmented_control(key="finding:6.2.6-12.6").set_value("unmet").run())
    assert "已核查 0/127 条" in panel(app)
    app = open_page("assess", workshop, item="6.2.6")
    assert app.pills(key="jump:group").options == [
        "○ 搅拌机",
        "✓ 罐类设备（发酵罐、储存罐、液化罐、糖化罐、速酿塔等罐体）",
    ]
    assert app.query_params["group"] == "11"  # the first one not looked at
    assert app.button(key="on").label == "核查完毕，下一条"


def test_the_mark_is_of_the_machine_that_is_shown(open_page, repository, workshop):
    app = open_page("assess", workshop, item="6.2.6")
    assert app.pills(key="marks:6.2.6/11").options[0] == "本组已核查"
    healthy(app.pills(key="marks:6.2.6/11").set_value(["reviewed"]).run())
    assert reviewed(repository, workshop) == BOTH[:1]
    healthy(app.pills(key="marks:6.2.6/11").set_value([]).run())
    assert reviewed(repository, workshop) == []


def test_taking_the_mark_off_one_machine_leaves_the_others(open_page, repository, workshop):
    marked = set_reviewed(["6.2.6"], True)(workshop).stamped()
    repository.save(marked, expected_revision=workshop.revision)
    app = open_page("assess", workshop, item="6.2.6")
    assert app.pills(key="jump:group").options == [
        "✓ 搅拌机",
        "✓ 罐类设备（发酵罐、储存罐、液化罐、糖化罐、速酿塔等罐体）",
    ]
    healthy(app.pills(key="marks:6.2.6/11").set_value([]).run())
    assert reviewed(repository, workshop) == BOTH[1:]


def test_after_the_last_item_comes_what_is_left_and_then_the_result(open_page, repository, kept):
    """13.2.1 is the last of the standard; 1.1.1 was passed over."""
    sample = kept(set_reviewed(["1.1.1", LAST], False), sample="soy-sauce")
    app = open_page("assess", sample, item=LAST)
    assert app.button(key="on").label == "核查完毕，看未核查的"
    healthy(app.button(key="on").click().run())
    assert app.query_params["item"] == "1.1.1"
    assert reviewed(repository, sample)[-1] == LAST
    assert app.button(key="finish").label == "全部核查完毕，看结果"
    healthy(app.button(key="finish").click().run())
    assert "### 结果" in [m.value for m in app.markdown]
    assert [toast.value for toast in app.toast] == ["全部内容已核查完毕"]
    assert app.metric[0].value == "79.8"
    assert engine_result(repository.load(sample.id)).reviewed == 125


LAST = "13.2.1"


def test_the_last_item_of_a_finished_assessment_leads_to_the_result(open_page, kept):
    app = open_page("assess", kept(sample="soy-sauce"), item=LAST)
    assert app.button(key="finish").label == "全部核查完毕，看结果"
    assert "open" not in {button.key for button in app.button}
    app = open_page("assess", kept(sample="soy-sauce"), item="1.1.1")
    assert app.button(key="on").label == "核查完毕，下一条"


def test_what_is_passed_over_can_be_jumped_to(open_page, kept):
    sample = kept(set_reviewed(["4.1.1"], False), sample="soy-sauce")
    app = open_page("assess", sample, item="1.1.1")
    healthy(app.button(key="open").click().run())
    assert app.query_params["item"] == "4.1.1"


def test_nothing_is_called_finished_while_the_last_item_waits_for_an_answer(open_page, kept):
    """5.4.1 depends on the question which special work there is; all else is looked at."""
    sample = kept(choose_facet("special_work", None), sample="soy-sauce")
    app = open_page("assess", sample, item="5.4.1")
    assert "已核查 124/125 条" in panel(app)
    assert "待答：适用范围中与本条有关的问题还没有回答" in texts(app)
    assert app.button(key="finish").label == "核查完毕，看结果"
    healthy(app.button(key="finish").click().run())
    assert "### 结果" in [m.value for m in app.markdown]
    assert not app.toast


# What a page says of what stays open, is left out, and costs more --------------------------------


def test_questions_without_an_answer_are_said_with_the_way_to_them(open_page, kept, workshop):
    """The workshop has not said which activities, special work and major hazard there are."""
    app = open_page("assess", workshop)
    assert "适用范围还有 3 个问题没有回答，与之相关的内容待答，等级待定" in texts(app)
    (link,) = [link for link in app.get("page_link") if link.proto.label == "去回答"]
    assert link.proto.page == "scope"
    app = open_page("assess", kept(sample="soy-sauce"))
    assert "没有回答" not in texts(app)
    assert "去回答" not in [link.proto.label for link in app.get("page_link")]


def test_an_item_that_waits_for_an_answer_does_not_count_as_looked_at(
    open_page, repository, workshop
):
    app = open_page("assess", workshop, item="5.4.1")
    healthy(app.button(key="on").click().run())
    assert reviewed(repository, workshop) == ["5.4.1"]
    assert "已核查 0/127 条" in panel(app)
    healthy(app.button(key="back").click().run())
    assert "待答：" in texts(app)
    answered = set_facet("special_work", [], ["special_operations"])
    update(repository, workshop.id, answered)
    app = open_page("assess", workshop, item="5.4.1")
    assert "待答：" not in texts(app)
    assert "已核查 1/127 条" in panel(app)


def test_the_share_marked_absent_by_hand_stands_beside_the_total(open_page, repository, workshop):
    """All 140 of element 7 of the 903 points; from a fifth on it is warned about: 180 with 9."""
    changed = workshop
    for item in _items_of("7"):
        changed = set_not_applicable(item, True)(changed)
    repository.save(changed.stamped(), expected_revision=workshop.revision)
    shown = unescaped(panel(open_page("assess", workshop)))
    assert "自行标为不适用 140 分，占应评分值的 15.50%" in shown
    assert "评审时可能不被认可" not in shown
    for item in _items_of("9") + _items_of("1")[:1]:
        changed = set_not_applicable(item, True)(changed)
    update(repository, workshop.id, lambda _: changed)
    shown = unescaped(panel(open_page("assess", workshop)))
    assert "自行标为不适用 182 分，占应评分值的 20.16%，评审时可能不被认可：" in shown


def _items_of(element):
    scheme = schemes.load("condiment")
    return [i for i in scheme.items if scheme.path(i).element.id == element]


def test_what_else_an_answer_costs_is_said_before_and_after(open_page, workshop):
    app = open_page("assess", workshop, item="2.1.1")
    before = "注意：本条扣满（得 0 分）时，另从 组织机构和职责 追加扣 10 分"
    after = "本条已扣满，另从 组织机构和职责 追加扣 10 分"
    assert before in texts(app)
    healthy(app.checkbox(key="finding:2.1.1-a").check().run())
    assert after in texts(app)
    assert before not in texts(app)
    plain_item = open_page("assess", workshop, item="1.1.1")
    assert "追加扣" not in "".join(m.value for m in plain_item.markdown[:2])


def _shelf(app):
    (shelf,) = [e for e in app.expander if e.label.startswith("提示（本工具整理）：看什么")]
    return shelf


def test_a_hint_stands_beside_the_item_and_is_read_when_it_is_opened(open_page, workshop):
    app = open_page("assess", workshop, item="2.1.1")
    assert not _shelf(app).children
    app.session_state["guidance"] = True
    shown = unescaped(_shelf(healthy(app.run())).markdown[0].value)
    for words in ("看什么", "备什么", "怎么改", "今天先做：", "依据：《安全生产法》第二十四条"):
        assert words in shown
    assert "安全管理人员任命文件（制度，人员变动时更新）" in shown
    healthy(app.button(key="on").click().run())
    assert "看成立安全生产领导小组" in unescaped(_shelf(app).markdown[0].value)


def test_each_row_has_its_hint_while_the_shelf_is_open(open_page, kept):
    depot = kept(sample="tobacco-distribution")
    app = open_page("assess", depot, item="D.14-3")
    boxes = [unescaped(row.label) for row in rows(app)]
    assert boxes and not any("提示" in label for label in boxes)
    app.session_state["guidance"] = True
    boxes = [unescaped(row.label) for row in rows(healthy(app.run()))]
    assert any("提示：看灯具线路是否固定" in label for label in boxes)
    assert any("提示：出入和借阅登记" in label for label in boxes)
