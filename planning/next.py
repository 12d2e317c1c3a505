"""What to ask next in a preview: the group of unreviewed items that can still move the range most.

A section that is too large for one question becomes one when some of its items were asked about by
themselves. What is asked first is therefore the beginning of a way: some groups of a section and
then the rest of it at once, measured by what all of that can move for each of its questions.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from planning.swing import swing
from schemes import Item
from scoring.engine import score
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
    """What is left to ask, widest swing first; result: the range, quick answers counting in it.

    first: what to ask now.
    """

    result: Result
    groups: tuple[Group, ...]
    first: Group | None


@dataclass(frozen=True, slots=True)
class _Way:
    """Questions that belong together; each: what they can move, for each of them."""

    first: Group
    each: Fraction


def quickly(result: Result) -> Result:
    """The result in which answers that were given quickly count as reviewed."""
    answers = result.answers
    if answers.reviewed == "all" or answers.quick <= answers.reviewed:
        return result
    quick = replace(answers, reviewed=answers.reviewed | answers.quick)
    return score(result.scheme, quick, result)


def preview(result: Result, unsure: Collection[str] = ()) -> Preview:
    """The groups of a result, of answers of which those given quickly count as reviewed.

    unsure: items that nobody can answer now; a group of only such is not asked first.
    """
    result = quickly(result)
    if result.low_exact is None:
        return Preview(result, (), None)
    groups = [
        Group(name, tuple(one.item.id for one in items), swing(result, items))
        for element in result.elements
        for name, items in _groups(result, element)
    ]
    groups.sort(key=lambda group: -group.swing)
    asked = [group for group in groups if not set(group.items) <= set(unsure)]
    ways = [_Way(group, group.swing) for group in asked]
    for element in result.elements:
        ways += _ways(result, element, asked)
    best = max(ways, key=lambda way: way.each, default=None)
    return Preview(result, tuple(groups), best.first if best else None)


def _groups(result: Result, section: SectionResult) -> Iterator[tuple[str, list[ItemResult]]]:
    """The unreviewed items of a section, all together where they may be, else of those below.

    In the order of the standard.
    """
    pending = _pending(section)
    if _is_one(result, pending):
        if pending:
            yield section.section.id, pending
        return
    for child in section.children:
        if isinstance(child, SectionResult):
            yield from _groups(result, child)
        elif child.pending:
            yield child.item.id, [child]


def _ways(result: Result, section: SectionResult, groups: Sequence[Group]) -> Iterator[_Way]:
    """The ways through sections that are not one question yet."""
    pending = _pending(section)
    if _is_one(result, pending):
        return
    rest = {one.item.id: one for one in pending}
    within = [group for group in groups if rest.keys() >= set(group.items)]
    # What keeps the others from being one question goes first, then what moves most.
    within.sort(
        key=lambda group: not any(_reaches(result, rest[name].item) for name in group.items)
    )
    for questions, group in enumerate(within, start=2):
        for name in group.items:
            del rest[name]
        if rest and _is_one(result, list(rest.values())):
            first = max(within[: questions - 1], key=lambda group: group.swing)
            yield _Way(first, swing(result, pending) / questions)
            break
    for child in section.children:
        if isinstance(child, SectionResult):
            yield from _ways(result, child, groups)


def _pending(section: SectionResult) -> list[ItemResult]:
    return [one for one in section.items if one.pending]


def _is_one(result: Result, pending: Sequence[ItemResult]) -> bool:
    """Whether items can be asked about together."""
    return len(pending) <= MOST_ITEMS and not any(_reaches(result, one.item) for one in pending)


def _reaches(result: Result, item: Item) -> bool:
    """Whether a finding on the item could forfeit more than the item itself."""
    return any(c.scope != "item" and result.applies.counts(item, c) for c in item.weighty)
