"""Actions in the saved document: what they are, how they change, what they do to their findings."""

import json
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from scoring import score
from state.documents.action import Action
from state.documents.action_changes import (
    add_actions,
    begin_action,
    finish_action,
    open_action,
    places_found,
    remove_action,
    restore_action,
    set_action,
    set_action_text,
    take_back,
    verify_action,
)
from state.documents.assessment import (
    Assessment,
    SavedAnswers,
    SavedOwnFinding,
    Work,
    answers_of,
    new_assessment,
)
from state.documents.changes import (
    Change,
    drop_reassessment,
    set_earlier,
    set_finding,
    set_scheme,
    start_reassessment,
)
from state.documents.clashes import clashes
from state.documents.faults import first_fault
from state.documents.transfer import TransferError, export_json, import_json, oddities
from state.documents.written import newly_written
from tests.conftest import scheme_named

ONE, TWO, THREE = "1" * 32, "2" * 32, "3" * 32
TODAY = date(2026, 11, 26)
REACH = scheme_named("mini-reach")
PICTURE = "0a" * 32


def _begun(**answers: Any) -> Assessment:
    saved = SavedAnswers(facets={"machines": [], "happened": []}, **answers)
    work = Work(scheme_version="1", answers=saved)
    return new_assessment().having(scheme="mini-reach", work=work)


def _with(action: Action, **answers: Any) -> Assessment:
    return add_actions({ONE: action})(_begun(**answers))


def _only(assessment: Assessment) -> Action:
    (action,) = assessment.work.actions.values()
    return action


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"start": TODAY, "due": date(2026, 11, 25)}, "整改期限早于开始日期"),
        ({"start": TODAY, "done": date(2026, 11, 25)}, "完成日期早于开始日期"),
        ({"verified": TODAY}, "还没有完成，不能验证"),
        ({"done": TODAY, "verified": date(2026, 11, 25)}, "验证日期早于完成日期"),
        ({"grade": "huge"}, "等级：不是可选的内容"),
        ({"places": 0}, "整改处数：数值太小"),
        ({"person": "长" * 101}, "谁做：文字太长"),
        ({"after": (PICTURE,) * 10}, "整改后照片：条数太多"),
        ({"before": ("../x",)}, "整改前照片 › 第 1 项：写法不对"),
    ],
    ids=lambda case: next(iter(case)) if isinstance(case, dict) else "",
)
def test_what_an_action_cannot_be_is_told_and_changes_nothing(
    wrong: dict[str, Any], words: str
) -> None:
    kept = _with(Action(problem="通道堵塞"))
    with pytest.raises(ValidationError) as refused:
        set_action(ONE, **wrong)(kept)
    assert first_fault(refused.value) == words
    assert _only(kept) == Action(problem="通道堵塞")


def test_how_far_it_has_come_is_what_its_dates_say() -> None:
    def stage(**dates: date) -> str:
        return Action(**dates).stage(TODAY)

    before, after = date(2026, 11, 20), date(2026, 12, 1)
    assert stage() == stage(start=after) == "open"
    assert stage(start=TODAY) == stage(start=before, due=before) == "begun"
    assert stage(start=before, done=TODAY) == "done"
    assert stage(done=before, verified=TODAY) == "verified"
    assert Action(due=before).days_late(TODAY) == 6
    assert Action(due=before, done=TODAY).days_late(TODAY) == 0
    assert Action(due=TODAY).days_late(TODAY) == Action().days_late(TODAY) == 0


def test_a_major_one_asks_for_five_things() -> None:
    assert Action().lacking == ()
    five = ("measure", "money", "due", "person", "temporary")
    assert Action(grade="major").lacking == five
    given = Action(grade="major", measure="换", money="2 万元", due=TODAY, temporary="停用")
    assert given.lacking == ("person",)


