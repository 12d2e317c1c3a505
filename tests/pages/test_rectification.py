"""The page 整改: the shortest way, its pins and efforts, and what is only tried."""

import json

from state.documents.assessment import SavedOwnFinding
from state.documents.changes import (
    put_own_finding,
    set_effort,
    set_effort_unit,
    set_performance,
    set_pin,
    set_profile,
)
from state.service.assessments import Key, Visitor
from tests.pages.conftest import healthy, texts, unescaped

SOY = "soy-sauce"
HEADLINE = "最省的整改：9 条内容 13 处，工作量 13 处，总分到 90.0，达到一级"
PINNED = "最省的整改：11 条内容 18 处，工作量 18 处，总分到 90.1，达到一级"


def said(app):
    return unescaped(texts(app))


def outlines(app):
    """Name and dashes of each outline of the radar."""
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)["data"]
    return [(trace["name"], trace["line"]["dash"]) for trace in drawn]


def test_steps_come_with_total_and_grade_and_what_is_to_spare(open_page, kept):
    app = open_page("rectification", kept(sample=SOY), grade="一级")
    shown = said(app)
    assert HEADLINE in shown
    assert "**1. 7.3.2 安全标志设置**　→ 总分 81.0，二级" in shown
    assert "现在：总分 79.8，离 90 还差 10.2" in shown
    assert "按路径改完：总分 90.0，正好到线，没有余量" in shown
    assert "能改的全部改好：总分 100.0，比 90 高出 10" in shown
    assert "只改一项的话，改这项最值：5.4.1-a" in shown
    assert "- 5 教育培训：54.00% → " in shown
    assert "（失 46 分，离参考线（" in shown
    assert outlines(app) == [
        ("现在", "solid"),
        ("按路径改完", "dash"),
        ("能改的全部改好", "dot"),
    ]
    assert len(app.checkbox) == 8  # the ninth step and 39 other findings are drawn when asked for
    app = healthy(app.button(key="way:more").click().run())
    assert len(app.checkbox) == 9


def test_the_grade_aimed_at_is_the_profiles_and_another_is_said_to_be_none(open_page, kept):
    sample = kept(set_profile("target_grade", "特级"), sample=SOY)
    shown = said(open_page("rectification", sample))
    assert "本标准没有等级“特级”（有：一级、二级、三级），这里按一级算" in shown
    assert HEADLINE in shown
    sample = kept(set_profile("target_grade", "二级"), sample=SOY)
    shown = said(open_page("rectification", sample))
    assert "不用整改就能达到二级" in shown
    assert "想再上一级，请把目标等级改为一级" in shown


def test_a_pin_is_saved_and_the_way_goes_around_it(open_page, repository, kept):
    sample = kept(sample=SOY)
    app = open_page("rectification", sample, grade="一级")
    pin = app.segmented_control(key="pin-7.3.2-a")
    app = healthy(pin.set_value("keep").run())
    assert repository.load(sample.id).work.answers.pins == {"7.3.2-a": "keep"}
    shown = said(app)
    assert "期限前改不了的" in shown
    assert "安全标志设置" not in shown
    assert PINNED in shown
    app = healthy(app.segmented_control(key="pin-7.3.2-a").set_value("").run())
    assert repository.load(sample.id).work.answers.pins == {}
    assert HEADLINE in said(app)


def test_what_one_place_takes_is_saved_and_nothing_or_less_is_refused(open_page, repository, kept):
    sample = kept(set_effort_unit("小时"), sample=SOY)
    app = open_page("rectification", sample, grade="一级")
    app = healthy(app.number_input(key="effort-4.4.1-b").set_value(2.5).run())
    assert repository.load(sample.id).work.answers.effort == {"4.4.1-b": "2.5"}
    assert "项没有填工作量，每处按 1 小时计" in said(app)
    for wrong in (0.0, -3.0, 2e6):
        key = app.number_input[0].key
        app = healthy(app.number_input(key=key).set_value(wrong).run())
        assert "工作量没有保存：每处应大于 0" in said(app)
        assert repository.load(sample.id).work.answers.effort == {"4.4.1-b": "2.5"}
        assert app.number_input(key=key).value is None


def test_ticking_tries_and_changes_no_answer(open_page, repository, kept):
    sample = kept(sample=SOY)
    app = open_page("rectification", sample, grade="一级")
    app = healthy(app.checkbox(key="whatif-7.3.2-a").check().run())
    assert "#### 勾选的 1 项改好：总分 81.0，二级" in said(app)
    assert outlines(app)[1] == ("勾选的 1 项改好", "dash")
    assert HEADLINE in said(app)
    app = healthy(app.select_slider(key="way:walk").set_value(9).run())
    assert "#### 勾选的 9 项改好：总分 90.0，一级" in said(app)
    assert app.checkbox(key="whatif-4.4.1-b").value
    assert repository.load(sample.id) == sample


def test_what_no_fix_opens_is_said(open_page, kept):
    sample = kept(set_performance("deaths", 3), sample=SOY)
    shown = said(open_page("rectification", sample, grade="一级"))
    assert "靠整改达不到一级：" in shown
    assert "整改改变不了" in shown


def test_own_findings_are_in_the_way_and_labelled(open_page, kept):
    own = SavedOwnFinding(id="a1", item="7.3.2", words="标志牌褪色", points="2", count=1)
    effort = set_effort("own:a1", "0.1")
    sample = kept(put_own_finding(own), effort, set_pin("own:a1", "fix"), sample=SOY)
    app = open_page("rectification", sample, grade="一级")
    label = unescaped(app.checkbox(key="whatif-own:a1").label)
    assert label.startswith("7.3.2 标志牌褪色（自填）；工作量 0.1 处；单独改 +")


def test_a_standard_without_grades_aims_at_a_total(open_page, kept):
    sample = kept(sample="model-enterprise")
    app = open_page("rectification", sample)
    assert "不用整改就能达到总分 80，总分 84.8" in said(app)
    app = healthy(app.number_input(key="way:total").set_value(90.0).run())
    assert "达到总分 90" in said(app)
    for wrong in (0.0, 101.0):
        app = healthy(app.number_input(key="way:total").set_value(wrong).run())
        assert "目标总分应大于 0、不超过 100，这里按 80 算" in said(app)


def test_who_reads_sees_the_way_and_can_change_nothing(open_page, link_mode, kept):
    sample = kept(sample=SOY)
    (link,) = link_mode.add_link(Key(sample.id), Visitor()).links
    app = open_page("rectification", r=link, grade="一级")
    assert HEADLINE in said(app)
    assert "9. " in said(app)
    inputs = [*app.checkbox, *app.number_input, *app.segmented_control, *app.button, *app.slider]
    assert inputs == []
