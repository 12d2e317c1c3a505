"""Answers that the standard does not know: said beside the total in every document."""

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from reports import DOCUMENTS, Subject
from schemes import Library, load
from scoring import Result, score
from state.documents import changes
from state.documents.assessment import Assessment, SavedAnswers, Work, answers_of, new_assessment
from state.documents.transfer import export_json
from state.documents.versions import adopt_version
from tests.commands import Finished, run_command
from tests.conftest import LIBRARY
from tests.reports.conftest import MADE_ON, assessment_of, everything_present, poppler, squeezed

WORDS = (
    "有6处回答在标准的1.1版中没有对应内容，已保留但没有计入总分：9.0-z、9.1-z、9.2-z、9.3-z、9.4-z…"
)
"""The warning, without white space."""

FIVE = [changes.set_finding(f"9.{n}-z", 3) for n in range(5)]
NOTE = changes.set_text("remarks", "8.8", "", "写在别处的备注")


def _strange(*others: changes.Change) -> Assessment:
    scheme = load("condiment")
    everything = changes.set_reviewed(list(scheme.items), True)
    record = [changes.set_performance(question.id, 0) for question in scheme.performance]
    present = everything_present(scheme)
    return assessment_of(scheme, *present, *record, everything, *FIVE, NOTE, *others)


def _scored(assessment: Assessment) -> tuple[Result, Subject]:
    scheme = load("condiment")
    result = score(scheme, answers_of(scheme, assessment.work))
    return result, Subject.of(scheme, assessment, MADE_ON)


def _pdf(content: bytes, folder: Path) -> list[str]:
    path = folder / "document.pdf"
    path.write_bytes(content)
    return [squeezed(page) for page in poppler("pdftotext", "-raw", path, "-").split("\f")]


def _docx(content: bytes) -> list[str]:
    return [squeezed(p.text) for p in Document(io.BytesIO(content)).paragraphs]


