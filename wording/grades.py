"""Grades, their gates and what is lacking, in words that promise no more than the standard does."""

from decimal import Decimal
from fractions import Fraction

from schemes import Scheme
from schemes.tree import Performance
from scoring.numbers import beside, text
from scoring.result import REACHED, Gate, GateKind, GradeResult, Result, State
from wording.numbers import (
    PERCENT_PLACES,
    bounds,
    percent_number,
    total_number,
    total_words,
)

NO_GRADES = "本标准不评等级"
NOTHING = "没有适用的内容"
OPEN = "待定"
OPEN_GRADE, OPEN_LINE = f"等级{OPEN}", f"是否达标{OPEN}"


def gate_words(result: Result, grade: GradeResult, gate: Gate) -> str:
    """One gate as a sentence with its numbers."""
    return _WORDS[gate.kind](result, grade, gate)


def _nothing(_result: Result, _grade: GradeResult, _gate: Gate) -> str:
    return "没有适用的内容，无法评定"


def _total(result: Result, _: GradeResult, gate: Gate) -> str:
    assert gate.value is not None
    assert gate.line is not None
    line, places = text(gate.line), result.scheme.scoring.decimals
    if gate.low is None or gate.high is None:
        value = total_number(result.scheme, gate.value)
        return f"总分 {value} 还不能作数，是否不低于 {line} 待定"
    if gate.state is State.OPEN:
        low, high = (beside(bound, places, gate.line) for bound in (gate.low, gate.high))
        return f"总分在 {low} – {high} 之间，是否不低于 {line} 待定"
    stands = "不低于" if gate.state is State.MET else "低于"
    return f"总分 {beside(gate.value, places, gate.line)} {stands} {line}"


def _element(result: Result, _: GradeResult, gate: Gate) -> str:
    assert gate.value is not None
    assert gate.line is not None
    if gate.state is State.MET and not gate.named:
        return f"每个适用要素不低于 {text(gate.line)}"
    section = next(e.section for e in result.elements if e.section.id == gate.subject)
    return _named(result, gate, f"要素 {section.id} {section.title}")


def _part(result: Result, _: GradeResult, gate: Gate) -> str:
    part = next(part for part in result.scheme.parts if part.id == gate.subject)
    return _named(result, gate, f"部分 {part.id} {part.title}")


def _item(result: Result, _: GradeResult, gate: Gate) -> str:
    assert gate.subject is not None
    item = result.scheme.items[gate.subject]
    return _named(result, gate, f"{item.id} {item.title}")


def _named(result: Result, gate: Gate, name: str) -> str:
    """What has a percentage of its own, against its line."""
    assert gate.value is not None
    assert gate.line is not None
    line = text(gate.line)
    value = percent_number(result.scheme, gate.value)
    if gate.low is None or gate.high is None:
        return f"{name} {value} 还不能作数，是否不低于 {line} 待定"
    if gate.state is State.OPEN:
        low, high = (percent_number(result.scheme, bound) for bound in (gate.low, gate.high))
        return f"{name} 在 {low} – {high} 之间，是否不低于 {line} 待定"
    stands = "不低于" if gate.state is State.MET else "低于"
    return f"{name} {value} {stands} {line}"


def _veto(_result: Result, _grade: GradeResult, gate: Gate) -> str:
    if gate.state is State.MET:
        return "没有否决项"
    if gate.state is State.UNMET:
        assert gate.value is not None
        return f"有否决项（{text(gate.value)} 项），任何等级都不能评"
    return "有没有否决项还没有查完，待定"


def _downgrade(result: Result, grade: GradeResult, gate: Gate) -> str:
    question = _question(result.scheme, gate)
    if gate.value is None:
        return f"未填写“{question.title}”，是否下降一级待定"
    if gate.line is not None:
        return f"{question.title}：下降一级，不能评{grade.title}"
    titles = [one.title for one in result.grades]
    asked = titles[titles.index(grade.title) - 1]
    return f"{question.title}：下降一级，须够{asked}才评{grade.title}"


def _performance(result: Result, _: GradeResult, gate: Gate) -> str:
    assert gate.line is not None
    question = _question(result.scheme, gate)
    if gate.value is None:
        return f"未填写“{question.title}”，{OPEN}"
    if question.yes_no:
        return f"{question.title}：{'是' if gate.value else '否'}"
    most = "不超过" if gate.state is State.MET else "超过"
    return f"{question.title} {text(gate.value)}，{most} {text(gate.line)}"


def _question(scheme: Scheme, gate: Gate) -> Performance:
    return next(q for q in scheme.performance if q.id == gate.subject)


def _major(_result: Result, _grade: GradeResult, gate: Gate) -> str:
    if gate.state is State.MET:
        return "没有发现重大事故隐患"
    if gate.state is State.UNMET:
        assert gate.value is not None
        return f"存在重大事故隐患（{text(gate.value)} 项），整改前不能申请定级"
    return "有没有重大事故隐患还没有查完，待定"


