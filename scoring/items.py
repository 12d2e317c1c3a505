"""What one item scores, and what is known of it before everything has been looked at."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from schemes import Item
from scoring.applicability import Status, visible_groups
from scoring.case import Case
from scoring.result import ItemResult, Loss, Rule


def score_item(case: Case, item: Item) -> ItemResult:
    """An item by itself: what stands above it may take more."""
    status = case.applies.status[item.id]
    if status is not Status.APPLIES:
        credited = item.na == "full_credit" and status is not Status.NOT_CHOSEN
        marks = case.exact(item.points) if credited else case.zero
        return ItemResult(item, status, marks, marks, marks, marks, False, (), ())
    points = case.exact(item.points)
    if item.id not in case.answered and not item.groups:  # many, as every score has all items
        reviewed = item.id not in case.applies.unsettled and case.answers.is_reviewed(item.id)
        low = points if reviewed else case.zero
        return ItemResult(item, status, points, points, low, points, reviewed, (), ())
    losses, left = _losses(case, item, points, certain=False)
    groups = tuple(_groups(case, item)) if item.groups else ()
    if _is_reviewed(case, item, groups):
        return ItemResult(item, status, points, left, left, left, True, losses, groups)
    high = _losses(case, item, points, certain=True)[1] if losses else points
    return ItemResult(item, status, points, left, case.zero, high, False, losses, groups)


def _is_reviewed(case: Case, item: Item, groups: Sequence[tuple[str, bool]]) -> bool:
    """Whether all of the item has been looked at and everything found earlier decided on.

    Nor may it, or a finding on it, hang on a question that is not answered.
    """
    if item.id in case.applies.unsettled:
        return False
    found = case.found(item)
    for finding in found:
        if not case.applies.settled(item, finding.condition):
            return False
    earlier = _found_earlier(case, item)
    for condition_id in earlier:
        if case.answers.earlier[condition_id].undecided:
            return False
    if case.chose(item):
        return True
    if groups:
        return all(reviewed for _, reviewed in groups)
    made = earlier or found or case.typed(item) or case.added(item)
    return bool(made) or case.answers.is_reviewed(item.id)


def _found_earlier(case: Case, item: Item) -> list[str]:
    if not case.answers.earlier:
        return []
    return [
        c.id
        for c in item.conditions
        if c.id in case.answers.earlier and case.applies.counts(item, c)
    ]


def _groups(case: Case, item: Item) -> Iterator[tuple[str, bool]]:
    """Each group of checks that applies, and whether it has a mark or a finding of its own."""
    of_check: dict[str | None, str | None] = {check.id: check.group for check in item.checks}
    made = [finding.condition for finding in case.found(item)]
    made += [case.scheme.conditions[c][1] for c in _found_earlier(case, item)]
    seen = {of_check.get(condition.check) for condition in made}
    whole = case.chose(item)
    for group in visible_groups(item, case.applies.choices):
        seen_here = whole or group.id in seen or case.answers.is_reviewed(item.id, group.id)
        yield group.id, seen_here


def _losses(
    case: Case, item: Item, points: Decimal, *, certain: bool
) -> tuple[tuple[Loss, ...], Decimal]:
    """Forfeits take everything; otherwise deductions add up, never below 0; own findings last.

    points: full marks. certain: only what stays, whatever is decided and answered.
    Returns: what was lost, and the points that are left.
    """
    found = case.stands(item) if certain else case.found(item)
    beside = item.id in case.beside and not (certain and item.id in case.applies.unsettled)
    if not found and not beside:  # most items, and this runs for every item of every score
        return (), points
    left, losses = points, []
    if len(found) > 1:
        found = sorted(found, key=lambda finding: not finding.condition.forfeit)
    again = case.scheme.reassessment
    share = again.planned if again else _NOTHING
    for finding in found:
        condition = finding.condition
        charged = case.exact(finding.charged(item.points, share))
        rule = Rule.FORFEIT if condition.forfeit else Rule.DEDUCT
        taken = min(left, charged)
        count = finding.times + finding.planned
        losses.append(Loss(rule, item, condition, count, charged, taken, finding.planned))
        left -= taken
    for rule, count, charged, source in _beside_conditions(case, item) if beside else ():
        taken = min(left, charged)
        losses.append(Loss(rule, item, None, count, charged, taken, **source))
        left -= taken
    return tuple(losses), left


_NOTHING = Decimal(0)


def _beside_conditions(
    case: Case, item: Item
) -> Iterator[tuple[Rule, int, Decimal, dict[str, Any]]]:
    """What costs without a condition: rule, count, points, and what was answered."""
    level, ratio = case.level(item), case.ratio(item)
    if level is not None and level.score < item.points:
        yield Rule.LEVEL, 1, case.exact(item.points - level.score), {"level": level}
    if ratio is not None and ratio.failed:
        lost = case.exact(item.points) * ratio.failed / ratio.inspected
        yield Rule.RATIO, ratio.failed, lost, {"ratio": ratio}
    for own in case.typed(item):
        yield Rule.OWN, own.count, case.exact(own.points * own.count), {"own": own}
