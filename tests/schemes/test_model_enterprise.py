"""The numbers of the model-enterprise standard, as its table prints them."""

from decimal import Decimal

import pytest

import schemes
from schemes import Item, Scheme, Section
from scoring import Result, parse_answers, score

# Points of the clauses in order, sub-elements separated by "|".
POINTS = {
    "1": "100",
    "2": "6 6 6 6 6|5 5 5 5|2 2 2 2 2|10 10 10 10",
    "3": "25 15|25 15|10 10",
    "4": "20|20|20|10|8 6 6|5 5",
    "5": "40|15 15|30",
    "6": "10 10|10 10|15 15 10 10 10",
    "7": "40|25 15|8 5 7",
    "8": "10 10|20|20|10 10|5 15",
    "9": "10 10 10 10|10 10 4 6|15 15",
    "10": "30|8 8 8 6|10 5 5|5 5|5 5",
}
SUB_ELEMENTS = {
    "1": "100",
    "2": "30 20 10 40",
    "3": "40 40 20",
    "4": "20 20 20 10 20 10",
    "5": "40 30 30",
    "6": "20 20 60",
    "7": "40 40 20",
    "8": "20 20 20 20 20",
    "9": "40 30 30",
    "10": "30 30 20 10 10",
}
# What each condition costs, clauses separated by "|"; * where it is counted (每人、每项 …).
DEDUCTIONS = {
    "2.1": "6|6 3|6|3 2*|3 3",
    "2.2": "3 2|3 2|5|5 1*",
    "2.3": "2|0.5* 1|1*|1 1|2",
    "2.4": "5*|1* 1*|2* 2*|10 1*",
    "3.1": "2*|3*",
    "3.2": "2*|3*",
    "3.3": "10|1*",
    "4.1": "20 8*",
    "4.2": "4*",
    "4.3": "5*",
    "4.4": "4*",
    "4.5": "3* 3* 2*|3 3|2*",
    "4.6": "5|2 2 2",
    "5.1": "5*",
    "5.2": "8 7|4 8 3",
    "5.3": "4* 4* 2*",
    "6.1": "10 2*|2*",
    "6.2": "5 2* 5 2*|5 2* 5 2*",
    "6.3": "15 2*|15 1*|5 5 1*|10 1*|5 1* 5",
    "7.1": "4*",
    "7.2": "3*|2*",
    "7.3": "1*|1*|1*",
    "8.1": "10 5|10 5",
    "8.2": "20 3*",
    "8.3": "20 6*",
    "8.4": "3*|4*",
    "8.5": "5|5 10",
    "9.1": "10 4*|10 2*|10 5|10",
    "9.2": "2*|5 2*|4 2*|2*",
    "9.3": "8 7|10 5",
    "10.1": "20 10* 2*",
    "10.2": "8 4*|8 2* 4|8 4 2*|6 2*",
    "10.3": "10 5|1*|5",
    "10.4": "5|5",
    "10.5": "2 2*|5",
}


@pytest.fixture(scope="module")
def model() -> Scheme:
    return schemes.load("model-enterprise")


def _sub_elements(element: Section) -> list[Section]:
    found = [child for child in element.children if isinstance(child, Section)]
    assert len(found) == len(element.children)
    return found


def _points(section: Section) -> str:
    return " ".join(str(item.points) for item in section.items)


def _deductions(item: Item) -> str:
    return " ".join(f"{c.deduct}{'*' if c.per else ''}" for c in item.conditions)


def _answered(scheme: Scheme, answer: str) -> Result:
    """Nothing found, every applicability question answered alike."""
    facets = {facet.id: [answer] for facet in scheme.facets}
    return score(scheme, parse_answers(scheme, {"scheme": scheme.id, "facets": facets}))


def test_points_of_every_clause(model: Scheme) -> None:
    assert {e.id: "|".join(map(_points, _sub_elements(e))) for e in model.elements} == POINTS


