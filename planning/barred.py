"""What stays in a grade's way whatever is put right in one place: told without scoring again.

Most findings open no grade, as something else is lacking too. Only where nothing is sure to stay
in the way, the answers have to be scored again to say how the grade then stands.
"""

from dataclasses import dataclass
from fractions import Fraction

from schemes import Item
from scoring.result import Gate, GateKind, Result, State

_UNTOUCHED = (
    GateKind.PERFORMANCE,
    GateKind.DOWNGRADE,
    GateKind.NOT_APPLICABLE,
    GateKind.NOTHING_APPLICABLE,
)
"""Gates that no finding has a part in."""


@dataclass(frozen=True, slots=True)
class Barred:
    """The grades of a result that fail, each as the gates that are unmet."""

    result: Result
    grades: tuple[tuple[Gate, ...], ...]

    @classmethod
    def of(cls, result: Result) -> "Barred":
        """Those of a result."""
        unmet = (grade.unmet for grade in result.grades if grade.state is State.UNMET)
        return cls(result, tuple(unmet))

    def may_open(self, item: Item, findings: int, total: Fraction, percent: Fraction) -> bool:
        """Whether one of them might not fail with so many findings of an item put right.

        total, percent: what the exact total and the element's percentage gain by it, both at the
        best. False is sure, true is not.
        """
        return any(
            not any(self._stays(gate, item, findings, total, percent) for gate in unmet)
            for unmet in self.grades
        )

    def _stays(
        self, gate: Gate, item: Item, findings: int, total: Fraction, percent: Fraction
    ) -> bool:
        """Whether a gate that is unmet stays so."""
        path = self.result.scheme.path(item.id)
        if gate.kind is GateKind.TOTAL:
            step = Fraction(1, 10**self.result.scheme.scoring.decimals)  # it may be rounded up
            return _misses(gate, total + step)
        if gate.kind is GateKind.ELEMENT:
            return gate.subject != path.element.id or _misses(gate, percent)
        if gate.kind is GateKind.PART:
            return gate.subject != path.part.id
        if gate.kind is GateKind.ITEM:
            return gate.subject != item.id
        if gate.kind in _UNTOUCHED:
            return True
        return gate.high is not None and gate.high > findings  # vetoes and major hazards, counted


def _misses(gate: Gate, gained: Fraction) -> bool:
    """Whether so much more at the best still misses the line."""
    return gate.high is not None and gate.line is not None and gate.high + gained < gate.line
