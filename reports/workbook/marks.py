"""打分表: every content that applies, what was found on it and what it scored."""

from reports.content.subject import Subject
from reports.workbook.book import Book, Worksheet
from reports.workbook.headings import whose
from reports.workbook.table import Table
from scoring.result import ItemResult, Result, Rule
from wording.findings import RULES, clause, item_clause, loss_text, scheme_notes

_HEAD = 3
_HEADS = ["编号", "", "要求", "满分", "扣分情形", "扣分", "得分", "核查", "备注", "证据"]
_WIDTHS = [10, 18, 44, 7, 44, 7, 7, 8, 22, 22]
_SUMS = "cell right bold pale"


def write_marks(book: Book, result: Result, subject: Subject, table: Table) -> None:
    """Write the sheet; deductions and scores are those of the sheet 评分汇总表."""
    page = Worksheet(book, "打分表", _WIDTHS, "landscape")
    page.title(f"安全生产标准化{subject.kind}打分表")
    page.dated(2, whose(result, subject), subject.made_on)
    page.heads(_HEAD, _HEADS)
    page.text(f"B{_HEAD}", result.scheme.levels[-1], "head")
    items = [item for item in result.items.values() if item.applicable]
    row = _HEAD
    for row, item in enumerate(items, _HEAD + 1):
        _item(page, row, item, subject, table)
    if items:
        page.sheet.autofilter(f"A{_HEAD}:J{row}")
    row = _sums(page, items, row)
    for note in scheme_notes(result.scheme):
        row += 1
        page.line(row, note)
    page.finish((_HEAD, _HEAD), row, frozen_columns=2)


def _item(page: Worksheet, row: int, result: ItemResult, subject: Subject, table: Table) -> None:
    item = result.item
    page.text(f"A{row}", item_clause(item))
    page.text(f"B{row}", item.title)
    page.text(f"C{row}", _requirement(result, subject))
    page.number(f"D{row}", item.points)
    page.text(f"E{row}", "\n".join(_found(result)))
    taken, at = result.full - result.score, table.rows[item.id]
    page.formula(f"F{row}", table.elsewhere("deducted", at), taken)
    page.formula(f"G{row}", table.elsewhere("score", at), result.score)
    page.text(f"H{row}", "已核查" if result.reviewed else "未核查", "cell centre")
    page.text(f"I{row}", subject.remarks.get(item.id, ""))
    page.text(f"J{row}", subject.evidence.get(item.id, ""))


def _requirement(result: ItemResult, subject: Subject) -> str:
    """The requirement, and those the user typed below it."""
    typed = [
        f"（{number}）{entry.text}：{'达到' if entry.met else '未达到'}"
        for number, entry in enumerate(subject.entries.get(result.item.id, ()), 1)
    ]
    return "\n".join([result.item.requirement, *typed])


def _found(result: ItemResult) -> list[str]:
    """Each finding with how often it was made, or the veto that took what was left."""
    return [
        f"{clause(loss)} {loss_text(loss)}（{RULES[loss.rule]}）"
        if loss.rule is not Rule.DEDUCT
        else f"{clause(loss)} {loss_text(loss)}"
        for loss in result.losses
    ]


def _sums(page: Worksheet, items: list[ItemResult], last: int) -> int:
    """The sums in the row below the last item. Returns: that row."""
    row, first = max(last, _HEAD + 1) + 1, _HEAD + 1
    page.merged(f"A{row}:C{row}", "合计（追加扣除和要素否决见评分汇总表）", "cell bold pale")
    values = {
        "D": sum(item.item.points for item in items),
        "F": sum(item.full - item.score for item in items),
        "G": sum(item.score for item in items),
    }
    for column, value in values.items():
        page.formula(f"{column}{row}", f"SUM({column}{first}:{column}{row - 1})", value, _SUMS)
    for column in "EHIJ":
        page.blank(f"{column}{row}", _SUMS)
    return row
