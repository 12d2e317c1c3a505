"""What unreviewed items and open questions leave between the worst and the best."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from schemes.tree import AppliesWhen
from scoring import Result, parse_answers, score
from scoring.result import Loss, Rule
from tests.conftest import scheme_named
from tests.scoring.trees import with_item

Z = {"kind": ["z"], "things": [], "night": ["no"]}
SCALED = {"kind": ["x"], "crane": ["yes"]}


def _scored(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    return score(scheme, parse_answers(scheme, {"scheme": name, **given}))


def _range(result: Result) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    return result.low, result.total, result.high


def _items(result: Result) -> dict[str, tuple[str, str, bool]]:
    """Score, low and whether reviewed."""
    return {i: (str(item.score), str(item.low), item.reviewed) for i, item in result.items.items()}


def test_a_section_veto_holds_at_the_lower_bound_too() -> None:
    """1.2.2 has been looked at and is flawless, and yet worth nothing."""
    result = _scored("mini-percent", facets=Z, reviewed="all", findings={"1.2.1-a": 1})
    assert _items(result)["1.2.2"] == ("0", "0", True)
    assert (result.low, result.total, result.high) == (Decimal(90), Decimal(90), Decimal(90))


def test_a_section_veto_spares_other_sections_and_what_is_not_applicable() -> None:
    """The 6 of 1.2.1 itself are forfeited, no more: of 1.2.2 nothing was left."""
    result = _scored(
        "mini-percent", facets=Z, reviewed="all", findings={"1.2.1-a": 1, "1.2.2-a": 4}
    )
    assert _items(result)["1.1.2"] == ("30", "30", True)
    assert [loss.rule for loss in result.items["1.2.2"].losses] == [Rule.DEDUCT]
    marked = _scored(
        "mini-percent", facets=Z, reviewed="all", not_applicable=["1.2.1"], findings={"1.2.1-a": 1}
    )
    assert _items(marked)["1.2.2"] == ("4", "4", True)


def test_a_section_veto_that_is_sure_takes_also_what_may_yet_be_rectified() -> None:
    """1.1.2 was used up earlier, undecided: at best it keeps its 20 and spares the 8 more.

    Of 1.1 nothing is left in any case, so that the 20 of 1.2.1 are all of element 1.
    """
    scheme = replace(
        scheme_named("mini-reach"), reassessment=scheme_named("mini-scaled").reassessment
    )
    raw = {"scheme": "mini-reach", "facets": REACH, "reviewed": "all"}
    found = {"findings": {"1.1.1-a": 1}, "earlier": {"1.1.2-a": {"count": 4}}}
    result = score(scheme, parse_answers(scheme, {**raw, **found}))
    item = result.items["1.1.2"]
    assert (item.low, item.score, item.high) == (0, 0, 0)
    assert [loss.rule for loss in item.losses] == [Rule.DEDUCT]
    first = result.elements[0]
    assert (first.low, first.score, first.high) == (12, 12, 20)


def test_an_element_veto_leaves_nothing_at_either_bound() -> None:
    """Element 1 has a weight of 0.5 of 0.7; 3.1 and 3.2 are open: 200/7 at best, 0 at worst."""
    result = _scored("mini-weighted", facets={"second": ["no"]}, findings={"1.1-w": 1, "1.2-a": 2})
    first = result.elements[0]
    assert (first.score, first.low, first.extra) == (0, 0, 0)
    item, condition = result.scheme.conditions["1.1-w"]
    # 1.1 is forfeited as an item already; 20 were left of 1.2.
    assert first.losses == (
        Loss(Rule.ELEMENT_FORFEIT, item, condition, 1, Decimal(20), Decimal(20)),
    )
    assert (result.low, result.total) == (Decimal(0), Decimal("28.57"))


def test_extras_are_charged_at_the_lower_bound_and_never_below_0() -> None:
    """1.1.1 is forfeited and charged 15 of the other 40; at worst nothing of these is left."""
    open_ = _scored("mini-percent", facets=Z, findings={"1.1.1-d": 1})
    assert (open_.elements[0].score, open_.elements[0].low) == (Decimal(25), Decimal(0))
    seen = _scored("mini-percent", facets=Z, reviewed=["1.1.2"], findings={"1.1.1-d": 1})
    assert (seen.elements[0].score, seen.elements[0].low) == (Decimal(25), Decimal(15))
    assert seen.elements[0].extra == Decimal(15)


def test_both_kinds_of_extras_add_up() -> None:
    """60 + 30 gone, 15 and 20 charged of the 10 that are left."""
    result = _scored(
        "mini-percent", facets=Z, reviewed="all", findings={"1.1.1-d": 1, "1.1.2-a": 3}
    )
    element = result.elements[0]
    assert (element.score, element.low, element.extra) == (Decimal(0), Decimal(0), Decimal(35))
    assert [(loss.rule, loss.charged, loss.taken) for loss in element.losses] == [
        (Rule.EXTRA, Decimal(15), Decimal(10)),
        (Rule.EXHAUSTED_EXTRA, Decimal(20), Decimal(0)),
    ]


def test_exhausting_costs_its_extra_at_worst_and_as_answered_only_once_a_finding_did_it() -> None:
    """1.1.2 is open: 60 + 6 + 4 less the 20 that exhausting it would cost."""
    result = _scored("mini-percent", facets=Z, reviewed=["1.1.1", "1.2.1", "1.2.2"])
    first = result.elements[0]
    assert (first.score, first.low, first.extra) == (Decimal(100), Decimal(50), Decimal(0))


REACH = {"machines": ["mill", "dryer"], "gas": ["yes"], "happened": []}
"""Everything there: element 1 is 20 + 20 + 20, element 2 is 24 + 16."""
REACH_ITEMS = ("1.1.1", "1.1.2", "1.2.1", "2.1.1", "2.1.2")


@pytest.mark.parametrize(
    ("open_item", "gas", "first", "second"),
    [
        ("1.1.1", "yes", 12, 40),  # vetoes 1.1, where 1.1.2 has a finding and so costs 8 more
        ("1.1.2", "yes", 32, 40),  # 20 + 20 − 8
        ("1.2.1", "yes", 27, 40),  # 20 + 15 − 3 − 5
        ("1.2.1", "no", 32, 40),  # 20 + 15 − 3: without gas nobody asks for its detectors
        ("2.1.1", "yes", 55, 16),
        ("2.1.2", "yes", 55, 0),  # a leak vetoes the element
        ("2.1.2", "no", 55, 24),
    ],
)
def test_at_worst_an_open_item_costs_all_that_it_can_reach(
    open_item: str, gas: str, first: int, second: int
) -> None:
    """1.1.2 has lost 5 of its 20 for certain, unless it is the one that is open."""
    found = {} if open_item == "1.1.2" else {"1.1.2-a": 1}
    result = _scored(
        "mini-reach",
        facets={**REACH, "gas": [gas]},
        reviewed=[f"{i}" for i in REACH_ITEMS if i != open_item],
        findings=found,
    )
    assert [element.low for element in result.elements] == [first, second]
    lost = 5 if found else 0
    assert _range(result) == (first + second, 100 - lost, 100 - lost)


def test_the_worst_of_each_open_item_is_what_comes_out_when_it_is_found() -> None:
    """The case above that reaches furthest, found: the veto of 1.1 and the 8 for 1.1.2."""
    result = _scored(
        "mini-reach", facets=REACH, reviewed="all", findings={"1.1.1-a": 1, "1.1.2-a": 1}
    )
    assert _range(result) == (Decimal(52), Decimal(52), Decimal(52))


def test_a_veto_that_was_found_holds_at_the_best_too() -> None:
    """2.1.2-b leaves nothing of element 2; of element 1 nothing is known."""
    result = _scored("mini-reach", facets=REACH, findings={"2.1.2-b": 1})
    second = result.elements[1]
    assert (second.low, second.score, second.high) == (0, 0, 0)
    assert _range(result) == (Decimal(0), Decimal(60), Decimal(60))


def test_a_finding_on_an_open_question_may_come_to_nothing() -> None:
    """Whether there is gas is not answered: the leak counts as given, and at best there is none."""
    facets = {"machines": ["dryer"], "happened": []}
    result = _scored("mini-reach", facets=facets, reviewed="all", findings={"2.1.2-b": 1})
    second = result.elements[1]
    assert (second.low, second.score, second.high) == (0, 0, 40)
    assert _items(result)["2.1.2"] == ("0", "0", False)
    assert _range(result) == (Decimal(60), Decimal(60), Decimal(100))
    without = _scored("mini-reach", facets={**facets, "gas": ["no"]}, reviewed="all")
    assert _range(without) == (Decimal(100), Decimal(100), Decimal(100))


def test_an_extra_on_an_open_question_may_come_to_nothing() -> None:
    """1.2.1-c forfeits 20 and costs 5 more; 1.2.1-a would cost 3 more. Nothing else is open."""
    facets = {"machines": ["dryer"], "happened": []}
    result = _scored("mini-reach", facets=facets, reviewed="all", findings={"1.2.1-c": 1})
    first = result.elements[0]
    assert (first.low, first.score, first.high) == (32, 35, 60)


def test_an_item_that_waits_for_its_question_is_in_and_not_reviewed_even_if_marked() -> None:
    """Which machines there are is not answered. The guard costs 2 of 24 as given."""
    facets = {"gas": ["yes"], "happened": []}
    result = _scored("mini-reach", facets=facets, reviewed="all", findings={"2.1.1-m1": 1})
    assert _items(result)["2.1.1"] == ("22", "0", False)
    assert result.items["2.1.1"].high == 24
    assert (result.reviewed, result.applicable_items) == (4, 5)
    assert _range(result) == (Decimal(76), Decimal(98), Decimal(100))


def test_a_section_veto_on_an_item_that_waits_may_come_to_nothing() -> None:
    """Were 1.2.1 asked only of enterprises with a crane, its veto would not be sure."""
    mini = scheme_named("mini-percent")
    scheme = with_item(mini, "1.2.1", applies_when=mini.items["2.1.1"].applies_when)
    facets = {"kind": ["z"], "night": ["no"]}
    raw = {"scheme": "mini-percent", "facets": facets, "reviewed": "all"}
    result = score(scheme, parse_answers(scheme, {**raw, "findings": {"1.2.1-a": 1}}))
    first = result.elements[0]
    assert (first.low, first.score, first.high) == (90, 90, 100)


def test_what_was_decided_has_been_looked_at_and_nothing_else_has() -> None:
    """Of A.1-2's earlier findings one is rectified; A.1-1's is planned, for a quarter of 1."""
    result = _scored(
        "mini-scaled",
        facets=SCALED,
        earlier={
            "A.1-2-a": {"count": 1, "rectified": 1},
            "A.1-1-2": {"count": 1, "planned": 1},
        },
    )
    assert _items(result) == {
        "A.1-1": ("9.75", "9.75", True),
        "A.1-2": ("30", "30", True),
        "X.1-1": ("20", "0", False),
        "X.1-2": ("40", "0", False),
        "Y.1-1": ("0", "0", False),
    }


@pytest.mark.parametrize(
    ("earlier", "now", "left", "counted"),
    [
        ({"count": 1, "planned": 1}, 0, ("38.75", "38.75", "38.75"), (1, 1)),
        ({"count": 3, "planned": 3}, 0, ("38.75", "38.75", "38.75"), (1, 1)),
        ({"count": 3, "planned": 2, "open": 1}, 0, ("35", "35", "35"), (1, 0)),
        ({"count": 3, "planned": 3}, 2, ("35", "35", "35"), (1, 0)),
        ({"count": 3, "planned": 2, "rectified": 1}, 0, ("38.75", "38.75", "38.75"), (1, 1)),
        ({"count": 3, "planned": 2}, 0, ("0", "35", "38.75"), (1, 0)),  # one undecided
        ({"count": 2, "rectified": 1}, 0, ("0", "35", "40"), (1, 0)),
        ({"count": 2, "open": 1}, 0, ("0", "35", "35"), (1, 0)),
        ({"count": 2}, 1, ("0", "35", "35"), (1, 0)),
    ],
)
def test_what_counts_once_costs_a_part_only_while_nothing_of_it_is_open(
    earlier: dict[str, int], now: int, left: tuple[str, str, str], counted: tuple[int, int]
) -> None:
    """X.1-2-a takes 5 once: 1.25 planned, however often; 5 where one of them is open."""
    findings = {"X.1-2-a": now}
    result = _scored("mini-scaled", facets=SCALED, findings=findings, earlier={"X.1-2-a": earlier})
    item = result.items["X.1-2"]
    (loss,) = item.losses
    assert (item.low, item.score, item.high) == tuple(map(Decimal, left))
    assert (loss.count, loss.planned) == counted
    assert item.reviewed == (left[0] == left[2])


@pytest.mark.parametrize(
    ("earlier", "left"),
    [
        ({"count": 4, "rectified": 1, "planned": 1, "open": 2}, ("23.25", "23.25", "23.25")),
        ({"count": 4, "rectified": 1, "planned": 1}, ("0", "23.25", "29.25")),
        ({"count": 4}, ("0", "18", "30")),
        ({"count": 4, "open": 4}, ("18", "18", "18")),
        ({"count": 20}, ("0", "0", "30")),
    ],
)
def test_what_nobody_has_decided_on_costs_in_full_and_may_yet_be_rectified(
    earlier: dict[str, int], left: tuple[str, str, str]
) -> None:
    """A.1-2-a takes 3 of 30 each, a planned one 0.75; a mark 已核查 decides nothing."""
    result = _scored("mini-scaled", facets=SCALED, reviewed=["A.1-2"], earlier={"A.1-2-a": earlier})
    item = result.items["A.1-2"]
    assert (item.low, item.score, item.high) == tuple(map(Decimal, left))
    assert item.reviewed == (left[0] == left[2])


def test_what_is_counted_costs_each_open_one_and_a_part_of_each_planned_one() -> None:
    """A.1-2-a: 3 each; 2 now, 1 open and 2 planned of 4: 3 × (3 + 2 × 0.25) = 10.5."""
    result = _scored(
        "mini-scaled",
        facets=SCALED,
        findings={"A.1-2-a": 2},
        earlier={"A.1-2-a": {"count": 4, "planned": 2, "open": 1, "rectified": 1}},
    )
    item = result.items["A.1-2"]
    _, condition = result.scheme.conditions["A.1-2-a"]
    assert item.losses == (
        Loss(Rule.DEDUCT, item.item, condition, 5, Decimal("10.5"), Decimal("10.5"), 2),
    )
    assert item.score == Decimal("19.5")


def test_a_forfeit_stands_before_the_deductions_of_its_item() -> None:
    """The forfeit takes all 60, so that the deduction noted first in the standard takes none."""
    result = _scored("mini-percent", facets=Z, findings={"1.1.1-b": 1, "1.1.1-c": 1})
    assert [
        (loss.rule, loss.condition.key if loss.condition else None, loss.charged, loss.taken)
        for loss in result.items["1.1.1"].losses
    ] == [
        (Rule.FORFEIT, "c", Decimal(60), Decimal(60)),
        (Rule.DEDUCT, "b", Decimal(10), Decimal(0)),
    ]


def test_an_absent_item_is_credited_or_leaves_but_is_not_reviewed() -> None:
    """A is credited when absent, X is not; of Y, not chosen, nothing counts either way."""
    result = _scored(
        "mini-scaled", facets=SCALED, reviewed="all", not_applicable=["A.1-1", "X.1-1"]
    )
    marks = {i: (str(r.full), str(r.score), str(r.low)) for i, r in result.items.items()}
    assert marks == {
        "A.1-1": ("10", "10", "10"),
        "A.1-2": ("30", "30", "30"),
        "X.1-1": ("0", "0", "0"),
        "X.1-2": ("40", "40", "40"),
        "Y.1-1": ("0", "0", "0"),
    }
    assert [i for i, item in result.items.items() if item.reviewed] == ["A.1-2", "X.1-2"]


def test_without_anything_on_site_the_total_is_the_base() -> None:
    """A: 40 − 3. With X's 60 of which 5 are lost: 37 + 55 × 60 ÷ 60 = 92."""
    found = {"A.1-2-a": 1, "X.1-2-a": 1}
    site = _scored("mini-scaled", facets=SCALED, reviewed="all", findings=found)
    assert site.total_exact == 92
    none = _scored("mini-scaled", facets={"kind": []}, reviewed="all", findings=found)
    assert none.total_exact == 37


