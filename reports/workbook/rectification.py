"""整改情况汇总表: what was found and, to be filled in, what becomes of it. Source: 003, 附录H."""

from datetime import date

from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet, letter
from reports.workbook.found import FoundRow, FoundRows, missing_words, note_of, words_of
from reports.workbook.headings import assessed
from reports.workbook.places import Places
from scoring.result import Result
from wording.actions import measure_words, verified_words
from wording.findings import item_clause, scheme_notes
from wording.guidance import suggestion
from wording.workbook import GONE

NAME = "整改情况汇总表"
_HEAD = 5
_WIDTHS = [5, 12, 20, 40, 9, 9, 40, 11, 11, 14, 9, 20]
_SPANNED = {"B": ("C", "考核评价要素"), "E": ("F", "整改责任部门"), "G": ("I", "整改计划")}
_TALL = {"A": "序号", "D": "发现问题或改进点", "J": "完成情况验证", "K": "验证人", "L": "备注"}
_LOW = {
    "B": "编号",
    "C": "名称",
    "E": "负责",
    "F": "配合",
    "G": "措施",
    "H": "开始时间",
    "I": "完成时间",
}
_DAY_ZERO = date(1899, 12, 30)
"""Excel counts days from here."""

_SIGNATURES = (
    "考核评价单位整改情况确认意见：\n\n"
    "审核：　　　　　　　　　　批准：　　　　　　　　　　年　　月　　日"
)


def write_rectification(book: Book, result: Result, subject: Subject, places: Places) -> None:
    """One row per finding; what no action says yet is filled in by hand.

    A measure begins with our own hint, labelled, where there is guidance and no action.
    """
    page = Worksheet(book, NAME, _WIDTHS, "landscape", hidden=1)
    page.title("安全生产标准化自／复评整改情况汇总表")
    page.line(2, assessed(subject))
    _heads(page)
    rows = FoundRows(places, _HEAD + 1, letter(len(_WIDTHS)))
    page.merged(f"A{_HEAD - 2}:L{_HEAD - 2}", "", "red")
    page.formula(f"A{_HEAD - 2}", missing_words(rows), "", "red")
    for row, found in rows.write(page):
        _finding(page, row, found, subject)
    last = max(rows.last, _HEAD)
    page.sheet.autofilter(f"A{_HEAD}:L{max(last, _HEAD + 1)}")
    if rows.last > _HEAD:
        dates = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        page.sheet.data_validation(f"H{_HEAD + 1}:I{last}", dates)
    for note in scheme_notes(result.scheme):
        last += 1
        page.line(last, note)
    last += 1
    page.line(last, _SIGNATURES, "cell")
    page.protect()
    page.finish((_HEAD - 1, _HEAD), last)


def _heads(page: Worksheet) -> None:
    high = _HEAD - 1
    for first, (last, text) in _SPANNED.items():
        page.merged(f"{first}{high}:{last}{high}", text, "head")
    for column, text in _TALL.items():
        page.merged(f"{column}{high}:{column}{_HEAD}", text, "head")
    for column, text in _LOW.items():
        page.text(f"{column}{_HEAD}", text, "head")


def _finding(page: Worksheet, row: int, found: FoundRow, subject: Subject) -> None:
    words, told = words_of(found)
    if found.finding:
        item = found.finding.item
        page.number(f"A{row}", found.number, "cell centre")
        page.text(f"B{row}", item_clause(item))
        page.text(f"C{row}", item.title)
        page.told(f"D{row}", found.there(words, f'{words}&"{GONE}"'), told)
        page.leave(row, 2)  # for the measure that will be written there
        if found.first:
            formula, note = note_of(found, page, f"L{row}", subject.remarks.get(item.id, ""))
            page.told(f"L{row}", formula, note)
        else:
            page.blank(f"L{row}")
    else:
        page.formula(f"A{row}", found.there(str(found.number)), "", "cell centre")
        page.formula(f"B{row}", found.there(found.cell("id", item=True)), "", "cell")
        page.formula(f"C{row}", found.there(found.cell("way", item=True)), "", "cell")
        page.formula(f"D{row}", found.there(words), "", "cell")
    for column, value in zip("EFGHIJK", _planned(found, subject), strict=True):
        style = "cell edit date" if column in "HI" else "cell edit"
        if isinstance(value, date):
            page.number(f"{column}{row}", (value - _DAY_ZERO).days, style)
        elif value:
            page.text(f"{column}{row}", value, style)
        else:
            page.blank(f"{column}{row}", style)


def _planned(found: FoundRow, subject: Subject) -> tuple[str | date | None, ...]:
    """What is done about a finding, from the department in charge to who verified it."""
    finding = found.finding
    action = subject.action_for(finding.loss.key) if finding else None
    if action is None:
        return "", "", _measure(found, subject), None, None, "", ""
    seen = "；".join(filter(None, [verified_words(action), action.remark]))
    days = (action.start, action.due)
    who = (action.department, action.supporting)
    return *who, measure_words(action), *days, seen, action.verified_by


def _measure(found: FoundRow, subject: Subject) -> str:
    """A hint of ours to begin with, beside an item's first finding; empty without one."""
    if found.finding is None or not found.first:
        return ""
    scheme = found.places.result.scheme
    return suggestion(scheme, found.finding.item.id, subject.library) or ""
