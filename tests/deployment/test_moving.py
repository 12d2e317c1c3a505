"""What docs/deploy.md says of moving: as the server's user, or the app cannot write what root made."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from state.documents.examples import examples
from state.storage.copying import copy
from state.storage.opening import open_storage

NOBODY = 65534
"""Debian's user and group of that name; Python itself may be out of their reach, so that a
process of ours becomes them when all is imported."""

pytestmark = pytest.mark.skipif(os.geteuid() != 0, reason="only root may become somebody else")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that everybody may reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def _as_nobody(action: Callable[[], object]) -> bool:
    """Do something as somebody else; whether it succeeded."""
    child = os.fork()
    if child == 0:
        try:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            action()
        except BaseException:
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_what_is_moved_as_the_servers_user_is_the_servers_and_what_root_moves_is_not(
    place: Path,
) -> None:
    sample = examples()[0].read()
    origin = place / "origin"
    open_storage(str(origin)).create(sample)
    for path in (origin, *origin.rglob("*")):
        os.chown(path, NOBODY, NOBODY)
    mine, theirs = place / "by-root", place / "by-nobody"
    theirs.mkdir()
    os.chown(theirs, NOBODY, NOBODY)

    def moved(to: Path) -> None:
        report = copy(open_storage(str(origin)), open_storage(str(to)), lambda _done, _of: None)
        assert not report.refused

    moved(mine)
    assert _as_nobody(lambda: moved(theirs))
    assert {path.stat().st_uid for path in theirs.rglob("*")} == {NOBODY}
    one_more = examples()[1].read()
    assert _as_nobody(lambda: open_storage(str(theirs)).create(one_more))
    assert not _as_nobody(lambda: open_storage(str(mine)).create(one_more))
