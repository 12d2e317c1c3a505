"""`python -m benchmarks [NAME…]`: run all benchmarks, or those named, and print a table.

Only a run of all of them writes its part of benchmarks/results.md.
"""

import argparse
import sys
from datetime import date

from benchmarks import clicks, documents, memory, pdf, scoring, start, storage
from benchmarks.measure import Row
from benchmarks.results import RESULTS, machine, table, write_part

_ALL = {
    "clicks": clicks,
    "scoring": scoring,
    "pdf": pdf,
    "documents": documents,
    "memory": memory,
    "start": start,
    "storage": storage,
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
_HEADER = ["benchmark", "measured", "beside", "ratio", "target", "met"]


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
    found = table([_HEADER, *(row.cells() for row in rows)])
    print(found)
    if not names:
        write_part(RESULTS, _page(found))
    return 1 if any(row.met is False for row in rows) else 0


def _page(found: str) -> str:
    """The results with what is needed to repeat and to judge them."""
    parts = [
        "# Benchmarks",
        f"Written by `make bench` on {date.today()}. What stands side by side was measured in the "
        "same run; ratio is measured over beside, so below 1 is faster or smaller. Times depend "
        "on the "
        "machine, ratios much less.",
        f"Machine: {machine(_PACKAGES, 'chromium-headless-shell', 'soffice')}.",
        found,
        *(f"## {name}\n\n{(module.__doc__ or '').strip()}" for name, module in _ALL.items()),
    ]
    return "\n\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())