def test_points_of_every_sub_element(model: Scheme) -> None:
    found = {
        element.id: " ".join(
            str(sum(item.points for item in part.items)) for part in _sub_elements(element)
        )
        for element in model.elements
    }
    assert found == SUB_ELEMENTS


def test_ten_elements_of_a_hundred(model: Scheme) -> None:
    sums = [sum(item.points for item in element.items) for element in model.elements]
    assert sums == [100] * 10
    assert model.full == 1000


def test_eighty_three_clauses_and_their_conditions(model: Scheme) -> None:
    assert [len(element.items) for element in model.elements] == [1, 18, 6, 9, 4, 9, 6, 8, 10, 12]
    assert (len(model.items), len(model.conditions)) == (83, 148)


def test_every_deduction_of_the_source(model: Scheme) -> None:
    found = {
        part.id: "|".join(map(_deductions, part.items))
        for element in model.elements[1:]
        for part in _sub_elements(element)
    }
    assert found == DEDUCTIONS


def test_every_condition_costs_something_in_its_own_clause_only(model: Scheme) -> None:
    for item, condition in model.conditions.values():
        assert condition.forfeit or condition.deduct > 0, condition.id
        assert (condition.scope, condition.extra) == ("item", 0), condition.id
        assert item.exhausted_extra == 0, item.id


def test_only_the_licence_element_forfeits(model: Scheme) -> None:
    """The source never says 不得分; the first element's conditions are compiled here."""
    forfeits = [c.id for _, c in model.conditions.values() if c.forfeit]
    assert forfeits == ["1.1.1-a", "1.1.1-b", "1.1.1-c"]


def test_only_the_licence_element_is_compiled(model: Scheme) -> None:
    for element in model.elements:
        expected = "compiled" if element.id == "1" else "official"
        for item in element.items:
            assert (item.provenance, item.conditions_provenance) == (expected, expected), item.id
    assert model.provenance_note


def test_lines_to_compare_with_but_no_grades(model: Scheme) -> None:
    assert model.grades == ()
    assert model.reference is not None
    assert (model.reference.element, model.reference.total) == (60, 80)
    assert model.reference.label == "参考线（111号文）"


def test_everything_applicable_is_a_thousand_points(model: Scheme) -> None:
    result = _answered(model, "yes")
    assert result.applicable_items == 83
    assert result.full == 1000


def test_seven_times_no_leaves_773_points(model: Scheme) -> None:
    """Less 4.3 20, 4.4 10, 4.6.2 5, 5.3 30, 6.1 and 6.2 40, element 8 100, 10.2.2–4 22."""
    result = _answered(model, "no")
    assert [int(e.full) for e in result.elements] == [100, 100, 100, 65, 70, 60, 100, 0, 100, 78]
    assert result.full == 773
    assert result.applicable_items == 64


@pytest.mark.parametrize(
    ("facet", "gone", "points"),
    [
        ("special_work", "4.3.1", 20),
        ("transport_staff", "4.4.1", 10),
        ("contractor", "4.6.2", 5),
        ("special_equipment", "5.3.1", 30),
        ("key_unit", "6.1.1 6.1.2 6.2.1 6.2.2", 40),
        ("loading", "8.1.1 8.1.2 8.2.1 8.3.1 8.4.1 8.4.2 8.5.1 8.5.2", 100),
        ("major_hazard", "10.2.2 10.2.3 10.2.4", 22),
    ],
)
def test_what_each_no_takes_away(model: Scheme, facet: str, gone: str, points: int) -> None:
    facets = {f.id: ["no" if f.id == facet else "yes"] for f in model.facets}
    result = score(model, parse_answers(model, {"scheme": model.id, "facets": facets}))
    fallen = [item_id for item_id, item in result.items.items() if not item.applicable]
    assert fallen == gone.split()
    assert result.full == Decimal(1000 - points)
