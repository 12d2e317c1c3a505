"""What the summary tells programs that read it aloud, search it, or list its properties."""

import ctypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from reports.documents import DOCUMENTS
from tests.reports.conftest import CASES, Printed, poppler

KINDS = ["pdf", "onepage"]
CALLED = {"pdf": "摘要", "onepage": "一页摘要"}


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    return Printed(CASES["re-assessment"]("tobacco"), tmp_path_factory.mktemp("report"))


@pytest.fixture(scope="module")
def aloud(printed: Printed) -> list[tuple[str, str]]:
    """The report's structure as a program reads it aloud: what each part is, and its text."""
    told = []
    with pypdfium2.PdfDocument(printed.path) as document:
        for page in document:
            texts = _texts_by_mark(page)
            told += [
                (_words(pdfium.FPDF_StructElement_GetType, element), _text_of(element, texts))
                for element in _elements(page)
            ]
    return told


@pytest.fixture(scope="module", params=KINDS)
def file(request: pytest.FixtureRequest, printed: Printed) -> tuple[str, Path]:
    path = printed.path.with_name(f"{request.param}.pdf")
    path.write_bytes(DOCUMENTS[request.param].make(printed.result, printed.subject))
    return request.param, path


def test_headings_figures_and_tables_are_tagged(
    printed: Printed, aloud: list[tuple[str, str]]
) -> None:
    kinds = [kind for kind, _ in aloud]
    assert kinds.count("H1") == 1
    headings = [title for title, _ in printed.bookmarks]
    assert [text for kind, text in aloud if kind in {"H1", "H2"}] == headings
    assert kinds.count("Figure") == sum("雷达图" in heading for heading in headings)
    assert kinds.count("Table") >= 6
    assert kinds.count("TH") > 30


def test_everything_printed_but_footers_and_pictures_is_in_the_structure(
    printed: Printed, aloud: list[tuple[str, str]]
) -> None:
    told = "".join("".join(text.split()) for _, text in aloud)
    for loss in printed.result.losses:
        assert "".join(loss.item.title.split()) in told
    assert "".join(printed.scheme.formula.split()) in told


def test_a_radar_can_be_read_aloud(printed: Printed) -> None:
    descriptions = [alt for alt in _descriptions(printed.path) if alt.startswith("雷达图")]
    assert len(descriptions) == sum(len(part.applicable) >= 3 for part in printed.result.parts)
    assert "C.2 " in descriptions[0]
    assert "（自评 80.00%）" in descriptions[0]


def _descriptions(path: Path) -> Iterator[str]:
    """Alternative texts of all pages."""
    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            for element in _elements(page):
                if alt := _words(pdfium.FPDF_StructElement_GetAltText, element):
                    yield alt


