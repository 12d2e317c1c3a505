"""Who may put a logo there, who sees it, and what becomes of it."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from PIL import Image

from state.documents.assessment import new_assessment
from state.documents.changes import set_profile
from state.documents.pictures import PictureFault
from state.service.assessments import AssessmentService, Forbidden, Key, TooMany
from state.service.housekeeping import tidy
from state.service.mode import Mode
from state.service.pictures import Pictures, picture
from state.storage.repository import NotFound, Repository
from tests.state.service.test_assessments import OWNER, STRANGER


def png(colour: str = "red") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (60, 30), colour).save(written, "PNG")
    return written.getvalue()


@pytest.fixture
def service(repository: Repository) -> AssessmentService:
    return AssessmentService(repository, Mode.LOGIN)


@pytest.fixture
def key(service: AssessmentService) -> Key:
    assessment = new_assessment()
    service.create(assessment, OWNER)
    return Key(assessment.id)


def test_a_logo_is_kept_shown_and_erased_with_the_last_that_shows_it(
    service: AssessmentService, repository: Repository, key: Key
) -> None:
    digest = Pictures(service).keep_logo(key, OWNER, png())
    shown, _ = service.change(key, OWNER, set_profile("logo", digest))
    data = picture(repository, shown, digest)
    assert data is not None
    assert Image.open(io.BytesIO(data)).size == (60, 30)
    other = shown.model_copy(update={"id": "0" * 32, "revision": 0})
    service.create(other, OWNER)
    service.erase(key, OWNER)
    assert repository.has_blob(digest)
    service.erase(Key(other.id), OWNER)
    assert not repository.has_blob(digest)


def test_a_snapshot_keeps_the_logo_of_its_day(
    service: AssessmentService, repository: Repository, key: Key
) -> None:
    digest = Pictures(service).keep_logo(key, OWNER, png())
    service.change(key, OWNER, set_profile("firm_logo", digest))
    service.take_snapshot(key, OWNER, "初评")
    service.change(key, OWNER, set_profile("firm_logo", None))
    tidy(repository, datetime.now(UTC) + timedelta(days=2))
    assert repository.has_blob(digest)


def test_only_who_may_edit_puts_a_logo_there(service: AssessmentService, key: Key) -> None:
    link = Key(token=service.add_link(key, OWNER).links[-1])
    with pytest.raises(NotFound):
        Pictures(service).keep_logo(key, STRANGER, png())
    with pytest.raises(Forbidden, match="只能查看"):
        Pictures(service).keep_logo(link, STRANGER, png())


def test_what_is_no_logo_is_not_kept_nor_one_too_many(
    service: AssessmentService, repository: Repository, key: Key
) -> None:
    pictures = Pictures(service)
    with pytest.raises(PictureFault):
        pictures.keep_logo(key, OWNER, b"no picture")
    with pytest.raises(PictureFault):
        pictures.keep_logo(key, OWNER, png() + bytes(5 * 2**20))
    assert not repository.blobs()
    many = next(n for n in range(2000) if pictures._uploaded.take(OWNER.who))
    assert many < 1500
    with pytest.raises(TooMany):
        pictures.keep_logo(key, OWNER, png())


def test_an_assessment_shows_its_own_pictures_alone_and_none_that_stayed_behind(
    service: AssessmentService, repository: Repository, key: Key
) -> None:
    digest = Pictures(service).keep_logo(key, OWNER, png())
    assessment, _ = service.open(key, OWNER)
    assert picture(repository, assessment, digest) is None
    imported = set_profile("logo", "a" * 64)(assessment)
    assert picture(repository, imported, "a" * 64) is None
