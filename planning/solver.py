"""HiGHS for the programs of `planning.linear`: the one place that knows the solver.

It is imported only when something is planned, as it takes a quarter of a second. It computes with
floating point numbers, so what it finds is only a proposal: integers are rounded, sums worked out
again exactly, and `planning.shortest` has it confirmed by `scoring`.
"""

from fractions import Fraction
from math import lcm
from typing import Any

from planning.linear import Linear, Program

_LARGEST = 10**6
"""Coefficients are scaled to integers up to about this; a solver tells larger ones badly apart."""

_TOLERANCE = 1e-7
"""How far from an integer, or below a bound, the solver may stop; with less its presolve errs."""

_SURE = 1e-6
"""By how much a reduced cost must exceed what is to spare before a column is fixed."""

_SECONDS = 60.0
"""After which it gives up; what is asked of it takes a fraction of a second."""

_SEARCHES = (
    "mip_heuristic_run_rins",
    "mip_heuristic_run_rens",
    "mip_heuristic_run_root_reduced_cost",
)
"""How the solver looks for solutions by solving smaller programs."""


class SolverError(Exception):
    """The solver could not say whether there is a solution."""


class Solver:
    """A program that more rows can be added to, solved for one aim after the other."""

    def __init__(self, program: Program) -> None:
        import highspy

        self._highs: Any = highspy
        self._program = program
        self._solver: Any = self._highs.Highs()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 1e-6),
            ("mip_feasibility_tolerance", _TOLERANCE),
            ("primal_feasibility_tolerance", _TOLERANCE),
            ("mip_heuristic_run_feasibility_jump", False),  # takes longer than all the rest
            ("time_limit", _SECONDS),
        ):
            self._solver.setOptionValue(name, value)
        self._columns = 0
        self._rows = 0
        self._last: Any = None
        self._catch_up()

    def best(self, aim: Linear) -> dict[int, int] | None:
        """The integer columns of a solution that makes the aim largest; None where there is none.

        It begins with the solution found before, where that is one still. Raises: SolverError.
        """
        self._catch_up()
        if not self._columns:  # nothing to choose
            return {}
        self._aim_at(aim)
        status = self._run(self._last)
        if status == self._highs.HighsModelStatus.kInfeasible:
            self._solver.setOptionValue("presolve", "off")  # which may have lost it by rounding
            status = self._run()
            self._solver.setOptionValue("presolve", "choose")
        if status == self._highs.HighsModelStatus.kInfeasible:
            return None
        if status != self._highs.HighsModelStatus.kOptimal:
            raise SolverError(self._solver.modelStatusToString(status))
        self._last = self._solver.getSolution()
        values = self._last.col_value
        return {
            column: round(values[column])
            for column in range(self._columns)
            if self._program.integer[column]
        }

    def take(self, column: Linear) -> None:
        """Let a column that is 0 or 1 be 1 from now on."""
        for place in column.terms:
            self._program.lower[place] = 1
            self._solver.changeColBounds(place, 1, 1)

    def narrow(self, aim: Linear, reached: Fraction) -> None:
        """Fix the integer columns that have one value in every solution that reaches an aim.

        reached: the largest that the aim can be. Without regard to integers a little more may be
        had; a column whose smallest step costs more than that little stays where it is.
        """
        self._catch_up()
        if not self._columns:
            return
        solver, program = self._solver, self._program
        factor = self._aim_at(aim)
        solver.setOptionValue("solve_relaxation", True)
        status = self._run()
        solver.setOptionValue("solve_relaxation", False)
        if status != self._highs.HighsModelStatus.kOptimal:
            return
        most = -solver.getInfo().objective_function_value
        spare = most - float((reached - aim.constant) * factor) + _SURE * max(1.0, abs(most))
        solution = solver.getSolution()
        for column in range(self._columns):
            lower, upper = program.lower[column], program.upper[column]
            if lower == upper or not program.integer[column]:
                continue
            value, cost = solution.col_value[column], solution.col_dual[column]
            if cost > spare and value < lower + _SURE:
                program.upper[column] = lower
            elif cost < -spare and value > upper - _SURE:
                program.lower[column] = upper
            else:
                continue
            solver.changeColBounds(column, program.lower[column], program.upper[column])

    def _run(self, known: Any = None) -> Any:
        """Solve from the beginning, or from a solution that is known.

        With one, all effort goes into the proof that none is better, and none into finding more.
        """
        self._solver.clearSolver()
        for name in _SEARCHES:
            self._solver.setOptionValue(name, known is None)
        if known is not None:
            self._solver.setSolution(known)
        self._solver.run()
        return self._solver.getModelStatus()

    def _aim_at(self, aim: Linear) -> Fraction:
        """Let the solver make the aim largest. Returns: what it is multiplied by for that."""
        factor = _scale(aim)
        costs = [0.0] * self._columns
        for column, value in aim.terms.items():
            costs[column] = -float(value * factor)
        self._solver.changeColsCost(self._columns, list(range(self._columns)), costs)
        return factor

    def _catch_up(self) -> None:
        """Tell the solver of columns and rows that it does not know yet."""
        program, solver = self._program, self._solver
        new = range(self._columns, len(program.lower))
        if new:
            solver.addVars(len(new), program.lower[new.start :], program.upper[new.start :])
            whole = [column for column in new if program.integer[column]]
            kinds = [self._highs.HighsVarType.kInteger] * len(whole)
            solver.changeColsIntegrality(len(whole), whole, kinds)
        self._columns = len(program.lower)
        lowest: list[float] = []
        starts: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row in program.rows[self._rows :]:
            factor = _scale(row)
            lowest.append(float(-row.constant * factor))
            starts.append(len(columns))
            for column, value in row.terms.items():
                if value:
                    columns.append(column)
                    values.append(float(value * factor))
        if lowest:
            highest = [self._highs.kHighsInf] * len(lowest)
            solver.addRows(len(lowest), lowest, highest, len(columns), starts, columns, values)
        self._rows = len(program.rows)


def _scale(one: Linear) -> Fraction:
    """What makes the coefficients integers, or as large as the solver can do with."""
    values = [value for value in one.terms.values() if value]
    if not values:
        return Fraction(1)
    factor = Fraction(lcm(*(value.denominator for value in values)))
    largest = max(abs(value) for value in values) * factor
    return factor if largest <= _LARGEST else factor * Fraction(_LARGEST) / largest
