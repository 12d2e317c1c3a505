"""The numbers of 111号文 and of the B-level breakdown."""

from decimal import Decimal

from schemes import Scheme

WEIGHTS = [
    "0.05",
    "0.06",
    "0.12",
    "0.05",
    "0.10",
    "0.20",
    "0.15",
    "0.05",
    "0.05",
    "0.06",
    "0.06",
    "0.05",
]
POINTS = {
    "1": [50, 50],
    "2": [20, 20, 30, 20, 10],
    "3": [10, 10, 15, 20, 20, 10, 10, 5],
    "4": [40, 40, 20],
    "5": [20, 10, 20, 30, 10, 10],
    "6": [10, 20, 10, 25, 15, 15, 5],
    "7": [20, 20, 40, 20],
    "8": [25, 50, 25],
    "9": [10, 10, 20, 10, 20, 10, 20],
    "10": [15, 15, 25, 15, 15, 15],
    "11": [25, 25, 25, 25],
    "12": [100],
}


def test_weights(hazchem: Scheme) -> None:
    assert [element.weight for element in hazchem.elements] == [Decimal(w) for w in WEIGHTS]


def test_points_of_every_b_level_element(hazchem: Scheme) -> None:
    found = {e.id: [int(item.points) for item in e.items] for e in hazchem.elements}
    assert found == POINTS
    assert len(hazchem.items) == 56


def test_four_to_ten_conditions_each(hazchem: Scheme) -> None:
    for item in hazchem.items.values():
        if item.id != "12.1":
            assert 4 <= len(item.conditions) <= 10, item.id


def test_local_requirements_cost_ten_each(hazchem: Scheme) -> None:
    item = hazchem.items["12.1"]
    (condition,) = item.conditions
    assert (condition.deduct, condition.per, item.entries) == (10, "项", condition.id)


def test_vetoes_at_both_levels(hazchem: Scheme) -> None:
    scopes = {c.scope for _, c in hazchem.conditions.values() if c.forfeit}
    assert scopes == {"item", "element"}


def test_compiled_conditions_are_labelled(hazchem: Scheme) -> None:
    official = {i.id for i in hazchem.items.values() if i.conditions_provenance == "official"}
    assert official == {"12.1"}
    assert hazchem.provenance_note


def test_confirmed_points_name_their_text(hazchem: Scheme) -> None:
    for item in hazchem.items.values():
        if item.provenance == "official":
            assert item.source, item.id
