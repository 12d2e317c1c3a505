"""The conditions of application in words, on the small standard that has two of them."""

from collections.abc import Mapping

import pytest

from schemes.model import RequisiteShape
from tests.conftest import scheme_named
from wording.application import (
    application_rows,
    application_words,
    requisite_source,
    requisite_words,
    requisites,
)


@pytest.mark.parametrize(
    ("target", "ids"),
    [("", ["licence", "year"]), ("甲级", ["licence", "year"]), ("乙级", ["licence"])],
)
def test_conditions_of_other_grades_are_left_out_once_a_target_is_chosen(
    target: str, ids: list[str]
) -> None:
    assert [one.id for one in requisites(scheme_named("mini-reach"), target)] == ids


@pytest.mark.parametrize(
    ("grades", "words"),
    [
        ([], "证照有效"),
        (["甲级"], "证照有效（甲级）"),
        (["甲级", "乙级"], "证照有效（甲级、乙级）"),
    ],
)
def test_a_condition_names_the_grades_that_it_is_for(grades: list[str], words: str) -> None:
    assert requisite_words(RequisiteShape(id="a", text="证照有效", grades=grades)) == words


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "本工具，整理"),
        ({"source": "某办法第七条"}, "某办法第七条，整理"),
        ({"source": "某办法第七条", "provenance": "official"}, "某办法第七条"),
    ],
)
def test_a_condition_says_where_it_comes_from(given: dict[str, str], words: str) -> None:
    shape = RequisiteShape.model_validate({"id": "a", "text": "证照有效", **given})
    assert requisite_source(shape) == words


@pytest.mark.parametrize(
    ("target", "answers", "words"),
    [
        ("", {}, "申请条件自查：符合 0，不符合 0，待答 2"),
        ("甲级", {"licence": True}, "申请条件自查：符合 1，不符合 0，待答 1"),
        ("甲级", {"licence": True, "year": False}, "申请条件自查：符合 1，不符合 1，待答 0"),
        ("甲级", {"licence": True, "year": True}, "申请条件自查：符合 2，不符合 0，待答 0"),
        ("乙级", {"licence": False, "year": True}, "申请条件自查：符合 0，不符合 1，待答 0"),
    ],
)
def test_conditions_are_counted_by_their_answers(
    target: str, answers: Mapping[str, bool], words: str
) -> None:
    assert application_words(scheme_named("mini-reach"), target, answers) == words


def test_a_standard_without_conditions_says_nothing_of_them() -> None:
    mini = scheme_named("mini-percent")
    assert application_words(mini, "", {}) is None
    assert list(application_rows(mini, "", {})) == []


@pytest.mark.parametrize(
    ("target", "answers", "rows"),
    [
        (
            "",
            {},
            [
                ["1", "证照有效", "待答", "本工具，整理"],
                ["2", "已运行满一年（甲级）", "待答", "某办法第七条，整理"],
            ],
        ),
        (
            "甲级",
            {"licence": False, "year": True},
            [
                ["1", "证照有效", "不符合", "本工具，整理"],
                ["2", "已运行满一年（甲级）", "符合", "某办法第七条，整理"],
            ],
        ),
        ("乙级", {"licence": True}, [["1", "证照有效", "符合", "本工具，整理"]]),
    ],
)
def test_each_condition_is_a_row_of_documents(
    target: str, answers: Mapping[str, bool], rows: list[list[str]]
) -> None:
    assert list(application_rows(scheme_named("mini-reach"), target, answers)) == rows
