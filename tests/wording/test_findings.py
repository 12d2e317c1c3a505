"""What a finding took, and the numbers of items."""

from dataclasses import replace
from decimal import Decimal

import pytest

from schemes import Scheme
from scoring.result import Loss, Rule
from wording.findings import is_compiled, item_clause, taken_words


@pytest.mark.parametrize(
    ("taken", "words"), [("0", "0（已扣完）"), ("0.5", "0.5"), ("10", "10"), ("1.50", "1.5")]
)
def test_what_a_finding_took(mini: Scheme, taken: str, words: str) -> None:
    item, condition = mini.conditions["1.1.1-b"]
    assert taken_words(Loss(Rule.DEDUCT, item, condition, 1, Decimal(10), Decimal(taken))) == words


@pytest.mark.parametrize(
    ("points", "conditions", "shown"),
    [
        ("official", "official", "1.1.1"),
        ("official", "compiled", "1.1.1*"),
        ("compiled", "official", "1.1.1*"),
    ],
)
def test_an_item_is_starred_where_either_is_compiled(
    mini: Scheme, points: str, conditions: str, shown: str
) -> None:
    item = replace(mini.items["1.1.1"], provenance=points, conditions_provenance=conditions)
    assert item_clause(item) == shown
    assert is_compiled(item) == shown.endswith("*")
