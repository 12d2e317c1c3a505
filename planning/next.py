"""What to ask next in a preview: the group of unreviewed items that can still move the range most.

Each group is tried alone from now, all clean and all wrong; only its element is scored again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from schemes import Condition, Item
from scoring.answers import Answers
from scoring.choices import Ratio
from scoring.engine import exact_totals, score
from scoring.result import ItemResult, Result, SectionResult

MOST_ITEMS = 6
"""Unreviewed items that one question may be about."""


@dataclass(frozen=True, slots=True)
class Group:
    """Items that are asked about together, under the id of their section, or one by itself.

    swing: what the lowest total rises if nothing is wrong with them, and what the highest falls
    if everything is; in the total's unit.
    """

    id: str
    items: tuple[str, ...]
    swing: Fraction


@dataclass(frozen=True, slots=True)
class Preview:
    """What is left to ask, widest swing first; result: the range, quick answers counting in it."""

    result: Result
    groups: tuple[Group, ...]


def quickly(result: Result) -> Result:
    """The result in which answers that were given quickly count as reviewed."""
    answers = result.answers
    if answers.reviewed == "all" or answers.quick <= answers.reviewed:
        return result
    quick = replace(answers, reviewed=answers.reviewed | answers.quick)
    return score(result.scheme, quick, result)


def preview(result: Result) -> Preview:
    """The groups of a result, of answers of which those given quickly count as reviewed."""
    result = quickly(result)
    if result.low_exact is None:
        return Preview(result, ())
    groups = [
        Group(name, tuple(one.item.id for one in items), _swing(result, element, items))
        for element in result.elements
        for name, items in _groups(result, element)
    ]
    return Preview(result, tuple(sorted(groups, key=lambda group: -group.swing)))


def _groups(result: Result, section: SectionResult) -> Iterator[tuple[str, list[ItemResult]]]:
    """The unreviewed items of a section, all together where they may be, else of those below.

    In the order of the standard.
    """
    pending = [one for one in section.items if one.pending]
    if len(pending) <= MOST_ITEMS and not any(_reaches(result, one.item) for one in pending):
        if pending:
            yield section.section.id, pending
        return
    for child in section.children:
        if isinstance(child, SectionResult):
            yield from _groups(result, child)
        elif child.pending:
            yield child.item.id, [child]


def _reaches(result: Result, item: Item) -> bool:
    """Whether a finding on the item could forfeit more than the item itself."""
    return any(c.scope != "item" and result.applies.counts(item, c) for c in item.weighty)


def _swing(result: Result, element: SectionResult, items: Sequence[ItemResult]) -> Fraction:
    assert result.low_exact is not None
    assert result.high_exact is not None
    element_id = element.section.id
    _, low, _ = exact_totals(result, _clean(result.answers, items), element_id)
    _, _, high = exact_totals(result, _wrong(result, items), element_id)
    return low - result.low_exact + result.high_exact - high


def _clean(answers: Answers, items: Sequence[ItemResult]) -> Answers:
    """Nothing is wrong with the items; what was found earlier and not decided on is rectified."""
    reviewed = answers.reviewed
    if reviewed != "all":
        reviewed |= {one.item.id for one in items}
    earlier = dict(answers.earlier)
    for condition in _conditions(items):
        if condition.id in earlier:
            kept = earlier[condition.id]
            earlier[condition.id] = replace(kept, rectified=kept.rectified + kept.undecided)
    return replace(answers, reviewed=reviewed, earlier=earlier)


def _wrong(result: Result, items: Sequence[ItemResult]) -> Answers:
    """Everything is wrong with them: every condition is found, so often that nothing is left.

    What was found earlier and is not decided on can take no more than that.
    """
    answers = result.answers
    findings = dict(answers.findings)
    amounts, levels, ratios = dict(answers.amounts), dict(answers.levels), dict(answers.ratios)
    for one in items:
        for condition in one.item.conditions:
            if condition.add is not None or not result.applies.counts(one.item, condition):
                continue
            often = max(findings.get(condition.id, 0), _often(one.item, condition))
            findings[condition.id] = often
            if condition.amount is not None:
                amounts[condition.id] = (condition.amount.most,) * often
        if one.item.levels:
            levels[one.item.id] = one.item.worst_level.id
        if one.item.ratio:
            ratios[one.item.id] = Ratio(1, 1)
    return replace(answers, findings=findings, amounts=amounts, levels=levels, ratios=ratios)


def _conditions(items: Sequence[ItemResult]) -> Iterator[Condition]:
    for one in items:
        yield from one.item.conditions


def _often(item: Item, condition: Condition) -> int:
    each = condition.amount.most if condition.amount else condition.deduct
    if each is None or not condition.counted:
        return 1
    return max(1, ceil(item.points / each))