def _groups(**given: Any) -> tuple[dict[str, bool], bool]:
    """Of mini-reach 2.1.1, which of its machines have been looked at, and whether all have."""
    item = _scored("mini-reach", **{"facets": REACH, **given}).items["2.1.1"]
    return dict(item.groups), item.reviewed


@pytest.mark.parametrize(
    ("given", "mill", "dryer"),
    [
        ({}, False, False),
        ({"reviewed": ["2.1.1/mill"]}, True, False),
        ({"reviewed": ["2.1.1/mill", "2.1.1/dryer"]}, True, True),
        ({"reviewed": ["2.1.1"]}, True, True),
        ({"reviewed": "all"}, True, True),
        ({"reviewed": ["1.1.1"]}, False, False),
        ({"findings": {"2.1.1-d1": 2}}, False, True),
        ({"findings": {"2.1.1-d1": 2}, "reviewed": ["2.1.1/mill"]}, True, True),
        ({"findings": {"2.1.1-d1": 2, "2.1.1-m1": 1}}, True, True),
    ],
)
def test_machines_are_looked_at_one_by_one(given: dict[str, Any], mill: bool, dryer: bool) -> None:
    assert _groups(**given) == ({"mill": mill, "dryer": dryer}, mill and dryer)


def test_only_machines_that_are_there_must_be_looked_at() -> None:
    """A mark or a finding on the dryer counts for nothing where there is none."""
    only_mill = {"machines": ["mill"], "happened": []}
    dryer = {"reviewed": ["2.1.1/dryer"], "findings": {"2.1.1-d1": 1}}
    assert _groups(facets=only_mill, **dryer) == ({"mill": False}, False)
    assert _groups(facets=only_mill, reviewed=["2.1.1/mill"]) == ({"mill": True}, True)


