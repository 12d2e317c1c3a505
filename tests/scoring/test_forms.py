"""The invariants of the design for every form of rule, in standards made at random."""

import random
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemes import Scheme
from scoring import Result, parse_answers, score
from scoring.problems import AnswersError, ProblemKind
from scoring.result import ItemResult, Rule, SectionResult, State
from tests.conftest import scheme_named
from tests.scoring.trees import any_form_answers, any_forms, form_finding
from wording.output import result_json

Raw = dict[str, Any]
SEEDS = st.integers(0, 2**31)
MANY = settings(max_examples=120, deadline=None)


def _made(seed: int) -> tuple[Scheme, Raw, random.Random]:
    scheme = any_forms(seed)
    return scheme, any_form_answers(seed, scheme), random.Random(seed + 1)


def _score(scheme: Scheme, raw: Raw) -> Result:
    return score(scheme, parse_answers(scheme, raw))


def _nodes(result: Result) -> dict[str, SectionResult | ItemResult]:
    def walk(node: SectionResult | ItemResult) -> Iterator[SectionResult | ItemResult]:
        yield node
        for child in node.children if isinstance(node, SectionResult) else ():
            yield from walk(child)

    found = (node for element in result.elements for node in walk(element))
    return {n.item.id if isinstance(n, ItemResult) else n.section.id: n for n in found}


def _totals(result: Result) -> tuple[Any, ...]:
    return result.low_exact or 0, result.total_exact or 0, result.high_exact or 0


def _no_worse(worse: Result, better: Result) -> None:
    """No score is lower, nor what it can be at best."""
    other = _nodes(worse)
    for name, node in _nodes(better).items():
        assert node.score >= other[name].score
        assert node.high >= other[name].high
    assert _totals(better)[1:] >= _totals(worse)[1:]
    assert _totals(better)[2] >= _totals(worse)[2]


def _inside(before: Result, after: Result) -> None:
    (low, _, high), (earlier_low, _, earlier_high) = _totals(after), _totals(before)
    assert earlier_low <= low <= high <= earlier_high
    for then, now in zip(before.grades, after.grades, strict=True):
        if then.state is not State.OPEN and after.total is not None:
            assert now.state is then.state


@given(SEEDS)
@MANY
def test_scores_and_bounds_lie_where_they_must_and_losses_add_up(seed: int) -> None:
    scheme, raw, _ = _made(seed)
    result = _score(scheme, raw)
    above = scheme.bonus is not None and scheme.bonus.above_full
    for node in _nodes(result).values():
        assert 0 <= node.low <= node.score <= node.high
        assert node.high <= node.full or (above and isinstance(node, SectionResult))
    low, total, high = _totals(result)
    assert low <= total <= high
    for item in result.items.values():
        assert sum(loss.taken for loss in item.losses) == item.full - item.score
    for element in result.elements:
        if not any(s.weight for i in element.items for s in scheme.path(i.item.id).sections[1:]):
            lost = sum(loss.taken for item in element.items for loss in item.losses)
            lost += sum(loss.taken for loss in element.losses)
            assert lost == element.full - element.score
    assert result_json(result)["losses"] is not None


@given(SEEDS)
@MANY
def test_a_finding_never_raises_any_score_and_a_bonus_never_lowers_any(seed: int) -> None:
    scheme, raw, rng = _made(seed)
    condition = rng.choice([c for _, c in scheme.conditions.values()])
    kept = raw["findings"].get(condition.id)
    found = form_finding(rng, condition)
    if kept is not None:
        both = {"amounts": kept["amounts"] + found["amounts"]} if condition.amount else None
        found = both or kept + found
    after = _score(scheme, {**raw, "findings": {**raw["findings"], condition.id: found}})
    before = _score(scheme, raw)
    if condition.add is None:
        _no_worse(after, before)
        return
    other = _nodes(before)
    assert all(node.score >= other[name].score for name, node in _nodes(after).items())
    assert (after.total_exact or 0) >= (before.total_exact or 0)


@given(SEEDS)
@MANY
def test_a_worse_level_or_sample_never_raises_any_score(seed: int) -> None:
    scheme, raw, _ = _made(seed)
    worse = {item: {"all": "some", "some": "none"}.get(n, n) for item, n in raw["levels"].items()}
    _no_worse(_score(scheme, {**raw, "levels": worse}), _score(scheme, raw))
    failed = {i: {**r, "failed": r["inspected"]} for i, r in raw["ratios"].items()}
    _no_worse(_score(scheme, {**raw, "ratios": failed}), _score(scheme, raw))


