"""Grades with every gate: facts, no words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from schemes import Condition, Grade, Scheme
from scoring.answers import Answers
from scoring.applicability import Applicability, Status
from scoring.numbers import at_least
from scoring.result import (
    Gate,
    GateKind,
    GradeResult,
    ItemResult,
    PartResult,
    SectionResult,
    State,
    points_of,
)
from scoring.totals import Reached, Total, is_undefined

_NONE = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Case:
    """What grades are told from.

    bounds: the total that lines are held against, as answered, at the worst and at the best;
    the last two are None where nobody can tell.
    """

    scheme: Scheme
    answers: Answers
    applies: Applicability
    elements: Sequence[SectionResult]
    bounds: tuple[Fraction, Fraction | None, Fraction | None]


def grades(
    scheme: Scheme,
    answers: Answers,
    applies: Applicability,
    elements: Sequence[SectionResult],
    reached: Reached,
) -> tuple[GradeResult, ...]:
    """Every grade of the scheme, best first, with its gates."""
    value, low, high = (_compared(scheme, total) for total in reached)
    if value is None:
        nothing = (Gate(GateKind.NOTHING_APPLICABLE),)
        return tuple(GradeResult(grade.title, nothing) for grade in scheme.grades)
    undefined = is_undefined(scheme, elements)
    if undefined or applies.unchosen:
        low = high = None
    case = _Case(scheme, answers, applies, elements, (value, low, high))
    common = (*_veto_gate(case), *_major_gate(case))
    settled = not undefined and not applies.unanswered
    return tuple(
        GradeResult(
            grade.title,
            (
                *_score_gates(case, index),
                *_performance_gates(grade, answers),
                *_left_out_gate(case, grade),
                *common,
            ),
            settled,
        )
        for index, grade in enumerate(scheme.grades)
    )


def _compared(scheme: Scheme, total: Total | None) -> Fraction | None:
    """What lines are held against: the exact total or, where the scheme says so, the rounded."""
    if total is None:
        return None
    return Fraction(total.rounded) if scheme.scoring.compare == "rounded" else total.exact


def _score_gates(case: _Case, index: int) -> Iterator[Gate]:
    """Total and elements; after a downgrade a grade asks for what the one above asks for.

    The best grade has none above it: there the downgrade stands alone, with nothing allowed.
    """
    scheme, record = case.scheme, case.answers.performance
    asked = scheme.grades[index]
    down = next((q for q in scheme.downgrade if record.get(q)), None)
    if down is not None:
        count = Fraction(record[down])
        allowed = Fraction(0) if index == 0 else None
        yield Gate(GateKind.DOWNGRADE, down, count, count, count, allowed)
        if index == 0:
            return
        asked = scheme.grades[index - 1]
    yield from _asked(case, asked)
    unknown = [q for q in scheme.downgrade if q not in record]
    if down is None and unknown and not _reaches_above(case, index):
        yield Gate(GateKind.DOWNGRADE, unknown[0])


def _reaches_above(case: _Case, index: int) -> bool:
    """Whether what the grade above asks for is reached, so that a downgrade would not matter."""
    if index == 0:
        return False
    above = _asked(case, case.scheme.grades[index - 1])
    return all(gate.state is State.MET for gate in above)


def _asked(case: _Case, grade: Grade) -> Iterator[Gate]:
    yield Gate(GateKind.TOTAL, None, *case.bounds, Fraction(grade.total))
    if grade.element is not None:
        yield from _element_gates(case, Fraction(grade.element))
    yield from _named_gates(case, grade)


def _element_gates(case: _Case, line: Fraction) -> Iterator[Gate]:
    """One gate for each element not sure to reach the line; if all are, the lowest for all.

    Of one that a variant waits in, only what the answers reach is known.
    """
    unsure = False
    for one in case.elements:
        waits = one.section.id in case.applies.unchosen
        if one.percent is None or (not waits and at_least(one.low_percent or _NONE, line)):
            continue
        unsure = True
        yield _of_element(one, waits, line)
    if not unsure:
        counting = (one for one in case.elements if one.percent is not None)
        yield _of_element(min(counting, key=lambda one: one.percent or _NONE), False, line)


def _of_element(one: SectionResult, waits: bool, line: Fraction) -> Gate:
    sure = (None, None) if waits else (one.low_percent, one.high_percent)
    return Gate(GateKind.ELEMENT, one.section.id, one.percent, *sure, line)


def _named_gates(case: _Case, grade: Grade) -> Iterator[Gate]:
    """The parts, elements and items that are asked for by name, as far as they apply."""
    left = iter(case.elements)
    parts = [PartResult(p, tuple(next(left) for _ in p.elements)) for p in case.scheme.parts]
    by_part = {one.part.id: one for one in parts}
    for name, line in grade.parts:
        part = by_part[name]
        waits = {name, *(e.section.id for e in part.elements)} & case.applies.unchosen
        yield from _named(GateKind.PART, name, part, line, bool(waits))
    by_id = {one.section.id: one for one in case.elements}
    for name, line in grade.elements:
        waits_here = name in case.applies.unchosen
        yield from _named(GateKind.ELEMENT, name, by_id[name], line, waits_here)
    if grade.items:
        items = {one.item.id: one for element in case.elements for one in element.items}
        for name, line in grade.items:
            item = items[name]
            if item.applicable:
                bounds = (item.score, item.low, item.high)
                value, low, high = (_share_of(item, bound) for bound in bounds)
                yield Gate(GateKind.ITEM, name, value, low, high, Fraction(line), named=True)


def _share_of(item: ItemResult, score: Decimal) -> Fraction:
    return 100 * Fraction(score) / Fraction(item.full)


def _named(
    kind: GateKind,
    name: str,
    one: PartResult | SectionResult,
    line: Decimal,
    waits: bool,
) -> Iterator[Gate]:
    """Of what a variant waits in, only what the answers reach is known."""
    if one.percent is not None:
        sure = (None, None) if waits else (one.low_percent, one.high_percent)
        yield Gate(kind, name, one.percent, *sure, Fraction(line), named=True)


def _performance_gates(grade: Grade, answers: Answers) -> Iterator[Gate]:
    """The safety record. An unanswered question leaves its gate open: 0 counts only when given."""
    for question, most in grade.performance:
        given = answers.performance.get(question)
        count = None if given is None else Fraction(given)
        yield Gate(GateKind.PERFORMANCE, question, count, count, count, Fraction(most))


def _left_out_gate(case: _Case, grade: Grade) -> Iterator[Gate]:
    """The share marked 不适用 by hand, where the standard limits it.

    What waits for a question may yet fall away by its answer, and then is no part of the share.
    """
    if grade.not_applicable_at_most is None:
        return
    points = points_of(case.elements)
    marked, counting = points[Status.MARKED], points[Status.APPLIES]
    value = _share(marked, marked + counting)
    sure = marked - _waiting(case, Status.MARKED)
    worst = _share(marked, marked + counting - _waiting(case, Status.APPLIES))
    best = _share(sure, case.scheme.full if case.applies.unchosen else sure + counting)
    line = Fraction(grade.not_applicable_at_most)
    yield Gate(GateKind.NOT_APPLICABLE, None, value, worst, best, line)


def _waiting(case: _Case, status: Status) -> Decimal:
    """Full marks of the items that stand so as long as a question is not answered."""
    waiting = (i for i in case.applies.unsettled if case.applies.status[i] is status)
    return sum((case.scheme.items[i].points for i in waiting), Decimal(0))


def _share(part: Decimal, whole: Decimal) -> Fraction:
    return 100 * Fraction(part) / Fraction(whole) if whole else Fraction(0)


def _major_gate(case: _Case) -> Iterator[Gate]:
    """No major accident hazard may be left when applying. Source: 应急〔2021〕83号 第七条."""
    if case.scheme.has_major:
        yield _none_of(case, GateKind.MAJOR, lambda condition: condition.major)


def _veto_gate(case: _Case) -> Iterator[Gate]:
    """No veto of the whole standard may have been found; the total stays as it is."""
    if case.scheme.has_veto:
        yield _none_of(case, GateKind.VETO, lambda condition: condition.scope == "scheme")


def _none_of(case: _Case, kind: GateKind, concerned: Callable[[Condition], bool]) -> Gate:
    """A gate that asks for none of some conditions."""
    answers, applies = case.answers, case.applies
    found = sure = threats = 0
    for one in (item for element in case.elements for item in element.items):
        for condition in one.item.weighty:
            if not concerned(condition) or not applies.counts(one.item, condition):
                continue
            earlier = answers.earlier.get(condition.id)
            firm = bool(
                answers.findings.get(condition.id)
                or (earlier and earlier.count - earlier.rectified - earlier.undecided)
            )
            made = firm or bool(earlier and earlier.undecided)
            found += made
            sure += firm and applies.settled(one.item, condition)
            threats += not made and one.pending
    value, low, high = map(Fraction, (found, found + threats, sure))
    return Gate(kind, None, value, low, high, Fraction(0))
