"""Fonts that are parsed once serve every document, and none notices the others."""

from concurrent.futures import ThreadPoolExecutor

import pypdfium2

from reports.pdf.canvas import Canvas
from reports.pdf.metadata import About

TEXTS = ["酱油酿造", "危险化学品从业单位", "烟草配送 0123", "㙓龘 稀见字", "样板企业 ABC"]


def _made(text: str) -> bytes:
    document = Canvas(About(text), [text])
    document.paragraph(text, bold=True)
    document.paragraph(text)
    return bytes(document.output())


def _read(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return document[0].get_textpage().get_text_range()


def test_each_document_prints_its_own_text() -> None:
    for text in (*TEXTS, *TEXTS):
        assert _read(_made(text)).count(text) == 3  # with the one at the foot of the page


def test_a_document_holds_only_the_glyphs_it_prints() -> None:
    once = len(_made("安"))
    _made("".join(chr(code) for code in range(0x4E00, 0x5000)))
    assert abs(len(_made("安")) - once) < 50  # the time it was made at


def test_documents_made_side_by_side_do_not_mix() -> None:
    with ThreadPoolExecutor(4) as pool:
        read = list(pool.map(lambda text: _read(_made(text)), TEXTS * 4))
    assert [text in found for text, found in zip(TEXTS * 4, read, strict=True)] == [True] * 20
