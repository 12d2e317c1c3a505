"""Where a project stands: what is complete, what can be done now, what blocks what, who owes what.

Pure: a process and the standing of its steps and deliverables in, facts out. A step's own tick is
not enough: it is complete when its papers are there and what it rests on is complete too, so that
no order of ticking makes a phase done too early.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from process.model import Deliverable, Phase, Process, Role, Side, Step


class Standing(StrEnum):
    """What has become of a step or a deliverable."""

    OPEN = "open"
    WORK = "work"
    DONE = "done"
    NOT_NEEDED = "not_needed"


Standings = Mapping[str, Standing]
"""By the id of a step or a deliverable; what is missing is open, what nobody knows is nothing."""

_SETTLED = (Standing.DONE, Standing.NOT_NEEDED)


@dataclass(frozen=True, slots=True)
class StepState:
    """One step.

    missing: its deliverables that are neither done nor not needed. waits_for: the steps it rests
    on that are not complete; a step that is not needed hands on what it rested on itself.
    ticked: whether it was marked done or not needed, whatever is missing.
    """

    step: Step
    standing: Standing
    missing: tuple[Deliverable, ...]
    waits_for: tuple[Step, ...]

    @property
    def ticked(self) -> bool:
        """Whether somebody said that it is over."""
        return self.standing in _SETTLED

    @property
    def complete(self) -> bool:
        """Whether it is over."""
        if self.standing is Standing.NOT_NEEDED:
            return True
        return self.standing is Standing.DONE and not self.missing and not self.waits_for

    @property
    def ready(self) -> bool:
        """Whether it can be worked on now."""
        return not self.complete and not self.waits_for


@dataclass(frozen=True, slots=True)
class PhaseState:
    """One phase and its steps."""

    phase: Phase
    steps: tuple[StepState, ...]

    @property
    def complete(self) -> int:
        """How many of its steps are."""
        return sum(step.complete for step in self.steps)

    @property
    def done(self) -> bool:
        """Whether all of them are."""
        return self.complete == len(self.steps)


@dataclass(frozen=True, slots=True)
class Owed:
    """Something somebody owes now: a deliverable or, where all of those are there, the step.

    holder: who, see `Process.holder`.
    """

    step: Step
    deliverable: Deliverable | None
    holder: Role

    @property
    def side(self) -> Side:
        """Whose side owes it."""
        return self.holder.side


@dataclass(frozen=True, slots=True)
class Progress:
    """All phases, in order."""

    process: Process
    phases: tuple[PhaseState, ...]

    @property
    def steps(self) -> tuple[StepState, ...]:
        """All steps, in order."""
        return tuple(step for phase in self.phases for step in phase.steps)

    def of(self, step_id: str) -> StepState:
        """One step's. Raises: KeyError."""
        return {one.step.id: one for one in self.steps}[step_id]

    @property
    def current(self) -> PhaseState | None:
        """The first phase that is not done; None where all are."""
        return next((phase for phase in self.phases if not phase.done), None)

    @property
    def ready(self) -> tuple[StepState, ...]:
        """Steps that can be worked on now, in order."""
        return tuple(step for step in self.steps if step.ready)

    def blocking(self) -> tuple[StepState, ...]:
        """What is not complete and some step of the phase after the current one rests on."""
        phases = [phase.phase.id for phase in self.phases]
        if self.current is None:
            return ()
        after = phases.index(self.current.phase.id) + 1
        if after == len(phases):
            return ()
        needed: set[str] = set()
        for step in self.phases[after].phase.steps:
            needed |= rests_on(self.process, step.id)
        own = {step.id for step in self.phases[after].phase.steps}
        return tuple(s for s in self.steps if s.step.id in needed - own and not s.complete)

    def owed(self, consultant: bool) -> tuple[Owed, ...]:
        """What is owed now, by whichever side, in order."""
        return tuple(owed for state in self.ready for owed in self._owed(state, consultant))

    def _owed(self, state: StepState, consultant: bool) -> Iterator[Owed]:
        for one in state.missing:
            yield Owed(state.step, one, self.process.holder(one.by, consultant))
        if not state.missing:
            yield Owed(state.step, None, self.process.holder(state.step.lead, consultant))


def progress(process: Process, standings: Standings) -> Progress:
    """Where a project stands."""
    states: dict[str, StepState] = {}

    def state(step_id: str) -> StepState:
        if step_id not in states:
            step = process.step[step_id]
            needed = (state(one) for one in _needs(process, standings, step))
            states[step_id] = StepState(
                step,
                _standing(standings, step_id),
                tuple(d for d in step.deliverables if _standing(standings, d.id) not in _SETTLED),
                tuple(one.step for one in needed if not one.complete),
            )
        return states[step_id]

    phases = [PhaseState(p, tuple(state(step.id) for step in p.steps)) for p in process.phases]
    return Progress(process, tuple(phases))


def rests_on(process: Process, step_id: str) -> set[str]:
    """Ids of all steps that one rests on, however far away; a process has no loops."""
    found: set[str] = set()
    left = [*process.step[step_id].needs]
    while left:
        one = left.pop()
        if one not in found:
            found.add(one)
            left += process.step[one].needs
    return found


def _needs(process: Process, standings: Standings, step: Step) -> list[str]:
    """What a step rests on; behind a step that is not needed, what that one rested on."""
    found: dict[str, None] = {}
    left = [*reversed(step.needs)]
    while left:
        one = left.pop()
        if _standing(standings, one) is Standing.NOT_NEEDED:
            left += reversed(process.step[one].needs)
        else:
            found[one] = None
    return [*found]


def _standing(standings: Standings, entry: str) -> Standing:
    return standings.get(entry, Standing.OPEN)
