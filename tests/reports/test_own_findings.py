"""What the user found beside the standard's conditions stands in every document, as 自填."""

import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from docx import Document

import schemes
from reports import Subject
from reports.documents import DOCUMENTS
from schemes.library import installed
from scoring import score
from scoring.reading import parse
from tests.reports.conftest import poppler, squeezed

WORDS = "通道堆放杂物"
ITEMS = {"condiment": "1.1.1", "tobacco": "D.1-2"}


@pytest.mark.parametrize("scheme_id", ITEMS)
def test_an_own_finding_is_in_every_document(scheme_id: str, tmp_path: Path) -> None:
    scheme = schemes.load(scheme_id)
    own = {"id": "o1", "item": ITEMS[scheme_id], "words": WORDS, "points": "1", "count": 1}
    facets = {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}
    raw = {"scheme": scheme_id, "facets": facets, "reviewed": "all", "own_findings": [own]}
    result = score(scheme, parse(raw, installed).answers)
    package = DOCUMENTS["zip"].make(result, Subject(date(2026, 11, 26)))
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        for name in files.namelist():
            # The first two are for before the finding, the third for what a grade still lacks.
            if not any(other in name for other in ("自查表", "资料清单", "整改路径")):
                assert f"{WORDS}（自填）" in _text(name, files.read(name), tmp_path), name


def _text(name: str, content: bytes, folder: Path) -> str:
    """Everything written in a document, without white space."""
    if name.endswith(".pdf"):
        path = folder / "one.pdf"
        path.write_bytes(content)
        return squeezed(poppler("pdftotext", "-raw", path, "-"))
    if name.endswith(".docx"):
        return squeezed("".join(Document(io.BytesIO(content)).element.body.itertext()))
    book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    return squeezed(
        "".join(
            str(v or "") for page in book for row in page.iter_rows(values_only=True) for v in row
        )
    )
