"""The cheapest way to a grade, and what would be if."""

from collections.abc import Sequence

import streamlit as st

from planning.fixable import Fixable
from planning.goal import Goal
from planning.order import fix_of
from planning.shortest import PlanError
from planning.solver import SolverError
from planning.worth import worth_of
from reports.content.radar import FEWEST
from schemes import Scheme
from scoring import Result
from scoring.result import PartResult
from state.documents import changes
from state.documents.assessment import Assessment
from ui import session
from ui.documents import download
from ui.frame import asking_fragment, current_or_rerun
from ui.parts import chosen_part
from ui.plan_radar import elements_like, plan_radar
from ui.plan_rows import finding_row
from ui.plan_state import GOAL, TOTAL, Planned, chosen_goal, is_known, planned, tick, ticked
from ui.widgets import on_change, show
from wording.findings import compiled_legend
from wording.grades import NOTHING
from wording.labels import node_title, plain
from wording.numbers import percent_words
from wording.plan import (
    FAILED,
    effort_words,
    element_words,
    fix_words,
    found_words,
    gain_of_fix,
    headline,
    headroom_words,
    higher_words,
    reached_words,
    rests_words,
    single_words,
    step_words,
)

_UNITS = ("处", "小时", "元")

_STEPS = 8
"""Steps that are drawn at first, and more each time they are asked for."""

_PAGE = 8
"""Findings on a page of the others."""


def shortest_way(scheme: Scheme, assessment: Assessment) -> None:
    """Draw the view."""
    session.hand_on(assessment)
    _view(scheme)


@st.fragment
def _view(scheme: Scheme) -> None:
    """All of it, so that a pin redraws only this."""
    assessment = current_or_rerun()
    result = session.result_of(assessment, scheme)
    if result.high is None:
        st.info(f"{NOTHING}，没有要整改的。")
        return
    goal, wrong = chosen_goal(result, assessment.profile.target_grade)
    if session.may_edit():
        _settings(result, goal, assessment)
    if wrong:
        st.warning(wrong)
    try:
        if is_known(result, goal):
            way = planned(result, goal)
        else:
            with st.spinner("正在算最省的整改办法…", show_time=True):
                way = planned(result, goal)
    except (PlanError, SolverError):
        st.error(FAILED)
        return
    unit = assessment.work.effort_unit
    marks = ticked(assessment.id, way.found)
    _told(way, unit)
    left, right = st.columns([3, 2], gap="large")
    with right:  # first, so that the radar reaches the browser first
        _what_if(way, assessment.id, marks)
    with left:
        _steps(way, assessment, marks, unit)
        _pinned(way, assessment, marks, unit)
    download("plan", assessment, ("下载 Word 整改路径", ":material/download:"))
    legend = compiled_legend(scheme)
    if legend:
        st.caption(plain(legend))


