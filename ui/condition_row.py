"""A condition as a row of its item: what is wrong to tick, or what is asked to be met or not.

How often something was found is said in the same row, whose room for it is kept while nothing is
ticked (assets/style.css): a row that grows would push the next one under the finger.
"""

import streamlit as st

from schemes import Condition, Scheme
from state.documents import changes
from ui.widgets import on_change, show
from wording.labels import condition_label, plain

_MAX_COUNT = 9999
_MET, _UNMET = "met", "unmet"
_WORDS = {_MET: "符合", _UNMET: "不符合"}


def condition_row(
    scheme: Scheme, condition: Condition, hint: str | None, count: int, disabled: bool
) -> None:
    """hint: what to look at. count: how often it was found."""
    label = condition_label(scheme, condition, hint, says=condition.asked)
    say = _choose if condition.asked else _tick
    if condition.per is None:
        say(label, condition, count, disabled)
        return
    kind = "counted-asked" if condition.asked else "counted"
    with st.container(horizontal=True, key=f"{kind}-{condition.id}"):
        say(label, condition, count, disabled)
        if condition.per and count:
            _count(condition.per, condition, count, disabled)


def _tick(label: str, condition: Condition, count: int, disabled: bool) -> None:
    key = show(f"finding:{condition.id}", count > 0)
    st.checkbox(
        label,
        key=key,
        disabled=disabled,
        wrap=True,
        width="stretch",
        on_change=on_change(key, lambda ticked: changes.set_finding(condition.id, int(ticked))),
    )


def _choose(label: str, condition: Condition, count: int, disabled: bool) -> None:
    """Whether what is asked is met: to tick that it is not would be to say no twice."""
    key = show(f"finding:{condition.id}", _UNMET if count else _MET)
    st.segmented_control(
        label,
        list(_WORDS),
        key=key,
        required=True,
        disabled=disabled,
        format_func=_WORDS.__getitem__,
        width="stretch",
        on_change=on_change(
            key, lambda chosen: changes.set_finding(condition.id, int(chosen == _UNMET))
        ),
    )


def _count(per: str, condition: Condition, count: int, disabled: bool) -> None:
    key = show(f"count:{condition.id}", count)
    st.number_input(
        f"数量（{plain(per)}）",
        min_value=1,
        max_value=max(_MAX_COUNT, count),
        step=1,
        key=key,
        width=130,
        disabled=disabled,
        label_visibility="collapsed",
        on_change=on_change(key, lambda value: changes.set_finding(condition.id, value or 1)),
    )
