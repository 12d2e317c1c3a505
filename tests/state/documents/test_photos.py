"""Photos of an assessment: their changes, their bounds, and the file they travel in."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import schemes
from state.documents.action import Action
from state.documents.action_changes import add_actions
from state.documents.assessment import Assessment, Photo, Work, answers_of, new_assessment
from state.documents.changes import set_scheme, start_reassessment
from state.documents.clashes import clashes
from state.documents.faults import first_fault
from state.documents.packing import export_file, import_file
from state.documents.photo_changes import (
    add_photo,
    add_picture,
    drop_photo,
    left,
    room,
    set_caption,
)
from state.documents.photo_files import photo_of
from state.documents.transfer import TransferError, export_document, export_json, import_json
from tests.state.conftest import STRANGE, filled
from tests.state.photos import photo

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
KEPT = [photo_of(photo(number)) for number in range(4)]
DIGESTS = [hashlib.sha256(content).hexdigest() for content in KEPT]
STORE = dict(zip(DIGESTS, KEPT, strict=True))


def entry(number: int, caption: str = "") -> Photo:
    """One that nothing is kept of, but for the first four."""
    digest = DIGESTS[number] if number < len(DIGESTS) else f"{number:064x}"
    return Photo(digest=digest, at=NOW, caption=caption)


def pictured(*numbers: int, start: Assessment | None = None, item: str = "7.1.4") -> Assessment:
    assessment = start or filled()
    for number in numbers:
        assessment = add_photo(item, entry(number))(assessment)
    return assessment


def shown(assessment: Assessment, item: str = "7.1.4") -> list[str]:
    return [one.digest for one in assessment.work.photos.get(item, ())]


# Changes


def test_photos_of_two_windows_add_up_and_each_is_there_once() -> None:
    seen = pictured(0)
    mine, theirs = add_photo("7.1.4", entry(1)), add_photo("7.1.4", entry(2))
    merged = mine(theirs(mine(seen)))
    assert shown(merged) == [DIGESTS[0], DIGESTS[1], DIGESTS[2]]
    assert clashes(seen, mine(seen), theirs(seen), mine(theirs(seen))) == []


def test_a_photo_goes_everywhere_at_once() -> None:
    """Also out of what lies below a re-assessment, and of work for another standard."""
    begun = start_reassessment(date(2026, 11, 1))(pictured(0, 1))
    other = set_scheme(schemes.load("hazchem"))(pictured(0, start=begun, item="6.2.9"))
    both = pictured(0, start=other, item="1.1")
    action = Action(problem="阀门渗漏", before=(DIGESTS[0], DIGESTS[1]), after=(DIGESTS[0],))
    both = add_actions({"a" * 32: action})(both)
    assert {*both.blobs} == {DIGESTS[0], DIGESTS[1]}
    left_over = drop_photo(DIGESTS[0])(both)
    assert left_over.blobs == (DIGESTS[1],)
    assert DIGESTS[0] not in left_over.model_dump_json()
    assert left_over.work.actions["a" * 32].before == (DIGESTS[1],)
    assert drop_photo(DIGESTS[0])(left_over) == left_over


def test_what_a_photo_shows_can_be_said() -> None:
    told = set_caption("7.1.4", DIGESTS[1], " 3 号罐 ")(pictured(0, 1))
    assert [one.caption for one in told.work.photos["7.1.4"]] == ["", "3 号罐"]
    assert set_caption("7.1.4", DIGESTS[3], "没有这张")(told) == told


def test_nine_of_an_item_and_two_hundred_in_all() -> None:
    full = pictured(*range(9))
    assert room(full, 9) == 0 and room(full, 0) == 9
    with pytest.raises(ValidationError) as fault:
        pictured(9, start=full)
    assert "条数太多" in first_fault(fault.value)
    many = full
    for number in range(9, 199):
        many = pictured(number, start=many, item=f"i{number // 9}")
    assert (left(many), room(many, 0)) == (1, 1)
    many = pictured(199, start=many, item="last")
    assert (left(many), room(many, 0)) == (0, 0)
    assert pictured(199, start=many, item="again")  # no new one: the same at another item
    with pytest.raises(ValidationError) as fault:
        pictured(200, start=many, item="new")
    assert first_fault(fault.value) == "整个文件：照片超过 200 张"


def test_photos_of_an_item_that_the_standard_does_not_know_are_said() -> None:
    strange = pictured(0, item="99.9")
    assert "99.9" in answers_of(schemes.load("condiment"), strange.work).unknown


def test_an_action_has_photos_before_and_after() -> None:
    kept = add_actions({"c" * 32: Action(problem="阀门渗漏")})(filled())
    for side, number in (("before", 0), ("after", 1), ("after", 1)):
        kept = add_picture("c" * 32, side, entry(number))(kept)
    action = kept.work.actions["c" * 32]
    assert (action.before, action.after) == ((DIGESTS[0],), (DIGESTS[1],))


# The file


@settings(max_examples=15, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["7.1.4", "2.1.1", "99.9"]),
        st.lists(st.sampled_from(range(4)), min_size=1, max_size=4, unique=True),
        min_size=1,
    ),
    st.sampled_from([*STRANGE.values()]),
    st.booleans(),
)
def test_a_file_brings_back_what_it_was_made_of(
    photos: Mapping[str, list[int]], caption: str, again: bool
) -> None:
    assessment = filled()
    for item, numbers in photos.items():
        for number in numbers:
            assessment = add_photo(item, entry(number, caption))(assessment)
    assessment = add_actions({"b" * 32: Action(problem=caption, after=(DIGESTS[3],))})(assessment)
    if again:
        assessment = start_reassessment(date(2026, 11, 1))(assessment)
    packed = import_file(export_file(assessment, STORE.get))
    made_anew = {"id", "revision", "updated"}
    assert packed.assessment.model_dump(exclude=made_anew) == assessment.model_dump(
        exclude=made_anew
    )
    assert packed.photos == {digest: STORE[digest] for digest in assessment.blobs}
    assert packed.assessment.id != assessment.id


def test_without_photos_it_is_the_plain_file_it_always_was() -> None:
    plain = filled()
    assert export_file(plain, STORE.get) == export_json(plain)
    assert import_file(export_json(plain)).photos == {}


def test_a_photo_that_is_lost_is_left_out_and_the_rest_comes_back() -> None:
    packed = import_file(export_file(pictured(0, 9), STORE.get))
    assert shown(packed.assessment) == [DIGESTS[0]]
    assert "photos" not in export_json(pictured(0)).decode().replace('"photos": {}', "")


def rezipped(content: bytes, changes: Mapping[str, bytes | None], method: int = 8) -> bytes:
    """The file with some parts replaced, added or, by None, left out."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts: dict[str, bytes | None] = {n: package.read(n) for n in package.namelist()}
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", method) as package:
        for name, data in (parts | dict(changes)).items():
            if data is not None:
                package.writestr(name, data)
    return written.getvalue()


