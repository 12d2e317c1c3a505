"""What tables of members and of the audit come to after they were edited."""

from datetime import date

import pytest

import process
from state.documents.project import Look, TeamMember
from ui.project_papers import looks_after, members_after

BODIES = [role for role in process.load("consultancy").roles if role.body]
WANG = TeamMember(name="王", department="厂部", bodies={"committee": "lead"})
LI = TeamMember(name="李")


def test_members_are_changed_added_and_taken_away() -> None:
    edits = {
        "edited_rows": {0: {"部门": " 办公室 ", "安委会": "", "内审员": "成员"}},
        "deleted_rows": [1],
        "added_rows": [{"姓名": "张", "创标工作组": "副负责人"}, {"部门": "没有姓名"}, {}],
    }
    assert members_after([WANG, LI], edits, BODIES) == [
        TeamMember(name="王", department="办公室", bodies={"auditors": "member"}),
        TeamMember(name="张", bodies={"group": "deputy"}),
    ]
    nothing = {"edited_rows": {}, "deleted_rows": [], "added_rows": [{}]}
    assert members_after([WANG, LI], nothing, BODIES) == [WANG, LI]
    gone = {"edited_rows": {1: {"姓名": None}}, "deleted_rows": [], "added_rows": []}
    assert members_after([WANG, LI], gone, BODIES) == [WANG]


def test_looks_are_changed_where_they_were_edited() -> None:
    before = [Look(), Look(who="李", on=date(2026, 7, 1))]
    edits = {0: {"检查人": "王", "日期": "2026-07-06T00:00:00"}, 1: {"日期": None}}
    assert looks_after(["1", "2"], before, edits) == {
        "1": Look(who="王", on=date(2026, 7, 6)),
        "2": Look(who="李"),
    }
    with pytest.raises(ValueError, match="Invalid isoformat"):
        looks_after(["1", "2"], before, {0: {"日期": "明天"}})
