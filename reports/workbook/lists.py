"""A document whose tables are lists, drawn as a workbook: a sheet for each, to be filled in."""

from collections.abc import Sequence

from reports.content.blocks import (
    Block,
    Document,
    Facts,
    Form,
    Heading,
    Missing,
    RowKind,
    Signature,
    Table,
    Text,
)
from reports.workbook.book import Book, Worksheet, letter

_LONGEST = 31
"""Characters of a sheet's name, of which Excel allows no more; some it allows nowhere."""

_MILLIMETRES = 0.52
"""Latin characters in a millimetre of a column."""

_LEAST = 5


def lists_xlsx(document: Document) -> bytes:
    """A sheet for each heading of level 1 that has a table; what stands above all goes before it.

    Returns: the file's bytes.
    """
    book = Book(f"{document.name} {document.title}".strip(), document.made_on)
    above, sections = _sections(document)
    taken: set[str] = set()
    for place, (title, blocks) in enumerate(sections):
        _Sheet(book, document, _name(title, taken)).draw(title, above if not place else (), blocks)
    return book.output()


def _sections(document: Document) -> tuple[list[Block], list[tuple[str, list[Block]]]]:
    """What has no table above it, and the sections with one."""
    above: list[Block] = []
    sections: list[tuple[str, list[Block]]] = []
    blocks: list[Block] = []
    title = document.title
    for block in (*document.blocks, Heading("")):
        if isinstance(block, Heading) and block.level == 1:
            if any(isinstance(one, Table) for one in blocks):
                sections.append((title, blocks))
            elif sections:
                sections[-1][1].extend(blocks)
            else:
                above += blocks
            title, blocks = block.text, []
        else:
            blocks.append(block)
    return above, sections


def _name(title: str, taken: set[str]) -> str:
    """A name for a sheet that Excel allows and no other has."""
    base = "".join("　" if c in "[]:*?/\\'" else c for c in title)[:_LONGEST] or "清单"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        name = f"{base[: _LONGEST - 3]}{number}"
    taken.add(name.lower())
    return name


class _Sheet:
    """A sheet while it is written. row: the last that is."""

    def __init__(self, book: Book, document: Document, name: str) -> None:
        self._book, self._document, self._name = book, document, name
        self.row = 1

    def draw(self, title: str, above: Sequence[Block], blocks: Sequence[Block]) -> None:
        """Write everything; the columns are those of the widest table."""
        tables = [block for block in blocks if isinstance(block, Table)]
        widest = max(tables, key=lambda table: len(table.columns))
        widths = [max(_LEAST, column.width * _MILLIMETRES) for column in widest.columns]
        self._page = Worksheet(self._book, self._name, widths, "landscape")
        self._heads = 0
        self._page.title(title)
        self.row += 1
        self._page.dated(self.row, self._document.name, self._document.made_on)
        for block in (*above, *blocks):
            self._block(block)
        self._page.finish((self._heads, self._heads), self.row)

    def _block(self, block: Block) -> None:
        if isinstance(block, Table):
            self._table(block)
            return
        for words, style in _lines(block):
            self.row += 1
            self._page.line(self.row, words, style)

    def _table(self, table: Table) -> None:
        self.row += 1
        self._heads = self._heads or self.row
        self._page.heads(self.row, [column.head for column in table.columns])
        first = self.row + 1
        for row in table.rows:
            self.row += 1
            if row.kind is RowKind.GROUP:
                last = letter(len(table.columns) - 1)
                self._page.merged(
                    f"A{self.row}:{last}{self.row}", str(row.cells[0]), "cell bold pale"
                )
                continue
            for place, (cell, column) in enumerate(zip(row.cells, table.columns, strict=True)):
                at = f"{letter(place)}{self.row}"
                style = {"C": "cell centre", "R": "cell right"}.get(column.align, "cell")
                if isinstance(cell, str) and cell.isdecimal() and not place and column.align == "C":
                    self._page.number(at, int(cell), style)
                elif cell:
                    self._page.text(at, str(cell), style)
                else:
                    self._page.blank(at, f"{style} edit")
        if self.row >= first and self._heads == first - 1:
            last = letter(len(table.columns) - 1)
            self._page.sheet.autofilter(f"A{self._heads}:{last}{self.row}")


def _lines(block: Block) -> list[tuple[str, str]]:
    """A block as lines over all columns, each with its style."""
    lines: list[tuple[str, str]] = []
    match block:
        case Heading():
            lines = [(block.text, "bold")]
        case Text():
            lines = [(line, "plain") for line in block.words.splitlines() if line.strip()]
        case Missing():
            lines = [(f"（待补充：{block.hint}）", "edit")]
        case Facts():
            lines = [(f"{name}：{value}", "plain") for name, value in block.rows]
        case Form():
            rows = [[cell.text for cell in row.cells] for row in block.rows]
            lines = [(_form_row(row), "plain") for row in rows]
        case Signature():
            people = "　　　".join(f"{role}：{name}" for role, name in block.people)
            lines = [(f"{people}　　　签字/日期：", "plain")]
    return lines


def _form_row(cells: Sequence[str]) -> str:
    """Names and values of a form's row, one after the other."""
    return "　　　".join(
        f"{name}：{value}" for name, value in zip(cells[::2], cells[1::2], strict=False)
    )
