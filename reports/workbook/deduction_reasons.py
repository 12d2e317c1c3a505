"""扣分说明表: every deduction with its reason."""

from reports.content.deduction_rows import TOTAL, deduction_heads, deductions
from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet, letter
from reports.workbook.headings import MORE, whose
from scoring.result import Result
from wording.findings import scheme_notes

NAME = "扣分说明表"
_HEAD = 3


def write_deductions(book: Book, result: Result, subject: Subject) -> None:
    """One row per loss, with the columns of `reports.content.deduction_rows`."""
    levels = result.scheme.levels
    page = Worksheet(book, NAME, [6, *([62 / len(levels)] * len(levels)), 52, 9], "landscape")
    reason, points = letter(len(levels) + 1), letter(len(levels) + 2)
    page.title(f"{subject.kind}扣分点及原因说明汇总表")
    page.dated(2, whose(result, subject), subject.made_on)
    page.heads(_HEAD, deduction_heads(result.scheme))
    row = _HEAD
    for number, deduction in enumerate(deductions(result, subject.remarks), 1):
        row += 1
        page.number(f"A{row}", number, "cell centre")
        for index, name in enumerate(deduction.names, 1):
            page.text(f"{letter(index)}{row}", name)
        page.text(f"{reason}{row}", page.fitted(f"{reason}{row}", deduction.reason, MORE))
        page.number(f"{points}{row}", deduction.taken)
    if row > _HEAD:
        page.sheet.autofilter(f"A{_HEAD}:{points}{row}")
    first, row = _HEAD + 1, max(row, _HEAD + 1) + 1
    page.merged(f"A{row}:{reason}{row}", TOTAL, "cell right bold pale")
    taken = result.full - result.score
    page.formula(
        f"{points}{row}", f"SUM({points}{first}:{points}{row - 1})", taken, "cell right bold pale"
    )
    for note in scheme_notes(result.scheme):
        row += 1
        page.line(row, note)
    page.finish((_HEAD, _HEAD), row)
