"""Rows of a Word table, the XML of each written in one pass.

python-docx sets one property of one cell at a time, and every time looks for its place in the
schema's order; a thousand cells take it seconds. Here the calls stand in that order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.table import Table
from lxml.etree import SubElement

CELL = "Table Text"
"""Style of the paragraphs in cells."""

_ALIGN = {"L": "left", "C": "center", "R": "right"}
_PALE = "EEF3F8"

_LONG = 300
"""Characters with which a text may fill a good part of a page in a narrow column."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    text: without characters that XML cannot hold. align: L, C or R. label: names what stands
    beside or below it. marked: cannot be overlooked. span: columns it takes.
    keep: on the page of the row below.
    """

    text: str
    align: str = "L"
    label: bool = False
    marked: bool = False
    span: int = 1
    keep: bool = False


def add_row(
    table: Table, cells: Sequence[Cell], *, header: bool = False, height: float = 0
) -> None:
    """Add a row at the end, which moves to the next page rather than be split, unless long.

    cells: take all columns. header: repeated on every page. height: millimetres at least.
    """
    row = _add(table._tbl, "tr")
    if all(len(cell.text) < _LONG for cell in cells):
        _add(row.get_or_add_trPr(), "cantSplit")
    if height:
        least = str(Mm(height).twips)
        _add(row.get_or_add_trPr(), "trHeight", val=least, hRule="atLeast")
    if header:
        _add(row.get_or_add_trPr(), "tblHeader")
    widths = [int(column.get(_name("w"))) for column in table._tbl.tblGrid.gridCol_lst]
    for cell in cells:
        _add_cell(row, cell, sum(widths[: cell.span]))
        del widths[: cell.span]


def _add_cell(row: BaseOxmlElement, cell: Cell, width: int) -> None:
    """width: twentieths of a point."""
    element = _add(row, "tc")
    properties = _add(element, "tcPr")
    _add(properties, "tcW", type="dxa", w=str(width))
    if cell.span > 1:
        _add(properties, "gridSpan", val=str(cell.span))
    if cell.label:
        _add(properties, "shd", val="clear", color="auto", fill=_PALE)
    _add(properties, "vAlign", val="center")
    _add_paragraph(element, cell)


def _add_paragraph(element: BaseOxmlElement, cell: Cell) -> None:
    paragraph = _add(element, "p")
    properties = _add(paragraph, "pPr")
    _add(properties, "pStyle", val=CELL.replace(" ", ""))  # by its id
    if cell.keep:
        _add(properties, "keepNext")
    _add(properties, "jc", val=_ALIGN[cell.align])
    run = _add(paragraph, "r")
    properties = _add(run, "rPr")
    if cell.label:
        _add(properties, "b")
    if cell.marked:
        _add(properties, "highlight", val="yellow")
    run.text = cell.text  # python-docx makes text, tabs and line breaks of it, nothing else


def _add(parent: BaseOxmlElement, name: str, **attributes: str) -> BaseOxmlElement:
    """A new last child, of the class that python-docx has for its name."""
    child: BaseOxmlElement = SubElement(
        parent, _name(name), {_name(k): v for k, v in attributes.items()}
    )
    return child


@cache
def _name(name: str) -> str:
    return qn(f"w:{name}")
