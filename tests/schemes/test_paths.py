"""Where data are kept."""

import sys
from pathlib import Path

import pytest

from schemes.paths import data_folder


def test_what_the_setting_names_comes_first(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert data_folder({"ANBIAO_DATA": "/srv/data", "HOME": "/home/li"}, tmp_path) == Path(
        "/srv/data"
    )


def test_a_folder_that_an_older_version_made_is_used_on(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert data_folder({"HOME": "/home/li"}, tmp_path) == tmp_path / "data"


@pytest.mark.parametrize(
    ("platform", "environ", "folder"),
    [
        ("linux", {"HOME": "/home/li"}, "/home/li/.local/share/anbiao"),
        ("linux", {"HOME": "/home/li", "XDG_DATA_HOME": "/big"}, "/big/anbiao"),
        ("darwin", {"HOME": "/Users/li"}, "/Users/li/Library/Application Support/AnBiao"),
        ("win32", {"LOCALAPPDATA": "/C/Local"}, "/C/Local/AnBiao"),
        ("win32", {"USERPROFILE": "/C/li"}, "/C/li/AppData/Local/AnBiao"),
    ],
)
def test_else_they_are_outside_of_the_program_that_a_new_version_replaces(
    monkeypatch, tmp_path, platform, environ, folder
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    assert data_folder(environ, tmp_path) == Path(folder)