def _xlsx(content: bytes) -> dict[str, list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return {
        sheet.title: [squeezed(str(cell.value)) for row in sheet for cell in row if cell.value]
        for sheet in book
    }


def test_five_unknown_findings_make_a_perfect_total_that_no_document_leaves_alone(
    tmp_path: Path,
) -> None:
    result, subject = _scored(_strange())
    assert (str(result.total), result.grade_name) == ("100.0", "一级")
    made = {kind: DOCUMENTS[kind].make(result, subject) for kind in DOCUMENTS}
    first, *_ = _pdf(made["pdf"], tmp_path)
    assert f"▲{WORDS}" in first
    (only, *_) = _pdf(made["onepage"], tmp_path)
    assert f"▲{WORDS}" in only
    report = _docx(made["docx"])
    assert report.index(f"▲{WORDS}") == report.index("各条得分合计1000/1000分") + 1
    forms = [line for line in _docx(made["nonconformities"]) if line]
    assert forms[1] == f"▲{WORDS}"
    assert forms[3] == "没有记录不符合项。"
    scores = _xlsx(made["xlsx"])["评分汇总表"]
    assert any(line.endswith(f"▲{WORDS}。") for line in scores)
    assert f"注意：{WORDS}" in scores
    with zipfile.ZipFile(io.BytesIO(made["zip"])) as package:
        assert len(package.namelist()) == 12


def test_the_summary_lists_every_id(tmp_path: Path) -> None:
    result, subject = _scored(_strange())
    text = "".join(_pdf(DOCUMENTS["pdf"].make(result, subject), tmp_path))
    every = "没有计入总分的回答，全部6处：9.0-z、9.1-z、9.2-z、9.3-z、9.4-z、8.8"
    assert every in text


def test_forms_for_what_was_found_begin_with_the_warning() -> None:
    result, subject = _scored(_strange(changes.set_finding("2.1.1-c", 2)))
    lines = [line for line in _docx(DOCUMENTS["nonconformities"].make(result, subject)) if line]
    assert lines[:2] == ["不符合项报告", f"▲{WORDS}"]


@pytest.mark.parametrize("kind", ["pdf", "onepage", "docx", "nonconformities"])
def test_without_unknown_answers_nothing_is_said(kind: str, tmp_path: Path) -> None:
    scheme = load("condiment")
    made = DOCUMENTS[kind].make(*_scored(assessment_of(scheme, *everything_present(scheme))))
    text = "".join(_pdf(made, tmp_path) if DOCUMENTS[kind].suffix == "pdf" else _docx(made))
    assert "没有计入总分" not in text


Report = Callable[..., Finished]


@pytest.fixture
def report(tmp_path: Path) -> Report:
    """Make a document of a file as other programs do."""

    def run(content: bytes, *arguments: str | Path) -> Finished:
        path = tmp_path / "given.json"
        path.write_bytes(content)
        return run_command("reports", *arguments, path, "-o", tmp_path / "made")

    return run


def test_the_command_says_on_standard_error_what_does_not_count(report: Report) -> None:
    done = report(export_json(_strange()), "onepage")
    assert (done.returncode, done.stdout) == (0, "")
    assert squeezed(done.stderr) == WORDS


WORKSHOP = Work(scheme_version="1.0", answers=SavedAnswers(findings={"1.1.1-a": 3}))


def test_an_export_is_reported_by_the_version_it_was_answered_with(
    report: Report, tmp_path: Path
) -> None:
    """6 points of 100, the site's among them until it is answered; in 1.1 it is another clause."""
    kept = new_assessment().having(scheme="workshop", work=WORKSHOP)
    done = report(export_json(kept), "pdf", "--scheme", LIBRARY / "workshop")
    assert (done.returncode, done.stderr) == (0, "")
    text = squeezed(poppler("pdftotext", "-raw", tmp_path / "made", "-"))
    assert "标准文件版本1.0" in text
    assert "各条得分合计94/100分（未核查的按满分计）" in text
    assert "1.1.1-a" in text
    assert "1.1.2-d" not in text


def test_an_export_of_another_version_is_refused(report: Report) -> None:
    kept = new_assessment().having(scheme="workshop", work=WORKSHOP.having(scheme_version="3"))
    done = report(export_json(kept), "pdf", "--scheme", LIBRARY / "workshop")
    assert done.returncode == 2
    assert "没有这一版（已有：1.0、1.1）" in done.stderr


def test_answers_for_a_standard_not_installed_become_a_document(report: Report) -> None:
    raw = {"scheme": "workshop", "findings": {"1.1.2-b": 1, "1.1.2-c": 1}}
    done = report(json.dumps(raw).encode(), "xlsx", "--scheme", LIBRARY / "workshop")
    assert done.returncode == 0
    assert done.stderr == "1.1.2-b、1.1.2-c 在新版中合并为 1.1.2-b，记录已合在一起，请核对\n"
    assert report(json.dumps(raw).encode(), "xlsx").returncode == 2


def test_a_reassessment_by_a_newer_version_is_compared_and_both_are_named(tmp_path: Path) -> None:
    library = Library(LIBRARY)
    history = library.history("workshop")
    kept = new_assessment().having(scheme="workshop", work=WORKSHOP)
    for change in (changes.start_reassessment(date(2026, 10, 1)), adopt_version(history)):
        kept = change(kept)
    result = score(history[-1], answers_of(history[-1], kept.work))
    subject = Subject.of(history[-1], kept, MADE_ON, library)
    text = "".join(_pdf(DOCUMENTS["pdf"].make(result, subject), tmp_path))
    assert "自评（按1.0版）：" in text
    assert "复评（按1.1版）：" in text
    for kind in DOCUMENTS:
        assert DOCUMENTS[kind].make(result, subject)


def test_an_element_of_one_version_only_stands_alone_in_the_comparison(tmp_path: Path) -> None:
    """The workshop's site is an element of its first version only."""
    folder = tmp_path / "workshop"
    shutil.copytree(LIBRARY / "workshop", folder)
    (folder / "elements" / "02-site.yaml").unlink()
    main = folder / "scheme.yaml"
    text = main.read_text("utf-8").replace("full: 100", "full: 60")
    head, _, rest = text.partition("facets:")
    main.write_text(head + "performance:" + rest.partition("performance:")[2], "utf-8")
    library = Library(tmp_path)
    history = library.history("workshop")
    everything = {"kind": ["b"], "things": ["crane"]}
    work = WORKSHOP.having(answers=WORKSHOP.answers.having(facets=everything))
    kept = new_assessment().having(scheme="workshop", work=work)
    for change in (changes.start_reassessment(date(2026, 10, 1)), adopt_version(history)):
        kept = change(kept)
    result = score(history[-1], answers_of(history[-1], kept.work))
    subject = Subject.of(history[-1], kept, MADE_ON, library)
    assert subject.before is not None
    pdf = "".join(_pdf(DOCUMENTS["pdf"].make(result, subject), tmp_path))
    assert "2现场40无—" in pdf
