"""How many there are, how many must be looked at, how many were."""

import streamlit as st

from schemes import Item
from schemes.model import SamplingShape
from scoring.answers import MAX_COUNT
from state.documents import changes
from state.documents.assessment import Sample, Work
from ui.widgets import on_change, show
from wording.samples import sample_words


def sample_inputs(rule: SamplingShape, item: Item, work: Work) -> None:
    """Numbers of one element, with the sample the standard asks for."""
    sample = work.samples.get(item.id, Sample())
    with st.container(horizontal=True):
        for field, label in (("owned", "拥有总数量"), ("checked", "实际抽查数量")):
            key = show(f"{field}:{item.id}", getattr(sample, field))
            st.number_input(
                label,
                value=None,  # so that a number can be taken back
                min_value=0,
                max_value=MAX_COUNT,
                step=1,
                key=key,
                placeholder="设备、场所、人员、记录",
                on_change=on_change(
                    key, lambda n, field=field: changes.set_sample(item.id, **{field: n})
                ),
            )
    if sample != Sample():
        st.caption(sample_words(rule, sample, self_assessment=work.reassessment is None))
