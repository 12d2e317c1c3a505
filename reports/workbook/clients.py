"""The list of clients as a workbook of one sheet, to be sorted and filtered."""

from collections.abc import Sequence
from datetime import date

from reports.content.clients import HEAD, Client
from reports.workbook.book import Book, Worksheet, letter
from wording.clients import YEARLY

_TITLE = "客户清单"
_HEAD = 3
_WIDTHS = [6, 34, 24, 14, 10, 12, 26, 10, 10, 10, 24, 24, 24, 20]


def clients_xlsx(found: Sequence[Client], made_on: date) -> bytes:
    """A row for each client, in the order given. Returns: the file's bytes."""
    book = Book(_TITLE, made_on)
    page = Worksheet(book, _TITLE, _WIDTHS, "landscape")
    page.title(_TITLE)
    page.dated(2, f"共 {len(found)} 家", made_on)
    page.heads(_HEAD, ["序号", *HEAD])
    row = _HEAD
    for row, one in enumerate(found, _HEAD + 1):
        page.number(f"A{row}", row - _HEAD, "cell centre")
        for place, cell in enumerate(one.cells, 1):
            where = f"{letter(place)}{row}"
            if isinstance(cell, int):
                page.number(where, cell)
            else:
                page.text(where, cell)
    if found:
        page.sheet.autofilter(f"A{_HEAD}:{letter(len(HEAD))}{row}")
    row += 1
    page.line(row, YEARLY)
    page.finish((_HEAD, _HEAD), row, 2)
    return book.output()
