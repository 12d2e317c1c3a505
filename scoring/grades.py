"""Grades with every gate: facts, no words."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from schemes import Grade, Scheme
from scoring.answers import Answers
from scoring.applicability import Applicability
from scoring.result import Gate, GateKind, GradeResult, SectionResult, State, excluded
from scoring.totals import Total, is_undefined

Reached = tuple[Total | None, Total | None, Total | None]
"""The total as answered, at the worst and at the best."""


def grades(
    scheme: Scheme,
    answers: Answers,
    applies: Applicability,
    elements: Sequence[SectionResult],
    reached: Reached,
) -> tuple[GradeResult, ...]:
    """Every grade of the scheme, best first, with its gates."""
    value, low, high = reached
    if value is None or low is None or high is None:
        nothing = (Gate(GateKind.NOTHING_APPLICABLE),)
        return tuple(GradeResult(grade.title, nothing) for grade in scheme.grades)
    bounds = _compared(scheme, value), _compared(scheme, low), _compared(scheme, high)
    common = tuple(_major_gate(scheme, answers, applies, elements))
    settled = not applies.unanswered and not is_undefined(scheme, elements)
    return tuple(
        GradeResult(
            grade.title,
            (
                *_score_gates(scheme, index, answers, elements, bounds),
                *_performance_gates(grade, answers),
                *_left_out_gate(grade, elements),
                *common,
            ),
            settled,
        )
        for index, grade in enumerate(scheme.grades)
    )


def _compared(scheme: Scheme, total: Total) -> Fraction:
    """What lines are held against: the exact total or, where the scheme says so, the rounded."""
    return Fraction(total.rounded) if scheme.scoring.compare == "rounded" else total.exact


_Bounds = tuple[Fraction, Fraction, Fraction]
"""The total that lines are held against, as answered, at the worst and at the best."""


def _score_gates(
    scheme: Scheme,
    index: int,
    answers: Answers,
    elements: Sequence[SectionResult],
    bounds: _Bounds,
) -> Iterator[Gate]:
    """Total and elements; after a downgrade a grade asks for what the one above asks for.

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
    gates = list(_asked(asked, elements, bounds))
    yield from gates
    unknown = [q for q in scheme.downgrade if q not in answers.performance]
    if down is None and unknown and not _reaches_above(scheme, index, elements, bounds):
        yield Gate(GateKind.DOWNGRADE, unknown[0])


def _reaches_above(
    scheme: Scheme, index: int, elements: Sequence[SectionResult], bounds: _Bounds
) -> bool:
    """Whether what the grade above asks for is reached, so that a downgrade would not matter."""
    if index == 0:
        return False
    above = _asked(scheme.grades[index - 1], elements, bounds)
    return all(gate.state is State.MET for gate in above)


def _asked(grade: Grade, elements: Sequence[SectionResult], bounds: _Bounds) -> Iterator[Gate]:
    yield Gate(GateKind.TOTAL, None, *bounds, Fraction(grade.total))
    yield from _element_gates(grade, elements)


def _element_gates(grade: Grade, elements: Sequence[SectionResult]) -> Iterator[Gate]:
    """One gate for each element not sure to reach the line; if all are, the lowest for all."""
    if grade.element is None:
        return
    line = Fraction(grade.element)
    gates = [
        Gate(GateKind.ELEMENT, e.section.id, e.percent, e.low_percent, e.high_percent, line)
        for e in elements
        if e.percent is not None
    ]
    yield from [gate for gate in gates if gate.state is not State.MET] or [
        min(gates, key=lambda gate: gate.value or 0)
    ]


def _performance_gates(grade: Grade, answers: Answers) -> Iterator[Gate]:
    """The safety record. An unanswered question leaves its gate open: 0 counts only when given."""
    for question, most in grade.performance:
        given = answers.performance.get(question)
        count = None if given is None else Fraction(given)
        yield Gate(GateKind.PERFORMANCE, question, count, count, count, Fraction(most))


def _left_out_gate(grade: Grade, elements: Sequence[SectionResult]) -> Iterator[Gate]:
    """The share marked 不适用 by hand, where the standard limits it."""
    if grade.not_applicable_at_most is not None:
        share = 100 * excluded(elements).share
        line = Fraction(grade.not_applicable_at_most)
        yield Gate(GateKind.NOT_APPLICABLE, None, share, share, share, line)


def _major_gate(
    scheme: Scheme, answers: Answers, applies: Applicability, elements: Sequence[SectionResult]
) -> Iterator[Gate]:
    """No major accident hazard may be left when applying. Source: 应急〔2021〕83号 第七条."""
    if not scheme.has_major:
        return
    found = sure = threats = 0
    for one in (item for element in elements for item in element.items):
        for condition in one.item.weighty:
            if not condition.major or not applies.counts(one.item, condition):
                continue
            earlier = answers.earlier.get(condition.id)
            firm = bool(
                answers.findings.get(condition.id)
                or (earlier and earlier.count - earlier.rectified - earlier.undecided)
            )
            made = firm or bool(earlier and earlier.undecided)
            found += made
            sure += firm and one.item.id not in applies.unsettled
            threats += not made and one.pending
    value, low, high = map(Fraction, (found, found + threats, sure))
    yield Gate(GateKind.MAJOR, None, value, low, high, Fraction(0))
