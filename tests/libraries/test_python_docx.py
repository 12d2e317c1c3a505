"""What reports/word leans on in python-docx below its documented interface: XML and template.

reports/word/table_xml.py writes rows in one pass, reports/word/document.py makes fields, the
table of contents and styles, for which python-docx has no calls.
"""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.table import CT_Row, CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.oxml.text.run import CT_R
from docx.shared import Mm
from lxml.etree import SubElement

TABLES = "reports/word/table_xml.py leans on this"
DOCUMENT = "reports/word/document.py leans on this"


@pytest.fixture
def document() -> Any:
    return Document()


def test_a_table_gives_its_xml_with_the_widths_of_its_columns(document: Any) -> None:
    table = document.add_table(0, 2)
    table.columns[0].width, table.columns[1].width = Mm(10), Mm(20)
    assert type(table._tbl) is CT_Tbl, TABLES
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
    assert widths == [567, 1134], TABLES  # twentieths of a point


def test_elements_that_lxml_adds_are_of_python_docxs_classes(document: Any) -> None:
    row = SubElement(document.add_table(0, 1)._tbl, qn("w:tr"))
    assert type(row) is CT_Row, TABLES
    properties = row.get_or_add_trPr()
    assert properties.tag == qn("w:trPr"), TABLES
    assert row.get_or_add_trPr() is properties, TABLES


def test_the_text_of_a_run_becomes_text_tabs_and_breaks_and_nothing_else(document: Any) -> None:
    run = SubElement(document.add_paragraph()._p, qn("w:r"))
    assert type(run) is CT_R, TABLES
    run.text = "甲\t乙\n<w:p/> "
    assert [child.tag for child in run] == [
        qn(f"w:{name}") for name in ("t", "tab", "t", "br", "t")
    ], TABLES
    assert [child.text for child in run] == ["甲", None, "乙", None, "<w:p/> "], TABLES


def test_a_styles_id_is_its_name_without_spaces(document: Any) -> None:
    style = document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
    assert style.style_id == "TableText", TABLES


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


def test_a_new_documents_settings_have_the_place_of_what_updates_fields(document: Any) -> None:
    settings = document.settings.element
    assert settings.tag == qn("w:settings"), DOCUMENT
    assert len(settings.findall(qn("w:compat"))) == 1, DOCUMENT
    update = OxmlElement("w:updateFields")
    settings.find(qn("w:compat")).addprevious(update)
    file = io.BytesIO()
    document.save(file)
    with ZipFile(file) as parts:
        content = parts.read("word/settings.xml").decode()
    assert content.index("<w:updateFields/>") < content.index("<w:compat>"), DOCUMENT


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
