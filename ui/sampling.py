"""How many there are, how many must be looked at, how many were."""

import streamlit as st

from reports.words import sample_words
from schemes import Item
from schemes.model import SamplingShape
from scoring.answers import MAX_COUNT
from state import changes, session
from state.assessment import Sample, Work


def sample_inputs(rule: SamplingShape, item: Item, work: Work) -> None:
    """Numbers of one element, with the sample the standard asks for."""
    sample = work.samples.get(item.id, Sample())
    owned, checked = f"owned:{item.id}", f"checked:{item.id}"

    def save() -> None:
        numbers = (st.session_state[owned], st.session_state[checked])
        session.apply(changes.set_sample(item.id, *numbers))

    with st.container(horizontal=True):
        for key, label, kept in (
            (owned, "拥有总数量", sample.owned),
            (checked, "实际抽查数量", sample.checked),
        ):
            st.number_input(
                label,
                min_value=0,
                max_value=MAX_COUNT,
                step=1,
                key=session.show(key, kept),
                placeholder="设备、场所、人员、记录",
                on_change=save,
            )
    if sample.owned is not None:
        st.caption(sample_words(rule, sample, self_assessment=work.reassessment is None))
