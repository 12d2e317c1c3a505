"""The shortest way by each standard, with 50, 100, 200 and 500 findings, or all that there are.

Each assessment is all reviewed, its counted findings in one to four places and a third of them
with an effort of 2 to 8; the goal is the best grade, or a total of 90 where there are none.
Measured is `planning.shortest.shortest` with its steps, of some assessments each: the median, and
the slowest, whose targets stand beside it. Beside it a greedy planner: again and again what gains
most for what it takes, finding by finding, until scoring says that the goal is reached, or no
single finding gains anything and everything left is put right. `saved` is how much less the exact
plan takes, of the greedy one's, in percent: median of the assessments, then the most.

Times are those of the processor, not of the clock, since the machine may be shared with others.
"""

import gc
import statistics
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from time import process_time

import schemes
from benchmarks.measure import AtMost, Row
from planning.fixable import Fixable, fixables, put_right
from planning.goal import Goal, goal_of, goal_of_total, holds
from planning.shortest import shortest
from planning.worth import worth_of
from scoring import Answers, Result, parse_answers, score
from scoring.applicability import Status, applicability, visible_conditions
from scoring.engine import exact_totals, rescore

SIZES = (50, 100, 200, 500)
ASSESSMENTS = 3
TARGETS = {200: AtMost(0.5), 500: AtMost(2.0)}


def run() -> list[Row]:
    """Plan, and let the greedy planner plan."""
    for name in schemes.available():
        schemes.load(name)
    shortest(*_case("model-enterprise", 5, 0))  # the solver is loaded once in a process
    gc.freeze()  # as server.py does: what is loaded is not gone through again and again
    return [row for name in schemes.available() for size in SIZES for row in _rows(name, size)]


def _rows(name: str, size: int) -> Iterator[Row]:
    times, greedy_times, saved, found = [], [], [], 0
    for seed in range(ASSESSMENTS):
        result, goal = _case(name, size, seed)
        found = len(fixables(result))
        start = process_time()
        plan = shortest(result, goal)
        times.append(process_time() - start)
        start = process_time()
        greedy = _greedy(result, goal)
        greedy_times.append(process_time() - start)
        saved.append(float(100 * (greedy - plan.cost) / greedy) if greedy else 0.0)
    if found < size and size != SIZES[0] and found <= SIZES[SIZES.index(size) - 1]:
        return  # the standard has no more conditions: said by the row before
    title = f"plan for {name}, {found} findings"
    slow, target = "greedy", TARGETS.get(size)
    median = statistics.median
    yield Row(f"{title}, median", median(times), slow, median(greedy_times), target)
    yield Row(f"{title}, slowest", max(times), slow, max(greedy_times), target)
    yield Row(f"{title}, saved", median(saved), "most saved", max(max(saved), 1e-9), None, _percent)


def _percent(value: float) -> str:
    return f"{value:.1f} %"


def _case(name: str, size: int, seed: int) -> tuple[Result, Goal]:
    dice = Random(seed)
    scheme = schemes.load(name)
    facets = {f.id: [o.id for o in f.options][: None if f.many else 1] for f in scheme.facets}
    applies = applicability(scheme, Answers(facets={f: frozenset(o) for f, o in facets.items()}))
    conditions = [
        condition
        for item in scheme.items.values()
        if applies.status[item.id] is Status.APPLIES
        for condition in visible_conditions(item, applies.choices)
    ]
    made = dice.sample(conditions, min(size, len(conditions)))
    raw = {
        "scheme": name,
        "facets": facets,
        "performance": {question.id: 0 for question in scheme.performance},
        "reviewed": "all",
        "findings": {c.id: dice.randint(1, 4) if c.per else 1 for c in made},
        "effort": {c.id: str(dice.randint(2, 8)) for c in made if dice.random() < 1 / 3},
    }
    result = score(scheme, parse_answers(scheme, raw))
    if scheme.grades:
        return result, goal_of(result, scheme.grades[0].title)
    return result, goal_of_total(Fraction(90))


def _greedy(result: Result, goal: Goal) -> Fraction:
    """What the greedy planner's way costs."""
    left = {one.key: one for one in fixables(result)}
    fixed: dict[str, int] = {}
    now = result
    worths: dict[str, Fraction] = {}
    together = worth_of(result).together
    while not holds(now, goal):
        for key, one in left.items():
            if key not in worths:
                worths[key] = _worth(result, now, one, fixed)
        key = max(worths, key=worths.__getitem__)
        if not worths[key]:  # only several at once gain something
            fixed = {one.key: one.count for one in fixables(result)}
            break
        one = left.pop(key)
        fixed[key] = one.count
        path = result.scheme.path
        element = path(one.item.id).element
        now = rescore(now, put_right(result, fixed), element.id)
        worths = {
            k: worth
            for k, worth in worths.items()
            if k in left
            and left[k].item is not one.item
            and (element.id not in together or path(left[k].item.id).element is not element)
        }
    effort = {one.key: one.effort for one in fixables(result)}
    return sum((effort[key] * places for key, places in fixed.items()), Fraction(0))


def _worth(result: Result, now: Result, one: Fixable, fixed: dict[str, int]) -> Fraction:
    assert now.high_exact is not None
    element = result.scheme.path(one.item.id).element
    answers = put_right(result, {**fixed, one.key: one.count})
    gain = exact_totals(now, answers, element.id)[2] - now.high_exact
    return gain / (one.effort * one.count)
