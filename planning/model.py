"""A standard's rules as a mixed-integer model: one way is chosen for each item with findings.

Every sum bounds its score from above, and a solution that asks for more points reaches it, as all
that is put right only ever raises scores.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from planning.linear import ONE, Linear, Program, constant, total_of
from planning.ways import Way
from planning.worth import worth_of
from schemes import Scheme
from scoring.numbers import added
from scoring.result import GateKind, ItemResult, PartResult, Result, SectionResult

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
    items leave. elements: the same of each that applies, in percent, by id; parts and items: of
    all that can be told in percent.
    """

    program: Program
    choices: dict[str, Choice]
    cost: Linear
    total: Linear
    elements: dict[str, Linear]
    parts: dict[str, Linear]
    items: dict[str, Linear]

    def percent(self, kind: GateKind, name: str) -> Linear:
        """What a gate on a part, an element or an item looks at."""
        known = {GateKind.PART: self.parts, GateKind.ELEMENT: self.elements}
        return known.get(kind, self.items)[name]


def model_of(result: Result, ways: Mapping[str, Sequence[Way]]) -> Model:
    """The model of a result of which something applies; ways by item, at least one of each."""
    program = Program()
    choices = {item: _choice(program, found) for item, found in ways.items()}
    rules = _Rules(program, choices, result.scheme)
    counting = [one for one in result.elements if one.applicable or one.bonus_most]
    applicable = [element for element in counting if element.applicable]
    best = {element.section.id: rules.element(element) for element in counting}
    shown = {name: one.shown for name, one in best.items()}
    return Model(
        program,
        choices,
        total_of((c.sum_of([way.cost for way in c.ways]), 1) for c in choices.values()),
        _total(result, {name: one.counted for name, one in _capped(result, rules, best).items()}),
        {e.section.id: shown[e.section.id].times(100 / Fraction(e.full)) for e in applicable},
        {part.part.id: _part(part, shown) for part in result.parts},
        rules.items,
    )


def _part(part: PartResult, shown: Mapping[str, Linear]) -> Linear:
    """Its percentage: by the elements' weights where they have any."""
    weights = [Fraction(one.section.weight or 0) for one in part.applicable]
    if all(weights):
        whole = sum(weights)
        return total_of(
            (shown[e.section.id], 100 * weight / whole / Fraction(e.full))
            for e, weight in zip(part.applicable, weights, strict=True)
        )
    full = Fraction(added(one.full for one in part.applicable))
    there = [one for one in part.elements if one.section.id in shown]
    return total_of((shown[one.section.id], 100 / full) for one in there)


def _capped(result: Result, rules: "_Rules", best: dict[str, "_Element"]) -> dict[str, "_Element"]:
    """The elements with no more bonuses counting than all may come to together."""
    cap = result.scheme.bonus.at_most if result.scheme.bonus else None
    worst = sum((Fraction(one.bonus_most) for one in result.elements), Fraction(0))
    if cap is None or worst <= cap:
        return best
    capped = {}
    given = []
    for name, one in best.items():
        if one.bonus is None:
            capped[name] = one
            continue
        counts = rules.program.number(ceil(cap))
        rules.program.at_least(one.bonus, counts)
        given.append((counts, 1))
        capped[name] = replace(one, bonus=counts)
    rules.program.at_least(constant(Fraction(cap)), total_of(given))
    return capped


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


@dataclass(frozen=True, slots=True)
class _Element:
    """What an element has without bonuses, and those; None of one that has none."""

    base: Linear
    bonus: Linear | None = None

    @property
    def counted(self) -> Linear:
        """What goes into the total."""
        return self.base if self.bonus is None else self.base.plus(self.bonus)

    shown = counted


class _Rules:
    """The rules of `scoring.engine` for what stays, one method each."""

    def __init__(self, program: Program, choices: Mapping[str, Choice], scheme: Scheme) -> None:
        self.program = program
        self.choices = choices
        self.scheme = scheme
        self.items: dict[str, Linear] = {}

    def element(self, result: SectionResult) -> _Element:
        """Its items less its extras, never below 0, with its bonuses; nothing under a veto."""
        base, vetoes = self._base(result)
        if not result.bonus_most:
            return _Element(base)
        program, most = self.program, Fraction(result.bonus_most)
        bonus = program.number(ceil(most))
        program.at_least(program.all_of(vetoes).times(most), bonus)
        if not (self.scheme.bonus and self.scheme.bonus.above_full):
            program.at_least(constant(Fraction(result.full)), base.plus(bonus))
        return _Element(base, bonus)

    def _base(self, result: SectionResult) -> tuple[Linear, list[Linear]]:
        """An element without bonuses; and 1 for each veto that is gone."""
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
            return left, vetoes
        stands = program.yes_no()
        for gone in vetoes:
            program.at_least(gone, stands)
        full = Fraction(result.full)
        best = program.number(ceil(full))
        program.at_least(stands.times(full), best)
        program.at_least(left.plus(constant(worst)), best.plus(stands, worst))
        return best, vetoes

    def _section(self, result: SectionResult) -> _Score:
        items = [child for child in result.children if isinstance(child, ItemResult)]
        veto = self._veto(items) if result.section.has_veto else None
        parts = [
            self._item(child, veto) if isinstance(child, ItemResult) else self._section(child)
            for child in result.children
        ]
        extras = total_of((e, 1) for _, e in parts)
        if result.section.weighs:
            return self._weighed(result, [score for score, _ in parts]), extras
        return total_of((s, 1) for s, _ in parts), extras

    def _weighed(self, result: SectionResult, scores: Sequence[Linear]) -> Linear:
        """The sum of weight × share of the marks, over the sections below that apply."""
        below = [
            (child, score)
            for child, score in zip(result.children, scores, strict=True)
            if isinstance(child, SectionResult) and child.full
        ]
        weights = sum((Fraction(child.section.weight or 0) for child, _ in below), Fraction(0))
        full = Fraction(result.full)
        return total_of(
            (score, full * Fraction(child.section.weight or 0) / weights / Fraction(child.full))
            for child, score in below
        )

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
        """As `_scored`; an item that has points is remembered in percent."""
        score = self._scored(result, veto)
        if result.applicable and result.full:
            self.items[result.item.id] = score[0].times(100 / Fraction(result.full))
        return score

    def _scored(self, result: ItemResult, veto: Linear | None) -> _Score:
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
