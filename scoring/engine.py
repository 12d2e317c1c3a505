"""The scoring rules of the design, one function each."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from schemes import Condition, Item, Scheme, Section
from scoring.answers import Answers
from scoring.applicability import Applicability, Status, applicability, visible_groups
from scoring.grades import Reached, grades
from scoring.result import GradeResult, ItemResult, Loss, Result, Rule, SectionResult
from scoring.totals import Bound, total
from scoring.warnings import warnings
from scoring.wishes import OwnFinding

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Finding:
    """A finding that counts.

    planned: found earlier and planned, so that it costs a part.
    """

    condition: Condition
    count: int
    planned: int


_Findings = dict[str, list[_Finding]]
"""Findings that count, by item id, in the order of the standard."""


@dataclass(frozen=True, slots=True)
class _Case:
    """What is scored."""

    scheme: Scheme
    answers: Answers
    applies: Applicability
    findings: _Findings
    standing: _Findings
    own: Mapping[str, Sequence[OwnFinding]]

    def found(self, item: Item) -> Sequence[_Finding]:
        """The findings on an item that count."""
        return self.findings.get(item.id, ())

    def stands(self, item: Item) -> Sequence[_Finding]:
        """What stays of them, whatever is decided and answered."""
        return self.standing.get(item.id, ())

    def typed(self, item: Item) -> Sequence[OwnFinding]:
        """The user's own findings on an item that count."""
        return self.own.get(item.id, ())

    def typed_stand(self, item: Item) -> Sequence[OwnFinding]:
        """Those of them that stay, whatever is answered."""
        return () if item.id in self.applies.unsettled else self.typed(item)

    def charges(self, item: Item) -> bool:
        """Whether a finding of any kind was made on an item that takes points."""
        return bool(self.found(item)) or any(own.points for own in self.typed(item))

    def surely_charges(self, item: Item) -> bool:
        """Whether one stays, whatever is decided and answered."""
        return bool(self.stands(item)) or any(own.points for own in self.typed_stand(item))


def score(scheme: Scheme, answers: Answers) -> Result:
    """Score an assessment. Pure, and total over answers that fit the scheme.

    Source: the rules of each standard as written in its `scheme.yaml`; 001 三（五）
    for `hazchem`, 002 考评说明 4–7 for `condiment`.
    """
    applies = applicability(scheme, answers)
    made = answers.findings.keys() | answers.earlier.keys()
    case = _case(scheme, answers, applies, sorted(made, key=scheme.position.__getitem__))
    elements = tuple(_element(case, element) for element in scheme.elements)
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


def _again(result: Result, answers: Answers, element_id: str) -> tuple[_Case, list[SectionResult]]:
    """The elements with one of them scored again."""
    scheme, applies = result.scheme, result.applies
    elements = list(result.elements)
    place = next(i for i, one in enumerate(elements) if one.section.id == element_id)
    section = elements[place].section
    within = [condition.id for item in section.items for condition in item.conditions]
    made = [c for c in within if c in answers.findings or c in answers.earlier]
    case = _case(scheme, answers, applies, made)
    elements[place] = _element(case, section)
    return case, elements


def _totals(case: _Case, elements: Sequence[SectionResult]) -> Reached:
    as_answered, worst, best = (total(case.scheme, elements, bound) for bound in Bound)
    return as_answered, worst, best


def _case(scheme: Scheme, answers: Answers, applies: Applicability, made: Sequence[str]) -> _Case:
    """What is scored; findings on what does not apply are kept but count for nothing.

    made: ids of the conditions found, now or earlier, in the order of the standard.
    """
    found: _Findings = defaultdict(list)
    standing: _Findings = defaultdict(list)
    for condition_id in made:
        item, condition = scheme.conditions[condition_id]
        if applies.counts(item, condition):
            all_of_it, stays = _findings(answers, condition)
            if all_of_it.count or all_of_it.planned:
                found[item.id].append(all_of_it)
            if (stays.count or stays.planned) and applies.settled(item, condition):
                standing[item.id].append(stays)
    own: dict[str, list[OwnFinding]] = defaultdict(list)
    for typed in answers.own_findings:
        if applies.status[typed.item] is Status.APPLIES:
            own[typed.item].append(typed)
    return _Case(scheme, answers, applies, found, standing, own)


def _findings(answers: Answers, condition: Condition) -> tuple[_Finding, _Finding]:
    """What was found now or was found earlier and is still there; and what of it is certain.

    What was found earlier and nobody has decided on may turn out to be rectified.
    """
    count = answers.findings.get(condition.id, 0)
    earlier = answers.earlier.get(condition.id)
    if not earlier:
        finding = _finding(condition, count, 0)
        return finding, finding
    count += earlier.open
    return (
        _finding(condition, count + earlier.undecided, earlier.planned),
        _finding(condition, count, earlier.planned),
    )


