"""Every document works for every standard that validates, whatever was answered."""

import io
import tempfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from docx import Document
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

import schemes
from reports import DOCUMENTS, Subject
from reports.content.blocks import RowKind, Table
from reports.content.official import official_tables
from reports.content.subject import self_assessed
from reports.shares import in_decimals
from schemes import Scheme
from schemes.model import ConditionShape, ItemShape, NodeShape, RuleShape
from scoring import Result, parse_answers, score
from scoring.answers import Answers
from scoring.numbers import text
from state.documents.assessment import Assessment, answers_of
from tests.conftest import FIXTURES
from tests.reports.any_scheme import FORMS, any_answers, any_scheme
from tests.reports.conftest import MADE_ON
from tests.reports.workbook.sheets import read_book

SINGLE = [kind for kind in DOCUMENTS if kind != "zip"]
SEEDS = st.integers(0, 2**31)


def _made(seed: int, folder: Path) -> tuple[Result, Subject]:
    scheme = any_scheme(seed, folder / "any")
    return _scored(scheme, any_answers(seed, scheme), schemes.Library(folder))


def _scored(
    scheme: Scheme, assessment: Assessment, library: schemes.Library
) -> tuple[Result, Subject]:
    result = score(scheme, answers_of(scheme, assessment.work))
    work = assessment.work
    before = self_assessed(scheme.id, work, library)
    subject = Subject(MADE_ON, assessment.profile, work.remarks, work.evidence, work.entries)
    return result, replace(subject, samples=work.samples, before=before, reasons=work.absence)


def _opens(kind: str, content: bytes) -> None:
    """Another program reads it."""
    match DOCUMENTS[kind].suffix:
        case "pdf":
            with pypdfium2.PdfDocument(content) as document:
                assert len(document) >= 1
        case "docx":
            assert len(Document(io.BytesIO(content)).element.body) > 1
        case "xlsx":
            assert openpyxl.load_workbook(io.BytesIO(content)).worksheets
        case "ics":
            assert content.startswith(b"BEGIN:VCALENDAR\r\n")


@pytest.mark.parametrize("kind", SINGLE)
@settings(max_examples=4, deadline=None)
@given(SEEDS)
def test_every_document_of_every_standard_can_be_made_and_opened(kind: str, seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _opens(kind, DOCUMENTS[kind].make(*_made(seed, Path(folder))))


@settings(max_examples=40, deadline=None)
@given(SEEDS)
@example(5)
@example(2431061)  # two elements of check lists: a table each, and none of both
def test_official_tables_have_a_cell_for_every_column_and_add_up(seed: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        result, subject = _made(seed, Path(folder))
    document = official_tables(result, subject)
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for table in tables:
        assert {len(row.cells) for row in table.rows} <= {len(table.columns)}
    listed = [
        row.cells[-1] if table.columns[-1].head != "备注" else row.cells[-2]
        for table in tables
        for row in table.rows
        if row.kind in (RowKind.SUBTOTAL, RowKind.TOTAL)
    ]
    each = sum((Decimal(marks) for marks in listed if marks), Decimal(0))
    assert text(result.score) in listed or each == result.score


@pytest.mark.parametrize("kind", SINGLE)
def test_a_standard_of_uneven_depth_has_every_document(kind: str) -> None:
    """Contents two and three levels deep, and a finding on each."""
    scheme = schemes.load_folder(FIXTURES / "uneven")
    result = score(scheme, Answers(findings={"1.1.1-a": 2, "2.1-a": 1}))
    _opens(kind, DOCUMENTS[kind].make(result, Subject(MADE_ON)))


def test_every_form_of_rule_is_among_the_standards_made_here() -> None:
    """Who adds one to the model adds it here, so that documents are tried with it."""
    plain = {"id", "when", "was", "title", "points", "requirement", "applies_when"}
    forms = {"condition": ConditionShape, "item": ItemShape, "rule": RuleShape}
    for name, shape in forms.items():
        fields = set(shape.model_fields)
        assert fields - plain - FORMS[name] == set(), f"{name}: add it to any_scheme.py"
    assert set(NodeShape.model_fields) - plain <= FORMS["item"]


@settings(max_examples=2, deadline=None, phases=[Phase.generate])
@given(SEEDS)
def test_every_document_knows_every_form_of_rule(seed: int) -> None:
    """What is written beside the workbook's formulas is what scoring finds."""
    with tempfile.TemporaryDirectory() as folder:
        scheme = any_scheme(seed, Path(folder) / "any", forms=True)
        raw = {"scheme": "any", "reviewed": "all", "findings": {}, "levels": {}, "ratios": {}}
        for item in scheme.items.values():
            for condition in item.conditions:
                made = {"amounts": ["3", "1"]} if condition.amount else 2
                raw["findings"][condition.id] = made if seed % 3 else 0
            if item.levels:
                raw["levels"][item.id] = "none"
            if item.ratio:
                raw["ratios"][item.id] = {"inspected": 7, "failed": 2}
        result = score(scheme, parse_answers(scheme, raw))
        subject = Subject(MADE_ON)
        for kind in SINGLE:
            if kind == "xlsx":
                _adds_up(result, DOCUMENTS[kind].make(result, subject))
            elif kind in ("long", "docx", "tables"):
                _opens(kind, DOCUMENTS[kind].make(result, subject))


def _adds_up(result: Result, content: bytes) -> None:
    """Each row of the sheet of scores, and its end is the total."""
    sheet = read_book(io.BytesIO(content))["评分汇总表"]
    heads, *rows = sheet.rows(5)
    found = [dict(zip(heads, row, strict=True)) for row in rows]
    for row in found:
        if isinstance(row["追加和否决"], float):
            more = (row.get("加分") or 0) + (row.get("权重折算") or 0)
            left = row["应得分"] - row["扣分"] - row["追加和否决"] + more
            assert left == pytest.approx(row["得分"])
    scores = {str(row["编号"] or row["名称"]).rstrip("*"): row["得分"] for row in found}
    for item in result.items.values():
        if item.full:
            assert scores[item.item.id] == pytest.approx(float(item.score))
    assert scores["合计"] == pytest.approx(float(result.score))
    if result.total is not None:
        assert scores["总分"] == pytest.approx(float(result.total))


def test_a_share_without_an_end_is_rounded_on_paper_only() -> None:
    """12 × 2 ÷ 7 = 3.428571…: the table says 8.5714, the percentage is of the exact score."""
    scheme = schemes.load_folder(FIXTURES / "mini-forms")
    raw = {"scheme": scheme.id, "facets": {"kind": []}, "reviewed": "all"}
    raw["ratios"] = {"1.2(1)": {"inspected": 7, "failed": 2}}
    raw["findings"] = {"1.1(2)-c": 1, "1.2(2)-a": 1}
    exact = score(scheme, parse_answers(scheme, raw))
    shown = in_decimals(exact)
    assert text(shown.items["1.2(1)"].score) == "8.5714"
    assert [one.percent for one in shown.elements] == [one.percent for one in exact.elements]
    assert shown.grades == exact.grades
    tables = [b for b in official_tables(shown, Subject(MADE_ON)).blocks if isinstance(b, Table)]
    rows = [row.cells for table in tables for row in table.rows]
    assert any("加分" in row and "+3" in row for row in rows)
    assert any("整体否决" in row and "—" in row for row in rows)
