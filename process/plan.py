"""A work plan from a start and a target date, moving it, and what is late by it.

Pure and exact: days are whole, shares of them are fractions rounded down, and no clock is asked.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from graphlib import TopologicalSorter

from process.model import Process, Step
from process.progress import Progress, rests_on

_WEEK = 7

TIGHT = Fraction(1, 2)
"""Of the usual time; below that a plan is not likely to be kept."""


class Backwards(ValueError):
    """The end lies before the beginning."""


@dataclass(frozen=True, slots=True)
class Span:
    """Days of a step, first and last one included. Raises: Backwards."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise Backwards

    def moved(self, days: int) -> "Span":
        """The same length, so many days later. Raises: OverflowError beyond the calendar."""
        by = timedelta(days=days)
        return Span(self.start + by, self.end + by)


Spans = Mapping[str, Span]
"""By the id of a step."""


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """Spans of all steps, in order; usual: the weeks that it usually takes.

    share: the time there is, of the usual time.
    """

    spans: dict[str, Span]
    usual: int
    share: Fraction

    @property
    def tight(self) -> bool:
        """Whether there is less time than such a plan can do with."""
        return self.share < TIGHT


def work_plan(process: Process, start: date, target: date) -> WorkPlan:
    """Every step as early as what it needs allows, drawn out or together to end at the target.

    Raises: Backwards for a target before the start.
    """
    if target < start:
        raise Backwards
    begins = _begins(process)
    usual = max(begins[step.id] + step.weeks for step in process.step.values())
    there = (target - start).days + 1
    share = Fraction(there, usual * _WEEK)
    spans = {}
    for step in process.step.values():
        first = int(begins[step.id] * _WEEK * share)
        beyond = int((begins[step.id] + step.weeks) * _WEEK * share)
        last = max(beyond - 1, first)
        spans[step.id] = Span(start + timedelta(days=first), start + timedelta(days=last))
    return WorkPlan(spans, usual, share)


def _begins(process: Process) -> dict[str, int]:
    """By step, after how many weeks it can begin."""
    graph = {step.id: step.needs for step in process.step.values()}
    begins: dict[str, int] = {}
    for step_id in TopologicalSorter(graph).static_order():
        needed = (process.step[one] for one in graph[step_id])
        begins[step_id] = max((begins[one.id] + one.weeks for one in needed), default=0)
    return begins


def moved(process: Process, spans: Spans, step_id: str, to: Span, follow: bool) -> dict[str, Span]:
    """The spans with one step at other days.

    follow: move along what rests on it, by as many days as its end has moved.
    Raises: OverflowError beyond the calendar.
    """
    result = {**spans, step_id: to}
    if follow and step_id in spans:
        days = (to.end - spans[step_id].end).days
        for other in process.step:
            if other in spans and step_id in rests_on(process, other):
                result[other] = spans[other].moved(days)
    return result


def too_early(process: Process, spans: Spans) -> list[tuple[Step, Step]]:
    """Steps planned to begin before something they need is planned to end, each with that."""
    return [
        (step, process.step[one])
        for step in process.step.values()
        for one in step.needs
        if step.id in spans and one in spans and spans[step.id].start <= spans[one].end
    ]


def late(found: Progress, spans: Spans, today: date) -> list[tuple[Step, int]]:
    """Steps that should be complete and are not, and by how many days; the latest first."""
    steps = (state.step for state in found.steps if not state.complete)
    days = [(s, (today - spans[s.id].end).days) for s in steps if s.id in spans]
    return sorted((one for one in days if one[1] > 0), key=lambda one: -one[1])


def in_order(steps: Iterable[Step], spans: Spans) -> list[Step]:
    """By their planned end; those without one last, in the order they came in."""
    return sorted(steps, key=lambda step: spans[step.id].end if step.id in spans else date.max)
