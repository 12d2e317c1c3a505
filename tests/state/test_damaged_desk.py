"""A damaged file opens no door: its copy is older than what was taken back since."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from state.access import KEEP, Right
from state.atomic import previous
from state.changes import set_finding
from state.desk import Desk, Forbidden, Key
from state.mode import Mode
from state.repository import Damaged, NotFound, RepositoryError
from state.tiny import TinyRepository
from tests.state.conftest import filled
from tests.state.test_desk import COLLEAGUE, MINE, OWNER, STRANGER

MAIL = "mail:two@example.com"


@pytest.fixture
def desk(tmp_path: Path, request: pytest.FixtureRequest) -> Desk:
    return Desk(TinyRepository(tmp_path), getattr(request, "param", Mode.LINK))


def _file(desk: Desk, key: Key) -> Path:
    assert isinstance(desk.repository, TinyRepository)
    return desk.repository.folder / f"{key.id}.json"


def _damage(desk: Desk, key: Key) -> None:
    _file(desk, key).write_bytes(b"{")


def _kept(desk: Desk, visitor=MINE) -> Key:
    assessment = filled()
    desk.create(assessment, visitor)
    return Key(assessment.id)


def test_a_reader_of_a_damaged_assessment_neither_learns_the_id_nor_brings_it_back(
    desk: Desk,
) -> None:
    key = _kept(desk)
    (token,) = desk.add_link(key, MINE).links
    desk.change(key, MINE, set_finding("1.1.1-a", 1))
    _damage(desk, key)
    with pytest.raises(RepositoryError) as error:
        desk.open(Key(token=token), MINE)
    assert key.id not in str(error.value)
    with pytest.raises(Forbidden):
        desk.recover(Key(token=token), MINE)
    with pytest.raises(Damaged) as damaged:
        desk.open(key, MINE)
    assert key.id not in str(damaged.value)


def test_a_link_taken_back_stays_dead_when_the_file_is_damaged_and_recovered(desk: Desk) -> None:
    key = _kept(desk)
    (token,) = desk.add_link(key, MINE).links
    desk.drop_link(key, MINE, token)
    _damage(desk, key)
    with pytest.raises(NotFound):
        desk.open(Key(token=token), MINE)
    with pytest.raises(Damaged):
        desk.open(key, MINE)
    desk.recover(key, MINE)
    assert desk.open(key, MINE)[1] is Right.OWN
    with pytest.raises(NotFound):
        desk.open(Key(token=token), MINE)


@pytest.mark.parametrize("desk", [Mode.LOGIN], indirect=True)
def test_only_the_owner_brings_an_assessment_back_and_to_the_owner_only(desk: Desk) -> None:
    key = _kept(desk, OWNER)
    desk.share(key, OWNER, MAIL, True)
    desk.share(key, OWNER, MAIL, False)
    _damage(desk, key)
    with pytest.raises(Damaged):
        desk.open(key, OWNER)
    for somebody in (COLLEAGUE, STRANGER):
        with pytest.raises(NotFound):
            desk.recover(key, somebody)
    desk.recover(key, OWNER)
    assert desk.open(key, OWNER)[1] is Right.OWN
    with pytest.raises(NotFound):
        desk.open(key, COLLEAGUE)


@pytest.mark.parametrize("failing", ["damaged", "unreadable once"])
def test_what_was_taken_out_of_the_bin_is_not_erased_by_what_its_copy_says(
    desk: Desk, failing: str
) -> None:
    key = _kept(desk)
    long_ago = datetime.now(UTC) - 2 * KEEP
    desk.outbox.change_access(key.id, lambda access: access.having(deleted=long_ago))
    desk.restore(key, MINE)
    assert b'deleted":null' not in previous(_file(desk, key)).read_bytes().replace(b" ", b"")
    content = _file(desk, key).read_bytes()
    if failing == "damaged":
        _damage(desk, key)
        desk.list(MINE)
        with pytest.raises(Damaged):
            desk.open(key, MINE)
        desk.recover(key, MINE)
    else:
        away = _file(desk, key).with_suffix(".scanned")
        _file(desk, key).rename(away)
        desk.list(MINE)
        away.rename(_file(desk, key))
        assert _file(desk, key).read_bytes() == content
        assert desk.open(key, MINE)[1] is Right.OWN
