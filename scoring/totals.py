"""From element scores to the total: one function per policy a scheme may name."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction

from schemes import Scheme
from scoring.numbers import round_half_up
from scoring.result import SectionResult

_Marks = tuple[Fraction, Decimal, Decimal]
"""Weight, marks achieved and full marks of an element that applies."""


def total(scheme: Scheme, elements: Sequence[SectionResult], low: bool) -> tuple[Fraction, Decimal]:
    """The exact total and the total rounded half up to the scheme's decimals.

    low: count unreviewed items as 0. With nothing applicable the total is 0.
    """
    marks = [
        (
            Fraction(element.section.weight or 0),
            element.low if low else element.score,
            element.full,
        )
        for element in elements
        if element.applicable
    ]
    exact = _POLICIES[scheme.scoring.total](marks) if marks else Fraction(0)
    return exact, round_half_up(exact, scheme.scoring.decimals)


def _percent(marks: list[_Marks]) -> Fraction:
    """100 × Σ achieved / Σ full. Source: 002, 考评说明 6."""
    achieved = sum((score for _, score, _ in marks), Decimal(0))
    full = sum((full for _, _, full in marks), Decimal(0))
    return Fraction(achieved) * 100 / Fraction(full)


def _weighted(marks: list[_Marks]) -> Fraction:
    """Σ K·(100 × achieved / full) / Σ K over the elements that apply. Source: 001, 三（五）1–2."""
    weights = sum((weight for weight, _, _ in marks), Fraction(0))
    gained = sum(
        (weight * Fraction(score) / Fraction(full) for weight, score, full in marks), Fraction(0)
    )
    return gained * 100 / weights


_POLICIES: dict[str, Callable[[list[_Marks]], Fraction]] = {
    "percent": _percent,
    "weighted": _weighted,
}