@given(SEEDS)
@MANY
def test_an_answer_to_what_nobody_reviewed_lies_within_what_could_be(seed: int) -> None:
    scheme, raw, rng = _made(seed)
    before = _score(scheme, raw)
    pending = [one.item for one in before.items.values() if one.pending]
    if not pending:
        return
    item = rng.choice(pending)
    found = {c.id: form_finding(rng, c) for c in item.conditions if rng.random() < 0.5}
    more: Raw = {"findings": {**found, **raw["findings"]}}
    if item.levels and item.id not in raw["levels"]:
        more["levels"] = {**raw["levels"], item.id: rng.choice(["all", "some", "none"])}
    if item.ratio and item.id not in raw["ratios"]:
        more["ratios"] = {**raw["ratios"], item.id: {"inspected": 3, "failed": rng.randint(0, 3)}}
    _inside(before, _score(scheme, {**raw, **more}))
    _inside(before, _score(scheme, {**raw, "reviewed": "all"}))


@given(SEEDS)
@MANY
def test_everything_reviewed_and_answered_leaves_nothing_open(seed: int) -> None:
    scheme, raw, _ = _made(seed)
    result = _score(scheme, {**raw, "reviewed": "all", "facets": {"has": ["yes"]}})
    assert len(set(_totals(result))) == 1
    assert State.OPEN not in {grade.state for grade in result.grades}


@given(SEEDS)
@MANY
def test_order_does_not_matter_and_what_does_not_apply_changes_no_other_item(seed: int) -> None:
    scheme, raw, rng = _made(seed)
    before = _score(scheme, raw)
    turned = {
        key: dict(reversed(value.items())) if isinstance(value, dict) else value
        for key, value in raw.items()
    }
    turned["findings"] = {
        c: {"amounts": found["amounts"][::-1]} if isinstance(found, dict) else found
        for c, found in turned["findings"].items()
    }
    assert _score(scheme, turned) == before
    item = rng.choice(list(scheme.items))
    after = _score(scheme, {**raw, "not_applicable": [*raw["not_applicable"], item]})
    forfeited = any(
        loss.rule is Rule.SECTION_FORFEIT and loss.item.id == item for loss in before.losses
    )
    for name, one in after.items.items():
        assert forfeited or name == item or one.score == before.items[name].score


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_scored_from_any_result_before_is_scored_anew(seed: int) -> None:
    """One answer is another, or several of one kind, or all; facets and marks too."""
    scheme, raw, rng = _made(seed)
    other = any_form_answers(seed + 1, scheme)
    before = _score(scheme, raw)
    condition = rng.choice([c for _, c in scheme.conditions.values()])
    one = {**raw["findings"], condition.id: form_finding(rng, condition)}
    several = rng.choice(["findings", "reviewed", "levels", "ratios", "own_findings"])
    alike = {key: raw[key] for key in ("facets", "not_applicable")}
    asked = {"findings": one}, {several: other[several]}, {**other, **alike}, other
    for changed in (parse_answers(scheme, {**raw, **more}) for more in asked):
        again, anew = score(scheme, changed, before), score(scheme, changed)
        assert again == anew
        assert result_json(again) == result_json(anew)
        before = again


def test_choosing_a_level_or_a_sample_reviews_its_item() -> None:
    scheme = scheme_named("mini-forms")
    raw = {"scheme": "mini-forms", "levels": {"1.1(1)": "full"}}
    raw["ratios"] = {"1.2(1)": {"inspected": 4, "failed": 0}}
    result = _score(scheme, raw)
    assert {i for i, one in result.items.items() if one.reviewed} == {"1.1(1)", "1.2(1)"}
    assert result.losses == ()


