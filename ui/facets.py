"""Questions of applicability as widgets."""

import streamlit as st

from schemes import Facet
from state.documents import changes
from state.documents.assessment import Assessment
from ui.widgets import on_change, show
from wording.labels import plain


def facet_question(facet: Facet, assessment: Assessment) -> None:
    """Draw one question with its options, bound to the saved answer."""
    kept = assessment.work.answers.facets.get(facet.id, [])
    titles = {option.id: option.title for option in facet.options}
    helps = "；".join(f"{o.title}：{o.help}" for o in facet.options if o.help)
    label = f"**{plain(facet.title)}**"
    guidance = "；".join(filter(None, [facet.help, helps])) or None
    known = [option for option in kept if option in titles]
    if facet.many:
        key = show(f"facet:{facet.id}", known)
        st.pills(
            label,
            list(titles),
            selection_mode="multi",
            key=key,
            format_func=lambda option: plain(titles[option]),
            help=guidance,
            wrap=True,
            on_change=on_change(
                key, lambda chosen: changes.set_facet(facet.id, known, list(chosen or []))
            ),
        )
        _none_of_these(facet, assessment)
    else:
        key = show(f"facet:{facet.id}", known[0] if known else None)
        st.pills(
            label,
            list(titles),
            key=key,
            format_func=lambda option: plain(titles[option]),
            help=guidance,
            wrap=True,
            on_change=on_change(key, lambda o: changes.choose_facet(facet.id, o)),
        )


def _none_of_these(facet: Facet, assessment: Assessment) -> None:
    """An explicit way to answer a choose-many question with nothing."""
    kept = assessment.work.answers.facets.get(facet.id)
    if kept:
        return
    key = show(f"none:{facet.id}", kept == [])
    st.checkbox(
        "以上都没有",
        key=key,
        on_change=on_change(
            key,
            lambda none: (
                changes.set_facet(facet.id, [], [])
                if none
                else changes.choose_facet(facet.id, None)
            ),
        ),
    )
