"""What the summary tells programs that read it aloud, search it, or list its properties."""

import ctypes
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

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


@pytest.fixture(params=KINDS)
def file(request: pytest.FixtureRequest, printed: Printed, tmp_path: Path) -> tuple[str, Path]:
    path = tmp_path / "out.pdf"
    path.write_bytes(DOCUMENTS[request.param].make(printed.result, printed.subject))
    return request.param, path


def test_headings_figures_and_tables_are_tagged(printed: Printed) -> None:
    lines = poppler("pdfinfo", "-struct-text", printed.path).splitlines()
    kinds = [line.split()[0] for line in lines if line.strip()]
    assert kinds.count("H1") == 1
    headings = [title for title, _ in printed.bookmarks]
    assert kinds.count("H2") == len(headings) - 1
    assert kinds.count("Figure") == sum("雷达图" in heading for heading, _ in printed.bookmarks)
    assert kinds.count("Table") >= 6
    assert kinds.count("TH") > 30
    text = "\n".join(lines)
    for heading in headings:
        assert f'"{heading}"' in text


def test_everything_printed_but_footers_and_pictures_is_in_the_structure(printed: Printed) -> None:
    text = poppler("pdfinfo", "-struct-text", printed.path)
    told = "".join("".join(part.split()) for part in text.split('"')[1::2])
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
            tree = pdfium.FPDF_StructTree_GetForPage(page)
            for place in range(pdfium.FPDF_StructTree_CountChildren(tree)):
                yield from _below(pdfium.FPDF_StructTree_GetChildAtIndex(tree, place))
            pdfium.FPDF_StructTree_Close(tree)


def _below(element: "pdfium.FPDF_STRUCTELEMENT") -> Iterator[str]:
    size = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
    if size:
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_StructElement_GetAltText(element, buffer, size)
        yield buffer.raw[: size - 2].decode("utf-16-le")
    for place in range(pdfium.FPDF_StructElement_CountChildren(element)):
        child = pdfium.FPDF_StructElement_GetChildAtIndex(element, place)
        if child:
            yield from _below(child)


def test_a_reassessment_says_so_in_its_properties(file: tuple[str, Path], printed: Printed) -> None:
    kind, path = file
    with pypdfium2.PdfDocument(path) as document:
        properties = document.get_metadata_dict()
    title = f"{printed.name} 安全生产标准化复评{CALLED[kind]}"
    assert properties["Title"] == title
    assert properties["Author"] == printed.name
    assert properties["Subject"] == printed.scheme.title
    assert "安全生产标准化，复评" in properties["Keywords"]
    assert properties["Creator"] == "安标自评"
    made = datetime.strptime(properties["CreationDate"][2:16], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    assert abs(datetime.now(UTC) - made) < timedelta(days=1)
    text = poppler("pdftotext", "-raw", path, "-")
    assert "自评摘要" not in text
    assert f"安全生产标准化复评{CALLED[kind]}" in text


def test_language_title_bar_and_tags_are_declared(file: tuple[str, Path]) -> None:
    raw = file[1].read_bytes()
    assert b"/Lang (zh-CN)" in raw
    assert b"/DisplayDocTitle true" in raw
    assert b"/Marked true" in raw
    assert "Tagged:          yes" in poppler("pdfinfo", file[1])
