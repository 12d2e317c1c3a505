"""What is done about each finding, by whom and until when: all actions as a board or a table."""

import streamlit as st

from planning.goal import goal_of
from planning.shortest import PlanError, shortest
from planning.solver import SolverError
from schemes import Scheme
from scoring import Result
from scoring.result import State
from state.documents.assessment import Assessment
from ui import session
from ui.action_filters import Row, filtered, rows_of
from ui.action_form import action_form
from ui.action_making import from_one
from ui.action_state import add, add_free, bring_back, open_action_id, open_it, removed
from ui.documents import download
from wording.action_drafts import Drafts, without_action
from wording.actions import (
    FIELDS,
    GRADES,
    STAGES,
    card_words,
    day_words,
    person_words,
    problem_words,
    stage_words,
    tally_words,
)
from wording.labels import typed
from wording.plan import goal_words, why_words

_VIEWS = {"board": "看板", "table": "表格"}
_CARDS = 20
"""Cards of one column; each is a widget."""


def action_list(scheme: Scheme, assessment: Assessment) -> None:
    """Draw the view: what can become an action, and what has."""
    result = session.result_of(assessment, scheme)
    _undo(assessment)
    _make(result, assessment)
    rows = rows_of(scheme, assessment.work.actions)
    if rows:
        _listed(scheme, rows)
        _take_away(assessment)
    opened = open_action_id()
    if opened in assessment.work.actions:
        action_form(scheme, opened)


def _undo(assessment: Assessment) -> None:
    gone = removed(assessment)
    if gone is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"已删除整改“{typed(problem_words(gone[1]))}”", width="content")
        st.button("撤销删除", key="action-undo", on_click=bring_back, args=list(gone))


def _make(result: Result, assessment: Assessment) -> None:
    """Turn findings into actions: of the shortest way, all, one of them; or write a new one."""
    left = without_action(result, assessment)
    drafts = Drafts(result.scheme)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        title = _aim(result, assessment)
        if left and title is not None:
            st.button(
                f"把达到{title}的最短路径列为整改",
                key="actions:plan",
                type="primary",
                on_click=_add_plan,
                args=[result, title],
            )
        if left:
            st.button(
                f"把全部问题列为整改（{len(left)}）",
                key="actions:all",
                on_click=lambda: add(drafts.of_findings(left)),
            )
        st.button("新写一项整改", key="actions:new", icon=":material/add:", on_click=add_free)
    if left and from_one(left, drafts, "actions:one"):
        st.rerun()


def _aim(result: Result, assessment: Assessment) -> str | None:
    """The grade that is applied for, else the next better one that does not hold yet."""
    grades = [grade for grade in result.grades if grade.state is not State.MET]
    titles = [grade.title for grade in grades]
    wanted = assessment.profile.target_grade
    if wanted in titles or not titles:
        return wanted if titles else None
    return titles[-1]


def _add_plan(result: Result, title: str) -> None:
    try:
        plan = shortest(result, goal_of(result, title))
    except (PlanError, SolverError):
        session.warn(["最短路径没有算出来，没有列为整改；可以先把全部问题列为整改"])
        return
    if not plan.reachable:
        session.warn([f"靠整改达不到{goal_words(plan)}：{why_words(plan)}"])
    elif not plan.fixes:
        session.notify(f"不用整改就能达到{goal_words(plan)}，没有要列的")
    else:
        add(Drafts(result.scheme).of_plan(plan))


def _listed(scheme: Scheme, rows: list[Row]) -> None:
    today = session.today()
    st.markdown(f"**{tally_words((row.action for row in rows), today)}**")
    shown = filtered(scheme, rows)
    if len(shown) < len(rows):
        st.caption(f"筛选出 {len(shown)} 项")
    view = st.segmented_control(
        "怎么看",
        list(_VIEWS),
        key="actions:view",
        default="board",
        required=True,
        format_func=_VIEWS.__getitem__,
        label_visibility="collapsed",
    )
    if view == "table":
        _table(shown)
    else:
        _board(shown)


def _take_away(assessment: Assessment) -> None:
    """The list to be printed or passed on, and its last days for a calendar."""
    with st.container(horizontal=True):
        download("actions", assessment, ("下载 Word 整改清单", ":material/description:"))
        download("actions-xlsx", assessment, ("下载 Excel 整改清单", ":material/table:"))
        if any(a.is_open and a.due for a in assessment.work.actions.values()):
            download("calendar", assessment, ("下载期限日历（.ics）", ":material/event:"))


def _board(rows: list[Row]) -> None:
    """A column for each stage, which stand below each other on a phone; a card opens its action."""
    today = session.today()
    for column, (stage, title) in zip(st.columns(len(STAGES)), STAGES.items(), strict=True):
        of = [row for row in rows if row.action.stage(today) == stage]
        with column:
            st.markdown(f"**{title}** {len(of)}")
            for row in of[:_CARDS]:
                st.button(
                    card_words(row.action, today),
                    key=f"action-card:{row.id}",
                    width="stretch",
                    wrap=True,
                    on_click=open_it,
                    args=[row.id],
                )
            if len(of) > _CARDS:
                st.caption(f"另有 {len(of) - _CARDS} 项，请筛选或看表格")


def _table(rows: list[Row]) -> None:
    """Every action in a row; a chosen row opens."""
    today = session.today()
    content = [
        {
            "编号": row.action.item,
            FIELDS["problem"]: row.action.problem,
            "进度": stage_words(row.action, today),
            "谁做": person_words(row.action),
            FIELDS["due"]: day_words(row.action.due),
            FIELDS["grade"]: GRADES[row.action.grade],
            FIELDS["measure"]: row.action.measure,
        }
        for row in rows
    ]
    turn = st.session_state.setdefault("actions:turn", 0)
    key = f"actions:table:{turn}"
    st.dataframe(
        content,
        key=key,
        hide_index=True,
        on_select=lambda: _choose(key, rows),
        selection_mode="single-row",
    )


def _choose(key: str, rows: list[Row]) -> None:
    chosen = st.session_state[key].selection.rows
    if chosen and chosen[0] < len(rows):
        open_it(rows[chosen[0]].id)
        st.session_state["actions:turn"] += 1  # the next table has nothing chosen
