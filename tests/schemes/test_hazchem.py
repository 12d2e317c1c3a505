"""The numbers of 111号文, the B-level breakdown, and what version 2.0 says of its subject."""

import re
from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

import schemes
from schemes import Condition, Scheme
from schemes.heirs import heirs
from scoring import parse_answers
from scoring.answers import Answers
from scoring.applicability import applicability, visible_conditions
from scoring.reading import parse
from scoring.warnings import contradictions

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

MAJOR = {
    "121号 1": ["5.3-a"],
    "121号 2": ["5.4-a", "5.4-b", "7.4-g"],
    "121号 3": ["6.2-k"],
    "121号 4": ["6.4-a"],
    "121号 5": ["3.5-b"],
    "121号 6": ["6.2-s"],
    "121号 7": ["6.2-t"],
    "121号 8": ["6.2-p"],
    "121号 9": ["6.2-o"],
    "121号 10": ["6.4-e"],
    "121号 11": ["6.2-v"],
    "121号 12": ["6.2-a", "6.2-b"],
    "121号 13": ["6.2-q"],
    "121号 14": ["6.4-m"],
    "121号 15": ["6.2-c"],
    "121号 16": ["2.3-a", "3.4-b"],
    "121号 17": ["4.2-a", "4.2-b"],
    "121号 18": ["7.1-a", "7.1-b", "7.1-c", "7.1-d", "7.3-a", "7.3-b", "7.3-c"],
    "121号 19": ["6.4-c", "6.4-n", "6.4-o"],
    "121号 20": ["9.7-a"],
    "83号 第七条": ["3.4-a"],
}
"""Every major accident hazard by the criterion that it is one by."""

A_VETOES = {
    "2.4-a",
    "2.4-b",
    "3.5-a",
    "4.1-a",
    "5.3-a",
    "6.1-a",
    "6.4-a",
    "6.4-k",
    "7.1-a",
    "9.7-n",
    "10.3-a",
    "10.5-a",
    "11.1-a",
}

Choices = dict[str, frozenset[str]]


def _plant(enterprise: str, **chosen: list[str]) -> Choices:
    """An enterprise; what is not named is answered with a no, or with nothing."""
    hazchem = schemes.load("hazchem")
    answers: Choices = {"enterprise": frozenset({enterprise})}
    for facet in hazchem.facets:
        if facet.asked_when.met(answers) and facet.id not in answers:
            no = () if facet.many else ("no",)
            answers[facet.id] = frozenset(chosen.get(facet.id, no))
    assert not applicability(hazchem, Answers(facets=answers)).unanswered
    return answers


YES = ["yes"]
CHEMICAL_PLANT = _plant(
    "production",
    key_hazards=["process", "chemicals", "major_hazard"],
    reaction=YES,
    installations=["control_room", "sis"],
    special_equipment=YES,
    key_unit=YES,
    contractor=YES,
    loading_transport=YES,
    occupational_hazard=YES,
)
STATION = _plant(
    "gas_station",
    key_hazards=["chemicals"],
    installations=["underground_tank"],
    key_unit=YES,
    contractor=YES,
    loading_transport=YES,
    occupational_hazard=YES,
)
DEPOT = _plant(
    "lpg_depot",
    key_hazards=["chemicals", "major_hazard"],
    installations=["liquefied_tank", "liquefied_filling", "control_room", "cylinders"],
    special_equipment=YES,
    key_unit=YES,
    contractor=YES,
    loading_transport=YES,
)
OFFICE = _plant("trading")
IMPORTER = _plant("importer")
LARGEST = ("production", "storage", "use", "gas_station", "lpg_depot", "trading", "importer")


def _everything(hazchem: Scheme, enterprise: str) -> Choices:
    """An enterprise that has all there is to have."""
    options = {f.id: [o.id for o in f.options] if f.many else YES for f in hazchem.facets}
    return _plant(enterprise, **{name: o for name, o in options.items() if name != "enterprise"})


