"""What two windows do to one answer at the same time."""

from datetime import date

import pytest

from state.documents.assessment import Assessment, Entry
from state.documents.changes import (
    Change,
    add_entry,
    choose_facet,
    set_department,
    set_facet,
    set_finding,
    set_not_applicable,
    set_paper,
    set_profile,
    set_reviewed,
    set_scheme,
    set_text,
    start_reassessment,
)
from state.documents.clashes import clashes
from tests.conftest import scheme_named
from tests.state.conftest import filled

HAZCHEM = scheme_named("hazchem")

ADDS_UP = {
    "two conditions": (set_finding("1.1.1-a", 1), set_finding("1.1.2-a", 2)),
    "two marks": (set_reviewed(["5.1.1"], True), set_reviewed(["5.1.2"], True)),
    "two options": (set_facet("equipment", [], ["boiler"]), set_facet("equipment", [], ["tank"])),
    "two fields": (set_profile("name", "甲"), set_profile("leader", "乙")),
    "two texts in one remark": (
        set_text("remarks", "1.1.1", "", "甲"),
        set_text("remarks", "1.1.1", "", "乙"),
    ),
    "two requirements of one item": (
        add_entry("12.1", "12.1-a", Entry(text="甲", met=False)),
        add_entry("12.1", "12.1-a", Entry(text="乙", met=False)),
    ),
    "two papers": (set_paper("花名册", "have"), set_paper("设备台账", "missing")),
    "two departments": (set_department("1", "安环科"), set_department("2", "设备科")),
    "the same value": (set_finding("1.1.1-a", 3), set_finding("1.1.1-a", 3)),
    "another standard": (set_finding("1.1.1-a", 3), set_scheme(HAZCHEM)),
    "a re-assessment": (set_finding("1.1.1-a", 3), start_reassessment(date(2026, 11, 1))),
}

CLASHES = {
    "a count": (
        set_finding("2.1.1-c", 3),
        set_finding("2.1.1-c", 5),
        (("work", "answers", "findings", "2.1.1-c"), 5, 3),
    ),
    "a finding taken back": (
        set_finding("2.1.1-c", 3),
        set_finding("2.1.1-c", 0),
        (("work", "answers", "findings", "2.1.1-c"), None, 3),
    ),
    "a paper": (
        set_paper("花名册", "have"),
        set_paper("花名册", "expired"),
        (("work", "papers", "花名册"), "expired", "have"),
    ),
    "a department": (
        set_department("1", "安环科"),
        set_department("1", "设备科"),
        (("work", "departments", "1"), "设备科", "安环科"),
    ),
    "a name": (
        set_profile("name", "甲"),
        set_profile("name", "乙"),
        (("profile", "name"), "乙", "甲"),
    ),
    "one of several options": (
        choose_facet("product", "vinegar"),
        choose_facet("product", "msg"),
        (("work", "answers", "facets", "product", "vinegar"), None, True),
    ),
}


def _clashes(theirs: Change, mine: Change) -> list[tuple[object, ...]]:
    seen = filled().having(scheme="condiment")
    kept = theirs(seen)
    found = clashes(seen, mine(seen), kept, mine(kept))
    return [(clash.path, clash.mine, clash.theirs) for clash in found]


@pytest.mark.parametrize(("theirs", "mine"), ADDS_UP.values(), ids=ADDS_UP)
def test_what_adds_up_clashes_with_nothing(theirs: Change, mine: Change) -> None:
    assert _clashes(theirs, mine) == []


@pytest.mark.parametrize(("theirs", "mine", "clash"), CLASHES.values(), ids=CLASHES)
def test_two_values_for_one_answer_are_told(
    theirs: Change, mine: Change, clash: tuple[object, ...]
) -> None:
    assert _clashes(theirs, mine) == [clash]


def test_a_change_against_one_that_was_not_touched_meanwhile_is_none() -> None:
    """They mark the item, I take its finding back."""

    def theirs(assessment: Assessment) -> Assessment:
        return set_not_applicable("2.1.1", True)(assessment)

    assert _clashes(theirs, set_finding("2.1.1-c", 0)) == []
