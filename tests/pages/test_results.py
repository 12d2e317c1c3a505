import pytest

import schemes
from state.documents.changes import choose_facet, set_finding, set_not_applicable, set_text
from tests.pages.conftest import charts, healthy, texts, unescaped
from tests.reports.conftest import EXPECTED


@pytest.mark.parametrize(
    ("sample", "scheme"),
    [
        ("soy-sauce", "condiment"),
        ("hazchem-plant", "hazchem"),
        ("tobacco-distribution", "tobacco"),
        ("model-enterprise", "model-enterprise"),
    ],
)
def test_total_grade_and_every_gate_are_shown(open_page, kept, sample, scheme):
    said = EXPECTED[f"sample {scheme}"]
    app = open_page("results", kept(sample=sample))
    assert app.metric[0].value == said["total"]
    shown = unescaped(texts(app))
    assert f"### {said['grade']}\n" in shown
    for gates in said["gates"].values():
        for gate in gates:
            assert gate in shown
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
    assert len(table) == 50
    assert table["扣分"].sum() == 178
    app.selectbox(key="by_element").set_value("5").run()
    found = ["5.1.3-a", "5.1.3-c", "5.3.1-b", "5.4.1-a", "5.5.1-a", "5.4.1"]
    assert list(app.dataframe[-1].value["条款"]) == found
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
        ("F", ["bar", "bar"], "76.00 77.50"),
    ]:
        healthy(app.segmented_control(key="part").set_value(part).run())
        drawn = charts(app)
        assert [chart["type"] for chart in drawn] == kinds
        assert drawn[1]["text"] == [f"{percent}%" for percent in percents.split()]


def test_a_standard_without_parts_offers_no_choice_of_them(open_page, kept):
    app = open_page("results", kept(sample="soy-sauce"))
    assert not app.segmented_control
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
    assert not any(word in said for word in ("一级", "二级", "三级", "满足", "×"))
    assert [chart["type"] for chart in charts(app)] == ["scatterpolar", "bar"]
