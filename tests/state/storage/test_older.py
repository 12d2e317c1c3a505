"""A folder and a database made by the version before the index: every answer, link and right.

`tests/fixtures/data-1` and `database-1.sql` were written by that version; nothing here makes them.
"""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest

from state.documents.access import Access
from state.service.housekeeping import describe
from state.storage.folder import TinyRepository
from state.storage.line import Query
from state.storage.migrate import migrate
from state.storage.postgres import PostgresRepository
from state.storage.repository import Damaged, NotFound, Repository, Unavailable
from tests.conftest import FIXTURES

OWNED, SHARED, LINKED, DELETED, DAMAGED, REASSESSED, PLAIN = (n * 32 for n in "1234567")
FOLDER = FIXTURES.parent / "data-1"
DATABASE = FIXTURES.parent / "database-1.sql"
ME = {"person:https://id.example|1"}


@pytest.fixture(params=["folder", "database"])
def older(
    request: pytest.FixtureRequest, tmp_path: Path, opening: Callable[[str], Any]
) -> Repository:
    if request.param == "folder":
        shutil.copytree(FOLDER, tmp_path / "data")
        return TinyRepository(tmp_path / "data")
    address = request.getfixturevalue("empty_database")
    with psycopg.connect(address) as connection:
        connection.execute(DATABASE.read_text("utf-8"))
    with pytest.raises(Unavailable, match="python -m state migrate"):
        opening(address).list()
    assert migrate(address) == "0003"
    return opening(address)


def test_every_answer_is_there(older: Repository) -> None:
    owned = older.load(OWNED)
    assert owned.revision == 1
    assert (owned.profile.name, owned.profile.leader) == ("甲酱油厂", "张三")
    assert owned.work.answers.findings == {"2.1.1-c": 2}
    assert owned.work.answers.facets == {"product": ["soy_sauce"]}
    assert owned.work.answers.reviewed == ["1.1.1", "2.1.1"]
    assert owned.work.remarks == {"2.1.1": "两处不符合"}
    assert older.load(SHARED).work.answers.findings == {"1.1-d": 1}
    begun = older.load(REASSESSED).work
    assert begun.answers.findings == {"7.1.4-d": 1}
    assert begun.answers.earlier["2.1.1-c"].model_dump() == {
        "count": 2,
        "rectified": 1,
        "planned": 1,
        "open": 0,
    }
    assert begun.reassessment
    assert begun.reassessment.self_assessment.answers.findings == {"2.1.1-c": 2}
    assert older.load(PLAIN).scheme is None


def test_every_right_and_link_is_there(older: Repository) -> None:
    assert older.access(OWNED) == Access(owner="browser:" + "a" * 32)
    assert older.access(SHARED) == Access(
        owner="person:https://id.example|1",
        shared=("mail:two@example.com", "mail:three@example.com"),
    )
    assert older.access(LINKED).links == ("c" * 32, "d" * 32)
    assert [older.behind(token * 32) for token in "cd"] == [LINKED, LINKED]
    with pytest.raises(NotFound):
        older.behind("f" * 32)
    deleted = older.access(DELETED).deleted
    assert deleted and deleted.isoformat() == "2026-11-20T08:30:00+00:00"


def test_the_lists_are_as_they_were(older: Repository) -> None:
    def titles(**wanted: Any) -> set[str]:
        return {line.title for line in older.list(Query(**wanted)).lines}

    damaged = {"戊厂"} if isinstance(older, TinyRepository) else set()
    assert titles(holders={"browser:" + "a" * 32}, deleted=False) == {"甲酱油厂"} | damaged
    assert titles(holders={"browser:" + "a" * 32}, deleted=True) == {"丁厂"}
    assert titles(holders=ME) == {"乙化工", "丙烟站"}
    assert titles(holders={"mail:two@example.com"}) == {"乙化工"}
    assert titles(search="化工") == {"乙化工"}
    others = {"甲酱油厂", "乙化工", "丙烟站", "丁厂", "己复评厂", "未命名企业"}
    assert titles() == others | damaged
    assert older.line(OWNED).standard == "condiment"


def test_a_damaged_file_comes_back_from_its_last_good_copy(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "data")
    older = TinyRepository(tmp_path / "data")
    with pytest.raises(NotFound):
        older.behind("e" * 32)  # by what is kept now, not by what a copy says
    with pytest.raises(Damaged) as damaged:
        older.load(DAMAGED)
    assert damaged.value.copy
    older.recover(DAMAGED)
    assert older.load(DAMAGED).work.answers.findings == {"2.1.1-c": 2}


def test_figures_are_filled_in_once(older: Repository) -> None:
    """998 of 1000: what nobody was asked about may be there."""
    assert older.line(OWNED).total is None
    describe(older)
    line = older.line(OWNED)
    assert (line.reviewed, line.total, line.grade, line.version) == (2, "99.8", None, "1.0")
    assert describe(older) == 0


def test_a_server_of_the_version_before_goes_on_with_a_migrated_database(
    empty_database: str, opening: Callable[[str], PostgresRepository]
) -> None:
    """Its statements, as it sends them, until it is started anew."""
    with psycopg.connect(empty_database) as old:
        old.execute(DATABASE.read_text("utf-8"))
    migrate(empty_database)
    with psycopg.connect(empty_database) as old:
        changed = old.execute(
            "UPDATE assessments SET document = jsonb_set(jsonb_set(document, '{profile,name}',"
            """ '"新名"'), '{revision}', '2') WHERE id = %s AND revision = 1"""
            " AND schema_version <= 1",
            (OWNED,),
        )
        assert changed.rowcount == 1
        added = old.execute(
            "INSERT INTO assessments (id, document, access) SELECT repeat('8', 32),"
            " jsonb_set(document, '{id}', to_jsonb(repeat('8', 32))), access FROM assessments"
            " WHERE id = %s ON CONFLICT DO NOTHING RETURNING assessments.id",
            (OWNED,),
        )
        assert added.fetchone()
        old.execute("DELETE FROM assessments WHERE id = %s", (PLAIN,))
        (name,) = old.execute(
            "SELECT name FROM assessments WHERE links ? %s", ("c" * 32,)
        ).fetchone()  # type: ignore[misc]
        assert name == "丙烟站"
    repository = opening(empty_database)
    assert repository.load(OWNED).profile.name == "新名"
    assert repository.line(OWNED).title == "新名"
    assert repository.line("8" * 32).title == "新名"
    with pytest.raises(NotFound):
        repository.load(PLAIN)
