"""What the document accepts, and what of it fits the standard it was answered for."""

import functools
import operator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from schemes import Scheme
from scoring import score
from scoring.answers import MAX_COUNT, Earlier
from state.documents.assessment import (
    NAME_LENGTH,
    TEXT_LENGTH,
    Assessment,
    EarlierFinding,
    Entry,
    Profile,
    Sample,
    SavedAnswers,
    Work,
    known_answers,
    new_assessment,
    new_id,
)
from tests.conftest import scheme_named
from tests.state.conftest import STRANGE, filled

MINI, SCALED = scheme_named("mini-percent"), scheme_named("mini-scaled")


@pytest.mark.parametrize("field", ["name", "industry", "leader", "target_grade"])
def test_a_name_may_be_just_so_long(field: str) -> None:
    longest = "名" * NAME_LENGTH
    assert getattr(Profile(**{field: longest}), field) == longest
    with pytest.raises(ValidationError):
        Profile(**{field: longest + "名"})


@pytest.mark.parametrize("field", ["remarks", "evidence"])
def test_a_note_may_be_just_so_long(field: str) -> None:
    longest = "\U0002a6a5" * TEXT_LENGTH
    assert getattr(Work(**{field: {"1.1.1": longest}}), field) == {"1.1.1": longest}
    with pytest.raises(ValidationError):
        Work(**{field: {"1.1.1": longest + "字"}})


def test_a_chapter_may_be_as_long_as_a_note() -> None:
    longest = "\U0002a6a5" * TEXT_LENGTH
    assert new_assessment().having(chapters={"risk": longest}).chapters == {"risk": longest}
    with pytest.raises(ValidationError):
        new_assessment().having(chapters={"risk": longest + "字"})


def test_the_list_of_members_may_be_as_long_as_a_note() -> None:
    assert Profile(members="员" * TEXT_LENGTH).members == "员" * TEXT_LENGTH
    with pytest.raises(ValidationError):
        Profile(members="员" * (TEXT_LENGTH + 1))


def test_a_typed_requirement_may_be_just_so_long() -> None:
    assert len(Entry(text="求" * 500).text) == 500
    with pytest.raises(ValidationError):
        Entry(text="求" * 501)


@pytest.mark.parametrize("field", ["findings", "performance"])
@pytest.mark.parametrize("count", [-1, MAX_COUNT + 1, 1.0, "1", True, None], ids=repr)
def test_a_count_is_a_whole_number_within_reason(field: str, count: Any) -> None:
    assert SavedAnswers.model_validate({field: {"a": MAX_COUNT}})
    with pytest.raises(ValidationError):
        SavedAnswers.model_validate({field: {"a": count}})


@pytest.mark.parametrize(
    ("rectified", "planned", "left"), [(4, 0, 0), (0, 4, 0), (0, 0, 4), (2, 2, 0), (1, 2, 1)]
)
def test_no_more_can_be_decided_on_than_was_found(rectified: int, planned: int, left: int) -> None:
    assert EarlierFinding(count=4, rectified=rectified, planned=planned, open=left)
    with pytest.raises(ValidationError, match="more decided on than found"):
        EarlierFinding(count=3, rectified=rectified, planned=planned, open=left)


@pytest.mark.parametrize(
    "content",
    [{}, {"rectified": 0}, {"open": 0}]
    + [{"count": count} for count in (0, -1, MAX_COUNT + 1, 1.0, "1", True, None)]
    + [{"count": 3, "rectified": number} for number in (-1, 0.5, "1", True, None)]
    + [{"count": 3, "planned": number} for number in (-1, 0.5, "1", True, None)]
    + [{"count": 3, "open": number} for number in (-1, 0.5, "1", True, None)],
    ids=str,
)
def test_an_earlier_finding_was_made_at_least_once_and_is_counted_in_whole_numbers(
    content: Any,
) -> None:
    assert EarlierFinding(count=MAX_COUNT, rectified=MAX_COUNT)
    with pytest.raises(ValidationError):
        EarlierFinding.model_validate(content)