def _settings(result: Result, goal: Goal, assessment: Assessment) -> None:
    """What is planned for, and what effort is counted in."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if not result.scheme.grades:
            key = show("way:total", float(goal.total))
            st.number_input(
                "目标总分",
                key=key,
                step=1.0,
                format="%g",
                width=180,
                on_change=lambda: session.remember(TOTAL, format(st.session_state[key] or 0, "g")),
            )
        elif not result.scheme.one_line:
            key = show("way:grade", goal.grade)
            st.segmented_control(
                "目标等级",
                [grade.title for grade in result.grades],
                key=key,
                required=True,
                on_change=lambda: session.remember(GOAL, st.session_state[key]),
            )
        unit = show("way:unit", assessment.work.effort_unit)
        st.segmented_control(
            "工作量按什么计？",
            _UNITS,
            key=unit,
            required=True,
            on_change=on_change(unit, changes.set_effort_unit),
        )


def _told(way: Planned, unit: str) -> None:
    """What the plan takes and brings, what it rests on, what gains most, what is to spare."""
    plan = way.plan
    if not plan.reachable:
        st.error(headline(plan, unit), icon=":material/block:")
    else:
        st.markdown(f"**{plain(headline(plan, unit))}**")
    lines = [*filter(None, [higher_words(plan)]), *rests_words(plan, unit)]
    if way.single is not None:
        lines.append(single_words(way.single, unit))
    lines.append(f"现在：{headroom_words(plan.before, plan.goal)}")
    if plan.reachable and plan.fixes:
        lines.append(f"按路径改完：{headroom_words(plan.after, plan.goal)}")
    if way.found:
        lines.append(f"能改的全部改好：{headroom_words(way.best, plan.goal)}")
    st.markdown("  \n".join(map(plain, lines)))


def _steps(way: Planned, assessment: Assessment, marks: frozenset[str], unit: str) -> None:
    """A card for each step, the first of them at first."""
    plan = way.plan
    if not plan.steps:
        return
    st.markdown("#### 按这个顺序改，等级上得最快", anchors=False)
    if session.may_edit():
        st.caption("勾选只是试算，不改自评的回答；“必须改”“期限前改不了”和工作量会保存。")
    most = st.session_state.get("way:shown", _STEPS)
    for number, step in enumerate(plan.steps[:most], 1):
        with st.container(border=True):
            reached = plain(step_words(plan, step))
            st.markdown(f"**{number}\\. {plain(node_title(step.item))}**　→ {reached}")
            for place in step.fixes:
                fix = plan.fixes[place]
                words = (
                    f"{fix_words(fix)}；工作量 {effort_words(fix.cost, unit)}"
                    f"；单独改 {gain_of_fix(fix)}"
                )
                finding_row(fix.found, words, assessment.id, marks, unit)
    left = len(plan.steps) - most
    if left > 0 and session.may_edit():
        st.button(f"显示更多（还有 {left} 步）", key="way:more", on_click=_more, args=[most])
    elif left > 0:
        steps = list(enumerate(plan.steps, 1))[most:]
        st.markdown(
            "  \n".join(
                plain(f"{n}. {node_title(step.item)} → {step_words(plan, step)}")
                for n, step in steps
            )
        )


def _more(most: int) -> None:
    st.session_state["way:shown"] = most + 2 * _STEPS


def _pinned(way: Planned, assessment: Assessment, marks: frozenset[str], unit: str) -> None:
    """What the plan leaves as it is: findings pinned 改不了, and the others folded away."""
    planned_keys = {fix.found.key for fix in way.plan.fixes}
    rest = [one for one in way.found if one.key not in planned_keys]
    kept = [one for one in rest if one.pin == "keep"]
    first, others = kept[:_PAGE], kept[_PAGE:] + [one for one in rest if one.pin != "keep"]
    if first:
        st.markdown("#### 期限前改不了的", anchors=False)
        _rows(way, first, assessment, marks, unit)
    if not others:
        return
    if not session.may_edit():
        st.caption(f"另有 {len(others)} 项问题不在路径里。")
        return
    name = "不在路径里的其他问题" if way.plan.reachable else "其他问题"
    folded = st.expander(f"{name}：{len(others)} 项", key="way:others", on_change="rerun")
    if not folded.open:
        return
    with folded:
        pages = -(-len(others) // _PAGE)
        page = st.pagination(pages, key="way:page") if pages > 1 else 1
        page = min(page, pages)
        _rows(way, others[(page - 1) * _PAGE : page * _PAGE], assessment, marks, unit)


def _rows(
    way: Planned,
    rows: Sequence[Fixable],
    assessment: Assessment,
    marks: frozenset[str],
    unit: str,
) -> None:
    worth = worth_of(way.plan.before)
    for found in rows:
        fix = fix_of(worth, found, found.count)
        words = f"{found_words(found)}；单独改 {gain_of_fix(fix)}"
        with st.container(border=True):
            finding_row(found, words, assessment.id, marks, unit)


def _what_if(way: Planned, assessment_id: str, marks: frozenset[str]) -> None:
    """Three outlines: now, with what is ticked or planned, and the best that can be."""
    plan = way.plan
    counts = way.counts(marks)
    if counts:
        name, tried = f"勾选的 {len(counts)} 项改好", way.with_right(counts)
    elif plan.fixes:
        name, tried = "按路径改完", plan.after
    else:
        name, tried = "能改的全部改好", way.best
    st.markdown(f"#### {name}：{plain(reached_words(tried))}", anchors=False)
    if session.may_edit():
        _walk(way, assessment_id, marks)
    shown = [("现在", plan.before), (name, tried)]
    if tried is not way.best:
        shown.append(("能改的全部改好", way.best))
    _picture(plan.before, shown)
    lacking = element_words(plan.before, tried, way.best)
    if lacking:
        with st.expander(f"各要素还差多少：{len(lacking)} 个失分"):
            st.caption(f"现在 → {name} → 能改的全部改好")
            st.markdown("\n".join(f"- {plain(words)}" for words in lacking))


def _walk(way: Planned, assessment_id: str, marks: frozenset[str]) -> None:
    """How far the plan is tried: a step more or less ticks what it puts right."""
    plan = way.plan
    if len(plan.steps) < 2:
        return
    until: list[frozenset[str]] = [frozenset()]
    for step in plan.steps:
        until.append(until[-1] | {plan.fixes[place].found.key for place in step.fixes})
    here = until.index(marks) if marks in until else None
    key = "way:walk"
    if here is not None:
        show(key, here)
    st.select_slider(
        "试到第几步",
        range(len(until)),
        key=key,
        format_func=lambda n: f"第 {n} 步后" if n else "还没有改",
        on_change=lambda: tick(assessment_id, until[st.session_state[key]]),
    )


@asking_fragment
def _picture(now: Result, shown: Sequence[tuple[str, Result]]) -> None:
    """The radar of one part of the standard, which the user may choose."""
    parts = {part.part.id: part for part in now.parts if len(part.applicable) >= FEWEST}
    if not parts:
        return
    titles = {i: plain(part.part.title) for i, part in parts.items()}
    part = parts[chosen_part(titles, "way:part", "collapsed")]
    figure, config = plan_radar(now, part, shown)
    st.plotly_chart(figure, config=config, theme=None, alt=_in_words(part, shown), key="way-radar")


def _in_words(part: PartResult, shown: Sequence[tuple[str, Result]]) -> str:
    """The picture in words, for those who cannot see it."""
    words = []
    for name, result in shown:
        each = (
            f"{e.section.title} {percent_words(result.scheme, e.percent)}"
            for e in elements_like(result, part)
        )
        words.append(f"{name}：{'，'.join(each)}")
    return "；".join(words)
