"""Every change a user can make, and what becomes of two made at the same time.

A change is made from what its window shows and applied to what is kept by then;
so "two windows" below are two changes applied one after the other.
"""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from schemes import Scheme
from scoring.answers import MAX_COUNT
from state.documents.assessment import (
    TEXT_LENGTH,
    Assessment,
    EarlierFinding,
    Entry,
    Reassessment,
    Sample,
    SavedAnswers,
    new_assessment,
)
from state.documents.changes import (
    Change,
    add_entry,
    choose_facet,
    drop_entry,
    drop_reassessment,
    meet_entry,
    set_chapter,
    set_department,
    set_earlier,
    set_facet,
    set_finding,
    set_marks,
    set_not_applicable,
    set_paper,
    set_performance,
    set_profile,
    set_requisite,
    set_reviewed,
    set_sample,
    set_scheme,
    set_text,
    start_reassessment,
)
from tests.state.conftest import filled

DRILL = Entry(id="a", text="每季度演练一次")
REPORT = Entry(id="b", text="每月报送隐患清单", met=False)
SAME = Entry(id="c", text=REPORT.text)
MONDAY, FRIDAY = date(2026, 11, 2), date(2026, 11, 6)


def _after(*changes: Change, start: Assessment | None = None) -> Assessment:
    assessment = new_assessment() if start is None else start
    for change in changes:
        assessment = change(assessment)
    return assessment


def _sheet(*changes: Change) -> SavedAnswers:
    return _after(*changes).work.answers


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "清溪酱油"),
        ("industry", "酿造"),
        ("employees", 12),
        ("employees", None),
        ("period_start", date(2026, 2, 28)),
        ("period_end", None),
        ("leader", "周明"),
        ("members", "李娟\n王强"),
        ("target_grade", "二级"),
        ("applied_on", date(2026, 12, 1)),
        ("applied_on", None),
    ],
)
def test_one_field_of_the_profile_is_set_and_nothing_else(field: str, value: Any) -> None:
    before = filled()
    after = set_profile(field, value)(before)
    assert getattr(after.profile, field) == value
    assert after.profile.having(**{field: getattr(before.profile, field)}) == before.profile
    assert after.having(profile=before.profile) == before


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "名" * 101),
        ("name", None),
        ("employees", -1),
        ("period_start", "昨天"),
        ("shoe_size", 43),
    ],
)
def test_a_profile_field_that_does_not_fit_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        set_profile(field, value)(filled())


def test_two_windows_setting_two_fields_of_the_profile_keep_both() -> None:
    profile = _after(set_profile("name", "醋厂"), set_profile("leader", "陈")).profile
    assert (profile.name, profile.leader) == ("醋厂", "陈")


def test_choosing_a_standard_starts_its_work_at_its_version(hazchem: Scheme) -> None:
    chosen = _after(set_scheme(hazchem))
    assert (chosen.scheme, chosen.work.scheme_version) == ("hazchem", hazchem.version)
    assert chosen.shelved == {}


def test_choosing_the_same_standard_again_changes_nothing(condiment: Scheme) -> None:
    before = filled()
    assert set_scheme(condiment)(before) == before


def test_switching_the_standard_and_back_loses_nothing(
    condiment: Scheme, hazchem: Scheme, mini: Scheme
) -> None:
    before = filled()
    there = set_scheme(hazchem)(before)
    assert there.work == before.shelved["hazchem"]
    assert there.shelved == {"condiment": before.work}
    assert _after(set_scheme(condiment), start=there) == before
    by_a_third = _after(set_scheme(mini), set_scheme(hazchem), set_scheme(condiment), start=there)
    assert by_a_third.work == before.work
    assert by_a_third.shelved["hazchem"] == before.shelved["hazchem"]


def test_work_done_for_one_standard_does_not_show_in_another(mini: Scheme) -> None:
    assert set_scheme(mini)(filled()).work.answers == SavedAnswers()


