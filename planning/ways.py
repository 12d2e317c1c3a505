"""What one item can come to: the sensible ways to put its findings right, worked out exactly.

A way is worth keeping when no other costs no more and leaves no more standing. So the solver only
has to choose one way for each item, and ties within an item are settled here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from planning.fixable import Fixable


@dataclass(frozen=True, slots=True)
class Way:
    """So much of each finding of an item put right, and what then stands.

    fixed: places put right, in the order of the findings. charged: what the rest charges the
    item, also beyond its points; extra: what it charges the element. section, element: whether a
    veto of these stands. stands: whether anything does that takes points.
    """

    fixed: tuple[int, ...] = ()
    cost: Fraction = Fraction(0)
    charged: Fraction = Fraction(0)
    extra: Fraction = Fraction(0)
    section: bool = False
    element: bool = False
    stands: bool = False

    def score(self, points: Fraction) -> Fraction:
        """What an item of so many points has left by itself."""
        return max(Fraction(0), points - self.charged)

    def _and(self, other: "Way") -> "Way":
        return Way(
            self.fixed + other.fixed,
            self.cost + other.cost,
            self.charged + other.charged,
            self.extra + other.extra,
            self.section or other.section,
            self.element or other.element,
            self.stands or other.stands,
        )


def ways_of(found: Sequence[Fixable], share: Fraction, *, majors: bool) -> list[Way]:
    """The sensible ways for the findings of one item, in the order of the standard.

    share: what a planned finding costs of the deduction. majors: whether a major hazard must go.
    In the order of how much is put right: the first finding first, then the next.
    """
    ways = [Way()]
    for group in _by_condition(found):
        steps = list(_steps(group, share, majors=majors))
        ways = _sensible(way._and(step) for way in ways for step in steps)
    return sorted(ways, key=lambda way: way.fixed)


def way_of(found: Sequence[Fixable], share: Fraction, fixed: Sequence[int]) -> Way:
    """What putting just so much of each finding right leaves."""
    way = Way()
    place = 0
    for group in _by_condition(found):
        way = way._and(_step(group, share, tuple(fixed[place : place + len(group)])))
        place += len(group)
    return way


def _by_condition(found: Sequence[Fixable]) -> Iterable[list[Fixable]]:
    """Findings of one condition, now and earlier, together: they follow each other."""
    groups: dict[str, list[Fixable]] = {}
    for one in found:
        groups.setdefault(one.condition.id if one.condition else one.key, []).append(one)
    return groups.values()


def _steps(group: Sequence[Fixable], share: Fraction, *, majors: bool) -> Iterator[Way]:
    """Every amount of one condition that may be put right."""
    condition = group[0].condition
    gone = majors and condition is not None and condition.major
    choices: list[tuple[int, ...]] = [()]
    for one in group:
        amounts = [one.count] if gone else _amounts(one)
        amounts = [n for n in amounts if one.least <= n <= one.most] or [one.least]
        choices = [(*chosen, n) for chosen in choices for n in amounts]
    for fixed in choices:
        yield _step(group, share, fixed)


def _is_counted(one: Fixable) -> bool:
    return one.condition is None or one.condition.per is not None


def _each(one: Fixable) -> Fraction:
    """Points of one place."""
    if one.own is not None:
        return Fraction(one.own.points)
    assert one.condition is not None
    return Fraction(one.item.points if one.condition.deduct is None else one.condition.deduct)


def _amounts(one: Fixable) -> Iterable[int]:
    """Amounts that make a difference: all or nothing where the places are not counted.

    Of thousands of places only those matter that bring what is left below the item's points.
    """
    if not _is_counted(one):
        return sorted({0, one.firm if one.firm < one.count else 0, one.count})
    each = _each(one)
    if not each:
        return (0, one.count)
    enough = ceil(Fraction(one.item.points) / each)
    planned = one.count - one.firm
    return [0, *range(max(1, one.count - enough - planned), one.count + 1)]


def _step(group: Sequence[Fixable], share: Fraction, fixed: tuple[int, ...]) -> Way:
    """What stands of one condition when so much of it is put right; open ones go first."""
    full = part = 0
    for one, done in zip(group, fixed, strict=True):
        full += max(0, one.firm - done)
        part += one.count - max(done, one.firm)
    first = group[0]
    if not _is_counted(first):
        full = min(full, 1)
        part = 0 if full else min(part, 1)
    charged = _each(first) * (full + share * part)
    condition = first.condition
    stands = bool(full or part)
    return Way(
        fixed,
        sum((one.effort * n for one, n in zip(group, fixed, strict=True)), Fraction(0)),
        charged,
        Fraction(condition.extra) if condition and stands else Fraction(0),
        stands and condition is not None and condition.scope == "section",
        stands and condition is not None and condition.scope == "element",
        stands and (condition is not None or charged > 0),
    )


def _sensible(ways: Iterable[Way]) -> list[Way]:
    """Ways of which no other costs and leaves no more; of equals the one that does more earlier."""
    found = sorted(
        ways,
        key=lambda w: (w.cost, w.charged, w.extra, w.section, w.element, w.stands, _last(w)),
    )
    kept: list[Way] = []
    plain: Fraction | None = None
    for way in found:
        if not (way.section or way.element or way.extra):
            # Costs rise, so against a plain way only what it charges has to be looked at.
            if plain is not None and plain <= way.charged and _covered(kept, way):
                continue
            plain = way.charged if plain is None else min(plain, way.charged)
        elif _covered(kept, way):
            continue
        kept.append(way)
    return kept


def _covered(kept: Sequence[Way], way: Way) -> bool:
    """Whether one that costs no more leaves no more of anything."""
    return any(
        other.charged <= way.charged
        and other.extra <= way.extra
        and other.section <= way.section
        and other.element <= way.element
        and other.stands <= way.stands
        for other in reversed(kept)
    )


def _last(way: Way) -> tuple[int, ...]:
    return tuple(-places for places in way.fixed)