@pytest.mark.parametrize("field", ["owned", "checked"])
@pytest.mark.parametrize("number", [-1, MAX_COUNT + 1, 1.0, "1", True], ids=repr)
def test_a_sample_is_counted_in_whole_numbers(field: str, number: Any) -> None:
    assert Sample.model_validate({field: MAX_COUNT})
    with pytest.raises(ValidationError):
        Sample.model_validate({field: number})


@pytest.mark.parametrize("employees", [-1, 10_000_001, 2.5, "38", True], ids=repr)
def test_a_number_of_employees_is_a_whole_number_within_reason(employees: Any) -> None:
    with pytest.raises(ValidationError):
        Profile(employees=employees)


@pytest.mark.parametrize("key", ["", "k" * 81, 5, None], ids=repr)
@pytest.mark.parametrize("field", ["facets", "performance", "findings"])
def test_an_id_is_text_of_sensible_length(field: str, key: Any) -> None:
    value: Any = [] if field == "facets" else 1
    assert SavedAnswers.model_validate({field: {"k" * 80: value}})
    with pytest.raises(ValidationError):
        SavedAnswers.model_validate({field: {key: value}})


@pytest.mark.parametrize(
    "assessment_id", ["", "a" * 31, "a" * 33, "A" * 32, "g" * 32, "a" * 32 + "\n"]
)
def test_an_id_that_is_none_is_refused(assessment_id: str) -> None:
    with pytest.raises(ValidationError):
        new_assessment().having(id=assessment_id)


@pytest.mark.parametrize("model", [Profile, SavedAnswers, Work, Entry])
def test_a_field_nobody_knows_is_refused(model: Any) -> None:
    with pytest.raises(ValidationError):
        model.model_validate({"text": "x", "surprise": 1})


def test_a_document_does_not_change_under_its_readers() -> None:
    with pytest.raises(ValidationError):
        filled().scheme = "hazchem"


@pytest.mark.parametrize("control", ["\0", "\x07", "\x08", "\x0b", "\x1b", "\x1f", "\x7f", "\r"])
def test_control_characters_are_dropped_from_every_text(control: str) -> None:
    dirty = filled(name=f"酱{control}油", text=f"{control}一行\n二{control}行{control}")
    clean = filled(name="酱油", text="一行\n二行")
    assert dirty.profile == clean.profile
    assert dirty.chapters == clean.chapters
    assert dirty.work == clean.work


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_texts_are_kept_to_the_last_character(text: str) -> None:
    kept = filled(name=text, text=text)
    profile, work = kept.profile, kept.work
    assert {profile.name, profile.industry, profile.leader, profile.target_grade} == {text}
    assert profile.members == kept.chapters["enterprise"] == text
    assert work.remarks["7.1.4"] == work.evidence["7.1.4"] == text
    assert {entry.text for entry in work.entries["12.1"]} == {text}


def test_half_a_character_is_refused_before_it_can_break_a_file() -> None:
    with pytest.raises(ValidationError):
        Profile(name="\ud83d")


def test_an_assessment_without_a_name_still_has_a_title() -> None:
    assert new_assessment().title == "未命名企业"
    assert filled(name="醋厂").title == "醋厂"


def test_a_stamp_raises_the_revision_and_moves_the_time_on() -> None:
    before = filled()
    after = before.stamped()
    assert after.revision == before.revision + 1
    assert after.updated >= before.updated
    assert after.having(revision=before.revision, updated=before.updated) == before


def test_new_ids_differ_in_all_of_128_bits() -> None:
    ids = [new_id() for _ in range(1000)]
    assert len(set(ids)) == 1000
    assert {len(assessment_id) for assessment_id in ids} == {32}
    numbers = [int(assessment_id, 16) for assessment_id in ids]
    assert functools.reduce(operator.or_, numbers) == 2**128 - 1
    assert functools.reduce(operator.and_, numbers) == 0


