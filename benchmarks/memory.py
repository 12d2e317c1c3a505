"""Memory that documents take: the most a process ever held, above what it held when idle.

Idle is a process that has imported the app's packages and the peers, and has loaded every standard.
One then makes every document, the ZIP file of all included, of assessments by each standard with
150 findings, one after the other. Beside it another makes the tables of the same PDFs, workbooks
and Word documents, without formats, by WeasyPrint, openpyxl and docxtpl. Linux counts for both
(`VmHWM` in /proc/self/status).
"""

import argparse
import pickle
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from tempfile import TemporaryDirectory
from typing import Any

import schemes
import ui
from benchmarks.measure import AtMost, Row, megabytes
from benchmarks.peers import docxtpl_maker, openpyxl_workbook, weasyprint_maker
from benchmarks.subject import full_assessment, scored
from benchmarks.tables import read_sheets, tables_of
from reports import Subject
from reports.documents import DOCUMENTS, package_zip
from scoring import Result

SEEDS = range(2)
"""Of the assessments by each standard."""


def run() -> list[Row]:
    """Make the documents in one process, and their tables in another."""
    name = f"every document of {len(SEEDS) * len(schemes.available())} assessments, above idle"
    with TemporaryDirectory() as scratch:
        tables = Path(scratch, "tables")
        _keep_tables(tables)
        ours, theirs = _grown(), _grown("--tables", str(tables))
    return [Row(name, ours, "peers, tables only", theirs, AtMost(150), megabytes)]


def main() -> None:
    """Print by how many megabytes this process grows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory")
    parser.add_argument("--tables", type=Path)
    tables: Path | None = parser.parse_args().tables
    for module in iter_modules(ui.__path__, "ui."):
        import_module(module.name)
    for scheme_id in schemes.available():
        schemes.load(scheme_id)
    idle = _most_held()
    if tables:
        _make_tables(tables)
    else:
        _make_documents()
    print(_most_held() - idle)


def _grown(*arguments: str) -> float:
    """Megabytes by which a fresh process grows."""
    command = [sys.executable, "-m", "benchmarks.memory", *arguments]
    return float(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)


def _assessments() -> Iterator[tuple[Result, Subject]]:
    for scheme_id in schemes.available():
        for seed in SEEDS:
            assessment = full_assessment(scheme_id, seed)
            result = scored(assessment)
            yield result, Subject.of(result.scheme, assessment, date.today())


def _make_documents() -> None:
    for result, subject in _assessments():
        for document in DOCUMENTS.values():
            document.make(result, subject)


def _keep_tables(path: Path) -> None:
    """Write what stands in every document to a file, with its file type."""
    with path.open("wb") as file:
        for result, subject in _assessments():
            for kind, document in DOCUMENTS.items():
                kept: Any = None
                if document.suffix == "xlsx":
                    kept = read_sheets(document.make(result, subject))
                elif document.make is not package_zip:
                    kept = tables_of(kind, result, subject)
                if kept:
                    pickle.dump((document.suffix, kept), file)


def _make_tables(path: Path) -> None:
    """Read the file piece by piece, so that it takes no memory itself."""
    makers: dict[str, Callable[[Any], bytes]] = {
        "pdf": weasyprint_maker(),
        "docx": docxtpl_maker(),
        "xlsx": openpyxl_workbook,
    }
    size = path.stat().st_size
    with path.open("rb") as file:
        while file.tell() < size:
            kind, kept = pickle.load(file)
            makers[kind](kept)


def _most_held() -> float:
    """Megabytes of memory that this process ever held at once."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) / 1024


if __name__ == "__main__":
    main()
