"""What the user should know about a result: facts, no words."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from schemes import Scheme
from schemes.tree import Choices
from scoring.answers import Answers
from scoring.applicability import Applicability, Status
from scoring.result import ResultWarning, SectionResult, WarningKind, excluded
from scoring.totals import is_undefined

_MUCH = Fraction(1, 5)
"""Share marked 不适用 by hand from which it is warned about; standards may set their own limit."""


def warnings(
    scheme: Scheme,
    answers: Answers,
    applies: Applicability,
    elements: Sequence[SectionResult],
) -> Iterator[ResultWarning]:
    """What the numbers rest on that the user may not be aware of; the gravest first."""
    if answers.unknown:
        yield ResultWarning(WarningKind.UNKNOWN_ANSWER, answers.unknown)
    for facet in applies.unanswered:
        yield ResultWarning(WarningKind.UNANSWERED_FACET, (facet,))
    for question in scheme.performance:
        if question.id not in answers.performance:
            yield ResultWarning(WarningKind.UNANSWERED_PERFORMANCE, (question.id,))
    if is_undefined(scheme, elements):
        yield ResultWarning(WarningKind.FORMULA_UNDEFINED, ())
    for subjects in contradictions(scheme, applies.given, answers.performance):
        yield ResultWarning(WarningKind.CONTRADICTION, subjects)
    yield from _findings(scheme, answers, applies, elements)
    yield from _left_out(scheme, applies, elements)
    unread = [item_id for element in elements for item_id in element.unread]
    if unread:
        yield ResultWarning(WarningKind.UNREAD_ROWS, tuple(unread))
    unreviewed = [item_id for element in elements for item_id in element.pending]
    if unreviewed:
        yield ResultWarning(WarningKind.UNREVIEWED, tuple(unreviewed))


def contradictions(
    scheme: Scheme, given: Choices, record: Mapping[str, int]
) -> Iterator[tuple[str, ...]]:
    """Answers that cannot both be right: a question on the safety record, if any, then facets.

    What is not answered yet contradicts nothing.
    """
    for rule in scheme.contradictions:
        if rule.performance and not record.get(rule.performance):
            continue
        if not rule.when.met(given):
            continue
        lacking = [
            facet
            for facet, options in rule.asks.terms
            if facet in given and options.isdisjoint(given[facet])
        ]
        beside = [
            facet
            for facet, options in rule.excludes.terms
            if not options.isdisjoint(given.get(facet, ()))
        ]
        if lacking or beside:
            first = (rule.performance,) if rule.performance else ()
            when = (facet for facet, _ in rule.when.terms)
            yield tuple(dict.fromkeys((*first, *when, *lacking, *beside)))


def _findings(
    scheme: Scheme, answers: Answers, applies: Applicability, elements: Sequence[SectionResult]
) -> Iterator[ResultWarning]:
    """Findings that count for nothing, for less than they say, or perhaps twice."""
    idle = dict.fromkeys(c for element in elements for c in element.idle)
    typed = (o for o in answers.own_findings if applies.status[o.item] is not Status.APPLIES)
    idle |= dict.fromkeys(own.key for own in typed)
    for kind, chosen in (("level", answers.levels), ("ratio", answers.ratios)):
        absent = (i for i in scheme.items if i in chosen) if chosen else ()
        idle |= dict.fromkeys(
            f"{kind}:{i}" for i in absent if applies.status[i] is not Status.APPLIES
        )
    if idle:
        yield ResultWarning(WarningKind.IDLE_FINDING, tuple(idle))
    for group in scheme.charged_once:
        charged = tuple(c for c in group if answers.findings.get(c) and c not in idle)
        if len(charged) > 1:
            yield ResultWarning(WarningKind.CHARGED_TWICE, charged)
    once = [c for element in elements for c in element.once]
    if once:
        yield ResultWarning(WarningKind.COUNTED_ONCE, tuple(once))


def _left_out(
    scheme: Scheme, applies: Applicability, elements: Sequence[SectionResult]
) -> Iterator[ResultWarning]:
    """Much marked 不适用 by hand; absent elements that a province may ask for all the same."""
    if any(Status.MARKED in element.points for element in elements):
        marked = tuple(i for i, status in applies.status.items() if status is Status.MARKED)
        if excluded(elements).share >= _MUCH:
            yield ResultWarning(WarningKind.SHARE_LEFT_OUT, marked)
    if scheme.absent_allowed:
        absent = tuple(
            item_id
            for item_id, status in applies.status.items()
            if status in (Status.PRUNED, Status.MARKED)
            and item_id not in scheme.absent_allowed
            and not any(s.id in scheme.absent_allowed for s in scheme.path(item_id).sections)
        )
        if absent:
            yield ResultWarning(WarningKind.ABSENT_ELEMENT, absent)
