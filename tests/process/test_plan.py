"""The work plan from a start and a target date."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import process
from process.plan import Backwards, Span, late, moved, too_early, work_plan
from process.progress import Standing, progress

READ = process.load("consultancy")
START = date(2026, 1, 5)


def test_the_usual_time_gives_the_usual_weeks() -> None:
    # kickoff 1, survey 2, site review 3, plan 2, rules 6, operation 12, self-assessment 3,
    # improvement 3, rating 8, rectification 4
    plan = work_plan(READ, START, date(2026, 11, 8))
    assert (plan.usual, plan.share) == (44, Fraction(1))
    assert plan.spans["kickoff"] == Span(date(2026, 1, 5), date(2026, 1, 11))
    assert plan.spans["survey"] == Span(date(2026, 1, 12), date(2026, 1, 25))
    assert plan.spans["run"] == Span(date(2026, 4, 13), date(2026, 7, 5))
    assert plan.spans["rating-rectification"] == Span(date(2026, 10, 12), date(2026, 11, 8))
    assert not plan.tight


def test_half_the_time_halves_every_step_and_less_is_tight() -> None:
    plan = work_plan(READ, START, date(2026, 6, 7))
    assert plan.share == Fraction(1, 2) and not plan.tight
    assert plan.spans["survey"] == Span(date(2026, 1, 8), date(2026, 1, 14))
    assert work_plan(READ, START, date(2026, 6, 6)).tight


def test_a_target_before_the_start_is_refused_and_one_day_is_not() -> None:
    with pytest.raises(Backwards):
        work_plan(READ, START, date(2026, 1, 4))
    day = work_plan(READ, START, START)
    assert set(day.spans.values()) == {Span(START, START)}


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 4000))
def test_any_plan_ends_at_its_target_and_never_begins_before_what_it_needs(days: int) -> None:
    target = date.fromordinal(START.toordinal() + days)
    spans = work_plan(READ, START, target).spans
    assert max(span.end for span in spans.values()) == target
    assert min(span.start for span in spans.values()) == START
    for step in READ.step.values():
        for needed in step.needs:
            assert spans[needed].start <= spans[step.id].start
            assert spans[needed].end <= spans[step.id].end
    if days >= 7 * 44 - 1:
        assert too_early(READ, spans) == []


def test_moving_a_step_takes_along_what_rests_on_it_where_that_is_wanted() -> None:
    spans = work_plan(READ, START, date(2026, 11, 8)).spans
    later = Span(date(2026, 1, 12), date(2026, 2, 1))  # seven days later at its end
    alone = moved(READ, spans, "survey", later, follow=False)
    assert {one for one in spans if alone[one] != spans[one]} == {"survey"}
    assert [(a.id, b.id) for a, b in too_early(READ, alone)] == [("site-review", "survey")]
    along = moved(READ, spans, "survey", later, follow=True)
    assert along["site-review"] == Span(date(2026, 2, 2), date(2026, 2, 22))
    assert along["rating-rectification"].end == date(2026, 11, 15)
    assert along["awareness"] == spans["awareness"]
    assert too_early(READ, along) == []


def test_late_is_what_should_be_complete_and_is_not() -> None:
    spans = work_plan(READ, START, date(2026, 11, 8)).spans
    nothing = progress(READ, {})
    assert late(nothing, spans, date(2026, 1, 11)) == []
    told = late(nothing, spans, date(2026, 1, 20))
    assert [(step.id, days) for step, days in told] == [
        ("kickoff", 9),
        ("awareness", 2),
        ("account", 2),
    ]
    done = {"kickoff": Standing.DONE, "kickoff-record": Standing.DONE}
    assert [step.id for step, _ in late(progress(READ, done), spans, date(2026, 1, 20))] == [
        "awareness",
        "account",
    ]
