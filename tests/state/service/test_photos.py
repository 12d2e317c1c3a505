"""Photos in either storage: kept, seen by whom they may be, taken away for good, killed half-way."""

import contextlib
import hashlib
import multiprocessing
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from time import sleep

import pytest

from state.documents.assessment import Assessment, Photo
from state.documents.packing import export_file, import_file
from state.documents.photo_changes import add_photo
from state.documents.photo_files import photo_of
from state.documents.pictures import PictureFault
from state.service.assessments import AssessmentService, Forbidden, Key, Visitor
from state.service.housekeeping import tidy
from state.service.mode import Mode
from state.service.photos import NoRoom, PhotoService, photo_reader, put_photos
from state.storage import deadline
from state.storage.copying import copy
from state.storage.opening import open_storage
from state.storage.repository import NotFound, Repository, RepositoryError
from tests.commands import run_command
from tests.state.conftest import filled
from tests.state.photos import photo
from tests.state.service.test_assessments import COLLEAGUE, NOBODY, OWNER, STRANGER

LATER = datetime.now(UTC) + timedelta(days=2)
SPAWN = multiprocessing.get_context("spawn")


@pytest.fixture
def assessments(repository: Repository) -> AssessmentService:
    return AssessmentService(repository, Mode.LOGIN)


@pytest.fixture
def service(assessments: AssessmentService) -> PhotoService:
    return PhotoService(assessments)


@pytest.fixture
def key(assessments: AssessmentService) -> Key:
    assessment = filled()
    assessments.create(assessment, OWNER)
    return Key(assessment.id)


def added(
    service: PhotoService,
    assessments: AssessmentService,
    key: Key,
    number: int,
    visitor: Visitor = OWNER,
    item: str = "7.1.4",
) -> str:
    """The hash of a photo, added as a page does it."""
    kept = service.keep(key, visitor, photo(number), partial(add_photo, item))
    assessments.change(key, visitor, add_photo(item, kept))
    return kept.digest


def test_a_photo_is_seen_by_whoever_may_see_its_assessment(
    service: PhotoService, assessments: AssessmentService, key: Key
) -> None:
    digest = added(service, assessments, key, 1)
    assert service.photo(key, OWNER, digest) == photo_of(photo(1))
    assert b"boiler" in photo(1) and b"boiler" not in service.photo(key, OWNER, digest)
    reader = Key(token=assessments.add_link(key, OWNER).links[0])
    assert service.photo(reader, NOBODY, digest) == photo_of(photo(1))
    for one in (STRANGER, NOBODY):
        with pytest.raises(NotFound):
            service.photo(key, one, digest)
    for attempt in (
        lambda: service.keep(reader, NOBODY, photo(2), partial(add_photo, "1.1")),
        lambda: service.remove(reader, NOBODY, digest),
    ):
        with pytest.raises(Forbidden):
            attempt()
    own = filled()
    assessments.create(own, STRANGER)
    with pytest.raises(NotFound):  # a hash alone opens nothing
        service.photo(Key(own.id), STRANGER, digest)


def test_a_removed_photo_is_gone_everywhere_and_its_file_with_it(
    service: PhotoService, assessments: AssessmentService, key: Key, repository: Repository
) -> None:
    assessments.share(key, OWNER, COLLEAGUE.mail, True)
    first, second = (added(service, assessments, key, number) for number in (1, 2))
    taken = assessments.take_snapshot(key, OWNER, "初评")
    added(service, assessments, key, 1, item="1.1")
    assert repository.line(taken.id, type(taken)).blobs == (first, second)
    service.remove(key, COLLEAGUE, first)
    assert assessments.open(key, OWNER)[0].blobs == (second,)
    later = assessments.open_snapshot(key, OWNER, taken.id)
    assert (later.blobs, later.figures, later.updated) == ((second,), taken.figures, taken.updated)
    assert not repository.has_blob(first) and repository.has_blob(second)
    service.remove(key, OWNER, first)  # somebody was quicker


def test_a_file_stays_while_another_assessment_shows_it(
    service: PhotoService, assessments: AssessmentService, key: Key, repository: Repository
) -> None:
    digest = added(service, assessments, key, 1)
    read = import_file(export_file(repository.load(key.id), photo_reader(repository)))
    service.take_in(read, STRANGER)
    service.remove(key, OWNER, digest)
    other = Key(read.assessment.id)
    assert service.photo(other, STRANGER, digest) == photo_of(photo(1))
    tidy(repository, LATER)
    assert repository.has_blob(digest)
    assessments.erase(other, STRANGER)
    assert not repository.has_blob(digest)


def test_a_snapshot_keeps_photos_and_they_follow_a_new_link(
    service: PhotoService, assessments: AssessmentService, key: Key, repository: Repository
) -> None:
    digest = added(service, assessments, key, 1)
    assessments.take_snapshot(key, OWNER, "初评")
    new = Key(assessments.renew(key, OWNER))
    assert service.photo(new, OWNER, digest) == photo_of(photo(1))
    assessments.erase(new, OWNER)
    assert repository.blobs() == set()


def test_what_was_uploaded_and_never_shown_goes_after_a_day(
    service: PhotoService, key: Key, repository: Repository
) -> None:
    kept = service.keep(key, OWNER, photo(3), partial(add_photo, "7.1.4"))
    tidy(repository, datetime.now(UTC))
    assert repository.has_blob(kept.digest)
    tidy(repository, LATER)
    assert not repository.has_blob(kept.digest)


