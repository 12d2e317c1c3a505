"""What a project's first page says of actions on findings."""

from datetime import date

import pytest

from wording.projects import open_actions_words

TODAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({}, ""),
        ({"open_actions": 0, "due": []}, "整改都已完成"),
        ({"open_actions": 2, "due": ["2026-11-26"]}, "整改还有 2 项没有完成"),
        (
            {"open_actions": 2, "due": ["2026-11-25", "2026-12-01"]},
            "整改还有 2 项没有完成，其中 1 项已逾期",
        ),
    ],
)
def test_open_actions_are_counted_and_those_whose_day_has_passed(facts, words):
    assert open_actions_words(facts, TODAY) == words
