"""The way to a grade for the projector: a step at a time, with the radar growing."""

import streamlit as st

from planning.goal import Goal
from planning.order import Step
from planning.shortest import Plan, PlanError
from planning.solver import SolverError
from reports.content.radar import FEWEST
from scoring import Result
from ui import session
from ui.panel import in_words
from ui.plan_radar import plan_radar
from ui.plan_state import GOAL, Planned, chosen_goal, is_known, planned
from ui.presented import HEIGHT, open_item, shown_part, spokes, wall_chart
from ui.widgets import show
from wording.grades import NOTHING
from wording.labels import node_title, plain
from wording.plan import FAILED, fix_words, headline, reached_words, step_words

_AT = "presented-step"
_BEFORE = 4
"""Steps already taken that stay on the screen."""


def present_plan(result: Result, wanted: str) -> None:
    """Draw the step arrived at; the arrow keys lead to the next and the one before.

    wanted: the grade of the enterprise's profile.
    """
    if result.high is None:
        st.info(f"{NOTHING}，没有要整改的。")
        return
    goal, _ = chosen_goal(result, wanted)
    _aim(result, goal)
    try:
        if is_known(result, goal):
            way = planned(result, goal)
        else:
            with st.spinner("正在算最省的整改办法…"):
                way = planned(result, goal)
    except (PlanError, SolverError):
        st.error(FAILED)
        return
    steps = way.plan.steps
    at = min(st.session_state.get(_AT, 0), len(steps))
    left, right = st.columns(2, gap="large")
    with left:
        _told(way.plan, steps[:at])
        _turn(at, len(steps))
    with right:
        _picture(way, steps[:at])


def _aim(result: Result, goal: Goal) -> None:
    """The grade that is planned for, where there are several."""
    if not result.scheme.grades or result.scheme.one_line:
        return
    key = show("presented-grade", goal.grade)
    st.segmented_control(
        "目标等级",
        [grade.title for grade in result.grades],
        key=key,
        required=True,
        label_visibility="collapsed",
        on_change=lambda: session.remember(GOAL, st.session_state[key]),
    )


def _told(plan: Plan, done: tuple[Step, ...]) -> None:
    """What the last step puts right and reaches, below those before it."""
    if not done:
        st.markdown(f"# {plain(reached_words(plan.before))}", anchors=False)
        st.markdown(plain(headline(plan)))
        return
    st.markdown(f"# {plain(step_words(plan, done[-1]))}", anchors=False)
    first = max(0, len(done) - 1 - _BEFORE)
    for number, step in enumerate(done[first:], first + 1):
        last = number == len(done)
        words = f"{number}\\. {plain(node_title(step.item))}"
        st.button(
            f"**{words}**" if last else words,
            key=f"presented-{step.item.id}",
            type="tertiary",
            on_click=open_item,
            args=[step.item.id],
        )
        if last:
            fixes = (plan.fixes[place] for place in step.fixes)
            st.markdown("\n".join(f"- {plain(fix_words(fix))}" for fix in fixes))


def _turn(at: int, count: int) -> None:
    with st.container(horizontal=True):
        for label, key, to, arrow in (
            ("上一步", "present-back", at - 1, "Left"),
            ("下一步", "present-on", at + 1, "Right"),
        ):
            there = 0 <= to <= count
            st.button(label, key=key, shortcut=arrow, disabled=not there, on_click=_go, args=[to])
        st.text(f"第 {at} 步，共 {count} 步")


def _go(to: int) -> None:
    st.session_state[_AT] = to


def _picture(way: Planned, done: tuple[Step, ...]) -> None:
    before = way.plan.before
    part = shown_part(before)
    if part is None or len(part.applicable) < FEWEST:
        return
    keys = frozenset(way.plan.fixes[place].found.key for step in done for place in step.fixes)
    then = way.with_right(way.counts(keys))
    name = f"第 {len(done)} 步后"
    shown = [("现在", before), (name, then), ("能改的全部改好", way.best)]
    figure, config = plan_radar(before, part, shown, HEIGHT, wall=True)
    words = f"{name}：{in_words(then, next(p for p in then.parts if p.part.id == part.part.id))}"
    wall_chart(figure, config, words)
    spokes(part)
