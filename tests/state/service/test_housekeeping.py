"""What becomes of the bin without anybody looking at it."""

from datetime import UTC, datetime, timedelta

import pytest

from state.documents.access import Access
from state.documents.assessment import new_assessment
from state.service.housekeeping import tidy
from state.storage.repository import NotFound, Repository, Unavailable

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def put(repository: Repository, deleted: datetime | None) -> str:
    assessment = new_assessment()
    repository.create(assessment, Access(deleted=deleted))
    return assessment.id


def there(repository: Repository) -> set[str]:
    return {summary.id for summary in repository.list()}


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

    def refusing(assessment_id: str) -> None:
        if assessment_id == stuck:
            raise Unavailable("in use")
        delete(assessment_id)

    monkeypatch.setattr(repository, "delete", refusing)
    assert tidy(repository, NOW) == 2
    assert there(repository) == {stuck}


def test_what_is_restored_meanwhile_stays(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    restored = put(repository, NOW - timedelta(days=31))
    listed = repository.list()
    repository.change_access(restored, lambda access: access.having(deleted=None))
    monkeypatch.setattr(repository, "list", lambda: listed)
    assert tidy(repository, NOW) == 0
    monkeypatch.undo()
    assert there(repository) == {restored}
