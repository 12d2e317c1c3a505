"""The line of a document in the index, with what scoring says of it."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from process import Process
from process.progress import progress
from schemes import SchemeError, UnknownScheme
from scoring import Result
from scoring.numbers import text
from state.documents.assessment import Assessment
from state.documents.project import Project
from state.documents.snapshot import ElementFigures, Figures, Snapshot
from state.documents.versions import scheme_of
from state.service.client_facts import client_facts, standing_facts
from state.service.scores import Scores
from state.storage.line import Line

_MOST_DUE = 100
"""Days in a line, the earliest; of more, a list says no more than that there are many."""


def assessment_line(assessment: Assessment, scores: Scores | None = None) -> Line:
    """An assessment's line; without figures where its version of a standard is not there.

    scores: of the assessments in use.

    facts: weakest, the element with the lowest percentage; of what is still to be done,
    open_actions, how many, and due, the last days of those that have one; and those of
    `client_facts`.
    """
    result = _result(assessment, scores or Scores())
    line, facts = Line.of(assessment), {**_open_actions(assessment), **client_facts(assessment)}
    if result is None:
        return replace(line, facts=facts)
    return replace(
        line,
        total=_number(result.total),
        grade=result.grade_name,
        reviewed=result.reviewed,
        applicable=result.applicable_items,
        facts={**_weakest(result), **standing_facts(result), **facts},
    )


def snapshot_line(snapshot: Snapshot) -> Line:
    """A snapshot's line, with the figures that it keeps.

    facts: low, high, between what the total lies while items are unreviewed.
    """
    line, found = Line.of(snapshot), snapshot.figures
    if found is None:
        return line
    return replace(
        line,
        total=found.total,
        grade=found.grade,
        reviewed=found.reviewed,
        applicable=found.applicable,
        facts={} if found.low is None else {"low": found.low, "high": found.high},
    )


def project_line(project: Project, read: Process | None) -> Line:
    """A project's line, with where it stands; without that where its process is not there.

    read: its process.

    facts: phase, its title, None when all are done; place and phases, which of how many; target,
    the last day; due, the days that steps which are not complete are planned to end on.
    """
    line = Line.of(project)
    if read is None:
        return line
    found = progress(read, project.standings)
    current = found.current
    spans = project.spans
    open_steps = (state.step.id for state in found.steps if not state.complete)
    due = sorted(spans[step].end.isoformat() for step in open_steps if step in spans)
    facts = {
        "phase": current.phase.title if current else None,
        "place": found.phases.index(current) + 1 if current else len(found.phases),
        "phases": len(found.phases),
        "target": project.target.isoformat(),
        "due": due[:_MOST_DUE],
    }
    return replace(line, facts=facts)


def assessment_figures(assessment: Assessment) -> Figures | None:
    """What an assessment scores now; None without its version of a standard."""
    result = _result(assessment, Scores())
    return figures(result) if result else None


def figures(result: Result) -> Figures:
    """A result as a snapshot keeps it."""
    elements = [
        ElementFigures(
            id=element.section.id,
            title=element.section.title[:200],
            score=text(element.score),
            full=text(element.full),
            percent=None if element.percent is None else text(element.percent),
        )
        for element in result.elements
    ]
    return Figures(
        total=_number(result.total),
        low=_number(result.low),
        high=_number(result.high),
        grade=result.grade_name,
        reviewed=result.reviewed,
        applicable=result.applicable_items,
        elements=tuple(elements),
    )


def _number(value: Decimal | None) -> str | None:
    return None if value is None else text(value)


def _open_actions(assessment: Assessment) -> dict[str, Any]:
    """Nothing where there are no actions at all."""
    actions = assessment.work.actions.values()
    left = [action for action in actions if action.is_open]
    due = sorted(action.due.isoformat() for action in left if action.due)
    return {"open_actions": len(left), "due": due[:_MOST_DUE]} if actions else {}


def _weakest(result: Result) -> dict[str, Any]:
    """The applicable element with the lowest percentage, the first of equal ones."""
    found = [(e.percent, e.section) for e in result.elements if e.percent is not None]
    if not found:
        return {}
    percent, section = min(found, key=lambda one: one[0])
    title = section.title[:200]
    return {"weakest": {"id": section.id, "title": title, "percent": text(percent)}}


def _result(assessment: Assessment, scores: Scores) -> Result | None:
    try:
        scheme = scheme_of(assessment)
    except (UnknownScheme, SchemeError):
        return None
    return scores.of(assessment, scheme) if scheme else None
