"""Conditions, findings and what they cost, in words."""

from decimal import Decimal

from schemes import Condition, Item, Scheme
from scoring.choices import Ratio
from scoring.findings import Finding
from scoring.numbers import added, round_half_up, text
from scoring.result import Loss, Result, Rule
from wording.numbers import points_words

RULES = {
    Rule.DEDUCT: "扣分",
    Rule.FORFEIT: "不得分",
    Rule.SECTION_FORFEIT: "本项目不得分",
    Rule.ELEMENT_FORFEIT: "要素否决",
    Rule.EXTRA: "追加扣除",
    Rule.EXHAUSTED_EXTRA: "扣满追加",
    Rule.OWN: "自填扣分",
    Rule.SCHEME_FORFEIT: "整体否决",
    Rule.LEVEL: "评档",
    Rule.RATIO: "按比例扣分",
    Rule.BONUS: "加分",
}

OWN = "（自填）"
"""What stands after the user's own words wherever they are shown."""


def effect(scheme: Scheme, condition: Condition) -> str:
    """What a condition costs, in a few words: 每处扣 1 分, 不得分，追加扣 10 分."""
    if condition.forfeit:
        words = {
            "item": "不得分",
            "section": f"整个{scheme.levels[-2]}不得分",
            "element": f"否决：整个{scheme.element_level}不得分",
            "scheme": "否决：任何等级都不能评" if scheme.grades else "否决整个标准",
        }[condition.scope]
    else:
        each = f"每{condition.per}" if condition.per else ""
        words = f"{each}{amount_words(condition)} 分"
    if condition.at_most is not None:
        words += f"，最多 {text(condition.at_most)} 分"
    return f"{words}，追加扣 {text(condition.extra)} 分" if condition.extra else words


def amount_words(condition: Condition) -> str:
    """What each time costs or adds: 扣 1, 扣 1–5, 加 2."""
    if condition.add is not None:
        return f"加 {text(condition.add)}"
    if condition.amount is not None:
        return f"扣 {text(condition.amount.least)}–{text(condition.amount.most)}"
    assert condition.deduct is not None
    return f"扣 {text(condition.deduct)}"


def when_words(condition: Condition) -> str:
    """What a condition asks about, and whether it is a major hazard."""
    return f"{condition.when}{'（重大隐患）' if condition.major else ''}"


def loss_text(loss: Loss) -> str:
    """A finding in words: what was found, how often, and whether it is a major hazard."""
    if loss.own is not None:
        count = f" ×{loss.count}" if loss.count > 1 else ""
        return f"{loss.own.words}{count}{OWN}"
    if loss.level is not None:
        return f"{loss.item.title}：{loss.level.title}"
    if loss.ratio is not None:
        return f"{loss.item.title}：{ratio_words(loss.item, loss.ratio)}"
    if loss.condition is None:
        return f"{loss.item.title}：{RULES[loss.rule]}"
    counted = loss.condition.counted
    count = f" ×{loss.count}{loss.condition.per or '次'}" if counted else ""
    some = f"其中 {loss.planned} " if loss.planned < loss.count else ""
    plan = f"（{some}已计划整改）" if loss.planned else ""
    major = "（重大隐患）" if loss.condition.major else ""
    return f"{loss.condition.when}{count}{plan}{major}"


def own_words(words: str, points: str, count: int) -> str:
    """An own finding with what it costs: 库房通道堆放杂物（自填），每处扣 1 分，2 处."""
    if not Decimal(points):
        return f"{words}{OWN}，不扣分"
    many = f"，{count} 处" if count > 1 else ""
    return f"{words}{OWN}，{'每处' if count > 1 else ''}扣 {text(Decimal(points))} 分{many}"


def ratio_words(item: Item, ratio: Ratio) -> str:
    """What a sample showed: 抽查 12 台，不合格 3 台."""
    return f"抽查 {ratio.inspected} {item.ratio}，不合格 {ratio.failed} {item.ratio}"


