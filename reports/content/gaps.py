"""Where the points went, for those who decide what to do first."""

from decimal import Decimal

from scoring.result import Loss, Result, SectionResult
from wording.results import is_below, line_of

MOST = 10
"""Findings worth the boss's time."""


def top_losses(result: Result) -> list[Loss]:
    """The findings that took the most points, at most ten; equals in the standard's order."""
    taking = [loss for loss in result.losses if loss.taken]
    return sorted(taking, key=lambda loss: -loss.taken)[:MOST]


def missing_points(result: Result) -> list[tuple[SectionResult, Decimal]]:
    """Every element below the line, with the points it lacks to reach it."""
    line = line_of(result.scheme)
    if line is None:
        return []
    share = Decimal(str(line[0])) / 100
    return [
        (element, element.full * share - element.score)
        for element in result.elements
        if is_below(result, element)
    ]
