"""Small tables as the files that people hold."""

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import openpyxl

from benchmarks.reading.making import cells_table, paragraph, word_file

HEADER = ["考评类目", "考评项目", "考评内容", "标准分值", "考评办法"]
ROWS: list[list[Any]] = [
    ["1.目标", "1.1制度", "有目标制度", 4, "无制度的，不得分；缺少一项内容的，扣1分。"],
    [
        "1.目标",
        "1.1制度",
        "有年度目标",
        6,
        "无目标的，不得分；未公布的，每处扣2分；扣满6分的，追加扣除5分。",
    ],
    [
        "2.机构",
        "2.1人员",
        "配备人员",
        10,
        "未配备的，不得分，并追加扣除10分；瞒报的，本类目不得分。",
    ],
]


def sheet(rows: Sequence[Sequence[Any]], merged: Sequence[str] = (), name: str = "评分表") -> bytes:
    """A workbook of one sheet."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = name
    for row in rows:
        page.append(list(row))
    for cells in merged:
        page.merge_cells(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def book(**sheets: Sequence[Sequence[Any]]) -> bytes:
    """A workbook of several sheets, by their names."""
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def word(rows: Sequence[Sequence[Any]], title: str = "", merged: int = 0) -> bytes:
    """A document of one table; the first row is its header."""
    cells = [[str(cell) for cell in row] for row in rows]
    return word_file((paragraph(title) if title else "") + cells_table(cells[0], cells[1:], merged))


def text(rows: Sequence[Sequence[Any]]) -> bytes:
    """What is pasted."""
    return "\n".join("\t".join(map(str, row)) for row in rows).encode()


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """An Office file with a part added or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info.filename))
        new.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return out.getvalue()
