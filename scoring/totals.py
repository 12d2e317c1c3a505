"""From element scores to the total: one function per policy a scheme may name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from schemes import Scheme
from scoring.numbers import added, round_half_up, sum_of_shares
from scoring.result import SectionResult


class Bound(StrEnum):
    """Which of an element's scores make the total: as answered, and what it may still become."""

    SCORE = "score"
    LOW = "low"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Total:
    """exact: before rounding. rounded: half up to the scheme's decimals."""

    exact: Fraction
    rounded: Decimal


Reached = tuple[Total | None, Total | None, Total | None]
"""The total as answered, at the worst and at the best."""


class _Marks(NamedTuple):
    """Marks of an element that applies."""

    weight: Fraction
    part: str
    achieved: Decimal
    full: Decimal
    bonus: Decimal


def totals(scheme: Scheme, elements: Sequence[SectionResult]) -> Reached:
    """The total as answered, at the worst and at the best; None with nothing applicable."""
    as_answered = total(scheme, elements, Bound.SCORE)
    low = high = as_answered
    if any(one.low != one.score or one.bonus_low != one.bonus for one in elements):
        low = total(scheme, elements, Bound.LOW)
    if any(one.high != one.score or one.bonus_high != one.bonus for one in elements):
        high = total(scheme, elements, Bound.HIGH)
    return as_answered, low, high


def total(scheme: Scheme, elements: Sequence[SectionResult], bound: Bound) -> Total | None:
    """The total by the scheme's policy; None with nothing applicable."""
    if not any(element.applicable for element in elements):
        return None
    achieved, bonus = str(bound), _BONUSES[bound]
    marks = [
        _Marks(
            element.section.exact_weight,
            part,
            getattr(element, achieved),
            element.full,
            getattr(element, bonus),
        )
        for part, element in zip(scheme.part_ids, elements, strict=True)
        if element.applicable or getattr(element, achieved)
    ]
    policy = _POLICIES[scheme.scoring.total]
    most = scheme.bonus.at_most if scheme.bonus else None
    if most is not None and added(m.bonus for m in marks) > most:
        exact = _capped(scheme, marks, Fraction(most))
    else:
        exact = policy(scheme, marks)
    return Total(exact, round_half_up(exact, scheme.scoring.decimals))


_BONUSES = {Bound.SCORE: "bonus", Bound.LOW: "bonus_low", Bound.HIGH: "bonus_high"}


def _capped(scheme: Scheme, marks: list[_Marks], most: Fraction) -> Fraction:
    """The total when the bonuses come to more than they may: those that are worth most count first.

    Elements show theirs in full, as what one may have must not hang on another; every policy is a
    sum of the elements' points, each times what it is worth.
    """
    policy = _POLICIES[scheme.scoring.total]
    base = [m._replace(achieved=added((m.achieved, -m.bonus))) for m in marks]
    exact = policy(scheme, base)
    worths = []
    for place, one in enumerate(base):
        more = [*base]
        more[place] = one._replace(achieved=added((one.achieved, Decimal(1))))
        worths.append((policy(scheme, more) - exact, Fraction(marks[place].bonus)))
    for worth, bonus in sorted(worths, reverse=True):
        got = min(most, bonus)
        exact += worth * got
        most -= got
    return exact


def is_undefined(scheme: Scheme, elements: Sequence[SectionResult]) -> bool:
    """Whether the formula has nothing left to scale: its divisor C is 0. Source: 003, 4.4.2.1.

    With nothing applicable at all there is no total to be defined.
    """
    scaled = scheme.scoring.scaled
    if scaled is None or not any(element.applicable for element in elements):
        return False
    return not any(
        element.applicable
        for part, element in zip(scheme.part_ids, elements, strict=True)
        if part in scaled.parts
    )


def _percent(_: Scheme, marks: list[_Marks]) -> Fraction:
    """100 × Σ achieved / Σ full. Source: 002, 考评说明 6."""
    return 100 * _share(marks)


def _weighted(_: Scheme, marks: list[_Marks]) -> Fraction:
    """Σ K·(100 × achieved / full) / Σ K over the elements that apply. Source: 001, 三（五）1–2."""
    weights = sum((m.weight for m in marks if m.full), Fraction(0))
    return sum_of_shares((m.weight, m.achieved, m.full) for m in marks if m.full) * 100 / weights


def _scaled(scheme: Scheme, marks: list[_Marks]) -> Fraction:
    """K = A + B × to / C: B achieved and C full marks of the parts scaled, A the others'.

    Without anything left in the parts scaled, K = A. Source: 003, 4.4.2.1.
    """
    scaled = scheme.scoring.scaled
    assert scaled is not None  # schemes.check has seen to it
    base = [m for m in marks if m.part not in scaled.parts]
    site = [m for m in marks if m.part in scaled.parts]
    achieved = Fraction(added(m.achieved for m in base))
    there = any(m.full for m in site)
    return achieved + (Fraction(scaled.to) * _share(site) if there else 0)


def _share(marks: list[_Marks]) -> Fraction:
    achieved, full = added(m.achieved for m in marks), added(m.full for m in marks)
    return Fraction(achieved) / Fraction(full)


_POLICIES: dict[str, Callable[[Scheme, list[_Marks]], Fraction]] = {
    "percent": _percent,
    "weighted": _weighted,
    "scaled": _scaled,
}
