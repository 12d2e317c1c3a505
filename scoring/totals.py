"""From element scores to the total: one function per policy a scheme may name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from schemes import Scheme
from scoring.numbers import round_half_up
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


@dataclass(frozen=True, slots=True)
class _Marks:
    """Marks of an element that applies."""

    weight: Fraction
    part: str
    achieved: Decimal
    full: Decimal


def total(scheme: Scheme, elements: Sequence[SectionResult], bound: Bound) -> Total | None:
    """The total by the scheme's policy; None with nothing applicable."""
    parts = [part.id for part in scheme.parts for _ in part.elements]
    marks = [
        _Marks(Fraction(element.section.weight or 0), part, getattr(element, bound), element.full)
        for part, element in zip(parts, elements, strict=True)
        if element.applicable
    ]
    if not marks:
        return None
    exact = _POLICIES[scheme.scoring.total](scheme, marks)
    return Total(exact, round_half_up(exact, scheme.scoring.decimals))


def is_undefined(scheme: Scheme, elements: Sequence[SectionResult]) -> bool:
    """Whether the formula has nothing left to scale: its divisor C is 0. Source: 003, 4.4.2.1.

    With nothing applicable at all there is no total to be defined.
    """
    scaled = scheme.scoring.scaled
    if scaled is None or not any(element.applicable for element in elements):
        return False
    parts = [part.id for part in scheme.parts for _ in part.elements]
    return not any(
        element.applicable
        for part, element in zip(parts, elements, strict=True)
        if part in scaled.parts
    )


def _percent(_: Scheme, marks: list[_Marks]) -> Fraction:
    """100 × Σ achieved / Σ full. Source: 002, 考评说明 6."""
    return 100 * _share(marks)


def _weighted(_: Scheme, marks: list[_Marks]) -> Fraction:
    """Σ K·(100 × achieved / full) / Σ K over the elements that apply. Source: 001, 三（五）1–2."""
    weights = sum((m.weight for m in marks), Fraction(0))
    gained = sum((m.weight * Fraction(m.achieved) / Fraction(m.full) for m in marks), Fraction(0))
    return gained * 100 / weights


def _scaled(scheme: Scheme, marks: list[_Marks]) -> Fraction:
    """K = A + B × to / C: B achieved and C full marks of the parts scaled, A the others'.

    Without anything left in the parts scaled, K = A. Source: 003, 4.4.2.1.
    """
    scaled = scheme.scoring.scaled
    assert scaled is not None  # schemes.check has seen to it
    base = [m for m in marks if m.part not in scaled.parts]
    site = [m for m in marks if m.part in scaled.parts]
    achieved = Fraction(sum((m.achieved for m in base), Decimal(0)))
    return achieved + (Fraction(scaled.to) * _share(site) if site else 0)


def _share(marks: list[_Marks]) -> Fraction:
    achieved = sum((m.achieved for m in marks), Decimal(0))
    full = sum((m.full for m in marks), Decimal(0))
    return Fraction(achieved) / Fraction(full)


_POLICIES: dict[str, Callable[[Scheme, list[_Marks]], Fraction]] = {
    "percent": _percent,
    "weighted": _weighted,
    "scaled": _scaled,
}
