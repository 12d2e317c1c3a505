"""The commands of docs/deploy.md for backup and restore, as they stand there."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from state.documents.changes import set_finding
from state.documents.examples import examples
from state.storage.copying import copy, total
from state.storage.opening import Storage, is_database, open_storage
from state.storage.repository import update
from tests.browser.conftest import ROOT
from tests.commands import run_command
from tests.deployment.conftest import migrate
from tests.servers import USER, postgres_server

_DATA = "/var/lib/anbiao"
_SHIPPED = re.search(
    r"^## Backup and restore\n\n```\n(.+?)^```$",
    (ROOT / "docs" / "deploy.md").read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)
assert _SHIPPED
FOLDER, DATABASE = (
    [command.split("   #")[0].rstrip() for command in part.replace("\\\n", "").splitlines()[1:]]
    for part in _SHIPPED[1].strip().split("\n\n")
)
"""What to type to save and to restore, for either place."""


@pytest.fixture(params=[FOLDER, DATABASE], ids=["folder", "database"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, list[str]]]:
    """A place with assessments, and its commands."""
    commands: list[str] = request.param
    if commands is FOLDER:
        place = str(tmp_path / "data")
        yield place, [command.replace(_DATA, place) for command in commands]
        return
    with postgres_server() as server, server.database() as address:
        migrate(address)
        yield address, commands


def _run(command: str, folder: Path, place: str) -> None:
    service = folder / "pg_service.conf"
    if is_database(place):
        told = conninfo_to_dict(place)
        service.write_text("\n".join(["[anbiao]", *(f"{k}={v}" for k, v in told.items())]))
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=os.environ | {"PGSERVICEFILE": str(service)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def _sum(place: Storage, elsewhere: Path) -> str:
    """One hash over everything that is kept there, access included."""
    report = copy(place, open_storage(str(elsewhere)), lambda _done, _of: None)
    assert not report.refused
    return total(report.source)


def test_what_was_backed_up_comes_back_whole(kept: tuple[str, list[str]], tmp_path: Path) -> None:
    address, (save, restore) = kept
    place = open_storage(address)
    first, second = (sample.read() for sample in examples()[:2])
    place.create(first)
    place.create(second)
    before = _sum(place, tmp_path / "before")
    _run(save, tmp_path, address)
    (saved,) = [*tmp_path.glob("data.tgz"), *tmp_path.glob("anbiao.dump")]
    assert saved.stat().st_mode & 0o777 == 0o600

    update(place, first.id, set_finding("1.1.1-a", 1))
    place.delete(second.id)
    assert _sum(place, tmp_path / "between") != before
    _run(restore, tmp_path, address)
    assert _sum(open_storage(address), tmp_path / "after") == before


def test_a_copy_takes_the_password_from_the_file_that_is_named(tmp_path: Path) -> None:
    sample = examples()[0].read()
    open_storage(str(tmp_path / "data")).create(sample)
    with postgres_server() as server, server.database() as address:
        migrate(address)
        rules = server.folder / "data" / "pg_hba.conf"
        rules.write_text(f"local all clerk scram-sha-256\n{rules.read_text()}")
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE ROLE clerk LOGIN SUPERUSER PASSWORD 'a password'")
            connection.execute("SELECT pg_reload_conf()")
        target = address.replace(f"//{USER}@", "//clerk@")
        file = tmp_path / "passwords"
        wrong, right = "wrong", "a password"
        for password, mode, status in ((wrong, 0o600, 1), (right, 0o644, 1), (right, 0o600, 0)):
            file.write_text(f"*:*:*:clerk:{password}\n")
            file.chmod(mode)
            data = str(tmp_path / "data")
            done = run_command("state", "copy", data, target, environ={"PGPASSFILE": str(file)})
            assert done.returncode == status, done.stderr
            assert password not in done.stdout + done.stderr
        assert open_storage(address).load(sample.id) == sample
