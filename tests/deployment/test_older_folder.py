"""The commands of docs/deploy.md for a folder made before, as they stand there."""

import re
import shlex
import stat
import subprocess
from pathlib import Path

import pytest

from state.documents.assessment import Assessment
from state.documents.examples import examples
from state.storage.opening import open_storage
from tests.browser.conftest import ROOT

DOCUMENT = (ROOT / "docs" / "deploy.md").read_text("utf-8")
DATA = "/var/lib/anbiao"


def command(pattern: str) -> str:
    """The one command of the document that is like this."""
    (found,) = set(re.findall(rf"`({pattern})`", DOCUMENT))
    return str(found)


@pytest.fixture
def data(tmp_path: Path) -> tuple[Path, Assessment]:
    """A folder as versions before the strict modes made it, open to everybody."""
    folder = tmp_path / "data"
    sample = examples()[0].read()
    open_storage(str(folder)).create(sample)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return folder, sample


def test_a_folder_made_before_is_closed_to_others_and_still_read(data) -> None:
    folder, sample = data
    subprocess.run(shlex.split(command("chmod [^`]+").replace(DATA, str(folder))), check=True)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder, *folder.rglob("*"))}
    assert modes == {0o700, 0o600}
    assert open_storage(str(folder)).load(sample.id).work == sample.work
