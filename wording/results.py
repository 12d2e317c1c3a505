"""Result values in words, the same in every report and on the screen."""

from schemes import Condition, Item, Scheme
from schemes.model import SamplingShape
from scoring.grades import shown
from scoring.numbers import candid, fixed, text
from scoring.result import GradeResult, Loss, Result, Rule, SectionResult
from scoring.sampling import sample_size
from state.documents.assessment import Sample

NOTICE = "本报告是企业自查的结果预览，由企业自行填写，不是评审结论，不代替正式评审。"

UNNAMED = "（未填写企业名称）"

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
    return f"*：{scheme.provenance_note}" if scheme.provenance_note else None


def same_gates(scheme: Scheme) -> bool:
    """Whether all grades of the standard ask for the same, so that none can be told apart."""
    gates = {(grade.total, grade.element, grade.performance) for grade in scheme.grades}
    return len(scheme.grades) > 1 and len(gates) == 1


def grades_told_apart(result: Result) -> list[tuple[str, GradeResult]]:
    """Each grade with its name; one for all where they ask for the same."""
    if same_gates(result.scheme):
        return [("、".join(grade.title for grade in result.grades), result.grades[0])]
    return [(grade.title, grade) for grade in result.grades]


def total_words(result: Result) -> str:
    """The total with the scheme's decimals; a dash where no marks apply."""
    return fixed(result.total, result.scheme.scoring.decimals) if result.full else "—"


def grade_words(result: Result) -> str:
    """The grade reached, in words that promise no more than the standard does."""
    if not result.scheme.grades:
        return "本标准不评等级"
    if result.grade is None:
        return "未达到评分要求" if same_gates(result.scheme) else "未达到任何等级"
    if same_gates(result.scheme):
        return "达到评分线（" + "、".join(g.title for g in result.scheme.grades) + "同一条线）"
    return result.grade


def compared(before: Result, after: Result) -> list[tuple[str, ...]]:
    """Elements whose score is another than before: id, title, both scores, difference."""
    rows = []
    for old, new in zip(before.elements, after.elements, strict=True):
        if (old.score, old.applicable) != (new.score, new.applicable):
            sign = "+" if new.score > old.score else "−"
            comparable = old.applicable and new.applicable
            change = sign + text(abs(new.score - old.score)) if comparable else "—"
            scores = (text(e.score) if e.applicable else "不适用" for e in (old, new))
            rows.append((new.section.id, new.section.title, *scores, change))
    return rows


def marks_words(result: Result) -> str:
    """Marks achieved of those that apply: 812 / 953 分."""
    return f"{text(result.score)} / {text(result.full)} 分"


def total_line(result: Result) -> str | None:
    """How the total stands to a reference line of a standard without grades."""
    line = result.scheme.reference
    if line is None or line.total is None or not result.full:
        return None
    stands = "不低于" if result.total_exact >= line.total else "低于"
    return f"总分 {shown(result.total_exact, line.total)} {stands}{line.label} {text(line.total)}"


def sample_words(rule: SamplingShape, sample: Sample, *, self_assessment: bool) -> str:
    """The sample asked for, and a warning when fewer were looked at."""
    if sample.owned is None:
        return "未填写拥有总数量"
    if sample.checked is not None and sample.checked > sample.owned:
        return f"▲ 抽查了 {sample.checked}，多于拥有总数量 {sample.owned}，请核对"
    needed = sample_size(rule, sample.owned, self_assessment=self_assessment)
    words = f"{'自评' if self_assessment else '复评'}应抽查 {needed}"
    if sample.checked is None:
        return words
    if sample.checked < needed:
        return f"▲ {words}，只抽查了 {sample.checked}，还差 {needed - sample.checked}"
    return f"✓ {words}，已抽查 {sample.checked}"


def line_of(scheme: Scheme) -> tuple[float, str] | None:
    """The percentage line to draw and what to call it: the standard's own, or a reference."""
    if scheme.element_line is not None:
        return float(scheme.element_line), f"{text(scheme.element_line)} 分线"
    if scheme.reference is not None:
        label = scheme.reference.label
        return float(scheme.reference.element), f"{label} {text(scheme.reference.element)}%"
    return None


def is_below(result: Result, element: SectionResult) -> bool:
    """Whether an element misses the line that is drawn."""
    line = line_of(result.scheme)
    return line is not None and element.percent is not None and element.percent < line[0]


def percent_words(element: SectionResult) -> str:
    """Percentage of an element that applies, with two decimals."""
    return f"{candid(element.percent, 2)}%" if element.percent else "0.00%"
