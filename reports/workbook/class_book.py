"""A class as a workbook: a sheet for each of its tables, to be sorted and filtered."""

from decimal import Decimal
from fractions import Fraction

from reports.content.class_report import TITLE, Cell, ClassReport, Listing, listings
from reports.workbook.book import Book, Worksheet, letter
from scoring.numbers import round_half_up
from wording.classes import elements_words

_HEAD = 3
_SHARE = 0.6
"""Characters of a sheet's column for a millimetre of the printed one."""
_NARROWEST = 10


def class_xlsx(report: ClassReport) -> bytes:
    """Everything that the trainer sees, with everybody's values. Returns: the file's bytes."""
    book = Book(f"{report.name} {TITLE}", report.made_on)
    for listing in listings(report):
        _sheet(book, report, listing)
    return book.output()


def _sheet(book: Book, report: ClassReport, listing: Listing) -> None:
    widths = [max(_NARROWEST, column.width * _SHARE) for column in listing.columns]
    page = Worksheet(book, listing.title, widths, "landscape")
    page.title(f"{report.name}　{listing.title}")
    words = f"{report.scheme.title}：{elements_words(report.scheme, report.elements)}"
    page.dated(2, words, report.made_on)
    page.heads(_HEAD, [column.head for column in listing.columns])
    row = _HEAD
    for row, cells in enumerate(listing.rows, _HEAD + 1):
        for place, cell in enumerate(cells):
            _write(page, f"{letter(place)}{row}", cell, listing.places)
    if listing.rows:
        page.sheet.autofilter(f"A{_HEAD}:{letter(len(widths) - 1)}{row}")
    elif listing.empty:
        row += 1
        page.line(row, listing.empty)
    page.finish((_HEAD, _HEAD), row, 1)


def _write(page: Worksheet, where: str, cell: Cell, places: int) -> None:
    """A number as a number; fractions rounded as they are printed."""
    if isinstance(cell, str):
        page.text(where, cell)
    elif isinstance(cell, int | Decimal):
        page.number(where, cell)
    else:
        sign = -1 if cell < 0 else 1
        page.number(where, sign * round_half_up(abs(Fraction(cell)), places))
