"""The numbers of every document of every sample, read back from the file.

| kind | what is read | more of it |
| --- | --- | --- |
| pdf, onepage, long | total, findings | `pdf/test_summary.py`, `pdf/test_onepage.py` |
| xlsx | total, marks | `workbook/test_workbook.py`, `workbook/test_recalculated.py` |
| docx, tables | total, marks, their loss | `word/test_self_assessment.py`, `content/test_official.py` |
| nonconformities | number of forms | `word/test_self_assessment.py` |
| plan | total now | `tests/planning` |
| checklist, checklist-pdf | marks of an element | `content/test_checklist.py` |
| records, records-xlsx | number of papers | `content/test_record_list.py` |
| actions, actions-xlsx, calendar | who and until when | `test_actions.py` |
"""

import io
import re
import zipfile
from functools import cache

import pypdfium2
import pytest

from reports import DOCUMENTS, Subject
from state.documents.examples import examples
from tests.reports.conftest import MADE_ON, result_of, squeezed

SAMPLES = {example.scheme: example for example in examples()}
TOTAL = {
    "condiment": "79.8",
    "hazchem": "80.80–82.20",
    "tobacco": "842.7",
    "model-enterprise": "83.2–84.8",
}
MARKS = {
    "condiment": "702/880分",
    "hazchem": "990/1165分",
    "tobacco": "576/669分",
    "model-enterprise": "795.5/938分",
}
LOST = {
    "condiment": "扣分合计178",
    "hazchem": "扣分合计175",
    "tobacco": "扣分合计93",
    "model-enterprise": "扣分合计142.5",
}
FOUND = {"condiment": 48, "hazchem": 49, "tobacco": 32, "model-enterprise": 25}
ELEMENT = {
    "condiment": "6生产设备设施（205分）",
    "hazchem": "7作业安全（100分）",
    "tobacco": "D.15消防设备设施（55分）",
    "model-enterprise": "7作业安全（",
}


@cache
def said(scheme: str, kind: str) -> str:
    """All words of a document as another program finds them, without white space."""
    assessment = SAMPLES[scheme].read()
    result = result_of(assessment)
    content = DOCUMENTS[kind].make(result, Subject.of(result.scheme, assessment, MADE_ON))
    if DOCUMENTS[kind].suffix == "pdf":
        with pypdfium2.PdfDocument(content) as document:
            return squeezed("".join(p.get_textpage().get_text_range() for p in document))
    if DOCUMENTS[kind].suffix == "ics":
        return squeezed(content.decode().replace("\r\n ", ""))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [n for n in package.namelist() if re.search(r"document|sharedStrings|sheet\d", n)]
        text = "".join(package.read(name).decode() for name in sorted(parts))
    return squeezed(re.sub("<[^>]+>", "", text))


def test_every_kind_of_document_is_read_here() -> None:
    read = {"pdf", "onepage", "long", "xlsx", "docx", "tables", "nonconformities", "plan"}
    read |= {"checklist", "checklist-pdf", "records", "records-xlsx"}
    assert read | {"actions", "actions-xlsx", "calendar", "zip"} == set(DOCUMENTS)


@pytest.mark.parametrize("scheme", SAMPLES)
def test_totals_and_marks_are_the_same_in_all(scheme: str) -> None:
    for kind in ("pdf", "onepage", "long", "docx", "tables"):
        assert TOTAL[scheme] in said(scheme, kind), kind
    best = TOTAL[scheme].rpartition("–")[2]
    assert best in said(scheme, "plan")  # what is not reviewed is taken as it is best
    for kind in ("pdf", "long", "docx", "tables"):
        assert MARKS[scheme] in said(scheme, kind), kind
    for kind in ("docx", "tables", "long"):
        assert LOST[scheme] in said(scheme, kind), kind
    score, full = MARKS[scheme].removesuffix("分").split("/")
    for value in (TOTAL[scheme], score, full):
        assert value in said(scheme, "xlsx"), value


@pytest.mark.parametrize("scheme", SAMPLES)
def test_findings_are_as_many_in_all(scheme: str) -> None:
    count = FOUND[scheme]
    for kind in ("pdf", "long"):
        assert f"问题清单（{count}项）" in said(scheme, kind), kind
    assert f"扣分说明表（{count}项）" in said(scheme, "docx")
    assert f"不符合项{count}/{count}" in said(scheme, "nonconformities")


@pytest.mark.parametrize("scheme", SAMPLES)
def test_papers_to_walk_with_have_marks_and_numbers(scheme: str) -> None:
    for kind in ("checklist", "checklist-pdf"):
        assert ELEMENT[scheme] in said(scheme, kind), kind
    counted = re.search(r"共(\d+)份：", said(scheme, "records"))
    assert counted is not None
    assert f"共{counted[1]}份" in said(scheme, "records-xlsx")
    assert scheme != "condiment" or counted[1] == "230"


def test_what_is_done_about_findings_has_its_days() -> None:
    for kind in ("actions", "actions-xlsx"):
        words = said("condiment", kind)
        assert "两名电工、两名焊工没有操作证" in words
        assert "2026-12-31" in words
    assert "DTSTART;VALUE=DATE:20261231" in said("condiment", "calendar")
