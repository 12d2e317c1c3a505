"""Photos in documents: in the annexes, in pairs before and after, and in the ZIP file."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime

import pypdfium2

import schemes
from reports import DOCUMENTS, Subject
from reports.content.actions import action_document
from reports.content.blocks import Heading, Pictures, Text
from reports.content.long_form import long_form
from reports.content.self_assessment import self_assessment
from scoring import score
from scoring.answers import Answers
from state.documents.action import Action
from state.documents.assessment import Photo
from state.documents.photo_files import photo_of
from tests.state.photos import photo

AT = datetime(2026, 11, 20, tzinfo=UTC)
CONTENT = {
    hashlib.sha256(kept).hexdigest(): kept for kept in (photo_of(photo(n)) for n in range(4))
}
ONE, TWO, THREE, FOUR = CONTENT
LOST = "f" * 64
RESULT = score(schemes.load("condiment"), Answers())
BARE = Subject(date(2026, 11, 26))
PHOTOS = {
    "99.9": (Photo(digest=FOUR, at=AT),),
    "7.1.4": (Photo(digest=TWO, at=AT), Photo(digest=LOST, at=AT)),
    "1.1.1": (Photo(digest=ONE, at=AT, caption="目标文件"), Photo(digest=THREE, at=AT)),
}
SUBJECT = replace(BARE, photos=PHOTOS, picture=CONTENT.get)


def test_the_annex_has_them_in_the_order_of_the_standard() -> None:
    for made in (long_form(RESULT, SUBJECT), self_assessment(RESULT, SUBJECT)):
        shown = [block for block in made.blocks if isinstance(block, Pictures)]
        assert [[one.words for one in block.pictures] for block in shown] == [
            ["1.1.1 照片 1　目标文件", "1.1.1 照片 2"],
            ["7.1.4 照片 1"],
            ["99.9 照片 1"],
        ]
    heads = [block.text for block in made.blocks if isinstance(block, Heading)]
    assert heads[-2:] == ["附件 5　照片", "签字"]


def test_without_photos_there_is_no_annex() -> None:
    bare = self_assessment(RESULT, replace(SUBJECT, photos={}))
    assert bare == self_assessment(RESULT, BARE)
    lost = replace(SUBJECT, photos={"1.1.1": (Photo(digest=LOST, at=AT),)})
    assert not [b for b in long_form(RESULT, lost).blocks if isinstance(b, Pictures)]


def test_before_and_after_stand_side_by_side() -> None:
    action = Action(item="7.1.4", problem="未检测", before=(ONE, TWO), after=(THREE,))
    only_after = Action(problem="台账缺页", after=(LOST, FOUR))
    subject = replace(SUBJECT, actions={"a" * 32: action, "b" * 32: only_after, "c" * 32: Action()})
    blocks = action_document(RESULT, subject).blocks
    pairs = [block.pictures for block in blocks if isinstance(block, Pictures)]
    assert [[(one.words, one.data) for one in pair] for pair in pairs] == [
        [("整改前", CONTENT[ONE]), ("整改后", CONTENT[THREE])],
        [("整改前", CONTENT[TWO])],
        [("整改后", CONTENT[FOUR])],
    ]
    said = [block.words for block in blocks if isinstance(block, Text)]
    assert "1　7.1.4　未检测" in said


def test_they_are_drawn_and_packed() -> None:
    subject = replace(SUBJECT, actions={"a" * 32: Action(problem="未检测", before=(ONE,))})
    report = DOCUMENTS["docx"].make(RESULT, subject)
    with zipfile.ZipFile(io.BytesIO(report)) as word:
        drawn = {word.read(n) for n in word.namelist() if n.startswith("word/media/")}
    assert {CONTENT[ONE], CONTENT[TWO], CONTENT[THREE], CONTENT[FOUR]} <= drawn
    pdf = pypdfium2.PdfDocument(DOCUMENTS["long"].make(RESULT, subject))
    pictures = [o for page in list(pdf)[-2:] for o in page.get_objects() if o.type == 3]
    assert len(pictures) == 4


def test_the_zip_file_has_them_by_item(monkeypatch) -> None:
    few = {kind: DOCUMENTS[kind] for kind in ("records-xlsx", "zip")}
    monkeypatch.setattr(
        "reports.documents.DOCUMENTS", few
    )  # whole: `delitem` would leave another order
    package = DOCUMENTS["zip"].make(RESULT, SUBJECT)
    with zipfile.ZipFile(io.BytesIO(package)) as files:
        names = [n for n in files.namelist() if n.startswith("照片/")]
        assert names == [
            "照片/1-1-1-1.jpg",
            "照片/1-1-1-2.jpg",
            "照片/7-1-4-1.jpg",
            "照片/99-9-1.jpg",
        ]
        assert files.read(names[0]) == CONTENT[ONE]