def test_options_are_chosen_and_taken_back() -> None:
    chosen = set_facet("equipment", [], ["crane", "boiler"])
    fewer = set_facet("equipment", ["crane", "boiler"], ["boiler"])
    assert _sheet(chosen).facets == {"equipment": ["crane", "boiler"]}
    assert _sheet(chosen, fewer).facets == {"equipment": ["boiler"]}


def test_setting_one_facet_leaves_the_others() -> None:
    after = set_facet("machines", [], ["mill"])(filled())
    assert after.work.answers.facets == {**filled().work.answers.facets, "machines": ["mill"]}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(["a", "b"], ["a", "c"], {"a", "b", "c"}, id="both add"),
        pytest.param([], ["a", "c"], {"c"}, id="one removes, the other adds"),
        pytest.param(["a", "b"], [], {"b"}, id="one adds, the other removes"),
        pytest.param([], [], set(), id="both remove the same"),
        pytest.param(["a", "b"], ["a", "b"], {"a", "b"}, id="both add the same"),
    ],
)
def test_two_windows_choosing_options_keep_what_each_changed(
    one: list[str], other: list[str], expected: set[str]
) -> None:
    both_saw = ["a"]
    facets = _sheet(
        set_facet("f", [], both_saw), set_facet("f", both_saw, one), set_facet("f", both_saw, other)
    ).facets
    assert sorted(facets["f"]) == sorted(expected)


def test_a_choose_one_answer_is_replaced_and_taken_back() -> None:
    yes, no = choose_facet("major_hazard", "yes"), choose_facet("major_hazard", "no")
    assert _sheet(yes, no).facets == {"major_hazard": ["no"]}
    assert _sheet(yes, choose_facet("major_hazard", None)).facets == {}
    assert _sheet(choose_facet("major_hazard", None)).facets == {}


def test_a_safety_record_answer_of_none_is_not_an_answer_of_0() -> None:
    assert _sheet(set_performance("deaths", 0)).performance == {"deaths": 0}
    assert _sheet(set_performance("deaths", 2), set_performance("deaths", None)).performance == {}
    assert _sheet(set_performance("deaths", None)).performance == {}


def test_a_finding_is_recorded_changed_and_taken_back() -> None:
    assert _sheet(set_finding("2.1.1-c", 2)).findings == {"2.1.1-c": 2}
    assert _sheet(set_finding("2.1.1-c", 2), set_finding("2.1.1-c", 5)).findings == {"2.1.1-c": 5}
    assert _sheet(set_finding("2.1.1-c", 2), set_finding("2.1.1-c", 0)).findings == {}
    assert _sheet(set_finding("2.1.1-c", 0)).findings == {}


def test_two_windows_recording_two_findings_keep_both() -> None:
    assert _sheet(set_finding("a", 1), set_finding("b", 2)).findings == {"a": 1, "b": 2}


@pytest.mark.parametrize("count", [-1, MAX_COUNT + 1, 1.5, True])
@pytest.mark.parametrize("change", [set_finding, set_performance])
def test_a_count_that_does_not_fit_is_refused(change: Any, count: Any) -> None:
    with pytest.raises(ValidationError):
        _after(change("a", count))


def test_marking_an_item_not_applicable_keeps_its_findings_and_notes() -> None:
    before = filled()
    marked = set_not_applicable("2.1.1", True)(before)
    assert marked.work.answers.not_applicable == ["6.2.9", "2.1.1"]
    assert marked.work.answers.findings == before.work.answers.findings
    assert set_not_applicable("2.1.1", False)(marked) == before


def test_marking_twice_marks_once() -> None:
    assert _sheet(*[set_not_applicable("1", True)] * 2).not_applicable == ["1"]
    assert _sheet(*[set_reviewed(["1", "2"], True)] * 2).reviewed == ["1", "2"]
    assert _sheet(set_reviewed(["1"], False)).reviewed == []