def test_until_all_machines_are_seen_the_item_may_lose_all_or_only_what_was_found() -> None:
    """Of 24 the dryer has lost 4; with the mill seen too that is certain."""
    half = _scored("mini-reach", facets=REACH, findings={"2.1.1-d1": 2}).items["2.1.1"]
    assert (half.low, half.score, half.high) == (0, 20, 20)
    whole = _scored(
        "mini-reach", facets=REACH, reviewed=["2.1.1/mill"], findings={"2.1.1-d1": 2}
    ).items["2.1.1"]
    assert (whole.low, whole.score, whole.high) == (20, 20, 20)


def test_an_item_of_which_no_group_is_left_is_reviewed_like_any_other() -> None:
    """Were the item asked of enterprises without machines too."""
    scheme = with_item(scheme_named("mini-reach"), "2.1.1", applies_when=AppliesWhen())
    raw = {"scheme": "mini-reach", "facets": {**REACH, "machines": []}}
    for reviewed, expected in (([], False), (["2.1.1"], True)):
        answers = parse_answers(scheme, {**raw, "reviewed": reviewed})
        result = score(scheme, answers).items["2.1.1"]
        assert (result.groups, result.reviewed) == ((), expected)


def test_with_nothing_applicable_there_is_no_total_and_no_bound() -> None:
    result = _scored("mini-reach", facets=REACH, not_applicable=list(REACH_ITEMS))
    assert (result.total_exact, *_range(result)) == (None, None, None, None)
    assert not result.range_open
