"""States of answers side by side: by a small standard, and by one of two versions."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from schemes import Library, Scheme
from scoring import Result, parse_answers, score
from scoring.compare import Became, compare
from tests.conftest import LIBRARY, scheme_named

WORKSHOP = Library(LIBRARY)
OLD, NEW = WORKSHOP.history("workshop")


def _scored(scheme: Scheme, **given: Any) -> Result:
    return score(scheme, parse_answers(scheme, {"scheme": scheme.id, **given}))


def _reach(findings: dict[str, int], reviewed: Any = "all", **given: Any) -> Result:
    facets = {"machines": ["mill", "dryer"], "gas": ["yes"], "happened": []}
    scheme = scheme_named("mini-reach")
    return _scored(scheme, facets=facets, findings=findings, reviewed=reviewed, **given)


def test_what_became_of_each_finding() -> None:
    """Of four, one is still there, one gone, one not looked at, one does not apply any more."""
    first = _reach({"1.1.1-b": 1, "1.1.2-a": 1, "1.2.1-b": 1, "2.1.2-b": 1})
    last = _reach({"1.1.2-a": 1, "2.1.1-d1": 1}, reviewed=["1.1.1"], not_applicable=["2.1.2"])
    found = compare([first, last])
    assert [(one.element, one.item, one.counts, one.became) for one in found.findings] == [
        ("1", "1.1.1", (1, 0), Became.GONE),
        ("1", "1.1.2", (1, 1), Became.STILL),
        ("1", "1.2.1", (1, 0), Became.UNSEEN),
        ("2", "2.1.1", (0, 1), Became.NEW),
        ("2", "2.1.2", (1, 0), Became.ABSENT),
    ]
    assert [one.item for one in found.by_became[Became.GONE]] == ["1.1.1"]


def test_own_findings_are_the_same_by_item_and_words(mini: Scheme) -> None:
    night = {"kind": ["z"], "things": [], "night": ["yes"]}

    def own(name: str, words: str, item: str = "1.1.1") -> dict[str, Any]:
        return {"id": name, "item": item, "words": words, "points": "1", "count": 1}

    first = _scored(mini, facets=night, reviewed="all", own_findings=[own("a1", "灯不亮")])
    last = _scored(
        mini,
        facets=night,
        reviewed="all",
        own_findings=[own("b7", "灯不亮"), own("b8", "灯不亮", "1.1.2")],
    )
    assert [(one.item, one.became) for one in compare([first, last]).findings] == [
        ("1.1.1", Became.STILL),
        ("1.1.2", Became.NEW),
    ]


def test_ids_of_an_older_version_are_matched_with_their_heirs() -> None:
    """1.1.1-a is 1.1.2-d today and 2.1.1 is 2.1.3; 1.2.1 is in 1.0 only."""
    before = _scored(
        OLD,
        version="1.0",
        facets={"kind": ["a"], "things": ["crane"]},
        performance={"deaths": 0},
        findings={"1.1.1-a": 3, "1.2.1-a": 2, "2.1.1-a": 1},
        reviewed="all",
    )
    after = _scored(
        NEW,
        facets={"trade": ["first"], "things": ["crane"]},
        performance={"deaths": 0},
        findings={"1.1.2-d": 1},
        reviewed="all",
    )
    for states in ([before, after], [after, before]):
        found = compare(states, WORKSHOP)
        assert found.scheme.version == "1.1"
        last_is_new = states[1] is after
        told = {one.shown.loss.key: (one.counts, one.became) for one in found.findings}
        moved = ("1.1.2-d", (3, 1)) if last_is_new else ("1.1.1-a", (1, 3))
        assert told[moved[0]] == (moved[1], Became.STILL)
        assert told["1.2.1-a"][1] is (Became.ABSENT if last_is_new else Became.NEW)
        assert told["2.1.1-a"][1] is (Became.GONE if last_is_new else Became.NEW)


def test_elements_totals_and_polygons() -> None:
    """1.1.1-a takes the 20 of its item and the 20 beside it, of 60: a third is left."""
    first, last = _reach({}), _reach({"1.1.1-a": 1})
    found = compare([first, last])
    one, other = found.elements
    assert (one.changed, one.score_change) == (True, Decimal(-40))
    assert one.percent_change == Fraction(100, 3) - 100
    assert (other.changed, other.score_change) == (False, Decimal(0))
    assert found.totals == (Decimal(100), Decimal(60))
    assert found.total_change == Decimal(-40)
    (part,) = found.parts
    assert part.polygons == ((100, 100), (Fraction(100, 3), 100))
    assert compare([first, last, first]).total_change == Decimal(0)


def test_marks_of_other_full_marks_are_no_change() -> None:
    """Without 2.1.2 the second element counts 24 marks and not 40; its percentage stays."""
    found = compare([_reach({}), _reach({}, not_applicable=["2.1.2"])])
    assert (found.elements[1].score_change, found.elements[1].percent_change) == (None, 0)
    assert found.elements[1].changed


def test_what_cannot_be_compared_is_refused(mini: Scheme) -> None:
    one = _scored(mini, facets={"kind": ["z"], "things": [], "night": ["yes"]})
    with pytest.raises(ValueError, match="one state"):
        compare([one])
    with pytest.raises(ValueError, match="different standards"):
        compare([one, _reach({})])