def test_new_assessments_have_ids_of_their_own() -> None:
    assert new_assessment().id != new_assessment().id


def test_answers_that_fit_are_all_there(condiment: Scheme) -> None:
    sheet = filled().work.answers
    answers, lost = known_answers(condiment, sheet)
    assert answers.facets == {
        "product": frozenset({"soy_sauce"}),
        "equipment": frozenset({"cold_store", "crane"}),
    }
    assert answers.performance == sheet.performance
    assert answers.not_applicable == frozenset({"6.2.9"})
    assert answers.reviewed == frozenset({"1.1.1", "1.1.2"})
    assert answers.findings == sheet.findings
    assert lost == []


def test_earlier_findings_that_fit_are_there_and_unknown_ones_are_listed() -> None:
    sheet = SavedAnswers(
        earlier={
            "A.1-1-2": EarlierFinding(count=5, rectified=1, planned=2, open=1),
            "A.1-1-gone": EarlierFinding(count=1),
            "9.1-a": EarlierFinding(count=2, rectified=2),
        }
    )
    answers, lost = known_answers(SCALED, sheet)
    assert answers.earlier == {"A.1-1-2": Earlier(count=5, rectified=1, planned=2, open=1)}
    assert answers.findings == {}
    assert lost == ["A.1-1-gone", "9.1-a"]


def test_an_unknown_condition_found_both_times_is_listed_once() -> None:
    sheet = SavedAnswers(findings={"9.1-a": 1}, earlier={"9.1-a": EarlierFinding(count=1)})
    assert known_answers(SCALED, sheet)[1] == ["9.1-a"]


def test_answers_of_another_version_are_listed_and_not_scored(mini: Scheme) -> None:
    sheet = SavedAnswers(
        facets={"things": ["crane", "rocket"], "gone": ["a", "b"]},
        performance={"deaths": 1, "births": 2},
        not_applicable=["1.1.1", "9.1"],
        reviewed=["1.1.2", "9.2"],
        findings={"1.1.1-a": 3, "1.1.1-gone": 1, "9.1-a": 2},
    )
    answers, lost = known_answers(mini, sheet)
    assert answers.facets == {"things": frozenset({"crane"})}
    assert answers.performance == {"deaths": 1}
    assert answers.not_applicable == {"1.1.1"}
    assert answers.reviewed == {"1.1.2"}
    assert answers.findings == {"1.1.1-a": 3}
    places = ["things=rocket", "gone=a", "gone=b", "births", "1.1.1-gone", "9.1-a", "9.1", "9.2"]
    assert sorted(lost) == sorted(places)


def test_an_unknown_id_in_two_places_is_listed_once(mini: Scheme) -> None:
    assert known_answers(mini, SavedAnswers(not_applicable=["9.1"], reviewed=["9.1", "9.1"]))[
        1
    ] == ["9.1"]


def test_a_mark_the_standard_forbids_does_not_count(mini: Scheme) -> None:
    assert known_answers(mini, SavedAnswers(not_applicable=["1.2.2", "1.2.1"]))[
        0
    ].not_applicable == {"1.2.1"}


def test_one_option_of_a_choose_one_question_counts(mini: Scheme) -> None:
    assert known_answers(mini, SavedAnswers(facets={"kind": ["gone", "y", "x"]}))[0].facets == {
        "kind": frozenset({"y"})
    }


def test_a_finding_made_0_times_is_none(mini: Scheme) -> None:
    assert known_answers(mini, SavedAnswers(findings={"1.1.1-a": 0, "1.1.1-b": 1}))[0].findings == {
        "1.1.1-b": 1
    }


