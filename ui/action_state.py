"""What the list of actions remembers of this visitor: what is open, what was just removed."""

import streamlit as st

from state.documents.action import Action
from state.documents.action_changes import add_actions, remove_action, restore_action
from state.documents.assessment import Assessment, new_id
from ui import session

VIEW = "rectification-view"
"""Key of what the page 整改 shows: "way" or "actions"."""

_OPEN, _REMOVED = "action-open", "action-removed"


def open_action_id() -> str | None:
    """The action that is open, until its form is closed."""
    found: str | None = st.session_state.get(_OPEN)
    return found


def close_it() -> None:
    """Close the form."""
    st.session_state.pop(_OPEN, None)


def open_it(action_id: str) -> None:
    """Open an action when the page is drawn next."""
    st.session_state[_OPEN] = action_id


def add(actions: dict[str, Action]) -> None:
    """Add actions and say how many are new; one alone is opened."""
    session.apply(add_actions(actions))
    after = session.current()
    new = [one for one in actions if after and one in after.work.actions]
    if len(actions) == 1 and new:
        open_it(new[0])
    elif new:
        session.notify(f"已列为整改 {len(new)} 项")


def add_free() -> None:
    """Add an action that is for no finding, and open it."""
    add({new_id(): Action()})


def remove(action_id: str, action: Action) -> None:
    """Remove an action, so that it can be brought back."""
    session.apply(remove_action(action_id))
    close_it()
    found = session.settle_address()
    st.session_state[_REMOVED] = found, action_id, action


def removed(assessment: Assessment) -> tuple[str, Action] | None:
    """What this visitor removed last from the assessment, while it is gone."""
    found, action_id, action = st.session_state.get(_REMOVED, (None, "", None))
    if action is None or found != session.settle_address():
        return None
    return None if action_id in assessment.work.actions else (action_id, action)


def bring_back(action_id: str, action: Action) -> None:
    """Undo a removal."""
    if session.applied(restore_action(action_id, action)):
        st.session_state.pop(_REMOVED, None)
