"""A Word document in the house style: what python-docx is for, its insides included.

Its styles, pages, properties and file; the body comes as text, see `reports.word.markup`. Fields
are page numbers alone, so that nothing has to be brought up to date when a file is opened.
"""

import io
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast

from docx import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph
from lxml.etree import tostring
from PIL import Image

from reports.word.markup import clean, end_of_section, picture

TALL, WIDE = 160.0, 257.0
"""Millimetres between the margins of a page upright and on its side."""

_LATIN, _SONG, _HEI = "Times New Roman", "宋体", "黑体"
_BODY, _TOC = "Normal", "toc"
_CELL = "Table Text"
_EXTRA = (_CELL, "Prose", "Note", "Below Picture", "Cover Name", "Front Heading")

PROSE, NOTE, CAPTION, NAME = "Prose", "Note", "BelowPicture", "CoverName"
FRONT, TITLE = "FrontHeading", "Title"
"""Ids of styles: text whose lines begin two characters further in, small print, the same below a
picture, a cover's name, 目录, a large title."""

_ALIGN = {
    "L": WD_ALIGN_PARAGRAPH.LEFT,
    "C": WD_ALIGN_PARAGRAPH.CENTER,
    "R": WD_ALIGN_PARAGRAPH.RIGHT,
}
_SPACES = ("w", "r", "wp", "a", "pic")


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
    "Prose": _Look(_SONG, 11, line=1.4),
    _CELL: _Look(_SONG, 9, above=1.5, below=1.5, line=1.1),
    "Header": _Look(_SONG, 9, align="C"),
    "Footer": _Look(_SONG, 9, align="C"),
    "Title": _Look(_HEI, 26, below=60, align="C"),
    "Heading 1": _Look(_HEI, 16, above=18, below=6),
    "Heading 2": _Look(_HEI, 13, above=10, below=6),
    "Note": _Look(_SONG, 9),
    "Below Picture": _Look(_SONG, 9, align="C"),
    "Cover Name": _Look(_HEI, 20, above=110, below=10, align="C"),
    "Front Heading": _Look(_HEI, 16, below=12, align="C"),
}
_BLACK = RGBColor(0, 0, 0)

_LONGEST_TITLE = 255
"""Of a document's properties, in characters."""


class WordFile:
    """An A4 document with a header, page numbers and Chinese fonts."""

    def __init__(self, title: str, heading: str, made_on: date, *, cover: bool) -> None:
        """Start a file.

        heading: stands at the head of every page. cover: whether the first page has
        neither head nor foot.
        """
        self._document = Document()
        self._pictures = 0
        self._properties(title, made_on)
        self._styles()
        self._page(heading, cover)

    def _properties(self, title: str, made_on: date) -> None:
        core = self._document.core_properties
        core.title = clean(title)[:_LONGEST_TITLE]
        core.author = core.last_modified_by = "安标自评"
        core.comments, core.language = "", "zh-CN"
        core.created = core.modified = datetime.combine(made_on, time())
        relations = self._document.part.package.rels  # the template's own picture of itself
        for name in [k for k, r in relations.items() if r.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
            del relations[name]

    def _styles(self) -> None:
        styles = self._document.styles
        for name in _EXTRA:
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles[_BODY]
        for level in (1, 2):
            entry = styles.add_style(f"{_TOC} {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
            entry.base_style = styles[_BODY]
            form = self._paragraph_style(f"{_TOC} {level}").paragraph_format
            form.left_indent, form.line_spacing = Pt(22 * (level - 1)), 1.1
            form.space_before, form.space_after = Pt(4 * (2 - level)), Pt(1)
        for name, look in _LOOKS.items():
            self._dress(name, look)
        self._paragraph_style("Prose").paragraph_format.first_line_indent = Pt(22)
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
        section.top_margin, section.bottom_margin = Mm(26), Mm(22)
        section.header_distance, section.footer_distance = Mm(14), Mm(12)
        section.different_first_page_header_footer = cover
        head = section.header.paragraphs[0]
        head.add_run(clean(heading).replace("\n", " "))
        foot = section.footer.paragraphs[0]
        for told, instruction in (("第 ", "PAGE"), (" 页 共 ", "NUMPAGES")):
            foot.add_run(told)
            _field(foot, instruction, "1")
        foot.add_run(" 页")

    def picture(self, data: bytes, name: str, width: float, most_height: float = 230) -> str:
        """A run with a picture, as markup. name: what it shows. width: millimetres, as all."""
        relation, _ = self._document.part.get_or_add_image(io.BytesIO(data))
        with Image.open(io.BytesIO(data)) as image:
            width = min(width, most_height * image.width / image.height)
            height = width * image.height / image.width
        self._pictures += 1
        return picture(relation, self._pictures, name, (width, height))

    def output(self, sections: list[tuple[bool, str]]) -> bytes:
        """The file's bytes. sections: whether pages lie on their side, and the body of each.

        The document is written whole and parsed once: to move thousands of elements into the
        template's takes longer than anything else.
        """
        template = self._document.element.body.sectPr
        texts = []
        for place, (wide, content) in enumerate(sections, 1):
            properties = deepcopy(template)
            _turn(properties, wide, first=place == 1)
            end = tostring(properties, encoding="unicode")
            texts += [content, end if place == len(sections) else end_of_section(end)]
        body = f"<w:body>{''.join(texts)}</w:body>"
        self._document.part._element = parse_xml(
            f"<w:document {nsdecls(*_SPACES)}>{body}</w:document>"
        )
        file = io.BytesIO()
        self._document.save(file)
        return file.getvalue()


def _turn(section: BaseOxmlElement, wide: bool, *, first: bool) -> None:
    """Set a section's pages upright or on their side; only the first begins with a cover."""
    section.orientation = WD_ORIENTATION.LANDSCAPE if wide else WD_ORIENTATION.PORTRAIT
    across, down = (297, 210) if wide else (210, 297)
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.left_margin = section.right_margin = Mm((across - (WIDE if wide else TALL)) / 2)
    section.titlePg_val = first and section.titlePg_val


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
