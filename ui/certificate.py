"""The certificate (定级证书) that an enterprise was granted; all of it optional."""

import streamlit as st

from state.documents.assessment import NAME_LENGTH, Assessment
from state.documents.finishing import set_certificate
from ui.widgets import on_change, show

_WORDS = {"grade": "证书等级", "number": "证书编号"}
_DAYS = {"issued": "发证日期", "expires": "有效期至"}


def certificate(assessment: Assessment) -> None:
    """Inputs for the certificate, which stay open when the assessment is locked."""
    kept = assessment.certificate
    with st.expander("定级证书（选填，已有证书时填写，用于到期提醒）"):
        for field, label in _WORDS.items():
            key = show(f"certificate:{field}", getattr(kept, field))
            st.text_input(
                label,
                key=key,
                max_chars=NAME_LENGTH,
                on_change=on_change(key, lambda text, f=field: set_certificate(f, text or "")),
            )
        for column, (field, label) in zip(st.columns(2), _DAYS.items(), strict=True):
            key = show(f"certificate:{field}", getattr(kept, field))
            column.date_input(
                label,
                key=key,
                format="YYYY-MM-DD",
                on_change=on_change(key, lambda day, f=field: set_certificate(f, day)),
            )
        if kept.issued and kept.expires and kept.expires < kept.issued:
            st.warning("有效期早于发证日期，请核对。")
