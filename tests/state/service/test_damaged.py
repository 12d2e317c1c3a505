"""A damaged file opens no door: its copy is older than what was taken back since."""

import json
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from psycopg.types.json import Jsonb

from state.documents.access import KEEP, Right
from state.documents.changes import set_finding
from state.service.assessments import AssessmentService, Forbidden, Key
from state.service.housekeeping import tidy
from state.service.mode import Mode
from state.storage.atomic import previous
from state.storage.folder import TinyRepository
from state.storage.opening import is_database
from state.storage.repository import Damaged, NotFound, Repository, RepositoryError
from tests.state.conftest import filled
from tests.state.service.test_assessments import COLLEAGUE, MINE, OWNER, STRANGER

MAIL = "mail:two@example.com"


@pytest.fixture
def service(tmp_path: Path, request: pytest.FixtureRequest) -> AssessmentService:
    return AssessmentService(TinyRepository(tmp_path), getattr(request, "param", Mode.LINK))


def _file(service: AssessmentService, key: Key) -> Path:
    assert isinstance(service.repository, TinyRepository)
    return service.repository.folder / f"{key.id}.json"


def _damage(service: AssessmentService, key: Key) -> None:
    _file(service, key).write_bytes(b"{")


def _kept(service: AssessmentService, visitor=MINE) -> Key:
    assessment = filled()
    service.create(assessment, visitor)
    return Key(assessment.id)


def test_a_reader_of_a_damaged_assessment_neither_learns_the_id_nor_brings_it_back(
    service: AssessmentService,
) -> None:
    key = _kept(service)
    (token,) = service.add_link(key, MINE).links
    service.change(key, MINE, set_finding("1.1.1-a", 1))
    _damage(service, key)
    with pytest.raises(RepositoryError) as error:
        service.open(Key(token=token), MINE)
    assert key.id not in str(error.value)
    with pytest.raises(Forbidden):
        service.recover(Key(token=token), MINE)
    with pytest.raises(Damaged) as damaged:
        service.open(key, MINE)
    assert key.id not in str(damaged.value)


def test_a_link_taken_back_stays_dead_when_the_file_is_damaged_and_recovered(
    service: AssessmentService,
) -> None:
    key = _kept(service)
    (token,) = service.add_link(key, MINE).links
    service.drop_link(key, MINE, token)
    _damage(service, key)
    with pytest.raises(NotFound):
        service.open(Key(token=token), MINE)
    with pytest.raises(Damaged):
        service.open(key, MINE)
    service.recover(key, MINE)
    assert service.open(key, MINE)[1] is Right.OWN
    with pytest.raises(NotFound):
        service.open(Key(token=token), MINE)


@pytest.mark.parametrize("service", [Mode.LOGIN], indirect=True)
def test_only_the_owner_brings_an_assessment_back_and_to_the_owner_only(
    service: AssessmentService,
) -> None:
    key = _kept(service, OWNER)
    service.share(key, OWNER, MAIL, True)
    service.share(key, OWNER, MAIL, False)
    _damage(service, key)
    with pytest.raises(Damaged):
        service.open(key, OWNER)
    for somebody in (COLLEAGUE, STRANGER):
        with pytest.raises(NotFound):
            service.recover(key, somebody)
    service.recover(key, OWNER)
    assert service.open(key, OWNER)[1] is Right.OWN
    with pytest.raises(NotFound):
        service.open(key, COLLEAGUE)


@pytest.mark.parametrize("failing", ["damaged", "unreadable once"])
def test_what_was_taken_out_of_the_bin_is_not_erased_by_what_its_copy_says(
    service: AssessmentService, failing: str
) -> None:
    key = _kept(service)
    long_ago = datetime.now(UTC) - 2 * KEEP
    service.outbox.change_access(key.id, lambda access: access.having(deleted=long_ago))
    service.restore(key, MINE)
    assert b'deleted":null' not in previous(_file(service, key)).read_bytes().replace(b" ", b"")
    content = _file(service, key).read_bytes()
    if failing == "damaged":
        _damage(service, key)
        tidy(service.repository, datetime.now(UTC))
        with pytest.raises(Damaged):
            service.open(key, MINE)
        service.recover(key, MINE)
    else:
        away = _file(service, key).with_suffix(".scanned")
        _file(service, key).rename(away)
        tidy(service.repository, datetime.now(UTC))
        away.rename(_file(service, key))
        assert _file(service, key).read_bytes() == content
        assert service.open(key, MINE)[1] is Right.OWN


@pytest.mark.parametrize("what", ["document", "access"])
def test_what_cannot_be_read_is_listed_for_its_owner_who_erases_it(
    repository: Repository, storage: str, what: str
) -> None:
    service = AssessmentService(repository, Mode.LOGIN)
    key = _kept(service, OWNER)
    service.share(key, OWNER, MAIL, True)
    _break(storage, key, what)
    for _ in range(2):
        with pytest.raises(Damaged):
            service.open(key, OWNER)
        with pytest.raises(Damaged):
            service.change(key, OWNER, set_finding("1.1.1-a", 1))
        (line,) = service.list(OWNER).lines
        assert (line.title, line.is_unreadable, line.total) == (filled().title, True, None)
    assert service.list(STRANGER).lines == []
    with pytest.raises(NotFound):
        service.erase(key, STRANGER)
    service.erase(key, OWNER)
    assert service.list(OWNER).lines == []
    assert key.id not in repository.ids()
    if not is_database(storage):
        assert [p for p in Path(storage).rglob("*") if key.id in p.name] == []


@pytest.mark.parametrize("access", [{"owner": 5}, {"links": "x"}, [], "x", 5, {"shared": {"a": 1}}])
def test_what_is_left_without_an_owner_is_counted_where_all_is_listed(
    repository: Repository, storage: str, access: object
) -> None:
    service = AssessmentService(repository, Mode.LOCAL)
    key = _kept(service)
    _write_access(storage, key, access)
    repository.refresh()
    found = service.list(MINE)
    assert [(line.id, line.is_unreadable) for line in found.lines] == [(key.id, True)]
    with pytest.raises(Damaged):
        service.open(key, MINE)
    tidy(repository, datetime.now(UTC))
    assert service.list(MINE).count == 1
    service.erase(key, MINE)
    assert service.list(MINE).count == 0


def _break(storage: str, key: Key, what: str) -> None:
    """Damage what is kept, behind everybody's back; there is no good copy."""
    if what == "access":
        _write_access(storage, key, {"owner": OWNER.owner, "links": [5]})
    elif is_database(storage):
        with psycopg.connect(storage) as connection:
            connection.execute("""UPDATE documents SET document = document || '{"work": 5}'""")
    else:
        _path(storage, key).write_bytes(b"{")
        previous(_path(storage, key)).unlink()


def _write_access(storage: str, key: Key, access: object) -> None:
    """Keep something as an assessment's access, of which the last good copy is not kept."""
    if is_database(storage):
        with psycopg.connect(storage) as connection:
            connection.execute("UPDATE documents SET access = %s", [Jsonb(access)])
    else:
        tables = json.loads(_path(storage, key).read_text("utf-8"))
        tables["access"] = {"1": access}
        _path(storage, key).write_text(json.dumps(tables), "utf-8")
        previous(_path(storage, key)).unlink(missing_ok=True)


def _path(storage: str, key: Key) -> Path:
    return Path(storage) / f"{key.id}.json"
