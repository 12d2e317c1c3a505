"""Linear sums and the constraints between them, exact; `planning.solver` solves them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

Number = int | Fraction

_STEP = Fraction(1)
"""What a column is of itself; known by being this very object."""


@dataclass(frozen=True, slots=True)
class Linear:
    """A constant and multiples of columns."""

    terms: Mapping[int, Fraction] = field(default_factory=dict)
    constant: Fraction = Fraction(0)

    def plus(self, other: "Linear", times: Number = 1) -> "Linear":
        """The sum of this and a multiple of the other."""
        return total_of([(self, 1), (other, times)])

    def times(self, factor: Number) -> "Linear":
        """A multiple of this."""
        return total_of([(self, factor)])

    def least(self, program: "Program") -> Fraction:
        """No solution makes it less than this."""
        return self._bound(program.lower, program.upper)

    def most(self, program: "Program") -> Fraction:
        """No solution makes it more than this."""
        return self._bound(program.upper, program.lower)

    def _bound(self, rising: Sequence[int], falling: Sequence[int]) -> Fraction:
        """The value with rising columns at the first bounds, the others at the second."""
        reached = self.constant
        for column, value in self.terms.items():
            bound = (rising if value > 0 else falling)[column]
            if bound:
                reached += value * bound
        return reached


def constant(value: Number) -> Linear:
    """A number."""
    return Linear(constant=Fraction(value))


ONE = constant(1)


def total_of(parts: Iterable[tuple[Linear, Number]]) -> Linear:
    """The sum of multiples.

    Most of what is added is a column that stands nowhere else, or as it is: exact arithmetic is
    slow, and is done only where something is to be worked out.
    """
    terms: dict[int, Fraction] = {}
    number = Fraction(0)
    for part, factor in parts:
        if not factor:
            continue
        if part.constant:
            number += part.constant * factor
        times = None if factor == 1 else Fraction(factor)
        for column, value in part.terms.items():
            if times is not None:
                value = times if value is _STEP else value * times
            there = terms.get(column)
            terms[column] = value if there is None else there + value
    return Linear(terms, number)


@dataclass
class Program:
    """Columns with bounds, integers or not, and rows: sums that are 0 or more.

    All bounds are exact; columns that are no integers follow from those that are.
    """

    lower: list[int] = field(default_factory=list)
    upper: list[int] = field(default_factory=list)
    integer: list[bool] = field(default_factory=list)
    rows: list[Linear] = field(default_factory=list)

    def whole(self, lower: int, upper: int) -> Linear:
        """A new integer column."""
        return self._column(lower, upper, True)

    def yes_no(self) -> Linear:
        """A new column that is 0 or 1."""
        return self._column(0, 1, True)

    def number(self, upper: int) -> Linear:
        """A new column that need not be an integer, from 0."""
        return self._column(0, upper, False)

    def at_least(self, one: Linear, other: Linear) -> None:
        """One sum is not below the other."""
        self.rows.append(one.plus(other, -1))

    def all_of(self, conditions: list[Linear]) -> Linear:
        """1 only if all of these are, each being 0 or 1; at most that."""
        if not conditions:
            return ONE
        if len(conditions) == 1:
            return conditions[0]
        every = self.yes_no()
        for condition in conditions:
            self.at_least(condition, every)
        return every

    def _column(self, lower: int, upper: int, integer: bool) -> Linear:
        self.lower.append(lower)
        self.upper.append(upper)
        self.integer.append(integer)
        return Linear({len(self.lower) - 1: _STEP})
