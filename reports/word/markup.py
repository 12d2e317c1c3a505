"""WordprocessingML as text: paragraphs, tables and pictures, each in the order of the schema.

Word documents are mostly tables; a whole body is written as text and parsed once, which takes a
tenth of the time of making element after element. Everything typed goes through `words`, so
that nothing of it becomes markup or a field.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from reports.content.turning import signed

TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""

EMUS = 36_000
"""English metric units in a millimetre."""

_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters, and what XML cannot hold at all."""

_BREAKS = re.compile("([\t\n])")
_ALIGN = {"L": "left", "C": "center", "R": "right"}
_PALE, _FAINT = "EEF3F8", "F6F6F6"
_GREY, _RED = "6E7882", "B02A1E"

_LONG = 300
"""Characters with which a text may fill a good part of a page in a narrow column."""


def clean(text: str) -> str:
    """Text that a Word file can hold; marks that turn the direction of writing as signs."""
    return signed(_UNPRINTABLE.sub("", text))


@dataclass(frozen=True, slots=True)
class Ink:
    """How words look. size: points; 0 for the paragraph's own. marked: cannot be overlooked."""

    bold: bool = False
    marked: bool = False
    colour: str = ""
    size: float = 0


PLAIN = Ink()
BOLD, GREY, RED = Ink(bold=True), Ink(colour=_GREY), Ink(bold=True, colour=_RED)


def words(text: str, ink: Ink = PLAIN) -> str:
    """A run of text; its tabs and line breaks are Word's."""
    pieces = []
    for piece in _BREAKS.split(clean(text)):
        if piece == "\t":
            pieces.append("<w:tab/>")
        elif piece == "\n":
            pieces.append("<w:br/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r>{_run_properties(ink)}{''.join(pieces)}</w:r>"


def _run_properties(ink: Ink) -> str:
    if ink is PLAIN:
        return ""
    found = "<w:b/>" if ink.bold else ""
    if ink.colour:
        found += f'<w:color w:val="{ink.colour}"/>'
    if ink.size:
        found += f'<w:sz w:val="{round(2 * ink.size)}"/>'
    if ink.marked:
        found += '<w:highlight w:val="yellow"/>'
    return f"<w:rPr>{found}</w:rPr>" if found else ""


def paragraph(
    content: str, style: str = "", *, align: str = "", keep: bool = False, new_page: bool = False
) -> str:
    """A paragraph.

    content: runs. style: its id. align: L, C or R. keep: on the page of what follows.
    """
    found = f'<w:pStyle w:val="{style}"/>' if style else ""
    if keep:
        found += "<w:keepNext/>"
    if new_page:
        found += "<w:pageBreakBefore/>"
    if align:
        found += f'<w:jc w:val="{_ALIGN[align]}"/>'
    properties = f"<w:pPr>{found}</w:pPr>" if found else ""
    return f"<w:p>{properties}{content}</w:p>"


def apart(runs: Sequence[str], width: float) -> str:
    """A line of one run on the left and one on the right. width: millimetres of the line."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{round(width * TWIPS)}"/></w:tabs>'
    return f"<w:p><w:pPr>{tab}</w:pPr>{'<w:r><w:tab/></w:r>'.join(runs)}</w:p>"


def gap() -> str:
    """A narrow gap, which also keeps a table from growing together with the next."""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{spacing}</w:pPr></w:p>"


def end_of_section(properties: str) -> str:
    """A paragraph that is hardly there and ends a section. properties: the section's."""
    spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{spacing}{properties}</w:pPr></w:p>"


def anchored(content: str, name: str, number: int) -> str:
    """Runs that a link can lead to."""
    mark = f'w:id="{number}"'
    return f'<w:bookmarkStart {mark} w:name="{name}"/>{content}<w:bookmarkEnd {mark}/>'


def link(content: str, name: str) -> str:
    """Runs that lead to what is anchored by that name."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell.

    align: L, C or R. label: names what stands beside or below it. span: columns it takes.
    keep: on the page of the row below. goes_on: part of the cell above; begins: another below
    may be part of it. picture: instead of text.
    """

    text: str
    align: str = "L"
    label: bool = False
    ink: Ink = PLAIN
    span: int = 1
    keep: bool = False
    goes_on: bool = False
    begins: bool = False
    faint: bool = False
    picture: str = ""


CELL = "TableText"
"""Id of the style of paragraphs in cells."""


def row(
    cells: Sequence[Cell], widths: Sequence[int], *, header: bool = False, height: float = 0
) -> str:
    """A row, which moves to the next page rather than be split, unless long.

    cells: take all columns. widths: of the columns, in twips. header: repeated on every page.
    height: millimetres at least.
    """
    found = ""
    if all(len(cell.text) < _LONG for cell in cells):
        found += "<w:cantSplit/>"
    if height:
        found += f'<w:trHeight w:val="{round(height * TWIPS)}" w:hRule="atLeast"/>'
    if header:
        found += "<w:tblHeader/>"
    properties = f"<w:trPr>{found}</w:trPr>" if found else ""
    place, made = 0, []
    for cell in cells:
        made.append(_cell(cell, sum(widths[place : place + cell.span])))
        place += cell.span
    return f"<w:tr>{properties}{''.join(made)}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    found = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.span > 1:
        found += f'<w:gridSpan w:val="{cell.span}"/>'
    if cell.goes_on:
        found += "<w:vMerge/>"
    elif cell.begins:
        found += '<w:vMerge w:val="restart"/>'
    fill = _PALE if cell.label else _FAINT if cell.faint else ""
    if fill:
        found += f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'
    found += '<w:vAlign w:val="center"/>'
    ink = BOLD if cell.label and cell.ink is PLAIN else cell.ink
    content = cell.picture or words(cell.text, ink)
    text = paragraph(content, CELL, keep=cell.keep, align=cell.align)
    return f"<w:tc><w:tcPr>{found}</w:tcPr>{text}</w:tc>"


def table(rows: Sequence[str], widths: Sequence[int]) -> str:
    """A table of rows made with the same widths."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def twips(widths: Sequence[float], all_together: float) -> list[int]:
    """Relative widths as twips. all_together: millimetres."""
    return [round(width * all_together * TWIPS / sum(widths)) for width in widths]


def picture(relation: str, number: int, name: str, size: tuple[float, float]) -> str:
    """A run with a picture. name: what it shows. size: width and height in millimetres."""
    across, down = (round(side * EMUS) for side in size)
    extent = f'cx="{across}" cy="{down}"'
    told = quoteattr(clean(name).replace("\n", " "))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr={told}/>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}" descr={told}/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/>'
        "<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {extent}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
