"""Results that are kept until the next answer."""

import schemes
from state.documents.assessment import new_assessment
from state.service.scores import Scores

CONDIMENT = schemes.load("condiment")


def test_what_is_looked_at_stays_and_what_nobody_asks_for_goes_first() -> None:
    scores = Scores(most=2)
    looked_at, left, newer = (new_assessment() for _ in range(3))
    first, second = scores.of(looked_at, CONDIMENT), scores.of(left, CONDIMENT)
    assert scores.of(looked_at, CONDIMENT) is first
    scores.of(newer, CONDIMENT)
    assert scores.of(looked_at, CONDIMENT) is first
    assert scores.of(left, CONDIMENT) is not second
