"""The class on paper and as a workbook: who, elements, conditions, and the reference answer."""

import io
from datetime import date
from fractions import Fraction

import openpyxl
import pypdfium2
import pytest

import schemes
from reports.content.blocks import Document
from reports.content.class_document import class_document, participant_document
from reports.content.class_report import (
    ClassReport,
    Seat,
    answer,
    conditions,
    elements,
    people,
)
from reports.pdf.draw import draw_pdf
from reports.workbook.class_book import class_xlsx
from scoring import Result, score
from state.documents.assessment import Work, answers_of
from state.documents.cases import case_of
from tests.reports.conftest import squeezed

CASE = case_of("condiment")
SCHEME = schemes.load("condiment", "1.1")
DAY = date(2026, 11, 26)


def scored(**changes: object) -> Result:
    work = Work(scheme_version="1.1", answers=CASE.reference.having(**changes))
    return score(SCHEME, answers_of(SCHEME, work))


FIRST = scored(findings={"2.1.1-c": 1, "2.1.2-b": 1, "7.3.2-a": 5})
SECOND = scored(findings={"7.3.2-a": 1}, reviewed=["2.1.1"])


def printed(document: Document) -> str:
    pages = pypdfium2.PdfDocument(draw_pdf(document))
    return squeezed("".join(page.get_textpage().get_text_range() for page in pages))


@pytest.fixture(scope="module")
def report() -> ClassReport:
    """Elements 2 (20 marks) and 7 (130). First: 18 and 130 − 5 − 10; second: 7.3.2 and 2.1.1."""
    seats = (Seat("张三", FIRST), Seat("李四", SECOND), Seat("王五", None))
    return ClassReport("内训", SCHEME, seats, DAY, ("2", "7"), CASE, scored())


def test_everybody_stands_there_with_marks_and_their_distance(report):
    rows = people(report).rows
    assert rows[0][:7] == ("张三", 25, 25, 133, 133, 133, 150)
    assert rows[0][7:] == ("漏 4 条，多 1 条；高 16.0 分", Fraction(16))
    assert rows[1][:2] == ("李四", 2)
    assert rows[1][4:7] == (149, 149, 150)
    assert rows[2] == ("王五", "读不到", *[""] * 7)


def test_elements_and_conditions_are_those_chosen(report):
    second = elements(report).rows[0]
    assert (second[0], second[2], second[4:]) == ("2 组织机构和职责", 95, (90, 100, "—"))
    found = {row[1]: row[2:] for row in conditions(report).rows}
    assert found["设置或配备不符合规定"] == (1, 2, 1, 1)
    assert found["未以文件形式任命"] == (1, 1, 0, "—")
    told = {row[0].partition(" ")[0]: (row[1], row[4]) for row in answer(report).rows}
    assert told["7.3.2"] == (5, 2)
    assert list(told) == ["2.1.1", "2.1.3", "2.2.3", "7.1.4", "7.1.5", "7.3.2"]


def test_the_workbook_has_a_sheet_for_each_table_and_numbers_as_numbers(report):
    book = openpyxl.load_workbook(io.BytesIO(class_xlsx(report)))
    assert book.sheetnames == ["学员", "要素得分率", "分歧最大", "参考答案"]
    first = [cell.value for cell in book["学员"][4]]
    assert first[:7] == ["张三", 25, 25, 133, 133, 133, 150]
    assert first[8] == 16


def test_the_papers_can_be_read(report):
    shown = printed(class_document(report))
    for words in ("内训", "只看所选要素，不评等级", "王五", "五块牌子一共15分", "7.2.2"):
        assert words in shown
    one = ClassReport("内训", SCHEME, (Seat("张三", FIRST),), DAY, ("2",), CASE, scored())
    hidden = printed(participant_document(one, revealed=False))
    assert "未以文件形式任命" in hidden
    assert "参考答案" not in hidden
    assert "每季度至少一次" in printed(participant_document(one, revealed=True))
