"""benchmarks/results.md: parts written by different commands, each leaving the others alone."""

import os
import platform
import re
import subprocess
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from benchmarks.measure import Row

RESULTS = Path(__file__).parent / "results.md"
_HEADER = ["benchmark", "measured", "beside", "ratio", "target", "met"]


def table(rows: list[list[str]]) -> str:
    """A markdown table; the first row is its header."""
    lines = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def figures(rows: Iterable[Row]) -> str:
    """A markdown table of what was measured."""
    return table([_HEADER, *(row.cells() for row in rows)])


def write_part(path: Path, part: str) -> None:
    """Put a part in its place in the file, or at the end.

    part: begins with its title, a line `# …`; no other line begins so.
    """
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    parts = {_title(kept): kept.strip() for kept in re.split(r"(?m)^(?=# )", old) if kept.strip()}
    parts[_title(part)] = part.strip()
    path.write_text("\n\n".join(parts.values()) + "\n", encoding="utf-8")


def _title(part: str) -> str:
    return part.strip().splitlines()[0]


def machine(packages: list[str], *tools: str) -> str:
    """The machine and what ran on it, without its name.

    tools: commands that know `--version`.
    """
    said = [
        subprocess.run([tool, "--version"], capture_output=True, text=True, check=True).stdout
        for tool in tools
    ]
    return ", ".join(
        [
            f"{os.cpu_count()} CPUs, {platform.system()} {platform.machine()}",
            f"Python {platform.python_version()}",
            *(" ".join(words.split()[:2]) for words in said),
            *(f"{name} {version(name)}" for name in packages),
        ]
    )
