"""How far the answers about some unreviewed items can still move the range of the total.

They are tried all clean and all wrong; only their element is scored again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil

from schemes import Condition, Item
from scoring.answers import Answers
from scoring.choices import Ratio
from scoring.engine import exact_totals
from scoring.result import ItemResult, Result


def swing(result: Result, items: Sequence[ItemResult]) -> Fraction:
    """What items of one element can move the range from now, in the total's unit.

    What the lowest total rises if nothing is wrong with them, and the highest falls if everything
    is.
    """
    assert result.low_exact is not None
    assert result.high_exact is not None
    element_id = result.scheme.path(items[0].item.id).sections[0].id
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
