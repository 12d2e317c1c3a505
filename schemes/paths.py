"""Where data and shipped files are."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"


def data_folder(environ: Mapping[str, str] = os.environ, root: Path = ROOT) -> Path:
    """The folder assessments are kept in.

    What ANBIAO_DATA names; else `data/` in the program's folder where there is one, as older
    versions made it; else the user's own place for data, so that replacing the program by a new
    version never takes them along. environ: the settings. root: the program's folder.
    """
    chosen = environ.get("ANBIAO_DATA")
    if chosen:
        return Path(chosen)
    beside = root / "data"
    return beside if beside.is_dir() else _own_place(environ)


def _own_place(environ: Mapping[str, str]) -> Path:
    """Where the system keeps what a program makes for its user."""
    home = Path(environ.get("USERPROFILE") or environ.get("HOME") or Path.home())
    if sys.platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / "AnBiao"
    if sys.platform == "darwin":
        return home / "Library" / "Application Support" / "AnBiao"
    return Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "anbiao"


if __name__ == "__main__":
    print(data_folder())
