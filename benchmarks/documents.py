"""The workbook and the Word documents of a full assessment by each standard, in a warm process.

Each assessment has 150 findings, or all there are. Beside the workbook its rows alone, values and
formulas without formats, by openpyxl; beside the self-assessment report its tables alone, the same
rows without widths, by docxtpl from a template read beforehand, which fills in text where
python-docx builds elements. Beside the nonconformity forms stands the self-assessment report. Every
run makes the documents of another assessment; they take turns; medians.
"""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from docx import Document
from docx.oxml.ns import qn

import schemes
from benchmarks.measure import AtMost, Row, timed
from benchmarks.peers import docxtpl_maker, openpyxl_workbook
from benchmarks.subject import full_assessment, scored
from benchmarks.tables import Rows, Table, read_sheets, signs, tables_of
from reports import Subject
from reports.documents import DOCUMENTS
from scoring import Result

WARM_UP, RUNS = 1, 9

_TARGET = AtMost(1.0)


@dataclass(frozen=True, slots=True)
class _Report:
    """One assessment to report, and what stands in its documents."""

    result: Result
    subject: Subject
    tables: list[Table]
    sheets: dict[str, Rows]


def run() -> list[Row]:
    """Let all take turns over the same assessments."""
    return [row for scheme_id in schemes.available() for row in _beside_peers(scheme_id)]


def _beside_peers(scheme_id: str) -> list[Row]:
    reports = [_report(scheme_id, seed) for seed in range(WARM_UP + RUNS)]
    fill = docxtpl_maker()
    makers: dict[str, Callable[[_Report], bytes]] = {
        "docx": lambda report: _made("docx", report),
        "xlsx": lambda report: _made("xlsx", report),
        "forms": lambda report: _made("nonconformities", report),
        "docxtpl": lambda report: fill(report.tables),
        "openpyxl": lambda report: openpyxl_workbook(report.sheets),
    }
    for name in ("docx", "docxtpl"):
        _check(makers[name](reports[0]), reports[0].tables)
    if read_sheets(makers["openpyxl"](reports[0])) != reports[0].sheets:
        raise ValueError("the workbooks have different rows")
    rounds = [[timed(make, report) for make in makers.values()] for report in reports][WARM_UP:]
    medians = [statistics.median(column) for column in zip(*rounds, strict=True)]
    times = dict(zip(makers, medians, strict=True))
    of = f"of {scheme_id}, {len(reports[0].result.losses)} findings"
    return [
        Row(f"workbook {of}", times["xlsx"], "openpyxl, rows only", times["openpyxl"], _TARGET),
        Row(f"Word report {of}", times["docx"], "docxtpl, tables only", times["docxtpl"], _TARGET),
        Row(f"nonconformity forms {of}", times["forms"], "Word report", times["docx"], None),
    ]


def _report(scheme_id: str, seed: int) -> _Report:
    assessment = full_assessment(scheme_id, seed)
    result = scored(assessment)
    subject = Subject.of(result.scheme, assessment, date.today())
    return _Report(
        result,
        subject,
        tables_of("docx", result, subject),
        read_sheets(DOCUMENTS["xlsx"].make(result, subject)),
    )


def _made(kind: str, report: _Report) -> bytes:
    return DOCUMENTS[kind].make(report.result, report.subject)


def _check(content: bytes, tables: list[Table]) -> None:
    """Raises: ValueError when the document holds less text than the tables."""
    text = "".join(Document(BytesIO(content)).element.body.itertext(qn("w:t")))
    if len("".join(text.split())) < signs(tables):
        raise ValueError("a Word document lacks some of the rows")
