"""The invariants of the design, for any answers to any scheme."""

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemes import Scheme
from scoring import Answers, Result, parse_answers, score
from scoring.result import ItemResult, SectionResult
from tests.conftest import scheme_named

NAMES = ("condiment", "hazchem", "mini-percent", "mini-scaled", "mini-weighted", "tobacco")
SCHEMES = {name: scheme_named(name) for name in NAMES}
REASSESSED = [name for name, scheme in SCHEMES.items() if scheme.reassessment]
Raw = dict[str, Any]


@st.composite
def _states(draw: st.DrawFn) -> dict[str, int]:
    """How often an earlier finding was made and what has become of it since."""
    rectified, planned, still_open = draw(st.tuples(*[st.integers(0, 3)] * 3).filter(any))
    count = rectified + planned + still_open
    return {"count": count, "rectified": rectified, "planned": planned}


@st.composite
def _answers(draw: st.DrawFn, names: Sequence[str] = NAMES) -> tuple[Scheme, Raw]:
    """Answers to one scheme; many findings fall on few items, so that rules meet."""
    scheme = SCHEMES[draw(st.sampled_from(names))]
    items = list(scheme.items)
    markable = [i for i in items if scheme.items[i].na != "forbidden"]
    near = draw(st.sampled_from(items))
    element = scheme.path(near).element
    close = [c.id for item in element.items for c in item.conditions]
    conditions = st.sampled_from(close) | st.sampled_from(list(scheme.conditions))
    facets = {}
    for facet in scheme.facets:
        options = [option.id for option in facet.options]
        most = len(options) if facet.many else 1
        facets[facet.id] = draw(
            st.just(options[:most]) | st.lists(st.sampled_from(options), max_size=most, unique=True)
        )
    raw = {
        "scheme": scheme.id,
        "facets": facets,
        "performance": {
            p.id: draw(st.integers(0, 1 if p.yes_no else 3)) for p in scheme.performance
        },
        "not_applicable": draw(st.lists(st.sampled_from(markable), max_size=6, unique=True)),
        "reviewed": draw(
            st.just("all") | st.lists(st.sampled_from(items), max_size=30, unique=True)
        ),
        "findings": draw(st.dictionaries(conditions, st.integers(1, 8), max_size=12)),
    }
    if scheme.reassessment:
        raw["earlier"] = draw(st.dictionaries(conditions, _states(), max_size=12))
    return scheme, raw


def _score(scheme: Scheme, raw: Raw) -> Result:
    return score(scheme, parse_answers(scheme, raw))


def _nodes(result: Result) -> dict[str, SectionResult | ItemResult]:
    found: dict[str, SectionResult | ItemResult] = {}

    def walk(node: SectionResult | ItemResult) -> None:
        if isinstance(node, ItemResult):
            found[node.item.id] = node
        else:
            found[node.section.id] = node
            for child in node.children:
                walk(child)

    for element in result.elements:
        walk(element)
    return found


def _assert_no_lower(before: Result, after: Result) -> None:
    for node_id, node in _nodes(after).items():
        assert node.score >= _nodes(before)[node_id].score
    assert after.total_exact >= before.total_exact


def _assert_same_but_warnings(one: Result, other: Result) -> None:
    same = {"warnings": (), "answers": Answers()}
    assert replace(one, **same) == replace(other, **same)