STRANGE_IDS = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=80)
COUNTS = st.integers(0, 3) | st.just(MAX_COUNT)
EARLIER = st.builds(
    EarlierFinding,
    count=st.integers(9, 12),
    rectified=st.integers(0, 3),
    planned=st.integers(0, 3),
    open=st.integers(0, 3),
)


def _ids(known: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(known) | STRANGE_IDS


def _sheets() -> st.SearchStrategy[SavedAnswers]:
    """Sheets of any version: known ids, unknown ones, and both mixed."""
    options = [option.id for facet in MINI.facets for option in facet.options]
    items = st.lists(_ids(list(MINI.items)), max_size=8)
    facets = st.dictionaries(
        _ids(list(MINI.facet)), st.lists(_ids(options), max_size=5), max_size=5
    )
    return st.builds(
        SavedAnswers,
        facets=facets,
        performance=st.dictionaries(_ids(["deaths"]), COUNTS, max_size=3),
        not_applicable=items,
        reviewed=items,
        findings=st.dictionaries(_ids(list(MINI.conditions)), COUNTS, max_size=8),
        earlier=st.dictionaries(_ids(list(MINI.conditions)), EARLIER, max_size=4),
    )


@given(_sheets())
@settings(max_examples=200, deadline=None)
def test_answers_of_any_version_can_be_scored_and_every_unknown_id_is_listed(
    sheet: SavedAnswers,
) -> None:
    before = sheet.model_dump_json()
    answers, lost = known_answers(MINI, sheet)
    score(MINI, answers)
    assert sheet.model_dump_json() == before
    markable = {i.id for i in MINI.items.values() if i.na != "forbidden"}
    unknown = {i for i in sheet.reviewed if i not in MINI.items}
    unknown |= {i for i in sheet.not_applicable if i not in markable}
    unknown |= {c for c in sheet.findings if c not in MINI.conditions}
    unknown |= set(sheet.earlier)  # a standard without re-assessment
    unknown |= {q for q in sheet.performance if q != "deaths"}
    for facet, chosen in sheet.facets.items():
        options = {o.id for o in MINI.facet[facet].options} if facet in MINI.facet else set()
        if facet in MINI.facet and not MINI.facet[facet].many:
            options &= set([o for o in chosen if o in options][:1])
        unknown |= {f"{facet}={option}" for option in chosen if option not in options}
        if facet not in MINI.facet and not chosen:
            unknown.add(facet)
    assert set(lost) == unknown
    assert len(lost) == len(unknown)
    assert answers.reviewed == set(sheet.reviewed) & MINI.items.keys()
    known = {c: n for c, n in sheet.findings.items() if c in MINI.conditions}
    assert answers.findings == {c: n for c, n in known.items() if n}


def test_an_assessment_reads_back_from_its_own_json() -> None:
    kept = filled()
    assert Assessment.model_validate_json(kept.model_dump_json()) == kept


def test_requirements_of_an_older_shape_get_ids_the_same_for_every_reader() -> None:
    """Version 2 kept text and met alone."""
    listed = [{"text": "甲", "met": False}, {"text": "甲"}, {"text": "乙"}]
    older = new_assessment().model_dump(mode="json") | {"schema_version": 2}
    older["work"]["entries"] = {"12.1": listed}
    one, other = (Assessment.model_validate(older) for _ in range(2))
    assert one == other
    assert [e.id for e in one.work.entries["12.1"]] == ["0", "1", "2"]
    assert [(e.text, e.met) for e in one.work.entries["12.1"]] == [
        ("甲", False),
        ("甲", True),
        ("乙", True),
    ]
    assert Assessment.model_validate(one.model_dump(mode="json")) == one


def test_two_requirements_never_have_one_id() -> None:
    work = Work(entries={"12.1": [Entry(id=i, text="甲") for i in ("1", "", "1", "0", "")]})
    ids = [entry.id for entry in work.entries["12.1"]]
    assert ids[0] == "1"
    assert len(set(ids)) == 5
