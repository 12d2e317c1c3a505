import pytest

import schemes
from state.documents.changes import choose_facet, set_finding, set_not_applicable, set_text
from tests.pages.conftest import charts, engine_result, healthy, texts
from wording.grades import gate_words
from wording.labels import plain
from wording.numbers import percent_words, total_number


@pytest.mark.parametrize(
    "sample", ["soy-sauce", "hazchem-plant", "tobacco-distribution", "model-enterprise"]
)
def test_total_grade_and_every_gate_are_the_engines(open_page, kept, sample):
    assessment = kept(sample=sample)
    result = engine_result(assessment)
    app = open_page("results", assessment)
    assert app.metric[0].value == total_number(result.scheme, result.total)
    for grade in result.grades:
        for gate in grade.gates:
            assert f"{'✓' if gate.met else '×'} {plain(gate_words(result, grade, gate))}" in texts(
                app
            )


@pytest.mark.parametrize("page", ["results", "assess"])
def test_absent_contents_that_count_in_full_have_a_total(open_page, repository, kept, page):
    depot = kept(sample="tobacco-distribution")
    absent = depot
    for item in engine_result(depot).items:
        absent = set_not_applicable(item, True)(absent)
    repository.save(absent.stamped(), expected_revision=depot.revision)
    result = engine_result(absent)
    assert result.total
    assert not result.applicable_items
    app = open_page(page, absent)
    total = total_number(result.scheme, result.total)
    assert (app.metric[0].value == total) if page == "results" else f"## {total} " in texts(app)


def test_findings_can_be_filtered(open_page, kept):
    assessment = kept(sample="soy-sauce")
    result = engine_result(assessment)
    app = open_page("results", assessment)
    table = app.dataframe[-1].value
    assert len(table) == len(result.losses)
    assert table["扣分"].sum() == float(sum(loss.taken for loss in result.losses))
    app.selectbox(key="by_element").set_value("5").run()
    assert set(app.dataframe[-1].value["条款"].str.split(".").str[0]) == {"5"}
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
    depot = kept(sample="tobacco-distribution")
    parts = {part.part.id: part for part in engine_result(depot).parts}
    tobacco = schemes.load("tobacco")
    app = open_page("results", depot)
    choice = app.segmented_control(key="part")
    assert choice.options == [
        f"{p.part.title} {percent_words(tobacco, p.percent)}" for p in parts.values()
    ]
    for part, kinds in [
        ("C", ["scatterpolar", "bar"]),
        ("D", ["scatterpolar", "bar"]),
        ("F", ["bar", "bar"]),
    ]:
        healthy(app.segmented_control(key="part").set_value(part).run())
        drawn = charts(app)
        assert [chart["type"] for chart in drawn] == kinds
        assert drawn[1]["text"] == [
            percent_words(tobacco, e.percent) for e in parts[part].applicable
        ]


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
