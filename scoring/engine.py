"""The scoring rules of the design, one function each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from schemes import Condition, Item, Scheme, Section
from scoring.answers import Answers
from scoring.applicability import Status, statuses
from scoring.grades import grades, warnings
from scoring.result import ItemResult, Loss, Result, Rule, SectionResult
from scoring.totals import total

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Finding:
    """A finding that counts. planned: found earlier and planned, so that it costs a part."""

    condition: Condition
    count: int
    planned: int


_Findings = dict[str, list[_Finding]]
"""Findings that count, by item id, in the order of the standard."""


def score(scheme: Scheme, answers: Answers) -> Result:
    """Score an assessment. Pure, and total over answers that fit the scheme.

    Source: the rules of each standard as written in its `scheme.yaml`; 001 三（五）
    for `hazchem`, 002 考评说明 4–7 for `condiment`.
    """
    status = statuses(scheme, answers)
    findings = _effective(scheme, answers, status)
    elements = tuple(
        _element(scheme, element, answers, status, findings) for element in scheme.elements
    )
    return _result(scheme, answers, status, elements)


def rescore(result: Result, answers: Answers, element_id: str) -> Result:
    """The result of answers that differ from `result.answers` in findings of one element only.

    Only that element is scored again. Findings, earlier ones and marks 已核查 may differ, facets
    and marks 不适用 may not.
    """
    status = {item_id: item.status for item_id, item in result.items.items()}
    scheme = result.scheme
    findings = _effective(scheme, answers, status)
    elements = tuple(
        _element(scheme, element.section, answers, status, findings)
        if element.section.id == element_id
        else element
        for element in result.elements
    )
    return _result(scheme, answers, status, elements)


def _result(
    scheme: Scheme,
    answers: Answers,
    status: dict[str, Status],
    elements: tuple[SectionResult, ...],
) -> Result:
    reached, low = (total(scheme, elements, low=low) for low in (False, True))
    return Result(
        scheme=scheme,
        answers=answers,
        elements=elements,
        total_exact=reached.exact,
        total=reached.rounded,
        low=low.rounded,
        # An item without a finding is unreviewed or flawless: either way it stands at full.
        high=reached.rounded,
        grades=grades(scheme, answers, elements, reached, low),
        warnings=tuple(warnings(scheme, answers, status, elements)),
    )


def _effective(scheme: Scheme, answers: Answers, status: dict[str, Status]) -> _Findings:
    """Findings on items and conditions that apply; the others are kept but count for nothing."""
    found: _Findings = defaultdict(list)
    made = answers.findings.keys() | answers.earlier.keys()
    for condition_id in sorted(made, key=scheme.position.__getitem__):
        item, condition = scheme.conditions[condition_id]
        if status[item.id] is Status.APPLIES and condition.applies_when.met(answers.facets):
            finding = _finding(answers, condition)
            if finding.count or finding.planned:
                found[item.id].append(finding)
    return found


def _finding(answers: Answers, condition: Condition) -> _Finding:
    """What was found now or was found earlier and is still there; uncounted ones count once."""
    count = answers.findings.get(condition.id, 0)
    planned = 0
    earlier = answers.earlier.get(condition.id)
    if earlier:
        count += earlier.open
        planned = earlier.planned
    if not condition.per:
        count = min(count, 1)
        planned = 0 if count else min(planned, 1)
    return _Finding(condition, count, planned)


def _element(
    scheme: Scheme,
    element: Section,
    answers: Answers,
    status: dict[str, Status],
    findings: _Findings,
) -> SectionResult:
    """Sum of the items, less the extras, or nothing after an A-level veto."""
    result = _section(scheme, element, answers, status, findings)
    losses: list[Loss] = []
    left = result.score
    for rule, item, condition, charged in _element_charges(result, findings):
        if charged is None:
            charged = left
        taken = min(left, charged)
        losses.append(Loss(rule, item, condition, 1, charged, taken))
        left -= taken
    extra = sum((loss.charged for loss in losses if loss.rule in _EXTRAS), _ZERO)
    vetoed = any(loss.rule is Rule.ELEMENT_FORFEIT for loss in losses)
    low = _ZERO if vetoed else max(_ZERO, result.low - extra)
    return replace(result, score=left, low=low, extra=extra, losses=tuple(losses))


_EXTRAS = (Rule.EXTRA, Rule.EXHAUSTED_EXTRA)


def _element_charges(
    result: SectionResult, findings: _Findings
) -> Iterator[tuple[Rule, Item, Condition | None, Decimal | None]]:
    """What the element as a whole is charged; None stands for all that is left."""
    for item_result in result.items:
        item = item_result.item
        made = findings.get(item.id)
        if not made:
            continue
        for finding in made:
            if finding.condition.extra:
                yield Rule.EXTRA, item, finding.condition, finding.condition.extra
        if item.exhausted_extra and item_result.score == 0:
            yield Rule.EXHAUSTED_EXTRA, item, None, item.exhausted_extra
    for item_result in result.items:
        for finding in findings.get(item_result.item.id, ()):
            if finding.condition.scope == "element":
                yield Rule.ELEMENT_FORFEIT, item_result.item, finding.condition, None


def _section(
    scheme: Scheme,
    section: Section,
    answers: Answers,
    status: dict[str, Status],
    findings: _Findings,
) -> SectionResult:
    children = tuple(
        _section(scheme, child, answers, status, findings)
        if isinstance(child, Section)
        else _item(scheme, child, answers, status[child.id], findings.get(child.id, ()))
        for child in section.children
    )
    veto = _section_veto(section, findings)
    if veto:
        children = tuple(
            _forfeited(child, *veto) if isinstance(child, ItemResult) else child
            for child in children
        )
    items: list[ItemResult] = []
    full = score = low = _ZERO
    for child in children:
        full += child.full
        score += child.score
        low += child.low
        items.extend(child.items if isinstance(child, SectionResult) else (child,))
    return SectionResult(section, full, score, low, _ZERO, (), children, tuple(items))


def _section_veto(section: Section, findings: _Findings) -> tuple[Item, Condition] | None:
    for child in section.children:
        if isinstance(child, Item):
            for finding in findings.get(child.id, ()):
                if finding.condition.scope == "section":
                    return child, finding.condition
    return None


def _forfeited(result: ItemResult, item: Item, condition: Condition) -> ItemResult:
    """The item after a section veto; what it had left is lost to that rule."""
    if not result.applicable or result.score == 0:
        return result
    loss = Loss(Rule.SECTION_FORFEIT, item, condition, 1, result.score, result.score)
    return replace(result, score=_ZERO, low=_ZERO, losses=(*result.losses, loss))


def _item(
    scheme: Scheme, item: Item, answers: Answers, status: Status, made: Sequence[_Finding]
) -> ItemResult:
    if status is not Status.APPLIES:
        credited = item.na == "full_credit" and status is not Status.NOT_CHOSEN
        marks = item.points if credited else _ZERO
        return ItemResult(item, status, marks, marks, marks, False, ())
    if not made:
        reviewed = answers.is_reviewed(item.id) or _rectified(item, answers)
        low = item.points if reviewed else _ZERO
        return ItemResult(item, status, item.points, item.points, low, reviewed, ())
    share = scheme.reassessment.planned if scheme.reassessment else _ZERO
    losses = tuple(_item_losses(item, made, share))
    left = item.points - sum((loss.taken for loss in losses), _ZERO)
    return ItemResult(item, status, item.points, left, left, True, losses)


def _rectified(item: Item, answers: Answers) -> bool:
    """Whether the user said of an earlier finding on the item that it is rectified."""
    return bool(answers.earlier) and any(
        answers.earlier[c.id].rectified for c in item.conditions if c.id in answers.earlier
    )


def _item_losses(item: Item, made: Sequence[_Finding], share: Decimal) -> Iterator[Loss]:
    """Forfeits take everything; otherwise deductions add up, never below 0.

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
