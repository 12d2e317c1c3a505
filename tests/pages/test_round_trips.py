"""One click with documents in PostgreSQL: one question to it, and one transaction."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event

from state.storage.migrate import migrate
from tests.pages.conftest import healthy
from tests.servers import postgres_server
from ui import session


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    with postgres_server() as server, server.database() as address:
        migrate(address)
        yield address


@pytest.fixture(autouse=True)
def repository(database: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ANBIAO_DATABASE_URL", database)
    session.close_service()
    opened = session.service().repository
    yield opened
    opened.close()
    session.close_service()


@pytest.fixture
def traffic() -> Iterator[list[str]]:
    """Every statement sent, and every end of a transaction."""
    sent: list[str] = []

    def statement(_connection, _cursor, text, *_rest):
        sent.append(text.split()[0])

    def committed(_connection):
        sent.append("COMMIT")

    def rolled_back(_connection):
        sent.append("ROLLBACK")

    listeners = [
        ("before_cursor_execute", statement),
        ("commit", committed),
        ("rollback", rolled_back),
    ]
    for name, listener in listeners:
        event.listen(Engine, name, listener)
    yield sent
    for name, listener in listeners:
        event.remove(Engine, name, listener)


def test_a_click_reads_once_and_writes_once(open_page, workshop, repository, traffic):
    app = open_page("assess", workshop, item="2.1.1")
    traffic.clear()
    healthy(app.checkbox(key="finding:2.1.1-a").check().run())
    assert traffic == ["SELECT", "UPDATE", "COMMIT"]
    assert repository.load(workshop.id).work.answers.findings["2.1.1-a"] == 1


def test_drawing_a_page_reads_once(open_page, workshop, traffic):
    app = open_page("assess", workshop, item="2.1.1")
    traffic.clear()
    healthy(app.run())
    assert traffic == ["SELECT", "COMMIT"]


def test_what_another_server_saved_is_drawn_by_the_next_run(open_page, workshop, repository):
    from state.documents.changes import set_profile
    from state.storage.repository import update

    app = open_page("assess", workshop, item="2.1.1")
    healthy(app.checkbox(key="finding:2.1.1-a").check().run())
    update(repository, workshop.id, set_profile("name", "别处改的"))
    healthy(app.run())
    assert any("别处改的" in text.value for text in app.text)
