"""What putting something right brings, in words."""

from dataclasses import replace
from fractions import Fraction

import pytest

from planning.gain import Gain
from schemes import Scheme
from scoring import Answers, score
from scoring.result import Gate, GateKind, GradeResult
from wording.gains import gain_words, unlock_words

LINE = Fraction(60)
MET = (Gate(GateKind.TOTAL, None, LINE, LINE, LINE, LINE),)
OPEN = (Gate(GateKind.TOTAL, None, LINE, Fraction(59), LINE, LINE),)


def _gain(mini: Scheme, *unlocks: GradeResult, total: Fraction = LINE) -> Gain:
    item, condition = mini.conditions["1.1.1-b"]
    return Gain(item, (condition,), total, Fraction(0), unlocks)


@pytest.mark.parametrize(
    ("total", "words"),
    [
        (Fraction(0), "+0.00"),
        (Fraction(6, 5), "+1.20"),
        (Fraction(100, 3), "+33.33"),
        (Fraction(1, 200), "+0.01"),
    ],
)
def test_a_gain_is_told_to_the_hundredth(mini: Scheme, total: Fraction, words: str) -> None:
    assert gain_words(_gain(mini, total=total)) == words


@pytest.mark.parametrize(
    ("unlocks", "apart", "one_line"),
    [
        ((), None, None),
        ((GradeResult("甲级", MET),), "只改好这一处，就达到甲级", "只改好这一处，就达到评分线"),
        (
            (GradeResult("甲级", OPEN), GradeResult("乙级", MET)),
            "只改好这一处，就有可能达到甲级",
            "只改好这一处，就有可能达到评分线",
        ),
        (
            (GradeResult("乙级", MET), GradeResult("丙级", OPEN)),
            "只改好这一处，就达到乙级",
            "只改好这一处，就达到评分线",
        ),
    ],
)
def test_the_best_grade_that_is_unlocked_is_named_and_the_line_where_all_grades_ask_for_it(
    mini: Scheme, unlocks: tuple[GradeResult, ...], apart: str | None, one_line: str | None
) -> None:
    result = score(mini, Answers())
    gain = _gain(mini, *unlocks)
    assert unlock_words(result, gain) == apart
    best, second = mini.grades
    same = replace(mini, grades=(best, replace(best, title=second.title)))
    assert unlock_words(replace(result, scheme=same), gain) == one_line
