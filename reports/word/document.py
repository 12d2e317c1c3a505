"""A Word document in the house style: fonts, headings, tables, fields.

Whatever users typed goes through python-docx's text runs, so nothing of it becomes
markup or a field; fields are made by `_field` alone, from constants.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast

from docx import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_COLOR_INDEX, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table
from docx.text.paragraph import Paragraph

from reports.word.table_xml import CELL, Cell, add_row

WIDTH = 160
"""Millimetres between the margins."""

_LATIN, _SONG, _HEI = "Times New Roman", "宋体", "黑体"
_BODY, _TOC = "Normal", "toc"
NOTE, CAPTION, NAME, FRONT = _EXTRA = ("Note", "Below Picture", "Cover Name", "Front Heading")
"""Styles of paragraphs: small print, the same below a picture, a cover's name, 目录."""

_ALIGN = {
    "L": WD_ALIGN_PARAGRAPH.LEFT,
    "C": WD_ALIGN_PARAGRAPH.CENTER,
    "R": WD_ALIGN_PARAGRAPH.RIGHT,
}


@dataclass(frozen=True, slots=True)
class _Look:
    """A paragraph style. size, above, below: points. line: spacing in lines."""

    font: str
    size: float
    above: float = 0
    below: float = 4
    line: float | None = None
    align: str = "L"


_LOOKS = {
    _BODY: _Look(_SONG, 11, line=1.4),
    CELL: _Look(_SONG, 9, above=1.5, below=1.5, line=1.1),
    "Header": _Look(_SONG, 9, align="C"),
    "Footer": _Look(_SONG, 9, align="C"),
    "Title": _Look(_HEI, 26, below=60, align="C"),
    "Heading 1": _Look(_HEI, 16, above=18, below=6),
    "Heading 2": _Look(_HEI, 13, above=10, below=6),
    NOTE: _Look(_SONG, 9),
    CAPTION: _Look(_SONG, 9, align="C"),
    NAME: _Look(_HEI, 20, above=110, below=10, align="C"),
    FRONT: _Look(_HEI, 16, below=12, align="C"),
}
_BLACK = RGBColor(0, 0, 0)

_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters, and what XML cannot hold at all."""

_LONGEST_TITLE = 255
"""Of a document's properties, in characters."""


def clean(text: str) -> str:
    """Text without characters that a Word file cannot hold."""
    return _UNPRINTABLE.sub("", text)


