"""Exact numbers: rounding half up, and decimal strings without surprises."""

import math
import operator
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import cast

Exact = Decimal | Fraction

_PLACES = 20
"""Decimal places written for a fraction that never ends, such as 100/3."""

POINTS_PLACES = 4
"""Decimals of points where people read them, of a standard whose points may be fractions."""


def added(numbers: Iterable[Decimal]) -> Decimal:
    """The sum of points, which of some standards are fractions: see `scoring.case`."""
    listed = list(numbers)
    try:
        return cast(Decimal, sum(listed)) if listed else Decimal(0)
    except TypeError:  # points of the standard beside fractions
        return cast(Decimal, sum(map(Fraction, listed)))


def sum_of_shares(shares: Iterable[tuple[Fraction, Decimal, Decimal]]) -> Fraction:
    """Σ weight × score / full, over one common denominator; no `full` is 0."""
    terms = []
    for weight, score, full in shares:
        times, of = weight.as_integer_ratio()
        above, below = score.as_integer_ratio()
        whole, parts = full.as_integer_ratio()
        terms.append((times * above * parts, of * below * whole))
    common = math.lcm(*(below for _, below in terms))
    return Fraction(sum(above * (common // below) for above, below in terms), common)


def percent(score: Decimal, full: Decimal) -> Fraction:
    """100 × score / full."""
    above, below = score.as_integer_ratio()
    whole, parts = full.as_integer_ratio()
    return Fraction(100 * above * parts, below * whole)


def at_least(value: Fraction, line: Fraction) -> bool:
    """`value >= line`, as it is asked of every element for every grade."""
    return value.numerator * line.denominator >= line.numerator * value.denominator


def round_half_up(value: Exact, places: int) -> Decimal:
    """Round to `places` decimals, halves upward (四舍五入); `value` is not negative."""
    numerator, denominator = value.as_integer_ratio()
    doubled = numerator * 10**places * 2 + denominator
    return Decimal(doubled // (denominator * 2)).scaleb(-places)


def readable(points: Exact) -> Decimal:
    """Points as people read them: fractions, which may never end, rounded to four decimals."""
    if isinstance(points, Decimal):
        return points
    rounded = round_half_up(abs(points), POINTS_PLACES).normalize() + Decimal(0)
    return -rounded if points < 0 else rounded


def text(value: Exact) -> str:
    """The shortest plain decimal string: 4, 0.5, 66.66666666666666666667."""
    if isinstance(value, Fraction):
        if value < 0:  # a bonus among the losses
            return f"-{text(-value)}"
        value = _decimal(value)
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def fixed(value: Exact, places: int) -> str:
    """Rounded half up and written with exactly `places` decimals."""
    return format(round_half_up(value, places), "f")


def beside(value: Exact, places: int, *lines: Exact, at_most: bool = False) -> str:
    """As `fixed`, with as many more decimals as show on which side of each line `value` lies.

    79.996 beside a line of 80 with two decimals is 79.996, never 80.00; beside lines that ask for
    so much at most it is 80.00, but 80.004 is 80.004. A value within 10^-12 of a line is cut off
    instead, so that it shows below it, or rounded up, so that it shows above it.
    """
    holds = operator.le if at_most else operator.ge
    for more in range(places, 13):
        rounded = round_half_up(value, more)
        if all(holds(rounded, line) == holds(value, line) for line in lines):
            return format(rounded, "f")
    return format(Decimal(int(Fraction(value) * 10**12) + at_most).scaleb(-12), "f")


def _decimal(value: Fraction) -> Decimal:
    """Exactly, or rounded where the decimals never end."""
    # Of the powers of ten this one is a multiple of the denominator if any is.
    places = value.denominator.bit_length()
    numerator, rest = divmod(value.numerator * 10**places, value.denominator)
    if rest:
        return round_half_up(value, _PLACES)
    return Decimal((0, tuple(map(int, str(numerator))), -places))
