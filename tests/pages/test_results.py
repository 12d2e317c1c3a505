import pytest

from state.changes import set_finding, set_text
from tests.pages.conftest import engine_result, healthy, texts
from ui.wording import plain, total_text


@pytest.mark.parametrize("sample", ["soy-sauce", "hazchem-plant"])
def test_total_grade_and_every_gate_are_the_engines(open_page, kept, sample):
    assessment = kept(sample=sample)
    result = engine_result(assessment)
    app = open_page("results", assessment)
    assert app.metric[0].value == total_text(result.scheme, result.total)
    for grade in result.grades:
        for gate in grade.gates:
            assert f"{'✓' if gate.met else '×'} {plain(gate.text)}" in texts(app)


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
