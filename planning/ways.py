"""What one item can come to: the sensible ways to put its findings right, worked out exactly.

A way is worth keeping when no other costs no more and leaves no more standing. So the solver only
has to choose one way for each item, and ties within an item are settled here.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from math import ceil, lcm
from typing import NamedTuple

from planning.fixable import Fixable
from schemes import Condition

Must = Callable[[Condition], bool]
"""Whether nothing of a condition may be left."""


class Way(NamedTuple):
    """So much of each finding of an item put right, and what then stands.

    fixed: places put right, in the order of the findings. charged: what the rest charges the
    item, also beyond its points; extra: what it charges the element. section, element: whether a
    veto of these stands. stands: whether anything does that takes points.
    """

    fixed: tuple[int, ...]
    cost: Fraction
    charged: Fraction
    extra: Fraction
    section: bool
    element: bool
    stands: bool

    def score(self, points: Fraction) -> Fraction:
        """What an item of so many points has left by itself."""
        return max(Fraction(0), points - self.charged)


_Scaled = tuple[int, int, int, bool, bool, bool, tuple[int, ...]]
"""A way in integers, in the order of comparison: cost, charged, extra, section, element, stands,
and the places put right with a minus, so that of equals the first does more earlier."""


def ways_of(found: Sequence[Fixable], share: Fraction, must: Must) -> list[Way]:
    """The sensible ways for the findings of one item, in the order of the standard.

    share: what a planned finding costs of the deduction. must: conditions that must go.
    In the order of how much is put right: the first finding first, then the next.
    """
    units = _Units(found, share)
    ways: list[_Scaled] = [_NONE]
    for group in _by_condition(found).values():
        one = units.group(group)
        steps = [one.left(fixed) for fixed in _choices(group, must)]
        ways = _sensible([_both(way, step) for way in ways for step in steps])
    return sorted(map(units.way, ways), key=lambda way: way.fixed)


def way_of(found: Sequence[Fixable], share: Fraction, fixed: Sequence[int]) -> Way:
    """What putting just so much of each finding right leaves."""
    units = _Units(found, share)
    way = _NONE
    place = 0
    for group in _by_condition(found).values():
        amounts = tuple(fixed[place : place + len(group)])
        way = _both(way, units.group(group).left(amounts))
        place += len(group)
    return units.way(way)


def standing(found: Sequence[Fixable], share: Fraction) -> dict[str, Way]:
    """What stands with nothing put right, by the condition, own finding, level or sample."""
    units = _Units(found, share)
    return {
        name: units.way(units.group(group).left((0,) * len(group)))
        for name, group in _by_condition(found).items()
    }


_NONE: _Scaled = (0, 0, 0, False, False, False, ())


def _both(one: _Scaled, other: _Scaled) -> _Scaled:
    return (
        one[0] + other[0],
        one[1] + other[1],
        one[2] + other[2],
        one[3] or other[3],
        one[4] or other[4],
        one[5] or other[5],
        one[6] + other[6],
    )


class _Units:
    """What makes costs and points of an item integers, exact and quicker to add."""

    def __init__(self, found: Sequence[Fixable], share: Fraction) -> None:
        self.share = share
        self.cost = lcm(*(one.effort.denominator for one in found))
        points = [each for one in found for each in _prices(one)]
        points += [each * share for each in points]
        points += [Fraction(one.condition.extra) for one in found if one.condition]
        self.points = lcm(*(value.denominator for value in points))

    def group(self, found: Sequence[Fixable]) -> "_Group":
        """The findings of one condition in these units."""
        first, points = found[0], self.points
        condition, most = first.condition, _cap(first)
        each = Fraction(0) if first.amounts else _each(first)
        return _Group(
            found,
            [int(one.effort * self.cost) for one in found],
            int(each * points),
            int(each * self.share * points),
            [int(amount * points) for amount in first.amounts],
            None if most is None else int(most * points),
            int(condition.extra * points) if condition else 0,
        )

    def way(self, scaled: _Scaled) -> Way:
        cost, charged, extra, *stands, fixed = scaled
        return Way(
            tuple(-places for places in fixed),
            Fraction(cost, self.cost),
            Fraction(charged, self.points),
            Fraction(extra, self.points),
            *stands,
        )


class _Group(NamedTuple):
    """The findings of one condition, in integers.

    efforts: of one place of each. each, planned: what a place costs, and one that is planned.
    amounts: what each place costs, where that was chosen. most: of all together; extra: beyond.
    """

    found: Sequence[Fixable]
    efforts: list[int]
    each: int
    planned: int
    amounts: list[int]
    most: int | None
    extra: int

    def left(self, fixed: tuple[int, ...]) -> _Scaled:
        """What stands when so much of it is put right; open ones go first."""
        first, full, part = self.found[0], 0, 0
        for one, done in zip(self.found, fixed, strict=True):
            full += max(0, one.firm - done)
            part += one.count - max(done, one.firm)
        if not _is_counted(first):
            full = min(full, 1)
            part = 0 if full else min(part, 1)
        if self.amounts:
            charged = sum(self.amounts[fixed[0] :])
        else:
            charged = self.each * full + self.planned * part
        if self.most is not None:
            charged = min(charged, self.most)
        condition = first.condition
        stands = bool(full or part)
        return (
            sum(effort * places for effort, places in zip(self.efforts, fixed, strict=True)),
            charged,
            self.extra if stands else 0,
            stands and condition is not None and condition.scope == "section",
            stands and condition is not None and condition.scope == "element",
            stands and (condition is not None or charged > 0),
            tuple(-places for places in fixed),
        )


def _by_condition(found: Sequence[Fixable]) -> dict[str, list[Fixable]]:
    """Findings of one condition, now and earlier, together: they follow each other."""
    groups: dict[str, list[Fixable]] = {}
    for one in found:
        groups.setdefault(one.condition.id if one.condition else one.key, []).append(one)
    return groups


def _choices(group: Sequence[Fixable], must: Must) -> list[tuple[int, ...]]:
    """Every amount of one condition that may be put right."""
    condition = group[0].condition
    gone = condition is not None and must(condition)
    choices: list[tuple[int, ...]] = [()]
    for one in group:
        amounts = [one.count] if gone else _amounts(one)
        amounts = [n for n in amounts if one.least <= n <= one.most] or [one.least]
        choices = [(*chosen, n) for chosen in choices for n in amounts]
    return choices


def _is_counted(one: Fixable) -> bool:
    return one.condition is None or one.condition.counted


def _each(one: Fixable) -> Fraction:
    """Points of one place, where all cost the same."""
    if one.own is not None:
        return Fraction(one.own.points)
    if one.level is not None:
        return Fraction(one.item.points - one.level.score)
    if one.ratio is not None:
        return Fraction(one.item.points) / one.ratio.inspected
    assert one.condition is not None
    return Fraction(one.item.points if one.condition.deduct is None else one.condition.deduct)


def _cap(one: Fixable) -> Fraction | None:
    """Most that all places cost together."""
    most = one.condition.at_most if one.condition else None
    return None if most is None else Fraction(most)


def _prices(one: Fixable) -> Iterator[Fraction]:
    """Everything that what is charged may be a sum of."""
    yield from map(Fraction, one.amounts) if one.amounts else (_each(one),)
    most = _cap(one)
    if most is not None:
        yield most


def _amounts(one: Fixable) -> Iterable[int]:
    """Amounts that make a difference: all or nothing where the places are not counted.

    Of thousands of places only those matter that bring what is left below the item's points.
    """
    if not _is_counted(one):
        return sorted({0, one.firm if one.firm < one.count else 0, one.count})
    most = _cap(one)
    points = Fraction(one.item.points)
    points = points if most is None else min(points, most)
    if one.amounts:
        left = [sum(one.amounts[n:]) for n in range(1, one.count)]
        return [0, *(n for n, rest in enumerate(left, 1) if rest < points), one.count]
    each = _each(one)
    if not each:
        return (0, one.count)
    enough = ceil(points / each)
    planned = one.count - one.firm
    return [0, *range(max(1, one.count - enough - planned), one.count + 1)]


def _sensible(ways: list[_Scaled]) -> list[_Scaled]:
    """Ways of which no other costs and leaves no more; of equals the one that does more earlier."""
    kept: list[_Scaled] = []
    least = None  # that any of them charges: below it a way is sensible for sure
    for way in sorted(ways):
        if least is not None and way[1] >= least and _is_covered(kept, way):
            continue
        least = way[1] if least is None else min(least, way[1])
        kept.append(way)
    return kept


def _is_covered(kept: list[_Scaled], way: _Scaled) -> bool:
    """Whether one that costs no more leaves no more of anything."""
    _, charged, extra, section, element, stands, _ = way
    return any(
        other[1] <= charged
        and other[2] <= extra
        and other[3] <= section
        and other[4] <= element
        and other[5] <= stands
        for other in reversed(kept)
    )
