"""The shortest way to a grade as a list to work through: what to put right, in which order."""

from collections.abc import Iterator
from fractions import Fraction

from planning.fixable import fixables
from planning.goal import Goal, goal_of, goal_of_total, next_grade
from planning.shortest import Plan, PlanError, shortest
from planning.solver import SolverError
from reports.content.blocks import Block, Column, Document, Heading, Row, Table, Text, Tone
from reports.content.subject import Subject
from reports.content.told import Told
from reports.shares import as_scored
from scoring.result import Result
from wording.findings import scheme_notes
from wording.grades import NOTHING
from wording.labels import NOTICE, node_title
from wording.numbers import excluded_words
from wording.plan import (
    FAILED,
    effort_words,
    fix_words,
    found_words,
    gain_of_fix,
    goal_words,
    headline,
    headroom_words,
    kept_words,
    rests_words,
    step_words,
)
from wording.warnings import unknown_words


def plan_document(result: Result, subject: Subject) -> Document:
    """The steps to the grade that is aimed at, with room to note who does each and until when."""
    title = f"{subject.kind}整改路径" if subject.before else "整改路径"
    return Told(result, subject).document(title, _blocks(result, subject))


def aim(result: Result, wanted: str) -> Goal:
    """The grade wanted, else the lowest not reached; a total where there are no grades."""
    scheme = result.scheme
    if not scheme.grades:
        return goal_of_total(Fraction(default_total(result)))
    titles = [grade.title for grade in scheme.grades]
    return goal_of(result, wanted if wanted in titles else next_grade(result))


def default_total(result: Result) -> Fraction:
    """A total to aim at for a standard without grades: its reference line, or nine tenths."""
    reference = result.scheme.reference
    line = reference.total if reference else None
    return Fraction(result.scheme.best_total) * 9 / 10 if line is None else Fraction(line)


def _blocks(result: Result, subject: Subject) -> Iterator[Block]:
    yield Heading("整改路径")
    for words in unknown_words(result):
        yield Text(f"▲ {words}", Tone.WARNING)
    yield Text(f"评定标准：{result.scheme.title}")
    if result.high is None:
        yield Text(NOTHING)
        return
    try:
        plan = shortest(as_scored(result), aim(result, subject.profile.target_grade))
    except (PlanError, SolverError):
        yield Text(FAILED, Tone.WARNING)
        return
    yield from _plan(plan, subject.effort_unit)
    excluded = excluded_words(result)
    if excluded:
        yield Text(excluded, Tone.NOTE)
    for note in (*scheme_notes(result.scheme), NOTICE):
        yield Text(note, Tone.NOTE)


def _plan(plan: Plan, unit: str) -> Iterator[Block]:
    yield Text(f"目标：{goal_words(plan)}")
    yield Text(headline(plan, unit), Tone.STRONG if plan.reachable else Tone.WARNING)
    for words in rests_words(plan, unit):
        yield Text(words)
    yield Text(f"现在：{headroom_words(plan.before, plan.goal)}")
    if plan.fixes:
        yield Text(f"按路径改完：{headroom_words(plan.after, plan.goal)}")
        yield _steps(plan, unit)
    kept = [found_words(one) for one in fixables(plan.before) if one.pin == "keep"]
    if kept and plan.reachable:
        yield Text(kept_words(kept))


def _steps(plan: Plan, unit: str) -> Table:
    columns = (
        Column("步", 10, "C"),
        Column("改什么", 74),
        Column("工作量", 20, "R"),
        Column("单独改", 20, "R"),
        Column("这一步之后", 28),
        Column("责任人", 18),
        Column("完成期限", 22),
    )
    rows = []
    for number, step in enumerate(plan.steps, 1):
        for nth, place in enumerate(step.fixes):
            fix = plan.fixes[place]
            title = f"{node_title(step.item)}\n" if nth == 0 else ""
            rows.append(
                Row(
                    (
                        str(number) if nth == 0 else "",
                        f"{title}{fix_words(fix)}",
                        effort_words(fix.cost, unit),
                        gain_of_fix(fix),
                        step_words(plan, step) if place == step.fixes[-1] else "",
                        "",
                        "",
                    )
                )
            )
    return Table(columns, tuple(rows))
