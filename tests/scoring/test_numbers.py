"""Rounding, and what is shown beside a line."""

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.numbers import Exact, beside, fixed, text

JUST_BELOW_80 = Fraction(80) - Fraction(1, 10**13)


@pytest.mark.parametrize(
    ("value", "places", "lines", "shown"),
    [
        (Decimal(80), 2, (80,), "80.00"),
        (Decimal("80.004"), 2, (80,), "80.00"),
        (Decimal("79.99"), 2, (80,), "79.99"),
        (Decimal("79.994"), 2, (80,), "79.99"),
        (Decimal("79.996"), 2, (80,), "79.996"),
        (Decimal("79.9995"), 2, (80,), "79.9995"),
        (Decimal("79.95"), 1, (80,), "79.95"),
        (Decimal("79.94"), 1, (80,), "79.9"),
        (Fraction(2399, 30), 1, (80,), "79.97"),  # 79.9666…
        (Fraction(200, 3), 2, (80,), "66.67"),
        (Decimal("66.699"), 2, (Decimal("66.7"),), "66.699"),
        (Decimal("66.7"), 2, (Decimal("66.7"),), "66.70"),
        (Decimal("59.999"), 2, (60, 100), "59.999"),
        (Decimal("99.999"), 2, (60, 100), "99.999"),
        (Decimal(100), 2, (60, 100), "100.00"),
        (Decimal(0), 2, (60, 100), "0.00"),
        (Decimal("899.96"), 1, (900,), "899.96"),
        (Decimal("0.005"), 2, (), "0.01"),
        (JUST_BELOW_80, 2, (80,), "79.999999999999"),
        (Fraction(80) - Fraction(34, 10**13), 2, (80,), "79.999999999997"),
        (Fraction(1, 10**8), 8, (), "0.00000001"),
        (Fraction(6, 10**13), 12, (Fraction(1, 10**12),), "0.000000000000"),
    ],
)
def test_a_number_beside_a_line_shows_on_which_side_it_lies(
    value: Exact, places: int, lines: tuple[Exact, ...], shown: str
) -> None:
    assert beside(value, places, *lines) == shown


@pytest.mark.parametrize(
    ("value", "places", "lines", "shown"),
    [
        (Decimal(10), 2, (10,), "10.00"),
        (Decimal("9.996"), 2, (10,), "10.00"),
        (Decimal("9.994"), 2, (10,), "9.99"),
        (Decimal("10.01"), 2, (10,), "10.01"),
        (Decimal("10.004"), 2, (10,), "10.004"),
        (Decimal("10.04"), 1, (10, 30), "10.04"),
        (Decimal("30.04"), 1, (10, 30), "30.04"),
        (Fraction(301, 30), 1, (10,), "10.03"),  # 10.0333…
        (Fraction(10) + Fraction(1, 10**12), 2, (10,), "10.000000000001"),
        (Fraction(10) + Fraction(1, 10**13), 2, (10,), "10.000000000001"),
        (Fraction(10) - Fraction(1, 10**13), 2, (10,), "10.00"),
    ],
)
def test_a_number_beside_what_is_allowed_shows_whether_it_is_more(
    value: Exact, places: int, lines: tuple[Exact, ...], shown: str
) -> None:
    assert beside(value, places, *lines, at_most=True) == shown


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Decimal("79.95"), 1, "80.0"),
        (Decimal("79.949"), 1, "79.9"),
        (Decimal("0.5"), 0, "1"),
        (Decimal("2.5"), 0, "3"),  # half up, not to even
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Decimal(7), 2, "7.00"),
        (Decimal(0), 8, "0.00000000"),
        (Fraction(1, 3 * 10**7), 8, "0.00000003"),
    ],
)
def test_halves_are_rounded_up(value: Exact, places: int, shown: str) -> None:
    assert fixed(value, places) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Decimal("4.00"), "4"),
        (Decimal("0.50"), "0.5"),
        (Decimal(100), "100"),
        (Decimal("1E+2"), "100"),
        (Fraction(1, 8), "0.125"),
        (Fraction(7, 20), "0.35"),
        (Fraction(0), "0"),
        (Fraction(1, 2), "0.5"),
        (Fraction(1200), "1200"),
        (Fraction(1, 2**20), "0.00000095367431640625"),
        (Fraction(10**30 + 1, 10), "100000000000000000000000000000.1"),
        (Fraction(1, 3 * 2**40), "0.0000000000003031649"),
        (Fraction(200, 3), "66.66666666666666666667"),
    ],
)
def test_points_are_written_without_zeros_at_the_end(value: Exact, shown: str) -> None:
    assert text(value) == shown