def test_several_items_are_marked_reviewed_at_once_and_back() -> None:
    before = filled()
    marked = set_reviewed(["1.1.2", "2.1.1"], True)(before)
    assert sorted(marked.work.answers.reviewed) == ["1.1.1", "1.1.2", "2.1.1"]
    back = set_reviewed(["1.1.2", "2.1.1"], False)(marked)
    assert back.work.answers.reviewed == ["1.1.1"]


@pytest.mark.parametrize(
    ("before", "after", "reviewed", "absent"),
    [
        pytest.param([], ["reviewed"], True, False, id="reviewed"),
        pytest.param([], ["absent"], False, True, id="absent"),
        pytest.param([], ["reviewed", "absent"], True, True, id="both"),
        pytest.param(["reviewed"], ["absent"], False, True, id="one for the other"),
        pytest.param(["reviewed", "absent"], [], False, False, id="neither"),
        pytest.param(["absent"], ["absent"], False, True, id="no difference"),
    ],
)
def test_marks_follow_what_was_clicked(
    before: list[str], after: list[str], reviewed: bool, absent: bool
) -> None:
    sheet = _sheet(set_marks("1", [], before), set_marks("1", before, after))
    assert sheet.reviewed == ["1"] * reviewed
    assert sheet.not_applicable == ["1"] * absent


def test_two_windows_setting_different_marks_keep_both() -> None:
    sheet = _sheet(set_marks("1", [], ["reviewed"]), set_marks("1", [], ["absent"]))
    assert (sheet.reviewed, sheet.not_applicable) == (["1"], ["1"])


def test_a_group_of_checks_has_a_mark_of_its_own() -> None:
    groups = ["x", "y", "z"]
    seen = set_marks("1", [], ["reviewed"], "x", groups)
    assert _sheet(seen).reviewed == ["1/x"]
    both = (seen, set_marks("1", [], ["reviewed", "absent"], "y", groups))
    assert (_sheet(*both).reviewed, _sheet(*both).not_applicable) == (["1/x", "1/y"], ["1"])
    taken_back = set_marks("1", ["reviewed"], [], "x", groups)
    assert _sheet(*both, taken_back).reviewed == ["1/y"]


def test_a_mark_of_the_whole_item_goes_on_as_one_of_each_other_group() -> None:
    whole = set_reviewed(["1", "2"], True)
    taken_back = set_marks("1", ["reviewed"], [], "y", ["x", "y", "z"])
    assert _sheet(whole, taken_back).reviewed == ["2", "1/x", "1/z"]


def test_a_condition_of_application_is_answered_changed_and_taken_back() -> None:
    yes, other = set_requisite("a1", "yes"), set_requisite("a2", "no")
    assert _sheet(yes, other).application == {"a1": "yes", "a2": "no"}
    assert _sheet(yes, other, set_requisite("a1", "no")).application == {"a2": "no", "a1": "no"}
    assert _sheet(yes, other, set_requisite("a1", None)).application == {"a2": "no"}
    assert _sheet(set_requisite("a1", None)).application == {}


@pytest.mark.parametrize("answer", ["maybe", "", True, 1])
def test_a_condition_of_application_is_met_or_not(answer: Any) -> None:
    with pytest.raises(ValidationError):
        _after(set_requisite("a1", answer))


TEXT_FIELDS = pytest.mark.parametrize("field", ["remarks", "evidence"])


def _text(field: str, *changes: Change) -> str | None:
    texts: dict[str, str] = getattr(_after(*changes).work, field)
    return texts.get("7.1.4")


def _written(field: str, before: str, after: str) -> Change:
    return set_text(field, "7.1.4", before, after)


@TEXT_FIELDS
def test_a_note_is_written_changed_and_cleared(field: str) -> None:
    first = _written(field, "", "缺检测")
    assert _text(field, first) == "缺检测"
    assert _text(field, first, _written(field, "缺检测", "已补")) == "已补"
    assert _text(field, first, _written(field, "缺检测", "")) is None


