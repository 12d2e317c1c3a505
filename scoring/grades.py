"""Grades with every gate, and what the user should know about a result: facts, no words."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from schemes import Grade, Scheme
from scoring.answers import Answers
from scoring.applicability import Status, unanswered
from scoring.result import (
    Gate,
    GateKind,
    GradeResult,
    ResultWarning,
    SectionResult,
    WarningKind,
)
from scoring.totals import Total


def grades(
    scheme: Scheme, answers: Answers, elements: Sequence[SectionResult], total: Total, low: Total
) -> tuple[GradeResult, ...]:
    """Every grade of the scheme, best first, with its gates.

    low: the total with every unreviewed item at 0.
    """
    if not any(element.applicable for element in elements):
        nothing = (Gate(GateKind.NOTHING_APPLICABLE),)
        return tuple(GradeResult(grade.title, nothing) for grade in scheme.grades)
    reached = _compared(scheme, total), _compared(scheme, low)
    return tuple(
        GradeResult(
            grade.title,
            (
                *_score_gates(scheme, index, answers, elements, reached),
                *_performance_gates(grade, answers),
            ),
        )
        for index, grade in enumerate(scheme.grades)
    )


def _compared(scheme: Scheme, total: Total) -> Fraction:
    """What lines are held against: the exact total or, where the scheme says so, the rounded."""
    return Fraction(total.rounded) if scheme.scoring.compare == "rounded" else total.exact


def _score_gates(
    scheme: Scheme,
    index: int,
    answers: Answers,
    elements: Sequence[SectionResult],
    reached: tuple[Fraction, Fraction],
) -> Iterator[Gate]:
    """Total and elements; after a downgrade a grade asks for what the one above asks for.

    reached: the total that lines are held against, and its lower bound.
    The best grade has none above it: there the downgrade stands alone, with nothing allowed.
    """
    asked = scheme.grades[index]
    down = next((q for q in scheme.downgrade if answers.performance.get(q)), None)
    if down is not None:
        count = Fraction(answers.performance[down])
        allowed = Fraction(0) if index == 0 else None
        yield Gate(GateKind.DOWNGRADE, down, count, count, count, allowed)
        if index == 0:
            return
        asked = scheme.grades[index - 1]
    value, low = reached
    yield Gate(GateKind.TOTAL, None, value, low, value, Fraction(asked.total))
    yield from _element_gates(asked, elements)


def _element_gates(grade: Grade, elements: Sequence[SectionResult]) -> Iterator[Gate]:
    """One gate for each element below the line; where there is none, the lowest for all."""
    if grade.element is None:
        return
    line = Fraction(grade.element)
    gates = [
        Gate(GateKind.ELEMENT, e.section.id, e.percent, e.low_percent, e.percent, line)
        for e in elements
        if e.percent is not None
    ]
    yield from [gate for gate in gates if not gate.met] or [
        min(gates, key=lambda gate: gate.value or 0)
    ]


def _performance_gates(grade: Grade, answers: Answers) -> Iterator[Gate]:
    for question, most in grade.performance:
        count = Fraction(answers.performance.get(question, 0))
        yield Gate(GateKind.PERFORMANCE, question, count, count, count, Fraction(most))


def warnings(
    scheme: Scheme,
    answers: Answers,
    status: dict[str, Status],
    elements: Sequence[SectionResult],
) -> Iterator[ResultWarning]:
    """What the numbers rest on that the user may not be aware of; the gravest first."""
    if answers.unknown:
        yield ResultWarning(WarningKind.UNKNOWN_ANSWER, answers.unknown)
    for facet in unanswered(scheme, answers):
        yield ResultWarning(WarningKind.UNANSWERED_FACET, (facet.id,))
    for question in scheme.performance:
        if question.id not in answers.performance:
            yield ResultWarning(WarningKind.UNANSWERED_PERFORMANCE, (question.id,))
    made = answers.findings.keys() | answers.earlier.keys()
    idle = [c for c in made if status[scheme.conditions[c][0].id] is not Status.APPLIES]
    if idle:
        yield ResultWarning(WarningKind.IDLE_FINDING, tuple(sorted(idle)))
    once = [
        c for c, count in answers.findings.items() if count > 1 and not scheme.conditions[c][1].per
    ]
    if once:
        yield ResultWarning(WarningKind.COUNTED_ONCE, tuple(sorted(once)))
    unreviewed = [
        item.item.id
        for element in elements
        for item in element.items
        if item.applicable and not item.reviewed
    ]
    if unreviewed:
        yield ResultWarning(WarningKind.UNREVIEWED, tuple(unreviewed))
