"""Each finding once, with all that it costs, worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from schemes import Scheme
from scoring import parse_answers, score
from scoring.findings import findings_of
from tests.conftest import scheme_named
from tests.scoring.trees import with_item

Told = tuple[str, Decimal, list[tuple[str, str, Decimal]]]
NIGHT = {"kind": ["z"], "things": [], "night": ["yes"]}
REACH = {"machines": ["mill", "dryer"], "gas": ["yes"], "happened": []}


def _told(scheme: Scheme, **given: Any) -> list[Told]:
    """Of each finding its condition, all that it took, and what followed for whom."""
    raw = {"scheme": scheme.id, "reviewed": "all", **given}
    found = findings_of(score(scheme, parse_answers(scheme, raw)))
    return [
        (
            one.loss.condition.id if one.loss.condition else "",
            one.taken,
            [(loss.rule.value, loss.item.id, loss.taken) for loss in one.follows],
        )
        for one in found
    ]


@pytest.mark.parametrize(
    ("findings", "told"),
    [
        ({}, []),
        # 60 and 15 more; 1 of 6.
        (
            {"1.2.1-b": 1, "1.1.1-d": 1},
            [("1.1.1-d", Decimal(75), [("extra", "1.1.1", Decimal(15))]), ("1.2.1-b", Decimal(1), [])],
        ),
        # 6, and the 4 of the item beside it.
        (
            {"1.2.1-a": 1},
            [("1.2.1-a", Decimal(10), [("section_forfeit", "1.2.1", Decimal(4))])],
        ),
        # 3 × 10 use the item up, for 20 more; the 5 of the night find nothing left.
        (
            {"1.1.2-a": 3, "1.1.2-c": 1},
            [
                ("1.1.2-a", Decimal(50), [("exhausted_extra", "1.1.2", Decimal(20))]),
                ("1.1.2-c", Decimal(0), []),
            ],
        ),
        # 2 × 10 and 5 leave 5.
        (
            {"1.1.2-a": 2, "1.1.2-c": 1},
            [("1.1.2-a", Decimal(20), []), ("1.1.2-c", Decimal(5), [])],
        ),
    ],
)  # fmt: skip
def test_what_follows_from_a_finding_is_told_with_it(
    mini: Scheme, findings: dict[str, int], told: list[Told]
) -> None:
    assert _told(mini, facets=NIGHT, findings=findings) == told


def test_an_item_is_used_up_by_the_finding_that_took_its_last_points(mini: Scheme) -> None:
    """Of 25 points 2 × 10 leave 5 for the night: the 20 more follow from that."""
    scheme = with_item(mini, "1.1.2", points=Decimal(25))
    assert _told(scheme, facets=NIGHT, findings={"1.1.2-a": 2, "1.1.2-c": 1}) == [
        ("1.1.2-a", Decimal(20), []),
        ("1.1.2-c", Decimal(25), [("exhausted_extra", "1.1.2", Decimal(20))]),
    ]


def test_all_that_follows_from_one_finding_adds_up() -> None:
    """20 of the item, the 20 of the one beside it, and 8 more of the element."""
    scheme = with_item(scheme_named("mini-reach"), "1.1.1", exhausted_extra=Decimal(8))
    assert _told(scheme, facets=REACH, findings={"1.1.1-a": 1}) == [
        (
            "1.1.1-a",
            Decimal(48),
            [("section_forfeit", "1.1.1", Decimal(20)), ("exhausted_extra", "1.1.1", Decimal(8))],
        ),
    ]


def test_what_one_element_loses_to_a_veto_follows_from_the_finding_that_vetoes() -> None:
    """16 of its item, and the 24 that the element has left, less the 2 of a machine."""
    findings = {"2.1.1-m1": 1, "2.1.2-b": 1}
    assert _told(scheme_named("mini-reach"), facets=REACH, findings=findings) == [
        ("2.1.1-m1", Decimal(2), []),
        ("2.1.2-b", Decimal(38), [("element_forfeit", "2.1.2", Decimal(22))]),
    ]
