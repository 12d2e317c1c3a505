"""A place that loses its last writes, as a failover or a backup does: noticed, and offered back."""

import contextlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.types.json import Jsonb

from state.documents.assessment import Assessment
from state.documents.changes import set_finding
from state.service import outbox
from state.service.assessments import AssessmentService, Forbidden, Key, Visitor
from state.service.mode import Mode
from state.service.outbox import Outbox
from state.storage.opening import is_database
from state.storage.repository import Repository, Unavailable, update
from tests.state.conftest import filled


@pytest.fixture
def box(repository: Repository) -> Outbox:
    return Outbox(repository)


def _put_back(storage: str, document: Assessment) -> None:
    """Keep an older revision, as if what came after it had never been."""
    content = document.model_dump(mode="json")
    if is_database(storage):
        with psycopg.connect(storage) as connection:
            connection.execute("UPDATE documents SET document = %s", (Jsonb(content),))
    else:
        tables = {"assessment": {"1": content}, "access": {"1": {}}}
        path = Path(storage) / f"{document.id}.json"
        path.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


def _clicks(box: Outbox, count: int = 3) -> list[Assessment]:
    """An assessment as it was kept, after each of some clicks."""
    assessment = filled()
    box.create(assessment)
    kept = [box.load(assessment.id)[0]]
    for number in range(count):
        kept.append(box.update(assessment.id, set_finding("1.1.1-a", number + 1)).document)
    return kept


def test_an_older_revision_is_noticed_and_the_newer_one_offered_back(
    box: Outbox, repository: Repository, storage: str
) -> None:
    *_, older, _, latest = _clicks(box)
    _put_back(storage, older)
    assert box.load(latest.id)[0] == older  # what is kept is what is shown
    assert box.lost(latest.id) == latest
    assert box.load(latest.id)[0] == older
    assert box.lost(latest.id) == latest
    box.settle_lost(latest.id, True)
    assert box.lost(latest.id) is None
    kept = repository.load(latest.id)
    assert kept.work == latest.work
    assert kept.revision > latest.revision
    assert box.load(latest.id)[0] == kept
    assert box.lost(latest.id) is None


def test_who_leaves_what_is_kept_is_not_asked_again_on_any_server(
    box: Outbox, repository: Repository, storage: str
) -> None:
    *_, older, _, latest = _clicks(box)
    elsewhere = Outbox(repository)
    elsewhere.load(latest.id)
    _put_back(storage, older)
    box.load(latest.id)
    box.settle_lost(latest.id, False)
    kept = repository.load(latest.id)
    assert kept.work == older.work
    assert kept.revision > latest.revision
    for one in (box, elsewhere):
        assert one.load(latest.id)[0] == kept
        assert one.lost(latest.id) is None


@pytest.mark.parametrize("clicks", [1, 2, 3])
def test_clicks_on_the_older_revision_hide_nothing_and_are_in_what_is_brought_back(
    box: Outbox, repository: Repository, storage: str, clicks: int
) -> None:
    *_, older, _, latest = _clicks(box)
    _put_back(storage, older)
    for number in range(clicks):
        box.update(latest.id, set_finding("1.1.2-a", number + 1))
    assert box.lost(latest.id)
    box.settle_lost(latest.id, True)
    found = repository.load(latest.id).work.answers.findings
    assert (found["1.1.1-a"], found["1.1.2-a"]) == (3, clicks)


def test_another_write_under_the_same_number_is_noticed(
    box: Outbox, repository: Repository, storage: str
) -> None:
    *_, older, latest = _clicks(box)
    _put_back(storage, older)
    update(repository, latest.id, set_finding("1.1.2-a", 7))  # by another server
    box.load(latest.id)
    assert box.lost(latest.id) == latest


def test_a_server_that_saw_nothing_later_says_nothing(
    box: Outbox, repository: Repository, storage: str
) -> None:
    *_, older, latest = _clicks(box)
    _put_back(storage, older)
    fresh = Outbox(repository)
    fresh.load(latest.id)
    assert fresh.lost(latest.id) is None


def test_a_change_that_waited_notices_it_too(
    box: Outbox, repository: Repository, storage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox, "_PAUSE", 0.0)
    *_, older, _, latest = _clicks(box)
    with _away(repository, monkeypatch):
        box.update(latest.id, set_finding("1.1.2-a", 2))
    _put_back(storage, older)
    box.load(latest.id)
    lost = box.lost(latest.id)
    assert lost and lost.work.answers.findings["1.1.1-a"] == 3
    assert lost.work.answers.findings["1.1.2-a"] == 2


@contextlib.contextmanager
def _away(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if the line to it were cut."""

    def refuse(*_: object) -> None:
        raise Unavailable("away")

    with monkeypatch.context() as patched:
        for name in ("read", "revise"):
            patched.setattr(repository, name, refuse)
        yield


def test_writes_by_others_are_no_loss(
    box: Outbox, repository: Repository, opened: Callable[[], Repository]
) -> None:
    *_, latest = _clicks(box)
    other = Outbox(opened())
    for number in range(5):
        for one in (box, other):
            one.update(latest.id, set_finding("1.1.3-a", number))
            one.load(latest.id)
            assert one.lost(latest.id) is None
    assert repository.load(latest.id).revision > latest.revision


def test_who_may_only_read_decides_nothing(repository: Repository) -> None:
    service, me = AssessmentService(repository, Mode.LINK), Visitor(frozenset({"browser:1"}))
    assessment = filled()
    service.create(assessment, me)
    key = Key(assessment.id)
    latest, _ = service.change(key, me, set_finding("1.1.1-a", 1))
    (token,) = service.add_link(key, me).links
    lost, service.outbox._known[assessment.id].lost = latest, latest
    with pytest.raises(Forbidden):
        service.settle_lost(Key(token=token), Visitor(), True)
    assert service.lost(key) == lost
    service.settle_lost(key, me, True)
    assert service.lost(key) is None
