"""The drawing in docs/architecture.md is what import-linter enforces."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def _drawn() -> list[set[str]]:
    """Rooms of the drawing from top to bottom; those beside each other stand in one set."""
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    drawing = text.split("```")[1].strip().splitlines()
    return [set(re.findall(r"\w+", re.split(r"\s{2,}", line)[0])) for line in drawing]


def _enforced() -> list[set[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (contract,) = (
        c
        for c in settings["tool"]["importlinter"]["contracts"]
        if c["name"] == "Imports go one way"
    )
    return [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]


def test_the_drawing_is_what_is_enforced() -> None:
    assert _drawn() == [{"app"}, *_enforced()]


def test_every_room_is_a_package_of_that_name() -> None:
    for room in set().union(*_enforced()):
        assert (ROOT / room / "__init__.py").is_file(), room


def test_streamlit_stays_in_the_view() -> None:
    """Also in top-level scripts and doors, which import-linter does not see."""
    importing = {
        path.relative_to(ROOT).parts[0]
        for folder in (
            "schemes",
            "scoring",
            "planning",
            "process",
            "state",
            "wording",
            "reports",
            "server",
        )
        for path in (ROOT / folder).rglob("*.py")
        if re.search(r"^\s*(from|import) streamlit", path.read_text(encoding="utf-8"), re.M)
    }
    assert importing == set()
