"""The summary PDF of a full assessment by each standard with 150 findings, in a warm process.

Beside it the report's tables alone, the same rows, by typst and by WeasyPrint with the same two
font files. Every run reports another assessment, as a server does, so that nothing is answered
from the run before; the three take turns; medians.
"""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from html import escape
from io import BytesIO
from json import dumps
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pypdfium2
import typst
import weasyprint
from weasyprint.text import fonts

import schemes
from benchmarks.measure import AtMost, Row, timed
from benchmarks.subject import full_assessment, scored
from reports import Subject, lights, summary, summary_pdf
from reports.sheet import Sheet
from reports.tables import Table
from scoring import Result
from state.paths import ASSETS

WARM_UP, RUNS = 1, 9

_FONTS = {"normal": "NotoSansSC-Regular.ttf", "bold": "NotoSansSC-Bold.ttf"}
_TARGET = AtMost(1.0)

_TYPST = """\
#set page(paper: "a4", margin: 16mm)
#set text(font: "Noto Sans SC", size: 8.5pt, lang: "zh")
#show table.cell.where(y: 0): set text(weight: "bold")
#let sides = (L: left, C: center, R: right)
#for one in json(bytes(sys.inputs.tables)) {
  table(
    columns: one.widths.map(width => width * 1fr),
    align: one.align.clusters().map(letter => sides.at(letter)),
    stroke: (x: none, y: 0.2pt),
    inset: (x: 1.2mm, y: 0.8mm),
    table.header(..one.header),
    ..one.rows.flatten(),
  )
}
"""
_CSS = """\
@page { size: A4; margin: 16mm }
body { font: 8.5pt Report }
table { width: 100%; border-collapse: collapse; table-layout: fixed; margin-bottom: 4mm }
th, td { border: solid #6e7882; border-width: 0.2pt 0; padding: 0.8mm 1.2mm }
th, td { vertical-align: top; overflow-wrap: anywhere }
.L { text-align: left } .C { text-align: center } .R { text-align: right }
"""


@dataclass(frozen=True, slots=True)
class _Table:
    """What the report hands to `grid`."""

    header: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float]
    align: str


@dataclass(frozen=True, slots=True)
class _Report:
    """One assessment to report, and the tables of its report."""

    result: Result
    subject: Subject
    tables: list[_Table]


def run() -> list[Row]:
    """Let the three take turns over the same assessments."""
    return [row for scheme_id in schemes.available() for row in _beside_peers(scheme_id)]


def _beside_peers(scheme_id: str) -> list[Row]:
    reports = [_report(scheme_id, seed) for seed in range(WARM_UP + RUNS)]
    with TemporaryDirectory() as scratch:
        for file in _FONTS.values():
            copy(ASSETS / "fonts" / file, scratch)
        makers = [_summary, _typst_maker(Path(scratch)), _weasyprint_maker(Path(scratch))]
        for make in makers:
            _check(make(reports[0]), reports[0].tables)
        times = [[timed(make, report) for make in makers] for report in reports][WARM_UP:]
    found = len(reports[0].result.losses)
    ours, *peers = [statistics.median(column) for column in zip(*times, strict=True)]
    return [
        Row(
            f"summary PDF of {scheme_id}, {found} findings",
            ours,
            f"{name}, tables only",
            peer,
            _TARGET,
        )
        for name, peer in zip(["typst", "WeasyPrint"], peers, strict=True)
    ]


def _report(scheme_id: str, seed: int) -> _Report:
    """An assessment, and its tables as they pass through `grid`."""
    assessment = full_assessment(scheme_id, seed)
    result = scored(assessment)
    subject = Subject.of(result.scheme, assessment, date.today())
    tables: list[_Table] = []

    def keep(_: Sheet, table: Table, widths: Sequence[float], align: str, *__: object) -> None:
        tables.append(_Table(*table, widths, align))

    with patch.object(summary, "grid", keep), patch.object(lights, "grid", keep):
        summary_pdf(result, subject)
    return _Report(result, subject, tables)


def _summary(report: _Report) -> bytes:
    return summary_pdf(report.result, report.subject)


def _typst_maker(folder: Path) -> Callable[[_Report], bytes]:
    """Typst with its fonts found and kept."""
    found = typst.Fonts(include_system_fonts=False, font_paths=[folder])

    def make(report: _Report) -> bytes:
        data = dumps([asdict(table) for table in report.tables])
        return bytes(typst.compile(_TYPST.encode(), font_paths=found, sys_inputs={"tables": data}))

    return make


def _weasyprint_maker(folder: Path) -> Callable[[_Report], bytes]:
    """WeasyPrint with its fonts and style sheet read and kept."""
    faces = [
        f"@font-face {{ font-family: Report; font-weight: {weight};"
        f" src: url({(folder / file).as_uri()}) }}"
        for weight, file in _FONTS.items()
    ]
    found = fonts.FontConfiguration()
    style = weasyprint.CSS(string="\n".join([*faces, _CSS]), font_config=found)

    def make(report: _Report) -> bytes:
        page = weasyprint.HTML(string="".join(map(_html, report.tables)))
        return bytes(page.write_pdf(stylesheets=[style], font_config=found))

    return make


def _html(table: _Table) -> str:
    columns = "".join(f'<col style="width: {100 * w / sum(table.widths)}%">' for w in table.widths)
    rows = "".join(_html_row("td", row, table.align) for row in table.rows)
    header = _html_row("th", table.header, table.align)
    return f"<table><colgroup>{columns}</colgroup><thead>{header}</thead>{rows}</table>"


def _html_row(tag: str, cells: Sequence[str], align: str) -> str:
    pairs = zip(cells, align, strict=True)
    inner = "".join(f'<{tag} class="{side}">{escape(cell)}</{tag}>' for cell, side in pairs)
    return f"<tr>{inner}</tr>"


def _check(pdf: bytes, tables: list[_Table]) -> None:
    """Raises: ValueError when the PDF holds less text than the tables."""
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    printed = sum(len("".join(p.get_textpage().get_text_range().split())) for p in document)
    cells = (cell for table in tables for row in [table.header, *table.rows] for cell in row)
    if printed < sum(len("".join(cell.split())) for cell in cells):
        raise ValueError("a PDF lacks some of the rows")
