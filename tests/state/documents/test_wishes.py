"""Own findings, effort, pins and quick answers in the saved document."""

import pytest
from pydantic import ValidationError

from state.documents.assessment import (
    Assessment,
    SavedAnswers,
    SavedOwnFinding,
    Work,
    answers_of,
    new_assessment,
)
from state.documents.changes import (
    drop_own_finding,
    put_own_finding,
    set_effort,
    set_pin,
    set_quick,
)
from state.documents.clashes import clashes
from state.documents.transfer import export_json, import_json
from tests.conftest import scheme_named

OWN = SavedOwnFinding(id="a1", item="1.1.2", words="通道堵塞", points="2.5", count=2)


def _begun() -> Assessment:
    return new_assessment().having(scheme="mini-reach", work=Work(scheme_version="1"))


def test_they_are_set_and_taken_back() -> None:
    kept = set_effort("own:a1", "3.5")(set_pin("own:a1", "fix")(put_own_finding(OWN)(_begun())))
    kept = set_quick(["1.2.1", "2.1.1/mill"], True)(kept)
    answers = answers_of(scheme_named("mini-reach"), kept.work)
    (own,) = answers.own_findings
    assert (own.id, own.item, own.words, str(own.points), own.count) == (
        "a1",
        "1.1.2",
        "通道堵塞",
        "2.5",
        2,
    )
    assert (answers.pins, {k: str(v) for k, v in answers.effort.items()}) == (
        {"own:a1": "fix"},
        {"own:a1": "3.5"},
    )
    assert answers.quick == {"1.2.1", "2.1.1/mill"}
    kept = set_quick(["1.2.1", "2.1.1/mill"], False)(drop_own_finding("a1")(kept))
    assert kept.work.answers == SavedAnswers()


def test_an_own_finding_is_added_once_and_replaced_by_its_id() -> None:
    twice = put_own_finding(OWN)(put_own_finding(OWN)(_begun()))
    assert twice.work.answers.own_findings == [OWN]
    other = OWN.having(points="1")
    assert put_own_finding(other)(twice).work.answers.own_findings == [other]


def test_what_the_standard_does_not_know_is_kept_and_listed() -> None:
    saved = SavedAnswers(
        own_findings=[OWN.having(item="9.9"), OWN.having(id="b", points="20.5")],
        effort={"9.9-a": "1", "1.1.2-a": "2", "1.2.1-b": "0"},
        pins={"earlier:1.1.2-a": "fix", "1.1.2-a": "keep"},
        quick=["9.9", "1.1.2"],
    )
    answers = answers_of(scheme_named("mini-reach"), Work(answers=saved))
    assert answers.own_findings == ()
    assert dict(answers.effort) == {"1.1.2-a": 2}
    assert dict(answers.pins) == {"1.1.2-a": "keep"}
    assert answers.quick == {"1.1.2"}
    assert answers.unknown == ("own:a1", "own:b", "9.9")


def test_they_travel_in_the_exported_file() -> None:
    kept = set_effort("own:a1", "3")(put_own_finding(OWN)(_begun())).having(scheme=None)
    kept = kept.having(scheme="condiment")
    kept = put_own_finding(OWN.having(item="1.1.1", points="1"))(kept)
    read = import_json(export_json(kept.having(work=kept.work.having(scheme_version="1.1"))))
    assert read.work.answers == kept.work.answers


def test_two_efforts_for_one_finding_clash_and_others_add_up() -> None:
    seen = _begun()
    mine, theirs = set_effort("1.1.2-a", "1"), set_effort("1.1.2-a", "2")(seen)
    (clash,) = clashes(seen, mine(seen), theirs, mine(theirs))
    assert (clash.path[-1], clash.mine, clash.theirs) == ("1.1.2-a", "1", "2")
    pin = set_pin("1.1.2-a", "fix")
    assert clashes(seen, pin(seen), theirs, pin(theirs)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "A"},
        {"words": ""},
        {"words": "长" * 501},
        {"points": "-1"},
        {"points": "x"},
        {"count": -1},
    ],
)
def test_what_an_own_finding_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        OWN.having(**wrong)
