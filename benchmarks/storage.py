"""Lists and links with 50,000 assessments beside 50, in a folder and in PostgreSQL.

The figures are those of a running process (medians of 20 questions, each another one), but for the
first question after a start, which compares the folder with its index. The start page is that of a
running server in a fresh window; beside it the same page without any assessment. The many are
copies of one full assessment under other ids and names, written as the app writes them; the index
has been made before, as it is once after an upgrade, and how long that takes has no target.
"""

import contextlib
import os
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import psycopg
from playwright.sync_api import Browser

from benchmarks.measure import AtMost, Row, timed
from benchmarks.serving import (
    HOME,
    ROOT,
    RUN,
    blank_page,
    browser,
    running,
    visit,
    wait_for_answer,
)
from benchmarks.subject import full_assessment
from state.documents.access import Access, new_token
from state.documents.assessment import Assessment, Document, new_id
from state.storage.folder import TinyRepository
from state.storage.line import Query
from state.storage.migrate import migrate
from state.storage.opening import Storage, open_storage
from state.storage.repository import NotFound
from tests.servers import postgres_server

MANY, FEW = 50_000, 50
_ROUNDS = 20
_VISITS = 13
_PAGE = Query(deleted=False, limit=10)
_COPY = "COPY documents (id, document, access, title, sought, standard, described) FROM STDIN"
_OWNERS = 500
"""Every owner has as many assessments as there are for each of so many."""


@dataclass(frozen=True, slots=True)
class _Figures:
    """Seconds, of one storage."""

    filled: float
    first: float
    page: float
    last_page: float
    mine: float
    search: float
    link: float


def run() -> list[Row]:
    """Both storages, with many and with few."""
    rows: list[Row] = []
    with TemporaryDirectory() as scratch, postgres_server() as server, browser() as opened:
        with server.database() as none, server.database() as few, server.database() as many:
            rows += _beside("PostgreSQL", none, few, many, opened)
        none, few, many = (str(Path(scratch) / name) for name in ("none", "few", "many"))
        rows += _beside("folder", none, few, many, opened)
    return rows


def _beside(name: str, none: str, few: str, many: str, opened: Browser) -> list[Row]:
    _prepare(none)
    figures = _figures(few, FEW), _figures(many, MANY)
    return [*_rows(name, *figures), *_drawn_rows(name, _drawn([none, few, many], opened))]


def _rows(name: str, few: _Figures, many: _Figures) -> Iterator[Row]:
    for what, field, target in (
        ("index made anew", "filled", None),
        ("first question after a start", "first", AtMost(1)),
        ("first page of the list", "page", AtMost(0.1)),
        ("last page of the list", "last_page", None),
        ("first page of one of many owners", "mine", None),
        ("search for a name", "search", None),
        ("unknown link", "link", AtMost(0.005)),
    ):
        values = getattr(many, field), getattr(few, field)
        yield Row(f"{name}, {MANY} assessments: {what}", values[0], f"{FEW}", values[1], target)


def _drawn_rows(name: str, drawn: list[float]) -> Iterator[Row]:
    empty, few, many = drawn
    target = AtMost(1.2, relative=True)
    yield Row(f"{name}, {MANY} assessments: start page drawn", many, "none", empty, target)
    yield Row(f"{name}, {FEW} assessments: start page drawn", few, "none", empty, None)


def _figures(place: str, count: int) -> _Figures:
    _prepare(place)
    _fill(place, count)
    filled = timed(lambda: _opened(place).list(_PAGE))
    first = timed(lambda: _opened(place).list(_PAGE))
    storage = _opened(place)
    assert storage.list(_PAGE).count == count
    last = replace(_PAGE, offset=count - 10)
    return _Figures(
        filled,
        first,
        _median(lambda _: storage.list(_PAGE)),
        _median(lambda _: storage.list(last)),
        _median(lambda n: storage.list(replace(_PAGE, holders={f"person:{n}"}))),
        _median(lambda n: storage.list(replace(_PAGE, search=f"第 {n} 厂"))),
        _median(lambda _: _unknown(storage)),
    )


def _median(ask: Callable[[int], object]) -> float:
    ask(_ROUNDS)
    return statistics.median(timed(ask, number) for number in range(_ROUNDS))


def _unknown(storage: Storage) -> None:
    with contextlib.suppress(NotFound):
        storage.behind(new_token())


def _opened(place: str) -> Storage:
    storage = open_storage(place)
    if not isinstance(storage, TinyRepository):
        storage.blobs()  # so that it is connected
    return storage


def _drawn(places: list[str], opened: Browser) -> list[float]:
    """Seconds until the start page stands in a fresh window, of servers visited in turn."""
    with contextlib.ExitStack() as servers:
        addresses = [servers.enter_context(_server(place)) for place in places]
        for address in addresses:
            wait_for_answer(address)
        rounds = [[_visited(opened, address) for address in addresses] for _ in range(_VISITS)]
    return [statistics.median(times) for times in zip(*rounds[2:], strict=True)]


@contextlib.contextmanager
def _server(place: str) -> Iterator[str]:
    is_address = "://" in place
    with (
        _environment({"ANBIAO_DATABASE_URL": place if is_address else ""}),
        running(RUN, ROOT, Path("/nonexistent" if is_address else place)) as address,
    ):
        yield address


def _visited(opened: Browser, address: str) -> float:
    page = blank_page(opened)
    time = timed(visit, page, address, HOME)
    page.context.close()
    return time


@contextlib.contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _prepare(place: str) -> None:
    if "://" in place:
        migrate(place)
    else:
        Path(place).mkdir(parents=True, exist_ok=True)


def _documents(count: int) -> Iterator[tuple[Assessment, Access]]:
    one = full_assessment()
    for number in range(count):
        profile = one.profile.model_copy(update={"name": f"第 {number} 厂"})
        copy = one.model_copy(update={"id": new_id(), "profile": profile})
        yield copy, Access(owner=f"person:{number % _OWNERS}", links=(new_token(),))


def _fill(place: str, count: int) -> None:
    """As the storage itself would write it, without waiting for the disk each time."""
    start = perf_counter()
    if "://" in place:
        with (
            psycopg.connect(place) as connection,
            connection.cursor() as cursor,
            cursor.copy(_COPY) as rows,
        ):
            for document, access in _documents(count):
                name, texts = document.title, (_json(document), _json(access))
                rows.write_row((document.id, *texts, name, name, document.scheme, 0))
        with psycopg.connect(place, autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE documents")
    else:
        for document, access in _documents(count):
            tables = f'{{"assessment":{{"1":{_json(document)}}},"access":{{"1":{_json(access)}}}}}'
            (Path(place) / f"{document.id}.json").write_text(tables, "utf-8")
    print(f"  {count} written in {perf_counter() - start:.0f} s", file=sys.stderr, flush=True)


def _json(document: Document) -> str:
    return document.model_dump_json()