def _finding(condition: Condition, count: int, planned: int) -> _Finding:
    """Uncounted ones count once."""
    if not condition.per:
        count = min(count, 1)
        planned = 0 if count else min(planned, 1)
    return _Finding(condition, count, planned)


def _element(case: _Case, element: Section) -> SectionResult:
    """Sum of the items, less the extras, or nothing after an A-level veto."""
    result = _section(case, element)
    found = [one for one in result.items if case.charges(one.item)]
    threats = [one for one in result.items if one.pending and one.item.reaches_beyond]
    if not found and not threats:
        return result
    losses: list[Loss] = []
    left = result.score
    for rule, item, condition, charged in _element_charges(case, found):
        if charged is None:
            charged = left
        taken = min(left, charged)
        losses.append(Loss(rule, item, condition, 1, charged, taken))
        left -= taken
    extra = sum((loss.charged for loss in losses if loss.rule in _EXTRAS), _ZERO)
    low = max(_ZERO, result.low - _worst_extras(case, found, threats))
    high = max(_ZERO, result.high - _sure_extras(case, found))
    vetoed = any(loss.rule is Rule.ELEMENT_FORFEIT for loss in losses)
    if vetoed or any(_threat(case, one.item, "element") for one in threats):
        low = _ZERO
    if vetoed and any(f.condition.scope == "element" for i in found for f in case.stands(i.item)):
        high = _ZERO
    return replace(result, score=left, low=low, high=high, extra=extra, losses=tuple(losses))


_EXTRAS = (Rule.EXTRA, Rule.EXHAUSTED_EXTRA)


def _element_charges(
    case: _Case, found: Sequence[ItemResult]
) -> Iterator[tuple[Rule, Item, Condition | None, Decimal | None]]:
    """What the element as a whole is charged; None stands for all that is left."""
    for one in found:
        item = one.item
        for finding in case.found(item):
            if finding.condition.extra:
                yield Rule.EXTRA, item, finding.condition, finding.condition.extra
        if item.exhausted_extra and one.score == 0:
            yield Rule.EXHAUSTED_EXTRA, item, None, item.exhausted_extra
    for one in found:
        for finding in case.found(one.item):
            if finding.condition.scope == "element":
                yield Rule.ELEMENT_FORFEIT, one.item, finding.condition, None


def _worst_extras(
    case: _Case, found: Sequence[ItemResult], threats: Sequence[ItemResult]
) -> Decimal:
    """The extras of the findings and those that unreviewed items may still bring."""
    worst = _ZERO
    for one in threats:
        worst += one.item.exhausted_extra
        for condition in one.item.weighty:
            if condition.extra and case.applies.counts(one.item, condition):
                worst += condition.extra
    for one in found:
        if not one.pending:
            worst += sum((finding.condition.extra for finding in case.found(one.item)), _ZERO)
            worst += one.item.exhausted_extra if one.low == 0 else _ZERO
    return worst


def _sure_extras(case: _Case, found: Sequence[ItemResult]) -> Decimal:
    """The extras that stay, whatever unreviewed items turn out to be."""
    sure = _ZERO
    for one in found:
        standing = case.stands(one.item)
        sure += sum((finding.condition.extra for finding in standing), _ZERO)
        if one.high == 0 and case.surely_charges(one.item):
            sure += one.item.exhausted_extra
    return sure


def _threat(case: _Case, item: Item, scope: str) -> bool:
    """Whether a condition of the item could forfeit as much as `scope` says."""
    return any(c.scope == scope and case.applies.counts(item, c) for c in item.weighty)


def _section(case: _Case, section: Section) -> SectionResult:
    children = tuple(
        _section(case, child) if isinstance(child, Section) else _item(case, child)
        for child in section.children
    )
    own = [c for c in children if isinstance(c, ItemResult)] if section.has_veto else []
    veto = _section_veto(case, own)
    if veto:
        children = tuple(
            _forfeited(child, *veto) if isinstance(child, ItemResult) else child
            for child in children
        )
    elif any(one.pending and _threat(case, one.item, "section") for one in own):
        children = tuple(
            replace(child, low=_ZERO)
            if isinstance(child, ItemResult) and child.applicable
            else child
            for child in children
        )
    items: list[ItemResult] = []
    full = score = low = high = _ZERO
    for child in children:
        full += child.full
        score += child.score
        low += child.low
        high += child.high
        items.extend(child.items if isinstance(child, SectionResult) else (child,))
    return SectionResult(section, full, score, low, high, _ZERO, (), children, tuple(items))


