"""What every document says of a result that is open, hindered or resting on the user's word."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache

import openpyxl
import pikepdf
import pytest
from docx import Document
from docx.oxml.ns import qn

from reports import DOCUMENTS, Subject
from reports.workbook import workbook_xlsx
from scoring import Result, parse_answers, score
from scoring.answers import Answers
from state.documents import changes
from state.documents.assessment import Assessment, Profile
from tests.conftest import scheme_named
from tests.reports.conftest import (
    CASES,
    EXPECTED,
    MADE_ON,
    assessment_of,
    cells,
    everything_present,
    poppler,
    result_of,
    squeezed,
)
from tests.reports.workbook.sheets import read_book

SINGLE = [kind for kind in DOCUMENTS if kind not in ("zip", "calendar")]
OF_FINDINGS = [kind for kind in SINGLE if not kind.startswith(("records", "actions"))]
"""Documents about what was found: all but the list of papers and what is done about it."""

SCORED = [
    kind
    for kind in OF_FINDINGS
    if kind not in ("nonconformities", "plan", "checklist", "checklist-pdf")
]
"""Documents with a total in them."""

NOTICE = (
    "请注意：本标准所依据的AQ3013—2008自2025年11月1日起由GB45673—2025代替，"
    "没有见到据新标准制定的评分标准；当地可能已按新标准评审，申请前请先问受理单位"
)

Told = Callable[[str, Result, Subject], str]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """All text of a document as another program reads it, without white space; made once each."""
    path = tmp_path_factory.mktemp("told") / "document.pdf"
    known: dict[tuple[str, int], tuple[Subject, str]] = {}

    def text(kind: str, result: Result, subject: Subject) -> str:
        if (kind, id(subject)) not in known:
            known[kind, id(subject)] = subject, squeezed(read(kind, result, subject))
        return known[kind, id(subject)][1]

    def read(kind: str, result: Result, subject: Subject) -> str:
        content = DOCUMENTS[kind].make(result, subject)
        if DOCUMENTS[kind].suffix == "pdf":
            path.write_bytes(content)
            return poppler("pdftotext", "-raw", path, "-")
        if DOCUMENTS[kind].suffix == "docx":
            body = Document(io.BytesIO(content)).element.body
            return "".join(text.text or "" for text in body.iter(qn("w:t")))
        sheets = read_book(io.BytesIO(content)).values()
        values = [value for sheet in sheets for row in sheet.rows() for value in row]
        return "".join(str(value) for value in values if value is not None)

    return text


@cache
def _subject(case: str, scheme: str) -> tuple[Result, Subject]:
    return _of(CASES[case](scheme))


def _of(assessment: Assessment) -> tuple[Result, Subject]:
    result = result_of(assessment)
    return result, Subject.of(result.scheme, assessment, MADE_ON)


@cache
def _unfinished() -> tuple[Result, Subject]:
    """mini-weighted: 30 of element 1 are lost, 30 of element 3 (weight 0.2) not looked at yet."""
    scheme = scheme_named("mini-weighted")
    raw = {
        "scheme": scheme.id,
        "facets": {"second": ["yes"]},
        "findings": {"1.1-b": 3},
        "reviewed": ["1.2", "2.1", "2.2", "3.1"],
        "performance": {},
    }
    return score(scheme, parse_answers(scheme, raw)), Subject(MADE_ON)


@pytest.mark.parametrize("kind", SCORED)
def test_while_something_is_unreviewed_there_is_a_range_and_no_grade(kind: str, told: Told) -> None:
    text = told(kind, *_unfinished())
    assert "79.00–85.00" in text
    assert "等级待定" in text
    assert "达标：全部满足" not in text
    assert "达标：未满足" not in text
    assert "已核查5/6条" in text.replace("已核查5／6条", "已核查5/6条")


def test_a_gate_that_is_open_says_between_what(told: Told) -> None:
    gate = "总分在79.00–85.00之间，是否不低于80待定"
    assert f"达标：待定○{gate}" in told("pdf", *_unfinished())
    assert f"达标{gate}待定" in told("docx", *_unfinished())


@pytest.mark.parametrize("kind", ["pdf", "onepage"])
def test_a_grade_that_waits_for_an_answer_only_says_so(kind: str, told: Told) -> None:
    scheme = scheme_named("mini-percent")
    facets = {"kind": ["x"], "things": [], "night": []}
    raw = {"scheme": scheme.id, "facets": facets, "reviewed": "all"}
    text = told(kind, score(scheme, parse_answers(scheme, raw)), Subject(MADE_ON))
    assert "等级待定有问题还没有回答，答完以前不下结论" in text
    assert "查完以前" not in text


@pytest.mark.parametrize("kind", OF_FINDINGS)
def test_a_major_hazard_is_named_where_it_was_found(kind: str, told: Told) -> None:
    text = told(kind, *_subject("sample", "hazchem"))
    assert "没有作业票就作业（含事后补票）（重大隐患）" in text


def test_a_major_hazard_is_a_gate_and_a_row_of_the_workbook(told: Told) -> None:
    result, subject = _subject("sample", "hazchem")
    gate = "存在重大事故隐患（1项），整改前不能申请定级"
    assert f"×{gate}" in told("pdf", result, subject)
    assert f"{gate}未满足" in told("docx", result, subject)
    content = DOCUMENTS["xlsx"].make(result, subject)
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    row = next(r for r in book["评分汇总表"].iter_rows() if r[1].value == "重大事故隐患（项）")
    assert [cell.value for cell in row[2:6]] == [1, 0, 0, 0]


@pytest.mark.parametrize("kind", SINGLE)
@pytest.mark.parametrize("case", ["sample", "empty"])
def test_what_is_to_be_known_of_a_standard_stands_in_every_document(
    kind: str, case: str, told: Told
) -> None:
    text = told(kind, *_subject(case, "hazchem"))
    assert NOTICE.removeprefix("请注意：") in text
    assert "请注意" in text


@pytest.mark.parametrize("kind", SINGLE)
def test_a_standard_without_a_notice_has_none(kind: str, told: Told) -> None:
    assert "请注意" not in told(kind, *_subject("sample", "condiment"))


def _applying() -> tuple[Result, Subject]:
    scheme = scheme_named("condiment")
    first, second, *_ = scheme.application
    answers = {first.id: True, second.id: False}
    result = score(scheme, Answers(application=answers))
    return result, Subject(MADE_ON, Profile(target_grade=""))


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_conditions_of_application_are_listed_with_answer_and_source(kind: str, told: Told) -> None:
    result, subject = _applying()
    text = told(kind, result, subject)
    assert "申请条件自查" in text
    words = ("符合", "不符合", *["待答"] * (len(result.scheme.application) - 2))
    for number, (one, answer) in enumerate(zip(result.scheme.application, words, strict=True), 1):
        whose = f"（{'、'.join(one.grades)}）" if one.grades else ""
        assert squeezed(f"{number}{one.text}{whose}{answer}{one.source}") in text
    assert "申请条件不影响得分" in text


def test_one_page_counts_the_conditions_of_application(told: Told) -> None:
    result, subject = _applying()
    left = len(result.scheme.application) - 2
    assert f"申请条件自查：符合1，不符合1，待答{left}" in told("onepage", result, subject)


@pytest.mark.parametrize("kind", SCORED)
def test_what_was_marked_by_hand_stands_beside_the_total(kind: str, told: Told) -> None:
    """22 points of those that apply, 669, of which they are credited in the base part."""
    text = told(kind, *_subject("sample", "tobacco"))
    assert "自行标为不适用22分，占应评分值的3.29%" in text


@pytest.mark.parametrize("kind", SCORED)
def test_with_nothing_applicable_there_is_no_total(kind: str, told: Told) -> None:
    result, subject = _subject("nothing applies", "condiment")
    text = told(kind, result, subject)
    assert "总分—" in text
    assert "没有适用的内容" in text
    assert "总分0.0" not in text


@pytest.mark.parametrize("scheme", ["condiment", "hazchem", "model-enterprise", "tobacco"])
def test_what_all_findings_cost_is_what_the_total_lacks(scheme: str) -> None:
    """The literals of expected.yaml: each finding once, with all that it costs."""
    said = EXPECTED[f"sample {scheme}"]
    score_, full = said["marks"].partition("分")[0].split("/")
    points = [cells(row)[4].removesuffix("（已扣完）") for row in said["findings"]]
    assert sum(map(Decimal, points)) == Decimal(full.strip()) - Decimal(score_.strip())
    clauses = [cells(row)[0] for row in said["findings"]]
    assert len(set(clauses)) == len(clauses)


@pytest.mark.parametrize("kind", ["pdf", "onepage"])
def test_what_unlocks_the_line_stands_first(kind: str, told: Told) -> None:
    """7.1-c is 20 points of element 7, which stands at 49 of 100, and the only major hazard."""
    text = told(kind, *_subject("sample", "hazchem")).partition("先改什么")[2]
    first = text.partition("+1.50")[0]
    assert "7.1-c*" in first
    assert "只改好这一处，就达到评分线" in first
    assert "+2.70" in first


def test_after_a_reassessment_every_file_name_says_so() -> None:
    names = [kind.file_name("某某厂", "复评", date(2026, 11, 26)) for kind in DOCUMENTS.values()]
    assert names == [
        "某某厂-复评摘要-2026-11-26.pdf",
        "某某厂-复评一页摘要-2026-11-26.pdf",
        "某某厂-复评摘要和打分表-2026-11-26.pdf",
        "某某厂-复评评分表-2026-11-26.xlsx",
        "某某厂-复评报告-2026-11-26.docx",
        "某某厂-复评打分表-2026-11-26.docx",
        "某某厂-复评不符合项报告-2026-11-26.docx",
        "某某厂-复评整改路径-2026-11-26.docx",
        "某某厂-复评自查表-2026-11-26.docx",
        "某某厂-复评自查表-2026-11-26.pdf",
        "某某厂-复评资料清单-2026-11-26.docx",
        "某某厂-复评资料清单-2026-11-26.xlsx",
        "某某厂-复评整改清单-2026-11-26.docx",
        "某某厂-复评整改清单-2026-11-26.xlsx",
        "某某厂-复评整改期限-2026-11-26.ics",
        "某某厂-复评全部文件-2026-11-26.zip",
    ]


def test_after_a_reassessment_every_title_says_so() -> None:
    result, subject = _subject("re-assessment", "tobacco")
    titles = []
    for kind in SINGLE:
        content = DOCUMENTS[kind].make(result, subject)
        if DOCUMENTS[kind].suffix == "pdf":
            with pikepdf.open(io.BytesIO(content)) as document, document.open_metadata() as said:
                titles.append(said["dc:title"])
        elif DOCUMENTS[kind].suffix == "docx":
            titles.append(Document(io.BytesIO(content)).core_properties.title)
        else:
            titles.append(openpyxl.load_workbook(io.BytesIO(content)).properties.title)
    name = subject.profile.name
    assert titles == [
        f"{name}　安全生产标准化复评摘要",
        f"{name}　安全生产标准化复评一页摘要",
        f"{name}　安全生产标准化复评摘要和打分表",
        f"{name} 安全生产标准化复评表",
        f"{name} 安全生产标准化复评报告",
        f"{name} 安全生产标准化复评打分表",
        f"{name} 复评不符合项报告",
        f"{name} 复评整改路径",
        f"{name} 安全生产标准化复评检查表",
        f"{name}　烟草企业　复评检查表",
        f"{name} 复评资料清单",
        f"{name} 复评资料清单",
        f"{name} 整改清单",
        f"{name} 整改清单",
    ]
    package = zipfile.ZipFile(io.BytesIO(DOCUMENTS["zip"].make(result, subject)))
    assert all("-复评" in file for file in package.namelist())


def test_an_element_is_not_called_low_while_an_earlier_finding_is_undecided() -> None:
    """C.3 has 15 points: 5 and 2 are lost, 53.33 %; if both are rectified it has them all."""
    assessment = changes.start_reassessment(date(2026, 10, 20))(CASES["sample"]("tobacco"))
    result = result_of(assessment)
    element = next(e for e in result.elements if e.section.id == "C.3")
    assert element.percent == Fraction(800, 15)
    assert not result.is_below(element)


def test_the_sheet_of_conditions_says_whose_they_are_across_the_page() -> None:
    scheme = scheme_named("condiment")
    content = workbook_xlsx(*_of(assessment_of(scheme, *everything_present(scheme))))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["申请条件自查"]
    assert "A2:C2" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet["A2"].value.startswith("企业名称：")
    assert sheet["D2"].value.date() == MADE_ON
