"""What unreviewed items leave open, beside vetoes, extras and earlier findings."""

from decimal import Decimal
from typing import Any

from scoring import Result, parse_answers, score
from scoring.result import Loss, Rule
from tests.conftest import scheme_named

Z = {"kind": ["z"], "things": [], "night": ["no"]}
SCALED = {"kind": ["x"], "crane": ["yes"]}


def _scored(name: str, **given: Any) -> Result:
    scheme = scheme_named(name)
    return score(scheme, parse_answers(scheme, {"scheme": name, **given}))


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


def test_exhausting_costs_only_where_a_finding_did_it() -> None:
    """1.1.2 is open, so 0 at worst, but no finding exhausted it: 60 + 6 + 4 less nothing."""
    result = _scored("mini-percent", facets=Z, reviewed=["1.1.1", "1.2.1", "1.2.2"])
    assert (result.elements[0].score, result.elements[0].low) == (Decimal(100), Decimal(70))


def test_what_is_rectified_has_been_looked_at_and_nothing_else_has() -> None:
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


def test_what_counts_once_costs_a_part_only_while_nothing_of_it_is_open() -> None:
    """X.1-2-a takes 5 once: 1.25 planned, however often; 5 where one of them is open."""
    planned = {"count": 3, "planned": 3}
    for earlier, findings, left, counted in (
        ({"count": 1, "planned": 1}, {}, "38.75", (1, 1)),
        (planned, {}, "38.75", (1, 1)),
        ({"count": 3, "planned": 2}, {}, "35", (1, 0)),
        (planned, {"X.1-2-a": 2}, "35", (1, 0)),
        ({"count": 3, "planned": 2, "rectified": 1}, {}, "38.75", (1, 1)),
    ):
        result = _scored(
            "mini-scaled", facets=SCALED, findings=findings, earlier={"X.1-2-a": earlier}
        )
        item = result.items["X.1-2"]
        (loss,) = item.losses
        assert (item.score, (loss.count, loss.planned)) == (Decimal(left), counted)


def test_what_is_counted_costs_each_open_one_and_a_part_of_each_planned_one() -> None:
    """A.1-2-a: 3 each; 2 now, 1 open and 2 planned of 4: 3 × (3 + 2 × 0.25) = 10.5."""
    result = _scored(
        "mini-scaled",
        facets=SCALED,
        findings={"A.1-2-a": 2},
        earlier={"A.1-2-a": {"count": 4, "planned": 2, "rectified": 1}},
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
