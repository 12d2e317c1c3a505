"""In a re-assessment: what the self-assessment had found, and what has become of it."""

import streamlit as st

from schemes import Condition, Item, Scheme
from state import changes, session
from state.assessment import Assessment, EarlierFinding
from ui.wording import condition_label

_STATES = {"rectified": "已整改", "planned": "已计划，未完成", "open": "未整改"}


def earlier_findings(scheme: Scheme, assessment: Assessment, item: Item) -> None:
    """Ask of every earlier finding on the item what has become of it."""
    earlier = assessment.work.answers.earlier
    found = [condition for condition in item.conditions if condition.id in earlier]
    if not found:
        return
    with st.container(border=True):
        st.caption("自评时发现，现在怎样？已整改的不扣分，有计划未完成的减半，未整改的照扣")
        for condition in found:
            _finding(scheme, condition, earlier[condition.id])
    st.caption("复评新发现的问题：")


def _finding(scheme: Scheme, condition: Condition, earlier: EarlierFinding) -> None:
    label = condition_label(scheme, condition)
    if earlier.count == 1 or not condition.per:
        _one(label, condition, earlier)
    else:
        _several(label, condition, earlier)


def _one(label: str, condition: Condition, earlier: EarlierFinding) -> None:
    state = "rectified" if earlier.rectified else "planned" if earlier.planned else "open"
    key = session.show(f"earlier:{condition.id}", state)
    st.segmented_control(
        label,
        list(_STATES),
        key=key,
        required=True,
        format_func=_STATES.__getitem__,
        on_change=session.on_change(
            key,
            lambda chosen: changes.set_earlier(
                condition.id,
                rectified=earlier.count * (chosen == "rectified"),
                planned=earlier.count * (chosen == "planned"),
            ),
        ),
    )


def _several(label: str, condition: Condition, earlier: EarlierFinding) -> None:
    rectified, planned = f"rectified:{condition.id}", f"planned:{condition.id}"

    def save() -> None:
        numbers = (st.session_state[rectified] or 0, st.session_state[planned] or 0)
        session.apply(changes.set_earlier(condition.id, *numbers))

    st.markdown(label)
    with st.container(horizontal=True):
        for key, name, kept, most in (
            (rectified, "已整改", earlier.rectified, earlier.count),
            (planned, "已计划，未完成", earlier.planned, earlier.count - earlier.rectified),
        ):
            st.number_input(
                f"{name}（{condition.per}）",
                min_value=0,
                max_value=most,
                step=1,
                key=session.show(key, kept),
                width=180,
                on_change=save,
            )
    left = earlier.count - earlier.rectified - earlier.planned
    st.caption(f"共 {earlier.count} {condition.per}，未整改 {left}")
