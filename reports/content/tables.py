"""Tables that more than one report has: a header, rows, and one letter a column to align."""

from scoring.applicability import Status
from scoring.numbers import text
from scoring.result import Result, SectionResult
from wording.numbers import NOT_APPLICABLE, percent_words

Table = tuple[list[str], list[list[str]]]

ELEMENT_ALIGN = "CLRRRRCL"


def listed_elements(result: Result) -> list[SectionResult]:
    """All elements but those of categories not chosen."""
    return [
        element
        for element in result.elements
        if any(item.status is not Status.NOT_CHOSEN for item in element.items)
    ]


def element_table(result: Result) -> Table:
    """Scores of all elements but those of categories not chosen."""
    weighted = any(element.section.weight for element in result.elements)
    level = result.scheme.element_level
    header = ["序号", level, "满分", "得分", "得分率", "追加扣除", "核查", "说明"]
    rows = []
    for element in listed_elements(result):
        weight = element.section.weight
        title = element.section.title + (f"（权重 {text(weight)}）" if weighted and weight else "")
        if not element.applicable:
            rows.append([element.section.id, title, "—", "—", "—", "—", "—", NOT_APPLICABLE])
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
                below_words(result) if result.is_below(element) else "",
            ]
        )
    return header, rows


def below_words(result: Result) -> str:
    """What stands beside an element below the line; a reference line fails nobody."""
    line = result.scheme.element_line
    return "▽ 参考线下" if line is None else f"▼ 低于 {text(line)}"


COMPARISON_ALIGN = "CLRRR"


def comparison_table(before: Result, after: Result) -> Table:
    """Elements that changed between a self-assessment and its re-assessment.

    An element that only one version of the standard has stands there alone.
    """
    header = ["编号", after.scheme.element_level, "自评得分", "复评得分", "变化"]
    rows = []
    was = {element.section.id: element for element in before.elements}
    now = {element.section.id: element for element in after.elements}
    for element_id in dict.fromkeys((*now, *was)):
        old, new = was.get(element_id), now.get(element_id)
        if old and new and (old.score, old.applicable) == (new.score, new.applicable):
            continue
        change = "—"
        if old and new and old.applicable and new.applicable:
            sign = "+" if new.score > old.score else "−"
            change = sign + text(abs(new.score - old.score))
        title = (now.get(element_id) or was[element_id]).section.title
        rows.append([element_id, title, _marks(old), _marks(new), change])
    return header, rows


def _marks(element: SectionResult | None) -> str:
    """An element's score, if it is in the standard and applies."""
    if element is None:
        return "无"
    return text(element.score) if element.applicable else NOT_APPLICABLE
