"""What was typed stands in every document as text, and adds nothing but text to it."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import docx
import openpyxl
import pytest
from lxml import etree

import schemes
from reports.content.chapters import CHAPTERS
from reports.content.subject import Subject
from reports.documents import DOCUMENTS, file_stem
from state.documents import changes
from state.documents.assessment import NAME_LENGTH, Assessment, Entry
from tests.hostile.payloads import CONTROLS, KEPT, PAYLOADS
from tests.reports.conftest import MADE_ON, Printed, assessment_of, result_of, squeezed

SCHEME = schemes.load("hazchem")
LISTED = SCHEME.items["12.1"]
"""The item of which the enterprise lists the requirements."""

PROFILE = ("name", "industry", "leader", "members")
TEXTS = list(PAYLOADS.values())
SETS = [TEXTS[start:] + TEXTS[:start] for start in range(0, len(TEXTS), len(PROFILE))]
"""The payloads in as many orders as put each of them into each kind of field once."""

CALLED = {
    "pdf": "自评摘要.pdf",
    "onepage": "一页摘要.pdf",
    "long": "自评摘要和打分表.pdf",
    "xlsx": "评分表.xlsx",
    "docx": "自评报告.docx",
    "tables": "打分表.docx",
    "nonconformities": "不符合项报告.docx",
    "plan": "整改路径.docx",
    "checklist": "自查表.docx",
    "checklist-pdf": "自查表.pdf",
    "records": "资料清单.docx",
    "records-xlsx": "资料清单.xlsx",
    "actions": "整改清单.docx",
    "actions-xlsx": "整改清单.xlsx",
    "calendar": "整改期限.ics",
    "zip": "全部文件.zip",
}
"""How the file of each document ends."""

HARMLESS = ["无害"] * len(TEXTS)


@cache
def _filled(place: int | None) -> Assessment:
    """An assessment with the first payloads of a set in every kind of field."""
    texts = HARMLESS if place is None else SETS[place]
    noted = [i for i in SCHEME.items.values() if i is not LISTED and i.conditions][: len(PROFILE)]
    steps = [changes.set_facet("enterprise", [], ["production"])]
    for field, text in zip(PROFILE, texts, strict=False):
        fitting = text if field == "members" else text[:NAME_LENGTH]
        steps.append(changes.set_profile(field, fitting))
    for item, text in zip(noted, texts, strict=False):
        steps.append(changes.set_finding(item.conditions[0].id, 1))
        steps.append(changes.set_text("remarks", item.id, "", text))
        steps.append(changes.set_text("evidence", item.id, "", text))
        entry = Entry(text=text[:500], met=False)
        steps.append(changes.add_entry(LISTED.id, str(LISTED.entries), entry))
    for chapter, text in zip(CHAPTERS, texts, strict=False):
        steps.append(changes.set_chapter(chapter.id, "", text))
    return assessment_of(SCHEME, *steps)


@cache
def _made(kind: str, place: int | None) -> bytes:
    assessment = _filled(place)
    subject = Subject.of(SCHEME, assessment, MADE_ON)
    return DOCUMENTS[kind].make(result_of(assessment), subject)


def _typed(place: int) -> list[str]:
    """What the profile and the remarks of a set hold."""
    assessment = _filled(place)
    return [getattr(assessment.profile, field) for field in PROFILE] + [
        *assessment.work.remarks.values()
    ]


def _without(text: str, dropped: str) -> str:
    return "".join(c for c in text if c not in dropped)


def _xml(text: str) -> str:
    """XML has no U+FFFE and U+FFFF; Word and Excel get the text without them."""
    return _without(text, "\ufffe\uffff")


def _shown(text: str) -> str:
    """Word and Excel say which mark would turn the direction of writing, and obey none."""
    turning = "[\u202a-\u202e\u2066-\u2069]"
    return re.sub(turning, lambda mark: f"〔U+{ord(mark[0]):04X}〕", _xml(text))


def test_controls_are_dropped_before_anything_is_kept() -> None:
    """No keyboard types them, no font prints them and XML cannot hold them."""
    profile = changes.set_profile("members", CONTROLS)(_filled(None)).profile
    assert profile.members == KEPT


def _book(place: int | None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(_made("xlsx", place)), rich_text=True)


@cache
def _harmless() -> tuple[list[str], set[str]]:
    book = _book(None)
    return book.sheetnames, _formulas(book)


@pytest.mark.parametrize("place", range(len(SETS)))
def test_excel_holds_the_texts_and_no_other_formula(place: int) -> None:
    hostile = _book(place)
    titles, formulas = _harmless()
    assert hostile.sheetnames == titles
    assert _formulas(hostile) == formulas
    cells = [
        c for sheet in hostile for row in sheet.iter_rows() for c in row if c.value is not None
    ]
    assert not any(cell.hyperlink for cell in cells)
    words = "\n".join(str(cell.value) for cell in cells if cell.data_type == "s")
    for text in _filled(place).work.remarks.values():
        assert _cell(text) in words
    assert _cell(_filled(place).profile.name) in words


def _cell(text: str) -> str:
    """A cell has no tabs, which no spreadsheet shows; openpyxl takes x005F_ for an escape."""
    return _shown(text).replace("\t", "").replace("x005F_", "")


def _formulas(book: openpyxl.Workbook) -> set[str]:
    """Of a sheet, whatever the row."""
    return {
        f"{sheet.title}: {re.sub(r'[0-9]+', '#', str(cell.value))}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.parametrize("place", range(len(SETS)))
@pytest.mark.parametrize("kind", ["docx", "nonconformities"])
def test_word_holds_the_texts_and_no_other_element(kind: str, place: int) -> None:
    content = _made(kind, place)
    assert _elements(content) <= _harmless_elements(kind) | _BREAKS
    words = squeezed("".join(_word_texts(content)))
    work = _filled(place).work
    wanted = [*work.remarks.values(), *work.evidence.values()][: len(PROFILE)]
    if kind == "docx":
        wanted += [*_filled(place).chapters.values(), *_typed(place)[: len(PROFILE)]]
    for text in wanted:
        assert squeezed(_shown(text)) in words, text


_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BREAKS = {f"{_WORD}br", f"{_WORD}tab"}


def _elements(content: bytes) -> set[str]:
    """Names of all elements, instructions of all fields, and targets of all links."""
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in file.namelist():
            if name.endswith((".xml", ".rels")):
                for element in etree.fromstring(file.read(name)).iter():
                    found.add(element.tag)
                    found.add(element.get("Target", ""))
                    if element.tag == f"{_WORD}instrText":
                        found.add(element.text)
    return found


@cache
def _harmless_elements(kind: str) -> set[str]:
    return _elements(_made(kind, None))


def _word_texts(content: bytes) -> Iterator[str]:
    """The words of all runs, a line break or tab as white space."""
    for element in docx.Document(io.BytesIO(content)).element.body.iter():
        if element.tag == f"{_WORD}t":
            yield element.text or ""
        elif element.tag in _BREAKS:
            yield " "


@pytest.mark.parametrize("place", range(len(SETS)))
def test_the_pdf_prints_the_texts_and_has_no_link_or_script(place: int, tmp_path: Path) -> None:
    printed = Printed(_filled(place), tmp_path)
    body = _joined(printed.body)
    for text in _typed(place):
        if len(text) < 300:  # longer ones go on in the next row, beside others that do
            assert re.search(_printed(text), body), text
    streams = re.compile(rb"stream\r?\n.*?endstream", re.S)  # compressed, they may hold any letters
    content = streams.sub(b"", printed.path.read_bytes())
    assert b"/Pages" in content
    for word in (b"/URI", b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/AcroForm"):
        assert word not in content


def _joined(text: str) -> str:
    """Letters and their accents as one, as pdftotext may write them."""
    return unicodedata.normalize("NFC", squeezed(text))


def _printed(text: str) -> str:
    """A pattern of how a text is printed.

    What shapes its neighbours or has no shape may be left out; a character that no font has
    becomes a plainer one or the printer's mark 〓; everything else is itself.
    """
    pattern = ""
    for character in unicodedata.normalize("NFC", text):
        if character.isspace():
            pattern += "〓?" if character in "\u2028\u2029" else ""
        elif unicodedata.category(character) in ("Cf", "Mn", "Cn", "Co"):
            pattern += f"(?:{re.escape(character)}|〓)?"
        elif character < "\x7f" or "\u4e00" <= character <= "\u9fa5":
            pattern += re.escape(character)
        else:
            plainer = re.escape(unicodedata.normalize("NFKC", character))
            pattern += f"(?:{re.escape(character)}|{plainer}|〓)"
    return pattern


@pytest.mark.parametrize(
    "name", [text[:NAME_LENGTH] for text in TEXTS] + [CONTROLS, "", "😀" * 100]
)
@pytest.mark.parametrize(("kind", "called"), CALLED.items())
def test_file_names_are_taken_by_every_system_and_read_as_they_are(
    kind: str, called: str, name: str
) -> None:
    assert CALLED.keys() == DOCUMENTS.keys()
    file_name = DOCUMENTS[kind].file_name(name, "自评", date(2026, 11, 26))
    title, _, suffix = called.partition(".")
    assert file_name.endswith(f"-{title}-2026-11-26.{suffix}")
    assert (
        "." not in file_name.rpartition(".")[0]
    )  # so that no name of a device, such as CON, stands before a dot
    assert not set(file_name) & set('\\/:*?"<>|')
    assert not {unicodedata.category(c) for c in file_name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert file_name == file_name.strip(" .-~")
    assert len(file_name.encode()) <= 255


@pytest.mark.parametrize("name", ["某某酱园", "A & B (中国) 2026", "𠮷野家", "Müller+Söhne"])
def test_a_name_without_tricks_is_the_file_s_name(name: str) -> None:
    assert file_stem(name) == name
