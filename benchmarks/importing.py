"""An official table of 200 rows becomes a scheme that is read back, as `schemes import` does it.

The rows are those of our own scheme in the sentences of such tables, with merged headings,
subtotals and repeated headers; in a PDF and a Word document rows are cut where a page ends. Beside
each is the reading of the same file alone, without understanding a word: python-calamine for the
workbook, python-docx for the document, PDFium's text for the PDF, csv for the text. Medians.
"""

import csv
import io
import statistics
from itertools import cycle, islice
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pypdfium2
import python_calamine

import schemes
from benchmarks.measure import AtMost, Row, timed
from benchmarks.reading import making
from benchmarks.reading.printing import printed
from schemes.tables.draft import draft
from schemes.tables.folder import write_folder
from schemes.tables.opening import open_table
from schemes.tables.rows import read_rows

ROWS, TIMES = 200, 5
_TARGET = AtMost(3)
_METHOD = (
    "未建立的，不得分；内容不符合规定的，每处扣1分；未以文件形式发布的，扣1分；"
    "未培训的，每人次扣0.5分；缺少一项记录的，扣1分。"
)


def run() -> list[Row]:
    """Import each kind of file, and read it, in turn."""
    rows = _rows()
    found = []
    for name, make, read, peer in (
        ("workbook", making.workbook, _cells, "python-calamine"),
        ("Word document", making.document, _words, "python-docx"),
        ("PDF", printed, _text, "PDFium"),
        ("text", making.pasted, _lines, "csv"),
    ):
        content = make(rows)
        _import(content)
        read(content)
        pairs = [(timed(_import, content), timed(read, content)) for _ in range(TIMES)]
        mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
        found.append(Row(f"import of {ROWS} rows: {name}", mine, peer, other, _TARGET))
    return found


def _rows() -> list[making.Made]:
    scheme = schemes.load("condiment")
    found = []
    for place, item in enumerate(islice(cycle(scheme.items.values()), ROWS)):
        headings = (f"{place // 20 + 1} 类目{place // 20 + 1}", f"项目{place // 5 + 1}")
        found.append(making.Made(headings, item.requirement, str(item.points), _METHOD))
    return found


def _import(content: bytes) -> None:
    made = draft(read_rows(open_table(content)), "试读的表")
    if len(made.items) != ROWS:
        raise RuntimeError(f"{len(made.items)} rows instead of {ROWS}")
    with TemporaryDirectory() as home:
        write_folder(made, Path(home) / "read", "试读的表", None, "表")


def _cells(content: bytes) -> object:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def _words(content: bytes) -> object:
    document = docx.Document(io.BytesIO(content))
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def _text(content: bytes) -> object:
    with pypdfium2.PdfDocument(content) as document:
        return [page.get_textpage().get_text_range() for page in document]


def _lines(content: bytes) -> object:
    return list(csv.reader(io.StringIO(content.decode(), newline=""), delimiter="\t"))