@TEXT_FIELDS
def test_a_note_leaves_those_of_other_items_and_the_other_kind(field: str) -> None:
    before = filled()
    after = set_text(field, "1.1.1", "", "新")(before)
    texts = getattr(before.work, field)
    assert after.work == before.work.having(**{field: {**texts, "1.1.1": "新"}})


@TEXT_FIELDS
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("甲", "乙", "乙\n甲", id="both write"),
        pytest.param("甲", "甲", "甲", id="both write the same"),
        pytest.param("原文", "乙", "乙", id="the first leaves it as it was"),
        pytest.param("", "乙", "乙", id="one clears, the other writes"),
        pytest.param("甲", "", "甲", id="one writes, the other clears"),
    ],
)
def test_two_windows_writing_one_note_lose_no_text(
    field: str, one: str, other: str, expected: str
) -> None:
    start = _written(field, "", "原文")
    both = _written(field, "原文", one), _written(field, "原文", other)
    assert _text(field, start, *both) == expected


@TEXT_FIELDS
def test_a_note_too_long_is_refused_and_changes_nothing(field: str) -> None:
    before = filled()
    as_it_was = before.model_dump_json()
    with pytest.raises(ValidationError):
        set_text(field, "1.1.1", "", "字" * (TEXT_LENGTH + 1))(before)
    assert before.model_dump_json() == as_it_was
    longest = set_text(field, "1.1.1", "", "字" * TEXT_LENGTH)(before)
    assert len(getattr(longest.work, field)["1.1.1"]) == TEXT_LENGTH


def _chapter(*writings: tuple[str, str]) -> dict[str, str]:
    return _after(*(set_chapter("risk", before, after) for before, after in writings)).chapters


@pytest.mark.parametrize(
    ("writings", "expected"),
    [
        pytest.param([("", "甲")], {"risk": "甲"}, id="written"),
        pytest.param([("", "甲"), ("甲", "乙")], {"risk": "乙"}, id="changed"),
        pytest.param([("", "甲"), ("甲", "")], {}, id="cleared"),
        pytest.param([("", "甲"), ("", "乙")], {"risk": "乙\n甲"}, id="two windows"),
        pytest.param([("", "甲"), ("", "")], {"risk": "甲"}, id="a window that wrote nothing"),
    ],
)
def test_a_chapter_is_written_like_a_note(
    writings: list[tuple[str, str]], expected: dict[str, str]
) -> None:
    assert _chapter(*writings) == expected


def test_a_chapter_leaves_the_others_and_the_answers() -> None:
    before = filled()
    after = set_chapter("risk", "", "新")(before)
    assert after == before.having(chapters={**before.chapters, "risk": "新"})


def test_chapters_stay_when_the_standard_is_changed(hazchem: Scheme) -> None:
    before = filled()
    assert set_scheme(hazchem)(before).chapters == before.chapters != {}


def test_of_two_notes_that_do_not_fit_together_the_users_is_kept_if_nobody_is_asked() -> None:
    first = _after(_written("remarks", "", "甲" * TEXT_LENGTH))
    assert _written("remarks", "", "乙")(first).work.remarks == {"7.1.4": "乙"}


def _entries(*changes: Change) -> tuple[list[Entry], int]:
    """The typed requirements and the count of the condition that stands for the unmet ones."""
    work = _after(*changes).work
    return work.entries.get("12.1", []), work.answers.findings.get("12.1-a", 0)


def _add(entry: Entry) -> Change:
    return add_entry("12.1", "12.1-a", entry)


def _drop(entry: Entry) -> Change:
    return drop_entry("12.1", "12.1-a", entry.id)


def _meet(entry: Entry, met: bool) -> Change:
    return meet_entry("12.1", "12.1-a", entry.id, met)


