"""What was typed into a cell, as what it is meant to be."""

from decimal import Decimal

from reports.workbook.book import clean
from reports.workbook.cells import Value
from scoring.wishes import NUMBER

_DECIMALS = 6
"""Of an amount; what a spreadsheet reckons with has more, which are none of anybody's."""

_LARGE = 10**9
"""More than any points."""


def whole(value: Value, most: int) -> int | None:
    """A whole number from 0 to `most`, also one written as text; an empty cell is 0."""
    if isinstance(value, str):
        digits = value.strip()
        if not digits:
            return 0
        if not (digits.isascii() and digits.isdecimal() and len(digits) < 9):
            return None
        value = Decimal(digits)
    if value != value.to_integral_value() or not 0 <= value <= most:
        return None
    return int(value)


def amount_of(value: Value) -> Decimal | None:
    """Points as the standard has them, also written as text; None for anything else."""
    if isinstance(value, str):
        written = value.strip()
        return Decimal(written) if NUMBER.fullmatch(written) else None
    return round(value, _DECIMALS) if abs(value) < _LARGE else None


def shown(value: Value) -> str:
    """What a cell shows, with line feeds alone between lines."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return clean(value.replace("\r\n", "\n").replace("\r", "\n"))