class WordDocument:
    """An A4 portrait document with a header, page numbers and Chinese fonts."""

    def __init__(self, title: str, heading: str, made_on: date, *, cover: bool) -> None:
        """Start a document.

        heading: stands at the head of every page. cover: whether the first page has
        neither head nor foot.
        """
        self._document = Document()
        self._titles: list[tuple[str, int]] = []
        self._contents: Paragraph | None = None
        self._properties(title, made_on)
        self._styles()
        self._page(heading, cover)

    def _properties(self, title: str, made_on: date) -> None:
        core = self._document.core_properties
        core.title = clean(title)[:_LONGEST_TITLE]
        core.author = core.last_modified_by = "安标自评"
        core.comments, core.language = "", "zh-CN"
        core.created = core.modified = datetime.combine(made_on, time())

    def _styles(self) -> None:
        styles = self._document.styles
        for name in (CELL, *_EXTRA):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles[_BODY]
        for level in (1, 2):
            entry = styles.add_style(f"{_TOC} {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            entry.base_style = styles[_BODY]
            form = self._paragraph_style(f"{_TOC} {level}").paragraph_format
            form.left_indent = Pt(22 * (level - 1))
            form.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
        for name, look in _LOOKS.items():
            self._dress(name, look)
        borders = styles["Title"].element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
        borders.getparent().remove(borders)
        for element in (styles.element, self._document.settings.element):
            for language in element.iter(qn("w:lang"), qn("w:themeFontLang")):
                language.set(qn("w:eastAsia"), "zh-CN")

    def _dress(self, name: str, look: "_Look") -> None:
        """Set a style; what its template says of a theme's fonts is dropped."""
        style = self._paragraph_style(name)
        style.font.size, style.font.color.rgb = Pt(look.size), _BLACK
        form = style.paragraph_format
        form.space_before, form.space_after = Pt(look.above), Pt(look.below)
        form.line_spacing, form.alignment = look.line, _ALIGN[look.align]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        for slot in ("ascii", "hAnsi", "cs"):
            fonts.set(qn(f"w:{slot}"), _LATIN)
        fonts.set(qn("w:eastAsia"), look.font)

    def _paragraph_style(self, name: str) -> ParagraphStyle:
        return cast("ParagraphStyle", self._document.styles[name])

    def _page(self, heading: str, cover: bool) -> None:
        section = self._document.sections[0]
        section.orientation = WD_ORIENTATION.PORTRAIT
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm((210 - WIDTH) / 2)
        section.top_margin, section.bottom_margin = Mm(26), Mm(22)
        section.header_distance, section.footer_distance = Mm(14), Mm(12)
        section.different_first_page_header_footer = cover
        head = section.header.paragraphs[0]
        _run(head, heading.replace("\n", " "))
        foot = section.footer.paragraphs[0]
        for words, instruction in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES")):
            _run(foot, words)
            _field(foot, instruction, "1")
        _run(foot, " 页")

    def heading(self, text: str, level: int = 1, *, new_page: bool = False) -> None:
        """A heading that the table of contents lists."""
        paragraph = self._document.add_heading(clean(text), level)
        paragraph.paragraph_format.page_break_before = new_page or None
        self._titles.append((clean(text), level))

    def paragraph(
        self, text: str, style: str = _BODY, *, bold: bool = False, new_page: bool = False
    ) -> None:
        """A paragraph in one of the styles above."""
        paragraph = self._document.add_paragraph(style=style)
        paragraph.paragraph_format.page_break_before = new_page or None
        _run(paragraph, text, bold=bold)

    def title(self, text: str) -> None:
        """The large title of a cover."""
        self._document.add_paragraph(clean(text), style="Title")

    def prose(self, text: str) -> None:
        """What somebody wrote, line by line, each beginning two characters further in."""
        for line in clean(text).splitlines():
            if line.strip():
                paragraph = self._document.add_paragraph(line.strip())
                paragraph.paragraph_format.first_line_indent = Pt(22)

    def missing(self, what: str) -> None:
        """A mark that cannot be overlooked, where the enterprise has yet to write something."""
        _mark(self._document.add_paragraph(), what)

    def contents(self) -> None:
        """The table of contents; Word brings it up to date when it opens the file."""
        self._contents = self._document.add_paragraph()

    def facts(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names and values; an empty value is marked as missing."""
        table = self._table((42, WIDTH - 42))
        for name, value in rows:
            known = Cell(clean(value)) if value else Cell(_missing(name), marked=True)
            add_row(table, [Cell(clean(name), label=True), known])
        self._space()

    def grid(
        self,
        header: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        align: str,
        total: tuple[str, str] | None = None,
    ) -> None:
        """A table whose header repeats on every page.

        widths: relative. align: one letter a column, L, C or R. total: the last row, what is
        added up and the sum, which stands in the last column.
        """
        table = self._table([width * WIDTH / sum(widths) for width in widths])
        names = [Cell(clean(text), "C", label=True, keep=True) for text in header]
        add_row(table, names, header=True)
        for texts in rows:
            pairs = zip(texts, align, strict=True)
            add_row(table, [Cell(clean(text), letter) for text, letter in pairs])
        if total:
            name, value = total
            add_row(table, [Cell(name, "R", label=True, span=len(header) - 1), Cell(value, "R")])
        self._space()

    def form(self, widths: Sequence[float]) -> "Form":
        """A table to be filled in by hand."""
        return Form(self._table(widths))

    def picture(self, png: bytes, width: float) -> None:
        """A picture in the middle of the page; width: millimetres."""
        paragraph = self._document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.keep_with_next = True
        paragraph.add_run().add_picture(io.BytesIO(png), Mm(width))

    def output(self) -> bytes:
        """The file's bytes."""
        if self._contents is not None:
            self._write_contents(self._contents)
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()

    def _write_contents(self, end: Paragraph) -> None:
        """One field over a paragraph for every heading, which readers without fields show."""
        before = end
        paragraphs = []
        for text, level in self._titles:
            paragraph = before.insert_paragraph_before(text, style=f"{_TOC} {level}")
            paragraphs.append(paragraph)
        first, last = paragraphs[0], end
        runs = [_mark_of("begin"), _instruction(r'TOC \o "1-2" \h \z \u'), _mark_of("separate")]
        for run in reversed(runs):
            first._p.insert(1, run)  # after the paragraph's properties
        last._p.append(_mark_of("end"))
        settings = self._document.settings.element
        update = OxmlElement("w:updateFields")
        update.set(qn("w:val"), "true")
        settings.find(qn("w:compat")).addprevious(update)  # its place in the schema

    def _table(self, widths: Sequence[float]) -> Table:
        table: Table = self._document.add_table(0, len(widths))
        table.style = "Table Grid"
        table.autofit = False
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Mm(width)
        return table

    def _space(self) -> None:
        """A narrow gap, which also keeps a table from growing together with the next."""
        gap = self._document.add_paragraph().paragraph_format
        gap.space_after, gap.line_spacing = Pt(0), Pt(6)


class Form:
    """A table to be filled in by hand, row by row."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def row(
        self,
        *texts: str,
        labels: Sequence[int] = (0, 2),
        spans: Sequence[int] = (),
        height: float = 0,
        keep: bool = False,
    ) -> None:
        """A row.

        labels: places of the texts that name what stands beside them. spans: columns each
        text takes; one each without it, and the last all that are left.
        height: millimetres at least. keep: on the page of the row below.
        """
        columns = len(self._table.columns)
        spans = spans or [1] * (len(texts) - 1) + [columns - len(texts) + 1]
        cells = [
            Cell(clean(text), label=index in labels, span=span, keep=keep and index == 0)
            for index, (text, span) in enumerate(zip(texts, spans, strict=True))
        ]
        add_row(self._table, cells, height=height)


def _mark(paragraph: Paragraph, what: str) -> None:
    run = paragraph.add_run(_missing(what))
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def _missing(what: str) -> str:
    return f"（待补充：{clean(what)}）"


def _run(paragraph: Paragraph, text: str, *, bold: bool = False) -> None:
    paragraph.add_run(clean(text)).bold = bold or None


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word works out, such as a page number; `shown` until then."""
    for run in (_mark_of("begin"), _instruction(instruction), _mark_of("separate")):
        paragraph._p.append(run)
    paragraph.add_run(shown)
    paragraph._p.append(_mark_of("end"))


def _mark_of(kind: str) -> BaseOxmlElement:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    return _run_of(mark)


def _instruction(text: str) -> BaseOxmlElement:
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" {text} "
    return _run_of(instruction)


def _run_of(content: BaseOxmlElement) -> BaseOxmlElement:
    run = OxmlElement("w:r")
    run.append(content)
    return run
