"""`python -m benchmarks [NAME…]`: run all benchmarks, or those named, and print their tables.

Each writes its part of benchmarks/results.md as soon as it has run.
"""

import argparse
import sys
from datetime import date

from benchmarks import (
    city,
    classroom,
    clicks,
    clients,
    crowding,
    documents,
    importing,
    many,
    memory,
    pdf,
    planning,
    scoring,
    slow,
    start,
    storage,
)
from benchmarks.results import RESULTS, figures, machine, write_part

_ALL = {
    "clicks": clicks,
    "slow": slow,
    "clients": clients,
    "scoring": scoring,
    "planning": planning,
    "pdf": pdf,
    "documents": documents,
    "memory": memory,
    "import": importing,
    "start": start,
    "storage": storage,
    "crowding": crowding,
    "class": classroom,
    "many": many,
    "city": city,
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
    "highspy",
    "python-calamine",
    "pypdfium2",
]
_INTRODUCTION = """# Benchmarks

Written by `make bench`, each part by the run that it names. What stands side by side was measured
in the same run; ratio is measured over beside, so below 1 is faster or smaller. Times depend on
the machine, ratios much less."""


def main() -> int:
    """Exit status 1 when a target is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(_ALL))
    names = parser.parse_args().names
    unknown = [name for name in names if name not in _ALL]
    if unknown:
        parser.error(f"no benchmark {unknown[0]}; there are {', '.join(_ALL)}")
    write_part(RESULTS, _INTRODUCTION)
    met = True
    for name in names or _ALL:
        print(f"{name} …", file=sys.stderr, flush=True)
        rows = _ALL[name].run()
        found = figures(rows)
        print(found, flush=True)
        write_part(RESULTS, _part(name, found))
        met = met and not any(row.met is False for row in rows)
    return 0 if met else 1


def _part(name: str, found: str) -> str:
    """One benchmark's results with what is needed to repeat and to judge them."""
    parts = [
        f"# {name.capitalize()}",
        (_ALL[name].__doc__ or "").strip(),
        f"`python -m benchmarks {name}` on {date.today()}:",
        found,
        f"Machine: {machine(_PACKAGES, 'chromium-headless-shell', 'soffice')}.",
    ]
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