FILE = export_file(pictured(0, 1), STORE.get)
FIRST = f"photos/{DIGESTS[0]}.jpg"
SPOILT = add_photo("7.1.4", Photo(digest=hashlib.sha256(photo(7)).hexdigest(), at=NOW))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\3\4 half a file", "打不开"),
        (FILE[:-40], "打不开"),
        (rezipped(FILE, {"assessment.json": None}), "不是安标自评导出"),
        (rezipped(FILE, {FIRST: None}), "缺少第 1 张照片"),
        (rezipped(FILE, {FIRST: KEPT[1]}), "第 1 张照片和导出时不一样"),
        (rezipped(FILE, {FIRST: bytes(50 * 2**20)}), "展开后太大"),
        (rezipped(FILE, {"assessment.json": bytes(50 * 2**20)}), "展开后太大"),
        (rezipped(FILE, {}, zipfile.ZIP_BZIP2), "不是安标自评导出"),
        (rezipped(FILE, {f"more/{n}": b"" for n in range(600)}), "不是安标自评导出"),
        (export_document(pictured(0)), "照片不在这个文件里"),
        (  # with a place in its metadata: never one of ours
            rezipped(
                FILE,
                {
                    "assessment.json": export_document(SPOILT(filled())),
                    f"photos/{hashlib.sha256(photo(7)).hexdigest()}.jpg": photo(7),
                },
            ),
            "不是本工具保存的照片",
        ),
    ],
)
def test_a_file_that_was_tampered_with_is_refused_by_words(content: bytes, words: str) -> None:
    with pytest.raises(TransferError, match=words):
        import_file(content)


def test_what_others_pack_beside_is_not_looked_at() -> None:
    packed = import_file(rezipped(FILE, {"__MACOSX/._assessment.json": b"x", "../../evil": b"x"}))
    assert set(packed.photos) == {DIGESTS[0], DIGESTS[1]}


def test_a_plain_file_cannot_name_photos_of_others() -> None:
    """Whoever only knows a photo's hash does not get the photo."""
    document = json.loads(export_json(filled()))
    document["work"]["photos"] = {"7.1.4": [{"digest": DIGESTS[0], "at": NOW.isoformat()}]}
    with pytest.raises(TransferError, match="照片不在这个文件里"):
        import_json(json.dumps(document).encode())


def test_what_is_kept_twice_in_a_list_is_shown_once() -> None:
    work = Work(photos={"7.1.4": (entry(0), entry(0, "又一次"))})
    assert new_assessment().having(work=work).blobs == (DIGESTS[0],)
    assert len(work.photos["7.1.4"]) == 1
