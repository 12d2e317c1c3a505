"""What a plan is to reach: a grade with all its gates, or a total."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from math import ceil

from planning.linear import constant
from planning.model import Model
from schemes import Condition, Scheme
from scoring.numbers import text
from scoring.problems import AnswersError, Problem, ProblemKind, clipped
from scoring.result import Gate, GateKind, GradeResult, Result, State


@dataclass(frozen=True, slots=True)
class Goal:
    """Lines that are asked, and a grade's other gates.

    grade: its title; None for a total alone. total: the line in the total's unit. element: the
    line for every element in percent. named: lines in percent of single parts, elements and items,
    by what they are and their id. majors, vetoes: whether major hazards and vetoes of the whole
    standard must be gone.
    """

    grade: str | None
    total: Fraction
    element: Fraction | None = None
    majors: bool = False
    vetoes: bool = False
    named: tuple[tuple[GateKind, str, Fraction], ...] = ()

    def must(self, condition: Condition) -> bool:
        """Whether nothing of a condition may be left."""
        return (self.majors and condition.major) or (self.vetoes and condition.scope == "scheme")


def checked_grade(scheme: Scheme, title: str) -> str:
    """The title of a grade of the standard. Raises: AnswersError for one that it has not."""
    titles = tuple(grade.title for grade in scheme.grades)
    if not titles:
        raise AnswersError([Problem("--grade", ProblemKind.NO_GRADES)])
    if title not in titles:
        raise AnswersError(
            [Problem("--grade", ProblemKind.UNKNOWN_GRADE, (clipped(title), titles))]
        )
    return title


def checked_total(scheme: Scheme, given: str) -> Fraction:
    """A total that the standard can come to. Raises: AnswersError for any other."""
    try:
        value = Decimal(given)
        if 0 < value <= scheme.best_total:
            return Fraction(value)
    except InvalidOperation:
        pass
    details = (clipped(given), text(scheme.best_total))
    raise AnswersError([Problem("--total", ProblemKind.NO_TOTAL, details)])


def next_grade(result: Result) -> str:
    """The lowest grade that is out of reach as answered; the best where none is.

    Of a standard that has grades.
    """
    missed = (grade for grade in reversed(result.grades) if grade.state is State.UNMET)
    return next(missed, result.grades[0]).title


def goal_of(result: Result, title: str) -> Goal:
    """What a grade asks for, after a downgrade too: the lines that its gates carry."""
    grade = grade_of(result, title)
    lines = {gate.kind: gate.line for gate in grade.gates if not gate.named}
    return Goal(
        title,
        lines.get(GateKind.TOTAL) or Fraction(0),
        lines.get(GateKind.ELEMENT),
        majors=GateKind.MAJOR in lines,
        vetoes=GateKind.VETO in lines,
        named=tuple(
            (g.kind, str(g.subject), g.line or Fraction(0)) for g in grade.gates if g.named
        ),
    )


def goal_of_total(total: Fraction) -> Goal:
    """A total alone."""
    return Goal(None, total)


def grade_of(result: Result, title: str) -> GradeResult:
    """How a grade stands."""
    return next(grade for grade in result.grades if grade.title == title)


def holds(result: Result, goal: Goal) -> bool:
    """Whether the goal is reached by scoring, at the best that unreviewed items leave.

    What nobody can tell before a question is answered does not stand in the way.
    """
    if result.high is None or result.high_exact is None:
        return False
    rounded = result.scheme.scoring.compare == "rounded"
    if (Fraction(result.high) if rounded else result.high_exact) < goal.total:
        return False
    if goal.element is not None and any(
        one.high_percent is not None and one.high_percent < goal.element for one in result.elements
    ):
        return False
    return goal.grade is None or grade_of(result, goal.grade).state is not State.UNMET


def obstacles(result: Result, goal: Goal) -> Iterator[Gate]:
    """The gates that keep the goal away, of a result in which all that can be is put right."""
    if result.high is None:
        yield Gate(GateKind.NOTHING_APPLICABLE)
    elif goal.grade is not None:
        yield from grade_of(result, goal.grade).unmet


def ask(model: Model, scheme: Scheme, goal: Goal) -> None:
    """Add the goal's lines to the rows of a model; its ways leave no major hazard and no veto."""
    program = model.program
    program.at_least(model.total, constant(_line(scheme, goal.total)))
    if goal.element is not None:
        for percent in model.elements.values():
            program.at_least(percent, constant(goal.element))
    for kind, name, line in goal.named:
        program.at_least(model.percent(kind, name), constant(line))


def _line(scheme: Scheme, line: Fraction) -> Fraction:
    """The least exact total that is compared as no less than the line; halves round upward."""
    if scheme.scoring.compare != "rounded":
        return line
    scale: int = 10**scheme.scoring.decimals
    return (ceil(line * scale) - Fraction(1, 2)) / scale
