"""The check list of conditions of application, beside the grade."""

import streamlit as st

from scoring import Result
from state.documents import changes
from state.documents.assessment import Assessment
from ui import session
from ui.widgets import on_change, show
from wording.application import (
    HEADING,
    NOTE,
    application_words,
    requisite_source,
    requisite_words,
    requisites,
)
from wording.labels import plain

_TITLES = {"yes": "符合", "no": "不符合"}


def application(assessment: Assessment, result: Result) -> None:
    """Every condition for the grade aimed at, each answered by yes or no."""
    asked = requisites(result.scheme, assessment.profile.target_grade)
    if not asked:
        return
    kept = assessment.work.answers.application
    target, answers = assessment.profile.target_grade, result.answers.application
    with st.expander(
        application_words(result.scheme, target, answers) or HEADING,
        icon=":material/fact_check:",
        key="application",
    ):
        st.caption(NOTE)
        for requisite in asked:
            key = show(f"application:{requisite.id}", kept.get(requisite.id))
            st.segmented_control(
                f"{plain(requisite_words(requisite))} "
                f":gray[:small[{plain(requisite_source(requisite))}]]",
                list(_TITLES),
                key=key,
                format_func=_TITLES.__getitem__,
                disabled=not session.may_edit(),
                on_change=on_change(
                    key, lambda chosen, r=requisite.id: changes.set_requisite(r, chosen)
                ),
            )
