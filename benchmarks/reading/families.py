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
    """Tables with their titles, a header, and rows of cells with what they must be read as."""

    name: str
    header: tuple[str, ...]
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    expected: tuple[tuple[str, ...], ...]

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
        sheet.write(0, 0, title or "评分表")
        sheet.write_row(1, 0, family.header)
        for line, row in enumerate(rows, 2):
            for column, text in enumerate(row):
                if column >= family.merged or line == 2 or rows[line - 3][column] != text:
                    sheet.write(line, column, text)
    book.close()
    return out.getvalue()


def family_document(family: Family) -> bytes:
    """A Word table for each table, below its title, with the same cells merged."""
    body = ""
    for title, rows in family.tables:
        body += paragraph(title) if title else ""
        body += cells_table(family.header, rows, family.merged)
    return word_file(body)


def family_text(family: Family) -> bytes:
    """What is copied out of it: merged cells blank below the first."""
    lines: list[str] = []
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
