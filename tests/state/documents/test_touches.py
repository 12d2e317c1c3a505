"""Who changed an item last: kept with the answers, told to colleagues, never exported."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

import schemes
from state.documents import changes
from state.documents.assessment import Assessment, Entry, Touch, Work, new_assessment
from state.documents.changes import Change
from state.documents.clashes import clashes, contained
from state.documents.touches import signed
from state.documents.transfer import export_json, import_json

CONDIMENT = schemes.load("condiment")
WANG = Touch(by="王工", at=datetime(2026, 11, 26, 8, 30, tzinfo=UTC))
LI = Touch(by="李工", at=WANG.at + timedelta(minutes=5))


@pytest.fixture
def begun() -> Assessment:
    return changes.set_scheme(CONDIMENT)(new_assessment())


@pytest.mark.parametrize(
    "change",
    [
        changes.set_finding("1.1.1-a", 1),
        changes.set_not_applicable("1.1.1", True),
        changes.set_reviewed(["1.1.1"], True),
        changes.set_text("remarks", "1.1.1", "", "门口"),
        changes.set_text("evidence", "1.1.1", "", "照片 3"),
        changes.add_entry("1.1.1", "1.1.1-a", Entry(text="要求")),
    ],
)
def test_an_item_bears_the_name_of_who_changed_it_last(begun: Assessment, change: Change) -> None:
    assert signed(change, CONDIMENT, WANG)(begun).work.touched == {"1.1.1": WANG}


def test_a_mark_of_a_group_is_one_of_its_item(begun: Assessment) -> None:
    change = signed(changes.set_reviewed(["6.2.5/mixer"], True), CONDIMENT, WANG)
    assert change(begun).work.touched == {"6.2.5": WANG}


def test_the_later_of_two_is_named_and_other_items_keep_theirs(begun: Assessment) -> None:
    one = signed(changes.set_reviewed(["1.1.1", "1.1.2"], True), CONDIMENT, WANG)(begun)
    both = signed(changes.set_finding("1.1.1-a", 1), CONDIMENT, LI)(one)
    assert both.work.touched == {"1.1.1": LI, "1.1.2": WANG}


@pytest.mark.parametrize(
    "change",
    [
        changes.set_profile("name", "醋厂"),
        changes.set_finding("1.1.1-a", 0),
        changes.set_scheme(schemes.load("hazchem")),
        changes.choose_facet("product", "vinegar"),
    ],
)
def test_what_answers_no_item_names_nobody(begun: Assessment, change: Change) -> None:
    assert signed(change, CONDIMENT, WANG)(begun).work.touched == {}


def test_two_who_write_the_same_do_not_clash_by_their_names(begun: Assessment) -> None:
    change = changes.set_finding("1.1.1-a", 1)
    mine, theirs = signed(change, CONDIMENT, WANG)(begun), signed(change, CONDIMENT, LI)(begun)
    merged = signed(change, CONDIMENT, WANG)(theirs)
    assert clashes(begun, mine, theirs, merged) == []
    assert contained(begun, mine, theirs)


def _shelved(begun: Assessment) -> Assessment:
    return changes.set_scheme(schemes.load("hazchem"))(begun)


def _reassessed(begun: Assessment) -> Assessment:
    return changes.start_reassessment(WANG.at.date())(begun)


@pytest.mark.parametrize("then", [lambda a: a, _shelved, _reassessed])
def test_an_exported_file_names_nobody(
    begun: Assessment, then: Callable[[Assessment], Assessment]
) -> None:
    touched = signed(changes.set_finding("1.1.1-a", 1), CONDIMENT, WANG)(begun)
    content = export_json(then(touched))
    assert "王工" not in content.decode()
    works: list[Work] = [(read := import_json(content)).work, *read.shelved.values()]
    assert any("1.1.1-a" in json.dumps(work.model_dump(mode="json")) for work in works)