def _left_out(_result: Result, _: GradeResult, gate: Gate) -> str:
    assert gate.value is not None
    assert gate.line is not None
    shown = beside(gate.value, PERCENT_PLACES, gate.line, at_most=True)
    if gate.state is State.OPEN:
        return f"自行标为不适用的占 {shown}%，是否不超过 {text(gate.line)}% 待定"
    most = "不超过" if gate.state is State.MET else "超过"
    return f"自行标为不适用的占 {shown}%，{most} {text(gate.line)}%"


_WORDS = {
    GateKind.NOTHING_APPLICABLE: _nothing,
    GateKind.TOTAL: _total,
    GateKind.ELEMENT: _element,
    GateKind.DOWNGRADE: _downgrade,
    GateKind.PERFORMANCE: _performance,
    GateKind.MAJOR: _major,
    GateKind.VETO: _veto,
    GateKind.PART: _part,
    GateKind.ITEM: _item,
    GateKind.NOT_APPLICABLE: _left_out,
}

_STATES = {State.MET: "全部满足", State.UNMET: "未满足", State.OPEN: OPEN}
_MARKS = {State.MET: "✓", State.UNMET: "×", State.OPEN: "○"}


def state_words(grade: GradeResult) -> str:
    """Whether all gates of a grade are met, as far as that is sure."""
    return _STATES[grade.state]


def gate_state_words(gate: Gate) -> str:
    """Whether one gate is met."""
    return {State.MET: "满足", State.UNMET: "未满足", State.OPEN: OPEN}[gate.state]


def gate_mark(gate: Gate) -> str:
    """How a gate stands, as one sign: ✓ and × where it is sure, ○ where it is open."""
    return _MARKS[gate.state]


def grades_told_apart(result: Result) -> list[tuple[str, GradeResult]]:
    """Each grade with its name; one for all where they ask for the same."""
    if result.scheme.one_line:
        return [("、".join(grade.title for grade in result.grades), result.grades[0])]
    return [(grade.title, grade) for grade in result.grades]


def grade_words(result: Result) -> str:
    """The grade reached, as far as one can be told."""
    if not result.scheme.grades:
        return NO_GRADES
    if result.total is None:
        return NOTHING
    if result.grade:
        return reached_words(result.scheme) or result.grade.title
    if result.grade_open:
        least = result.at_least
        if least:
            return at_least_words(least)
        return OPEN_LINE if result.scheme.one_line else OPEN_GRADE
    return unmet_words(result.scheme)


def at_least_words(grade: GradeResult) -> str:
    """A grade that is earned while a better one is open."""
    return f"至少{grade.title}，能否更高{OPEN}"


def unmet_words(scheme: Scheme) -> str:
    """What is said when no grade is met."""
    return "未达到评分要求" if scheme.one_line else "未达到任何等级"


def reached_words(scheme: Scheme) -> str | None:
    """What is said instead of a grade where all grades ask for the same; None elsewhere."""
    if not scheme.one_line:
        return None
    return f"{REACHED}（" + "、".join(g.title for g in scheme.grades) + "同一条线）"


def range_words(result: Result) -> str:
    """The total, or between what it lies while items are unreviewed: 0.0 – 99.8."""
    if not result.range_open:
        return total_words(result)
    return "{} – {}".format(*bounds(result))


def standing_words(result: Result) -> str:
    """What can be said of the total: 总分 79.8, or 总分在 0.0 – 99.8 之间."""
    shown = range_words(result)
    return f"总分在 {shown} 之间" if result.range_open else f"总分 {shown}"


def progress_words(result: Result) -> str:
    """How much was checked: 已核查 1/117 条."""
    return f"已核查 {result.reviewed}/{result.applicable_items} 条"


def verdict_words(result: Result) -> str:
    """Total and grade in one phrase; while items are unreviewed, how many were checked."""
    words = f"{standing_words(result)}，{grade_words(result)}"
    return f"{progress_words(result)}，{words}" if result.range_open else words


def distance_words(result: Result, grade: GradeResult) -> str:
    """How a grade stands, with what is in the way: every gate that fails, then those open.

    Of the total what is lacking to the line that is really asked for, also after a downgrade.
    """
    name = "达标" if result.scheme.one_line else grade.title
    if grade.state is State.UNMET:
        reasons = [_lacking(result, grade, gate) for gate in grade.unmet]
        return f"× {name}：{'；'.join(reasons)}"
    asked = next(gate.line for gate in grade.gates if gate.kind is GateKind.TOTAL)
    assert asked is not None
    reached = "已达到" if grade.state is State.MET else OPEN
    return f"{_MARKS[grade.state]} {name}：总分线 {text(asked)}，{reached}"


def _lacking(result: Result, grade: GradeResult, gate: Gate) -> str:
    if gate.kind is not GateKind.TOTAL:
        return gate_words(result, grade, gate)
    assert gate.value is not None
    assert gate.line is not None
    shown = beside(gate.value, result.scheme.scoring.decimals, gate.line)
    return f"总分线 {text(gate.line)}，还差 {text(gate.line - Fraction(Decimal(shown)))}"