def test_it_goes_forth_and_back() -> None:
    kept = _with(Action(problem="甲", start=date(2026, 12, 1), due=date(2026, 12, 8)))
    begun = begin_action(ONE, TODAY)(kept)
    assert (_only(begun).start, _only(begun).stage(TODAY)) == (TODAY, "begun")
    done = finish_action(ONE, TODAY)(kept)
    assert (_only(done).start, _only(done).done) == (TODAY, TODAY)
    verified = verify_action(ONE, date(2026, 11, 27))(done)
    assert (_only(verified).done, _only(verified).verified) == (TODAY, date(2026, 11, 27))
    at_once = verify_action(ONE, TODAY)(kept)
    assert (_only(at_once).done, _only(at_once).verified) == (TODAY, TODAY)
    again = begin_action(ONE, date(2026, 11, 28))(verified)
    assert (_only(again).start, _only(again).done, _only(again).verified) == (TODAY, None, None)
    assert _only(open_action(ONE, TODAY)(again)).start is None
    assert _only(open_action(ONE, TODAY)(kept)).start == date(2026, 12, 1)


def test_actions_are_added_once_and_one_for_a_finding_until_it_is_verified() -> None:
    for_finding = Action(finding="1.1.2-a", item="1.1.2")
    free = Action(problem="甲")
    kept = add_actions({ONE: for_finding, TWO: free})(_begun())
    assert add_actions({ONE: Action(problem="乙")})(kept) is kept
    assert set(add_actions({THREE: for_finding})(kept).work.actions) == {ONE, TWO}
    assert set(add_actions({THREE: free})(kept).work.actions) == {ONE, TWO, THREE}
    verified = verify_action(ONE, TODAY)(kept)
    assert set(add_actions({THREE: for_finding})(verified).work.actions) == {ONE, TWO, THREE}


def test_one_is_removed_and_brought_back_as_it_was() -> None:
    kept = _with(Action(problem="甲", before=(PICTURE,)))
    removed = remove_action(ONE)(kept)
    assert removed.work.actions == {} == remove_action(ONE)(removed).work.actions
    assert restore_action(ONE, _only(kept))(removed) == kept
    changed = set_action(ONE, person="王")(kept)
    assert restore_action(ONE, _only(kept))(changed) == changed


def test_what_was_removed_meanwhile_cannot_be_changed() -> None:
    removed = remove_action(ONE)(_with(Action()))
    with pytest.raises(ValidationError) as refused:
        set_action_text(ONE, "measure", "", "换")(removed)
    assert first_fault(refused.value) == "这项整改刚在别的窗口删除"


def test_two_windows_change_one_action() -> None:
    seen = _with(Action(problem="甲"))

    def clash(theirs: Change, mine: Change) -> list[tuple[object, ...]]:
        kept = theirs(seen)
        return [(c.path, c.mine, c.theirs) for c in clashes(seen, mine(seen), kept, mine(kept))]

    assert clash(set_action(ONE, person="王"), set_action(ONE, department="安环科")) == []
    assert clash(set_action(ONE, person="王"), set_action(ONE, person="李")) == [
        (("work", "actions", ONE, "person"), "李", "王")
    ]
    texts = [set_action_text(ONE, "measure", "", words) for words in ("换", "修")]
    assert clash(texts[0], texts[1]) == []
    assert _only(texts[1](texts[0](seen))).measure == "修\n换"
    assert clash(add_actions({TWO: Action()}), add_actions({THREE: Action()})) == []


OWN = SavedOwnFinding(id="o1", item="2.1.2", words="甲", points="1", count=3)


@pytest.mark.parametrize(
    ("finding", "places", "left"),
    [
        ("1.1.2-a", None, 0),
        ("1.1.2-a", 2, 1),
        ("1.1.2-a", 9, 0),
        ("own:o1", None, 0),
        ("own:o1", 2, 1),
        ("1.2.1-b", None, 0),
        ("own:gone", None, 0),
        ("", None, 0),
    ],
)
def test_a_finding_is_taken_back_as_far_as_the_action_goes(
    finding: str, places: int | None, left: int
) -> None:
    item = {"1.1.2-a": "1.1.2", "1.2.1-b": "1.2.1", "own:o1": "2.1.2"}.get(finding, "")
    action = Action(finding=finding, item=item, places=places)
    kept = _with(action, findings={"1.1.2-a": 3}, own_findings=[OWN])
    back = take_back(score(REACH, answers_of(REACH, kept.work)), action)(kept)
    assert places_found(back, finding) == left
    reviewed = [item] if places_found(kept, finding) else []
    assert back.work.answers.reviewed == reviewed  # what was reviewed by a finding stays so
    if not reviewed:
        assert back == kept


