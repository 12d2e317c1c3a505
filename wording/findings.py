"""Conditions, findings and what they cost, in words."""

from schemes import Condition, Item, Scheme
from scoring.numbers import text
from scoring.result import Loss, Rule

RULES = {
    Rule.DEDUCT: "扣分",
    Rule.FORFEIT: "不得分",
    Rule.SECTION_FORFEIT: "本项目不得分",
    Rule.ELEMENT_FORFEIT: "要素否决",
    Rule.EXTRA: "追加扣除",
    Rule.EXHAUSTED_EXTRA: "扣满追加",
}


def effect(scheme: Scheme, condition: Condition) -> str:
    """What a condition costs, in a few words: 每处扣 1 分, 不得分，追加扣 10 分."""
    if condition.deduct is None:
        words = {
            "item": "不得分",
            "section": f"整个{scheme.levels[-2]}不得分",
            "element": f"否决：整个{scheme.element_level}不得分",
        }[condition.scope]
    elif condition.per:
        words = f"每{condition.per}扣 {text(condition.deduct)} 分"
    else:
        words = f"扣 {text(condition.deduct)} 分"
    return f"{words}，追加扣 {text(condition.extra)} 分" if condition.extra else words


def loss_text(loss: Loss) -> str:
    """A finding in words: what was found, how often."""
    if loss.condition is None:
        return f"{loss.item.title}：分值扣满"
    count = f" ×{loss.count}{loss.condition.per}" if loss.condition.per else ""
    some = f"其中 {loss.planned} " if loss.planned < loss.count else ""
    plan = f"（{some}已计划整改）" if loss.planned else ""
    return f"{loss.condition.when}{count}{plan}"


def is_compiled(item: Item) -> bool:
    """Whether points or conditions of the item are compiled by this product."""
    return "compiled" in (item.provenance, item.conditions_provenance)


def clause(loss: Loss) -> str:
    """The clause of a finding, with a * where points or conditions are compiled.

    Of a check's two conditions, nothing at all and something amiss, both are its clause.
    """
    if loss.condition is None:
        return item_clause(loss.item)
    number = loss.condition.id.removesuffix(".none").removesuffix(".place")
    return number + "*" * is_compiled(loss.item)


def item_clause(item: Item) -> str:
    """The number of an item, with a * where points or conditions are compiled."""
    return item.id + "*" * is_compiled(item)


def compiled_legend(scheme: Scheme) -> str | None:
    """What the * means, for a standard that has compiled content."""
    if scheme.provenance_note and any(map(is_compiled, scheme.items.values())):
        return f"*：{scheme.provenance_note}"
    return None


def taken_words(loss: Loss) -> str:
    """Points a finding took."""
    return text(loss.taken) if loss.taken else "0（已扣完）"
