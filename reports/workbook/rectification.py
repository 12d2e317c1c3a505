"""整改情况汇总表: what was found and, to be filled in, what becomes of it. Source: 003, 附录H."""

from datetime import date

from reports.content.findings import with_notes
from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet, letter
from reports.workbook.headings import MORE, assessed
from scoring.findings import findings_of
from scoring.result import Loss, Result
from wording.findings import clause, item_clause, loss_text, scheme_notes

NAME = "整改情况汇总表"
_HEAD = 4
_WIDTHS = [5, 12, 20, 40, 9, 9, 28, 11, 11, 14, 9, 20]
_SPANNED = {"B3:C3": "考核评价要素", "E3:F3": "整改责任部门", "G3:I3": "整改计划"}
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
_SIGNATURES = (
    "考核评价单位整改情况确认意见：\n\n"
    "审核：　　　　　　　　　　批准：　　　　　　　　　　年　　月　　日"
)


def write_rectification(book: Book, result: Result, subject: Subject) -> None:
    """One row per finding; departments, measures, dates and verification stay empty."""
    page = Worksheet(book, NAME, _WIDTHS, "landscape")
    page.title("安全生产标准化自／复评整改情况汇总表")
    page.line(2, assessed(subject))
    _heads(page)
    row = _HEAD
    found = with_notes(findings_of(result), subject.remarks)
    for number, (finding, (remark,)) in enumerate(found, 1):
        row += 1
        _finding(page, row, number, finding.loss)
        page.text(f"L{row}", page.fitted(f"L{row}", remark, MORE))
    if row > _HEAD:
        page.sheet.autofilter(f"A{_HEAD}:L{row}")
        dates = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        page.sheet.data_validation(f"H{_HEAD + 1}:I{row}", dates)
    for note in scheme_notes(result.scheme):
        row += 1
        page.line(row, note)
    row += 1
    page.line(row, _SIGNATURES, "cell")
    page.finish((_HEAD - 1, _HEAD), row)


def _heads(page: Worksheet) -> None:
    for area, text in _SPANNED.items():
        page.merged(area, text, "head")
    for column, text in _TALL.items():
        page.merged(f"{column}{_HEAD - 1}:{column}{_HEAD}", text, "head")
    for column, text in _LOW.items():
        page.text(f"{column}{_HEAD}", text, "head")


def _finding(page: Worksheet, row: int, number: int, loss: Loss) -> None:
    page.number(f"A{row}", number, "cell centre")
    page.text(f"B{row}", item_clause(loss.item))
    page.text(f"C{row}", loss.item.title)
    page.text(f"D{row}", f"{clause(loss)} {loss_text(loss)}")
    page.leave(row, 2)  # for the measure that will be written there
    for index in range(4, len(_WIDTHS) - 1):
        column = letter(index)
        page.blank(f"{column}{row}", "cell date" if column in "HI" else "cell")