def test_the_count_of_the_condition_follows_the_typed_requirements() -> None:
    added = [_add(DRILL), _add(REPORT)]
    assert _entries(_add(DRILL)) == ([DRILL], 0)
    assert _entries(*added) == ([DRILL, REPORT], 1)
    assert _entries(*added, _meet(DRILL, False))[1] == 2
    assert _entries(*added, _meet(DRILL, False), _meet(REPORT, True))[1] == 1
    assert _entries(*added, _meet(REPORT, True)) == ([DRILL, REPORT.having(met=True)], 0)
    assert _entries(*added, _drop(DRILL)) == ([REPORT], 1)
    assert _entries(*added, _drop(REPORT)) == ([DRILL], 0)
    assert _entries(*added, _drop(REPORT), _drop(DRILL)) == ([], 0)


def test_two_windows_adding_requirements_keep_both() -> None:
    other = Entry(id="d", text="第三项", met=False)
    assert _entries(_add(REPORT), _add(other)) == ([REPORT, other], 2)


def test_two_windows_dropping_one_requirement_drop_it_once() -> None:
    start = [_add(DRILL), _add(REPORT)]
    assert _entries(*start, _drop(REPORT), _drop(REPORT)) == ([DRILL], 0)


def test_of_requirements_with_the_same_text_the_one_meant_is_dropped() -> None:
    assert _entries(_add(REPORT), _add(SAME), _drop(SAME)) == ([REPORT], 1)
    assert _entries(_add(REPORT), _add(SAME), _drop(REPORT)) == ([SAME], 0)
    assert _entries(_add(REPORT), _add(SAME), _meet(SAME, False))[1] == 2
    assert _entries(_add(SAME), _add(REPORT), _meet(REPORT, True))[1] == 0


def test_a_requirement_is_added_once_however_often_its_change_is_applied() -> None:
    add = add_entry("12.1", "12.1-a", Entry(text="每季度演练一次", met=False))
    entries, unmet = _entries(add, add)
    assert [entry.text for entry in entries] == ["每季度演练一次"]
    assert unmet == 1
    assert entries[0].id


def test_one_window_drops_what_the_other_then_says_is_unmet() -> None:
    assert _entries(_add(DRILL), _drop(DRILL), _meet(DRILL, False)) == ([], 0)


def test_a_requirement_is_known_when_another_window_moved_it() -> None:
    added = [_add(DRILL), _add(REPORT)]
    assert _entries(*added, _drop(DRILL), _meet(REPORT, True)) == ([REPORT.having(met=True)], 0)
    assert _entries(*added, _meet(DRILL, False), _drop(DRILL)) == ([REPORT], 1)


def test_a_note_left_as_it_was_does_not_bring_back_what_another_window_replaced() -> None:
    replaced = _after(_written("remarks", "", "原文"), _written("remarks", "原文", "甲"))
    assert set_text("remarks", "7.1.4", "原文", "原文")(replaced) == replaced


def test_typed_requirements_of_two_items_do_not_mix() -> None:
    after = _after(_add(REPORT), add_entry("3.1", "3.1-b", REPORT), _drop(REPORT))
    assert after.work.entries == {"12.1": [], "3.1": [REPORT]}
    assert after.work.answers.findings == {"3.1-b": 1}


def test_more_requirements_than_anyone_types_are_refused() -> None:
    full = _after(*[_add(Entry(id=f"{n:x}", text="甲", met=False)) for n in range(200)])
    assert full.work.answers.findings == {"12.1-a": 200}
    with pytest.raises(ValidationError):
        _add(Entry(text="甲"))(full)


SAMPLE_NUMBERS = [(12, None), (None, 3), (12, 3), (0, 0), (MAX_COUNT, MAX_COUNT)]


@pytest.mark.parametrize(("owned", "checked"), SAMPLE_NUMBERS)
def test_a_sample_is_written_and_cleared(owned: int | None, checked: int | None) -> None:
    written = _after(set_sample("D.9-7", owned, checked))
    assert written.work.samples == {"D.9-7": Sample(owned=owned, checked=checked)}
    assert set_sample("D.9-7", None, None)(written).work.samples == {}


