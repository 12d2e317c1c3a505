"""在手机上继续: a code that leads a phone to the open assessment, or what to do to have one."""

from urllib.parse import urlsplit

import streamlit as st

from state.documents.assessment import Assessment
from state.service.mode import Mode
from ui import session
from ui.links import base_address, only_here
from ui.sending import code_of
from wording.classroom import PHONE, PHONE_CLOSED, PHONE_LOCAL, PHONE_TOLD


def continue_on_phone(assessment: Assessment) -> None:
    """Draw what is shut at first: the code, or why there is none here."""
    if not session.may_edit():
        return
    shelf = st.expander(PHONE, icon=":material/qr_code_2:", key="phone", on_change="rerun")
    if not shelf.open:
        return
    with shelf:
        base = base_address()
        host = urlsplit(base).hostname or ""
        if session.service().mode is Mode.LOCAL:
            st.text(PHONE_LOCAL)
        elif only_here(host):
            st.text(PHONE_CLOSED.format(host=host))
        else:
            address = f"{base}/assess?{session.ID}={assessment.id}"
            st.text(PHONE_TOLD)
            st.image(code_of(address), width=220, alt=f"二维码：{PHONE}")
            st.code(address, language=None, wrap_lines=True)
