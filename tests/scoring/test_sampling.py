"""How many to look at: the worked examples of tests/cases/sampling and what holds for any rule."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

import schemes
from schemes.model import SamplingShape
from scoring.sampling import sample_size

CASES = Path(__file__).parent.parent / "cases" / "sampling"

_RULES = st.builds(
    SamplingShape,
    percent=st.integers(1, 100),
    minimum=st.integers(1, 20),
    self_factor=st.integers(1, 4),
)
_OWNED = st.integers(0, 10_000)


def _rules(scheme_id: str) -> dict[str, SamplingShape]:
    found = {part.id: part.sampling for part in schemes.load(scheme_id).parts}
    return {part_id: rule for part_id, rule in found.items() if rule}


def _load() -> list[Any]:
    return [
        pytest.param(path.stem, case, id=f"{path.stem}: {case['owned']}")
        for path in sorted(CASES.glob("*.yaml"))
        for case in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    ]


@pytest.mark.parametrize(("scheme_id", "case"), _load())
def test_case(scheme_id: str, case: dict[str, Any]) -> None:
    for part_id, expected in case["expect"].items():
        rule = _rules(scheme_id)[part_id]
        found = {
            "review": sample_size(rule, case["owned"], self_assessment=False),
            "self": sample_size(rule, case["owned"], self_assessment=True),
        }
        assert found == expected, part_id


def test_every_part_of_the_site_is_sampled_alike() -> None:
    rules = _rules("tobacco")
    assert sorted(rules) == ["C", "D", "E", "F"]
    assert rules["D"] == rules["E"] == rules["F"]


@given(_RULES, _OWNED, st.booleans())
def test_no_more_than_there_are_and_no_less_than_the_minimum(
    rule: SamplingShape, owned: int, self_assessment: bool
) -> None:
    number = sample_size(rule, owned, self_assessment=self_assessment)
    assert min(owned, rule.minimum) <= number <= owned


@given(_RULES, _OWNED, st.booleans())
def test_the_share_is_reached_and_not_passed_by_a_whole_one(
    rule: SamplingShape, owned: int, self_assessment: bool
) -> None:
    factor = rule.self_factor if self_assessment else 1
    number = sample_size(rule, owned, self_assessment=self_assessment)
    assert number == owned or number * 100 >= owned * rule.percent * factor
    if number > rule.minimum * factor:
        assert (number - factor) * 100 < owned * rule.percent * factor


@given(_RULES, _OWNED, st.integers(0, 200), st.booleans())
def test_owning_more_never_means_looking_at_less(
    rule: SamplingShape, owned: int, more: int, self_assessment: bool
) -> None:
    few = sample_size(rule, owned, self_assessment=self_assessment)
    assert sample_size(rule, owned + more, self_assessment=self_assessment) >= few


@given(_RULES, _OWNED)
def test_a_self_assessment_looks_at_no_less_than_a_review(rule: SamplingShape, owned: int) -> None:
    review = sample_size(rule, owned, self_assessment=False)
    assert review <= sample_size(rule, owned, self_assessment=True) <= review * rule.self_factor
