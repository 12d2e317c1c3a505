"""Logos stand at the head of the documents, in their own proportions, and say what they are."""

import io
import re
import zipfile
from dataclasses import replace

import pikepdf
import pytest
from docx import Document
from docx.shared import Mm
from PIL import Image

from reports import DOCUMENTS, Subject
from reports.content.subject import logos_of
from state.documents.assessment import Profile
from tests.reports.conftest import CASES, MADE_ON, result_of


def _picture(width: int, height: int) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(written, "PNG")
    return written.getvalue()


CONTENT = {"1" * 64: _picture(600, 200), "2" * 64: _picture(100, 300)}
PROFILE = Profile(name="甲厂", firm="乙咨询", logo="1" * 64, firm_logo="2" * 64)
SUBJECT = replace(Subject(MADE_ON, PROFILE), logos=logos_of(PROFILE, CONTENT.get))
WORDS = ["甲厂的标志", "乙咨询的标志"]


@pytest.fixture(scope="module")
def made():
    result = result_of(CASES["sample"]("condiment"))
    return lambda kind: DOCUMENTS[kind].make(result, SUBJECT)


@pytest.mark.parametrize("kind", ["pdf", "onepage", "long", "checklist-pdf"])
def test_a_pdf_has_them_on_its_first_page_in_their_proportions(made, kind):
    with pikepdf.open(io.BytesIO(made(kind))) as pdf:
        images = list(pdf.pages[0].get_images().values())
        assert sorted((int(i.Width), int(i.Height)) for i in images) == [(100, 300), (600, 200)]
        content = pdf.pages[0].Contents.read_bytes().decode("latin-1")
        drawn = [
            (float(across), float(down))
            for across, down in re.findall(
                r"q ([\d.]+) 0 0 ([\d.]+) [\d.]+ [\d.]+ cm /I\d+ Do", content
            )
        ]
        assert sorted(round(across / down, 2) for across, down in drawn) == [0.33, 3.0]
        assert all(across < 95 and down < 48 for across, down in drawn)  # points
        assert all(len(page.get_images()) == 0 for page in list(pdf.pages)[1:])


@pytest.mark.parametrize("kind", ["docx", "tables", "checklist"])
def test_word_begins_with_them(made, kind):
    document = Document(io.BytesIO(made(kind)))
    shown = document.paragraphs[0]._p.xpath(".//wp:docPr/@descr")
    assert shown == WORDS
    sizes = [(shape.width, shape.height) for shape in document.inline_shapes][:2]
    assert [round(width / height, 2) for width, height in sizes] == [3.0, 0.33]
    assert all(width <= Mm(45) and height <= Mm(18) for width, height in sizes)


def test_the_workbook_has_them_on_its_first_sheet(made):
    with zipfile.ZipFile(io.BytesIO(made("xlsx"))) as book:
        drawing = book.read("xl/drawings/drawing1.xml").decode()
        assert re.findall(r'descr="(.*?)"', drawing) == WORDS
        assert len([name for name in book.namelist() if name.startswith("xl/media/")]) == 2


def test_a_logo_that_is_not_there_is_left_out():
    assert [one.words for one in logos_of(PROFILE, {"2" * 64: b"x"}.get)] == ["乙咨询的标志"]
    assert logos_of(Profile(), lambda _: None) == ()
