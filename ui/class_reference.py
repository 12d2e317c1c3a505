"""The reference answer of a case with reasons and clauses, and how far somebody is from it."""

from collections.abc import Collection, Mapping

import pandas as pd
import streamlit as st

from planning.distance import Distance, distance
from planning.group import is_chosen
from schemes import Scheme
from scoring import Result, score
from state.documents.assessment import answers_of
from state.documents.cases import Case, Found
from wording.classes import (
    ABSENT,
    REFERENCE,
    REFERENCE_TOLD,
    TRAPS,
    condition_words,
    distance_words,
    standing_cells,
)
from wording.labels import node_title, plain


def reference_of(case: Case, scheme: Scheme) -> Result:
    """What the reference answer scores. scheme: the case's."""
    return score(scheme, answers_of(scheme, case.work))


def reference_answer(
    case: Case,
    reference: Result,
    elements: Collection[str],
    found: Mapping[str, int] | None = None,
) -> None:
    """Every finding with its reason and its clause, what does not apply, and what only seems so.

    found: by condition, how many of those who looked ticked it.
    """
    scheme = reference.scheme
    _, total, grade = standing_cells(reference, elements)
    st.markdown(f"#### {REFERENCE}：{plain(total)}　{plain(grade)}", anchors=False)
    st.caption(REFERENCE_TOLD)
    for one in case.findings:
        if is_chosen(scheme, scheme.conditions[one.condition][0].id, elements):
            _finding(scheme, one, None if found is None else found.get(one.condition, 0))
    absent = [one for one in case.absent if is_chosen(scheme, one.item, elements)]
    traps = [one for one in case.traps if is_chosen(scheme, one.item, elements)]
    if absent:
        st.markdown(f"**{ABSENT}**")
        for gone in absent:
            title = plain(node_title(scheme.items[gone.item]))
            st.markdown(f"{title}　{plain(gone.because)}　:gray[{plain(gone.clause)}]")
    if traps:
        st.markdown(f"**{TRAPS}**")
        for trap in traps:
            st.markdown(f"{plain(node_title(scheme.items[trap.item]))}　{plain(trap.because)}")


def _finding(scheme: Scheme, one: Found, ticked: int | None) -> None:
    times = f" × {one.count}" if one.count > 1 else ""
    told = "" if ticked is None else f"　:blue[{ticked} 人勾选]"
    _, condition = scheme.conditions[one.condition]
    st.markdown(
        f"**{plain(condition_words(scheme, condition))}{times}**{told}  \n"
        f"{plain(one.because)}  \n:gray[{plain(one.clause)}]"
    )


def own_distance(result: Result, reference: Result, elements: Collection[str]) -> None:
    """What somebody missed, and what they ticked beyond the reference."""
    found = distance(result, reference, elements)
    places = reference.scheme.scoring.decimals
    st.markdown(f"**您和参考答案：{plain(distance_words(found, places))}**")
    for name, conditions in (
        ("漏了", found.missed),
        ("多了", found.beyond),
        ("次数不同", found.counted),
    ):
        for condition in conditions:
            st.markdown(f"{name}　{plain(condition_words(reference.scheme, condition))}")


def distances(
    names: Mapping[str, str],
    results: Mapping[str, Result],
    reference: Result,
    elements: Collection[str],
) -> None:
    """A row for each, the nearest first. names: by id, of everybody; results: of those who can."""
    told = sorted(
        ((distance(r, reference, elements), names[i]) for i, r in results.items()),
        key=lambda one: one[0].steps,
    )
    places = reference.scheme.scoring.decimals
    rows = [(name, *_cells(found), distance_words(found, places)) for found, name in told]
    columns = ["姓名", "漏", "多", "次数不同", "差别"]
    frame = pd.DataFrame(rows, columns=columns)
    st.dataframe(frame, hide_index=True, alt="每人与参考答案的差别")


def _cells(found: Distance) -> tuple[int, int, int]:
    return len(found.missed), len(found.beyond), len(found.counted)
