"""资料清单: every paper once, by kind and by department, and what is in doubt for lack of it."""

import io
from typing import Any

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn

import schemes
from reports.content.record_list import by_kind, by_place, counts, doubts, record_list
from reports.content.subject import Subject
from reports.documents import DOCUMENTS
from scoring import Result, parse_answers, score
from state.documents.changes import set_department, set_paper
from tests.conftest import scheme_named
from tests.reports.conftest import MADE_ON, assessment_of, everything_present, result_of

TRAINED = "安全教育培训记录"
APPOINTED = "安全管理人员任命文件"
ROSTER = "从业人员花名册"
ONLY_IN_COLD_STORES = "冷库呼唤按钮和长明灯"


def _listed(*changes: Any) -> tuple[Result, Subject]:
    scheme = schemes.load("condiment")
    assessment = assessment_of(scheme, *everything_present(scheme), *changes)
    return result_of(assessment), Subject.of(scheme, assessment, MADE_ON)


@pytest.mark.parametrize(
    ("standard", "papers"),
    [("condiment", 260), ("hazchem", 203), ("model-enterprise", 131)],
)
def test_with_everything_present_every_paper_is_there_once(standard: str, papers: int) -> None:
    scheme = schemes.load(standard)
    assessment = assessment_of(scheme, *everything_present(scheme))
    found = record_list(result_of(assessment), Subject.of(scheme, assessment, MADE_ON))
    assert found is not None
    assert len({one.paper.name for one in found}) == len(found) == papers
    assert sum(len(group) for _, group in by_kind(found)) == papers
    assert sum(len(group) for _, group in by_place(found)) == papers


def test_a_paper_that_several_items_ask_for_is_one_row_with_all_of_them() -> None:
    found = record_list(*_listed())
    assert found
    (row,) = [one for one in found if one.paper.name == ROSTER]
    assert [item.id for item in row.items] == ["2.1.1", "3.2.1"]
    assert (row.place, row.paper.kind, row.state) == ("2 组织机构和职责", "台账", None)


def test_what_the_scope_takes_away_is_not_asked_for() -> None:
    """A plant without a cold store needs no check of one; until it says so, it does."""
    scheme = schemes.load("condiment")

    def names(**facets: list[str]) -> set[str]:
        answers = parse_answers(scheme, {"scheme": "condiment", "facets": facets})
        return {
            one.paper.name for one in record_list(score(scheme, answers), Subject(MADE_ON)) or []
        }

    assert {ONLY_IN_COLD_STORES} <= names()
    assert {ONLY_IN_COLD_STORES} <= names(equipment=["cold_store"])
    without = names(equipment=["warehouse"])
    assert without < names()
    assert ONLY_IN_COLD_STORES not in without


def test_kinds_stand_in_one_order_and_departments_before_elements() -> None:
    found = record_list(*_listed(set_department("2", "安环科"), set_department("3", "安环科")))
    assert found
    kinds = ["制度", "记录", "台账", "证书", "合同", "报告", "现场"]
    assert [kind for kind, _ in by_kind(found)] == kinds
    places = [place for place, _ in by_place(found)]
    assert places[:3] == ["1 安全生产目标", "安环科", "4 法律法规与安全管理制度"]


def test_a_missing_or_expired_paper_puts_its_items_in_doubt_and_no_finding_is_made() -> None:
    result, subject = _listed(
        set_paper(ROSTER, "expired"), set_paper(APPOINTED, "missing"), set_paper(TRAINED, "have")
    )
    found = record_list(result, subject)
    assert found
    assert [(item.id, papers) for item, papers in doubts(found, result.scheme)] == [
        ("2.1.1", [(APPOINTED, "missing"), (ROSTER, "expired")]),
        ("3.2.1", [(ROSTER, "expired")]),
    ]
    assert counts(found) == {"have": 1, "missing": 1, "expired": 1, None: 257}
    assert not result.answers.findings


def _words(content: bytes) -> list[str]:
    """The paragraphs, those of cells too; python-docx takes seconds to look for the cells."""
    paragraphs = Document(io.BytesIO(content)).element.body.iter(qn("w:p"))
    return ["".join(text.text or "" for text in one.iter(qn("w:t"))) for one in paragraphs]


def test_word_and_excel_have_every_paper_with_what_was_found() -> None:
    result, subject = _listed(set_paper(ROSTER, "expired"), set_department("2", "安环科"))
    words = _words(DOCUMENTS["records"].make(result, subject))
    assert "共 260 份：有 0，没有 0，过期 1，未看 259" in words
    assert words.count(ROSTER) == 2  # by kind and by department
    assert {"按种类", "按部门", "台账（28 份，过期 1）", f"{ROSTER}过期"} <= set(words)
    book = openpyxl.load_workbook(io.BytesIO(DOCUMENTS["records-xlsx"].make(result, subject)))
    assert book.sheetnames == ["按种类", "按部门", "可能受影响的内容"]
    for name in ("按种类", "按部门"):
        rows = [row for row in book[name].iter_rows(min_row=4, values_only=True) if row[2]]
        assert len(rows) == 260
        (row,) = [row for row in rows if row[2] == ROSTER]
        cells = tuple(cell or "" for cell in row[1:7])
        assert cells == ("台账", ROSTER, "", "2.1.1 3.2.1", "安环科", "过期")


def test_a_department_that_looks_like_a_formula_is_a_text() -> None:
    name = '=HYPERLINK("http://x","点我")'
    made = DOCUMENTS["records-xlsx"].make(*_listed(set_department("2", name)))
    book = openpyxl.load_workbook(io.BytesIO(made))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert name in {cell.value for cell in cells}
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)


def test_a_standard_without_guidance_says_that_it_has_no_list() -> None:
    scheme = scheme_named("mini-percent")
    result = score(scheme, parse_answers(scheme, {"scheme": scheme.id}))
    assert record_list(result, Subject(MADE_ON)) is None
    none = "这个标准旁边还没有写提示，所以没有资料清单；写了提示以后才有。"
    assert none in _words(DOCUMENTS["records"].make(result, Subject(MADE_ON)))
    book = openpyxl.load_workbook(
        io.BytesIO(DOCUMENTS["records-xlsx"].make(result, Subject(MADE_ON)))
    )
    assert book["资料清单"]["A3"].value == none
