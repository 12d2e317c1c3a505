"""The invariants of the design, for any answers to any scheme."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemes import Scheme
from scoring import Answers, Result, parse_answers, score
from scoring.result import ItemResult, SectionResult, State, WarningKind
from tests.conftest import scheme_named

NAMES = (
    "condiment",
    "hazchem",
    "mini-percent",
    "mini-reach",
    "mini-scaled",
    "mini-weighted",
    "tobacco",
)
SCHEMES = {name: scheme_named(name) for name in NAMES}
REASSESSED = [name for name, scheme in SCHEMES.items() if scheme.reassessment]
Raw = dict[str, Any]


@st.composite
def _states(draw: st.DrawFn) -> dict[str, int]:
    """How often an earlier finding was made and what has become of it since."""
    states = draw(st.tuples(*[st.integers(0, 3)] * 4).filter(any))
    rectified, planned, still_open, _ = states
    return {
        "count": sum(states),
        "rectified": rectified,
        "planned": planned,
        "open": still_open,
    }


@dataclass(frozen=True)
class _Drawn:
    """What answers to a scheme are drawn from; made once, as making it takes longer than drawing."""

    items: st.SearchStrategy[str]
    conditions: st.SearchStrategy[str]
    facets: dict[str, st.SearchStrategy[list[str]]]
    order: st.SearchStrategy[list[str]]
    """Of the facets; the first ones stay unanswered."""

    record: dict[str, st.SearchStrategy[int]]
    some: st.SearchStrategy[list[str]]
    """Of the items and their groups."""

    not_applicable: st.SearchStrategy[list[str]]
    earlier: st.SearchStrategy[dict[str, dict[str, int]]]


@cache
def _drawn(name: str) -> _Drawn:
    scheme = SCHEMES[name]
    items = list(scheme.items)
    groups = [f"{i}/{group.id}" for i, item in scheme.items.items() for group in item.groups]
    markable = [i for i in items if scheme.items[i].na != "forbidden"]
    conditions = st.sampled_from(list(scheme.conditions))
    facets = {}
    for facet in scheme.facets:
        options = [option.id for option in facet.options]
        most = len(options) if facet.many else 1
        facets[facet.id] = st.just(options[:most]) | st.lists(
            st.sampled_from(options), max_size=most, unique=True
        )
    return _Drawn(
        items=st.sampled_from(items),
        conditions=conditions,
        facets=facets,
        order=st.permutations(sorted(facets)),
        record={p.id: st.integers(0, 1 if p.yes_no else 3) for p in scheme.performance},
        some=st.lists(st.sampled_from([*items, *groups]), max_size=30, unique=True),
        not_applicable=st.lists(st.sampled_from(markable), max_size=6, unique=True),
        earlier=st.dictionaries(conditions, _states(), max_size=12),
    )


_Nearby = tuple[st.SearchStrategy[Any], st.SearchStrategy[dict[str, int]]]


@cache
def _nearby(name: str, element_id: str) -> _Nearby:
    """What of an element is reviewed, and findings of which half are of it."""
    (element,) = (e for e in SCHEMES[name].elements if e.id == element_id)
    close = [c.id for item in element.items for c in item.conditions]
    conditions = st.sampled_from(close) | _drawn(name).conditions
    nearby = st.lists(st.sampled_from([item.id for item in element.items]), unique=True)
    return (
        st.just("all") | _drawn(name).some | nearby,
        st.dictionaries(conditions, st.integers(1, 8), max_size=12),
    )


@cache
def _any_of(names: tuple[str, ...]) -> st.SearchStrategy[str]:
    return st.sampled_from(names)


_UNANSWERED = st.sampled_from([0, 0, 1, 3])
_WITH_RECORD = st.sampled_from([True, True, False])


@st.composite
def _answers(draw: st.DrawFn, names: Sequence[str] = NAMES) -> tuple[Scheme, Raw]:
    """Answers to one scheme; many findings fall on few items, so that rules meet."""
    name = draw(_any_of(tuple(names)))
    scheme, drawn = SCHEMES[name], _drawn(name)
    element = scheme.path(draw(drawn.items)).element
    reviewed, findings = _nearby(name, element.id)
    unanswered = draw(_UNANSWERED)
    facets = {facet_id: draw(options) for facet_id, options in drawn.facets.items()}
    for facet_id in draw(drawn.order)[:unanswered] if unanswered else ():
        del facets[facet_id]
    record = {question: draw(count) for question, count in drawn.record.items()}
    raw = {
        "scheme": scheme.id,
        "facets": facets,
        "performance": record if draw(_WITH_RECORD) else {},
        "not_applicable": draw(drawn.not_applicable),
        "reviewed": draw(reviewed),
        "findings": draw(findings),
    }
    if scheme.reassessment:
        raw["earlier"] = draw(drawn.earlier)
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


def _numbers(*values: Any) -> list[Any]:
    """Of a total and its bounds: with nothing applicable there are none, as if they were 0."""
    return [value or 0 for value in values]


def _assert_no_lower(before: Result, after: Result) -> None:
    """Neither a score nor what it can be at best has become less."""
    earlier = _nodes(before)
    for node_id, node in _nodes(after).items():
        assert node.score >= earlier[node_id].score
        assert node.high >= earlier[node_id].high
    one = _numbers(after.total_exact, after.total, after.high)
    other = _numbers(before.total_exact, before.total, before.high)
    assert all(a >= b for a, b in zip(one, other, strict=True))


def _assert_same_but_warnings(one: Result, other: Result) -> None:
    same = {"warnings": (), "answers": Answers()}
    assert replace(one, **same) == replace(other, **same)


_STATES = {State.UNMET: 0, State.OPEN: 1, State.MET: 2}


def _assert_inside(before: Result, after: Result) -> None:
    """What is known now lies within what could be before, of the total and of every grade."""
    assert (after.total is None) == (before.total is None) or after.full == 0
    if after.total is not None and before.total is not None:
        low, high, earlier_low, earlier_high = _numbers(
            after.low, after.high, before.low, before.high
        )
        assert earlier_low <= low <= high <= earlier_high
    for then, now in zip(before.grades, after.grades, strict=True):
        if then.state is not State.OPEN and after.total is not None:
            assert now.state is then.state


@given(_answers(), st.data())
@settings(max_examples=60, deadline=None)
def test_scored_from_the_result_before_is_scored_anew(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    """After one finding more, and with every answer another but to what applies."""
    scheme, raw = given_
    condition = data.draw(st.sampled_from(list(scheme.conditions)))
    finding = {**raw["findings"], condition: raw["findings"].get(condition, 0) + 1}
    _, other = data.draw(_answers([scheme.id]))
    alike = {key: raw[key] for key in ("facets", "not_applicable")}
    before = _score(scheme, raw)
    for changed in ({**raw, "findings": finding}, {**other, **alike}):
        answers = parse_answers(scheme, changed)
        assert score(scheme, answers, before) == score(scheme, answers)


def test_of_a_result_before_only_the_element_of_the_answer_is_another() -> None:
    scheme = SCHEMES["hazchem"]
    raw: Raw = {"scheme": "hazchem", "reviewed": "all", "findings": {}}
    condition = next(iter(scheme.conditions))
    before = _score(scheme, raw)
    answers = parse_answers(scheme, {**raw, "findings": {condition: 1}})
    after = score(scheme, answers, before)
    kept = [a is b for a, b in zip(before.elements, after.elements, strict=True)]
    assert kept == [False] + [True] * (len(scheme.elements) - 1)


@given(_answers(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_finding_never_raises_any_score(given_: tuple[Scheme, Raw], data: st.DataObject) -> None:
    scheme, raw = given_
    condition = data.draw(st.sampled_from(list(scheme.conditions)))
    more = {**raw["findings"], condition: raw["findings"].get(condition, 0) + 1}
    before, after = _score(scheme, raw), _score(scheme, {**raw, "findings": more})
    _assert_no_lower(after, before)


@given(_answers(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_finding_lies_within_what_could_be_before(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    """One on an item that nobody has reviewed is what that item could still bring."""
    scheme, raw = given_
    before = _score(scheme, raw)
    pending = [i for i, item in before.items.items() if item.pending]
    if not pending:
        return
    item = scheme.items[data.draw(st.sampled_from(pending))]
    condition = data.draw(st.sampled_from([c.id for c in item.conditions]))
    more = {**raw["findings"], condition: raw["findings"].get(condition, 0) + 1}
    _assert_inside(before, _score(scheme, {**raw, "findings": more}))


@given(_answers(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_mark_lies_within_what_could_be_before(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    scheme, raw = given_
    if raw["reviewed"] == "all":
        return
    marks = [*scheme.items]
    marks += [f"{i}/{group.id}" for i, item in scheme.items.items() for group in item.groups]
    mark = data.draw(st.sampled_from(marks))
    after = _score(scheme, {**raw, "reviewed": [*raw["reviewed"], mark]})
    _assert_inside(_score(scheme, raw), after)
    everything = _score(scheme, {**raw, "reviewed": "all"})
    _assert_inside(after, everything)
    assert everything.total_exact == after.total_exact


@given(_answers(), st.data())
@settings(max_examples=150, deadline=None)
def test_an_answer_to_a_question_lies_within_what_could_be_before(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    """But where a variant waits for it: of these none counts, and every grade is open.

    And but where a later answer, which counted until then, makes no sense any more.
    """
    scheme, raw = given_
    before = _score(scheme, raw)
    open_ = [facet for facet in scheme.facets if facet.id not in raw["facets"]]
    if not open_:
        return
    facet = data.draw(st.sampled_from(open_))
    options = [option.id for option in facet.options]
    most = len(options) if facet.many else 1
    chosen = data.draw(st.lists(st.sampled_from(options), max_size=most, unique=True))
    after = _score(scheme, {**raw, "facets": {**raw["facets"], facet.id: chosen}})
    if scheme.scoring.total == "scaled" or before.applies.unchosen or after.applies.unchosen:
        return
    if before.applies.given.keys() - after.applies.given.keys():
        return
    _assert_inside(before, after)


@given(_answers(), st.data())
@settings(max_examples=100, deadline=None)
def test_an_answer_to_the_safety_record_settles_what_was_open_and_nothing_else(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    scheme, raw = given_
    if not scheme.performance:
        return
    question = data.draw(st.sampled_from(scheme.performance))
    record = {q: n for q, n in raw["performance"].items() if q != question.id}
    answer = data.draw(st.integers(0, 1 if question.yes_no else 3))
    before = _score(scheme, {**raw, "performance": record})
    _assert_inside(before, _score(scheme, {**raw, "performance": {**record, question.id: answer}}))


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


WORSE_TO_BETTER = ("open", "planned", "rectified")


@given(_answers(REASSESSED), st.data())
@settings(max_examples=150, deadline=None)
def test_deciding_better_never_lowers_any_score(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    scheme, raw = given_
    worse = [
        (condition, state)
        for condition, states in sorted(raw["earlier"].items())
        for state in WORSE_TO_BETTER[:2]
        if states[state]
    ]
    if not worse:
        return
    condition, state = data.draw(st.sampled_from(worse))
    better = WORSE_TO_BETTER[WORSE_TO_BETTER.index(state) + 1]
    states = dict(raw["earlier"][condition])
    states[state] -= 1
    states[better] += 1
    earlier = {**raw["earlier"], condition: states}
    before, after = _score(scheme, raw), _score(scheme, {**raw, "earlier": earlier})
    _assert_no_lower(before, after)
    assert _numbers(after.low) >= _numbers(before.low)


@given(_answers(REASSESSED), st.data(), st.sampled_from(WORSE_TO_BETTER))
@settings(max_examples=150, deadline=None)
def test_a_decision_lies_within_what_could_be_before(
    given_: tuple[Scheme, Raw], data: st.DataObject, decision: str
) -> None:
    scheme, raw = given_
    undecided = [
        condition
        for condition, states in sorted(raw["earlier"].items())
        if states["count"] > states["rectified"] + states["planned"] + states["open"]
    ]
    if not undecided:
        return
    condition = data.draw(st.sampled_from(undecided))
    states = dict(raw["earlier"][condition])
    states[decision] += 1
    before = _score(scheme, raw)
    after = _score(scheme, {**raw, "earlier": {**raw["earlier"], condition: states}})
    _assert_inside(before, after)
    if decision == "open":
        assert after.total_exact == before.total_exact


@given(_answers(REASSESSED))
@settings(max_examples=100, deadline=None)
def test_everything_still_open_scores_as_if_found_anew(given_: tuple[Scheme, Raw]) -> None:
    scheme, raw = given_
    found = dict(raw["findings"])
    still_open = {}
    for condition, states in raw["earlier"].items():
        count = states["count"]
        still_open[condition] = {"count": count, "open": count}
        found[condition] = found.get(condition, 0) + count
    _assert_same_but_warnings(
        _score(scheme, {**raw, "earlier": still_open}),
        _score(scheme, {**raw, "earlier": {}, "findings": found}),
    )


@given(_answers(REASSESSED))
@settings(max_examples=60, deadline=None)
def test_undecided_costs_as_much_as_open_and_may_turn_out_to_be_rectified(
    given_: tuple[Scheme, Raw],
) -> None:
    scheme, raw = given_
    by_state = {
        state: _score(
            scheme,
            {
                **raw,
                "earlier": {
                    c: {"count": states["count"], **({state: states["count"]} if state else {})}
                    for c, states in raw["earlier"].items()
                },
            },
        )
        for state in ("", "open", "rectified")
    }
    assert by_state[""].total_exact == by_state["open"].total_exact
    assert by_state[""].high == by_state["rectified"].high


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
@settings(max_examples=150, deadline=None)
def test_scores_and_bounds_lie_where_they_must(given_: tuple[Scheme, Raw]) -> None:
    result = _score(*given_)
    for node in _nodes(result).values():
        assert 0 <= node.low <= node.score <= node.high <= node.full
    if result.full == 0:
        assert (result.low, result.total, result.high) == (None, None, None)
        return
    low, total, high = _numbers(result.low, result.total, result.high)
    assert 0 <= low <= total <= high <= result.scheme.best_total
    for grade in result.grades:
        for gate in grade.gates:
            assert gate.met_high or not gate.met_value
            assert gate.met_value or not gate.met_low


@given(_answers())
@settings(max_examples=100, deadline=None)
def test_everything_reviewed_answered_and_decided_leaves_nothing_open(
    given_: tuple[Scheme, Raw],
) -> None:
    scheme, raw = given_
    done = {
        **raw,
        "reviewed": "all",
        "facets": {facet.id: raw["facets"].get(facet.id, []) for facet in scheme.facets},
        "performance": {question.id: 0 for question in scheme.performance} | raw["performance"],
        "earlier": {
            c: {**states, "count": states["rectified"] + states["planned"] + states["open"]}
            for c, states in raw.get("earlier", {}).items()
        },
    }
    result = _score(scheme, done)
    assert result.reviewed == result.applicable_items
    assert result.low == result.total == result.high
    for node in _nodes(result).values():
        assert node.low == node.score == node.high
    states = {grade.state for grade in result.grades}
    undefined = any(w.kind is WarningKind.FORMULA_UNDEFINED for w in result.warnings)
    assert undefined or State.OPEN not in states


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
def test_not_applicable_changes_another_item_only_where_it_forfeited(
    given_: tuple[Scheme, Raw], data: st.DataObject
) -> None:
    """A section veto goes with the item it stood on."""
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
    """Everything is open: nothing earned, nothing denied, and no grade before the first review."""
    scheme = SCHEMES[name]
    result = score(scheme, Answers())
    assert (result.low, result.reviewed) == (0, 0)
    assert result.total == result.high
    assert {grade.state for grade in result.grades} == {State.OPEN}
    assert result.warnings
