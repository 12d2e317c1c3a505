"""Warnings as they stand beside a total."""

from dataclasses import replace
from typing import Any

import pytest

from scoring import Answers, parse_answers, score
from scoring.result import WarningKind
from tests.conftest import scheme_named
from wording import warnings
from wording.warnings import unknown_words, warning_words

ANSWERED = {"kind": ["x"], "things": ["crane", "boiler"], "night": ["no"]}
COMPLETE: dict[str, Any] = {
    "facets": ANSWERED,
    "performance": {"deaths": 0},
    "reviewed": "all",
}


def _warned(name: str = "mini-percent", **given: Any) -> list[str]:
    scheme = scheme_named(name)
    raw = {"scheme": name, **COMPLETE, **given}
    return warning_words(score(scheme, parse_answers(scheme, raw)))


def test_an_assessment_that_is_complete_has_none() -> None:
    assert _warned() == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"facets": {"kind": ["x"], "things": ["boiler"]}},
            "未回答“有夜班吗？”，与之相关的内容待答，等级待定",
        ),
        ({"performance": {}}, "未填写“死亡人数”，与之相关的等级待定"),
        (
            {"facets": {**ANSWERED, "things": []}, "findings": {"2.1.1-1": 1, "2.1.2-1.none": 1}},
            "2 项扣分记录不适用（适用范围中没有，或已标为不适用），已保留但不计分："
            "2.1.1-1 不符合：限位有效；2.1.2-1.none 无任何资料：登记资料",
        ),
        ({"findings": {"1.1.1-b": 2}}, "1 项扣分情形不按数量计，只按一次扣：1.1.1-b"),
        (
            {"findings": dict.fromkeys(["1.2.1-b", "1.2.1-a", "1.1.1-d", "1.1.1-c", "1.1.1-b"], 2)},
            "5 项扣分情形不按数量计，只按一次扣：1.1.1-b、1.1.1-c、1.1.1-d、1.2.1-a、1.2.1-b",
        ),
        (
            {
                "findings": dict.fromkeys(
                    ["1.2.1-b", "1.2.1-a", "1.1.2-b", "1.1.1-d", "1.1.1-c", "1.1.1-b"], 2
                )
            },
            "6 项扣分情形不按数量计，只按一次扣：1.1.1-b、1.1.1-c、1.1.1-d、1.1.2-b、1.2.1-a…",
        ),
        ({"reviewed": ["1.1.1"]}, "还有 6 条内容未核查，总分和等级还可能因此变化"),
    ],
)
def test_each_warning_says_what_it_is_about(given: dict[str, Any], words: str) -> None:
    assert _warned(**given) == [words]


SCALED = {"kind": ["x"], "crane": ["yes"]}
REACH = {"machines": ["mill", "dryer"], "gas": ["no"], "happened": []}


@pytest.mark.parametrize(
    ("name", "given", "words"),
    [
        (
            "mini-scaled",
            {"facets": SCALED, "performance": {}},
            ["未填写“没有完成指标”，与之相关的等级待定"],
        ),
        (
            "mini-scaled",
            {"facets": {"kind": []}, "performance": {"missed": 0}},
            ["现场部分没有适用的内容，标准没有规定这时怎样折算：总分只计其余部分，等级待定"],
        ),
        (
            "mini-reach",
            {"facets": {**REACH, "happened": ["fire"]}, "performance": {"deaths": 1}},
            ["“死亡人数”与“发生过什么？”的回答互相矛盾，请核对"],
        ),
        (
            "mini-reach",
            {"facets": {**REACH, "gas": ["yes"]}},
            ["“有哪些机器？”与“烘干机烧燃气吗？”的回答互相矛盾，请核对"],
        ),
        (
            "mini-reach",
            {"facets": REACH, "findings": {"1.1.1-b": 1, "1.2.1-b": 1, "2.1.1-m1": 1}},
            ["同一件事不重复扣分，请核对 1.1.1-b、1.2.1-b、2.1.1-m1 是不是同一件事"],
        ),
        (
            "mini-reach",
            {"facets": REACH, "findings": {"2.1.2-b": 1}},
            [
                "1 项扣分记录不适用（适用范围中没有，或已标为不适用），已保留但不计分："
                "2.1.2-b 燃气泄漏"
            ],
        ),
        (
            "mini-reach",
            {"facets": {**REACH, "machines": []}},
            ["1 个要素按缺项处理：2.1.1。有的省份只允许少数要素缺项，请先查当地的评审标准"],
        ),
        (
            "mini-reach",
            {"facets": REACH, "not_applicable": ["1.1.1", "2.1.2"]},
            [
                "自行标为不适用 36 分，占应评分值的 36.00%，评审时可能不被认可：1.1.1、2.1.2",
                "1 个要素按缺项处理：1.1.1。有的省份只允许少数要素缺项，请先查当地的评审标准",
            ],
        ),
    ],
)
def test_each_warning_of_the_other_rules_says_what_it_is_about(
    name: str, given: dict[str, Any], words: list[str]
) -> None:
    assert _warned(name, **given) == words