def test_a_sample_is_changed_and_leaves_those_of_other_items() -> None:
    after = _after(set_sample("a", 1, 1), set_sample("b", 2, 2), set_sample("a", 5, 4))
    assert after.work.samples == {"a": Sample(owned=5, checked=4), "b": Sample(owned=2, checked=2)}
    assert after.work.having(samples={}) == new_assessment().work


@pytest.mark.parametrize("number", [-1, MAX_COUNT + 1, 1.5, "3", True])
def test_a_sample_that_does_not_fit_is_refused(number: Any) -> None:
    for numbers in ((number, None), (None, number)):
        with pytest.raises(ValidationError):
            _after(set_sample("a", *numbers))


def test_a_reassessment_turns_what_was_found_into_earlier_findings_and_keeps_the_rest() -> None:
    before = set_sample("7.1.4", 12, 4)(filled())
    after = start_reassessment(MONDAY)(before)
    assert after.work.answers.earlier == {
        "2.1.1-c": EarlierFinding(count=2, rectified=0, planned=0),
        "7.1.4-d": EarlierFinding(count=1, rectified=0, planned=0),
    }
    assert (after.work.answers.findings, after.work.answers.reviewed) == ({}, [])
    assert after.work.reassessment == Reassessment(self_assessment=before.work, started=MONDAY)
    assert after.work.samples == {}  # a re-assessment draws its own
    old = before.work.answers
    assert (
        after.work.answers.having(earlier={}, findings=old.findings, reviewed=old.reviewed) == old
    )
    kept = {"answers": old, "samples": before.work.samples, "reassessment": None}
    kept["actions"] = before.work.actions  # which are for earlier findings now
    assert after.having(work=after.work.having(**kept)) == before


def test_two_windows_keep_each_others_numbers() -> None:
    assert _after(set_sample("a", owned=60), set_sample("a", checked=5)).work.samples == {
        "a": Sample(owned=60, checked=5)
    }
    begun = _after(
        set_finding("2.1.1-c", 4), start_reassessment(MONDAY), set_earlier("2.1.1-c", rectified=2)
    )
    both = set_earlier("2.1.1-c", planned=1)(begun).work.answers.earlier["2.1.1-c"]
    assert both == EarlierFinding(count=4, rectified=2, planned=1)
    more = set_earlier("2.1.1-c", rectified=4)(begun).work.answers.earlier["2.1.1-c"]
    assert more == EarlierFinding(count=4, rectified=4, planned=0)
    left = set_earlier("2.1.1-c", still=2)(begun)
    assert left.work.answers.earlier["2.1.1-c"] == EarlierFinding(count=4, rectified=2, open=2)
    fewer = set_earlier("2.1.1-c", planned=1)(left).work.answers.earlier["2.1.1-c"]
    assert fewer == EarlierFinding(count=4, rectified=2, planned=1, open=1)


def test_a_finding_made_0_times_was_not_found_earlier() -> None:
    before = _after()
    sheet = SavedAnswers(findings={"a": 0, "b": 1})
    after = start_reassessment(MONDAY)(before.having(work=before.work.having(answers=sheet)))
    assert after.work.answers.earlier == {"b": EarlierFinding(count=1)}


def test_beginning_a_reassessment_again_changes_nothing() -> None:
    begun = _after(start_reassessment(MONDAY), set_finding("1.1.1-a", 1), start=filled())
    assert start_reassessment(FRIDAY)(begun) == begun


IN_A_REASSESSMENT = [
    set_earlier("2.1.1-c", 1, 1),
    set_finding("2.1.1-c", 4),
    set_finding("1.1.1-a", 1),
    set_reviewed(["3.1.1"], True),
    set_not_applicable("6.2.9", False),
    set_not_applicable("3.1.1", True),
    set_facet("equipment", ["crane"], []),
    choose_facet("product", "salt"),
    set_performance("deaths", 1),
    set_performance("serious_injuries", None),
    set_text("remarks", "3.1.1", "", "复评时写下"),
    set_requisite("a1", "yes"),
    set_sample("7.1.4", 99, 9),
]


