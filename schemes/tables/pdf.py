"""PDF files with a text layer, whose tables have ruled lines; anything else is refused in words."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemes.tables.grid import Grid, Pages
from schemes.tables.lattice import Char, Ruled, Unclear, tables, text_lines, words
from schemes.tables.problems import TableError
from schemes.tables.workbook import MOST_ROWS

MOST_PAGES = 200
SECONDS = 20
"""Longest that a file may take to open."""
_MOST = 300_000
"""Characters and lines of all pages together."""
_MOST_LINES = 20_000
"""Lines of a page; a drawing has more."""
_PAGE_NUMBER = re.compile(
    r"[\s—–\-－·]*(?:第)?\s*\d{1,4}\s*(?:页)?[\s—–\-－·/]*(?:共?\s*\d{1,4}\s*页?)?\s*"
)
AS_WORD = "请用 Word 或 WPS 打开它，另存为“Word 文档（.docx）”，再导入"
_FAULTS = {
    "password": "PDF 有密码：请去掉密码另存一份",
    "broken": f"PDF 损坏，打不开：{AS_WORD}",
    "pages": f"PDF 超过 {MOST_PAGES} 页：请只留下评分表另存一份",
    "long": "PDF 的内容过多，不像一张评分表：请只留下评分表另存一份",
}


def read_pdf(content: bytes) -> Pages:
    """Every table of the pages in order, with the lines between them as notes.

    Raises: TableError for a scan, for tables without lines, and for what is too long.
    """
    pages = _pages(content)
    if not any(page["chars"] for page in pages):
        raise TableError(
            "这个 PDF 是扫描的图片，没有文字：请先识别文字（WPS、Acrobat 等都可以），"
            "核对后另存为“Word 文档（.docx）”，再导入"
        )
    grids: list[Grid] = []
    notes: list[str] = []
    for number, page in enumerate(pages, 1):
        if not page["chars"] and page["picture"]:
            raise TableError(f"第 {number} 页是扫描的图片，没有文字：请先识别文字，再导入")
        if page["unmapped"] > 0.02 * len(page["chars"]) + 1:
            raise TableError(f"第 {number} 页的文字没有编码，读出来是乱的：{AS_WORD}")
        if len(page["lines"]) > _MOST_LINES:
            raise TableError(f"第 {number} 页的线条太多，不像一张表：{AS_WORD}")
        found, lines = _page(page, number)
        grids += found
        notes += lines
        if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
            raise TableError(f"超过 {MOST_ROWS} 行，不像一张评分表：请只留下评分表另存一份")
    if not grids:
        raise TableError(f"PDF 里没有带框线的表格，分不清各列：{AS_WORD}")
    return Pages(tuple(grids), tuple(notes))


def _page(page: dict[str, Any], number: int) -> tuple[list[Grid], list[str]]:
    """The tables of a page, each with the line above it as its title, and all lines beside them."""
    chars = [Char(*char) for char in page["chars"]]
    try:
        ruled = tables(page["lines"], chars)
    except Unclear:
        raise TableError(f"第 {number} 页的表格框线不完整，分不清各格：{AS_WORD}") from None
    beside = [c for c in chars if not any(_inside(c, table) for table in ruled)]
    lines = [
        (line[0].middle[1], text)
        for line in text_lines(beside)
        if not _PAGE_NUMBER.fullmatch(text := words(line))
    ]
    grids: list[Grid] = []
    since = 0.0
    for table in ruled:
        titles = [text for y, text in lines if since <= y < table.top]
        since = table.bottom
        name = f"第{number}页表{len(grids) + 1}" if len(ruled) > 1 else f"第{number}页"
        grids.append(Grid(name, table.rows, table.origins, title=titles[-1] if titles else ""))
    return grids, [text for _, text in lines]


def _inside(char: Char, table: Ruled) -> bool:
    x, y = char.middle
    return table.left <= x <= table.right and table.top <= y <= table.bottom


def _pages(content: bytes) -> Sequence[dict[str, Any]]:
    """What the pages hold, read by a process of its own."""
    command = [sys.executable, "-I", str(Path(__file__).with_name("pdf_page.py"))]
    try:
        done = subprocess.run(
            [*command, str(MOST_PAGES), str(_MOST), str(SECONDS)],
            input=content,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
        found = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise TableError(f"PDF 读了 {SECONDS} 秒还没有读完：{AS_WORD}") from error
    except ValueError as error:  # it broke, and took the reader with it
        raise TableError(_FAULTS["broken"]) from error
    if fault := found.get("fault"):
        raise TableError(_FAULTS[fault])
    pages: list[dict[str, Any]] = found["pages"]
    return pages
