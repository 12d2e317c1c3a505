"""The scoring rules of the design, one function each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from schemes import Scheme
from scoring.answers import Answers
from scoring.applicability import applicability
from scoring.case import Case, case_of
from scoring.grades import Reached, grades
from scoring.result import GradeResult, Result, SectionResult
from scoring.sections import score_element
from scoring.totals import Bound, total
from scoring.warnings import warnings


def score(scheme: Scheme, answers: Answers) -> Result:
    """Score an assessment. Pure, and total over answers that fit the scheme.

    Source: the rules of each standard as written in its `scheme.yaml`; 001 三（五）
    for `hazchem`, 002 考评说明 4–7 for `condiment`.
    """
    applies = applicability(scheme, answers)
    made = answers.findings.keys() | answers.earlier.keys()
    case = case_of(scheme, answers, applies, sorted(made, key=scheme.position.__getitem__))
    elements = tuple(score_element(case, element) for element in scheme.elements)
    reached, low, high = totals = _totals(case, elements)
    return Result(
        scheme=scheme,
        answers=answers,
        applies=applies,
        elements=elements,
        total_exact=reached.exact if reached else None,
        total=reached.rounded if reached else None,
        low=low.rounded if low else None,
        high=high.rounded if high else None,
        low_exact=low.exact if low else None,
        high_exact=high.exact if high else None,
        grades=grades(scheme, answers, applies, elements, totals),
        warnings=tuple(warnings(scheme, answers, applies, elements)),
    )


@dataclass(frozen=True, slots=True)
class Outlook:
    """What other answers would come to: of the element that they differ in, and in all."""

    element: SectionResult
    total_exact: Fraction | None
    grades: tuple[GradeResult, ...]


def outlook(result: Result, answers: Answers, element_id: str) -> Outlook:
    """What answers come to that differ from `result.answers` in findings of one element only.

    Only that element is scored again, as hundreds of findings are tried one after the other.
    Findings, earlier ones and marks 已核查 may differ, facets and marks 不适用 may not.
    """
    again = rescore(result, answers, element_id)
    element = next(one for one in again.elements if one.section.id == element_id)
    return Outlook(element, again.total_exact, again.grades)


def rescore(result: Result, answers: Answers, element_id: str) -> Result:
    """The result of answers that differ as in `outlook`, without its warnings."""
    case, elements = _again(result, answers, element_id)
    reached, low, high = totals = _totals(case, elements)
    return replace(
        result,
        answers=answers,
        elements=tuple(elements),
        total_exact=reached.exact if reached else None,
        total=reached.rounded if reached else None,
        low=low.rounded if low else None,
        high=high.rounded if high else None,
        low_exact=low.exact if low else None,
        high_exact=high.exact if high else None,
        grades=grades(result.scheme, answers, result.applies, elements, totals),
        warnings=(),
    )


def element_again(
    result: Result, answers: Answers, element_id: str
) -> tuple[SectionResult, SectionResult]:
    """An element as it is in the result, and of answers that differ as in `outlook`."""
    _, elements = _again(result, answers, element_id)
    place = next(i for i, one in enumerate(elements) if one.section.id == element_id)
    return result.elements[place], elements[place]


def exact_totals(result: Result, answers: Answers, element_id: str) -> tuple[Fraction, ...]:
    """The exact total as answered, at the worst and at the best, of answers as in `outlook`.

    Of a result of which something applies.
    """
    case, elements = _again(result, answers, element_id)
    return tuple(one.exact for one in _totals(case, elements) if one is not None)


def _again(result: Result, answers: Answers, element_id: str) -> tuple[Case, list[SectionResult]]:
    """The elements with one of them scored again."""
    scheme, applies = result.scheme, result.applies
    elements = list(result.elements)
    place = next(i for i, one in enumerate(elements) if one.section.id == element_id)
    section = elements[place].section
    within = [condition.id for item in section.items for condition in item.conditions]
    made = [c for c in within if c in answers.findings or c in answers.earlier]
    case = case_of(scheme, answers, applies, made)
    elements[place] = score_element(case, section)
    return case, elements


def _totals(case: Case, elements: Sequence[SectionResult]) -> Reached:
    as_answered, worst, best = (total(case.scheme, elements, bound) for bound in Bound)
    return as_answered, worst, best
