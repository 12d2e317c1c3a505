"""What the tests of the document and its keepers share."""

import contextlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from state.documents.action import Action
from state.documents.assessment import (
    Assessment,
    Entry,
    Member,
    Profile,
    SavedAnswers,
    Work,
    new_assessment,
)
from state.storage import deadline
from state.storage.migrate import migrate
from state.storage.opening import is_database, open_storage
from state.storage.postgres import PostgresRepository
from state.storage.repository import Repository
from tests.servers import PostgresServer, postgres_server

STRANGE = {
    "emoji": "👩🏽‍🏭🔥1️⃣🇨🇳",
    "rare characters": "\U0002a6a5龘\U00030ede面馆",
    "accents and other scripts": "e\u0301 ß İ \u0627\u0644 \u200fא",
    "HTML": "<script>alert('酱油')</script>&amp;&lt;b>",
    "Markdown": "# 标题 **粗** [链](http://x) `$x$` :red[红] ![]()",
    "formula": '=HYPERLINK("http://x","点我")+@SUM(A1)-1',
    "quotes and backslashes": "\"'`\\\\server\\share \\n %s {0} ${x}",
    "spaces and line breaks": "  前后有空格\n\t第二行\u3000\u00a0\u2028 ",
    "looks like JSON": '{"kind": null}',
}
"""Texts that some program on the way might change."""


def filled(name: str = "清溪酱油作坊", text: str = "3 号罐没有做气体检测") -> Assessment:
    """An assessment with something in every field; `name` and `text` in every text of its kind."""
    answers = SavedAnswers(
        facets={"product": ["soy_sauce"], "equipment": ["cold_store", "crane"]},
        performance={"deaths": 0, "serious_injuries": 2},
        not_applicable=["6.2.9"],
        reviewed=["1.1.1", "1.1.2"],
        findings={"2.1.1-c": 2, "7.1.4-d": 1},
        application={"a1": "yes", "c2": "no"},
    )
    action = Action(
        finding="2.1.1-c",
        item="2.1.1",
        places=1,
        problem=text,
        cause=text,
        grade="major",
        measure=text,
        temporary=text,
        money=name,
        department=name,
        supporting=name,
        person=name,
        start=date(2026, 11, 2),
        due=date(2026, 11, 20),
        done=date(2026, 11, 18),
        verified=date(2026, 11, 19),
        verified_by=name,
        remark=text,
    )
    work = Work(
        scheme_version="1.0",
        answers=answers,
        actions={"ab" * 16: action, "cd" * 16: Action(problem=text, due=date(2026, 12, 1))},
        remarks={"7.1.4": text},
        evidence={"7.1.4": text},
        absence={"6.2.9": text},
        entries={"12.1": [Entry(text=text, met=False), Entry(text=text)]},
        papers={"安全生产责任制": "have", "从业人员花名册": "expired"},
        departments={"2": name},
    )
    profile = Profile(
        name=name,
        industry=name,
        employees=38,
        period_start=date(2026, 1, 1),
        period_end=date(2026, 10, 31),
        leader=name,
        members=text,
        target_grade=name,
        applied_on=date(2026, 12, 1),
        address=text,
        legal_representative=name,
        ownership=name,
        contact=name,
        phone=name,
        safety_staff=2,
        special_operators=5,
        revenue=name,
        shifts=name,
        previous_grade=name,
        team=[Member(name=name, post=name), Member(name=name)],
    )
    other = Work(answers=SavedAnswers(findings={"1.1-d": 3}), remarks={"1.1": text})
    return new_assessment().having(
        scheme="condiment",
        profile=profile,
        chapters={"enterprise": text},
        work=work,
        shelved={"hazchem": other},
    )


def write_document(storage: str, document: dict[str, Any]) -> None:
    """Keep a document as another program might, unchecked and under its own id."""
    if is_database(storage):
        content = Jsonb(document)
        with psycopg.connect(storage) as connection:
            connection.execute(
                "INSERT INTO documents (id, document, access) VALUES (%s, %s, '{}')"
                " ON CONFLICT (id) DO UPDATE SET document = excluded.document",
                (document["id"], content),
            )
    else:
        Path(storage).mkdir(exist_ok=True)
        content = json.dumps({"assessment": {"1": document}}, ensure_ascii=False)
        (Path(storage) / f"{document['id']}.json").write_text(content, encoding="utf-8")


def read_document(storage: str, assessment_id: str) -> Any:
    """The document as it is kept, unchecked."""
    if is_database(storage):
        query = "SELECT document FROM documents WHERE id = %s"
        with psycopg.connect(storage) as connection:
            return connection.execute(query, (assessment_id,)).fetchone()[0]
    content = (Path(storage) / f"{assessment_id}.json").read_text(encoding="utf-8")
    return json.loads(content)["assessment"]["1"]


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """More than a busy machine needs, wherever it is not patience that is tested."""
    monkeypatch.setattr(deadline, "PATIENCE", 30.0)


@pytest.fixture(scope="session")
def server() -> Iterator[PostgresServer]:
    """One PostgreSQL for all tests."""
    with postgres_server() as running:
        yield running


@pytest.fixture(scope="session")
def _migrated(server: PostgresServer) -> Iterator[str]:
    """The name of a database that is ready for use, to be copied."""
    with server.database("ready") as address:
        migrate(address)
        yield "ready"


@pytest.fixture
def empty_database(server: PostgresServer) -> Iterator[str]:
    """The address of a database without any table."""
    with server.database() as address:
        yield address


@pytest.fixture(scope="session")
def _lent(server: PostgresServer, _migrated: str) -> Iterator[str]:
    """The address of a database that one test has after the other; making one takes long."""
    with server.database(template=_migrated) as address:
        yield address


@pytest.fixture
def database(
    request: pytest.FixtureRequest, server: PostgresServer, _migrated: str
) -> Iterator[str]:
    """The address of a database without any assessment.

    A test that changes its tables, and not only what is in them, is marked `alters_database`.
    """
    if request.node.get_closest_marker("alters_database"):
        with server.database(template=_migrated) as address:
            yield address
        return
    address = request.getfixturevalue("_lent")
    yield address
    server.empty(address)


@pytest.fixture(params=["folder", "database"])
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty storage: a folder, then a database."""
    if request.param == "folder":
        return str(tmp_path / "data")
    return request.getfixturevalue("database")


@pytest.fixture
def opening() -> Iterator[Callable[[str], Repository]]:
    """Opens storages, and gives their connections back after the test."""
    with contextlib.ExitStack() as stack:

        def open_it(storage: str) -> Repository:
            repository = open_storage(storage)
            if isinstance(repository, PostgresRepository):
                stack.callback(repository.close)
            return repository

        yield open_it


@pytest.fixture
def opened(storage: str, opening: Callable[[str], Repository]) -> Callable[[], Repository]:
    """Opens the storage as another server would."""
    return lambda: opening(storage)


@pytest.fixture
def repository(opened: Callable[[], Repository]) -> Repository:
    """An empty storage."""
    return opened()