def test_low_and_high_hold_bonuses_and_vetoes_that_may_come() -> None:
    """Only 2.1.1 is reviewed, with 4 of 10 lost; nothing else is known, cranes apply.

    low: 二 keeps 30 × 0.7 × 6/10 = 12.6, 一 may be vetoed. high: 二 = 30 × (0.42 + 0.3) = 21.6.
    """
    scheme = scheme_named("mini-forms")
    raw = {"scheme": "mini-forms", "facets": {"kind": ["crane"]}, "findings": {"2.1.1-a": 2}}
    result = _score(scheme, raw)
    assert (result.low_exact, result.high_exact) == (Fraction("12.6"), Fraction("91.6"))
    veto = result.grades[1].gates[-1]
    assert (veto.kind, veto.value, veto.low, veto.high) == ("veto", 0, 2, 0)
    found = {**raw, "findings": {"2.1.1-a": 2, "3-b": 1}}
    assert _score(scheme, found).high_exact == Fraction("87.6")
    bonus = {**raw, "findings": {"2.1.1-a": 2, "3-b": 1, "3-c": 1}, "reviewed": ["3"]}
    assert _score(scheme, bonus).high_exact == Fraction("91.6")
    assert _score(scheme, bonus).low_exact == Fraction("22.6")


def test_bonuses_are_capped_in_the_sum_and_may_exceed_the_full_marks_where_said() -> None:
    scheme = scheme_named("mini-forms")
    found = {"3-b": 1, "3-c": 1, "1.1(2)-c": 1, "1.2(3)-b": 3, "1.2(3)-c": 9}
    raw = {"scheme": "mini-forms", "facets": {"kind": ["crane"]}, "reviewed": "all"}
    result = _score(scheme, {**raw, "findings": found})
    gained = [(str(one.charged), str(one.taken)) for one in result.losses if one.rule is Rule.BONUS]
    assert gained == [("-3", "-3"), ("-2", "0"), ("-4", "-4")]
    assert result.total_exact == 57 + 30 + 6 + 5


@pytest.mark.parametrize(
    ("given_", "kind", "details"),
    [
        ({"findings": {"1.1(2)-b": 2}}, "NO_AMOUNTS", ("1", "5", "0.5")),
        ({"findings": {"1.1(2)-b": {"amounts": "3"}}}, "NO_AMOUNTS", ("1", "5", "0.5")),
        ({"findings": {"1.1(2)-b": {"amounts": [3]}}}, "WRONG_AMOUNT", ("3", "1", "5", "0.5")),
        ({"findings": {"1.1(2)-b": {"amounts": ["0.5"]}}}, "WRONG_AMOUNT", ('"0.5"', "1", "5", "0.5")),
        ({"findings": {"1.1(2)-b": {"amounts": ["5.5"]}}}, "WRONG_AMOUNT", ('"5.5"', "1", "5", "0.5")),
        ({"findings": {"1.1(2)-b": {"amounts": ["1.2"]}}}, "WRONG_AMOUNT", ('"1.2"', "1", "5", "0.5")),
        ({"findings": {"1.1(2)-a": {"amounts": ["1"]}}}, "NO_INTEGER", ('{"amounts": ["1"]}',)),
        ({"levels": {"1.1(2)": "full"}}, "NO_LEVELS", ()),
        ({"levels": {"1.1(1)": "good"}}, "UNKNOWN_LEVEL", ("good", ("full", "partly", "none"))),
        ({"levels": {"9": "full"}}, "UNKNOWN_ITEM", ('"9"',)),
        ({"ratios": {"1.1(2)": {"inspected": 1, "failed": 0}}}, "NO_RATIO", ()),
        ({"ratios": {"1.2(1)": {"inspected": 0, "failed": 0}}}, "RATIO_SUM", ()),
        ({"ratios": {"1.2(1)": {"inspected": 2, "failed": 3}}}, "RATIO_SUM", ()),
        ({"ratios": {"1.2(1)": {"inspected": "2", "failed": 0}}}, "NO_INTEGER", ('"2"',)),
        ({"ratios": {"1.2(1)": {"inspected": 2, "failed": -1}}}, "NEGATIVE", ("-1",)),
        ({"ratios": {"1.2(1)": [2, 1]}}, "NO_PAIRS", ()),
        ({"pins": {"level:1.1(2)": "fix"}}, "UNKNOWN_PLAN_KEY", ()),
    ],
)  # fmt: skip
def test_faults_of_what_is_more_than_a_count(given_: Raw, kind: str, details: Any) -> None:
    with pytest.raises(AnswersError) as caught:
        parse_answers(scheme_named("mini-forms"), {"scheme": "mini-forms", **given_})
    (problem,) = caught.value.problems
    assert (problem.kind, problem.details) == (ProblemKind[kind], details)