def _elements(hazchem: Scheme, choices: Choices) -> dict[str, str]:
    """The B-level elements that apply, by A-level element: their last digits."""
    return {
        element.id: "".join(
            item.id.split(".")[1] for item in element.items if item.applies_when.met(choices)
        )
        for element in hazchem.elements
    }


def _asked(hazchem: Scheme, choices: Choices) -> set[str]:
    return {
        condition.id
        for item in hazchem.items.values()
        if item.applies_when.met(choices)
        for condition in visible_conditions(item, choices)
    }


def _condition(hazchem: Scheme, condition_id: str) -> Condition:
    return hazchem.conditions[condition_id][1]


def _facets_of(hazchem: Scheme, condition_id: str) -> dict[str, set[str]]:
    terms = _condition(hazchem, condition_id).applies_when.terms
    return {facet: set(options) for facet, options in terms}


# The official part, and the breakdown.


def test_weights(hazchem: Scheme) -> None:
    assert [element.weight for element in hazchem.elements] == [Decimal(w) for w in WEIGHTS]


def test_points_of_every_b_level_element(hazchem: Scheme) -> None:
    found = {e.id: [int(item.points) for item in e.items] for e in hazchem.elements}
    assert found == POINTS
    assert len(hazchem.items) == 56


def test_local_requirements_cost_ten_each(hazchem: Scheme) -> None:
    item = hazchem.items["12.1"]
    (condition,) = item.conditions
    assert (condition.deduct, condition.per, item.entries) == (10, "项", condition.id)


@pytest.mark.parametrize("enterprise", LARGEST)
def test_what_an_enterprise_sees_of_an_element_stays_readable(
    hazchem: Scheme, enterprise: str
) -> None:
    """Even one that has everything: 4 to 12 conditions; more only where most hazards are."""
    more = {"6.2": 25, "6.4": 14, "9.7": 17}
    choices = _everything(hazchem, enterprise)
    for item in hazchem.items.values():
        if item.applies_when.met(choices) and item.id != "12.1":
            shown = len(visible_conditions(item, choices))
            assert 4 <= shown <= more.get(item.id, 12), item.id


def test_what_public_texts_confirm_names_them_and_the_rest_is_labelled(hazchem: Scheme) -> None:
    official = {i.id for i in hazchem.items.values() if i.provenance == "official"}
    assert official == {"1.1", "1.2", "2.1", "2.2", "2.4", "12.1"}
    assert all(hazchem.items[item_id].source for item_id in official)
    conditions = {i.id for i in hazchem.items.values() if i.conditions_provenance == "official"}
    assert conditions == {"12.1"}
    assert hazchem.provenance_note


@pytest.mark.parametrize(
    ("condition_id", "deduct", "per"),
    [
        ("1.1-c", "5", None),
        ("1.1-d", "1", "项"),
        ("1.1-g", "5", None),
        ("1.1-i", "1", "项"),
        ("1.1-k", "5", None),
        ("1.2-d", "5", None),
        ("1.2-e", "2", "项"),
        ("1.2-i", "2", "项"),
        ("2.1-c", "2", None),
        ("2.1-i", "1", "人次"),
        ("2.1-j", "2", None),
        ("2.1-k", "4", None),
        ("2.2-f", "3", None),
        ("2.2-k", "2", "项"),
        ("2.2-l", "2", None),
        ("7.4-c", "3", "家"),
        ("7.4-d", "1", "个"),
        ("7.4-e", "2", "家"),
        ("7.4-f", "2", "项"),
        ("7.4-h", "1", "次"),
    ],
)
def test_amounts_of_public_texts(
    hazchem: Scheme, condition_id: str, deduct: str, per: str | None
) -> None:
    condition = _condition(hazchem, condition_id)
    assert (condition.deduct, condition.per) == (Decimal(deduct), per)


# 1: what the standard is today.


