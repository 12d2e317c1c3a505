"""Housekeeping: the bin is emptied whoever looks, and what nobody shows goes along."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from state.documents.access import Access
from state.documents.action import Action
from state.documents.action_changes import remove_action
from state.documents.assessment import Assessment, Work, new_assessment
from state.documents.examples import examples
from state.documents.snapshot import Snapshot
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.housekeeping import erase, tidy
from state.service.mode import Mode
from state.storage.line import Found, Line
from state.storage.repository import NotFound, Repository, Unavailable
from tests.state.conftest import filled
from tests.state.storage.test_kinds import snapshot

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
LATER = datetime.now(UTC) + timedelta(days=2)


def _binned(repository: Repository, days: float, owner: str) -> Assessment:
    assessment = filled()
    deleted = NOW - timedelta(days=days)
    repository.create(assessment, Access(owner=owner, deleted=deleted))
    return assessment


def test_everybodys_bin_is_emptied_after_thirty_days(repository: Repository) -> None:
    over = [_binned(repository, 30.01, f"person:{n}") for n in range(3)]
    kept = [_binned(repository, 29.99, "person:1"), filled()]
    repository.create(kept[1])
    repository.create(snapshot(over[0].id))
    stays = snapshot(kept[0].id)
    repository.create(stays)
    assert tidy(repository, NOW) == 3
    assert {line.id for line in repository.list().lines} == {one.id for one in kept}
    assert [line.id for line in repository.list(kind=Snapshot).lines] == [stays.id]
    assert tidy(repository, NOW) == 0


def test_another_kind_is_emptied_too(repository: Repository) -> None:
    taken = snapshot("1" * 32)
    repository.create(taken, Access(deleted=NOW - timedelta(days=31)))
    assert tidy(repository, NOW) == 1
    with pytest.raises(NotFound):
        repository.load(taken.id, Snapshot)


def test_files_only_the_erased_document_shows_go_along(repository: Repository) -> None:
    own, shared = repository.put_blob(b"own"), repository.put_blob(b"shared")
    gone, other = filled(), filled()
    repository.create(gone, line=replace(Line.of(gone), blobs=(own, shared)))
    repository.create(other, line=replace(Line.of(other), blobs=(shared,)))
    erase(repository, gone.id)
    assert not repository.has_blob(own)
    assert repository.has_blob(shared)
    erase(repository, other.id)
    assert not repository.has_blob(shared)


def test_files_nobody_shows_are_kept_for_a_day(repository: Repository) -> None:
    shown, unshown = repository.put_blob(b"shown"), repository.put_blob(b"unshown")
    assessment = filled()
    repository.create(assessment, line=replace(Line.of(assessment), blobs=(shown,)))
    tidy(repository, datetime.now(UTC))
    assert repository.has_blob(unshown)
    tidy(repository, LATER)
    assert repository.has_blob(shown)
    assert not repository.has_blob(unshown)


def test_lines_without_figures_get_them(repository: Repository) -> None:
    sample = next(e for e in examples() if e.scheme == "condiment").read()
    repository.create(sample)
    assert repository.line(sample.id).total is None
    tidy(repository, NOW)
    line = repository.line(sample.id)
    assert (line.total, line.grade) == ("79.8", "二级")
    weakest = {"id": "5", "title": "教育培训", "percent": "54"}
    due = ["2026-12-15", "2026-12-31"]
    assert line.facts == {"weakest": weakest, "open_actions": 2, "due": due}


def test_the_service_saves_the_figures_with_the_answers(repository: Repository) -> None:
    service = AssessmentService(repository, Mode.LOCAL)
    sample = next(e for e in examples() if e.scheme == "condiment").read()
    service.create(sample, Visitor())
    (line,) = service.list(Visitor()).lines
    assert (line.total, line.grade) == ("79.8", "二级")
    service.discard(Key(sample.id), Visitor())
    assert repository.line(sample.id).total == "79.8"


def test_the_line_says_what_is_still_to_be_done_and_until_when(repository: Repository) -> None:
    service = AssessmentService(repository, Mode.LOCAL)
    picture = repository.put_blob(b"picture")
    actions = {
        "1" * 32: Action(due=date(2026, 12, 8), before=(picture,)),
        "2" * 32: Action(due=date(2026, 12, 1)),
        "3" * 32: Action(),
        "4" * 32: Action(due=date(2026, 11, 1), done=date(2026, 11, 2)),
    }
    assessment = filled().having(work=Work(actions=actions))
    service.create(assessment, Visitor())
    (line,) = service.list(Visitor()).lines
    assert (line.facts["open_actions"], line.facts["due"]) == (3, ["2026-12-01", "2026-12-08"])
    assert line.blobs == (picture,)
    tidy(repository, LATER)
    assert repository.has_blob(picture)
    service.change(Key(assessment.id), Visitor(), remove_action("1" * 32))
    assert repository.line(assessment.id).facts["due"] == ["2026-12-01"]
    tidy(repository, LATER)
    assert not repository.has_blob(picture)
    assert repository.load(assessment.id).work.actions == {
        one: actions[one] for one in ("2" * 32, "3" * 32, "4" * 32)
    }


def test_a_storage_that_is_away_is_said(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise Unavailable("暂时连不上")

    monkeypatch.setattr(repository, "refresh", away)
    with pytest.raises(Unavailable):
        tidy(repository, NOW)


def put(repository: Repository, deleted: datetime | None) -> str:
    assessment = new_assessment()
    repository.create(assessment, Access(deleted=deleted))
    return assessment.id


def there(repository: Repository) -> set[str]:
    return {line.id for line in repository.list().lines}


@pytest.mark.parametrize(
    ("age", "erased"),
    [
        (timedelta(days=30) - timedelta(seconds=1), 0),
        (timedelta(days=30), 0),
        (timedelta(days=30, seconds=1), 1),
    ],
)
def test_the_bin_keeps_for_thirty_days(repository: Repository, age: timedelta, erased: int) -> None:
    put(repository, NOW - age)
    assert tidy(repository, NOW) == erased
    assert len(there(repository)) == 1 - erased


def test_nothing_else_is_touched(repository: Repository) -> None:
    kept = {put(repository, None), put(repository, NOW)}
    gone = put(repository, NOW - timedelta(days=31))
    assert tidy(repository, NOW) == 1
    assert there(repository) == kept
    with pytest.raises(NotFound):
        repository.access(gone)
    assert tidy(repository, NOW) == 0


def test_what_cannot_be_erased_now_keeps_nothing_else_back(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = {put(repository, NOW - timedelta(days=31)) for _ in range(3)}
    stuck = min(ids)
    delete = repository.delete

    def refusing(assessment_id: str, *kind: type) -> None:
        if assessment_id == stuck:
            raise Unavailable("in use")
        delete(assessment_id, *kind)

    monkeypatch.setattr(repository, "delete", refusing)
    assert tidy(repository, NOW) == 2
    assert there(repository) == {stuck}


def test_what_is_restored_meanwhile_stays(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored = put(repository, NOW - timedelta(days=31))
    listed = repository.list()
    repository.change_access(restored, lambda access: access.having(deleted=None))
    listed_before = {Assessment: listed}
    monkeypatch.setattr(
        repository, "list", lambda _query, kind: listed_before.get(kind, Found([], 0))
    )
    assert tidy(repository, NOW) == 0
    monkeypatch.undo()
    assert there(repository) == {restored}


WEEK = timedelta(days=7)
BROWSER = Access(owner="browser:" + "b" * 32)


def _empty(age: timedelta) -> Assessment:
    begun = NOW - age
    return new_assessment().having(created=begun, updated=begun)


def _kept_after(repository: Repository, assessment: Assessment, access: Access = BROWSER) -> bool:
    repository.create(assessment, access)
    tidy(repository, NOW)
    return [line.id for line in repository.list().lines] == [assessment.id]


def test_what_a_browser_began_and_never_wrote_in_goes_after_a_week(repository: Repository) -> None:
    over, fresh = _empty(WEEK + timedelta(seconds=1)), _empty(WEEK)
    repository.create(over, BROWSER)
    assert _kept_after(repository, fresh)


@pytest.mark.parametrize(
    "access",
    [
        Access(),
        Access(owner="person:p"),
        BROWSER.having(links=("a" * 32,)),
        BROWSER.having(shared=("mail:a@example.com",)),
    ],
)
def test_what_is_a_persons_or_was_shared_stays(repository: Repository, access: Access) -> None:
    assert _kept_after(repository, _empty(2 * WEEK), access)


def test_what_was_written_in_stays_also_when_it_is_empty_again(repository: Repository) -> None:
    assert _kept_after(repository, _empty(2 * WEEK).having(revision=1))


def test_what_was_imported_stays_though_it_has_no_name(repository: Repository) -> None:
    imported = _empty(2 * WEEK)
    assert _kept_after(repository, imported.having(chapters={"a": "text"}))


def test_what_has_a_snapshot_stays(repository: Repository) -> None:
    kept = _empty(2 * WEEK)
    repository.create(snapshot(kept.id))
    assert _kept_after(repository, kept)
    assert not repository.access(kept.id).deleted


def test_what_somebody_writes_in_at_that_moment_stays(repository: Repository) -> None:
    """The list says it is empty; what is kept says otherwise by the time it is looked at."""
    kept = _empty(2 * WEEK)
    repository.create(kept, BROWSER)
    repository.save(kept.having(revision=1, chapters={"a": "text"}), 0, Line.of(kept))
    tidy(repository, NOW)
    assert repository.load(kept.id).chapters == {"a": "text"}
    assert not repository.access(kept.id).deleted
