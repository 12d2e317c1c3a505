"""What only a database does: migrations, damaged rows, being away and coming back."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, create_engine, event

from state.documents.access import Access
from state.documents.assessment import Assessment, new_id
from state.documents.changes import set_finding
from state.storage.line import Line, Query
from state.storage.migrate import migrate
from state.storage.postgres import PostgresRepository
from state.storage.repository import (
    Conflict,
    Damaged,
    NotFound,
    Unavailable,
    update,
)
from state.storage.tables import METADATA
from tests.servers import PostgresServer
from tests.state.conftest import filled, read_document, write_document

NEWEST = "0003"


@pytest.fixture
def repository(database: str, opening: Callable[[str], PostgresRepository]) -> PostgresRepository:
    """A database without any assessment."""
    return opening(database)


def _execute(address: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    with psycopg.connect(address) as connection:
        cursor = connection.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


# Migrations


def test_an_empty_database_is_refused_until_it_is_migrated(
    empty_database: str, opening: Callable[[str], PostgresRepository]
) -> None:
    repository = opening(empty_database)
    with pytest.raises(Unavailable, match="python -m state migrate"):
        repository.list()
    assert migrate(empty_database) == NEWEST
    repository.create(filled())
    assert len(repository.list().lines) == 1


def test_migrating_again_changes_nothing(
    database: str, opening: Callable[[str], PostgresRepository]
) -> None:
    repository = opening(database)
    assessment = filled()
    repository.create(assessment)
    assert migrate(database) == NEWEST
    assert repository.load(assessment.id) == assessment


@pytest.mark.alters_database
def test_lines_of_the_program_that_named_grades_too_early_are_made_again(
    database: str, opening: Callable[[str], PostgresRepository]
) -> None:
    assessment = filled("醋厂")
    early = replace(Line.of(assessment), total="99.8", grade="一级", reviewed=1, applicable=80)
    opening(database).create(assessment, line=early)
    assert opening(database).line(assessment.id).grade == "一级"
    _execute(database, "UPDATE alembic_version SET version_num = '0002'")
    assert migrate(database) == NEWEST
    repository = opening(database)
    line = repository.line(assessment.id)
    assert (line.title, line.total, line.grade, line.reviewed) == ("醋厂", None, None, None)
    assert repository.undescribed(10, Assessment) == [assessment]


@pytest.mark.alters_database
def test_a_database_of_a_later_version_is_neither_used_nor_changed(
    database: str, opening: Callable[[str], PostgresRepository]
) -> None:
    _execute(database, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(Unavailable, match=r"9999.*请先升级本程序"):
        opening(database).list()
    with pytest.raises(Unavailable, match=r"9999.*请先升级本程序"):
        migrate(database)
    assert _execute(database, "SELECT version_num FROM alembic_version") == [("9999",)]


def test_servers_that_migrate_at_once_take_turns(empty_database: str) -> None:
    arrived: list[str] = []
    servers = [
        threading.Thread(target=lambda: arrived.append(migrate(empty_database))) for _ in range(4)
    ]
    for server in servers:
        server.start()
    for server in servers:
        server.join()
    assert arrived == [NEWEST] * 4


def test_a_server_waits_for_another_that_is_migrating(empty_database: str) -> None:
    """The lock is held longer than any other statement may take."""
    with psycopg.connect(empty_database) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (0x616E6269616F,))
        waiting = threading.Thread(target=migrate, args=(empty_database,))
        waiting.start()
        waiting.join(6)
        assert waiting.is_alive()
        other.rollback()
        waiting.join()
    assert _execute(empty_database, "SELECT version_num FROM alembic_version") == [(NEWEST,)]


def test_a_migration_that_fails_leaves_the_database_as_it_was(empty_database: str) -> None:
    _execute(empty_database, "CREATE TABLE assessments (id text)")
    with pytest.raises(Unavailable, match="请告诉管理员"):
        migrate(empty_database)
    assert _execute(empty_database, "SELECT to_regclass('alembic_version')") == [(None,)]


def test_migrations_make_the_tables_the_program_expects(database: str) -> None:
    engine = create_engine(database)
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


# What is in the rows


def _damaged(**changes: Any) -> dict[str, Any]:
    return filled().model_dump(mode="json") | changes


DAMAGED = {
    "no version": {"schema_version": None},
    "no revision": {"revision": None},
    "work a text": {"work": "x"},
    "a negative count": {"work": {"answers": {"findings": {"a": -1}}}},
    "an unknown field": {"surprise": 1},
    "no time": {"updated": "昨天"},
    "no profile": {"profile": None},
}


@pytest.mark.parametrize("changes", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_document_is_left_as_it_is(
    repository: PostgresRepository, database: str, changes: dict[str, Any]
) -> None:
    good = filled()
    repository.create(good)
    document = _damaged(**changes)
    write_document(database, document)
    for _ in range(2):
        with pytest.raises(Damaged) as damaged:
            repository.load(document["id"])
        assert damaged.value.copy is None
    with pytest.raises(Damaged):
        update(repository, document["id"], set_finding("a", 1))
    with pytest.raises((Damaged, Conflict)):
        repository.save(good.having(id=document["id"]).stamped(), expected_revision=7)
    assert read_document(database, document["id"]) == document
    listed = {line.id: line.is_unreadable for line in repository.list().lines}
    assert listed[good.id] is False
    assert listed.get(document["id"], True)


def test_damaged_access_is_said_and_left_as_it_is(
    repository: PostgresRepository, database: str
) -> None:
    assessment = filled()
    repository.create(assessment)
    _execute(database, """UPDATE documents SET access = '{"owner": 5}'""")
    with pytest.raises(Damaged):
        repository.access(assessment.id)
    with pytest.raises(Damaged):
        repository.change_access(assessment.id, lambda access: access)
    assert repository.load(assessment.id) == assessment
    assert _execute(database, "SELECT access FROM documents") == [({"owner": 5},)]


@pytest.mark.parametrize("statement", [
    "UPDATE documents SET revision = 9",
    "UPDATE documents SET owner = 'person:thief'",
    "UPDATE documents SET id = repeat('a', 32)",
    "UPDATE documents SET document = document - 'id'",
])  # fmt: skip
def test_no_column_can_be_made_to_disagree_with_the_document(
    repository: PostgresRepository, database: str, statement: str
) -> None:
    assessment = filled()
    repository.create(assessment)
    with pytest.raises(psycopg.Error):
        _execute(database, statement)
    assert repository.load(assessment.id) == assessment


def test_columns_follow_the_document_and_its_access(
    repository: PostgresRepository, database: str
) -> None:
    assessment = filled(name="醋厂")
    repository.create(assessment, Access(owner="person:me", shared=["mail:you@example.com"]))
    repository.save(assessment.stamped(), expected_revision=0)
    columns = "revision, title, standard, owner, shared, schema_version"
    assert _execute(database, f"SELECT {columns} FROM documents") == [
        (1, "醋厂", "condiment", "person:me", ["mail:you@example.com"], 5)
    ]


@pytest.mark.parametrize(
    "search",
    [
        lambda repository: repository.list(Query(holders={"person:7", "mail:7"})),
        lambda repository: repository.behind("0" * 32),
    ],
    ids=["list", "link"],
)
def test_a_search_does_not_read_every_row(
    repository: PostgresRepository,
    database: str,
    search: Callable[[PostgresRepository], object],
) -> None:
    many = """
        INSERT INTO documents (id, document, access)
        SELECT id, jsonb_build_object('id', id, 'schema_version', 1), jsonb_build_object(
            'owner', 'person:' || n,
            'shared', jsonb_build_array('mail:' || n),
            'links', jsonb_build_array(id)
        ) FROM (SELECT n, md5(n::text) AS id FROM generate_series(1, 5000) AS n) AS rows
    """
    _execute(database, many)
    _execute(database, "ANALYZE documents")
    repository.ids()  # so that what is sent next is the search
    sent: list[tuple[str, Any]] = []

    def remember(_: Any, __: Any, statement: str, values: Any, *___: Any) -> None:
        sent.append((statement, values))

    event.listen(Engine, "before_cursor_execute", remember)
    with contextlib.suppress(NotFound):
        search(repository)
    event.remove(Engine, "before_cursor_execute", remember)
    assert sent
    for statement, values in sent:
        with psycopg.connect(database) as connection:
            plan = str(connection.execute(f"EXPLAIN {statement}", values).fetchall())
        assert "Seq Scan" not in plan
        assert "Bitmap Index Scan" in plan


def test_a_character_the_database_cannot_keep_is_said(
    repository: PostgresRepository,
) -> None:
    assessment = filled()
    repository.create(assessment)
    for name in ("person:\0", "person:\ud800"):
        with pytest.raises(Unavailable, match="不能保存的字符"):
            repository.list(Query(holders=[name]))
    assert repository.load(assessment.id) == assessment
    assert len(repository.list().lines) == 1


# A database that does not answer


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_database_that_was_away_is_used_again(
    repository: PostgresRepository, server: PostgresServer, mode: str
) -> None:
    assessment = filled()
    repository.create(assessment)
    server.stop(mode)
    try:
        for attempt in (
            lambda: repository.load(assessment.id),
            lambda: repository.save(assessment.stamped(), expected_revision=0),
            lambda: repository.create(filled()),
            lambda: repository.change_access(assessment.id, lambda access: access),
            lambda: repository.behind("0" * 32),
            lambda: repository.delete(assessment.id),
            repository.list,
        ):
            with pytest.raises(Unavailable, match="暂时连不上数据库"):
                attempt()
    finally:
        server.start()
    assert repository.load(assessment.id) == assessment
    assert update(repository, assessment.id, set_finding("a", 1)).revision == 1


def test_a_restart_between_two_calls_is_not_noticed(
    repository: PostgresRepository, server: PostgresServer
) -> None:
    assessment = filled()
    repository.create(assessment)
    server.stop()
    server.start()
    repository.save(assessment.stamped(), expected_revision=0)


def test_a_database_that_comes_up_later_is_used_then(
    database: str, server: PostgresServer, opening: Callable[[str], PostgresRepository]
) -> None:
    server.stop()
    try:
        repository = opening(database)
        with pytest.raises(Unavailable, match="暂时连不上数据库"):
            repository.list()
    finally:
        server.start()
    assert repository.list().lines == []


def test_a_connection_cut_in_the_middle_of_a_change_keeps_what_was_there(
    repository: PostgresRepository, database: str
) -> None:
    assessment = filled()
    repository.create(assessment, Access(owner="person:me"))
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )

    def change(access: Access) -> Access:
        _execute(database, cut)
        return access.having(owner="person:you")

    with pytest.raises(Unavailable):
        repository.change_access(assessment.id, change)
    assert repository.access(assessment.id) == Access(owner="person:me")


def test_a_row_that_another_holds_is_not_waited_for_without_end(
    repository: PostgresRepository, database: str
) -> None:
    assessment = filled()
    repository.create(assessment)
    with psycopg.connect(database) as other:
        other.execute("SELECT 1 FROM documents FOR UPDATE")
        with pytest.raises(Unavailable, match="没有及时回应"):
            repository.save(assessment.stamped(), expected_revision=0)
    repository.save(assessment.stamped(), expected_revision=0)


@contextlib.contextmanager
def _silent_host() -> Iterator[int]:
    """The port of something that lets one connect and never says a word."""
    with contextlib.closing(socket.create_server(("127.0.0.1", 0))) as listener:
        yield listener.getsockname()[1]


def test_a_host_that_never_answers_is_given_up_and_neither_it_nor_the_password_is_named(
    opening: Callable[[str], PostgresRepository], caplog: pytest.LogCaptureFixture
) -> None:
    with _silent_host() as port:
        repository = opening(f"postgresql://anbiao:s3cret@127.0.0.1:{port}/anbiao")
        with pytest.raises(Unavailable) as refused:
            repository.load(new_id())
    assert not any(part in str(refused.value) for part in ("s3cret", "127.0.0.1", "anbiao"))
    assert "s3cret" not in caplog.text
    assert caplog.text


@pytest.mark.alters_database
def test_a_log_does_not_quote_the_row_that_is_refused(
    repository: PostgresRepository, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    _execute(database, "ALTER TABLE documents ADD CHECK (title <> '醋厂')")
    with pytest.raises(Unavailable, match="请告诉管理员"):
        repository.create(filled(name="醋厂"))
    assert "check constraint" in caplog.text
    assert "醋厂" not in caplog.text


def test_a_user_without_rights_is_refused_in_words(
    database: str, server: PostgresServer, opening: Callable[[str], PostgresRepository]
) -> None:
    _execute(server.url(), "CREATE ROLE guest LOGIN")
    with pytest.raises(Unavailable, match="请告诉管理员"):
        opening(database.replace("postgres@", "guest@")).list()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://user:s3cret@host:port/name",
        "mysql://user:s3cret@host/name",
        "postgresql+psycopg2://user:s3cret@host/name",
        "s3cret",
        "",
    ],
)
def test_text_that_is_no_address_is_refused_without_repeating_it(address: str) -> None:
    with pytest.raises(Unavailable, match="地址的写法不对") as refused:
        PostgresRepository(address)
    assert "s3cret" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_both_ways_to_write_an_address_lead_to_the_database(
    database: str, opening: Callable[[str], PostgresRepository], scheme: str
) -> None:
    assert opening(database.replace("postgresql", scheme, 1)).list().lines == []


def test_an_address_may_carry_its_own_patience(
    repository: PostgresRepository,
    database: str,
    opening: Callable[[str], PostgresRepository],
) -> None:
    assessment = filled()
    repository.create(assessment)
    hasty = opening(f"{database}&options=-c%20statement_timeout%3D50")
    with psycopg.connect(database) as other:
        other.execute("SELECT 1 FROM documents FOR UPDATE")
        with pytest.raises(Unavailable, match="没有及时回应"):
            hasty.save(assessment.stamped(), expected_revision=0)
