"""In a re-assessment: what the self-assessment had found, and what has become of it."""

import streamlit as st

from schemes import Condition, Item, Scheme
from state.documents import changes
from state.documents.assessment import Assessment, EarlierFinding
from ui.widgets import on_change, show
from wording.labels import condition_label

_STATES = {"rectified": "已整改", "planned": "已计划，未完成", "open": "未整改"}
_PARAMETERS = {"rectified": "rectified", "planned": "planned", "open": "still"}


def earlier_findings(scheme: Scheme, assessment: Assessment, item: Item, disabled: bool) -> None:
    """Ask of every earlier finding on the item what has become of it."""
    earlier = assessment.work.answers.earlier
    found = [condition for condition in item.conditions if condition.id in earlier]
    if not found:
        return
    with st.container(border=True):
        st.caption(
            "自评时发现，现在怎样？每项都说明后本条才算已核查。已整改的不扣分，有计划未完成的减半，未整改的照扣"
        )
        for condition in found:
            _finding(scheme, condition, earlier[condition.id], disabled)
    st.caption("复评新发现的问题：")


def _finding(scheme: Scheme, condition: Condition, earlier: EarlierFinding, disabled: bool) -> None:
    label = condition_label(scheme, condition)
    if earlier.count == 1 or not condition.per:
        _one(label, condition, earlier, disabled)
    else:
        _several(label, condition, earlier, disabled)


def _one(label: str, condition: Condition, earlier: EarlierFinding, disabled: bool) -> None:
    decided = (name for name in _STATES if getattr(earlier, name))
    state = next(decided, None)  # nothing is chosen before somebody has decided
    key = show(f"earlier:{condition.id}", state)
    st.segmented_control(
        label,
        list(_STATES),
        key=key,
        disabled=disabled,
        format_func=_STATES.__getitem__,
        on_change=on_change(
            key,
            lambda chosen: changes.set_earlier(
                condition.id,
                rectified=earlier.count * (chosen == "rectified"),
                planned=earlier.count * (chosen == "planned"),
                still=earlier.count * (chosen == "open"),
            ),
        ),
    )


def _several(label: str, condition: Condition, earlier: EarlierFinding, disabled: bool) -> None:
    st.markdown(label)
    left = earlier.count
    most = {}
    for name in _STATES:
        most[name] = left
        left -= getattr(earlier, name)
    with st.container(horizontal=True):
        for field, limit in most.items():
            key = show(f"{field}:{condition.id}", getattr(earlier, field))
            st.number_input(
                f"{_STATES[field]}（{condition.per}）",
                min_value=0,
                max_value=limit,
                step=1,
                key=key,
                width=180,
                disabled=disabled,
                on_change=on_change(
                    key,
                    lambda n, field=field: changes.set_earlier(
                        condition.id, **{_PARAMETERS[field]: n or 0}
                    ),
                ),
            )
    rest = f"还有 {left} {condition.per}没有说明，暂按未整改扣分" if left else "已全部说明"
    st.caption(f"共 {earlier.count} {condition.per}，{rest}")
