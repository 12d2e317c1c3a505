"""Rows made into the files that people hold: workbooks, Word documents, text.

Merged cells, a header repeated on every page, subtotals, and rows that a page's end cuts in two.
"""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape

import xlsxwriter

HEADER = ("考评类目", "考评项目", "考评内容", "标准分值", "考评办法", "空项", "实际得分")
_FILLED_IN = 2
"""Columns at the end that are left to be filled in."""
_PAGE = 9


@dataclass(frozen=True, slots=True)
class Made:
    """A row of an official table."""

    headings: tuple[str, ...]
    content: str
    points: str
    method: str

    @property
    def cells(self) -> list[str]:
        """Its cells from the left."""
        return [*self.headings, self.content, self.points, self.method]


def with_sums(rows: Sequence[Made]) -> Iterator[Made | list[str]]:
    """The rows with 小计 after each first heading and 总计 at the end."""
    part = whole = Decimal(0)
    for place, row in enumerate(rows):
        yield row
        part += Decimal(row.points)
        whole += Decimal(row.points)
        last = place + 1 == len(rows)
        if last or rows[place + 1].headings[0] != row.headings[0]:
            blank = [""] * len(row.headings)
            yield ["小计", *blank, str(part), "得分小计"]
            part = Decimal(0)
    yield ["总计", *[""] * len(rows[0].headings), str(whole), "得分总计"]


def workbook(
    rows: Sequence[Made], header: Sequence[str] = HEADER, title: str = "评定标准"
) -> bytes:
    """A sheet with merged headings, subtotals, and the header once more in the middle."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("评分表")
    sheet.merge_range(0, 0, 0, len(header) - 1, title)
    sheet.write_row(1, 0, header)
    line = 2
    levels = len(rows[0].headings)
    lines: list[tuple[int, Made]] = []
    for place, row in enumerate(with_sums(rows)):
        if place == len(rows) // 2 and isinstance(row, Made):
            sheet.write_row(line, 0, header)
            line += 1
        if isinstance(row, Made):
            lines.append((line, row))
            sheet.write(line, levels, row.content)
            sheet.write_number(line, levels + 1, float(row.points))
            sheet.write(line, levels + 2, row.method)
        else:
            sheet.write(line, 0, row[0])
            sheet.write_number(line, levels + 1, float(row[-2]))
            sheet.write(line, levels + 2, row[-1])
        line += 1
    for level in range(levels):
        for top, bottom, text in _blocks(lines, level):
            if top == bottom:
                sheet.write(top, level, text)
            else:
                sheet.merge_range(top, level, bottom, level, text)
    book.close()
    return out.getvalue()


def _blocks(lines: Sequence[tuple[int, Made]], level: int) -> Iterator[tuple[int, int, str]]:
    """Lines one below the other that have the same headings down to this level."""
    start = 0
    for place in range(1, len(lines) + 1):
        goes_on = (
            place < len(lines)
            and lines[place][0] == lines[place - 1][0] + 1
            and lines[place][1].headings[: level + 1] == lines[start][1].headings[: level + 1]
        )
        if not goes_on:
            yield lines[start][0], lines[place - 1][0], lines[start][1].headings[level]
            start = place


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types '
    'xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINKS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxml'
    'formats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def document(
    rows: Sequence[Made],
    header: Sequence[str] = HEADER,
    notes: Sequence[str] = (),
    page: int = _PAGE,
) -> bytes:
    """A Word document: a table a page, its header repeated, every page's last row cut in two."""
    body = "".join(map(paragraph, notes))
    page_rows: list[Made | list[str]] = []
    rest: Made | None = None
    for row in with_sums(rows):
        page_rows.append(row)
        if isinstance(row, Made) and len(page_rows) >= page:
            first, second = cut(row)
            body += _table(header, rest, [*page_rows[:-1], first])
            page_rows, rest = [], second
    body += _table(header, rest, page_rows)
    return word_file(body)


def word_file(body: str) -> bytes:
    """A Word file with this body."""
    xml = f'<?xml version="1.0"?><w:document {_W}><w:body>{body}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _LINKS)
        archive.writestr("word/document.xml", xml)
    return out.getvalue()


def cut(row: Made) -> tuple[Made, Made]:
    """A row as a page's end cuts it: in the middle of sentences, numbers and points above."""
    half, mid = len(row.content) // 2, len(row.method) // 2
    blank = tuple("" for _ in row.headings)
    return (
        Made(row.headings, row.content[:half], row.points, row.method[:mid]),
        Made(blank, row.content[half:], "", row.method[mid:]),
    )


def _table(header: Sequence[str], rest: Made | None, rows: Sequence[Made | list[str]]) -> str:
    lines = [_row([(text, 1, "") for text in header])]
    if rest is not None:
        lines.append(_row([(text, 1, "") for text in [*rest.cells, *[""] * _FILLED_IN]]))
    above: tuple[str, ...] = ()
    for row in rows:
        if not isinstance(row, Made):
            lines.append(_row([(row[0], len(row) - 2, ""), (row[-2], 1, ""), (row[-1], 1, "")]))
            above = ()
            continue
        cells = []
        for level, text in enumerate(row.headings):
            same = above[: level + 1] == row.headings[: level + 1]
            cells.append(("" if same else text, 1, "continue" if same else "restart"))
        more = [(text, 1, "") for text in [*row.cells[len(row.headings) :], *[""] * _FILLED_IN]]
        lines.append(_row([*cells, *more]))
        above = row.headings
    return f"<w:tbl>{''.join(lines)}</w:tbl><w:p/>"


def cells_table(header: Sequence[str], rows: Sequence[Sequence[str]], merged: int) -> str:
    """A Word table whose first columns are merged where one row says the same as that above."""
    lines = [_row([(text, 1, "") for text in header])]
    above: Sequence[str] = ()
    for row in rows:
        cells = []
        for column, text in enumerate(row):
            same = column < merged and list(above[: column + 1]) == list(row[: column + 1])
            merge = "" if column >= merged else "continue" if same else "restart"
            cells.append(("" if same else text, 1, merge))
        lines.append(_row(cells))
        above = row
    return f"<w:tbl>{''.join(lines)}</w:tbl><w:p/>"


def _row(cells: Sequence[tuple[str, int, str]]) -> str:
    return f"<w:tr>{''.join(_cell(*cell) for cell in cells)}</w:tr>"


def _cell(text: str, span: int, merge: str) -> str:
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    paragraphs = "".join(map(paragraph, text.split("\n")))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def paragraph(text: str) -> str:
    """A paragraph of a Word document."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def pasted(rows: Sequence[Made], header: Sequence[str] = HEADER) -> bytes:
    """What is copied out of a table: tabs between cells, merged ones blank below the first."""
    lines = ["\t".join(header)]
    above: tuple[str, ...] = ()
    for row in with_sums(rows):
        if not isinstance(row, Made):
            lines.append("\t".join(row))
            continue
        cells = [
            "" if above[: level + 1] == row.headings[: level + 1] else text
            for level, text in enumerate(row.headings)
        ]
        rest = [text.replace("\n", " ") for text in row.cells[len(row.headings) :]]
        lines.append("\t".join([*cells, *rest]))
        above = row.headings
    return "\n".join(lines).encode()
