"""Where data and shipped files are."""

import os
from pathlib import Path

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"


def data_folder() -> Path:
    """The folder assessments are kept in: `data/`, or what ANBIAO_DATA names."""
    return Path(os.environ.get("ANBIAO_DATA") or ROOT / "data")
