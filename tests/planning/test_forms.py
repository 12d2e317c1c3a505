"""The shortest way by every form of rule, against trying everything."""

import itertools
import random
from fractions import Fraction
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from planning.gain import finding_gains
from planning.goal import goal_of
from planning.next import preview
from planning.shortest import shortest
from schemes import Scheme
from scoring import parse_answers, score
from scoring.result import State
from tests.conftest import scheme_named
from tests.scoring.trees import any_form_answers, any_forms
from wording.plan import plan_json, plan_lines

Raw = dict[str, Any]
MOST = 400
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


def _found(scheme: Scheme, raw: Raw) -> list[tuple[str, int]]:
    """Keys of what takes points with how many places there are, in the order of plans."""
    found: list[tuple[str, int]] = []
    absent = raw["facets"]["has"] != ["yes"]
    for item in scheme.items.values():
        if item.id in raw["not_applicable"] or (absent and item.applies_when.terms):
            continue
        for condition in item.conditions:
            made = raw["findings"].get(condition.id)
            if made and condition.add is None:
                found.append((condition.id, len(made["amounts"]) if condition.amount else made))
        if raw["levels"].get(item.id) in ("some", "none"):
            found.append((f"level:{item.id}", 1))
        if raw["ratios"].get(item.id, {}).get("failed"):
            found.append((f"ratio:{item.id}", raw["ratios"][item.id]["failed"]))
        own = [one for one in raw["own_findings"] if one["item"] == item.id]
        found += [(f"own:{one['id']}", one["count"]) for one in own]
    return found


def _without(raw: Raw, fixed: dict[str, int]) -> Raw:
    """The answers with so much put right, by hand; of amounts the largest first."""
    findings: dict[str, Any] = {}
    for name, made in raw["findings"].items():
        places = fixed.get(name, 0)
        if isinstance(made, dict):
            kept = sorted(made["amounts"], key=Fraction, reverse=True)[places:]
            findings[name] = {"amounts": kept}
        else:
            findings[name] = made - places
    levels = {i: "all" if fixed.get(f"level:{i}") else name for i, name in raw["levels"].items()}
    ratios = {
        i: {**ratio, "failed": ratio["failed"] - fixed.get(f"ratio:{i}", 0)}
        for i, ratio in raw["ratios"].items()
    }
    own = [{**o, "count": o["count"] - fixed.get(f"own:{o['id']}", 0)} for o in raw["own_findings"]]
    changed = {"findings": findings, "levels": levels, "ratios": ratios, "own_findings": own}
    return {**raw, **changed}


def _case(seed: int) -> tuple[Scheme, Raw, list[tuple[str, int]]] | None:
    """A standard and answers of which every way can be tried; everything is reviewed."""
    scheme = any_forms(seed)
    raw = any_form_answers(seed, scheme) | {"reviewed": "all"}
    raw["facets"] = raw["facets"] or {"has": ["yes"]}
    rng = random.Random(seed)
    names = rng.sample(sorted(raw["findings"]), min(4, len(raw["findings"])))
    bonuses = [n for n in raw["findings"] if scheme.conditions[n][1].add is not None]
    raw["findings"] = {n: raw["findings"][n] for n in {*names, *bonuses}}
    found = _found(scheme, raw)
    ways = 1
    for _, count in found:
        ways *= count + 1
    if not found or ways > MOST:
        return None
    raw["effort"] = {key: rng.choice(["0.5", "2", "3"]) for key, _ in found if rng.random() < 0.3}
    return scheme, raw, found


@given(st.integers(0, 2**31))
@settings(max_examples=25, deadline=None, phases=UNSHRUNK)
def test_no_way_is_shorter(seed: int) -> None:
    case = _case(seed)
    if case is None:
        return
    scheme, raw, found = case
    grade = scheme.grades[seed % 2].title
    best: tuple[Any, ...] | None = None
    for way in itertools.product(*(range(count + 1) for _, count in found)):
        fixed = {key: n for (key, _), n in zip(found, way, strict=True)}
        cost = sum((Fraction(raw["effort"].get(k, "1")) * n for k, n in fixed.items()), Fraction(0))
        if best is not None and -cost < best[0]:
            continue
        result = score(scheme, parse_answers(scheme, _without(raw, fixed)))
        if next(g for g in result.grades if g.title == grade).state is not State.UNMET:
            this = (-cost, result.high_exact, way)
            best = this if best is None else max(best, this)
    result = score(scheme, parse_answers(scheme, raw))
    plan = shortest(result, goal_of(result, grade))
    assert plan.reachable == (best is not None)
    if best is not None:
        fixed = {fix.found.key: fix.count for fix in plan.fixes}
        assert (-plan.cost, plan.after.high_exact) == best[:2]
        assert tuple(fixed.get(key, 0) for key, _ in found) == best[2]
    assert list(plan_lines(plan))