def test_the_choice_of_the_standard_says_what_replaced_its_basis(hazchem: Scheme) -> None:
    assert "GB 45673—2025" in (hazchem.notice or "")
    first = hazchem.interpretations[0]
    for fact in "GB 45673—2025", "2025 年 11 月 1 日", "14 个", "62 个", "当地可能已按新标准评审":
        assert fact in first.reading


@pytest.mark.parametrize(
    "topic",
    [
        "本标准今天的地位",
        "申请条件",
        "重大隐患怎样判定",
        "B 级要素缺项",
        "整个要素缺项",
        "7.4 承包商的分值",
        "2.4 的 A 级否决",
        "依据的法规和标准",
    ],
)
def test_readings_of_our_own_are_told(hazchem: Scheme, topic: str) -> None:
    assert topic in {interpretation.topic for interpretation in hazchem.interpretations}


# 2: major accident hazards.


def test_every_major_hazard_is_one_by_a_named_criterion(hazchem: Scheme) -> None:
    flagged = [c.id for _, c in hazchem.conditions.values() if c.major]
    listed = [condition_id for ids in MAJOR.values() for condition_id in ids]
    assert Counter(flagged) == Counter(listed)
    assert "121号" in (hazchem.major_source or "")


def test_each_item_with_a_major_hazard_names_the_text(hazchem: Scheme) -> None:
    """Where a reviewer looks at it; 5.3, 5.4 and others say so in their source."""
    for item in hazchem.items.values():
        if any(condition.major for condition in item.conditions):
            assert re.search("121号|83号", item.source or ""), item.id


# 3: vetoes.


def test_a_level_vetoes(hazchem: Scheme) -> None:
    found = {c.id for _, c in hazchem.conditions.values() if c.scope == "element"}
    assert found == A_VETOES
    scopes = {c.scope for _, c in hazchem.conditions.values() if c.forfeit}
    assert scopes == {"item", "element"}


@pytest.mark.parametrize(
    "condition_id",
    ["1.1-a", "1.2-a", "2.1-a", "2.2-a", "3.2-h", "3.2-j", "4.2-a", "4.2-k", "8.1-a", "8.1-i"],
)
def test_b_level_vetoes_of_public_texts(hazchem: Scheme, condition_id: str) -> None:
    condition = _condition(hazchem, condition_id)
    assert condition.forfeit
    assert condition.scope == "item"


def test_either_no_system_or_no_search_is_enough(hazchem: Scheme) -> None:
    assert _condition(hazchem, "3.4-b").when == "没有隐患排查治理制度，或从未开展隐患排查"


# 4: plants in service.


def test_6_1_is_of_projects_only_and_distances_are_asked_of_plants_in_service(
    hazchem: Scheme,
) -> None:
    assert dict(hazchem.items["6.1"].applies_when.terms) == {"construction": frozenset(YES)}
    assert not any(re.search("距离|间距", c.when) for c in hazchem.items["6.1"].conditions)
    in_service = {"6.2-k", "6.2-l", "6.2-m", "6.2-v", "6.6-k"}
    assert CHEMICAL_PLANT["construction"] == CHEMICAL_PLANT["demolition"] == {"no"}
    assert in_service <= _asked(hazchem, CHEMICAL_PLANT)


def test_what_moved_names_its_older_id(hazchem: Scheme) -> None:
    moved = {c.id: c.was for _, c in hazchem.conditions.values() if c.was}
    assert moved == {
        "1.1-e": ("1.1-e", "1.1-f"),
        "2.1-d": ("2.1-d", "2.1-e"),
        "6.2-k": ("6.1-b",),
        "6.2-l": ("6.1-c",),
        "6.2-v": ("6.4-d",),
        "6.6-k": ("6.7-f",),
        "9.7-n": ("8.2-c",),
    }


def test_no_finding_of_the_older_version_is_lost(hazchem: Scheme) -> None:
    older = schemes.load("hazchem", "1.0")
    became = heirs([older, hazchem])
    lost = [i for i in older.conditions if became.condition(i) not in hazchem.conditions]
    assert lost == []


