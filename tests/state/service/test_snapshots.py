"""Snapshots: taken with their figures, never changed, and opened to whom the assessment is."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from state.documents.access import holder_of_mail
from state.documents.changes import set_finding
from state.documents.examples import examples
from state.documents.snapshot import Snapshot
from state.service.assessments import AssessmentService, Forbidden, Key, Visitor
from state.service.mode import Mode
from state.service.rounds import Rounds
from state.storage.folder import TinyRepository
from state.storage.repository import NotFound, Repository
from tests.state.service.test_assessments import CHANGE, COLLEAGUE, MINE, OWNER, STRANGER, YOURS


@pytest.fixture
def service(repository: Repository, request: pytest.FixtureRequest) -> AssessmentService:
    return AssessmentService(repository, getattr(request, "param", Mode.LOGIN))


def _kept(service: AssessmentService, visitor: Visitor = OWNER) -> Key:
    sample = next(e for e in examples() if e.scheme == "condiment").read()
    service.create(sample, visitor)
    return Key(sample.id)


def test_a_snapshot_has_the_answers_and_what_they_scored(service: AssessmentService) -> None:
    key = _kept(service)
    taken = service.take_snapshot(key, OWNER, "整改前")
    before, _ = service.open(key, OWNER)
    assert (taken.work, taken.profile, taken.chapters) == (
        before.work,
        before.profile,
        before.chapters,
    )
    assert (taken.scheme, taken.work.scheme_version) == ("condiment", "1.1")
    assert taken.figures
    assert (taken.figures.total, taken.figures.grade) == ("79.8", "二级")
    assert len(taken.figures.elements) == 13
    first = taken.figures.elements[0]
    assert (first.id, first.score, first.full) == ("1", "9", "10")
    (line,) = service.list_snapshots(key, OWNER)
    assert (line.title, line.total, line.grade) == ("整改前", "79.8", "二级")
    assert line.group == key.id


def test_a_click_changes_no_snapshot(service: AssessmentService) -> None:
    key = _kept(service)
    taken = service.take_snapshot(key, OWNER, "整改前")
    service.change(key, OWNER, set_finding("1.1.1-a", 1))
    assert service.open_snapshot(key, OWNER, taken.id) == taken
    later = service.take_snapshot(key, OWNER, "整改后")
    assert later.work.answers.findings["1.1.1-a"] == 1
    assert [line.title for line in service.list_snapshots(key, OWNER)] == ["整改后", "整改前"]


def test_a_snapshot_is_no_assessment_that_could_be_changed(service: AssessmentService) -> None:
    key = _kept(service)
    taken = service.take_snapshot(key, OWNER, "整改前")
    with pytest.raises(NotFound):
        service.change(Key(taken.id), OWNER, CHANGE)
    with pytest.raises(NotFound):
        service.open(Key(taken.id), OWNER)
    assert service.open_snapshot(key, OWNER, taken.id) == taken


def test_who_may_do_what_follows_from_the_assessment(service: AssessmentService) -> None:
    key = _kept(service)
    service.share(key, OWNER, holder_of_mail("two@example.com"), True)
    read = Key(token=service.add_link(key, OWNER).links[0])
    taken = service.take_snapshot(key, COLLEAGUE, "同事的")
    assert service.open_snapshot(read, STRANGER, taken.id) == taken
    assert [line.id for line in service.list_snapshots(read, STRANGER)] == [taken.id]
    with pytest.raises(Forbidden):
        service.take_snapshot(read, STRANGER, "只读")
    with pytest.raises(Forbidden):
        service.delete_snapshot(key, COLLEAGUE, taken.id)
    with pytest.raises(Forbidden):
        service.rename_snapshot(read, STRANGER, taken.id, "只读")
    for refused in (
        lambda: service.take_snapshot(key, STRANGER, "x"),
        lambda: service.list_snapshots(key, STRANGER),
        lambda: service.open_snapshot(key, STRANGER, taken.id),
        lambda: service.delete_snapshot(key, STRANGER, taken.id),
    ):
        with pytest.raises(NotFound):
            refused()
    service.delete_snapshot(key, OWNER, taken.id)
    assert service.list_snapshots(key, OWNER) == []


def test_another_name_changes_nothing_else_and_is_no_part_of_what_is_finished(
    service: AssessmentService,
) -> None:
    key = _kept(service)
    service.share(key, OWNER, holder_of_mail("two@example.com"), True)
    service.take_snapshot(key, OWNER, "整改前")
    Rounds(service).finish(key, OWNER)
    taken = service.open_snapshot(key, OWNER, service.list_snapshots(key, OWNER)[0].id)
    assert service.rename_snapshot(key, COLLEAGUE, taken.id, "申请前") == taken.name
    named = service.open_snapshot(key, OWNER, taken.id)
    assert named == taken.having(name="申请前", revision=taken.revision + 1)
    titles = [(line.title, line.total) for line in service.list_snapshots(key, OWNER)]
    assert titles == [("申请前", "79.8"), ("整改前", "79.8")]
    assert service.open(key, OWNER)[0].locked
    with pytest.raises(ValidationError):
        service.rename_snapshot(key, OWNER, taken.id, "字" * 101)
    other = _kept(service)
    with pytest.raises(NotFound):
        service.rename_snapshot(other, OWNER, taken.id, "别人的")


def test_a_snapshot_is_not_opened_through_another_assessment(service: AssessmentService) -> None:
    key, other = _kept(service), _kept(service, STRANGER)
    taken = service.take_snapshot(key, OWNER, "整改前")
    with pytest.raises(NotFound):
        service.open_snapshot(other, STRANGER, taken.id)
    with pytest.raises(NotFound):
        service.delete_snapshot(other, STRANGER, taken.id)
    assert service.open_snapshot(key, OWNER, taken.id) == taken


def test_a_name_that_is_too_long_keeps_nothing(service: AssessmentService) -> None:
    key = _kept(service)
    with pytest.raises(ValidationError):
        service.take_snapshot(key, OWNER, "长" * 101)
    assert service.list_snapshots(key, OWNER) == []


def test_erasing_takes_the_snapshots_along(service: AssessmentService) -> None:
    key, other = _kept(service), _kept(service)
    service.take_snapshot(key, OWNER, "一")
    stays = service.take_snapshot(other, OWNER, "二")
    service.discard(key, OWNER)
    assert len(service.repository.list(kind=Snapshot).lines) == 2
    service.erase(key, OWNER)
    assert [line.id for line in service.repository.list(kind=Snapshot).lines] == [stays.id]


@pytest.mark.parametrize("service", [Mode.LINK], indirect=True)
def test_a_new_link_brings_the_snapshots_along_and_the_old_one_opens_none(
    service: AssessmentService,
) -> None:
    key = _kept(service, MINE)
    taken = service.take_snapshot(key, MINE, "整改前")
    fresh = Key(service.renew(key, MINE))
    (line,) = service.list_snapshots(fresh, MINE)
    moved = service.open_snapshot(fresh, YOURS, line.id)
    assert moved == taken.having(id=moved.id, assessment=fresh.id)
    with pytest.raises(NotFound):
        service.open_snapshot(key, YOURS, taken.id)
    with pytest.raises(NotFound):
        service.open_snapshot(fresh, YOURS, taken.id)


def test_snapshots_make_no_click_dearer(tmp_path: Path) -> None:
    """One document is written, and it is no larger for what was kept before."""
    repository = TinyRepository(tmp_path)
    service = AssessmentService(repository, Mode.LOCAL)
    key = _kept(service)

    def written(count: int) -> dict[str, int]:
        before = {path: path.stat().st_ino for path in tmp_path.rglob("*.json")}
        service.change(key, OWNER, set_finding("1.1.1-a", count))
        after = [*tmp_path.rglob("*.json")]
        return {
            str(path.relative_to(tmp_path)): path.stat().st_size
            for path in after
            if path.stat().st_ino != before.get(path)
        }

    alone = written(1)
    assert list(alone) == [f"{key.id}.json"]
    for number in range(30):
        service.take_snapshot(key, OWNER, f"第 {number} 次")
    assert written(2) == alone
