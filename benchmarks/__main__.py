"""`python -m benchmarks [NAME…]`: run all benchmarks, or those named, and print a table.

Only a run of all of them writes benchmarks/results.md.
"""

import argparse
import os
import platform
import subprocess
import sys
from datetime import date
from importlib.metadata import version
from pathlib import Path

from benchmarks import clicks, documents, memory, pdf, scoring, start
from benchmarks.measure import Row

_ALL = {
    "clicks": clicks,
    "scoring": scoring,
    "pdf": pdf,
    "documents": documents,
    "memory": memory,
    "start": start,
}
_PACKAGES = [
    "streamlit",
    "plotly",
    "pydantic",
    "tinydb",
    "fpdf2",
    "xlsxwriter",
    "python-docx",
    "typst",
    "weasyprint",
    "docxtpl",
    "openpyxl",
    "playwright",
]
_RESULTS = Path(__file__).parent / "results.md"


def main() -> int:
    """Exit status 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(_ALL))
    names = parser.parse_args().names
    unknown = [name for name in names if name not in _ALL]
    if unknown:
        parser.error(f"no benchmark {unknown[0]}; there are {', '.join(_ALL)}")
    rows: list[Row] = []
    for name in names or _ALL:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows += _ALL[name].run()
    table = _table(rows)
    print(table)
    if not names:
        _RESULTS.write_text(_page(table), encoding="utf-8")
    return 1 if any(row.met is False for row in rows) else 0


def _table(rows: list[Row]) -> str:
    header = ["benchmark", "measured", "beside", "ratio", "target", "met"]
    lines = [header, ["---"] * len(header), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _page(table: str) -> str:
    """The results with what is needed to repeat and to judge them."""
    parts = [
        "# Benchmarks",
        f"Written by `make bench` on {date.today()}. What stands side by side was measured in the "
        "same run; ratio is measured over beside, so below 1 is faster or smaller. Times depend "
        "on the "
        "machine, ratios much less.",
        f"Machine: {_machine()}.",
        table,
        *(f"## {name}\n\n{(module.__doc__ or '').strip()}" for name, module in _ALL.items()),
    ]
    return "\n\n".join(parts) + "\n"


def _machine() -> str:
    """The machine and what ran on it, without its name."""
    commands = [["chromium", "--version"], ["soffice", "--version"]]
    tools = [
        " ".join(subprocess.run(c, capture_output=True, text=True, check=True).stdout.split()[:2])
        for c in commands
    ]
    packages = [f"{name} {version(name)}" for name in _PACKAGES]
    system = f"{os.cpu_count()} CPUs, {platform.system()} {platform.machine()}"
    return ", ".join([system, f"Python {platform.python_version()}", *tools, *packages])


if __name__ == "__main__":
    sys.exit(main())
