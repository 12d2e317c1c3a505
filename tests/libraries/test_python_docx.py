"""What reports/word leans on in python-docx below its documented interface: XML and template.

reports/word/markup.py writes a body as text and names styles by their ids; reports/word/document.py
puts it in the place of the template's, sets styles and page numbers, for which there are no calls.
"""

import io
from copy import deepcopy
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENTATION
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm
from PIL import Image

MARKUP = "reports/word/markup.py leans on this"
DOCUMENT = "reports/word/document.py leans on this"


@pytest.fixture
def document() -> Any:
    return Document()


def test_a_body_written_as_text_takes_the_place_of_the_templates(document: Any) -> None:
    spaces = nsdecls("w")
    text = f"<w:document {spaces}><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:body></w:document>"
    document.part._element = parse_xml(text)
    file = io.BytesIO()
    document.save(file)
    assert [p.text for p in Document(file).paragraphs] == ["甲"], DOCUMENT


def test_a_section_is_copied_turned_and_told_whether_it_begins_with_a_cover(document: Any) -> None:
    section = deepcopy(document.element.body.sectPr)
    section.orientation = WD_ORIENTATION.LANDSCAPE
    section.page_width, section.titlePg_val = Mm(297), True
    size = section.find(qn("w:pgSz"))
    assert (size.get(qn("w:orient")), size.get(qn("w:w"))) == ("landscape", "16838"), DOCUMENT
    assert section.find(qn("w:titlePg")) is not None, DOCUMENT
    assert document.element.body.sectPr.find(qn("w:titlePg")) is None, DOCUMENT


def test_the_template_has_a_picture_of_itself_that_can_be_left_out(document: Any) -> None:
    relations = document.part.package.rels
    (name,) = [n for n, r in relations.items() if r.reltype == RELATIONSHIP_TYPE.THUMBNAIL]
    del relations[name]
    file = io.BytesIO()
    document.save(file)
    with ZipFile(file) as parts:
        assert not [part for part in parts.namelist() if "thumbnail" in part], DOCUMENT


def test_an_image_is_kept_and_gets_a_name(document: Any) -> None:
    png = io.BytesIO()
    Image.new("RGB", (2, 1)).save(png, "PNG")
    relation, _ = document.part.get_or_add_image(io.BytesIO(png.getvalue()))
    assert document.part.related_parts[relation].blob == png.getvalue(), DOCUMENT


def test_a_styles_id_is_its_name_without_spaces(document: Any) -> None:
    style = document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    assert style.style_id == "TableText", MARKUP
    entry = document.styles.add_style("toc 1", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
    assert entry.style_id == "toc1", MARKUP
    assert document.styles["Heading 1"].style_id == "Heading1", MARKUP
    assert document.styles["Table Grid"].style_id == "TableGrid", MARKUP


def test_a_paragraph_gives_its_xml_and_runs_can_be_put_into_it(document: Any) -> None:
    paragraph = document.add_paragraph("后", style="Heading 1")
    assert type(paragraph._p) is CT_P, DOCUMENT
    assert paragraph._p[0].tag == qn("w:pPr"), DOCUMENT
    run = OxmlElement("w:r")
    paragraph._p.insert(1, run)
    paragraph._p.append(OxmlElement("w:r"))
    assert [child.tag for child in paragraph._p] == [
        qn(f"w:{name}") for name in ("pPr", "r", "r", "r")
    ], DOCUMENT
    assert paragraph._p[1] is run, DOCUMENT


def test_the_template_has_what_is_taken_away_or_said_in_chinese(document: Any) -> None:
    styles = document.styles
    borders = styles["Title"].element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    assert borders is not None, f"the line below a title is gone: {DOCUMENT}"
    assert list(styles.element.iter(qn("w:lang"))), DOCUMENT
    assert list(document.settings.element.iter(qn("w:themeFontLang"))), DOCUMENT
    for name in ("Normal", "Header", "Footer", "Title", "Heading 1", "Heading 2", "Table Grid"):
        assert name in styles, f"{name}: {DOCUMENT}"


def test_a_style_gives_its_fonts_which_the_template_takes_from_a_theme(document: Any) -> None:
    fonts = document.styles["Heading 1"].element.get_or_add_rPr().get_or_add_rFonts()
    assert fonts.tag == qn("w:rFonts"), DOCUMENT
    assert [name for name in fonts.attrib if name.endswith("Theme")], DOCUMENT
