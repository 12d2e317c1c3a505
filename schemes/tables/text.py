"""Tables as text: .csv, and what is copied out of Word or Excel, with tabs between cells."""

import csv
import io

from schemes.tables.grid import Grid, Pages, rectangle
from schemes.tables.problems import TableError
from schemes.tables.workbook import MOST_ROWS

_MOST_COLUMNS = 60
_LONGEST = 1_000_000
"""Characters of one cell; csv's own limit of 131,072 is too near to what a table may hold."""


def read_text(content: bytes) -> Pages:
    """The one table of a text. Raises: TableError."""
    text = decoded(content)
    rows = _cells(text)
    if not any(any(row) for row in rows):
        raise TableError("文件是空的")
    return Pages((Grid("表1", rectangle(rows), knows_merges=False),))


def decoded(content: bytes) -> str:
    """The characters, in UTF-8, UTF-16 with its mark, or a Chinese Windows' own encoding."""
    marks = content[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marks else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise TableError(
        "不是文本文件，也不是认识的表格：请用 Excel 另存为 .xlsx，或用 Word 另存为 .docx"
    )


def _cells(text: str) -> list[list[str]]:
    mark = "\t" if "\t" in text else max(",;", key=text[:5000].count)
    csv.field_size_limit(_LONGEST)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark):
            if len(rows) == MOST_ROWS:
                raise TableError(f"超过 {MOST_ROWS} 行，不像一张评分表：请只留下评分表再导入")
            rows.append([cell.strip() for cell in row[:_MOST_COLUMNS]])
    except csv.Error as error:
        line = len(rows) + 1
        raise TableError(
            f"第 {line} 行附近的引号或分隔符不成对：请用 Excel 另存为 .xlsx"
        ) from error
    return rows