def test_in_a_reassessment_an_action_is_for_what_was_found_earlier() -> None:
    found = set_finding("2.1.1-c", 3)(new_assessment().having(scheme="condiment"))
    action = Action(finding="2.1.1-c", item="2.1.1", places=2)
    free = Action(finding="own:o1", item="2.1.1")
    again = start_reassessment(TODAY)(add_actions({ONE: action, TWO: free})(found))
    now, other = again.work.actions.values()
    assert (now.finding, other.finding) == ("earlier:2.1.1-c", "own:o1")
    again = set_earlier("2.1.1-c", planned=2)(again)
    scheme = scheme_named("condiment")
    back = take_back(score(scheme, answers_of(scheme, again.work)), now)(again)
    earlier = back.work.answers.earlier["2.1.1-c"]
    assert (earlier.rectified, earlier.planned, earlier.open) == (2, 1, 0)
    assert places_found(back, "earlier:2.1.1-c") == 1
    dropped = drop_reassessment()(finish_action(ONE, TODAY)(back))
    assert dropped.work.answers.findings == {"2.1.1-c": 3}
    assert (dropped.work.actions[ONE].finding, dropped.work.actions[ONE].done) == ("2.1.1-c", TODAY)


def test_they_travel_without_their_pictures() -> None:
    action = Action(finding="2.1.1-c", item="2.1.1", measure="换", due=TODAY, before=(PICTURE,))
    kept = add_actions({ONE: action})(new_assessment().having(scheme="condiment"))
    kept = start_reassessment(TODAY)(kept)
    content = export_json(kept)
    assert PICTURE.encode() not in content
    read = import_json(content)
    assert _only(read) == action.having(before=())
    smuggled = json.loads(content)
    smuggled["work"]["actions"][ONE]["after"] = [PICTURE]
    begun = smuggled["work"]["reassessment"]["self_assessment"]
    begun["actions"][ONE]["before"] = [PICTURE]
    with pytest.raises(TransferError, match="照片不在这个文件里"):
        import_json(json.dumps(smuggled).encode())


def test_one_for_a_finding_that_is_not_there_is_told_and_changes_nothing() -> None:
    actions = {
        ONE: Action(finding="2.1.1-c", item="2.1.1", problem="没有这个问题"),
        TWO: Action(finding="own:o1", item="2.1.1", problem="已经改好", done=TODAY),
        THREE: Action(finding="9.9-z", problem="标准里没有"),
    }
    kept = add_actions(actions)(new_assessment().having(scheme="condiment"))
    read = import_json(export_json(kept))
    assert read.work == kept.work
    assert oddities(read) == [
        "有 2 项整改对应的问题不在这份自评里，已保留，不影响得分：没有这个问题、标准里没有"
    ]


def test_pictures_are_shown_for_whatever_standard() -> None:
    other = "1b" * 32
    kept = _with(Action(before=(PICTURE,), after=(other, PICTURE)))
    assert kept.blobs == (PICTURE, other)
    assert set_scheme(scheme_named("condiment"))(kept).blobs == (PICTURE, other)
    again = remove_action(ONE)(start_reassessment(TODAY)(kept))
    assert again.blobs == (PICTURE, other)


def test_words_of_an_action_are_somebodys_words() -> None:
    before = _with(Action(problem="甲"))
    after = set_action(ONE, measure="换锁", person="王", money="300 元")(before)
    assert newly_written(before, after) == ["换锁", "300 元"]