def test_giving_the_reassessment_up_brings_the_self_assessment_back_exactly() -> None:
    before = filled()
    worked_on = _after(start_reassessment(MONDAY), *IN_A_REASSESSMENT, start=before)
    assert worked_on.work.answers != start_reassessment(MONDAY)(before).work.answers
    assert drop_reassessment()(worked_on) == before


def test_a_new_reassessment_starts_from_the_self_assessment_not_from_the_one_given_up() -> None:
    before = filled()
    given_up = _after(
        start_reassessment(MONDAY), *IN_A_REASSESSMENT, drop_reassessment(), start=before
    )
    assert start_reassessment(FRIDAY)(given_up) == start_reassessment(FRIDAY)(before)


def test_without_a_reassessment_there_is_none_to_give_up() -> None:
    before = filled()
    assert drop_reassessment()(before) == before


@pytest.mark.parametrize(
    ("rectified", "planned", "still", "kept"),
    [
        pytest.param(0, 0, 0, (0, 0, 0), id="none decided"),
        pytest.param(0, 0, 5, (0, 0, 5), id="all still open"),
        pytest.param(2, 1, 1, (2, 1, 1), id="some of each, one undecided"),
        pytest.param(2, 3, 0, (2, 3, 0), id="none left"),
        pytest.param(5, 0, 0, (5, 0, 0), id="all rectified"),
        pytest.param(0, 5, 0, (0, 5, 0), id="all planned"),
        pytest.param(9, 0, 0, (5, 0, 0), id="more rectified than found"),
        pytest.param(0, 9, 0, (0, 5, 0), id="more planned than found"),
        pytest.param(0, 0, 9, (0, 0, 5), id="more open than found"),
        pytest.param(3, 3, 3, (3, 2, 0), id="too many together"),
        pytest.param(9, 9, 9, (5, 0, 0), id="too many of each"),
    ],
)
def test_what_became_of_a_finding_is_cut_to_what_was_found(
    rectified: int, planned: int, still: int, kept: tuple[int, int, int]
) -> None:
    begun = _after(set_finding("a", 5), set_finding("b", 2), start_reassessment(MONDAY))
    after = set_earlier("a", rectified, planned, still)(begun)
    assert after.work.answers.earlier == {
        "a": EarlierFinding(count=5, rectified=kept[0], planned=kept[1], open=kept[2]),
        "b": EarlierFinding(count=2),
    }


@pytest.mark.parametrize(
    ("rectified", "planned", "still"),
    [(-1, 0, 0), (0, -1, 0), (0, 0, -1), (0.5, 0, 0), (0, True, 0), (0, 0, 1.5)],
)
def test_what_became_of_a_finding_is_told_in_whole_numbers(
    rectified: Any, planned: Any, still: Any
) -> None:
    begun = _after(set_finding("a", 5), start_reassessment(MONDAY))
    with pytest.raises(ValidationError):
        set_earlier("a", rectified, planned, still)(begun)


def test_what_was_not_found_earlier_cannot_be_rectified() -> None:
    begun = _after(start_reassessment(MONDAY), set_finding("1.1.1-a", 1), start=filled())
    for condition in ("1.1.1-a", "99.9-z"):
        assert set_earlier(condition, 1, 0)(begun) == begun
    before = filled()
    assert set_earlier("2.1.1-c", 1, 0)(before) == before


def test_two_windows_saying_what_became_of_two_findings_keep_both() -> None:
    begun = start_reassessment(MONDAY)(filled())
    both = _after(set_earlier("2.1.1-c", 1, 1), set_earlier("7.1.4-d", 1, 0), start=begun)
    assert both.work.answers.earlier == {
        "2.1.1-c": EarlierFinding(count=2, rectified=1, planned=1),
        "7.1.4-d": EarlierFinding(count=1, rectified=1),
    }