# 5: what follows which question.


@pytest.mark.parametrize(
    ("condition_id", "facets"),
    [
        (
            "3.2-h",
            {
                "key_hazards": {"process", "chemicals", "major_hazard"},
                "enterprise": {"production", "storage", "use"},
            },
        ),
        ("6.2-k", {"key_hazards": {"process", "chemicals", "major_hazard"}}),
        ("6.4-l", {"key_hazards": {"process", "chemicals", "major_hazard"}}),
        ("5.4-b", {"key_hazards": {"process"}}),
        ("6.4-a", {"key_hazards": {"process"}}),
        ("6.4-c", {"reaction": {"yes"}}),
        ("6.4-n", {"new_process": {"yes"}}),
        ("6.4-o", {"new_process": {"yes"}}),
        ("6.2-p", {"installations": {"toxic_gas_pipe"}}),
        ("6.2-q", {"installations": {"control_room"}}),
        ("6.2-s", {"installations": {"liquefied_tank"}}),
        ("6.2-t", {"installations": {"liquefied_filling"}}),
        ("6.2-o", {}),
        ("6.4-e", {}),
        ("6.4-m", {}),
        ("9.7-m", {}),
        ("9.7-n", {}),
        ("9.7-l", {"explosive_precursor": {"yes"}}),
        ("9.5-h", {"enterprise": {"importer"}}),
    ],
)
def test_conditions_follow_their_question(
    hazchem: Scheme, condition_id: str, facets: dict[str, set[str]]
) -> None:
    assert _facets_of(hazchem, condition_id) == facets


@pytest.mark.parametrize(
    ("enterprise", "not_asked"),
    [
        ("production", set()),
        ("use", set()),
        ("storage", {"reaction", "new_process"}),
        ("gas_station", {"reaction", "new_process"}),
        ("lpg_depot", {"reaction", "new_process"}),
        ("trading", {"key_hazards", "reaction", "new_process", "installations"}),
        ("importer", {"key_hazards", "reaction", "new_process", "installations"}),
    ],
)
def test_an_enterprise_is_asked_only_what_it_may_have(
    hazchem: Scheme, enterprise: str, not_asked: set[str]
) -> None:
    chosen = {"enterprise": frozenset({enterprise})}
    asked = set(applicability(hazchem, Answers(facets=chosen)).unanswered)
    assert {facet.id for facet in hazchem.facets} - asked - {"enterprise"} == not_asked


def test_answers_of_the_older_version_are_carried_over() -> None:
    """Two of its questions became one; of the new ones none is answered for the user."""
    older: dict[str, Any] = {
        "scheme": "hazchem",
        "facets": {
            "enterprise": ["production"],
            "major_hazard": ["yes"],
            "hazardous_process": ["no"],
            "construction": ["no"],
        },
        "findings": {"6.1-b": 1, "6.4-d": 1, "8.2-c": 1, "1.1-e": 1, "1.1-f": 2},
    }
    parsed = parse(older)
    assert parsed.scheme.version == "2.0"
    assert parsed.answers.facets == {
        "enterprise": {"production"},
        "key_hazards": {"major_hazard"},
        "construction": {"no"},
    }
    assert parsed.answers.findings == {"6.2-k": 1, "6.2-v": 1, "9.7-n": 1, "1.1-e": 3}
    assert set(applicability(parsed.scheme, parsed.answers).unanswered) >= {
        "reaction",
        "new_process",
        "installations",
        "explosive_precursor",
        "demolition",
    }


@pytest.mark.parametrize(
    ("choices", "subjects"),
    [
        ({"enterprise": ["trading", "storage"]}, [("enterprise",)]),
        ({"enterprise": ["trading", "importer"]}, []),
        ({"enterprise": ["storage"], "key_hazards": ["process"]}, [("key_hazards", "enterprise")]),
        ({"enterprise": ["storage", "use"], "key_hazards": ["process"]}, []),
        (
            {"installations": ["liquefied_tank"], "special_equipment": ["no"]},
            [("installations", "special_equipment")],
        ),
        ({"installations": ["liquefied_tank"]}, []),
    ],
)
def test_answers_that_cannot_both_be_right(
    hazchem: Scheme, choices: dict[str, list[str]], subjects: list[tuple[str, ...]]
) -> None:
    answers = parse_answers(hazchem, {"scheme": "hazchem", "facets": choices})
    assert list(contradictions(hazchem, answers.facets, answers.performance)) == subjects


