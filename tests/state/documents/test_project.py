"""A project's changes, and what two windows do to one place of it."""

from datetime import UTC, date, datetime

import pytest
from pydantic import ValidationError

import process
from process import Standing
from process.plan import Span
from state.documents.assessment import new_id
from state.documents.project import (
    Attachment,
    Look,
    Project,
    ProjectFault,
    Record,
    TeamMember,
    VisitRecord,
    new_project,
)
from state.documents.project_changes import (
    ProjectChange,
    attach,
    detach,
    drop_visit,
    note_visit,
    plan_anew,
    retie,
    set_about,
    set_dates,
    set_looks,
    set_members,
    set_note,
    set_person,
    set_plan,
    set_record,
    set_standing,
    tie,
    touched,
)
from state.documents.project_clashes import project_clashes

DAY = date(2026, 3, 2)
DONE, WORK, OPEN, SKIPPED = Standing.DONE, Standing.WORK, Standing.OPEN, Standing.NOT_NEEDED


def begun() -> Project:
    return new_project("consultancy", "1.0", date(2026, 1, 5), date(2026, 11, 8), enterprise="甲厂")


def file(letter: str = "a", megabytes: int = 1) -> Attachment:
    return Attachment(
        id=letter * 32,
        name=f"{letter}.pdf",
        kind="pdf",
        digest=letter * 64,
        size=megabytes * 2**20,
        at=datetime(2026, 3, 2, tzinfo=UTC),
    )


def test_a_target_before_the_start_is_refused_in_words() -> None:
    with pytest.raises(ProjectFault, match="2026-01-04 早于开始日期 2026-01-05"):
        new_project("consultancy", "1.0", date(2026, 1, 5), date(2026, 1, 4))
    with pytest.raises(ProjectFault, match="早于"):
        set_dates(target=date(2025, 12, 31))(begun())
    with pytest.raises(ProjectFault, match="早于"):
        set_dates(start=date(2027, 1, 1))(begun())
    with pytest.raises(ValidationError):
        begun().having(target=date(2026, 1, 4))


def test_a_tick_notes_the_days_and_taking_it_back_forgets_them() -> None:
    project = set_standing("kickoff", WORK, on=DAY)(begun())
    project = set_standing("kickoff", DONE, on=date(2026, 3, 9))(project)
    record = project.records["kickoff"]
    assert (record.actual_start, record.actual_end) == (DAY, date(2026, 3, 9))
    again = set_standing("kickoff", DONE, on=date(2026, 4, 1))(project)
    assert again.records["kickoff"].actual_end == date(2026, 3, 9)
    earlier = set_standing("survey", WORK, on=DAY)(begun())
    earlier = set_standing("survey", DONE, on=date(2026, 3, 1))(earlier)  # a clock behind
    assert earlier.records["survey"].actual_end == DAY
    assert "kickoff" not in set_standing("kickoff", OPEN)(project).records


def test_not_needed_wants_a_reason() -> None:
    with pytest.raises(ProjectFault, match="原因"):
        set_standing("account", SKIPPED, "  ")(begun())
    project = set_standing("account", SKIPPED, " 已有账号 ")(begun())
    assert project.records["account"].reason == "已有账号"
    assert set_standing("account", DONE)(project).records["account"].reason == ""


def test_dates_that_run_backwards_are_refused_in_words() -> None:
    project = set_record("kickoff", planned_start=DAY)(begun())
    with pytest.raises(ProjectFault, match="结束日期 2026-03-01 早于开始日期 2026-03-02"):
        set_record("kickoff", planned_end=date(2026, 3, 1))(project)
    with pytest.raises(ProjectFault, match="早于"):
        set_record("kickoff", actual_start=DAY, actual_end=date(2026, 3, 1))(project)


def test_a_plan_is_noted_and_one_step_moved() -> None:
    project = plan_anew(process.load("consultancy"))(begun())
    assert project.records["kickoff"].span == Span(date(2026, 1, 5), date(2026, 1, 11))
    later = {"survey": Span(date(2026, 2, 2), date(2026, 2, 8))}
    project = set_plan(later)(project)
    assert project.spans["survey"] == later["survey"]
    assert project.spans["kickoff"] == Span(date(2026, 1, 5), date(2026, 1, 11))


def test_files_are_bounded_one_by_one_and_in_sum() -> None:
    project = begun()
    for number in range(20):
        project = attach("diagnosis", file().having(id=f"{number:032x}"))(project)
    with pytest.raises(ProjectFault, match="已有 20 个附件"):
        attach("diagnosis", file().having(id="f" * 32))(project)
    assert project.size == 2**20  # one content, kept once
    assert project.blobs == ("a" * 64,)
    full = begun()
    for letter in "0123456789":
        full = attach("survey", file(letter, megabytes=20))(full)
    with pytest.raises(ProjectFault, match="200 MB"):
        attach("kickoff", file("a", megabytes=1))(full)
    room = detach("survey", "3" * 32)(full)
    assert attach("kickoff", file("a"))(room).size == 181 * 2**20


def test_an_attachment_is_a_file_or_a_link() -> None:
    for wrong in (
        {"kind": "link"},
        {"digest": None},
        {"link": "https://example.com"},
        {"kind": "link", "digest": None, "link": "javascript:alert(1)"},
    ):
        with pytest.raises(ValidationError):
            file().having(**wrong)
    link = file().having(kind="link", digest=None, size=0, link="https://example.com/x")
    assert attach("kickoff", link)(begun()).blobs == ()


