"""Result values in words, the same in every report and on the screen."""

from schemes import Condition, Scheme
from scoring.numbers import text
from scoring.result import Loss, Result, Rule

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
    return f"{loss.condition.when}{count}"


def clause(loss: Loss) -> str:
    """The clause of a finding, with a * where points or conditions are compiled."""
    compiled = "compiled" in (loss.item.provenance, loss.item.conditions_provenance)
    return (loss.condition.id if loss.condition else loss.item.id) + ("*" if compiled else "")


def compiled_legend(scheme: Scheme) -> str | None:
    """What the * means, for a standard that has compiled content."""
    return f"*：{scheme.provenance_note}" if scheme.provenance_note else None


def same_gates(scheme: Scheme) -> bool:
    """Whether all grades of the standard ask for the same, so that none can be told apart."""
    gates = {(grade.total, grade.element, grade.performance) for grade in scheme.grades}
    return len(scheme.grades) > 1 and len(gates) == 1


def grade_words(result: Result) -> str:
    """The grade reached, in words that promise no more than the standard does."""
    if result.grade is None:
        return "未达到评分要求" if same_gates(result.scheme) else "未达到任何等级"
    if same_gates(result.scheme):
        return "达到评分线（" + "、".join(g.title for g in result.scheme.grades) + "同一条线）"
    return result.grade


def line_of(scheme: Scheme) -> tuple[float, str] | None:
    """The percentage line to draw and what to call it: the standard's own, or a reference."""
    if scheme.element_line is not None:
        return float(scheme.element_line), f"{text(scheme.element_line)} 分线"
    if scheme.reference is not None:
        return float(scheme.reference.element), scheme.reference.label
    return None
