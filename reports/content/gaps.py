"""What is lacking, for those who decide what to do first."""

from decimal import Decimal
from typing import NamedTuple

from planning.gain import Gain, finding_gains, item_gains, losses_of
from reports.shares import as_scored
from scoring.result import Result, SectionResult
from wording.findings import clause, loss_text

MOST = 10
"""Findings worth the boss's time."""


class Gains(NamedTuple):
    """What putting right brings, by finding and by item: worked out once, told in many places."""

    findings: list[Gain]
    items: list[Gain]

    @classmethod
    def of(cls, result: Result) -> "Gains":
        """The gains of a result."""
        exact = as_scored(result)
        findings = finding_gains(exact)
        return cls(findings, item_gains(exact, findings))

    @property
    def top(self) -> list[Gain]:
        """The findings that bring most when put right alone, at most ten."""
        return self.findings[:MOST]


def gain_clause(result: Result, gain: Gain) -> str:
    """The clause of what a gain puts right."""
    return clause(losses_of(result, gain)[0])


def gain_text(result: Result, gain: Gain) -> str:
    """What a gain puts right."""
    return loss_text(losses_of(result, gain)[0])


def missing_points(result: Result) -> list[tuple[SectionResult, Decimal]]:
    """Every element below the line, with the points it lacks to reach it."""
    line = result.scheme.drawn_line
    if line is None:
        return []
    return [
        (element, element.full * line / 100 - element.score)
        for element in result.elements
        if result.is_below(element)
    ]
