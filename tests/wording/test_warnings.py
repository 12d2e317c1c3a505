"""Warnings as they stand beside a total."""

from typing import Any

import pytest

from scoring import Answers, parse_answers, score
from tests.conftest import scheme_named
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
            "未回答“有夜班吗？”，与之相关的内容没有计入",
        ),
        ({"performance": {}}, "未填写“死亡人数”，按0计"),
        (
            {"facets": {**ANSWERED, "things": []}, "findings": {"2.1.1-1": 1, "2.1.2-1.none": 1}},
            "2 项扣分记录所在内容不适用，已保留但不计分：2.1.1-1、2.1.2-1.none",
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
        ({"reviewed": ["1.1.1"]}, "还有 6 条内容未核查，暂按满分计"),
    ],
)
def test_each_warning_says_what_it_is_about(given: dict[str, Any], words: str) -> None:
    assert _warned(**given) == [words]


def test_an_open_yes_or_no_counts_as_no() -> None:
    facets = {"kind": ["x"], "crane": ["yes"]}
    assert _warned("mini-scaled", facets=facets, performance={}) == ["未填写“没有完成指标”，按否计"]


def test_answers_that_the_version_does_not_know_are_named_first_and_apart() -> None:
    answers = Answers(reviewed="all", unknown=("9.1-a", "9.2"))
    result = score(scheme_named("model-enterprise"), answers)
    words = "有 2 处回答在标准的 1.0 版中没有对应内容，已保留但没有计入总分：9.1-a、9.2"
    assert warning_words(result)[0] == words
    assert len(warning_words(result)) == 8  # seven questions are open
    assert unknown_words(result) == [words]
    assert unknown_words(score(result.scheme, Answers())) == []
