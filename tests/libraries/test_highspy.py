"""What `planning/solver.py` leans on of HiGHS."""

import subprocess
import sys

import highspy

MAKE = "import highspy; h = highspy.Highs(); h.setOptionValue('output_flag', False); h.addVar(0, 1); h.run()"


def test_a_silent_solver_prints_nothing() -> None:
    """1.16.0 prints a line on standard output when it is made."""
    done = subprocess.run([sys.executable, "-c", MAKE], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


def test_the_relaxation_of_an_integer_program_has_reduced_costs() -> None:
    """Least of 3x + y with x + y ≥ 1.5, y ≤ 1: x = 0.5, y = 1; more y would save 3 − 1."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    for _ in range(2):
        solver.addVar(0, 1)
    for column, cost in enumerate((3, 1)):
        solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        solver.changeColCost(column, cost)
    solver.addRow(1.5, highspy.kHighsInf, 2, [0, 1], [1.0, 1.0])
    solver.setOptionValue("solve_relaxation", True)
    solver.run()
    solution = solver.getSolution()
    assert solver.getInfo().objective_function_value == 2.5
    assert [round(value, 6) for value in solution.col_value] == [0.5, 1.0]
    assert [round(cost, 6) for cost in solution.col_dual] == [0.0, -2.0]
    solver.setOptionValue("solve_relaxation", False)
    solver.clearSolver()
    solver.run()
    assert solver.getInfo().objective_function_value == 4.0
