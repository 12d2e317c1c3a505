"""Which actions are listed: by department, person, element, how far they have come, and day."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import streamlit as st

from reports.content.actions import ordered
from schemes import Scheme
from state.documents.action import Action
from ui import session
from wording.actions import LATE, STAGES
from wording.labels import node_title

_LATE = "late"
_ANY = "全部"


@dataclass(frozen=True, slots=True)
class Row:
    """An action with its id, and where in the standard it belongs: empty for none."""

    id: str
    action: Action
    element: str


def rows_of(scheme: Scheme, actions: Mapping[str, Action]) -> list[Row]:
    """In the order that documents list them in."""
    known = scheme.items
    return [
        Row(one, action, scheme.path(action.item).element.id if action.item in known else "")
        for one, action in ordered(scheme, actions)
    ]


def filtered(scheme: Scheme, rows: list[Row]) -> list[Row]:
    """Those that the visitor asks for; the questions are drawn when they are opened."""
    today = session.today()
    names: dict[str, str] = {_LATE: LATE} | dict(STAGES.items())
    chosen = st.pills(
        "进度",
        list(names),
        selection_mode="multi",
        key="actions:stage",
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    tests: list[Callable[[Row], bool]] = []
    if chosen:
        tests.append(
            lambda row: (
                row.action.stage(today) in chosen
                or (_LATE in chosen and row.action.days_late(today) > 0)
            )
        )
    shelf = st.expander("按部门、责任人、要素、期限筛选", key="actions:filters", on_change="rerun")
    if shelf.open:
        with shelf:
            tests += _asked(scheme, rows)
    return [row for row in rows if all(test(row) for test in tests)]


def _asked(scheme: Scheme, rows: list[Row]) -> Iterable[Callable[[Row], bool]]:
    first, second, third, fourth = st.columns(4)
    with first:
        departments = {d for r in rows for d in (r.action.department, r.action.supporting) if d}
        department = _one_of("部门", sorted(departments), "department")
    with second:
        person = _one_of("责任人", sorted({r.action.person for r in rows} - {""}), "person")
    with third:
        titles = {e.id: node_title(e) for part in scheme.parts for e in part.elements}
        there = {row.element for row in rows}
        element = _one_of(
            scheme.element_level, [i for i in titles if i in there], "element", titles
        )
    with fourth:
        until = st.date_input("期限不晚于", value=None, format="YYYY-MM-DD", key="actions:until")
    if department:
        yield lambda row: department in (row.action.department, row.action.supporting)
    if person:
        yield lambda row: row.action.person == person
    if element:
        yield lambda row: row.element == element
    if until:
        yield lambda row: row.action.due is not None and row.action.due <= until


def _one_of(
    label: str, options: list[str], name: str, titles: dict[str, str] | None = None
) -> str | None:
    key = f"actions:{name}"
    if st.session_state.get(key) not in (None, *options):
        del st.session_state[key]  # nobody bears it any more
    return st.selectbox(
        label,
        options,
        index=None,
        placeholder=_ANY,
        key=key,
        format_func=lambda one: (titles or {}).get(one, one),
    )
