"""申请条件自查: the conditions of application, on a sheet of their own."""

from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet
from reports.workbook.headings import whose
from scoring.result import Result
from wording.application import HEADING, HEADS, NOTE, application_rows
from wording.findings import scheme_notes

_HEAD = 3
_WIDTHS = [8, 70, 12, 40]


def write_application(book: Book, result: Result, subject: Subject) -> None:
    """Write the sheet, where the standard has conditions."""
    target, answers = subject.profile.target_grade, result.answers.application
    rows = list(application_rows(result.scheme, target, answers))
    if not rows:
        return
    page = Worksheet(book, HEADING, _WIDTHS)
    page.title(f"安全生产标准化{HEADING}")
    page.dated(2, whose(result, subject), subject.made_on)
    page.heads(_HEAD, HEADS)
    row = _HEAD
    for row, cells in enumerate(rows, _HEAD + 1):
        for column, cell in zip("ABCD", cells, strict=True):
            page.text(f"{column}{row}", cell, "cell centre" if column in "AC" else "cell")
    for note in (NOTE, *scheme_notes(result.scheme, starred=False)):
        row += 1
        page.line(row, note)
    page.finish((_HEAD, _HEAD), row)
