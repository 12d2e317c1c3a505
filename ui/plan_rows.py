"""One finding that can be put right: tried as mended, pinned, and given what it takes."""

from functools import partial

import streamlit as st

from planning.fixable import Fixable
from state.documents import changes
from ui import session
from ui.plan_state import save_effort, tick
from ui.widgets import on_change, show
from wording.labels import typed

PINS = {"": "按最省的算", "fix": "必须改", "keep": "期限前改不了"}
"""What may be wished of a finding."""


def finding_row(
    found: Fixable, words: str, assessment_id: str, ticked: frozenset[str], unit: str
) -> None:
    """Draw a finding with what may be said of it; to a reader, the words alone.

    words: what it is and what it brings. ticked: keys of what is tried as put right.
    """
    if not session.may_edit():
        st.markdown(typed(words))
        return
    box = f"whatif-{found.key}"
    st.checkbox(
        typed(words),
        key=show(box, found.key in ticked),
        on_change=_toggle,
        args=[box, found.key, assessment_id, ticked],
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        pin = show(f"pin-{found.key}", found.pin or "")
        st.segmented_control(
            "怎么安排？",
            list(PINS),
            key=pin,
            required=True,
            format_func=PINS.__getitem__,
            label_visibility="collapsed",
            on_change=on_change(pin, lambda wish: changes.set_pin(found.key, wish or None)),
        )
        effort = show(f"effort-{found.key}", float(found.effort) if found.given else None)
        st.number_input(
            f"每处的工作量（{unit}）",
            key=effort,
            step=1.0,
            format="%g",
            placeholder=f"每处 1 {unit}",
            label_visibility="collapsed",
            width=170,
            on_change=partial(_effort, effort, found.key),
        )


def _toggle(box: str, key: str, assessment_id: str, ticked: frozenset[str]) -> None:
    keys = ticked | {key} if st.session_state[box] else ticked - {key}
    tick(assessment_id, keys)


def _effort(widget: str, key: str) -> None:
    save_effort(key, st.session_state[widget])
