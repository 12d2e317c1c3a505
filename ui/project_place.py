"""Which phase, view and step of a project the page shows."""

import streamlit as st

from process import Process
from process.progress import Progress
from ui import session

PHASE = "project-phase"
VIEW = "project-view"

STEPS = "步骤"
"""The view of a phase's steps."""

_STEP = "step"
"""Name in the address of the step that is open."""


def settle_place(read: Process, found: Progress) -> None:
    """Begin where the address leads to, else with the phase that the project is in."""
    phases = [state.phase.id for state in found.phases]
    if st.session_state.get(PHASE) not in phases:
        step = open_step()
        if step in read.step:
            st.session_state[PHASE] = read.phase_of[step].id
            st.session_state[VIEW] = STEPS
        else:
            st.session_state[PHASE] = found.current.phase.id if found.current else phases[-1]


def show_steps() -> None:
    """Show the steps of the phase chosen."""
    st.session_state[VIEW] = STEPS


def go_to(phase_id: str, step_id: str) -> None:
    """Open a step."""
    st.session_state[PHASE] = phase_id
    st.session_state[VIEW] = STEPS
    session.remember(_STEP, step_id)


def open_step() -> str:
    """The id of the step that is open; empty where none is."""
    return session.remembered(_STEP) or ""


def toggle(step_id: str) -> None:
    """Open a step, or close it; one is open at a time, as the page draws few widgets."""
    if open_step() == step_id:
        session.forget(_STEP)
    else:
        session.remember(_STEP, step_id)
