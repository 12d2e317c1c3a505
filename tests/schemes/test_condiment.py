"""The numbers of the condiment standard, as its table prints them."""

from decimal import Decimal

import pytest

import schemes
from schemes import Scheme, Section
from scoring import parse_answers, score

# Points of the scored contents in order, items (考评项目) separated by "|"; the
# special-equipment row, 30 points, stands once.
POINTS = {
    "1": "2 2|2 2 2",
    "2": "4 3 3|4 3 3",
    "3": "3 3 8|3 3",
    "4": "5 5 5 5|15 5|10 5 5|10|10|5 5 10",
    "5": "5 5 20|10|20|15|15|10",
    "6": "5 15 10|3 3 5 3 10 20 30 7 7 7 5 10 8 8 8 8 8 5 5 5 5 5|5 10 7 7 7 4|5 5 5",
    "7": "5 10 5 10 10 10 15|15 5 5 5|5 5 5|5 5 5 5|5 5",
    "8": "5 5 10 10|5 20|20 10 5|10",
    "9": "5 10|5 5|10 3 2",
    "10": "5 5 10 5 5 5 5 5|10 5 5|10 5",
    "11": "5 2 3 5|10 5 5|5 5|10 5|10",
    "12": "5|10 3|2",
    "13": "10 10 10|10",
}
SUMS = [10, 20, 20, 100, 100, 260, 140, 100, 40, 80, 70, 20, 40]
EXTRAS = {
    "2.1.1": 10,
    "2.2.2": 10,
    "5.4.1": 10,
    "6.1.3": 20,
    "7.3.2": 10,
    "7.4.3": 10,
    "7.4.4": 10,
    "8.2.2": 20,
    "9.3.1": 15,
    "12.1.1": 20,
}
EXHAUSTED = {"2.1.1", "5.4.1", "7.3.2", "8.2.2"}


def _points(section: Section) -> str:
    """A section's points in the notation of POINTS, the variants counted once."""
    parts = []
    for child in section.children:
        assert isinstance(child, Section)
        seen: set[str] = set()
        row = []
        for item in child.items:
            if item.variant_of in seen:
                continue
            if item.variant_of:
                seen.add(item.variant_of)
            row.append(str(item.points))
        parts.append(" ".join(row))
    return "|".join(parts)


def test_points_of_every_content(condiment: Scheme) -> None:
    assert {element.id: _points(element) for element in condiment.elements} == POINTS


def test_thirteen_categories_forty_seven_items(condiment: Scheme) -> None:
    assert len(condiment.elements) == 13
    assert sum(len(element.children) for element in condiment.elements) == 47
    variants = [item for item in condiment.items.values() if item.variant_of]
    assert (len(condiment.items), len(variants)) == (150, 9)
    assert {item.points for item in variants} == {Decimal(30)}


def test_everything_applicable_is_142_contents_and_1000_points(condiment: Scheme) -> None:
    facets = {f.id: [o.id for o in f.options][: None if f.many else 1] for f in condiment.facets}
    result = score(condiment, parse_answers(condiment, {"scheme": "condiment", "facets": facets}))
    assert result.applicable_items == 142
    assert [element.full for element in result.elements] == SUMS
    assert result.full == 1000


def test_the_ten_extra_deductions(condiment: Scheme) -> None:
    found = {}
    for item in condiment.items.values():
        extras = [condition.extra for condition in item.conditions if condition.extra]
        assert len(extras) <= 1
        if item.exhausted_extra:
            assert item.id in EXHAUSTED
            extras.append(item.exhausted_extra)
        if extras:
            found[item.id] = sum(extras)
    assert found == EXTRAS


def test_one_section_forfeit(condiment: Scheme) -> None:
    wide = [c.id for _, c in condiment.conditions.values() if c.scope != "item"]
    assert len(wide) == 1
    assert wide[0].startswith("3.2.2-")


def test_twenty_machines_each_with_its_own_question(condiment: Scheme) -> None:
    checks = condiment.items["6.2.6"].checks
    assert len({check.group for check in checks}) == 20
    machines = {
        option for check in checks for _, options in check.applies_when.terms for option in options
    }
    assert machines == {option.id for option in condiment.facet["machines"].options}
    assert len(checks) == 115


@pytest.mark.parametrize(
    ("item", "count"),
    [
        ("6.2.5", 21), ("6.2.7.1", 41), ("6.2.7.2", 25), ("6.2.7.3", 28), ("6.2.7.4", 19),
        ("6.2.7.5", 51), ("6.2.7.6", 6), ("6.2.7.7", 10), ("6.2.7.8", 7), ("6.2.7.9", 25),
        ("6.2.8", 5), ("6.2.9", 13), ("6.2.10", 5), ("6.2.11", 3), ("6.2.12", 8), ("6.2.13", 12),
        ("6.2.14", 6), ("6.2.15", 5), ("6.2.16", 5), ("6.2.17", 5), ("6.2.18", 10), ("6.2.19", 5),
        ("6.2.20", 3), ("6.2.21", 2), ("6.3.3", 5), ("6.3.4", 9), ("6.3.5", 16), ("6.3.6", 4),
        ("7.1.5", 6), ("7.1.6", 4), ("7.1.7", 5),
    ],
)  # fmt: skip
def test_every_numbered_requirement_is_a_check(condiment: Scheme, item: str, count: int) -> None:
    """But for the first of 7.1.6, which is its forfeit."""
    assert len(condiment.items[item].checks) == count


