"""An address to be passed on: to read, to copy, by the phone's own way of sharing, as a code.

assets/ways.js copies and shares within the browser, without the permission that a clipboard asks
for and without https; the button to share shows only where the browser can.
"""

import segno
import streamlit as st

_SCALE, _BORDER = 5, 3
"""Of the code: pixels to a module, and modules around it."""


def address_to_send(address: str, name: str) -> None:
    """Draw the address with its buttons.

    address: a full link. name: tells these buttons from others of the page.
    """
    with st.container(key=f"send-{name}", gap="xsmall"):
        st.code(address, language=None, width="stretch", wrap_lines=True)
        with st.container(horizontal=True):
            st.button("复制", icon=":material/content_copy:", key=f"copy-{name}")
            st.button("发送…", icon=":material/ios_share:", key=f"native-{name}")
            with st.popover("二维码", icon=":material/qr_code_2:", key=f"code-{name}"):
                st.image(code_of(address), width=220, alt="二维码：上面的地址")


def code_of(address: str) -> str:
    """A QR code of the address, as the data of an SVG picture."""
    return segno.make(address, error="m").svg_data_uri(scale=_SCALE, border=_BORDER)
