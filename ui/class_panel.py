"""The score panel of a class that is about some elements: their marks, and no grade."""

from collections.abc import Collection

import streamlit as st

from planning.group import chosen_elements, within
from scoring.result import Result
from wording.classes import SOME_NO_GRADE, chosen_progress, marks_of
from wording.labels import node_title, plain
from wording.numbers import NOT_APPLICABLE, percent_words


def class_panel(result: Result, elements: Collection[str]) -> None:
    """Marks of the elements together, and a line for each.

    As `ui.panel.score_panel`, its headline stays in sight on a phone.
    """
    found = within(result, elements)
    st.markdown(
        f"## {plain(marks_of(found))} :small[所选要素]\n\n{chosen_progress(found)}\n\n"
        f"{SOME_NO_GRADE}",
        anchors=False,
    )
    rows = []
    for element in chosen_elements(result, elements):
        name = plain(node_title(element.section))
        if not element.applicable:
            rows.append(f"{name}　{NOT_APPLICABLE}")
            continue
        marks = plain(marks_of(within(result, [element.section.id])))
        share = percent_words(result.scheme, element.percent)
        rows.append(f"{name}　**{marks}**　{share}")
    st.caption("  \n".join(rows))