def test_of_many_idle_findings_the_first_five_are_named() -> None:
    findings = dict.fromkeys(
        ["2.1.1-m1", "2.1.1-m2", "2.1.1-d1", "2.1.1-d2", "1.2.1-c", "2.1.2-b"], 1
    )
    facets = {"machines": [], "happened": []}
    assert _warned("mini-reach", facets=facets, findings=findings)[0] == (
        "6 项扣分记录不适用（适用范围中没有，或已标为不适用），已保留但不计分："
        "1.2.1-c 燃气无检测；2.1.1-m1 不符合：防护罩；2.1.1-m2 不符合：急停；"
        "2.1.1-d1 不符合：温控；2.1.1-d2 不符合：熄火保护…"
    )


def test_where_just_five_findings_are_idle_none_is_left_out() -> None:
    findings = dict.fromkeys(["2.1.1-m1", "2.1.1-m2", "2.1.1-d1", "2.1.1-d2", "2.1.2-b"], 1)
    facets = {"machines": [], "happened": []}
    assert _warned("mini-reach", facets=facets, findings=findings)[0] == (
        "5 项扣分记录不适用（适用范围中没有，或已标为不适用），已保留但不计分："
        "2.1.1-m1 不符合：防护罩；2.1.1-m2 不符合：急停；2.1.1-d1 不符合：温控；"
        "2.1.1-d2 不符合：熄火保护；2.1.2-b 燃气泄漏"
    )


def test_without_grades_no_question_leaves_a_grade_open() -> None:
    scheme = replace(scheme_named("mini-percent"), grades=())
    facets = {"kind": ["z"], "things": ["boiler"]}
    raw = {"scheme": "mini-percent", "facets": facets, "performance": {"deaths": 0}}
    answers = parse_answers(scheme, {**raw, "reviewed": ["1.1.1", "1.1.2", "1.2.1", "1.2.2"]})
    assert warning_words(score(scheme, answers)) == [
        "未回答“有夜班吗？”，与之相关的内容待答",
        "还有 1 条内容未核查，总分还可能因此变化",
    ]


def test_every_kind_of_warning_has_its_words() -> None:
    assert set(warnings._WORDS) == set(WarningKind)


def test_beside_every_total_stands_what_does_not_count_in_it() -> None:
    scheme = scheme_named("mini-reach")
    raw = {"scheme": "mini-reach", "facets": REACH, "not_applicable": ["1.1.1", "2.1.2"]}
    answers = parse_answers(scheme, {**raw, "findings": {"1.1.1-b": 1, "1.2.1-b": 1}})
    assert unknown_words(score(scheme, answers)) == [
        "1 项扣分记录不适用（适用范围中没有，或已标为不适用），已保留但不计分：1.1.1-b 扣二分",
        "自行标为不适用 36 分，占应评分值的 36.00%，评审时可能不被认可：1.1.1、2.1.2",
    ]


def test_answers_that_the_version_does_not_know_are_named_first_and_apart() -> None:
    answers = Answers(reviewed="all", unknown=("9.1-a", "9.2"))
    result = score(scheme_named("model-enterprise"), answers)
    words = "有 2 处回答在标准的 1.0 版中没有对应内容，已保留但没有计入总分：9.1-a、9.2"
    assert warning_words(result)[0] == words
    # Seven questions are open, and the items that wait for them are not reviewed.
    assert len(warning_words(result)) == 9
    assert unknown_words(result) == [words]
    assert unknown_words(score(result.scheme, Answers())) == []