# 6, 7: what weighs, and whom it concerns.


def test_a_contractors_missing_certificate_weighs_like_ones_own(hazchem: Scheme) -> None:
    for condition_id in "5.4-a", "5.4-b", "7.4-g":
        condition = _condition(hazchem, condition_id)
        assert (condition.forfeit, condition.scope, condition.major) == (True, "item", True)


def test_double_custody_also_for_stock_that_is_a_major_hazard_source(hazchem: Scheme) -> None:
    asked = _asked(hazchem, CHEMICAL_PLANT)
    assert ("9.7-k" in asked, "9.7-b" in asked) == (True, False)


def test_nobody_may_live_there_whatever_the_enterprise(hazchem: Scheme) -> None:
    for choices in CHEMICAL_PLANT, STATION, DEPOT, OFFICE, IMPORTER:
        assert "9.7-n" in _asked(hazchem, choices)


# 8: laws in force, and whom the elements concern.


def test_no_condition_rests_on_a_text_that_was_replaced(hazchem: Scheme) -> None:
    """GB 2894—2025 may say in 7.2 what it replaced."""
    replaced = re.compile(
        r"GB 7231|GB 2893|GB 2894—2008|AQ 3013|AQ 3010|原?30号令|GB 15603—1995|TSG 08—2017"
        r"|GBZ 188—2014|GB 30871—2014|GB 18218—2009|129号|12号文"
    )
    for item in hazchem.items.values():
        texts = [item.requirement, item.note or "", *(c.when for c in item.conditions)]
        assert not [text for text in texts if replaced.search(text)], item.id


@pytest.mark.parametrize(
    ("choices", "elements"),
    [
        (
            CHEMICAL_PLANT,
            {
                "1": "12",
                "2": "12345",
                "3": "12345678",
                "4": "123",
                "5": "123456",
                "6": "23456",
                "7": "1234",
                "8": "123",
                "9": "1234567",
                "10": "123456",
                "11": "1234",
                "12": "1",
            },
        ),
        (
            STATION,
            {
                "1": "12",
                "2": "12345",
                "3": "1234678",
                "4": "123",
                "5": "123456",
                "6": "256",
                "7": "1234",
                "8": "123",
                "9": "1367",
                "10": "123456",
                "11": "1234",
                "12": "1",
            },
        ),
        (
            DEPOT,
            {
                "1": "12",
                "2": "12345",
                "3": "12345678",
                "4": "123",
                "5": "123456",
                "6": "2356",
                "7": "1234",
                "8": "3",
                "9": "1367",
                "10": "123456",
                "11": "1234",
                "12": "1",
            },
        ),
        (
            OFFICE,
            {
                "1": "12",
                "2": "12345",
                "3": "1234678",
                "4": "13",
                "5": "123456",
                "6": "",
                "7": "",
                "8": "3",
                "9": "1367",
                "10": "123456",
                "11": "1234",
                "12": "1",
            },
        ),
        (
            IMPORTER,
            {
                "1": "12",
                "2": "12345",
                "3": "1234678",
                "4": "13",
                "5": "123456",
                "6": "",
                "7": "",
                "8": "3",
                "9": "134567",
                "10": "123456",
                "11": "1234",
                "12": "1",
            },
        ),
    ],
    ids=["chemical plant", "filling station", "LPG depot", "trade without storage", "importer"],
)
def test_b_level_elements_by_enterprise(
    hazchem: Scheme, choices: Choices, elements: dict[str, str]
) -> None:
    assert _elements(hazchem, choices) == elements


