"""`python -m reports` as other programs run it."""

import json
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from docx import Document

from state.documents.assessment import new_assessment
from state.documents.changes import set_chapter
from state.documents.examples import Example, examples
from state.documents.transfer import export_json
from tests.commands import Finished, in_a_process, run_command
from tests.reports.conftest import poppler, squeezed

ANSWERS = {
    "scheme": "condiment",
    "facets": {"product": ["soy_sauce"], "equipment": ["cold_store"]},
    "performance": {"deaths": 0, "serious_injuries": 0},
    "not_applicable": ["6.2.2"],
    "reviewed": ["1.1.1"],
    "findings": {"2.1.1-c": 2},
}


def _run(*arguments: str | Path) -> Finished:
    return run_command("reports", *arguments)


def _file(folder: Path, content: Any) -> Path:
    path = folder / "answers.json"
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def _text(pdf: Path) -> str:
    return squeezed(poppler("pdftotext", "-raw", pdf, "-"))


def test_answers_become_a_report_without_an_enterprise(tmp_path: Path) -> None:
    report = tmp_path / "out.pdf"
    done = in_a_process("reports", "pdf", _file(tmp_path, ANSWERS), "-o", report)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = _text(report)
    assert "未填写企业名称" in text
    assert "调味品生产企业安全生产标准化评定标准" in text
    assert "2.1.1-c机构与人员设置或配备不符合规定×2处扣分2" in text
    assert "6.2.2台账与检维修计划3标为不适用" in text


def test_answers_become_a_workbook(tmp_path: Path) -> None:
    workbook = tmp_path / "out.xlsx"
    done = _run("xlsx", _file(tmp_path, ANSWERS), "-o", workbook)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    book = openpyxl.load_workbook(workbook, data_only=True)
    assert "未填写企业名称" in book["评分汇总表"]["A2"].value
    assert book["整改情况汇总表"]["D6"].value == "2.1.1-c 设置或配备不符合规定 ×2处"


@pytest.mark.parametrize("sample", examples(), ids=lambda sample: sample.path.stem)
def test_an_exported_assessment_brings_its_enterprise_remarks_and_evidence(
    tmp_path: Path, sample: Example
) -> None:
    exported = json.loads(sample.path.read_text(encoding="utf-8"))
    report = tmp_path / "out.pdf"
    done = _run("pdf", sample.path, "-o", report)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    text = _text(report)
    assert squeezed(exported["profile"]["name"]) in text
    for field in ("remarks", "evidence"):
        assert exported["work"][field]
        for note in exported["work"][field].values():
            assert squeezed(note) in text


@pytest.mark.parametrize("kind", ["docx", "nonconformities"])
def test_an_exported_assessment_becomes_a_word_document(tmp_path: Path, kind: str) -> None:
    source = tmp_path / "export.json"
    assessment = next(s for s in examples() if s.scheme == "condiment").read()
    source.write_bytes(export_json(set_chapter("risk", "", "风险都已辨识")(assessment)))
    report = tmp_path / "out.docx"
    done = _run(kind, source, "-o", report)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    document = Document(str(report))
    assert document.sections[0].header.paragraphs[0].text.startswith(assessment.profile.name)
    text = [paragraph.text for paragraph in document.paragraphs]
    assert ("风险都已辨识" in text) == (kind == "docx")
    assert any(line.startswith("不符合项 1/") for line in text) == (kind != "docx")


def test_answers_bring_their_safety_record_into_a_word_document(tmp_path: Path) -> None:
    report = tmp_path / "out.docx"
    answers = {**ANSWERS, "performance": {"deaths": 0, "serious_injuries": 7}}
    assert _run("docx", _file(tmp_path, answers), "-o", report).returncode == 0
    cells = [row.cells[1].text for t in Document(str(report)).tables for row in t.rows]
    assert "7" in cells


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (
            {**ANSWERS, "findings": {"9.9-z": 1, "2.1.1-c": -2}},
            ["findings.9.9-z", "findings.2.1.1-c"],
        ),
        ({**ANSWERS, "facets": {"product": ["wine"]}, "extra": 1}, ["extra", "facets.product"]),
        ({**ANSWERS, "scheme": "wine"}, ["scheme"]),
        ([ANSWERS], ["（文件）"]),
        ({"kind": "anbiao-assessment"}, ["文件内容有误"]),
    ],
)
def test_bad_answers_are_told_line_by_line_and_nothing_is_written(
    tmp_path: Path, content: Any, problems: list[str]
) -> None:
    report = tmp_path / "out.pdf"
    done = _run("pdf", _file(tmp_path, content), "-o", report)
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert len(lines) == len(problems)
    for line, problem in zip(lines, problems, strict=True):
        assert line.startswith(problem)
    assert not report.exists()


def test_an_export_without_a_standard_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "new.json"
    source.write_bytes(export_json(new_assessment()))
    done = _run("pdf", source, "-o", tmp_path / "out.pdf")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "scheme: 还没有选择标准\n"


def test_a_missing_answers_file_is_named(tmp_path: Path) -> None:
    done = _run("pdf", tmp_path / "none.json", "-o", tmp_path / "out.pdf")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "none.json" in done.stderr


def test_a_missing_output_folder_is_named(tmp_path: Path) -> None:
    report = tmp_path / "missing" / "out.pdf"
    done = _run("pdf", _file(tmp_path, ANSWERS), "-o", report)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(f"{report}: 无法写入")


@pytest.mark.parametrize("arguments", [["pptx", "a.json", "-o", "a.pdf"], ["pdf", "a.json"]])
def test_unknown_kinds_and_missing_arguments_end_with_usage(arguments: list[str]) -> None:
    done = _run(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: python -m reports")


def test_all_documents_come_in_one_package_with_names_windows_accepts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TZ", raising=False)  # the day is Beijing's where none is set
    source = tmp_path / "export.json"
    assessment = examples()[0].read()
    named = assessment.having(profile=assessment.profile.having(name='酱园/甲:"乙"?'))
    source.write_bytes(export_json(named))
    package = tmp_path / "all.zip"
    done = _run("zip", source, "-o", package)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    with zipfile.ZipFile(package) as files:
        day = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
        assert files.namelist() == [
            f"酱园_甲_乙-{name}-{day}.{suffix}"
            for name, suffix in (
                ("自评摘要", "pdf"),
                ("一页摘要", "pdf"),
                ("自评摘要和打分表", "pdf"),
                ("评分表", "xlsx"),
                ("自评报告", "docx"),
                ("打分表", "docx"),
                ("不符合项报告", "docx"),
                ("整改路径", "docx"),
                ("自查表", "docx"),
                ("自查表", "pdf"),
                ("资料清单", "docx"),
                ("资料清单", "xlsx"),
                ("整改清单", "docx"),
                ("整改清单", "xlsx"),
                ("整改期限", "ics"),
            )
        ]
        assert all(info.flag_bits & 0x800 for info in files.infolist())  # names in UTF-8
        assert files.testzip() is None
        assert files.read(f"酱园_甲_乙-自评摘要-{day}.pdf").startswith(b"%PDF")
