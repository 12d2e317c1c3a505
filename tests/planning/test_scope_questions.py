"""The three questions of scope that a preview asks."""

import pytest

import schemes
from planning.scope_questions import scope_questions
from scoring import score
from scoring.answers import Answers


@pytest.mark.parametrize(
    ("scheme", "asked"),
    [
        ("condiment", ["product", "equipment", "activities"]),
        ("hazchem", ["enterprise", "contractor", "occupational_hazard"]),
        ("tobacco", ["enterprise", "special", "fire"]),
        ("model-enterprise", ["special_equipment", "key_unit", "loading"]),
    ],
)
def test_the_questions_on_which_the_most_points_hang_in_the_standards_order(scheme, asked):
    result = score(schemes.load(scheme), Answers())
    assert [facet.id for facet in scope_questions(result, 3)] == asked
