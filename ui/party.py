"""By what the bounds tell visitors apart: their session and their address."""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from state.service.bounds import network

_THIS_COMPUTER = "127.0.0.1"
"""Streamlit names no address for a visitor at the same computer."""


def session_id() -> str:
    """The id by which Streamlit knows the session; "" outside of one."""
    context = get_script_run_ctx()
    return context.session_id if context else ""


def address() -> str:
    """Where the visitor is, as the bounds count addresses."""
    found = st.context.ip_address
    return network(found if isinstance(found, str) else _THIS_COMPUTER)
