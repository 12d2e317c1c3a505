"""One round is finished and locked, opened again on the record, and followed by the next."""

from datetime import date

import pytest

from state.documents.access import holder_of_mail
from state.documents.changes import set_finding, set_profile, set_reviewed, set_text
from state.documents.examples import examples
from state.documents.finishing import set_archived, set_certificate, set_tags
from state.documents.snapshot import Snapshot
from state.documents.transfer import export_json, import_json
from state.service.assessments import AssessmentService, Forbidden, Key, Locked
from state.service.mode import Mode
from state.service.rounds import Rounds
from state.storage.repository import Moved, Repository
from tests.state.service.test_assessments import COLLEAGUE, MINE, OWNER, STRANGER


@pytest.fixture
def service(repository: Repository, request: pytest.FixtureRequest) -> AssessmentService:
    return AssessmentService(repository, getattr(request, "param", Mode.LOGIN))


@pytest.fixture
def key(service: AssessmentService) -> Key:
    sample = next(e for e in examples() if e.scheme == "condiment").read()
    service.create(sample, MINE if service.mode is Mode.LINK else OWNER)
    return Key(sample.id)


def test_what_is_finished_admits_no_change_until_it_is_opened_again(
    service: AssessmentService, key: Key
) -> None:
    rounds = Rounds(service)
    before, _ = service.open(key, OWNER)
    kept = rounds.finish(key, OWNER)
    assert kept.locked
    (line,) = service.list_snapshots(key, OWNER)
    assert (line.title, line.id, line.total) == ("完成自评", kept.finishings[0].snapshot, "79.8")
    assert service.open_snapshot(key, OWNER, line.id).work == before.work
    for change in (
        set_finding("1.1.1-a", 1),
        set_text("remarks", "1.1.1", "", "改了"),
        set_profile("name", "别的名字"),
    ):
        with pytest.raises(Locked, match="已经完成并锁定"):
            service.change(key, OWNER, change)
    with pytest.raises(Locked):
        rounds.finish(key, OWNER)
    with pytest.raises(Forbidden, match="解锁以后"):
        service.delete_snapshot(key, OWNER, line.id)
    service.change(key, OWNER, set_certificate("number", "浙AQB 2026-001"))
    service.change(key, OWNER, set_tags(["  萧山 ", "萧山", "酱油", ""]))
    service.change(key, OWNER, set_archived(True))
    now, _ = service.open(key, OWNER)
    assert (now.certificate.number, now.tags, now.archived) == (
        "浙AQB 2026-001",
        ["萧山", "酱油"],
        True,
    )
    rounds.reopen(key, OWNER)
    opened, _ = service.change(key, OWNER, set_finding("1.1.1-a", 1))
    assert opened.finishings[0].reopened
    assert service.open_snapshot(key, OWNER, line.id).work == before.work
    assert rounds.finish(key, OWNER).locked
    assert len(service.list_snapshots(key, OWNER)) == 2


def test_who_may_not_edit_may_neither_finish_nor_reopen(
    service: AssessmentService, key: Key
) -> None:
    rounds = Rounds(service)
    read = Key(token=service.add_link(key, OWNER).links[0])
    service.share(key, OWNER, holder_of_mail("two@example.com"), True)
    with pytest.raises(Forbidden):
        rounds.finish(read, STRANGER)
    rounds.finish(key, COLLEAGUE)
    for action in (rounds.reopen, rounds.again):
        with pytest.raises(Forbidden):
            action(read, STRANGER)
    assert service.open(key, OWNER)[0].locked


def test_a_change_at_the_same_moment_keeps_it_open_and_leaves_no_snapshot(
    service: AssessmentService, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    take = service.take_snapshot

    def late(*inputs: object) -> Snapshot:
        taken = take(*inputs)  # type: ignore[arg-type]
        service.change(key, OWNER, set_finding("1.1.1-a", 1))
        return taken

    monkeypatch.setattr(service, "take_snapshot", late)
    with pytest.raises(Moved, match="刚才有人修改"):
        Rounds(service).finish(key, OWNER)
    assert not service.open(key, OWNER)[0].locked
    assert service.list_snapshots(key, OWNER) == []


def test_the_next_one_has_the_scope_and_nothing_reviewed(
    service: AssessmentService, key: Key
) -> None:
    rounds = Rounds(service)
    service.change(key, OWNER, set_reviewed(["1.1.1"], True))
    with pytest.raises(Forbidden, match="请先完成"):
        rounds.again(key, OWNER)
    before = rounds.finish(key, OWNER)
    first = Key(rounds.again(key, OWNER))
    begun, _ = service.open(first, OWNER)
    was, now = before.work.answers, begun.work.answers
    assert (begun.profile.name, begun.scheme) == (before.profile.name, "condiment")
    assert (now.facets, now.not_applicable) == (was.facets, was.not_applicable)
    assert (now.reviewed, now.findings, now.performance) == ([], {}, {})
    (line,) = service.list_snapshots(first, OWNER)
    assert begun.previous == [line.id]
    assert service.open_snapshot(first, OWNER, line.id).work == before.work
    service.erase(key, OWNER)
    rounds.finish(first, OWNER)
    second, _ = service.open(Key(rounds.again(first, OWNER)), OWNER)
    names = [line.title for line in service.list_snapshots(Key(second.id), OWNER)]
    assert (len(second.previous), names) == (2, ["完成自评", "完成自评"])


def test_the_reassessment_of_what_is_finished_opens_it_on_the_record(
    service: AssessmentService,
) -> None:
    sample = next(e for e in examples() if e.scheme == "tobacco").read()
    service.create(sample, OWNER)
    key = Key(sample.id)
    Rounds(service).finish(key, OWNER)
    Rounds(service).reassess(key, OWNER, date(2026, 11, 26))
    now, _ = service.open(key, OWNER)
    assert now.work.reassessment
    assert now.finishings[0].reopened
    assert not now.locked


@pytest.mark.parametrize("service", [Mode.LINK], indirect=True)
def test_a_new_link_takes_the_lock_and_its_snapshot_along(
    service: AssessmentService, key: Key
) -> None:
    rounds = Rounds(service)
    rounds.finish(key, MINE)
    again = Key(rounds.again(key, MINE))
    for one, names in ((key, "finishings"), (again, "previous")):
        fresh = Key(service.renew(one, MINE))
        kept, _ = service.open(fresh, MINE)
        (line,) = service.list_snapshots(fresh, MINE)
        named = [f.snapshot for f in kept.finishings] or kept.previous
        assert getattr(kept, names)
        assert named == [line.id]


def test_a_copy_in_a_file_is_open_and_tells_nothing_of_the_owners_list(
    service: AssessmentService, key: Key
) -> None:
    Rounds(service).finish(key, OWNER)
    service.change(key, OWNER, set_tags(["萧山"]))
    kept, _ = service.change(key, OWNER, set_certificate("expires", date(2029, 5, 1)))
    content = export_json(kept)
    assert "萧山" not in content.decode()
    assert kept.finishings[0].snapshot not in content.decode()
    read = import_json(content)
    assert (read.locked, read.certificate.expires) == (False, date(2029, 5, 1))
