"""A finding becomes an action: the choice of one, wherever findings are listed."""

import streamlit as st

from planning.fixable import Fixable
from scoring.result import Result
from state.documents.assessment import Assessment
from ui import session
from ui.action_state import VIEW, add
from ui.frame import page_path
from wording.action_drafts import Drafts, without_action
from wording.plan import found_words


def from_one(found: list[Fixable], drafts: Drafts, key: str) -> bool:
    """Offer findings that are no action yet, of which one becomes one, and is open then.

    found: at least one. key: for the widgets. Returns: whether one has just become an action.
    """
    left = {one.key: one for one in found}
    if st.session_state.get(key) not in (None, *left):
        del st.session_state[key]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "还没有列为整改的问题",
            list(left),
            index=None,
            placeholder=f"从 {len(left)} 个问题中选一个列为整改",
            key=key,
            format_func=lambda one: found_words(left[one]),
            label_visibility="collapsed",
        )
        if not chosen or not st.button("列为整改", key=f"{key}:add"):
            return False
    add(drafts.of_findings([left[chosen]]))
    return True


def begin_one(result: Result, assessment: Assessment) -> None:
    """The same beside a list of findings on another page, which leads to the action."""
    left = without_action(result, assessment) if session.may_edit() else []
    if left and from_one(left, Drafts(result.scheme), "finding:action"):
        st.session_state[VIEW] = "actions"
        st.switch_page(page_path("rectification"))
