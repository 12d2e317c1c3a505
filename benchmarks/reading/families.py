"""Families of tables as rows of our own making, and what each row says in short."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from benchmarks.reading.making import cells_table, paragraph, word_file

FAMILIES = Path(__file__).parents[2] / "tests" / "fixtures" / "tables"
UNREAD = ("?",)
"""Stands for a row that must be marked 待确认."""


@dataclass(frozen=True, slots=True)
class Family:
    """Tables with their titles, a header, and rows of cells with what they must be read as.

    notes: sentences before the first table.
    """

    name: str
    header: tuple[str, ...]
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    expected: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def merged(self) -> int:
        """Columns from the left that are merged where one row says the same as the one above."""
        return next(
            place
            for place, word in enumerate(self.header)
            if word in ("评价内容", "考核内容", "评分标准")
        )


def family(name: str) -> Family:
    """One of tests/fixtures/tables."""
    read: dict[str, Any] = yaml.safe_load((FAMILIES / f"{name}.yaml").read_text(encoding="utf-8"))
    tables = read.get("tables") or [{"title": "", "rows": read["rows"]}]
    rows = [row for table in tables for row in table["rows"]]
    return Family(
        name,
        tuple(read["header"]),
        tuple((t["title"], tuple(tuple(row[:-1]) for row in t["rows"])) for t in tables),
        tuple(UNREAD if row[-1] == "?" else tuple(map(str, row[-1])) for row in rows),
        tuple(read.get("notes", ())),
    )


def names() -> list[str]:
    """All families."""
    return sorted(path.stem for path in FAMILIES.glob("*.yaml"))


def family_workbook(family: Family) -> bytes:
    """A sheet for each table."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for place, (title, rows) in enumerate(family.tables, 1):
        sheet = book.add_worksheet(f"表{place}")
        before = [*(family.notes if place == 1 else ()), title or "评分表"]
        for line, text in enumerate(before):
            sheet.write(line, 0, text)
        sheet.write_row(len(before), 0, family.header)
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                if column >= family.merged or not number or rows[number - 1][column] != text:
                    sheet.write(len(before) + 1 + number, column, text)
    book.close()
    return out.getvalue()


def family_document(family: Family) -> bytes:
    """A Word table for each table, below its title, with the same cells merged."""
    body = "".join(map(paragraph, family.notes))
    for title, rows in family.tables:
        body += paragraph(title) if title else ""
        body += cells_table(family.header, rows, family.merged)
    return word_file(body)


def family_text(family: Family) -> bytes:
    """What is copied out of it: merged cells blank below the first."""
    lines = list(family.notes)
    for title, rows in family.tables:
        lines += [title] if title else []
        lines.append("\t".join(family.header))
        above: Sequence[str] = ()
        for row in rows:
            cells = [
                "" if column < family.merged and above and above[column] == text else text
                for column, text in enumerate(row)
            ]
            lines.append("\t".join(cells))
            above = row
    return "\n".join(lines).encode()
