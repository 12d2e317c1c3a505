"""Word documents: every table with its merged cells, and the paragraphs around them."""

from collections.abc import Iterator

from lxml import etree

from schemes.tables.archive import Archive
from schemes.tables.grid import Grid, Pages, Place, rectangle
from schemes.tables.problems import TableError
from schemes.tables.workbook import MOST_ROWS

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_COLUMNS = 60
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText"}


def read_word(archive: Archive) -> Pages:
    """Every table of the document in order. Raises: TableError."""
    body = archive.xml("word/document.xml").find(f"{_W}body")
    if body is None:
        raise TableError("不是有效的 Word 文件：请用 Word 或 WPS 另存为 .docx")
    grids: list[Grid] = []
    notes: list[str] = []
    title = ""
    rows = 0
    for block in _blocks(body):
        if block.tag == f"{_W}p":
            text = _text(block).strip()
            if text:
                notes.append(text)
                title = text
            continue
        grid = _grid(block, f"表{len(grids) + 1}", title)
        rows += len(grid.rows)
        if rows > MOST_ROWS:
            raise TableError(f"{grid.name} 之前的表已超过 {MOST_ROWS} 行：请只留下评分表另存一份")
        if grid.rows:
            grids.append(grid)
            title = ""
    remarks = (
        ["文件带有宏：只读取数据，宏不会运行"] if "word/vbaProject.bin" in archive.names else []
    )
    return Pages(tuple(grids), tuple(notes), tuple(remarks))


def _blocks(body: etree._Element) -> Iterator[etree._Element]:
    """Paragraphs and tables, also those inside content controls."""
    for child in body:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag == f"{_W}sdt":
            for content in child.iterchildren(f"{_W}sdtContent"):
                yield from _blocks(content)


def _grid(table: etree._Element, name: str, title: str) -> Grid:
    rows: list[list[str]] = []
    origins: dict[Place, Place] = {}
    for place, row in enumerate(_rows(table)):
        if place > MOST_ROWS:
            raise TableError(f"{name} 超过 {MOST_ROWS} 行，不像一张评分表：请只留下评分表另存一份")
        texts: list[str] = [""] * _before(row)
        for cell in row.iter(f"{_W}tc"):
            if _owner(cell) is not row:
                continue
            properties = cell.find(f"{_W}tcPr")
            span = min(_number(properties, "gridSpan", 1), _MOST_COLUMNS)
            column = len(texts)
            if column >= _MOST_COLUMNS:
                break
            above = origins.get((place - 1, column), (place - 1, column))
            goes_on = _goes_on(properties) and place > 0 and column < len(rows[place - 1])
            start = above if goes_on else (place, column)
            text = rows[start[0]][start[1]] if goes_on else _cell_text(cell)
            for _ in range(span):
                if (place, len(texts)) != start:
                    origins[place, len(texts)] = start
                texts.append(text)
        rows.append(texts)
    return Grid(name, rectangle(rows), origins, title=title)


def _rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{_W}tr":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _rows(child)


def _owner(cell: etree._Element) -> etree._Element | None:
    """The row that the cell stands in, not one around its table."""
    return next(cell.iterancestors(f"{_W}tr"), None)


def _before(row: etree._Element) -> int:
    return min(_number(row.find(f"{_W}trPr"), "gridBefore", 0), _MOST_COLUMNS)


def _number(properties: etree._Element | None, name: str, otherwise: int) -> int:
    element = None if properties is None else properties.find(f"{_W}{name}")
    value = "" if element is None else element.get(f"{_W}val", "")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else otherwise


def _goes_on(properties: etree._Element | None) -> bool:
    """Whether the cell belongs to the merged one above it."""
    merge = None if properties is None else properties.find(f"{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") == "continue"


def _cell_text(cell: etree._Element) -> str:
    return "\n".join(filter(None, (_text(p).strip() for p in cell.iter(f"{_W}p"))))


def _text(paragraph: etree._Element) -> str:
    parts = []
    for element in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}cr"):
        if any(parent.tag in _SKIPPED for parent in element.iterancestors()):
            continue
        if element.tag == f"{_W}t":
            parts.append(element.text or "")
        else:
            parts.append(" " if element.tag == f"{_W}tab" else "\n")
    return "".join(parts)