def test_two_take_the_same_file_away_and_a_third_one_stays() -> None:
    project = attach("diagnosis", file("b"))(attach("diagnosis", file("a"))(begun()))
    gone = detach("diagnosis", "a" * 32)
    once = gone(project)
    same_again = attach("diagnosis", file("a").having(id="c" * 32))(once)
    assert gone(once) == once
    assert [one.id for one in gone(same_again).attachments["diagnosis"]] == ["b" * 32, "c" * 32]
    assert project_clashes(project, once, once, gone(once)) == []
    assert detach("diagnosis", "b" * 32)(once).attachments == {}


def test_members_whom_two_windows_write_are_all_kept() -> None:
    wang, li, zhang = (TeamMember(name=name) for name in ("王", "李", "张"))
    seen = (wang, li)
    project = set_members(seen)(begun())
    moved = wang.having(department="厂部")
    theirs = set_members([moved, zhang], seen)(project)  # 李 is gone
    merged = set_members([wang, li, TeamMember(name="赵"), TeamMember(name=" ")], seen)(theirs)
    assert [one.name for one in merged.members] == ["赵", "王", "张"]
    assert merged.members[1] == moved
    mine = set_members([wang, li.having(post="安全员")], seen)(theirs)
    assert [(one.name, one.post) for one in mine.members] == [
        ("李", "安全员"),
        ("王", ""),
        ("张", ""),
    ]
    assert project_clashes(project, set_members([wang, li], seen)(project), theirs, merged) == []


def test_who_looks_at_what_is_kept_by_element() -> None:
    first, second = Look(who="王"), Look(who="李", on=DAY)
    project = set_looks({"1": first, "二": second})(begun())
    assert set_looks({"1": Look()})(project).looks == {"二": second}
    assert set_looks({"3": first})(project).looks == {"1": first, "二": second, "3": first}


def test_a_project_of_the_first_shape_is_read_and_one_of_a_later_refused() -> None:
    kept = begun().model_dump(mode="json")
    for name in ("members", "looks", "installed"):
        del kept[name]
    assert Project.model_validate({**kept, "schema_version": 1}).schema_version == 2
    with pytest.raises(ValidationError):
        Project.model_validate({**kept, "schema_version": 3})


def test_visits_are_in_the_order_of_their_days() -> None:
    one = VisitRecord(id=new_id(), on=date(2026, 5, 1), done="复查")
    other = VisitRecord(id=new_id(), on=date(2026, 2, 1), visit="first")
    project = note_visit(other)(note_visit(one)(begun()))
    assert [visit.id for visit in project.visits] == [other.id, one.id]
    changed = note_visit(one.having(done="复查和培训"))(project)
    assert [visit.done for visit in changed.visits] == ["", "复查和培训"]
    assert drop_visit(other.id)(changed).visits == (one.having(done="复查和培训"),)


def test_an_assessment_joins_once_and_is_followed() -> None:
    a, b, s = new_id(), new_id(), new_id()
    project = tie(a, s)(tie(a)(begun()))
    assert (project.assessments, project.snapshots, project.group) == ((a,), (s,), a)
    moved = retie(a, b)(project)
    assert (moved.assessments, moved.snapshots, moved.group) == ((b,), (s,), b)


def test_what_a_change_touched_is_known() -> None:
    project = begun()
    assert touched(project, set_standing("kickoff", DONE)(project)) == {"kickoff"}
    assert touched(project, attach("diagnosis", file())(project)) == {"diagnosis"}
    assert touched(project, project) == set()
    assert touched(project, set_about("enterprise", "乙")(project)) is None
    planned = set_record("kickoff", planned_start=DAY, planned_end=DAY)(project)
    assert touched(project, planned) is None


ADDS_UP: dict[str, tuple[ProjectChange, ProjectChange]] = {
    "two steps": (set_standing("kickoff", DONE), set_standing("survey", DONE)),
    "a tick and a person": (set_standing("kickoff", DONE), set_record("kickoff", person="王")),
    "two notes": (set_note("kickoff", "", "甲"), set_note("kickoff", "", "乙")),
    "two files": (attach("kickoff", file("a")), attach("kickoff", file("b"))),
    "the same tick": (set_standing("kickoff", DONE, on=DAY), set_standing("kickoff", DONE, on=DAY)),
    "two roles": (set_person("head", "王"), set_person("safety", "李")),
    "two assessments": (tie("1" * 32), tie("2" * 32)),
}
CLASH: dict[str, tuple[ProjectChange, ProjectChange]] = {
    "done or begun": (set_standing("kickoff", DONE), set_standing("kickoff", WORK)),
    "two persons": (set_record("kickoff", person="王"), set_record("kickoff", person="李")),
    "two targets": (
        set_dates(target=date(2027, 1, 1)),
        set_dates(target=date(2027, 2, 1)),
    ),
    "two names of a role": (set_person("head", "王"), set_person("head", "李")),
}


@pytest.mark.parametrize("pair", ADDS_UP.values(), ids=ADDS_UP)
def test_what_adds_up_clashes_with_nothing(pair: tuple[ProjectChange, ProjectChange]) -> None:
    seen = begun()
    for mine, theirs in (pair, pair[::-1]):
        there = theirs(seen)
        assert project_clashes(seen, mine(seen), there, mine(there)) == []


@pytest.mark.parametrize("pair", CLASH.values(), ids=CLASH)
def test_two_values_for_one_place_clash(pair: tuple[ProjectChange, ProjectChange]) -> None:
    seen = begun()
    for mine, theirs in (pair, pair[::-1]):
        there = theirs(seen)
        assert project_clashes(seen, mine(seen), there, mine(there))


def test_both_notes_are_kept() -> None:
    there = set_note("kickoff", "", "乙写的")(begun())
    both = set_note("kickoff", "", "甲写的")(there)
    assert both.records["kickoff"].note == "甲写的\n乙写的"
    assert set_note("kickoff", both.records["kickoff"].note, "")(both).records == {}
    assert Record(note="一\x00二").note == "一二"
