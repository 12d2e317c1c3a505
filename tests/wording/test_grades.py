"""Gates and distances in words, after a downgrade above all."""

from fractions import Fraction
from typing import Any

import pytest

import schemes
from scoring import Result, parse_answers, score
from scoring.result import Gate, GateKind
from wording.grades import distance_words, gate_words, grade_words


def _losing(points: int) -> dict[str, int]:
    """Findings that take all points of the first base items of tobacco, together `points`."""
    findings = {}
    for element in schemes.load("tobacco").parts[0].elements:
        for item in element.items:
            if item.points <= points:
                findings[item.conditions[0].id] = 50
                points -= int(item.points)
    assert points == 0
    return findings


def _tobacco(lost: int, **performance: int) -> Result:
    """Everything present and reviewed, `lost` of the 1000 points gone."""
    scheme = schemes.load("tobacco")
    raw: dict[str, Any] = {
        "scheme": "tobacco",
        "facets": {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets},
        "performance": {"target_missed": 0, "major_accident": 0, **performance},
        "reviewed": "all",
        "findings": _losing(lost),
    }
    return score(scheme, parse_answers(scheme, raw))


def _distances(result: Result) -> list[str]:
    return [distance_words(result, grade) for grade in result.grades]


def test_after_a_downgrade_the_distance_is_to_the_line_that_is_really_asked() -> None:
    """770 with the target missed: 二级 asks for the 900 of 一级, 三级 for the 800 of 二级."""
    result = _tobacco(230, target_missed=1)
    assert _distances(result) == [
        "× 一级：当年未完成省级公司下达的事故控制指标：下降一级，不能评一级",
        "× 二级：总分线 900，还差 130",
        "× 三级：总分线 800，还差 30",
    ]
    assert grade_words(result) == "未达到任何等级"


def test_without_a_downgrade_each_grade_has_its_own_line() -> None:
    result = _tobacco(230)
    assert _distances(result) == [
        "× 一级：总分线 900，还差 130",
        "× 二级：总分线 800，还差 30",
        "✓ 三级：总分线 700，已达到",
    ]
    assert grade_words(result) == "三级"


def test_a_downgraded_grade_that_is_reached_names_the_line_it_was_held_against() -> None:
    assert _distances(_tobacco(100, target_missed=1)) == [
        "× 一级：当年未完成省级公司下达的事故控制指标：下降一级，不能评一级",
        "✓ 二级：总分线 900，已达到",
        "✓ 三级：总分线 800，已达到",
    ]


def test_what_hinders_although_the_total_suffices_is_said_instead_of_a_distance() -> None:
    assert _distances(_tobacco(0, major_accident=1)) == [
        "× 一级：当年发生重大安全事故：是",
        "× 二级：当年发生重大安全事故：是",
        "× 三级：当年发生重大安全事故：是",
    ]


@pytest.mark.parametrize(
    ("deaths", "words"),
    [
        (0, "申请评审前一年内，生产安全事故死亡人数 0，不超过 1"),
        (1, "申请评审前一年内，生产安全事故死亡人数 1，不超过 1"),
        (2, "申请评审前一年内，生产安全事故死亡人数 2，超过 1"),
    ],
)
def test_counts_of_the_safety_record_are_held_against_what_is_allowed(
    deaths: int, words: str
) -> None:
    """condiment: 三级 allows one death."""
    scheme = schemes.load("condiment")
    raw = {
        "scheme": "condiment",
        "facets": {facet.id: [] for facet in scheme.facets},
        "performance": {"deaths": deaths, "serious_injuries": 0},
        "reviewed": "all",
    }
    result = score(scheme, parse_answers(scheme, raw))
    third = result.grades[2]
    assert [gate_words(result, third, gate) for gate in third.gates] == [
        "总分 100.0 不低于 60",
        words,
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Fraction(10), "自行标为不适用的占 10.00%，不超过 10%"),
        (Fraction(1001, 100), "自行标为不适用的占 10.01%，超过 10%"),
        (Fraction(10001, 1000), "自行标为不适用的占 10.001%，超过 10%"),
        (Fraction(99999, 10000), "自行标为不适用的占 10.00%，不超过 10%"),
    ],
)
def test_a_share_that_looks_like_its_line_is_told_from_it(value: Fraction, words: str) -> None:
    gate = Gate(GateKind.NOT_APPLICABLE, None, value, value, value, Fraction(10))
    result = _tobacco(0)
    assert gate_words(result, result.grades[0], gate) == words
