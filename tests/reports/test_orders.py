"""What workers make is whole: every kind, with photos and logos, by standards that users brought."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2
import pytest
from PIL import Image

import schemes
from beside.call import Call
from beside.job import Job
from beside.pool import Pool
from beside.telling import Progress
from reports import orders
from reports.content.blocks import Picture
from reports.documents import DOCUMENTS
from schemes import Scheme
from state.documents.assessment import Assessment, Photo, new_assessment
from state.documents.changes import set_finding, set_profile, set_scheme
from state.documents.photo_changes import add_photo

DAY = date(2026, 11, 26)
DIGEST = "ab" * 32


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    made = Pool(1, "reports.orders:prepare")
    yield made
    made.close()


def _picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(target, "JPEG")
    return target.getvalue()


def _assessment(scheme: Scheme) -> Assessment:
    found = new_assessment()
    item = next(iter(scheme.items.values()))
    for change in (
        set_profile("name", "某某酱园"),
        set_scheme(scheme),
        set_finding(item.conditions[0].id, 1),
        add_photo(item.id, Photo(digest=DIGEST, at=datetime(2026, 11, 26, tzinfo=UTC))),
    ):
        found = change(found)
    return found


def _text(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in opened)
    finally:
        opened.close()


def test_everything_is_made_by_a_worker_which_tells_what_it_is_at(pool):
    assessment = _assessment(schemes.load("condiment"))
    told: list[Progress] = []
    read: list[str] = []

    def photo(digest: str) -> bytes:
        read.append(digest)
        return _picture()

    def begin(job: Job[bytes]) -> bytes:
        job.tell = told.append  # type: ignore[method-assign]
        inputs = ("zip", assessment, orders.Layout(), DAY, (Picture(_picture(), "标志"),))
        return pool.run(Call(orders.document, inputs, {"photo": photo}), job)

    job = Job(begin)
    assert job.wait(300)
    package = zipfile.ZipFile(io.BytesIO(job.result()))
    names = package.namelist()
    assert len(names) == 13  # twelve kinds without actions, and the photo
    assert names[0] == "某某酱园-自评摘要-2026-11-26.pdf"
    assert names[-1].startswith("照片/") and names[-1].endswith("-1.jpg")
    assert Image.open(io.BytesIO(package.read(names[-1]))).size == (40, 30)
    assert {*read} == {DIGEST}
    assert told[0] == (0, 12, "自评摘要")
    assert [one.done for one in told] == [*range(12)]


@pytest.mark.parametrize("kind", ["actions", "actions-xlsx", "calendar"])
def test_kinds_that_the_package_leaves_out_are_made_too(pool, kind):
    inputs = (kind, _assessment(schemes.load("condiment")), orders.Layout(), DAY, ())
    made = pool.run(Call(orders.document, inputs, {"photo": lambda _: None}))
    assert made[:2] == {"docx": b"PK", "xlsx": b"PK", "ics": b"BE"}[DOCUMENTS[kind].suffix]


def test_a_standard_that_somebody_brought_is_asked_for(pool):
    brought = replace(schemes.load("condiment"), id="own-one", title="本厂标准")
    answers = {
        "photo": lambda _: None,
        "standards": lambda: [],
        "versions": lambda scheme_id: [brought.version] if scheme_id == brought.id else [],
        "standard": lambda *_: brought,
    }
    inputs = ("onepage", _assessment(brought), orders.Layout(), DAY, ())
    assert "本厂标准" in _text(pool.run(Call(orders.document, inputs, answers)))
