"""What is done about findings stands in every document that has a place for it."""

import io
from datetime import date

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn

from reports import Subject
from reports.content.lists import rectification_table
from reports.content.told import Told
from reports.documents import DOCUMENTS, packed
from scoring import Result, score
from state.documents.action import Action
from state.documents.action_changes import add_actions
from state.documents.assessment import answers_of, new_assessment
from state.documents.changes import set_facet, set_finding, set_scheme
from tests.conftest import scheme_named
from tests.reports.conftest import poppler, squeezed

MADE_ON = date(2026, 11, 26)
ACTIONS = {
    "1" * 32: Action(
        finding="2.1.1-c",
        item="2.1.1",
        problem="没有任命文件",
        cause="换人后没有重发",
        grade="major",
        measure="重发任命文件; 公示,上墙",
        temporary="由厂长代管",
        money="2000元",
        department="安环科",
        supporting="人事科",
        person="王立",
        start=date(2026, 11, 2),
        due=date(2026, 11, 20),
        remark="等盖章",
    ),
    "2" * 32: Action(
        finding="1.1.1-a",
        item="1.1.1",
        problem="目标没有分解",
        department="生产科",
        due=date(2026, 11, 10),
        done=date(2026, 11, 9),
        verified=date(2026, 11, 12),
        verified_by="赵敏",
    ),
    "3" * 32: Action(problem="厂区照明", due=date(2026, 12, 31)),
}


@pytest.fixture(scope="module")
def made() -> tuple[Result, Subject]:
    scheme = scheme_named("condiment")
    assessment = new_assessment()
    for change in (
        set_scheme(scheme),
        set_facet("product", [], ["soy_sauce"]),
        set_finding("2.1.1-c", 2),
        set_finding("1.1.1-a", 1),
        add_actions(ACTIONS),
    ):
        assessment = change(assessment)
    result = score(scheme, answers_of(scheme, assessment.work))
    return result, Subject.of(scheme, assessment, MADE_ON)


def _words(content: bytes) -> str:
    body = Document(io.BytesIO(content)).element.body
    return squeezed("".join(run.text or "" for run in body.iter(qn("w:t"))))


def test_the_list_has_every_field_and_says_what_is_late(made: tuple[Result, Subject]) -> None:
    words = _words(DOCUMENTS["actions"].make(*made))
    assert "共3项：未开始1，进行中1，已完成0，已验证1；⚠逾期1项" in words
    assert (
        "22.1.1没有任命文件原因：换人后没有重发重大重发任命文件; 公示,上墙临时措施：由厂长代管"
        "整改资金：2000元安环科（配合：人事科）王立2026-11-022026-11-20进行中，⚠逾期6天等盖章"
    ).replace(" ", "") in words
    assert "2026-11-09完成，2026-11-12验证赵敏" in words
    assert words.index("目标没有分解") < words.index("没有任命文件") < words.index("厂区照明")
    book = openpyxl.load_workbook(io.BytesIO(DOCUMENTS["actions-xlsx"].make(*made)))
    rows = [
        [cell.value for cell in row] for row in book["整改清单"].iter_rows(min_row=4, max_row=6)
    ]
    assert [row[1] for row in rows] == ["1.1.1", "2.1.1", ""]
    assert rows[1][8:10] == ["2026-11-20", "进行中，⚠ 逾期 6 天"]


def test_forms_of_nonconformities_say_what_an_action_says(made: tuple[Result, Subject]) -> None:
    words = _words(DOCUMENTS["nonconformities"].make(*made))
    for said in (
        "责任部门安环科（配合：人事科）",
        "原因分析换人后没有重发",
        "整改措施重发任命文件;公示,上墙",
        "完成期限2026-11-20责任人王立",
        "验证人赵敏日期2026-11-12",
    ):
        assert said in words, said


def test_appendix_h_has_all_its_columns(made: tuple[Result, Subject]) -> None:
    first, second = [row.cells[4:] for row in rectification_table(Told(*made)).rows]
    seen = "2026-11-09 完成，2026-11-12 验证"
    assert first == ("生产科", "", "", "2026-11-10", seen, "赵敏", "")
    assert second[:1] + second[2:5] == ("安环科（配合：人事科）", "2026-11-02", "2026-11-20", "")
    book = openpyxl.load_workbook(io.BytesIO(DOCUMENTS["xlsx"].make(*made)))
    page = book["整改情况汇总表"]
    (row,) = [row for row in page.iter_rows(min_row=6) if row[1].value == "2.1.1"]
    measure = "重发任命文件; 公示,上墙\n临时措施：由厂长代管\n整改资金：2000元"
    assert [cell.value for cell in row[4:7]] == ["安环科", "人事科", measure]
    assert [cell.value.date() for cell in row[7:9]] == [date(2026, 11, 2), date(2026, 11, 20)]
    assert row[9].value == "等盖章"


@pytest.mark.parametrize("kind", ["pdf", "onepage"])
def test_the_next_steps_have_an_owner_and_a_day(
    kind: str, made: tuple[Result, Subject], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp(kind) / "one.pdf"
    path.write_bytes(DOCUMENTS[kind].make(*made))
    words = squeezed(poppler("pdftotext", "-raw", path, "-"))
    assert "安环科（配合：人事科）王立" in words
    assert "2026-11-20" in words


def test_due_dates_are_taken_in_by_a_calendar(made: tuple[Result, Subject]) -> None:
    content = DOCUMENTS["calendar"].make(*made)
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    whole = content.decode().replace("\r\n ", "").split("\r\n")
    assert whole[:10] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//AnBiao//due dates//ZH",
        "BEGIN:VEVENT",
        "UID:11111111111111111111111111111111@anbiao",
        "DTSTAMP:20261126T000000Z",
        "DTSTART;VALUE=DATE:20261120",
        "SUMMARY:整改期限：2.1.1 没有任命文件",
        "DESCRIPTION:安环科（配合：人事科） 王立\\n重发任命文件\\; 公示\\,上墙\\n临时措施：由厂长代管\\n整改资金：2000元",
        "BEGIN:VALARM",
    ]
    assert whole.count("BEGIN:VEVENT") == 2  # what is done needs no reminder
    assert "SUMMARY:整改期限：厂区照明" in whole


def test_the_package_has_the_list_where_there_are_actions(made: tuple[Result, Subject]) -> None:
    of_actions = {"actions", "actions-xlsx", "calendar"}
    assert set(packed(made[1])) - set(packed(Subject(MADE_ON))) == of_actions
    assert "zip" not in packed(made[1])
