"""The invariants of the design, for any answers to any scheme."""

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemes import Scheme
from scoring import Answers, Result, parse_answers, score
from scoring.result import ItemResult, SectionResult
from tests.conftest import scheme_named

SCHEMES = {
    name: scheme_named(name) for name in ("condiment", "hazchem", "mini-percent", "mini-weighted")
}
Raw = dict[str, Any]


@st.composite
def _answers(draw: st.DrawFn) -> tuple[Scheme, Raw]:
    """Answers to one scheme; many findings fall on few items, so that rules meet."""
    scheme = SCHEMES[draw(st.sampled_from(sorted(SCHEMES)))]
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
        "performance": {p.id: draw(st.integers(0, 3)) for p in scheme.performance},
        "not_applicable": draw(st.lists(st.sampled_from(markable), max_size=6, unique=True)),
        "reviewed": draw(
            st.just("all") | st.lists(st.sampled_from(items), max_size=30, unique=True)
        ),
        "findings": draw(st.dictionaries(conditions, st.integers(1, 8), max_size=12)),
    }
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


@given(_answers(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_finding_never_raises_any_score(given_: tuple[Scheme, Raw], data: st.DataObject) -> None:
    scheme, raw = given_
    condition = data.draw(st.sampled_from(list(scheme.conditions)))
    more = {**raw["findings"], condition: raw["findings"].get(condition, 0) + 1}
    before, after = _score(scheme, raw), _score(scheme, {**raw, "findings": more})
    for node_id, node in _nodes(after).items():
        assert node.score <= _nodes(before)[node_id].score
    assert after.total_exact <= before.total_exact


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
    before, after = _score(scheme, raw), _score(scheme, {**raw, "findings": less})
    for node_id, node in _nodes(after).items():
        assert node.score >= _nodes(before)[node_id].score
    assert after.total_exact >= before.total_exact


@given(_answers())
@settings(max_examples=150, deadline=None)
def test_scores_and_bounds_lie_where_they_must(given_: tuple[Scheme, Raw]) -> None:
    result = _score(*given_)
    for node in _nodes(result).values():
        assert 0 <= node.low <= node.score <= node.full
    assert 0 <= result.low <= result.total <= result.high <= 100
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