def test_all_of_it_is_official(condiment: Scheme) -> None:
    for item in condiment.items.values():
        assert (item.provenance, item.conditions_provenance) == ("official", "official")


def test_small_soy_sauce_maker_sees_nothing_it_does_not_have(condiment: Scheme) -> None:
    facets = {
        "product": ["soy_sauce"],
        "equipment": ["warehouse", "substation", "sewage"],
        "machines": ["tank", "mixer"],
        "activities": ["confined_space"],
        "special_work": ["special_operations"],
        "major_hazard": ["no"],
    }
    result = score(condiment, parse_answers(condiment, {"scheme": "condiment", "facets": facets}))
    shown = {item_id for item_id, item in result.items.items() if item.applicable}
    assert not shown & {"6.2.8", "6.2.9", "6.2.10", "6.3.1", "6.3.2", "6.3.3", "6.3.4", "6.3.5"}
    assert "6.2.7.3" in shown
    assert not shown & {f"6.2.7.{n}" for n in (1, 2, 4, 5, 6, 7, 8, 9)}


def test_the_system_of_7_1_6_is_asked_for_once(condiment: Scheme) -> None:
    conditions = condiment.items["7.1.6"].conditions
    assert [(c.key, c.forfeit) for c in conditions] == [
        ("a", True), ("2", False), ("3", False), ("4", False), ("5", False)
    ]  # fmt: skip
    assert conditions[0].was == ("7.1.6-a", "7.1.6-1")


def _shown(scheme: Scheme, **facets: list[str]) -> set[str]:
    everything = {
        f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets
    } | facets
    raw = {"scheme": "condiment", "version": scheme.version, "facets": everything}
    result = score(scheme, parse_answers(scheme, raw))
    return {item_id for item_id, item in result.items.items() if item.applicable}


def test_without_any_of_the_machines_the_common_equipment_is_absent(condiment: Scheme) -> None:
    assert _shown(condiment) - _shown(condiment, machines=[]) == {"6.2.6"}
    for machine in condiment.facet["machines"].options:
        assert "6.2.6" in _shown(condiment, machines=[machine.id])


def test_certificates_are_asked_where_work_needs_them(condiment: Scheme) -> None:
    assert _shown(condiment) - _shown(condiment, special_work=[]) == {"5.4.1"}
    for kind in condiment.facet["special_work"].options:
        assert "5.4.1" in _shown(condiment, special_work=[kind.id])


@pytest.mark.parametrize(
    ("happened", "asked"),
    [
        ([], set()),
        (["incident"], {"12.2.1"}),
        (["accident"], {"11.5.1", "12.1.1", "12.2.1"}),
        (["fatality"], {"11.5.1", "12.1.1", "12.2.1", "13.1.3"}),
    ],
)
def test_accidents_and_incidents(condiment: Scheme, happened: list[str], asked: set[str]) -> None:
    rows = {"11.5.1", "12.1.1", "12.2.1", "13.1.3"}
    assert _shown(condiment, activities=happened) & rows == asked


def test_version_1_0_asks_as_it_did() -> None:
    older = schemes.load("condiment", "1.0")
    assert [c.key for c in older.items["7.1.6"].conditions] == ["a", "1", "2", "3", "4", "5"]
    assert {"6.2.6", "5.4.1"} < _shown(older, machines=[])
    assert "12.2.1" not in _shown(older, activities=[])
    assert not (older.application or older.contradictions or older.charged_once)


def test_facts_that_the_standard_charges_once(condiment: Scheme) -> None:
    """4.2 and 6.3 alone say so; a pair is one fact's two places, never two systems or machines."""
    pairs = condiment.charged_once
    assert all(len(pair) == 2 for pair in pairs)
    assert {pair[0].rpartition("-")[0] for pair in pairs} == {"4.2.1", "6.3.2"}
    systems = {second for first, second in pairs if first == "4.2.1-b"}
    assert all(condiment.conditions[name][1].forfeit for name in systems)
    later = {second.rpartition("-")[0] for first, second in pairs if first.startswith("6.3.2")}
    assert later == {"6.3.3", "6.3.4", "6.3.5", "6.3.6"}


def test_an_accident_in_the_safety_record_asks_for_its_rows(condiment: Scheme) -> None:
    asked = {
        rule.performance: rule.asks.terms for rule in condiment.contradictions if rule.performance
    }
    assert asked == {
        "deaths": (("activities", frozenset({"fatality"})),),
        "serious_injuries": (("activities", frozenset({"accident", "fatality"})),),
    }
    assert {question.years for question in condiment.performance} == {1}


def test_everything_present_contradicts_nothing(condiment: Scheme) -> None:
    chosen = {f.id: frozenset(o.id for o in f.options) for f in condiment.facets}
    for rule in condiment.contradictions:
        assert rule.asks.met(chosen)
        assert not rule.excludes.terms


def test_conditions_of_application(condiment: Scheme) -> None:
    ids = [requisite.id for requisite in condiment.application]
    assert ids == ["c1", "c2", "c3", *(f"a{n}" for n in range(1, 10)), "b1", "b2", "b3"]
    own = [r for r in condiment.application if r.provenance == "official"]
    assert [(r.id, r.grades) for r in own] == [
        ("c1", ["一级"]), ("c2", ["二级"]), ("c3", ["三级"])
    ]  # fmt: skip
