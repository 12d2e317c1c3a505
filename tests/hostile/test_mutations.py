"""Valid input, broken by chance: nothing but the documented refusals comes of it."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.hostile.breaking import broken, valid
from tests.hostile.targets import FAMILIES
from tests.hostile.watchdog import watched


@pytest.mark.parametrize("family", FAMILIES)
@settings(deadline=None)  # the watchdog looks after the target alone
@given(data=st.data(), random=st.randoms(use_true_random=False), times=st.integers(1, 4))
def test_input_broken_by_chance_is_accepted_or_refused_in_words(
    family: str, data: st.DataObject, random: Random, times: int
) -> None:
    content = data.draw(st.sampled_from(valid(family)))
    for _ in range(times):
        content = broken(content, random)
    with watched():
        FAMILIES[family](content)
