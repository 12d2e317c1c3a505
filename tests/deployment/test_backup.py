"""The commands of docs/deploy.md for backup and restore, as they stand there."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from state.documents.changes import set_finding
from state.documents.examples import examples
from state.storage.copying import copy, total
from state.storage.opening import Storage, open_storage
from state.storage.repository import update
from tests.browser.conftest import ROOT
from tests.deployment.conftest import migrate
from tests.servers import postgres_server

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
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=folder,
        env=os.environ | {"ANBIAO_DATABASE_URL": place},
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

    update(place, first.id, set_finding("1.1.1-a", 1))
    place.delete(second.id)
    assert _sum(place, tmp_path / "between") != before
    _run(restore, tmp_path, address)
    assert _sum(open_storage(address), tmp_path / "after") == before
