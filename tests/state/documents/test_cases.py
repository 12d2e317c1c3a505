"""Cases to assess in a class: what their reference answers come to, and that faults are told."""

import pytest

import schemes
from schemes.problems import SchemeError
from scoring import score
from state.documents.assessment import answers_of
from state.documents.cases import HOME, case_of, cases, read_case

WORKED_OUT = {
    # 862 points apply (73 pruned in 6, 10 in 7, 5 in 9, 10 in 10, 10 in 11, 15 in 12, 10 in 13,
    # 5 marked); 97 are lost, 10 of them 追加: 775 / 862 is 0.8991
    "condiment": ("89.9", "二级", 18),
    # 4.75 + 5.76 + 11.55 + 4.85 + 9.4 + 18.667 + 13.65 + 4.75 + 2.917 + 5.7 + 5.7 + 5; element 9
    # has 35 of 60
    "hazchem": ("92.69", None, 23),
    # 337 + 168 × 650 / 214
    "tobacco": ("847.3", "二级", 16),
}


@pytest.mark.parametrize("name", WORKED_OUT)
def test_the_reference_answer_comes_to_what_was_worked_out(name):
    case = case_of(name)
    scheme = schemes.load(case.scheme, case.version)
    result = score(scheme, answers_of(scheme, case.work))
    lost = {loss.condition.id for i in result.items.values() for loss in i.losses if loss.condition}
    assert (str(result.total), result.grade_name, len(lost)) == WORKED_OUT[name]
    assert lost == {one.condition for one in case.findings}
    assert result.reviewed == result.applicable_items
    assert not result.applies.unanswered


def test_a_case_whose_scope_is_told_begins_with_it_and_nothing_else():
    assert list(cases()) == ["condiment", "hazchem", "tobacco"]
    told, asked = case_of("condiment"), case_of("hazchem")
    assert told.begun.answers.facets["product"] == ["vinegar"]
    assert (told.begun.answers.findings, told.begun.answers.reviewed) == ({}, [])
    assert asked.begun.answers.facets == {}
    assert case_of("") is None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("condition: 2.1.1-c", "condition: 2.1.1-z", "标准里没有 2.1.1-z"),
        ("when: 无评估报告", "when: 没有报告", "无评估报告"),
        ("product: [vinegar]", "product: [wine]", "product"),
        ("condition: 6.2.12-6", "condition: 6.2.18-1", "按适用范围不评"),
        ("item: 10.3.2", "item: 9.2.2", "9.2.2 按适用范围已经不评"),
        ("item: 9.1.2", "item: 9.1.9", "没有 9.1.9"),
        ("clause: 考评项目 4.4", "source: 考评项目 4.4", "clause"),
        ('version: "1.1"', 'version: "7.0"', "没有标准 condiment 7.0"),
    ],
)
def test_a_fault_of_a_case_is_told(tmp_path, before, after, told):
    words = (HOME / "condiment.yaml").read_text("utf-8")
    assert before in words
    path = tmp_path / "faulty.yaml"
    path.write_text(words.replace(before, after, 1), "utf-8")
    with pytest.raises(SchemeError, match=told):
        read_case(path)
