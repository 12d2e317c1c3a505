"""Grades, their gates and what is lacking, in words that promise no more than the standard does."""

from decimal import Decimal
from fractions import Fraction

from schemes import Scheme
from schemes.tree import Performance
from scoring.numbers import beside, text
from scoring.result import Gate, GateKind, GradeResult, Result
from wording.numbers import percent_number, total_words

NO_GRADES = "本标准不评等级"


def gate_words(result: Result, grade: GradeResult, gate: Gate) -> str:
    """One gate as a sentence with its numbers."""
    return _WORDS[gate.kind](result, grade, gate)


def _nothing(_result: Result, _grade: GradeResult, _gate: Gate) -> str:
    return "没有适用的内容，无法评定"


def _total(result: Result, _: GradeResult, gate: Gate) -> str:
    assert gate.value is not None
    assert gate.line is not None
    shown = beside(gate.value, result.scheme.scoring.decimals, gate.line)
    return f"总分 {shown} {'不低于' if gate.met else '低于'} {text(gate.line)}"


def _element(result: Result, _: GradeResult, gate: Gate) -> str:
    assert gate.line is not None
    if gate.met:
        return f"每个适用要素不低于 {text(gate.line)}"
    section = next(e.section for e in result.elements if e.section.id == gate.subject)
    shown = percent_number(result.scheme, gate.value or Fraction(0))
    return f"要素 {section.id} {section.title} {shown} 低于 {text(gate.line)}"


def _downgrade(result: Result, grade: GradeResult, gate: Gate) -> str:
    question = _question(result.scheme, gate)
    if gate.line is not None:
        return f"{question.title}：下降一级，不能评{grade.title}"
    titles = [one.title for one in result.grades]
    asked = titles[titles.index(grade.title) - 1]
    return f"{question.title}：下降一级，须够{asked}才评{grade.title}"


def _performance(result: Result, _: GradeResult, gate: Gate) -> str:
    assert gate.value is not None
    assert gate.line is not None
    question = _question(result.scheme, gate)
    if question.yes_no:
        return f"{question.title}：{'是' if gate.value else '否'}"
    most = "不超过" if gate.met else "超过"
    return f"{question.title} {text(gate.value)}，{most} {text(gate.line)}"


def _question(scheme: Scheme, gate: Gate) -> Performance:
    return next(q for q in scheme.performance if q.id == gate.subject)


_WORDS = {
    GateKind.NOTHING_APPLICABLE: _nothing,
    GateKind.TOTAL: _total,
    GateKind.ELEMENT: _element,
    GateKind.DOWNGRADE: _downgrade,
    GateKind.PERFORMANCE: _performance,
}


def gates_met(grade: GradeResult) -> str:
    """Whether all gates of a grade are met."""
    return "全部满足" if grade.met else "未满足"


def gate_mark(gate: Gate) -> str:
    """How a gate stands, as one sign."""
    return "✓" if gate.met else "×"


def same_gates(scheme: Scheme) -> bool:
    """Whether all grades of the standard ask for the same, so that none can be told apart."""
    gates = {(grade.total, grade.element, grade.performance) for grade in scheme.grades}
    return len(scheme.grades) > 1 and len(gates) == 1


def grades_told_apart(result: Result) -> list[tuple[str, GradeResult]]:
    """Each grade with its name; one for all where they ask for the same."""
    if same_gates(result.scheme):
        return [("、".join(grade.title for grade in result.grades), result.grades[0])]
    return [(grade.title, grade) for grade in result.grades]


def grade_words(result: Result) -> str:
    """The grade reached."""
    if not result.scheme.grades:
        return NO_GRADES
    if result.grade is None:
        return unmet_words(result.scheme)
    return reached_words(result.scheme) or result.grade


def unmet_words(scheme: Scheme) -> str:
    """What is said when no grade is met."""
    return "未达到评分要求" if same_gates(scheme) else "未达到任何等级"


def reached_words(scheme: Scheme) -> str | None:
    """What is said instead of a grade where all grades ask for the same; None elsewhere."""
    if not same_gates(scheme):
        return None
    return "达到评分线（" + "、".join(g.title for g in scheme.grades) + "同一条线）"


def verdict_words(result: Result) -> str:
    """Total and grade in one phrase."""
    return f"总分 {total_words(result)}，{grade_words(result)}"


def distance_words(result: Result, grade: GradeResult) -> str:
    """Where the total stands against the line a grade really asks for, also after a downgrade."""
    name = "达标" if same_gates(result.scheme) else grade.title
    asked = next((gate for gate in grade.gates if gate.kind is GateKind.TOTAL), None)
    if asked is None or asked.value is None or asked.line is None or (asked.met and not grade.met):
        return f"× {name}：{gate_words(result, grade, grade.unmet[0])}"
    if grade.met:
        return f"✓ {name}：总分线 {text(asked.line)}，已达到"
    shown = beside(asked.value, result.scheme.scoring.decimals, asked.line)
    missing = asked.line - Fraction(Decimal(shown))
    return f"× {name}：总分线 {text(asked.line)}，还差 {text(missing)}"
