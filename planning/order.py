"""The steps of a plan, in an order that raises the grade soonest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from planning.fixable import Fixable, fixables, put_right, share_of
from planning.goal import Goal, ask, goal_of, holds
from planning.model import model_of
from planning.solver import Solver
from planning.ways import Way, way_of
from planning.worth import Worth
from schemes import Item
from scoring.engine import rescore
from scoring.result import REACHED, Result, State


@dataclass(frozen=True, slots=True)
class Fix:
    """So many places of one finding put right.

    cost: of all of them. gain: what the exact total gains by them alone.
    """

    found: Fixable
    count: int
    cost: Fraction
    gain: Fraction


@dataclass(frozen=True, slots=True)
class Step:
    """The fixes of one item, and what the total and the grade are at best after them.

    fixes: their places in the plan's list. grade: the best that is not out of reach.
    """

    fixes: tuple[int, ...]
    item: Item
    total: Decimal
    grade: str | None


def fix_of(worth: Worth, found: Fixable, count: int) -> Fix:
    """A fix with what it costs and gains."""
    gain = worth.gain(found.item, {found.key: count})
    return Fix(found, count, found.effort * count, gain)


def best_fix(worth: Worth, found: Sequence[Fixable], known: Sequence[Fix] = ()) -> Fix | None:
    """The one finding that, put right altogether, raises the exact total most; None without any.

    known: fixes that are worked out already. Of equals the first; what is pinned 改不了 is none.
    """
    there = {fix.found.key: fix for fix in known if fix.count == fix.found.count}
    fixes = [there.get(one.key) or fix_of(worth, one, one.count) for one in found if one.most]
    best = max(fixes, key=lambda fix: fix.gain, default=None)
    return best if best and best.gain > 0 else None


def steps_of(worth: Worth, goal: Goal, fixes: Sequence[Fix]) -> tuple[Step, ...]:
    """One step for each item: first the cheapest that reach the lowest grade, then the next.

    Among those that lead to the same grade, what gains most for what it takes comes first.
    """
    result = worth.result
    by_item: dict[str, list[int]] = {}
    for place, fix in enumerate(fixes):
        by_item.setdefault(fix.found.item.id, []).append(place)
    left = dict(by_item)
    order: list[str] = []
    for stage in _stages(result, goal, fixes, by_item):
        chosen = {item: left.pop(item) for item in stage if item in left}
        order += _by_gain(worth, fixes, chosen, order, by_item)
    order += _by_gain(worth, fixes, left, order, by_item)
    return tuple(_walked(result, fixes, order, by_item))


def _stages(
    result: Result,
    goal: Goal,
    fixes: Sequence[Fix],
    by_item: Mapping[str, list[int]],
) -> Iterable[list[str]]:
    """The items that are cheapest to do first for each grade below the goal, lowest first.

    Exact like the plan itself, an item of the plan being done as a whole or not yet.
    """
    goals = list(_grades_below(result, goal))
    if not goals:
        return
    model = model_of(result, _before_and_after(result, fixes))
    solver = Solver(model.program)
    for below in goals:
        ask(model, result.scheme, below)
        values = solver.best(model.cost.times(-1))
        if values is None:
            return
        done = {item: model.choices[item].columns[1] for item in by_item}
        stage = [item for item in by_item if values[next(iter(done[item].terms))]]
        for item in stage:
            solver.take(done[item])
        yield stage


def _before_and_after(result: Result, fixes: Sequence[Fix]) -> dict[str, list[Way]]:
    """Each item as it is and, if the plan changes it, as the plan leaves it."""
    counts, share = {fix.found.key: fix.count for fix in fixes}, share_of(result)
    on_item: dict[str, list[Fixable]] = {}
    for one in fixables(result):
        on_item.setdefault(one.item.id, []).append(one)
    ways = {}
    for item, found in on_item.items():
        fixed = tuple(counts.get(one.key, 0) for one in found)
        both = dict.fromkeys(((0,) * len(found), fixed))  # one, where nothing is put right
        ways[item] = [way_of(found, share, way) for way in both]
    return ways


def _grades_below(result: Result, goal: Goal) -> Iterable[Goal]:
    if goal.grade is None:
        return
    titles = [grade.title for grade in result.grades]
    for title in reversed(titles[titles.index(goal.grade) + 1 :]):
        below = goal_of(result, title)
        if below.total < goal.total and not holds(result, below):
            yield below


def _by_gain(
    worth: Worth,
    fixes: Sequence[Fix],
    chosen: Mapping[str, list[int]],
    before: Sequence[str],
    by_item: Mapping[str, list[int]],
) -> list[str]:
    """Items in the order of what each then gains for what it takes; equals in the standard's."""
    result = worth.result
    elements = {item: result.scheme.path(item).element.id for item in by_item}
    counts = {
        item: {fixes[place].found.key: fixes[place].count for place in places}
        for item, places in by_item.items()
    }
    fixed: dict[str, dict[str, int]] = {element: {} for element in elements.values()}

    def pays(item: str) -> Fraction:
        cost = sum((fixes[place].cost for place in chosen[item]), Fraction(0))
        done = fixed[elements[item]]
        return worth.gain_at_best(result.scheme.items[item], counts[item], done) / cost

    for item in before:
        fixed[elements[item]] |= counts[item]
    pay = {item: pays(item) for item in chosen}
    order: list[str] = []
    while pay:
        item = max(pay, key=pay.__getitem__)
        del pay[item]
        order.append(item)
        fixed[elements[item]] |= counts[item]
        if elements[item] in worth.together:
            pay |= {one: pays(one) for one in pay if elements[one] == elements[item]}
    return order


def _walked(
    result: Result, fixes: Sequence[Fix], order: Sequence[str], by_item: Mapping[str, list[int]]
) -> Iterable[Step]:
    now = result
    for item in order:
        fixed = {fixes[place].found.key: fixes[place].count for place in by_item[item]}
        element = result.scheme.path(item).element.id
        now = rescore(now, put_right(now, fixed), element)
        assert now.high is not None  # something applies
        yield Step(tuple(by_item[item]), result.scheme.items[item], now.high, best_grade(now))


def best_grade(result: Result) -> str | None:
    """The best grade that is not out of reach; None where all are, and without grades."""
    best = next((g.title for g in result.grades if g.state is not State.UNMET), None)
    return REACHED if best and result.scheme.one_line else best
