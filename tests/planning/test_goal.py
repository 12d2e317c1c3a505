"""What a plan may be asked for, and what is said of anything else."""

from fractions import Fraction

import pytest

from planning.goal import checked_grade, checked_total
from scoring.problems import AnswersError, Problem, ProblemKind
from tests.conftest import scheme_named


def test_a_grade_of_the_standard_is_asked_for_by_its_title() -> None:
    scheme = scheme_named("condiment")
    assert checked_grade(scheme, "二级") == "二级"
    with pytest.raises(AnswersError) as refused:
        checked_grade(scheme, "四级")
    details = ("四级", ("一级", "二级", "三级"))
    assert refused.value.problems == [Problem("--grade", ProblemKind.UNKNOWN_GRADE, details)]


def test_a_standard_without_grades_has_none_to_ask_for() -> None:
    with pytest.raises(AnswersError) as refused:
        checked_grade(scheme_named("model-enterprise"), "一级")
    assert refused.value.problems == [Problem("--grade", ProblemKind.NO_GRADES)]


def test_a_total_that_no_enterprise_comes_to_is_refused() -> None:
    scheme = scheme_named("tobacco")
    assert checked_total(scheme, "1000") == Fraction(1000)
    for given in ("1000.1", "0", "viel"):
        with pytest.raises(AnswersError) as refused:
            checked_total(scheme, given)
        assert refused.value.problems == [Problem("--total", ProblemKind.NO_TOTAL, (given, "1000"))]