@pytest.mark.parametrize(
    ("choices", "asked", "not_asked"),
    [
        (
            STATION,
            # gas alarms, explosion-proofing, unloading, manholes, emergency stop, distances
            "6.2-a 6.2-b 6.2-k 6.2-l 6.2-o 6.2-w 6.2-x 6.2-y 9.7-a 9.7-o 9.7-p 9.7-q 4.2-a 7.1-a",
            "2.2-h 2.2-i 3.2-h 4.2-b 6.2-p 6.2-q 6.2-r 6.2-s 6.2-t 6.2-u 7.2-h 7.2-i 9.3-a 9.7-e"
            " 9.7-f 9.7-r 9.7-s 11.2-h",
        ),
        (
            DEPOT,
            "6.2-a 6.2-b 6.2-c 6.2-k 6.2-q 6.2-r 6.2-s 6.2-t 6.2-u 6.3-a 3.5-b 9.3-a 9.6-h 9.7-e"
            " 9.7-f 9.7-r 9.7-s 9.7-t 11.2-h",
            "3.2-h 4.2-b 6.2-w 6.2-x 6.2-y 9.7-o 9.7-p 9.7-q",
        ),
        (
            OFFICE,
            "1.2-b 3.8-a 5.3-a 9.3-a 9.3-i 9.6-f 9.7-c 9.7-m 9.7-n 10.3-a",
            "2.2-h 3.2-i 3.6-a 8.3-a 9.3-d 9.6-c 9.7-a 9.7-g 10.1-g 11.2-c",
        ),
        (
            IMPORTER,
            "9.3-a 9.3-f 9.3-i 9.4-a 9.5-a 9.5-h 9.6-f 9.7-m",
            "9.5-f 9.7-a 9.3-d",
        ),
        (
            CHEMICAL_PLANT,
            "2.2-h 3.2-h 3.5-b 4.2-b 5.4-b 6.2-k 6.2-q 6.2-z 6.4-a 6.4-c 6.4-e 6.4-k 6.4-l 6.4-m"
            " 9.7-e 9.7-f 11.2-h",
            "6.2-w 6.2-x 6.2-y 6.2-r 6.4-n 6.4-o 9.3-i 9.5-h 9.7-o 9.7-p 9.7-q 9.7-r",
        ),
    ],
    ids=["filling station", "LPG depot", "trade without storage", "importer", "chemical plant"],
)
def test_conditions_by_enterprise(
    hazchem: Scheme, choices: Choices, asked: str, not_asked: str
) -> None:
    shown = _asked(hazchem, choices)
    named = {*asked.split(), *not_asked.split()}
    assert named <= hazchem.conditions.keys()
    assert shown & named == set(asked.split())


# 9, 10: what is ours, what a province allows, and the conditions of application.


def test_2_3_is_compiled(hazchem: Scheme) -> None:
    assert hazchem.items["2.3"].provenance == "compiled"


def test_elements_that_a_province_lets_be_absent(hazchem: Scheme) -> None:
    assert hazchem.absent_allowed == ("3.5", "6.3", "9.3", "9.4", "9.5")


def test_conditions_of_application_by_grade(hazchem: Scheme) -> None:
    found = {
        grade.title: [r.id for r in hazchem.application if not r.grades or grade.title in r.grades]
        for grade in hazchem.grades
    }
    general = [f"a{number}" for number in range(1, 10)]
    assert found == {
        "一级": [*general, "b1", "b2", "b3", "e1", "e2"],
        "二级": [*general, "d1", "d2", "d3"],
        "三级": [*general, "c1", "c2", "c3"],
    }


def test_only_conditions_read_in_public_copies_are_called_official(hazchem: Scheme) -> None:
    by_source = {(r.source, r.provenance) for r in hazchem.application}
    assert by_source == {
        ("应急〔2021〕83号 第七条", "compiled"),
        ("安监总管三〔2011〕93号", "official"),
    }
