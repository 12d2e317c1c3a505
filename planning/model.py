"""A standard's rules as a mixed-integer model: one way is chosen for each item with findings.

Every sum bounds its score from above, and a solution that asks for more points reaches it, as all
that is put right only ever raises scores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from planning.linear import ONE, Linear, Program, constant, total_of
from planning.ways import Way
from planning.worth import worth_of
from scoring.result import ItemResult, Result, SectionResult

_Score = tuple[Linear, Linear]
"""What is left of an item or section, and what it charges its element."""

_NOTHING = constant(0)


@dataclass(frozen=True, slots=True)
class Choice:
    """The ways of one item, of which one is chosen: the column of each is 1."""

    ways: Sequence[Way]
    columns: Sequence[Linear]

    def sum_of(self, values: Sequence[Fraction | int]) -> Linear:
        """The value of the way that is chosen."""
        return total_of(zip(self.columns, values, strict=True))


@dataclass(frozen=True, slots=True)
class Model:
    """The program with the sums that plans are made of.

    choices: by item. cost: of all ways chosen. total: the exact total at the best that unreviewed
    items leave. elements: the same of each that applies, in percent, by id.
    """

    program: Program
    choices: dict[str, Choice]
    cost: Linear
    total: Linear
    elements: dict[str, Linear]


def model_of(result: Result, ways: Mapping[str, Sequence[Way]]) -> Model:
    """The model of a result of which something applies; ways by item, at least one of each."""
    program = Program()
    choices = {item: _choice(program, found) for item, found in ways.items()}
    rules = _Rules(program, choices)
    applicable = [element for element in result.elements if element.applicable]
    best = {element.section.id: rules.element(element) for element in applicable}
    return Model(
        program,
        choices,
        total_of((c.sum_of([way.cost for way in c.ways]), 1) for c in choices.values()),
        _total(result, best),
        {e.section.id: best[e.section.id].times(100 / Fraction(e.full)) for e in applicable},
    )


def _choice(program: Program, ways: Sequence[Way]) -> Choice:
    if len(ways) == 1:
        return Choice(ways, [ONE])
    columns = [program.yes_no() for _ in ways]
    together = total_of((column, 1) for column in columns)
    program.at_least(together, ONE)
    program.at_least(ONE, together)
    return Choice(ways, columns)


def _total(result: Result, best: Mapping[str, Linear]) -> Linear:
    """The scheme's own formula, which is linear in the points of its elements."""
    worth = worth_of(result)
    points = ((best[element], each) for element, each in worth.of.items())
    return total_of([(ONE, worth.least), *points])


class _Rules:
    """The rules of `scoring.engine` for what stays, one method each."""

    def __init__(self, program: Program, choices: Mapping[str, Choice]) -> None:
        self.program = program
        self.choices = choices

    def element(self, result: SectionResult) -> Linear:
        """Its items less its extras, never below 0, and nothing while a veto stands."""
        program = self.program
        score, extras = self._section(result)
        left = score.plus(extras, -1)
        inside = [
            (one, self.choices[one.item.id]) for one in result.items if one.item.id in self.choices
        ]
        vetoes = [
            ONE.plus(choice.sum_of([way.element for way in choice.ways]), -1)
            for _, choice in inside
            if any(way.element for way in choice.ways)
        ]
        worst = sum(
            (
                max(way.extra for way in choice.ways) + Fraction(one.item.exhausted_extra)
                for one, choice in inside
            ),
            Fraction(0),
        )
        if not vetoes and (not worst or left.least(program) >= 0):
            return left
        stands = program.yes_no()
        for gone in vetoes:
            program.at_least(gone, stands)
        full = Fraction(result.full)
        best = program.number(ceil(full))
        program.at_least(stands.times(full), best)
        program.at_least(left.plus(constant(worst)), best.plus(stands, worst))
        return best

    def _section(self, result: SectionResult) -> _Score:
        items = [child for child in result.children if isinstance(child, ItemResult)]
        veto = self._veto(items) if result.section.has_veto else None
        parts = [
            self._item(child, veto) if isinstance(child, ItemResult) else self._section(child)
            for child in result.children
        ]
        return total_of((s, 1) for s, _ in parts), total_of((e, 1) for _, e in parts)

    def _veto(self, items: Sequence[ItemResult]) -> Linear | None:
        """1 when no veto of the section stands; None where there is none."""
        choices = [self.choices[i.item.id] for i in items if i.item.id in self.choices]
        gone = [
            ONE.plus(choice.sum_of([way.section for way in choice.ways]), -1)
            for choice in choices
            if any(way.section for way in choice.ways)
        ]
        return self.program.all_of(gone) if gone else None

    def _item(self, result: ItemResult, veto: Linear | None) -> _Score:
        """Its points less what is charged, never below 0; what it charges its element.

        At 0, by whatever, and with a finding it charges what using it up costs.
        """
        program, points = self.program, Fraction(result.item.points)
        if not result.applicable:
            return constant(Fraction(result.high)), _NOTHING
        choice = self.choices.get(result.item.id)
        if choice is None:
            return (constant(points) if veto is None else veto.times(points)), _NOTHING
        scores = [way.score(points) for way in choice.ways]
        used_up = [
            int(way.stands and not score) for way, score in zip(choice.ways, scores, strict=True)
        ]
        own = choice.sum_of(scores)
        extra = choice.sum_of([way.extra for way in choice.ways])
        exhausted = choice.sum_of(used_up)
        if veto is not None:
            left = program.number(ceil(points))
            program.at_least(own, left)
            program.at_least(veto.times(points), left)
            own = left
            if result.item.exhausted_extra:
                either = program.number(1)
                program.at_least(either, exhausted)
                stands = choice.sum_of([way.stands for way in choice.ways])
                program.at_least(either.plus(veto), stands)
                exhausted = either
        return own, extra.plus(exhausted, Fraction(result.item.exhausted_extra))
