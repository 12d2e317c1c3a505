"""在手机上继续: a code that leads a phone to the open assessment, or what to do to have one."""

import ipaddress
import os
from urllib.parse import urlsplit

import segno
import streamlit as st

from state.documents.assessment import Assessment
from state.service.mode import ROOM, Mode
from ui import session
from wording.classroom import PHONE, PHONE_CLOSED, PHONE_LOCAL, PHONE_TOLD


def continue_on_phone(assessment: Assessment) -> None:
    """Draw what is shut at first: the code, or why there is none here."""
    if not session.may_edit():
        return
    shelf = st.expander(PHONE, icon=":material/qr_code_2:", key="phone", on_change="rerun")
    if not shelf.open:
        return
    with shelf:
        base = _base()
        host = urlsplit(base).hostname or ""
        if session.service().mode is Mode.LOCAL:
            st.text(PHONE_LOCAL)
        elif _only_here(host):
            st.text(PHONE_CLOSED.format(host=host))
        else:
            address = f"{base}/assess?{session.ID}={assessment.id}"
            st.text(PHONE_TOLD)
            st.image(segno.make(address, error="m").svg_data_uri(scale=5, border=3), width=220)
            st.code(address, language=None, wrap_lines=True)


def _base() -> str:
    """How others reach this app: as a room was told, or else as this browser reached it."""
    here = urlsplit(st.context.url or "")
    reached = f"{here.scheme}://{here.netloc}"
    return os.environ.get(ROOM) or reached if _only_here(here.hostname or "") else reached


def _only_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in ("localhost", "")
