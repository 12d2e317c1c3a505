"""Workbooks: .xlsx, .xlsm and .xls, their merged cells, and formulas without results."""

import io
import posixpath
import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import python_calamine

from schemes.tables.archive import Archive
from schemes.tables.grid import Grid, Pages, Place
from schemes.tables.problems import TableError

MOST_ROWS = 5000
"""Rows of a sheet; the longest standard has some 1,500."""
MOST_COLUMNS = 60
_FILLED = 400_000
"""Cells of a sheet that are looked at before it is called too long."""
_FARTHEST = 1000
"""Columns to the right after which a lone cell is no part of a table but fills the memory."""
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ADDRESS = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def read_workbook(content: bytes, archive: Archive | None) -> Pages:
    """Every sheet that holds anything. archive: the content opened, None for .xls.

    Raises: TableError.
    """
    formulas: dict[str, frozenset[Place]] = {}
    remarks = []
    if archive is not None:
        formulas = {name: _scanned(archive, name, part) for name, part in _parts(archive)}
        if any(name.endswith("vbaProject.bin") for name in archive.names):
            remarks.append("文件带有宏：只读取数据，宏不会运行")
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = book.sheet_names
    except python_calamine.PasswordError as error:
        raise TableError("文件有密码：请去掉密码另存一份") from error
    except Exception as error:  # whatever its Rust parts say: the file is no workbook
        raise TableError("不是有效的 Excel 文件：请用 Excel 或 WPS 另存为 .xlsx") from error
    grids = []
    for name in names:
        found = formulas.get(name, frozenset())
        grid = _grid(book, name, found)
        if any(any(row) for row in grid.rows) or found:
            grids.append(grid)
    if not grids:
        raise TableError("工作簿是空的：没有一张工作表有内容")
    return Pages(tuple(grids), (), tuple(remarks))


def _parts(archive: Archive) -> list[tuple[str, str]]:
    """Each sheet's name with the part that holds it."""
    targets = {
        link.get("Id"): posixpath.normpath(posixpath.join("xl", link.get("Target", ""))).lstrip("/")
        for link in archive.xml("xl/_rels/workbook.xml.rels")
    }
    sheets = archive.xml("xl/workbook.xml").iter("{*}sheet")
    found = [
        (sheet.get("name", ""), targets.get(sheet.get(f"{{{_LINKS}}}id"), "")) for sheet in sheets
    ]
    return [(name, part) for name, part in found if part in archive.names and "sheet" in part]


def _scanned(archive: Archive, name: str, part: str) -> frozenset[Place]:
    """Formulas without a result; refuses a sheet that would fill the memory when opened."""
    formulas = set()
    for cells, cell in enumerate(archive.elements(part, "c")):
        address = _ADDRESS.fullmatch(cell.get("r", "A1"))
        if not address:
            raise TableError(f"文件损坏（单元格 {cell.get('r')!r:.20}）：请重新保存一份再导入")
        column, row = _column(address[1]), int(address[2])
        children = {child.tag.rpartition("}")[2]: child.text for child in cell}
        filled = bool(children)
        if cells > _FILLED or (filled and row > MOST_ROWS):
            raise TableError(_too_long(name, MOST_ROWS))
        if filled and column > _FARTHEST:
            raise TableError(f"{name}!{address[0]} 离表格太远：请删去这个单元格再导入")
        if "f" in children and not children.get("v"):
            formulas.add((row - 1, column))
    return frozenset(formulas)


def _too_long(name: str, most: int) -> str:
    return f"{name} 超过 {most} 行，不像一张评分表：请只留下评分表另存一份"


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _grid(book: Any, name: str, formulas: frozenset[Place]) -> Grid:
    try:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height > MOST_ROWS:
            raise TableError(_too_long(name, MOST_ROWS))
        raw = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except TableError:
        raise
    except Exception as error:  # as above
        raise TableError(f"工作表 {name} 读不出来：请用 Excel 或 WPS 另存为 .xlsx") from error
    rows = [[_text(value) for value in row[:MOST_COLUMNS]] for row in raw]
    width = max(map(len, rows), default=0)
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    origins: dict[Place, Place] = {}
    for (top, left), (bottom, right) in merged:
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, width)):
                if (row, column) != (top, left) and top < len(rows) and left < width:
                    origins[row, column] = (top, left)
                    rows[row][column] = rows[top][left]
    return Grid(name, rows, origins, formulas, sheet=True)


def _text(value: Any) -> str:
    """A value as Excel shows it: 2.0 as 2, no thousandth digits of what is a half."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime | date | time | timedelta):
        return str(value)
    return str(value).strip() if value is not None else ""


def _number(value: float) -> str:
    rounded = Decimal(repr(value)).quantize(Decimal("0.000001")) if abs(value) < 1e9 else None
    if rounded is None:
        return repr(value)
    text = format(rounded, "f").rstrip("0").rstrip(".")
    return text if text not in ("", "-0", "-") else "0"