def _section_veto(case: _Case, own: Sequence[ItemResult]) -> tuple[Item, Condition, bool] | None:
    """The finding that forfeits the section, and whether it stays; one that does comes first."""
    vetoes = [
        (one.item, finding.condition, finding in case.stands(one.item))
        for one in own
        for finding in case.found(one.item)
        if finding.condition.scope == "section"
    ]
    return next((veto for veto in vetoes if veto[2]), vetoes[0] if vetoes else None)


def _forfeited(result: ItemResult, item: Item, condition: Condition, stays: bool) -> ItemResult:
    """The item after a section veto; what it had left is lost to that rule."""
    if not result.applicable:
        return result
    losses = result.losses
    if result.score:
        lost = Loss(Rule.SECTION_FORFEIT, item, condition, 1, result.score, result.score)
        losses = (*losses, lost)
    high = _ZERO if stays else result.high
    return replace(result, score=_ZERO, low=_ZERO, high=high, losses=losses)


def _item(case: _Case, item: Item) -> ItemResult:
    status = case.applies.status[item.id]
    if status is not Status.APPLIES:
        credited = item.na == "full_credit" and status is not Status.NOT_CHOSEN
        marks = item.points if credited else _ZERO
        return ItemResult(item, status, marks, marks, marks, marks, False, (), ())
    made = case.found(item)
    share = case.scheme.reassessment.planned if case.scheme.reassessment else _ZERO
    losses = tuple(_item_losses(item, made, case.typed(item), share))
    left = item.points - sum((loss.taken for loss in losses), _ZERO)
    groups = tuple(_groups(case, item))
    if _is_reviewed(case, item, groups):
        return ItemResult(item, status, item.points, left, left, left, True, losses, groups)
    certain = _item_losses(item, case.stands(item), case.typed_stand(item), share)
    high = item.points - sum((loss.taken for loss in certain), _ZERO)
    return ItemResult(item, status, item.points, left, _ZERO, high, False, losses, groups)


def _is_reviewed(case: _Case, item: Item, groups: Sequence[tuple[str, bool]]) -> bool:
    """Whether all of the item has been looked at and everything found earlier decided on.

    Nor may it, or a finding on it, hang on a question that is not answered.
    """
    if item.id in case.applies.unsettled:
        return False
    if not all(case.applies.settled(item, f.condition) for f in case.found(item)):
        return False
    earlier = [case.answers.earlier[c] for c in _found_earlier(case, item)]
    if any(one.undecided for one in earlier):
        return False
    if groups:
        return all(reviewed for _, reviewed in groups)
    made = earlier or case.found(item) or case.typed(item)
    return bool(made) or case.answers.is_reviewed(item.id)


def _found_earlier(case: _Case, item: Item) -> list[str]:
    if not case.answers.earlier:
        return []
    return [
        c.id
        for c in item.conditions
        if c.id in case.answers.earlier and case.applies.counts(item, c)
    ]


def _groups(case: _Case, item: Item) -> Iterator[tuple[str, bool]]:
    """Each group of checks that applies, and whether it has a mark or a finding of its own."""
    if not item.groups:
        return
    of_check: dict[str | None, str | None] = {check.id: check.group for check in item.checks}
    made = [finding.condition for finding in case.found(item)]
    made += [case.scheme.conditions[c][1] for c in _found_earlier(case, item)]
    seen = {of_check.get(condition.check) for condition in made}
    for group in visible_groups(item, case.applies.choices):
        yield group.id, group.id in seen or case.answers.is_reviewed(item.id, group.id)


def _item_losses(
    item: Item, made: Sequence[_Finding], typed: Sequence[OwnFinding], share: Decimal
) -> Iterator[Loss]:
    """Forfeits take everything; otherwise deductions add up, never below 0; own findings last.

    share: of the deduction that a planned finding costs. Source: 003, 4.3.2.
    """
    left = item.points
    for finding in sorted(made, key=lambda finding: not finding.condition.forfeit):
        condition = finding.condition
        each = item.points if condition.deduct is None else condition.deduct
        charged = each * (finding.count + finding.planned * share)
        rule = Rule.FORFEIT if condition.forfeit else Rule.DEDUCT
        taken = min(left, charged)
        yield Loss(
            rule, item, condition, finding.count + finding.planned, charged, taken, finding.planned
        )
        left -= taken
    for own in typed:
        charged = own.points * own.count
        taken = min(left, charged)
        yield Loss(Rule.OWN, item, None, own.count, charged, taken, own=own)
        left -= taken
