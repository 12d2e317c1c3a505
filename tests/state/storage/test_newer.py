"""A program that is older than what is kept: it refuses, and changes and sets aside nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.types.json import Jsonb

from state.documents.assessment import Assessment
from state.documents.changes import set_finding
from state.storage.folder import TinyRepository
from state.storage.opening import is_database
from state.storage.repository import Repository, TooNew, update
from tests.state.conftest import filled

NEWER: dict[str, Callable[[dict[str, Any], dict[str, Any]], object]] = {
    "a later document": lambda document, _: document.update(
        schema_version=Assessment.SCHEMA + 1, surprise=1
    ),
    "a later field of whose it is": lambda _, access: access.update(surprise=1),
}


def _make_newer(storage: str, document_id: str, change: Callable[..., object]) -> None:
    """As a later version of this program would keep it."""
    if is_database(storage):
        with psycopg.connect(storage) as connection:
            one = "SELECT document, access FROM documents WHERE id = %s"
            document, access = connection.execute(one, (document_id,)).fetchone()
            change(document, access)
            connection.execute(
                "UPDATE documents SET document = %s, access = %s WHERE id = %s",
                (Jsonb(document), Jsonb(access), document_id),
            )
        return
    path = Path(storage) / f"{document_id}.json"
    tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
    change(tables["assessment"]["1"], tables["access"]["1"])
    path.write_text(json.dumps(tables, ensure_ascii=False), encoding="utf-8")


def _everything(storage: str) -> Any:
    if is_database(storage):
        with psycopg.connect(storage) as connection:
            return connection.execute("SELECT document, access FROM documents").fetchall()
    files = Path(storage).glob("*.*")
    return {f.name: f.read_bytes() for f in files if not f.name.startswith("index")}


@pytest.mark.parametrize("change", NEWER.values(), ids=NEWER)
def test_what_is_newer_is_refused_and_left_as_it_is(
    storage: str, repository: Repository, change: Callable[..., object]
) -> None:
    assessment = filled()
    repository.create(assessment)
    _make_newer(storage, assessment.id, change)
    before = _everything(storage)
    for _ in range(2):
        for attempt in (
            lambda: repository.read(assessment.id, Assessment),
            lambda: repository.access(assessment.id),
            lambda: repository.change_access(assessment.id, lambda access: access),
            lambda: update(repository, assessment.id, set_finding("a", 1)),
        ):
            with pytest.raises(TooNew):
                attempt()
        repository.refresh()
        repository.list()
    assert _everything(storage) == before


@pytest.mark.parametrize("change", NEWER.values(), ids=NEWER)
def test_the_line_that_a_newer_program_wrote_stays_in_their_index(
    tmp_path: Path, change: Callable[..., object]
) -> None:
    folder = tmp_path / "data"
    repository, assessment = TinyRepository(folder), filled(name="醋厂")
    repository.create(assessment)
    _make_newer(str(folder), assessment.id, change)
    for opened in (repository, TinyRepository(folder)):
        opened.refresh()
        assert [line.title for line in opened.list().lines] == ["醋厂"]
        with pytest.raises(TooNew):
            opened.load(assessment.id)
