"""Which place is used, and what is said where PostgreSQL's packages are missing."""

import subprocess
import sys
from pathlib import Path

import pytest

from schemes.paths import ROOT
from state.storage.folder import TinyRepository
from state.storage.opening import open_repository
from state.storage.postgres import PostgresRepository
from state.storage.repository import Unavailable


def test_without_an_address_assessments_are_kept_in_the_data_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANBIAO_DATA", str(tmp_path / "data"))
    for environ in ({}, {"ANBIAO_DATABASE_URL": ""}):
        repository = open_repository(environ)
        assert isinstance(repository, TinyRepository)
        assert repository.folder == tmp_path / "data"


def test_with_an_address_they_are_kept_in_that_database(database: str) -> None:
    repository = open_repository({"ANBIAO_DATABASE_URL": database})
    assert isinstance(repository, PostgresRepository)
    assert repository.list().lines == []
    repository.close()


def test_an_address_that_is_none_never_becomes_a_folder() -> None:
    with pytest.raises(Unavailable, match="地址的写法不对"):
        open_repository({"ANBIAO_DATABASE_URL": "anbiao"})


WITHOUT_PACKAGES = """
import sys
for name in ("sqlalchemy", "alembic", "psycopg"):
    sys.modules[name] = None
from state.storage.opening import open_storage
from state.storage.repository import Unavailable
try:
    print(open_storage(sys.argv[1]).list().lines)
except Unavailable as error:
    print(ascii(str(error)))
"""


@pytest.mark.parametrize(
    ("place", "says"),
    [("no-such-folder", "[]"), ("postgresql://host/name", "requirements-postgres.txt")],
)
def test_only_a_database_needs_the_packages_for_it(tmp_path: Path, place: str, says: str) -> None:
    if "://" not in place:
        place = str(tmp_path / place)
    command = [sys.executable, "-c", WITHOUT_PACKAGES, place]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert says in done.stdout