def scale_words(item: Item) -> list[str]:
    """How an item is scored beside its conditions: by levels, or by the share of a sample."""
    words = []
    if item.levels:
        levels = "、".join(f"{level.title} {text(level.score)} 分" for level in item.levels)
        words.append(f"分档：{levels}")
    if item.ratio:
        points = text(item.points)
        words.append(f"按比例：扣 {points} × 不合格{item.ratio}数 ÷ 抽查{item.ratio}数")
    return words


def consequence_words(result: Result, item: Item) -> list[str]:
    """What an answer on the item costs beyond its own points: beforehand, and once it does."""
    element = result.scheme.path(item.id).element
    taken = next(e.losses for e in result.elements if e.section is element)
    words = []
    for loss in taken:
        if loss.item is item and loss.rule is Rule.ELEMENT_FORFEIT:
            words.append(f"否决：{element.title} 整个得 0 分")
        elif loss.item is item and loss.rule is Rule.SCHEME_FORFEIT:
            words.append("否决：任何等级都不能评" if result.scheme.grades else "否决整个标准")
        elif loss.item is item and loss.rule is Rule.BONUS:
            words.append(f"另给 {element.title} 加 {points_words(-loss.taken)} 分")
        elif loss.item is item and loss.rule is Rule.EXTRA:
            words.append(f"另从 {element.title} 追加扣 {points_words(loss.charged)} 分")
        elif loss.item is item:
            words.append(f"本条已扣满，另从 {element.title} 追加扣 {points_words(loss.charged)} 分")
    exhausted = any(loss.item is item and loss.rule is Rule.EXHAUSTED_EXTRA for loss in taken)
    if item.exhausted_extra and not exhausted:
        extra = text(item.exhausted_extra)
        words.append(f"注意：本条扣满（得 0 分）时，另从 {element.title} 追加扣 {extra} 分")
    return words


def is_compiled(item: Item) -> bool:
    """Whether points or conditions of the item are compiled by this product."""
    return "compiled" in (item.provenance, item.conditions_provenance)


def clause(loss: Loss) -> str:
    """The clause of a finding, with a * where points or conditions are compiled.

    Of a check's two conditions, nothing at all and something amiss, both are its clause.
    """
    if loss.condition is None:
        return item_clause(loss.item)
    return condition_clause(loss.item, loss.condition)


def condition_clause(item: Item, condition: Condition) -> str:
    """The clause of a condition, as `clause` says it."""
    number = condition.id.removesuffix(".none").removesuffix(".place")
    return number + "*" * is_compiled(item)


def item_clause(item: Item) -> str:
    """The number of an item, with a * where points or conditions are compiled."""
    return item.id + "*" * is_compiled(item)


def compiled_legend(scheme: Scheme) -> str | None:
    """What the * means, for a standard that has compiled content."""
    if scheme.provenance_note and any(map(is_compiled, scheme.items.values())):
        return f"*：{scheme.provenance_note}"
    return None


def scheme_notes(scheme: Scheme, *, starred: bool = True) -> list[str]:
    """What stands below a table of the standard: what * means, and what to know of it today.

    starred: whether a * may stand in the table.
    """
    legend = compiled_legend(scheme) if starred else None
    return list(filter(None, [legend, scheme.notice and f"请注意：{scheme.notice}。"]))


def taken_words(finding: Finding) -> str:
    """All points that a finding took."""
    return "0（已扣完）" if finding.used_up else points_words(finding.taken)


def rules_words(finding: Finding, places: int | None = None) -> str:
    """How a finding costs, and what follows from it: 不得分，扣满追加 10.

    places: decimals to which points are rounded, if at all.
    """
    words = [RULES[finding.loss.rule]]
    for rule in dict.fromkeys(loss.rule for loss in finding.follows):
        if rule is Rule.SCHEME_FORFEIT:
            words.append(RULES[rule])
            continue
        taken = added(one.taken for one in finding.follows if one.rule is rule)
        points = points_words(taken if places is None else round_half_up(taken, places))
        words.append(f"{RULES[rule]} {points}")
    return "，".join(words)
