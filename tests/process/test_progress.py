"""Where a project stands: complete, ready, blocked, owed."""

from hypothesis import given, settings
from hypothesis import strategies as st

import process
from process.progress import Progress, Standing, progress

READ = process.load("consultancy")
ENTRIES = [*READ.step, *READ.deliverable]
DONE, SKIPPED = Standing.DONE, Standing.NOT_NEEDED


def all_of(*steps: str) -> dict[str, Standing]:
    """Standings with these steps done, papers included."""
    papers = [one.id for step in steps for one in READ.step[step].deliverables]
    return dict.fromkeys((*steps, *papers), DONE)


def ready(found: Progress) -> list[str]:
    return [state.step.id for state in found.ready]


def test_at_first_only_what_needs_nothing_can_be_done() -> None:
    found = progress(READ, {})
    assert ready(found) == ["kickoff"]
    assert found.current and found.current.phase.id == "initial-review"
    assert [p.complete for p in found.phases] == [0, 0, 0, 0, 0]


def test_a_step_is_over_when_its_papers_are_there() -> None:
    ticked = progress(READ, {"kickoff": DONE}).of("kickoff")
    assert ticked.ticked and not ticked.complete
    assert [one.id for one in ticked.missing] == ["kickoff-record"]
    there = progress(READ, all_of("kickoff"))
    assert there.of("kickoff").complete
    assert ready(there) == ["survey", "awareness", "account"]


def test_a_tick_before_what_it_rests_on_waits() -> None:
    found = progress(READ, all_of("survey"))
    assert not found.of("survey").complete
    assert [step.id for step in found.of("survey").waits_for] == ["kickoff"]
    assert progress(READ, all_of("survey", "kickoff")).of("survey").complete


def test_what_is_not_needed_hands_on_what_it_rested_on() -> None:
    found = progress(READ, {"survey": SKIPPED, **all_of("awareness")})
    assert found.of("survey").complete
    waits = [step.id for step in found.of("site-review").waits_for]
    assert waits == ["kickoff", "awareness"]


def test_what_blocks_the_next_phase_is_told_apart_from_the_rest() -> None:
    done = all_of("kickoff", "survey", "awareness")
    blocking = [state.step.id for state in progress(READ, done).blocking()]
    assert blocking == ["site-review"]  # not the account, the rectification or the report
    everything = dict.fromkeys(ENTRIES, DONE)
    assert progress(READ, everything).blocking() == ()
    assert progress(READ, everything).current is None


def test_what_is_owed_goes_to_whoever_has_to_bring_it() -> None:
    done = all_of("kickoff", "survey", "awareness", "account")
    owed = progress(READ, done).owed(consultant=True)
    assert [(o.deliverable.id if o.deliverable else o.step.id, o.side) for o in owed] == [
        ("diagnosis", "enterprise"),
        ("consulting-report", "consultant"),
        ("organization-notice", "enterprise"),
        ("committee-notice", "enterprise"),
    ]
    assert {o.side for o in progress(READ, done).owed(consultant=False)} == {"enterprise"}
    (tick,) = progress(READ, {"kickoff-record": DONE}).owed(True)
    assert (tick.step.id, tick.deliverable, tick.holder.title) == (
        "kickoff",
        None,
        "企业主要负责人",
    )


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(ENTRIES), st.sampled_from([*Standing])), max_size=120),
    st.sampled_from([{}, dict.fromkeys(ENTRIES, DONE)]),
)
def test_no_order_of_ticking_makes_a_phase_done_while_something_it_needs_is_open(ticks, before):
    standings = dict(before)
    for entry, standing in ticks:
        standings[entry] = standing
        for state in progress(READ, standings).phases:
            if state.done:
                for step in state.phase.steps:
                    if standings[step.id] is not SKIPPED:
                        _over(step.id, standings)


def _over(step_id: str, standings: dict[str, Standing]) -> None:
    """That a step and all it rests on is over, by the ticks alone."""
    step = READ.step[step_id]
    assert standings.get(step_id) in (DONE, SKIPPED)
    if standings[step_id] is DONE:
        assert all(standings.get(one.id) in (DONE, SKIPPED) for one in step.deliverables)
    for needed in step.needs:
        _over(needed, standings)