def _elements(page: pypdfium2.PdfPage) -> Iterator["pdfium.FPDF_STRUCTELEMENT"]:
    """The parts of a page's structure, each before what is in it."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
        yield from _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place))
    pdfium.FPDF_StructTree_Close(tree)


def _below(element: "pdfium.FPDF_STRUCTELEMENT") -> Iterator["pdfium.FPDF_STRUCTELEMENT"]:
    yield element
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        if child := pdfium.FPDF_StructElement_GetChildAtIndex(element, place):
            yield from _below(child)


def _texts_by_mark(page: pypdfium2.PdfPage) -> dict[int, str]:
    """What is printed on a page by the number of its mark; what has none is no content."""
    text, told = page.get_textpage(), dict[int, str]()
    for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
        mark = pdfium.FPDFPageObj_GetMarkedContentID(piece)
        told[mark] = told.get(mark, "") + _words(_printed_words, piece, text)
    return {mark: words for mark, words in told.items() if mark >= 0}


def _printed_words(piece: Any, text: Any, buffer: Any, size: int) -> int:
    place = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)) if buffer else None
    return pdfium.FPDFTextObj_GetText(piece, text, place, size)


def _text_of(element: "pdfium.FPDF_STRUCTELEMENT", texts: dict[int, str]) -> str:
    marks = range(pdfium.FPDF_StructElement_CountChildren(element))
    numbers = [pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at) for at in marks]
    return "".join(texts.get(number, "") for number in numbers)


def _words(get: Callable[..., int], *about: Any) -> str:
    """What a function of pdfium writes into the buffer that it is given last."""
    size = get(*about, None, 0)
    if not size:
        return ""
    buffer = ctypes.create_string_buffer(size)
    get(*about, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def test_a_reassessment_says_so_in_its_properties(file: tuple[str, Path], printed: Printed) -> None:
    kind, path = file
    said = _said(path)
    title = f"{printed.name}　安全生产标准化复评{CALLED[kind]}"
    assert said["dc:title"] == title
    assert said["dc:creator"] == [printed.name]
    assert said["dc:description"] == printed.scheme.title
    assert "安全生产标准化，复评" in said["pdf:Keywords"]
    assert said["xmp:CreatorTool"] == "安标自评"
    assert said["xmp:CreateDate"] == "2026-11-01T00:00:00+00:00"
    text = poppler("pdftotext", "-raw", path, "-")
    assert "自评摘要" not in text
    assert f"安全生产标准化复评{CALLED[kind]}" in text


def test_language_title_bar_and_tags_are_declared(file: tuple[str, Path]) -> None:
    raw = file[1].read_bytes()
    assert b"/Lang (zh-CN)" in raw
    assert b"/DisplayDocTitle true" in raw
    assert b"/Marked true" in raw
    assert "Tagged:          yes" in poppler("pdfinfo", file[1])


def test_the_file_is_fit_for_archives_and_for_readers_aloud(file: tuple[str, Path]) -> None:
    """PDF/A-2u (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), as far as pikepdf can see.

    No validator can be had from a registry; what these standards ask for and fpdf2 or
    reports/pdf could get wrong is looked at here, clause by clause.
    """
    said = _said(file[1])
    assert (said["pdfaid:part"], said["pdfaid:conformance"], said["pdfuaid:part"]) == (
        "2",
        "U",
        "1",
    )
    with pikepdf.open(file[1]) as pdf:
        assert not pdf.is_encrypted
        assert not pdf.docinfo  # 6.6.2: where there is one, it must say the same
        (intent,) = pdf.Root.OutputIntents
        assert intent.S == "/GTS_PDFA1"
        assert intent.DestOutputProfile.N == 3
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.Lang == "zh-CN"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
        assert not {"/JavaScript", "/EmbeddedFiles", "/XFA"} & set(pdf.Root.keys())
        for page in pdf.pages:
            assert "/StructParents" in page
            for font in page.Resources.Font.values():
                (below,) = font.DescendantFonts
                assert "/FontFile2" in below.FontDescriptor
                assert "/ToUnicode" in font
        kinds: dict[str, list[pikepdf.Dictionary]] = {}
        _collect(pdf.Root.StructTreeRoot.K, kinds)
    assert set(kinds) <= {"/Document", "/H1", "/H2", "/P", "/Figure", "/Table", "/TR", "/TH", "/TD"}
    assert all(one.A.Scope == "/Column" for one in kinds.get("/TH", []))
    assert all("/Alt" in one for one in kinds.get("/Figure", []))


def test_everything_printed_is_tagged_or_said_to_be_no_content(file: tuple[str, Path]) -> None:
    """ISO 14289-1, 7.1: no text or line outside a mark."""
    shown = {"Tj", "TJ", "S", "f", "B", "f*", "B*", "Do"}
    with pikepdf.open(file[1]) as pdf:
        for page in pdf.pages:
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(page):
                if str(operator) in ("BDC", "BMC"):
                    depth += 1
                elif str(operator) == "EMC":
                    depth -= 1
                assert depth in (0, 1)
                if str(operator) in shown and not _blank(operands):
                    assert depth == 1, operands
            assert depth == 0


def _blank(operands: list[object]) -> bool:
    """An empty text, which fonts are stated by."""
    return bool(operands) and isinstance(operands[0], pikepdf.String) and not bytes(operands[0])


def _said(path: Path) -> dict[str, Any]:
    with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
        names = ("dc:title", "dc:creator", "dc:description", "pdf:Keywords", "xmp:CreatorTool")
        names += ("xmp:CreateDate", "pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
        spaces = {"pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}
        return {
            name: metadata.get(
                f"{{{spaces[name.partition(':')[0]]}}}part" if name.startswith("pdfua") else name
            )
            for name in names
        }


def _collect(kids: Any, kinds: dict[str, list[pikepdf.Dictionary]]) -> None:
    """Every element of the structure, by its kind."""
    for kid in kids if isinstance(kids, pikepdf.Array) else []:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            kinds.setdefault(str(kid.S), []).append(kid)
            _collect(kid.get("/K"), kinds)
