"""The shortest way to a grade or a total: the cheapest findings to put right, proven and confirmed.

Three aims, one after the other, each held fast for the next: the least cost; at that cost the
highest exact total; at that total more put right earlier in the standard. The solver proposes,
`scoring` confirms: what it does not confirm is cut off and solved again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planning.fixable import Fixable, fixables, put_right, share_of
from planning.goal import Goal, ask, holds, obstacles
from planning.linear import ONE, Linear, Program, constant, total_of
from planning.model import Model, model_of
from planning.order import Fix, Step, fix_of, steps_of
from planning.solver import Solver
from planning.ways import ways_of
from planning.worth import worth_of
from scoring.engine import score
from scoring.result import Gate, Result

_MOST_CUTS = 50
"""Proposals that scoring may refuse; one refused is rare already."""

_BITS = 20
"""Ways of items that are compared at once are weighed up to this power of two."""


_Chosen = Mapping[str, int]
"""The way chosen for each item, by its place among them."""


class PlanError(Exception):
    """A plan that scoring does not confirm, which is never shown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The way to a goal, or why there is none.

    before: as answered. after: with all fixes made. blocked: gates that no fix opens.
    without: pins 改不了 of which the way would be open if they were none, by key.
    kept: everything that is pinned so.
    """

    goal: Goal
    before: Result
    after: Result
    reachable: bool
    fixes: tuple[Fix, ...] = ()
    steps: tuple[Step, ...] = ()
    blocked: tuple[Gate, ...] = ()
    without: tuple[str, ...] = ()
    kept: tuple[Fixable, ...] = ()

    @property
    def cost(self) -> Fraction:
        """What all fixes take."""
        return sum((fix.cost for fix in self.fixes), Fraction(0))

    @property
    def rest_on(self) -> int:
        """How many items count at their best though nobody has reviewed them."""
        return self.before.applicable_items - self.before.reviewed


def shortest(result: Result, goal: Goal) -> Plan:
    """The cheapest plan. Raises: PlanError, SolverError."""
    found = fixables(result)
    best = _after(result, {one.key: one.most for one in found})
    if not holds(best, goal):
        return _blocked(result, goal, found, best)
    fixed = _Search(result, goal, found).run()
    worth = worth_of(result)
    fixes = tuple(fix_of(worth, one, fixed[one.key]) for one in found if fixed[one.key])
    after = _after(result, fixed)
    steps = steps_of(worth, goal, fixes)
    return Plan(goal, result, after, True, fixes, steps)


def _after(result: Result, fixed: Mapping[str, int]) -> Result:
    made = {key: places for key, places in fixed.items() if places}
    return score(result.scheme, put_right(result, made), result)


def _blocked(result: Result, goal: Goal, found: Sequence[Fixable], best: Result) -> Plan:
    """Why there is no way: gates that no fix opens or, where these would not be, pins."""
    free = _after(result, {one.key: one.count for one in found})
    if not holds(free, goal):
        return Plan(goal, result, best, False, blocked=tuple(obstacles(free, goal)))
    kept = tuple(one for one in found if one.pin == "keep")

    def is_open_without(lifted: Sequence[Fixable]) -> bool:
        keys = {one.key for one in lifted}
        fixed = {one.key: one.count if one.key in keys else one.most for one in found}
        return holds(_after(result, fixed), goal)

    without = next(([one] for one in kept if is_open_without([one])), None)
    if without is None:
        without = list(kept)
        for one in kept:
            less = [other for other in without if other is not one]
            if is_open_without(less):
                without = less
    keys = tuple(one.key for one in without)
    gates = tuple(obstacles(best, goal))
    return Plan(goal, result, best, False, blocked=gates, without=keys, kept=kept)


class _Search:
    """One model, solved for one aim after the other."""

    def __init__(self, result: Result, goal: Goal, found: Sequence[Fixable]) -> None:
        self.result, self.goal = result, goal
        self.on_item: dict[str, list[Fixable]] = {}
        for one in found:
            self.on_item.setdefault(one.item.id, []).append(one)
        share = share_of(result)
        ways = {item: ways_of(of_item, share, goal.must) for item, of_item in self.on_item.items()}
        self.model: Model = model_of(result, ways)
        ask(self.model, result.scheme, goal)
        self.program: Program = self.model.program
        self.solver = Solver(self.program)

    def run(self) -> dict[str, int]:
        """How many places of each finding are put right, by key."""
        model, program = self.model, self.program
        chosen, _ = self._confirmed(model.cost.times(-1))
        cost = self._cost(chosen)
        self.solver.narrow(model.cost.times(-1), -cost)
        program.at_least(constant(cost), model.cost)
        chosen, after = self._confirmed(model.total)
        best = after.high_exact
        assert best is not None  # the goal holds
        self.solver.narrow(model.total, best)
        program.at_least(model.total, constant(best))
        earliest = self._earliest(chosen)
        again = _after(self.result, self._fixed(earliest))
        if (again.high_exact, self._cost(earliest)) != (best, cost) or not holds(again, self.goal):
            raise PlanError("scoring does not confirm the plan")
        return self._fixed(earliest)

    def _confirmed(self, aim: Linear) -> tuple[_Chosen, Result]:
        for _ in range(_MOST_CUTS):
            chosen = self._solved(aim)
            after = _after(self.result, self._fixed(chosen))
            if holds(after, self.goal):
                return chosen, after
            self._cut_off(chosen)
        raise PlanError("scoring refuses one proposal after the other")

    def _solved(self, aim: Linear) -> _Chosen:
        values = self.solver.best(aim)
        if values is None:
            raise PlanError("the solver finds no way where scoring knows one")
        return {
            item: next(p for p, column in enumerate(choice.columns) if _value(column, values))
            for item, choice in self.model.choices.items()
        }

    def _fixed(self, chosen: _Chosen) -> dict[str, int]:
        return {
            one.key: places
            for item, choice in self.model.choices.items()
            for one, places in zip(self.on_item[item], choice.ways[chosen[item]].fixed, strict=True)
        }

    def _cost(self, chosen: _Chosen) -> Fraction:
        choices = self.model.choices.items()
        return sum((choice.ways[chosen[item]].cost for item, choice in choices), Fraction(0))

    def _cut_off(self, chosen: _Chosen) -> None:
        """Ask for more than this somewhere: less of anything is no way either."""
        more = [
            (column, 1)
            for item, choice in self.model.choices.items()
            for way, column in zip(choice.ways, choice.columns, strict=True)
            if any(n > m for n, m in zip(way.fixed, choice.ways[chosen[item]].fixed, strict=True))
        ]
        self.program.at_least(total_of(more), ONE)

    def _earliest(self, chosen: _Chosen) -> _Chosen:
        """More put right earlier in the standard: the first finding as much as can be, and so on.

        The ways of an item stand in that order. Several items at once, each worth more than all
        after it together.
        """
        left = [item for item in self.model.choices if len(self._open(item)) > 1]
        while left:
            group: list[str] = []
            worth = 1
            for item in left:
                if group and worth * len(self._open(item)) > 2**_BITS:
                    break
                group.append(item)
                worth *= len(self._open(item))
            left = left[len(group) :]
            if any(chosen[item] != self._open(item)[-1] for item in group):
                parts = []
                for item in group:
                    worth //= len(self._open(item))
                    columns = self.model.choices[item].columns
                    ranks = enumerate(self._open(item))
                    parts += [(columns[place], worth * rank) for rank, place in ranks]
                chosen = self._solved(total_of(parts))
            for item in group:
                self.solver.take(self.model.choices[item].columns[chosen[item]])
        return chosen

    def _open(self, item: str) -> list[int]:
        """The ways of an item that may still be chosen."""
        columns = self.model.choices[item].columns
        return [p for p, column in enumerate(columns) if column.most(self.program) > 0]


def _value(column: Linear, values: Mapping[int, int]) -> bool:
    return bool(column.constant) or any(values[place] for place in column.terms)
