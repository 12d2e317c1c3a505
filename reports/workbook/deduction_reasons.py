"""扣分说明表: every deduction with its reason. Source: 002, 附表."""

from reports.content.deduction_rows import TOTAL, deduction_heads
from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet, letter
from reports.workbook.found import FoundRow, FoundRows, missing_words, points_of, reason_of
from reports.workbook.headings import whose
from reports.workbook.places import Places
from scoring.numbers import added
from scoring.result import Result
from wording.findings import scheme_notes

NAME = "扣分说明表"
_HEAD = 4


def write_deductions(book: Book, result: Result, subject: Subject, places: Places) -> None:
    """One row per finding, with the columns of `reports.content.deduction_rows`, and their sum."""
    heads = deduction_heads(result.scheme)
    above = len(heads) - 3
    widths = [6, *([62 / above] * above), 52, 9]
    page = Worksheet(book, NAME, widths, "landscape", hidden=1)
    reason, points, helper = (letter(above + place) for place in (1, 2, 3))
    page.title(f"{subject.kind}扣分点及原因说明汇总表")
    page.dated(2, whose(result, subject), subject.made_on)
    rows = FoundRows(places, _HEAD + 1, helper)
    page.merged(f"A3:{letter(above)}3", TOTAL, "cell right bold pale")
    page.formula(f"{reason}3", missing_words(rows), "", "cell red")
    taken = added(finding.taken for finding in places.found.values())
    page.formula(f"{points}3", _sum(places), taken, "cell right bold pale")
    page.heads(_HEAD, heads)
    for row, found in rows.write(page):
        _row(page, row, found, subject)
    page.sheet.autofilter(f"A{_HEAD}:{points}{max(rows.last, _HEAD + 1)}")
    last = max(rows.last, _HEAD)
    for note in scheme_notes(result.scheme):
        last += 1
        page.line(last, note)
    page.protect()
    page.finish((_HEAD, _HEAD), last)


def _sum(places: Places) -> str:
    """All that findings take: of 打分表 the rows that belong to an item."""
    return f'SUMIF({places.column("item")},">0",{places.column("taken")})'


def _row(page: Worksheet, row: int, found: FoundRow, subject: Subject) -> None:
    """Its number, what stands above its item and the item, the reason and the points."""
    places = found.places
    style = "cell" if found.finding else "plain"
    names = ["" for _ in places.names]
    remark = ""
    if found.finding:
        item = found.finding.item
        names = places.names_of(item)
        remark = subject.remarks.get(item.id, "")
        page.number(f"A{row}", found.number, "cell centre")
    else:
        page.formula(f"A{row}", found.there(str(found.number)), "", "plain centre")
    for index, (key, name) in enumerate(zip(places.names, names, strict=True), 1):
        cell = f"{letter(index)}{row}"
        if found.finding:
            page.text(cell, name)
        else:
            page.formula(cell, found.there(found.cell(key, item=True)), "", style)
    reason, points = letter(len(names) + 1), letter(len(names) + 2)
    formula, told = reason_of(found, page, f"{reason}{row}", remark)
    page.told(f"{reason}{row}", formula, told, style)
    formula, value = points_of(found)
    page.formula(f"{points}{row}", formula, value, f"{style} right")