def test_two_windows_beginning_a_reassessment_begin_one() -> None:
    one = start_reassessment(MONDAY)(filled())
    other = _after(set_earlier("7.1.4-d", 1, 0), start_reassessment(MONDAY), start=one)
    assert other.work.answers.earlier["7.1.4-d"] == EarlierFinding(count=1, rectified=1)
    assert other.work.reassessment == one.work.reassessment


def test_a_finding_of_a_window_that_missed_the_beginning_is_one_of_the_reassessment() -> None:
    begun = _after(start_reassessment(MONDAY), set_finding("2.1.1-c", 3), start=filled())
    assert begun.work.answers.findings == {"2.1.1-c": 3}
    assert begun.work.answers.earlier["2.1.1-c"] == EarlierFinding(count=2)


def test_a_window_that_missed_the_end_of_a_reassessment_does_not_change_the_findings() -> None:
    before = filled()
    ended = _after(start_reassessment(MONDAY), drop_reassessment(), start=before)
    assert set_earlier("2.1.1-c", 2, 0)(ended) == before


def test_a_reassessment_is_shelved_with_its_standard(condiment: Scheme, hazchem: Scheme) -> None:
    begun = start_reassessment(MONDAY)(filled())
    there = set_scheme(hazchem)(begun)
    assert there.work.reassessment is None
    assert set_scheme(condiment)(there) == begun


@pytest.mark.parametrize(
    "change",
    [
        set_profile("name", "新"),
        set_facet("equipment", ["crane"], ["boiler"]),
        choose_facet("product", "salt"),
        set_performance("deaths", None),
        set_finding("2.1.1-c", 0),
        set_not_applicable("6.2.9", False),
        set_reviewed(["1.1.1"], False),
        set_marks("1.1.1", [], ["absent"]),
        set_marks("1.1.1", ["reviewed"], [], "x", ["x", "y"]),
        set_requisite("a1", "no"),
        set_text("remarks", "7.1.4", "", "新"),
        set_chapter("risk", "", "新"),
        _add(DRILL),
        _drop(filled().work.entries["12.1"][0]),
        _meet(filled().work.entries["12.1"][1], True),
        set_sample("7.1.4", 12, None),
        start_reassessment(MONDAY),
    ],
)
def test_a_change_makes_a_new_document_and_leaves_the_old_one(change: Change) -> None:
    before = filled()
    as_it_was = before.model_dump_json()
    after = change(before)
    assert before.model_dump_json() == as_it_was
    assert after != before
    assert (after.id, after.revision, after.shelved) == (before.id, before.revision, before.shelved)


def test_a_paper_is_there_missing_or_expired_and_ticks_no_finding() -> None:
    found = _after(set_paper("花名册", "have"), set_paper("台账", "missing"))
    assert found.work.papers == {"花名册": "have", "台账": "missing"}
    assert found.work.answers == SavedAnswers()
    again = _after(set_paper("花名册", "expired"), set_paper("台账", None), start=found)
    assert again.work.papers == {"花名册": "expired"}


def test_a_paper_is_in_no_other_state() -> None:
    with pytest.raises(ValidationError):
        _after(set_paper("花名册", "lost"))  # type: ignore[arg-type]


def test_a_department_is_named_and_taken_back() -> None:
    named = _after(set_department("2", " 安环科 "), set_department("3", "财务科"))
    assert named.work.departments == {"2": "安环科", "3": "财务科"}
    assert _after(set_department("2", " "), start=named).work.departments == {"3": "财务科"}


def test_a_reassessment_goes_on_with_the_list_of_papers() -> None:
    begun = _after(set_paper("花名册", "missing"), start_reassessment(MONDAY))
    assert begun.work.papers == {"花名册": "missing"}
    assert begun.work.reassessment is not None
    assert begun.work.reassessment.self_assessment.papers == {"花名册": "missing"}