def test_there_is_room_for_nine_and_nothing_is_kept_beyond(
    service: PhotoService, assessments: AssessmentService, key: Key, repository: Repository
) -> None:
    for number in range(9):
        one = Photo(digest=f"{number:064x}", at=datetime.now(UTC))
        assessments.change(key, OWNER, add_photo("7.1.4", one))
    with pytest.raises(NoRoom, match="已有 9 张照片"):
        added(service, assessments, key, 1)
    for number in range(9, 200):
        one = Photo(digest=f"{number:064x}", at=datetime.now(UTC))
        assessments.change(key, OWNER, add_photo(f"i{number // 9}", one))
    with pytest.raises(NoRoom, match="已有 200 张照片"):
        added(service, assessments, key, 1, item="1.1")
    assert repository.blobs() == set()


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", photo(1)[:300]])
def test_what_is_no_picture_changes_nothing(
    service: PhotoService, key: Key, repository: Repository, content: bytes
) -> None:
    with pytest.raises(PictureFault):
        service.keep(key, OWNER, content, partial(add_photo, "7.1.4"))
    assert repository.blobs() == set()


def test_what_cannot_be_created_leaves_no_photo(
    service: PhotoService, assessments: AssessmentService, key: Key, repository: Repository
) -> None:
    digest = added(service, assessments, key, 1)
    content = export_file(repository.load(key.id), photo_reader(repository))
    assessments.erase(key, OWNER)
    with pytest.raises(RepositoryError, match="请先登录"):
        service.take_in(import_file(content), NOBODY)
    assert not repository.has_blob(digest)


def test_photos_are_copied_from_storage_to_storage(
    service: PhotoService,
    assessments: AssessmentService,
    key: Key,
    repository: Repository,
    tmp_path: Path,
) -> None:
    digest = added(service, assessments, key, 1)
    other = open_storage(str(tmp_path / "other"))
    report = copy(repository, other, lambda *_: None)
    assert (report.refused, report.different) == ({}, [])
    assert other.blob(digest) == photo_of(photo(1))
    assert other.load(key.id).blobs == (digest,)
    other.delete(key.id)
    tidy(other, LATER)
    assert other.blobs() == set()


# By command


def test_a_large_file_is_taken_in_by_command(
    service: PhotoService,
    assessments: AssessmentService,
    key: Key,
    repository: Repository,
    tmp_path: Path,
) -> None:
    digest = added(service, assessments, key, 1)
    file = tmp_path / "自评.zip"
    file.write_bytes(export_file(repository.load(key.id), photo_reader(repository)))
    target = tmp_path / "target"
    environ = {"ANBIAO_DATA": str(target), "ANBIAO_DATABASE_URL": "", "ANBIAO_MODE": ""}
    done = run_command("state", "import", file, environ=environ)
    assert (done.returncode, done.stderr) == (0, "")
    assert "已导入 清溪酱油作坊，照片 1 张" in done.stdout
    kept = open_storage(str(target))
    (line,) = kept.list().lines
    assert f"?a={line.id}" in done.stdout
    assert (line.blobs, line.reviewed is not None) == ((digest,), True)
    assert kept.blob(digest) == photo_of(photo(1))
    file.write_bytes(file.read_bytes()[:-50])
    refused = run_command("state", "import", file, environ=environ)
    assert refused.returncode == 2 and "没有导入：这个 ZIP 文件打不开" in refused.stderr
    assert run_command("state", "import", tmp_path / "no.zip", environ=environ).returncode == 2
    unowned = run_command("state", "import", file, environ=environ | {"ANBIAO_MODE": "login"})
    assert unowned.returncode == 2 and "--owner" in unowned.stderr
    assert len(kept.list().lines) == 1


# kill -9


def _add_until_killed(storage: str, assessment_id: str, told: Connection) -> None:
    """Photo after photo, each said when its change is saved."""
    deadline.PATIENCE = 30.0  # a busy machine, and a process of its own
    assessments = AssessmentService(open_storage(storage), Mode.LOCAL)
    service, key = PhotoService(assessments), Key(assessment_id)
    for number in range(60):
        told.send(added(service, assessments, key, number, NOBODY, f"i{number // 9}"))


def test_a_kill_while_photos_are_saved_leaves_every_file_whole_and_none_missing(
    storage: str, opened: Callable[[], Repository]
) -> None:
    before = opened()
    assessment = filled()
    before.create(assessment)
    receiving, sending = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=_add_until_killed, args=(storage, assessment.id, sending))
    process.start()
    sending.close()
    confirmed = [receiving.recv(), receiving.recv()]
    sleep(0.005)
    process.kill()
    process.join()
    with contextlib.suppress(EOFError):
        while True:
            confirmed.append(receiving.recv())
    after = opened()
    kept: Assessment = after.load(assessment.id)
    assert set(confirmed) <= set(kept.blobs)
    for digest in after.blobs():
        assert hashlib.sha256(after.blob(digest)).hexdigest() == digest
    assert set(kept.blobs) <= set(after.blobs())
    assert kept.work.having(photos={}) == assessment.work
    tidy(after, LATER)
    assert set(after.blobs()) == set(kept.blobs)


def test_put_photos_puts_nothing_for_a_plain_file(repository: Repository) -> None:
    plain = import_file(export_file(filled(), lambda _: None))
    put_photos(repository, plain, lambda: repository.create(plain.assessment))
    assert repository.load(plain.assessment.id).blobs == ()
