"""整改清单 as a workbook: a sheet of every action, to be filtered and sorted."""

from reports.content.actions import HEADS, action_rows
from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet, letter
from reports.workbook.headings import whose
from scoring.result import Result
from wording.actions import NO_ACTIONS, TITLE, tally_words
from wording.findings import scheme_notes
from wording.labels import UNNAMED

_HEAD = 3
_WIDTHS = [6, 10, 36, 7, 44, 18, 11, 12, 12, 14, 16, 24]
_CENTRED = (0, 3)


def action_list_xlsx(result: Result, subject: Subject) -> bytes:
    """One sheet. Returns: the file's bytes."""
    book = Book(f"{subject.profile.name or UNNAMED} {TITLE}", subject.made_on)
    page = Worksheet(book, TITLE, _WIDTHS, "landscape")
    page.title(TITLE)
    page.dated(2, whose(result, subject), subject.made_on)
    page.heads(_HEAD, list(HEADS))
    rows = action_rows(result, subject)
    row = _HEAD
    for row, cells in enumerate(rows, _HEAD + 1):
        page.number(f"A{row}", row - _HEAD, "cell centre")
        for place, text in enumerate(cells[1:], 1):
            style = "cell centre" if place in _CENTRED else "cell"
            page.text(f"{letter(place)}{row}", text, f"{style} edit")
    if rows:
        page.sheet.autofilter(f"A{_HEAD}:{letter(len(HEADS) - 1)}{row}")
    tally = tally_words(subject.actions.values(), subject.made_on) if rows else NO_ACTIONS
    for note in (tally, *scheme_notes(result.scheme, starred=False)):
        row += 1
        page.line(row, note)
    page.finish((_HEAD, _HEAD), row)
    return book.output()
