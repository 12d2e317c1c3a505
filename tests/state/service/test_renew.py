"""A new link loses nothing that others save at the same moment."""

from collections.abc import Callable

import pytest

from state.documents.changes import set_finding
from state.documents.snapshot import Snapshot
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.mode import Mode
from state.storage.repository import NotFound, Repository, update
from tests.state.conftest import filled

MINE = Visitor(frozenset({"browser:mine"}))


@pytest.mark.parametrize("moment", ["load", "delete"])
def test_a_save_that_had_begun_before_is_carried_over(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """It was admitted while the old link was good, and lands between two steps of the renewal."""
    service, assessment = AssessmentService(repository, Mode.LINK), filled()
    service.create(assessment, MINE)
    key = Key(assessment.id)
    service.take_snapshot(key, MINE, "整改前")
    step: Callable[..., object] = getattr(repository, moment)
    saved: list[str] = []

    def late(document_id: str, *inputs: object) -> object:
        if document_id == assessment.id and len(saved) < 3:
            found = step(document_id, *inputs) if moment == "load" else None
            condition = f"1.1.1-{'abc'[len(saved)]}"
            saved.append(condition)
            update(repository, assessment.id, set_finding(condition, 1))
            if moment == "load":
                return found
        return step(document_id, *inputs)

    with monkeypatch.context() as patched:
        patched.setattr(repository, moment, late)
        renewed = Key(service.renew(key, MINE))
    assert saved
    found, _ = service.open(renewed, MINE)
    assert set(saved) <= set(found.work.answers.findings)
    with pytest.raises(NotFound):
        service.open(key, MINE)
    assert [line.title for line in service.list_snapshots(renewed, MINE)] == ["整改前"]
    assert [line.group for line in repository.list(kind=Snapshot).lines] == [renewed.id]
