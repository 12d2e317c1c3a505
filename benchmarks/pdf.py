"""The PDFs of a full assessment by each standard with 150 findings, in a warm process.

Beside each its tables alone, the same rows, by typst and by WeasyPrint with the same two font
files. Every run reports another assessment, as a server does, so that nothing is answered from the
run before; the three take turns; medians.
"""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

import pypdfium2

import schemes
from benchmarks.measure import AtMost, Row, timed
from benchmarks.peers import FONTS, typst_maker, weasyprint_maker
from benchmarks.subject import full_assessment, scored
from benchmarks.tables import Table, signs, tables_of
from reports import Subject
from reports.documents import DOCUMENTS
from scoring import Result

WARM_UP, RUNS = 1, 9

_KINDS: dict[str, tuple[str, dict[str, AtMost | None]]] = {
    "pdf": ("summary PDF", {"typst": AtMost(3, relative=True), "WeasyPrint": None}),
    "onepage": ("one-page PDF", {"typst": AtMost(0.12), "WeasyPrint": None}),
}
"""What a kind of document is called here, and its targets by what stands beside it."""


@dataclass(frozen=True, slots=True)
class _Report:
    """One assessment to report, and the tables of its report."""

    result: Result
    subject: Subject
    tables: Sequence[Table]


def run() -> list[Row]:
    """Let the three take turns over the same assessments."""
    return [
        row
        for kind in _KINDS
        for scheme_id in schemes.available()
        for row in _beside_peers(kind, scheme_id)
    ]


def _beside_peers(kind: str, scheme_id: str) -> list[Row]:
    reports = [_report(kind, scheme_id, seed) for seed in range(WARM_UP + RUNS)]
    document = DOCUMENTS[kind]
    name, targets = _KINDS[kind]
    with TemporaryDirectory() as scratch:
        for file in FONTS.values():
            copy(file, scratch)
        by_typst, by_weasyprint = typst_maker(Path(scratch)), weasyprint_maker()
        makers: list[Callable[[_Report], bytes]] = [
            lambda report: document.make(report.result, report.subject),
            lambda report: by_typst(report.tables),
            lambda report: by_weasyprint(report.tables),
        ]
        for make in makers:
            _check(make(reports[0]), reports[0].tables)
        times = [[timed(make, report) for make in makers] for report in reports][WARM_UP:]
    found = len(reports[0].result.losses)
    ours, *peers = [statistics.median(column) for column in zip(*times, strict=True)]
    return [
        Row(
            f"{name} of {scheme_id}, {found} findings",
            ours,
            f"{beside}, tables only",
            peer,
            targets[beside],
        )
        for beside, peer in zip(["typst", "WeasyPrint"], peers, strict=True)
    ]


def _report(kind: str, scheme_id: str, seed: int) -> _Report:
    """An assessment, and the tables of one of its documents."""
    assessment = full_assessment(scheme_id, seed)
    result = scored(assessment)
    subject = Subject.of(result.scheme, assessment, date.today())
    return _Report(result, subject, tables_of(kind, result, subject))


def _check(pdf: bytes, tables: Sequence[Table]) -> None:
    """Raises: ValueError when the PDF holds less text than the tables."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    printed = sum(len("".join(p.get_textpage().get_text_range().split())) for p in document)
    if printed < signs(tables):
        raise ValueError("a PDF lacks some of the rows")
