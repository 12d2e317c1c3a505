"""Links by which colleagues fill in the elements they were given, and nothing else."""

import pytest

from state.documents.changes import (
    Change,
    set_chapter,
    set_department,
    set_finding,
    set_not_applicable,
    set_performance,
    set_profile,
    set_reviewed,
    set_text,
)
from state.documents.examples import examples
from state.documents.finishing import set_archived
from state.service.assessments import AssessmentService, Forbidden, Key, Locked
from state.service.mode import Mode
from state.service.rounds import Rounds
from state.storage.repository import NotFound, Repository
from tests.state.service.test_assessments import OWNER, STRANGER


@pytest.fixture
def service(repository: Repository) -> AssessmentService:
    return AssessmentService(repository, Mode.LOGIN)


@pytest.fixture
def key(service: AssessmentService) -> Key:
    sample = next(e for e in examples() if e.scheme == "condiment").read()
    service.create(sample, OWNER)
    return Key(sample.id)


def _part(service: AssessmentService, key: Key, *elements: str) -> Key:
    (*_, token) = service.add_part(key, OWNER, elements).links
    return Key(token=token)


INSIDE: list[Change] = [
    set_finding("2.1.1-a", 1),
    set_reviewed(["2.1.2"], False),
    set_text("remarks", "2.1.1", "", "没有文件"),
    set_not_applicable("2.2.1", True),
]
OUTSIDE: list[Change] = [
    set_finding("1.1.1-a", 1),
    set_finding("12.1-a", 1),
    set_reviewed(["1.1.1"], False),
    set_text("evidence", "3.1.1", "", "x"),
    set_not_applicable("1.1.1", True),
    set_performance("deaths", 3),
    set_profile("name", "别家"),
    set_chapter("enterprise", "", "x"),
    set_department("2", "生产部"),
    set_archived(True),
    lambda a: set_profile("name", "别家")(set_finding("2.1.1-a", 1)(a)),
]


def test_a_part_changes_its_elements_and_nothing_else(service: AssessmentService, key: Key) -> None:
    part = _part(service, key, "2", "4")
    assert service.part_of(part) == ("2", "4")
    for change in INSIDE:
        before, _ = service.open(key, OWNER)
        kept, _ = service.change(part, STRANGER, change)
        assert kept.work != before.work
    before, _ = service.open(key, OWNER)
    for change in OUTSIDE:
        with pytest.raises(Forbidden, match="分给您的要素"):
            service.change(part, STRANGER, change)
    assert service.open(key, OWNER)[0] == before


def test_a_part_is_no_more_than_a_link_to_read_in_all_else(
    service: AssessmentService, key: Key
) -> None:
    part = _part(service, key, "2")
    read = Key(token=service.add_link(key, OWNER).links[-1])
    with pytest.raises(Forbidden):
        service.change(read, STRANGER, INSIDE[0])
    rounds = Rounds(service)
    for action in (
        lambda: service.take_snapshot(part, STRANGER, "x"),
        lambda: service.add_part(part, STRANGER, ["3"]),
        lambda: service.discard(part, STRANGER),
        lambda: rounds.finish(part, STRANGER),
        lambda: rounds.again(part, STRANGER),
    ):
        with pytest.raises(Forbidden):
            action()
    rounds.finish(key, OWNER)
    with pytest.raises(Locked):
        service.change(part, STRANGER, INSIDE[0])
    with pytest.raises(Forbidden):
        rounds.reopen(part, STRANGER)


def test_taken_back_it_opens_nothing(service: AssessmentService, key: Key) -> None:
    part = _part(service, key, "2")
    access = service.drop_link(key, OWNER, part.token)
    assert (access.links, access.parts) == ((), {})
    with pytest.raises(NotFound):
        service.change(part, STRANGER, INSIDE[0])
