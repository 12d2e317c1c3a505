"""Tables that more than one report has: a header, rows, and one letter a column to align."""

from collections.abc import Iterable, Mapping

from scoring.applicability import Status
from scoring.numbers import text
from scoring.result import Loss, Result, SectionResult
from wording.results import RULES, clause, compared, is_below, line_of, loss_text, percent_words

Table = tuple[list[str], list[list[str]]]

ELEMENT_ALIGN = "CLRRRRCL"
FINDING_ALIGN = "LLLLRL"


def listed_elements(result: Result) -> list[SectionResult]:
    """All elements but those of categories not chosen."""
    return [
        element
        for element in result.elements
        if any(item.status is not Status.NOT_CHOSEN for item in element.items)
    ]


def element_table(result: Result) -> Table:
    """Scores of all elements but those of categories not chosen."""
    line = line_of(result.scheme)
    weighted = any(element.section.weight for element in result.elements)
    level = result.scheme.element_level
    header = ["序号", level, "满分", "得分", "得分率", "追加扣除", "核查", "说明"]
    rows = []
    for element in listed_elements(result):
        weight = element.section.weight
        title = element.section.title + (f"（权重 {text(weight)}）" if weighted and weight else "")
        if not element.applicable:
            rows.append([element.section.id, title, "—", "—", "—", "—", "—", "不适用"])
            continue
        rows.append(
            [
                element.section.id,
                title,
                text(element.full),
                text(element.score),
                percent_words(element),
                text(element.extra) if element.extra else "—",
                f"{element.reviewed}/{element.applicable_items}",
                f"▼ 低于 {line[0]:g}" if line and is_below(result, element) else "",
            ]
        )
    return header, rows


COMPARISON_ALIGN = "CLRRR"


def comparison_table(before: Result, after: Result) -> Table:
    """Elements that changed between a self-assessment and its re-assessment."""
    header = ["编号", after.scheme.element_level, "自评得分", "复评得分", "变化"]
    return header, [[*row] for row in compared(before, after)]


def taken_words(loss: Loss) -> str:
    """Points a finding took."""
    return text(loss.taken) if loss.taken else "0（已扣完）"


def finding_table(losses: Iterable[Loss], remarks: Mapping[str, str]) -> Table:
    """Findings; an item's remark stands beside its first one."""
    rows = []
    noted: set[str] = set()
    for loss in losses:
        remark = "" if loss.item.id in noted else remarks.get(loss.item.id, "")
        noted.add(loss.item.id)
        rows.append(
            [
                clause(loss),
                loss.item.title,
                loss_text(loss),
                RULES[loss.rule],
                taken_words(loss),
                remark,
            ]
        )
    return ["条款", "内容", "问题", "方式", "扣分", "备注"], rows
