"""What the view of the shortest way keeps in the session: the aim, the last plans, what is ticked.

Nothing of it is an answer: effort and pins are, and are saved as every answer is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from planning.fixable import Fixable, fixables, put_right
from planning.goal import Goal, checked_total, goal_of, goal_of_total, next_grade
from planning.order import Fix, best_fix
from planning.shortest import Plan, shortest
from planning.worth import worth_of
from reports.content.plan_document import aim
from scoring import Answers, Result, score
from scoring.numbers import text
from scoring.problems import AnswersError
from scoring.wishes import EFFORT, MAX_EFFORT
from state.documents import changes
from ui import session
from wording.plan import no_grade_words, no_total_words

GOAL, TOTAL = "grade", "total"
"""Names of the address parameters that carry the aim."""

_PLANS, _TICKED = "way:plans", "way:ticked"

_MOST_PLANS = 4
"""Plans that are kept for a session: a pin set and taken back answers at once."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan with what is shown beside it.

    found: everything that can be put right. best: with all of it done that is not pinned 改不了.
    single: the one finding that gains most; None where none does.
    """

    plan: Plan
    found: tuple[Fixable, ...]
    best: Result
    single: Fix | None

    def counts(self, keys: frozenset[str]) -> dict[str, int]:
        """How many places of each finding: as many as planned, all of what is not in the plan."""
        fixes = {fix.found.key: fix.count for fix in self.plan.fixes}
        return {one.key: fixes.get(one.key, one.count) for one in self.found if one.key in keys}

    def with_right(self, counts: Mapping[str, int]) -> Result:
        """What it comes to with so much put right."""
        before = self.plan.before
        return score(before.scheme, put_right(before, counts), before)


def chosen_goal(result: Result, wanted: str) -> tuple[Goal, str | None]:
    """What is planned for, and what is wrong with what was asked for, if anything.

    wanted: the grade of the enterprise's profile, which counts until another is chosen.
    """
    scheme = result.scheme
    default = aim(result, wanted)
    if not scheme.grades:
        asked = session.remembered(TOTAL)
        try:
            return (goal_of_total(checked_total(scheme, asked)) if asked else default), None
        except AnswersError:
            session.forget(TOTAL)
            return default, no_total_words(scheme, text(default.total))
    titles = [grade.title for grade in scheme.grades]
    asked = session.remembered(GOAL) or wanted
    if asked in titles:
        return goal_of(result, asked), None
    if not asked:
        return default, None
    instead = goal_of(result, next_grade(result))
    return instead, no_grade_words(asked, titles, instead.grade or "")


def planned(result: Result, goal: Goal) -> Planned:
    """The plan for these answers, worked out only where it was not lately.

    Raises: PlanError, SolverError.
    """
    asked = (result.scheme.id, result.scheme.version, goal, result.answers)
    kept: list[tuple[tuple[str, str, Goal, Answers], Planned]]
    kept = st.session_state.setdefault(_PLANS, [])
    known = next((one for key, one in kept if key == asked), None)
    if known is None:
        found = tuple(fixables(result))
        plan = shortest(result, goal)
        most = {one.key: one.most for one in found if one.most}
        best = score(result.scheme, put_right(result, most), result)
        known = Planned(plan, found, best, best_fix(worth_of(result), found, plan.fixes))
    others = [(key, one) for key, one in kept if one is not known]
    st.session_state[_PLANS] = [(asked, known), *others][:_MOST_PLANS]
    return known


def is_known(result: Result, goal: Goal) -> bool:
    """Whether the plan is there and need not be waited for."""
    asked = (result.scheme.id, result.scheme.version, goal, result.answers)
    return any(key == asked for key, _ in st.session_state.get(_PLANS, ()))


def ticked(assessment_id: str, found: tuple[Fixable, ...]) -> frozenset[str]:
    """Keys of the findings that are tried as put right; never an answer."""
    of, keys = st.session_state.get(_TICKED, ("", frozenset()))
    there = frozenset(one.key for one in found)
    return there & keys if of == assessment_id else frozenset()


def tick(assessment_id: str, keys: frozenset[str]) -> None:
    """Try just these as put right."""
    st.session_state[_TICKED] = assessment_id, keys


def save_effort(key: str, typed: float | None) -> None:
    """Save what one place of a finding takes; what is no effort is said, and nothing changes."""
    if typed is None:
        session.apply(changes.set_effort(key, None))
        return
    effort = format(Decimal(str(typed)).normalize(), "f")
    if EFFORT.fullmatch(effort) and 0 < Decimal(effort) <= MAX_EFFORT:
        session.apply(changes.set_effort(key, effort))
    else:
        session.warn([f"工作量没有保存：每处应大于 0、不超过 {MAX_EFFORT}，最多三位小数"])
