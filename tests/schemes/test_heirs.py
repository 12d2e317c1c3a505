"""What becomes of ids and answers between versions, by a library of two and by small trees."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemes import Condition, Facet, Item, Library, Scheme, Section
from schemes.comparing import rows_between
from schemes.difference import changes_between
from schemes.heirs import Heirs, heirs, heirs_from_elsewhere
from schemes.translate import Moved, Translation
from schemes.tree import AppliesWhen, Option, Part
from tests.conftest import LIBRARY

OLD, NEW = Library(LIBRARY).history("workshop")
HEIRS = heirs([OLD, NEW])


def _translated(raw: dict[str, Any]) -> dict[str, Any]:
    return Translation(HEIRS, NEW, OLD).answers(raw)


def test_ids_go_to_what_names_them_or_stay_or_are_marked_with_their_version() -> None:
    conditions = {
        "1.1.1-a": "1.1.2-d",  # moved to another item
        "1.1.1-b": "1.1.1-b",
        "1.1.2-b": "1.1.2-b",  # two became one
        "1.1.2-c": "1.1.2-b",
        "1.2.1-a": "1.2.1-a@1.0",  # gone with its item
        "2.1.1-a": "2.1.3-a",  # with its item, which has another number
        "2.1.2-b": "2.1.2-b",
        "9.9-z": "9.9-z",  # of which neither version knows anything
    }
    assert {older: HEIRS.condition(older) for older in conditions} == conditions
    items = {"1.1.1": "1.1.1", "1.2.1": "1.2.1@1.0", "2.1.1": "2.1.3", "9.9": "9.9"}
    assert {older: HEIRS.item(older) for older in items} == items
    assert (HEIRS.facet("kind"), HEIRS.facet("things")) == ("trade", "things")
    assert HEIRS.option("kind", "a") == "first"
    assert HEIRS.option("things", "crane") == "crane"
    assert HEIRS.section("1.2") == "1.2"


def test_answers_are_carried_over_under_the_newer_ids() -> None:
    raw = {
        "scheme": "workshop",
        "facets": {"kind": ["a"], "things": ["crane"]},
        "performance": {"deaths": 0},
        "not_applicable": ["2.1.1"],
        "reviewed": ["1.1.1", "1.2.1"],
        "findings": {"1.1.1-a": 3, "1.1.2-b": 2, "1.1.2-c": 4, "1.2.1-a": 1},
        "earlier": {
            "1.1.2-c": {"count": 2, "rectified": 1, "open": 1},
            "1.1.2-b": {"count": 2, "planned": 1},
            "2.1.1-a": {"count": 1},
        },
    }
    assert _translated(raw) == {
        "scheme": "workshop",
        "facets": {"trade": ["first"], "things": ["crane"]},
        "performance": {"deaths": 0},
        "not_applicable": ["2.1.3"],
        "reviewed": ["1.1.1", "1.2.1@1.0"],
        "findings": {"1.1.2-d": 3, "1.1.2-b": 6, "1.2.1-a@1.0": 1},
        "earlier": {
            "1.1.2-b": {"count": 4, "rectified": 1, "planned": 1, "open": 1},
            "2.1.3-a": {"count": 1},
        },
    }


def test_what_became_one_is_told() -> None:
    translation = Translation(HEIRS, NEW, OLD)
    translation.answers({"findings": {"1.1.2-b": 1, "1.1.2-c": 1, "2.1.1-a": 1, "2.1.2-b": 1}})
    assert translation.moved == (
        Moved(("1.1.2-b", "1.1.2-c"), "1.1.2-b"),
        Moved(("2.1.1-a",), "2.1.3-a"),
    )


@pytest.mark.parametrize(
    "raw",
    [
        {"findings": [], "facets": 5, "reviewed": "all", "earlier": None, "not_applicable": {}},
        {"findings": {"1.1.2-b": "2"}, "facets": {"things": "crane"}, "reviewed": [1, None]},
        {"earlier": {"1.1.2-b": 5}, "facets": {"things": [["crane"], 5]}},
        {},
    ],
    ids=str,
)
def test_what_has_not_the_shape_of_answers_stays_for_who_checks_it(raw: dict[str, Any]) -> None:
    assert _translated(raw) == raw


def test_what_cannot_be_joined_stays_apart() -> None:
    raw = {"findings": {"1.1.2-b": 2, "1.1.2-c": "many"}}
    assert _translated(raw) == {"findings": {"1.1.2-b": 2, "1.1.2-c": "many"}}


# Small trees: what the fixture does not show --------------------------------------------------


def _condition(item: str, key: str, *was: str, counted: bool = True) -> Condition:
    per = "处" if counted else None
    return Condition(
        f"{item}-{key}", key, "问题", Decimal(1), per, "item", Decimal(0), None, AppliesWhen(), was
    )  # fmt: skip


def _item(item_id: str, *was: str, conditions: tuple[Condition, ...] | None = None) -> Item:
    return Item(
        item_id, "内容", "要求", Decimal(10), None, Decimal(0),
        (_condition(item_id, "a"), _condition(item_id, "b")) if conditions is None else conditions,
        (), None, "exclude", AppliesWhen(), None, None, "official", "official", was,
    )  # fmt: skip


def _version(version: str, *items: Item, facets: tuple[Facet, ...] = ()) -> Scheme:
    section = Section("S", "要素", None, AppliesWhen(), None, None, items)
    part = Part("", "", AppliesWhen(), None, None, (section,))
    return Scheme(
        **{name: getattr(NEW, name) for name in NEW.__dataclass_fields__ if name != "_paths"}
        | {"version": version, "parts": (part,), "facets": facets}
    )


def test_numbers_that_moved_up_take_their_answers_along_and_the_one_left_out_comes_to_nothing() -> (
    None
):
    old = _version("1", _item("1"), _item("2"), _item("3"))
    new = _version("2", _item("1", "2"), _item("2", "3"))
    found = heirs([old, new])
    assert [found.item(i) for i in "123"] == ["1@1", "1", "2"]
    conditions = [found.condition(c) for c in ("1-a", "2-a", "3-b")]
    assert conditions == ["1-a@1", "1-a", "2-b"]


def test_a_list_of_former_ids_may_stay_when_a_number_is_used_again() -> None:
    """1 became 2 in the second version, where 1 is something new; the third only keeps the list."""
    first = _version("1", _item("1"))
    second = _version("2", _item("1"), _item("2", "1"))
    third = _version("3", _item("1"), _item("2", "1"))
    assert heirs([second, third]).item("1") == "1"
    assert heirs([first, second, third]).item("1") == "2"
    fourth = _version("4", _item("1"), _item("5", "2", "1"))
    assert heirs([third, fourth]).item("1") == "1"
    assert heirs([first, second, third, fourth]).item("1") == "5"
    assert heirs([first, second, third, fourth]).condition("1-b") == "5-b"


def test_what_others_joined_may_be_joined_by_more() -> None:
    def version(name: str, *was: str) -> Scheme:
        keys = [key for key in "acd" if f"1-{key}" not in was]
        conditions = [_condition("1", "b", *was), *(_condition("1", key) for key in keys)]
        return _version(name, _item("1", conditions=tuple(conditions)))

    first, second = version("1"), version("2", "1-b", "1-c")
    third = version("3", "1-b", "1-c", "1-d")
    for start in ([first, second, third], [second, third]):
        assert [heirs(start).condition(f"1-{key}") for key in "abd"] == ["1-a", "1-b", "1-b"]
    assert heirs([first, second, third]).condition("1-c") == "1-b"


def test_an_item_with_several_predecessors_takes_over_only_what_its_conditions_name() -> None:
    merged = _item("3", "1", "2", conditions=(_condition("3", "a"), _condition("3", "b", "2-a")))
    found = heirs([_version("1", _item("1"), _item("2")), _version("2", merged)])
    conditions = [found.condition(c) for c in ("1-a", "1-b", "2-a", "2-b")]
    assert conditions == ["1-a@1", "1-b@1", "3-b", "2-b@1"]


def test_items_that_became_one_are_marked_only_if_all_of_them_were() -> None:
    old, new = (
        _version("1", _item("1"), _item("2"), _item("3")),
        _version("2", _item("3", "1", "2")),
    )
    translation = Translation(heirs([old, new]), new, old)
    marked = translation.answers({"reviewed": ["1", "2"], "not_applicable": ["2"]})
    assert marked == {"reviewed": ["3"], "not_applicable": []}
    (moved,) = translation.moved
    assert (sorted(moved.older), moved.newer) == (["1", "2"], "3")


@pytest.mark.parametrize(
    ("one", "other", "joined"),
    [
        ({"count": 1, "rectified": 1}, {"count": 1}, {"count": 1}),
        ({"count": 1, "planned": 1}, {"count": 1, "rectified": 1}, {"count": 1, "planned": 1}),
        ({"count": 1, "rectified": 1}, {"count": 1, "rectified": 1}, {"count": 1, "rectified": 1}),
        ({"count": 1, "planned": 1}, {"count": 1, "open": 1}, {"count": 1, "open": 1}),
        ({"count": 1}, {"count": 1, "open": 1}, {"count": 1, "open": 1}),
        ({"count": 2, "open": 1}, {"count": 1, "rectified": 1}, {"count": 2, "open": 1}),
    ],
)
def test_of_findings_charged_once_the_worse_stays(
    one: dict[str, int], other: dict[str, int], joined: dict[str, int]
) -> None:
    once = _condition("1", "a", "1-a", "1-b", counted=False)
    old, new = _version("1", _item("1")), _version("2", _item("1", conditions=(once,)))
    translation = Translation(heirs([old, new]), new, old)
    raw = {"findings": {"1-a": 1, "1-b": 1}, "earlier": {"1-a": one, "1-b": other}}
    assert translation.answers(raw) == {"findings": {"1-a": 1}, "earlier": {"1-a": joined}}


def test_options_are_those_of_their_facet() -> None:
    def facet(name: str, options: list[Option], *was: str) -> Facet:
        return Facet(name, "问题", None, True, tuple(options), AppliesWhen(), was)

    def option(name: str, *was: str) -> Option:
        return Option(name, "选项", None, was)

    before = facet("f", [option("a"), option("b"), option("c")]), facet("g", [option("a")])
    after = facet("h", [option("a"), option("d", "b")], "f"), facet("g", [option("a")])
    old, new = _version("1", _item("1"), facets=before), _version("2", _item("1"), facets=after)
    raw = {"facets": {"f": ["a", "b", "c"], "g": ["a"]}}
    found = Translation(heirs([old, new]), new, old).answers(raw)
    assert found == {"facets": {"h": ["a", "d", "c@1"], "g": ["a"]}}


def _question(name: str, options: list[Option], *was: str, many: bool = True) -> Facet:
    return Facet(name, "问题", None, many, tuple(options), AppliesWhen(), was)


def _option(name: str, *was: str) -> Option:
    return Option(name, "选项", None, was)


YES_NO = [_option("yes"), _option("no")]
SEPARATE = (
    _question("hazard", YES_NO, many=False),
    _question("toxic", YES_NO, many=False),
    _question("night", YES_NO, many=False),
)
"""Three questions of yes or no, of which the first two become one with several answers."""
TOGETHER = (
    _question(
        "key", [_option("major", "hazard.yes"), _option("poison", "toxic.yes")], "hazard", "toxic"
    ),
    _question("night", YES_NO, many=False),
)


@pytest.mark.parametrize(
    ("facets", "expected"),
    [
        ({"hazard": ["yes"], "toxic": ["yes"]}, {"key": ["major", "poison"]}),
        ({"hazard": ["no"], "toxic": ["yes"]}, {"key": ["poison"]}),
        ({"hazard": ["no"], "toxic": ["no"]}, {"key": []}),
        ({"hazard": ["no"]}, {}),  # the other part of the question was never answered
        ({"toxic": ["yes"], "night": ["no"]}, {"key": ["poison"], "night": ["no"]}),
        ({"hazard": []}, {"key": []}),
        ({}, {}),
    ],
)
def test_where_several_questions_became_one_each_answer_goes_to_its_own_and_a_no_is_left_blank(
    facets: dict[str, list[str]], expected: dict[str, list[str]]
) -> None:
    """Both had a `yes`; an option names the older question with it."""
    old = _version("1", _item("1"), facets=SEPARATE)
    new = _version("2", _item("1"), facets=TOGETHER)
    for found in (heirs([old, new]), heirs([old, new, new]), heirs_from_elsewhere(new)):
        assert Translation(found, new, old).answers({"facets": facets}) == {"facets": expected}


def test_a_no_stays_where_the_question_has_one_or_takes_one_answer() -> None:
    old = _version("1", _item("1"), facets=SEPARATE[:1])
    one = _question("key", [_option("major", "hazard.yes")], "hazard", many=False)
    many = _question("key", [_option("major", "yes"), _option("no")], "hazard")
    for question, expected in ((one, ["no@1"]), (many, ["no"])):
        new = _version("2", _item("1"), facets=(question,))
        found = Translation(heirs([old, new]), new, old).answers({"facets": {"hazard": ["no"]}})
        assert found == {"facets": {"key": expected}}


def test_an_option_that_names_another_question_is_no_heir_of_this_one() -> None:
    old = _version("1", _item("1"), facets=SEPARATE)
    new = _version("2", _item("1"), facets=TOGETHER)
    found = heirs([old, new])
    assert (found.option("hazard", "yes"), found.option("toxic", "yes")) == ("major", "poison")
    assert found.option("night", "yes") == "yes"
    assert found.option("hazard", "no") == "no@1"


def test_a_mark_on_a_group_goes_with_its_item() -> None:
    old, new = _version("1", _item("1"), _item("2")), _version("2", _item("3", "1"), _item("2"))
    marked = Translation(heirs([old, new]), new, old).answers({"reviewed": ["1/mill", "2/mill"]})
    assert marked == {"reviewed": ["3/mill", "2/mill"]}


def test_of_a_version_that_nobody_has_the_names_that_are_known_stay() -> None:
    new = _version("2", _item("1"), _item("2", "1", "0"), _item("4", "3"))
    found = heirs_from_elsewhere(new)
    assert [found.item(i) for i in ("0", "1", "2", "3", "9")] == ["2", "1", "2", "4", "9"]
    assert [found.condition(c) for c in ("3-a", "0-a", "9-a")] == ["4-a", "0-a", "9-a"]


# Difference -----------------------------------------------------------------------------------


def test_what_changed_is_listed_as_facts() -> None:
    change = changes_between(OLD, NEW, HEIRS)
    assert [item.id for item in change.items.added] == ["1.2.2"]
    assert [item.id for item in change.items.gone] == ["1.2.1"]
    points = [(o.id, str(o.points), n.id, str(n.points)) for o, n in change.items.pairs]
    assert points == [("2.1.1", "20", "2.1.3", "15"), ("2.1.2", "20", "2.1.2", "25")]
    assert change.conditions.added == change.conditions.gone == ()
    moved = [(old.id, new.id) for old, new in change.conditions.pairs]
    assert moved == [("1.1.1-a", "1.1.2-d")]
    assert not change.facets
    assert change.rules == ()


@pytest.mark.parametrize("scheme", [OLD, NEW])
def test_nothing_changed_between_a_version_and_itself(scheme: Scheme) -> None:
    assert not changes_between(scheme, scheme, heirs([scheme, scheme]))
    assert not changes_between(scheme, scheme, Heirs(()))


def test_a_grade_line_and_a_weight_are_rules() -> None:
    fields = {name: getattr(NEW, name) for name in NEW.__dataclass_fields__ if name != "_paths"}
    lower = Scheme(**fields | {"grades": NEW.grades[:1]})
    assert changes_between(NEW, lower, Heirs(())).rules == ("grades",)


# Invariants -----------------------------------------------------------------------------------

IDS = st.sampled_from([*OLD.conditions, *NEW.conditions, "9.9-z"])
ITEMS = st.lists(st.sampled_from([*OLD.items, *NEW.items, "9.9"]), unique=True)
ANSWERS = st.fixed_dictionaries(
    {
        "facets": st.dictionaries(
            st.sampled_from(["kind", "things", "trade"]),
            st.lists(st.sampled_from(["a", "b", "crane", "first"]), unique=True),
        ),
        "not_applicable": ITEMS,
        "reviewed": ITEMS,
        "findings": st.dictionaries(IDS, st.integers(1, 9)),
    }
)


@given(ANSWERS)
@settings(max_examples=200, deadline=None)
def test_between_a_version_and_itself_answers_stay_as_they_are(raw: dict[str, Any]) -> None:
    for same in (heirs([NEW]), heirs([NEW, NEW])):
        translation = Translation(same, NEW, NEW)
        assert translation.answers(raw) == raw
        assert translation.moved == ()


@given(ANSWERS)
@settings(max_examples=200, deadline=None)
def test_no_finding_and_no_mark_is_lost_on_the_way(raw: dict[str, Any]) -> None:
    done = _translated(raw)
    assert sum(done["findings"].values()) == sum(raw["findings"].values())
    assert set(done["findings"]) == {HEIRS.condition(c) for c in raw["findings"]}
    assert set(done["reviewed"]) == {HEIRS.item(i) for i in raw["reviewed"]}


def test_a_condition_that_asks_a_renamed_question_is_the_same_row() -> None:
    def asking(facet: str, option: str) -> Condition:
        return replace(
            _condition("1", "a"), applies_when=AppliesWhen(((facet, frozenset({option})),))
        )

    options = [_option("a"), _option("b")]
    was, now = _question("kind", options), _question("trade", options, "kind")
    old = _version("1.0", _item("1", conditions=(asking("kind", "a"),)), facets=(was,))
    new = _version("1.1", _item("1", conditions=(asking("trade", "a"),)), facets=(now,))
    other = _version("1.1", _item("1", conditions=(asking("trade", "b"),)), facets=(now,))
    assert rows_between(old, new, heirs([old, new])) == []
    assert [row.what for row in rows_between(old, other, heirs([old, other]))] == [("conditions",)]
