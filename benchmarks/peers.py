"""Libraries that documents are measured beside, each making tables alone: the same rows.

A maker is called once and keeps what can be kept: fonts, a style sheet, a template.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from io import BytesIO
from json import dumps
from pathlib import Path

import openpyxl
import typst
import weasyprint
from docx import Document
from docxtpl import DocxTemplate
from weasyprint.text import fonts

from benchmarks.tables import Rows, Table, html
from schemes.paths import ASSETS

FONTS = {weight: ASSETS / "fonts" / f"NotoSansSC-{weight}.ttf" for weight in ("Regular", "Bold")}

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
_WORD = [
    ["{%tc for cell in table.header %}", "{{ cell }}", "{%tc endfor %}"],
    ["{%tr for row in table.rows %}", "", ""],
    ["{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"],
    ["{%tr endfor %}", "", ""],
]
"""Cells of a table of which docxtpl makes one as wide and as long as needed."""


def typst_maker(folder: Path) -> Callable[[Sequence[Table]], bytes]:
    """PDF by typst. folder: has the fonts and no others."""
    found = typst.Fonts(include_system_fonts=False, font_paths=[folder])

    def make(tables: Sequence[Table]) -> bytes:
        data = dumps([asdict(table) for table in tables])
        return bytes(typst.compile(_TYPST.encode(), font_paths=found, sys_inputs={"tables": data}))

    return make


def weasyprint_maker() -> Callable[[Sequence[Table]], bytes]:
    """PDF by WeasyPrint, of HTML."""
    faces = [
        f"@font-face {{ font-family: Report; font-weight: {weight};"
        f" src: url({FONTS[name].as_uri()}) }}"
        for weight, name in (("normal", "Regular"), ("bold", "Bold"))
    ]
    found = fonts.FontConfiguration()
    style = weasyprint.CSS(string="\n".join([*faces, _CSS]), font_config=found)

    def make(tables: Sequence[Table]) -> bytes:
        page = weasyprint.HTML(string=html(tables))
        return bytes(page.write_pdf(stylesheets=[style], font_config=found))

    return make


def docxtpl_maker() -> Callable[[Sequence[Table]], bytes]:
    """Word by docxtpl, of a template with one table in a loop."""
    document = Document()
    document.add_paragraph("{%p for table in tables %}")
    pattern = document.add_table(len(_WORD), 3, "Table Grid")
    for row, texts in zip(pattern.rows, _WORD, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("{%p endfor %}")
    template = BytesIO()
    document.save(template)

    def make(tables: Sequence[Table]) -> bytes:
        filled = DocxTemplate(BytesIO(template.getvalue()))
        filled.render({"tables": [asdict(table) for table in tables]}, autoescape=True)
        file = BytesIO()
        filled.save(file)
        return file.getvalue()

    return make


def openpyxl_workbook(sheets: dict[str, Rows]) -> bytes:
    """Workbook by openpyxl: values and formulas, without formats."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    file = BytesIO()
    book.save(file)
    return file.getvalue()
