"""What a finding took, and the numbers of items."""

from dataclasses import replace
from decimal import Decimal

import pytest

from schemes import Scheme
from scoring import parse_answers, score
from scoring.findings import Finding
from scoring.result import Loss, Rule
from tests.conftest import scheme_named
from wording.findings import consequence_words, is_compiled, item_clause, taken_words


@pytest.mark.parametrize(
    ("taken", "words"), [("0", "0（已扣完）"), ("0.5", "0.5"), ("10", "10"), ("1.50", "1.5")]
)
def test_what_a_finding_took(mini: Scheme, taken: str, words: str) -> None:
    item, condition = mini.conditions["1.1.1-b"]
    loss = Loss(Rule.DEDUCT, item, condition, 1, Decimal(10), Decimal(taken))
    assert taken_words(Finding(loss, ())) == words


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


def _consequences(item_id: str, name: str = "mini-reach", **findings: int) -> list[str]:
    scheme = scheme_named(name)
    facets = {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}
    found = {condition.replace("_", "-"): count for condition, count in findings.items()}
    raw = {"scheme": name, "facets": facets, "reviewed": "all", "findings": found}
    return consequence_words(score(scheme, parse_answers(scheme, raw)), scheme.items[item_id])


BEFOREHAND = "注意：本条扣满（得 0 分）时，另从 第一类目 追加扣 8 分"


@pytest.mark.parametrize(
    ("item", "findings", "words"),
    [
        ("1.1.1", {}, []),
        ("1.1.2", {}, [BEFOREHAND]),
        ("1.1.2", {"1.1.2_a": 3}, [BEFOREHAND]),
        ("1.1.2", {"1.1.2_a": 4}, ["本条已扣满，另从 第一类目 追加扣 8 分"]),
        # Its section is vetoed by another item: a finding of its own makes it exhausted.
        ("1.1.2", {"1.1.1_a": 1}, [BEFOREHAND]),
        ("1.1.2", {"1.1.1_a": 1, "1.1.2_a": 1}, ["本条已扣满，另从 第一类目 追加扣 8 分"]),
        ("1.2.1", {"1.2.1_b": 1}, []),
        ("1.2.1", {"1.2.1_a": 1}, ["另从 第一类目 追加扣 3 分"]),
        ("1.2.1", {"1.2.1_a": 2, "1.2.1_c": 1}, ["另从 第一类目 追加扣 3 分", "另从 第一类目 追加扣 5 分"]),
        ("2.1.2", {"2.1.2_b": 1}, ["否决：第二类目 整个得 0 分"]),
        ("2.1.1", {"2.1.2_b": 1}, []),
    ],
)  # fmt: skip
def test_what_an_answer_costs_beyond_its_own_points(
    item: str, findings: dict[str, int], words: list[str]
) -> None:
    assert _consequences(item, **findings) == words