@given(_answers(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_finding_never_raises_any_score(given_: tuple[Scheme, Raw], data: st.DataObject) -> None:
    scheme, raw = given_
    condition = data.draw(st.sampled_from(list(scheme.conditions)))
    more = {**raw["findings"], condition: raw["findings"].get(condition, 0) + 1}
    before, after = _score(scheme, raw), _score(scheme, {**raw, "findings": more})
    _assert_no_lower(after, before)


@given(_answers(), st.data())
@settings(max_examples=100, deadline=None)
def test_removing_a_finding_never_lowers_any(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    scheme, raw = given_
    if not raw["findings"]:
        return
    gone = data.draw(st.sampled_from(sorted(raw["findings"])))
    less = {c: n for c, n in raw["findings"].items() if c != gone}
    _assert_no_lower(_score(scheme, raw), _score(scheme, {**raw, "findings": less}))


@given(_answers(REASSESSED), st.data())
@settings(max_examples=100, deadline=None)
def test_rectifying_one_more_never_lowers_any_score(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    scheme, raw = given_
    left = [c for c, states in raw["earlier"].items() if states["rectified"] < states["count"]]
    if not left:
        return
    condition = data.draw(st.sampled_from(sorted(left)))
    states = dict(raw["earlier"][condition])
    states["rectified"] += 1
    if states["rectified"] + states["planned"] > states["count"]:
        states["planned"] -= 1
    earlier = {**raw["earlier"], condition: states}
    _assert_no_lower(_score(scheme, raw), _score(scheme, {**raw, "earlier": earlier}))


@given(_answers(REASSESSED), st.data())
@settings(max_examples=100, deadline=None)
def test_planned_never_costs_more_than_open(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    scheme, raw = given_
    planned = [c for c, states in raw["earlier"].items() if states["planned"]]
    if not planned:
        return
    condition = data.draw(st.sampled_from(sorted(planned)))
    states = dict(raw["earlier"][condition])
    states["planned"] -= 1
    earlier = {**raw["earlier"], condition: states}
    _assert_no_lower(_score(scheme, {**raw, "earlier": earlier}), _score(scheme, raw))


@given(_answers(REASSESSED))
@settings(max_examples=100, deadline=None)
def test_everything_still_open_scores_as_if_found_anew(given_: tuple[Scheme, Raw]) -> None:
    scheme, raw = given_
    still_open = {c: {"count": states["count"]} for c, states in raw["earlier"].items()}
    found = dict(raw["findings"])
    for condition, states in still_open.items():
        found[condition] = found.get(condition, 0) + states["count"]
    _assert_same_but_warnings(
        _score(scheme, {**raw, "earlier": still_open}),
        _score(scheme, {**raw, "earlier": {}, "findings": found}),
    )


@given(_answers(REASSESSED))
@settings(max_examples=100, deadline=None)
def test_everything_rectified_scores_as_if_never_found(given_: tuple[Scheme, Raw]) -> None:
    scheme, raw = given_
    rectified = {
        c: {"count": states["count"], "rectified": states["count"]}
        for c, states in raw["earlier"].items()
    }
    reviewed = {**raw, "reviewed": "all"}  # what is rectified has also been looked at
    _assert_same_but_warnings(
        _score(scheme, {**reviewed, "earlier": rectified}),
        _score(scheme, {**reviewed, "earlier": {}}),
    )


@given(_answers())
@settings(max_examples=100, deadline=None)
def test_rectifying_never_lowers_a_bound(given_: tuple[Scheme, Raw]) -> None:
    scheme, raw = given_
    planned = {c: {"count": 1, "planned": 1} for c in raw.get("earlier", {})}
    rectified = {c: {"count": 1, "rectified": 1} for c in raw.get("earlier", {})}
    before = _score(scheme, {**raw, "earlier": planned})
    after = _score(scheme, {**raw, "earlier": rectified})
    assert after.low >= before.low
    assert after.high >= before.high


@given(_answers())
@settings(max_examples=150, deadline=None)
def test_scores_and_bounds_lie_where_they_must(given_: tuple[Scheme, Raw]) -> None:
    result = _score(*given_)
    for node in _nodes(result).values():
        assert 0 <= node.low <= node.score <= node.full
    assert 0 <= result.low <= result.total <= result.high <= result.scheme.best_total
    if result.reviewed == result.applicable_items:
        assert result.low == result.total == result.high


@given(_answers())
@settings(max_examples=150, deadline=None)
def test_every_lost_point_has_a_finding_and_a_rule(given_: tuple[Scheme, Raw]) -> None:
    result = _score(*given_)
    for item in result.items.values():
        assert sum(loss.taken for loss in item.losses) == item.full - item.score
    for element in result.elements:
        lost = sum(loss.taken for item in element.items for loss in item.losses)
        lost += sum(loss.taken for loss in element.losses)
        assert lost == element.full - element.score


@given(_answers(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_order_of_answers_does_not_matter(given_: tuple[Scheme, Raw], rng: random.Random) -> None:
    scheme, raw = given_

    def shuffled(value: Any) -> Any:
        if isinstance(value, dict):
            keys = list(value)
            rng.shuffle(keys)
            return {key: shuffled(value[key]) for key in keys}
        return rng.sample(value, len(value)) if isinstance(value, list) else value

    assert _score(scheme, raw) == _score(scheme, shuffled(raw))


@given(_answers(), st.data())
@settings(max_examples=150, deadline=None)
def test_not_applicable_never_changes_another_item(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    """One exception follows from the rules: a section veto goes with the item it stood on."""
    scheme, raw = given_
    markable = [i for i in scheme.items if scheme.items[i].na != "forbidden"]
    marked = data.draw(st.sampled_from(markable))
    veto = any(
        item.id == marked and condition.scope == "section"
        for item, condition in map(scheme.conditions.get, raw["findings"])  # type: ignore[misc]
    )
    before = _score(scheme, raw)
    after = _score(scheme, {**raw, "not_applicable": [*raw["not_applicable"], marked]})
    siblings = scheme.path(marked).sections[-1].children if veto else ()
    for item_id, item in after.items.items():
        if item_id != marked and all(item_id != sibling.id for sibling in siblings):
            assert item.score == before.items[item_id].score


@pytest.mark.parametrize("name", sorted(SCHEMES))
def test_no_answers_at_all(name: str) -> None:
    result = score(SCHEMES[name], Answers())
    assert result.low == 0
    assert result.total == result.high
    assert result.warnings