@given(st.integers(0, 2**31))
@settings(max_examples=25, deadline=None)
def test_what_to_ask_next_is_widest_first(seed: int) -> None:
    scheme = any_forms(seed)
    raw = any_form_answers(seed, scheme)
    asked = preview(score(scheme, parse_answers(scheme, raw)))
    swings = [group.swing for group in asked.groups]
    assert swings == sorted(swings, reverse=True)
    assert all(swing >= 0 for swing in swings)


def test_a_plan_names_the_level_to_reach_and_counts_what_failed() -> None:
    """甲级 asks for all of 1.1(1), 90 in all and 85 % of 一, which is 51.

    1.1(1) 基本符合 −4, 1.2(1) 12 × 6/12 = −6, 1.1(2) amounts 5 + 2 = −7: 83. With the level 87; the
    five points of one occurrence make 92, or four of the sample 51 of 一.
    """
    scheme = scheme_named("mini-forms")
    raw = {
        "scheme": "mini-forms",
        "facets": {"kind": ["crane"]},
        "reviewed": "all",
        "levels": {"1.1(1)": "partly"},
        "ratios": {"1.2(1)": {"inspected": 12, "failed": 6}},
        "findings": {"1.1(2)-b": {"amounts": ["2", "5"]}},
    }
    result = score(scheme, parse_answers(scheme, raw))
    plan = plan_json(shortest(result, goal_of(result, "甲级")))
    told = [(f["key"], f["count"], f["cost"], f["gain"], f.get("to")) for f in plan["fixes"]]
    assert told == [("level:1.1(1)", 1, "1", "4", "full"), ("1.1(2)-b", 1, "1", "5", None)]
    assert (plan["total_after"], plan["cost"]) == ("92.0", "2")
    pinned = {**raw, "pins": {"1.1(2)-b": "keep"}}
    result = score(scheme, parse_answers(scheme, pinned))
    plan = plan_json(shortest(result, goal_of(result, "甲级")))
    assert {f["key"]: f["count"] for f in plan["fixes"]} == {"level:1.1(1)": 1, "ratio:1.2(1)": 4}
    assert "改到符合" in "".join(plan_lines(shortest(result, goal_of(result, "甲级"))))


def test_a_veto_of_the_whole_standard_has_to_go_for_any_grade() -> None:
    scheme = scheme_named("mini-forms")
    raw = {"scheme": "mini-forms", "facets": {"kind": []}, "reviewed": "all"}
    raw["findings"] = {"1.2(2)-a": 1, "1.2(3)-b": 1}
    result = score(scheme, parse_answers(scheme, raw))
    plan = plan_json(shortest(result, goal_of(result, "甲级")))
    assert {f["key"]: f["count"] for f in plan["fixes"]} == {"1.2(2)-a": 1}
    kept = {**raw, "pins": {"1.2(2)-a": "keep"}}
    result = score(scheme, parse_answers(scheme, kept))
    plan = plan_json(shortest(result, goal_of(result, "乙级")))
    assert (plan["reachable"], plan["without"]) == (False, "1.2(2)-a")


@given(st.integers(0, 2**31))
@settings(max_examples=40, deadline=None, phases=UNSHRUNK)
def test_a_gain_by_any_form_is_the_difference_to_a_full_score(seed: int) -> None:
    scheme = any_forms(seed)
    raw = any_form_answers(seed, scheme)
    places = dict(_found(scheme, raw)) if raw["facets"] else {}
    before = score(scheme, parse_answers(scheme, raw))
    failed = [grade.title for grade in before.grades if grade.state is State.UNMET]
    for gain in finding_gains(before):
        fixed = {key: places.get(key, 0) for key in gain.keys}
        if not all(fixed.values()):  # found earlier, or not known how often
            continue
        after = score(scheme, parse_answers(scheme, _without(raw, fixed)))
        assert gain.total == (after.total_exact or 0) - (before.total_exact or 0)
        element = scheme.path(gain.item.id).element
        was, now = (
            next(one.percent for one in result.elements if one.section is element) or 0
            for result in (before, after)
        )
        assert gain.element == now - was
        opened = [g for g in after.grades if g.title in failed and g.state is not State.UNMET]
        assert list(gain.unlocks) == opened
