"""The scoring rules of the design, one function each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from schemes import Scheme, Section
from scoring.answers import Answers
from scoring.applicability import Applicability, applicability
from scoring.case import case_of
from scoring.changed import changed_items
from scoring.grades import grades
from scoring.result import GradeResult, Result, SectionResult
from scoring.sections import score_element
from scoring.totals import totals
from scoring.warnings import warnings


def score(scheme: Scheme, answers: Answers, before: Result | None = None) -> Result:
    """Score an assessment. Pure, and total over answers that fit the scheme.

    before: any result, such as that of the answers before the last one. It makes no difference to
    what comes out, only to the time it takes: of the same standard, what the answers leave as it
    was is taken from there, so that after one answer a single item and its element are scored.

    Source: the rules of each standard as written in its `scheme.yaml`; 001 三（五）
    for `hazchem`, 002 考评说明 4–7 for `condiment`.
    """
    again = None
    if before is not None and before.scheme is scheme:
        again = changed_items(scheme, before.answers, answers)
    if before is None or again is None:
        applies = applicability(scheme, answers)
        made = answers.findings.keys() | answers.earlier.keys()
        case = case_of(scheme, answers, applies, sorted(made, key=scheme.position.__getitem__))
        elements = tuple(score_element(case, element) for element in scheme.elements)
    else:
        applies = before.applies
        elements = _again(before, answers, again)
    return _result(scheme, answers, applies, elements)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What other answers would come to: of the element that they differ in, and in all."""

    element: SectionResult
    total_exact: Fraction | None
    grades: tuple[GradeResult, ...]


def outlook(result: Result, answers: Answers, element_id: str) -> Outlook:
    """What answers come to that differ from `result.answers` in findings of one element only.

    As `score` with `before`, for hundreds of findings that are tried one after the other.
    Findings, earlier ones and marks 已核查 may differ, facets and marks 不适用 may not.
    """
    again = rescore(result, answers, element_id)
    element = next(one for one in again.elements if one.section.id == element_id)
    return Outlook(element, again.total_exact, again.grades)


def rescore(result: Result, answers: Answers, element_id: str) -> Result:
    """The result of answers that differ as in `outlook`, without its warnings."""
    elements = _again(result, answers, _changed(result, answers, element_id))
    return _result(result.scheme, answers, result.applies, elements, warned=False)


def element_again(
    result: Result, answers: Answers, element_id: str
) -> tuple[SectionResult, SectionResult]:
    """An element as it is in the result, and of answers that differ as in `outlook`."""
    elements = _again(result, answers, _changed(result, answers, element_id))
    place = next(i for i, one in enumerate(elements) if one.section.id == element_id)
    return result.elements[place], elements[place]


def exact_totals(result: Result, answers: Answers, element_id: str) -> tuple[Fraction, ...]:
    """The exact total as answered, at the worst and at the best, of answers as in `outlook`.

    Of a result of which something applies.
    """
    elements = _again(result, answers, _changed(result, answers, element_id))
    return tuple(one.exact for one in totals(result.scheme, elements) if one is not None)


def _changed(result: Result, answers: Answers, element_id: str) -> frozenset[str]:
    """Ids of the items that answers differ on, or of all of the only element that they may."""
    items = changed_items(result.scheme, result.answers, answers)
    if items is None:
        (element,) = (one for one in result.scheme.elements if one.id == element_id)
        return frozenset(item.id for item in element.items)
    return items


def _again(result: Result, answers: Answers, items: Collection[str]) -> tuple[SectionResult, ...]:
    """The elements with those scored again that some items are in."""
    scheme = result.scheme
    elements = {scheme.path(item_id).element.id for item_id in items}
    sections = [one.section for one in result.elements if one.section.id in elements]
    case = case_of(scheme, answers, result.applies, _made(sections, answers))
    return tuple(
        score_element(
            case, one.section, {i.item.id: i for i in one.items if i.item.id not in items}
        )
        if one.section.id in elements
        else one
        for one in result.elements
    )


def _made(sections: Sequence[Section], answers: Answers) -> list[str]:
    """What was found in some elements, now or earlier, in the order of the standard."""
    return [
        condition.id
        for section in sections
        for item in section.items
        for condition in item.conditions
        if condition.id in answers.findings or condition.id in answers.earlier
    ]


def _result(
    scheme: Scheme,
    answers: Answers,
    applies: Applicability,
    elements: tuple[SectionResult, ...],
    warned: bool = True,
) -> Result:
    reached, low, high = found = totals(scheme, elements)
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
        grades=grades(scheme, answers, applies, elements, found),
        warnings=tuple(warnings(scheme, answers, applies, elements)) if warned else (),
    )
