"""扣分说明表: every deduction with its reason. Source: 002, 附表."""

from reports.subject import Subject
from reports.words import RULES, clause, compiled_legend, loss_text
from reports.workbook.book import Book, Page, letter
from reports.workbook.wording import MORE, whose
from schemes import Item, Part, Section
from scoring.result import Loss, Result

NAME = "扣分说明表"
_HEAD = 3


def write_deductions(book: Book, result: Result, subject: Subject) -> None:
    """One row per loss, with the annex's columns under the standard's own names for its levels."""
    levels = result.scheme.levels
    page = Page(book, NAME, [6, *([62 / len(levels)] * len(levels)), 52, 9], "landscape")
    reason, points = letter(len(levels) + 1), letter(len(levels) + 2)
    page.title(f"{subject.kind}扣分点及原因说明汇总表")
    page.dated(2, whose(result, subject), subject.made_on)
    page.heads(_HEAD, ["序号", *levels, "扣分说明", "扣分分值"])
    row, noted = _HEAD, set[str]()
    for number, loss in enumerate(result.losses, 1):
        row += 1
        page.number(f"A{row}", number, "cell centre")
        for place, name in enumerate(_path(result, loss), 1):
            page.text(f"{letter(place)}{row}", name)
        words = _reason(loss, subject, noted)
        page.text(f"{reason}{row}", page.fitted(f"{reason}{row}", words, MORE))
        page.number(f"{points}{row}", loss.taken)
    if row > _HEAD:
        page.sheet.autofilter(f"A{_HEAD}:{points}{row}")
    first, row = _HEAD + 1, max(row, _HEAD + 1) + 1
    page.merged(f"A{row}:{reason}{row}", "扣分合计", "cell right bold pale")
    taken = result.full - result.score
    page.formula(
        f"{points}{row}", f"SUM({points}{first}:{points}{row - 1})", taken, "cell right bold pale"
    )
    legend = compiled_legend(result.scheme)
    if legend:
        row += 1
        page.line(row, legend)
    page.finish((_HEAD, _HEAD), row)


def _path(result: Result, loss: Loss) -> list[str]:
    """Names of everything above the item, and its own."""
    path = result.scheme.path(loss.item.id)
    nodes: list[Part | Section | Item] = [*path.sections, loss.item]
    if path.part.id:
        nodes.insert(0, path.part)
    return [f"{node.id} {node.title}" for node in nodes]


def _reason(loss: Loss, subject: Subject, noted: set[str]) -> str:
    """What was found and by which rule it costs; the item's remark beside its first loss."""
    words = f"{clause(loss)} {loss_text(loss)}（{RULES[loss.rule]}）"
    if not loss.taken:
        words += "，已扣完"
    remark = "" if loss.item.id in noted else subject.remarks.get(loss.item.id, "")
    noted.add(loss.item.id)
    return f"{words}\n备注：{remark}" if remark else words
