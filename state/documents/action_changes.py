"""Everything that changes in actions, each a function from document to document; see `changes`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from scoring.result import Result
from state.documents.action import Action
from state.documents.assessment import Assessment
from state.documents.changes import (
    Change,
    drop_own_finding,
    put_own_finding,
    set_earlier,
    set_finding,
    set_reviewed,
)
from state.documents.document import TEXT_LENGTH

OWN, EARLIER = "own:", "earlier:"
"""How the keys of own findings and of earlier ones begin."""


def add_actions(actions: Mapping[str, Action]) -> Change:
    """Add actions under the ids that they have from whoever adds them.

    Left out: one that is there, and one for a finding which has an action that is not verified
    yet. So what is applied twice is added once, and all findings at once add what is new.
    """

    def change(assessment: Assessment) -> Assessment:
        kept = assessment.work.actions
        taken = {action.finding for action in kept.values() if action.verified is None}
        new = {
            one: action
            for one, action in actions.items()
            if one not in kept and not (action.finding and action.finding in taken)
        }
        return _actions(assessment, {**kept, **new}) if new else assessment

    return change


def set_action(action_id: str, **fields: Any) -> Change:
    """Set fields of an action. Raises, applied: pydantic.ValidationError, also where it is gone."""
    return lambda a: _put(a, action_id, _there(a, action_id).having(**fields))


def set_action_text(action_id: str, field: str, before: str, after: str) -> Change:
    """Write a text of an action.

    before: the text the user saw. If another window changed it meanwhile, both are kept, one
    below the other; where they do not fit, the user's. Raises, applied: as `set_action`.
    """

    def change(assessment: Assessment) -> Assessment:
        if before == after:
            return assessment
        there = getattr(_there(assessment, action_id), field)
        both = f"{after}\n{there}".strip()
        text = after if there in (before, after) or len(both) > TEXT_LENGTH else both
        return set_action(action_id, **{field: text})(assessment)

    return change


def begin_action(action_id: str, on: date) -> Change:
    """Say that work on it has begun, or is not done after all; its first day stays where past."""

    def change(assessment: Assessment) -> Assessment:
        start = _there(assessment, action_id).start
        first = start if start and start <= on else on
        return set_action(action_id, start=first, done=None, verified=None)(assessment)

    return change


def open_action(action_id: str, on: date) -> Change:
    """Say that it has not begun: a first day that has come is taken back."""

    def change(assessment: Assessment) -> Assessment:
        start = _there(assessment, action_id).start
        first = start if start and start > on else None
        return set_action(action_id, start=first, done=None, verified=None)(assessment)

    return change


def finish_action(action_id: str, on: date) -> Change:
    """Say that it is done on a day; one that was planned to begin later began then."""

    def change(assessment: Assessment) -> Assessment:
        start = _there(assessment, action_id).start
        first = min(start, on) if start else None
        return set_action(action_id, start=first, done=on, verified=None)(assessment)

    return change


def verify_action(action_id: str, on: date) -> Change:
    """Say that somebody has looked at what was done; done on that day where no day is noted."""

    def change(assessment: Assessment) -> Assessment:
        done = _there(assessment, action_id).done
        finished = assessment if done else finish_action(action_id, on)(assessment)
        seen = max(done, on) if done else on
        return set_action(action_id, verified=seen)(finished)

    return change


def remove_action(action_id: str) -> Change:
    """Take an action away; one that is gone is no error. Its finding stays."""

    def change(assessment: Assessment) -> Assessment:
        kept = assessment.work.actions
        return _actions(assessment, {one: kept[one] for one in kept if one != action_id})

    return change


def restore_action(action_id: str, action: Action) -> Change:
    """Bring back what `remove_action` took, as it was."""

    def change(assessment: Assessment) -> Assessment:
        there = action_id in assessment.work.actions
        return assessment if there else _put(assessment, action_id, action)

    return change


def places_found(assessment: Assessment, finding: str) -> int:
    """In how many places a finding stands, by its key; 0 where it does not, or is put right."""
    answers = assessment.work.answers
    if finding.startswith(OWN):
        return sum(o.count for o in answers.own_findings if f"{OWN}{o.id}" == finding)
    if finding.startswith(EARLIER):
        earlier = answers.earlier.get(finding.removeprefix(EARLIER))
        return earlier.count - earlier.rectified if earlier else 0
    return answers.findings.get(finding, 0)


def take_back(result: Result, action: Action) -> Change:
    """Take the finding of an action back, as many places as it puts right.

    An earlier finding counts as 已整改 from then on. An item that was reviewed by the finding
    stays reviewed. result: the answers as the user saw them.
    """
    seen = _seen(result, action.item)

    def change(assessment: Assessment) -> Assessment:
        found = places_found(assessment, action.finding)
        done = min(found, action.places or found)
        if not done:
            return assessment
        return set_reviewed(seen, True)(_less(assessment, action.finding, found - done, done))

    return change


def _less(assessment: Assessment, finding: str, left: int, done: int) -> Assessment:
    answers = assessment.work.answers
    if finding.startswith(OWN):
        own = next(o for o in answers.own_findings if f"{OWN}{o.id}" == finding)
        change = put_own_finding(own.having(count=left)) if left else drop_own_finding(own.id)
        return change(assessment)
    if finding.startswith(EARLIER):
        condition = finding.removeprefix(EARLIER)
        earlier = answers.earlier[condition]
        return set_earlier(
            condition,
            rectified=earlier.rectified + done,
            planned=min(earlier.planned, left),
            still=min(earlier.open, left),
        )(assessment)
    return set_finding(finding, left)(assessment)


def _seen(result: Result, item: str) -> list[str]:
    one = result.items.get(item)
    if one is None:
        return []
    return [item] if one.reviewed else [f"{item}/{group}" for group, seen in one.groups if seen]


def _there(assessment: Assessment, action_id: str) -> Action:
    found = assessment.work.actions.get(action_id)
    if found is None:
        gone = PydanticCustomError("action_gone", "removed meanwhile")
        fault = InitErrorDetails(type=gone, loc=("work", "actions"), input=action_id)
        raise ValidationError.from_exception_data("Assessment", [fault])
    return found


def _put(assessment: Assessment, action_id: str, action: Action) -> Assessment:
    return _actions(assessment, {**assessment.work.actions, action_id: action})


def _actions(assessment: Assessment, actions: Mapping[str, Action]) -> Assessment:
    return assessment.having(work=assessment.work.having(actions=dict(actions)))
