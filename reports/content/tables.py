"""Tables that more than one report has: a header, rows, and one letter a column to align."""

from collections.abc import Iterable, Mapping

from reports.content.findings import with_notes
from scoring.applicability import Status
from scoring.numbers import text
from scoring.result import Loss, Result, SectionResult
from wording.findings import RULES, clause, loss_text, taken_words
from wording.numbers import percent_words

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
    line = result.scheme.drawn_line
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
                percent_words(result.scheme, element.percent),
                text(element.extra) if element.extra else "—",
                f"{element.reviewed}/{element.applicable_items}",
                f"▼ 低于 {text(line)}" if line is not None and result.is_below(element) else "",
            ]
        )
    return header, rows


COMPARISON_ALIGN = "CLRRR"


def comparison_table(before: Result, after: Result) -> Table:
    """Elements that changed between a self-assessment and its re-assessment."""
    header = ["编号", after.scheme.element_level, "自评得分", "复评得分", "变化"]
    rows = []
    for old, new in zip(before.elements, after.elements, strict=True):
        if (old.score, old.applicable) == (new.score, new.applicable):
            continue
        sign = "+" if new.score > old.score else "−"
        comparable = old.applicable and new.applicable
        change = sign + text(abs(new.score - old.score)) if comparable else "—"
        scores = (text(e.score) if e.applicable else "不适用" for e in (old, new))
        rows.append([new.section.id, new.section.title, *scores, change])
    return header, rows


def finding_table(losses: Iterable[Loss], remarks: Mapping[str, str]) -> Table:
    """Findings; an item's remark stands beside its first one."""
    rows = [
        [
            clause(loss),
            loss.item.title,
            loss_text(loss),
            RULES[loss.rule],
            taken_words(loss),
            remark,
        ]
        for loss, (remark,) in with_notes(losses, remarks)
    ]
    return ["条款", "内容", "问题", "方式", "扣分", "备注"], rows
