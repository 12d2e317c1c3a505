"""Findings and steps of a plan as actions to begin with: what is wrong, and our hint for it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planning.fixable import Fixable, fixables
from planning.shortest import Plan
from schemes import Library, Scheme
from schemes.library import installed
from scoring.result import Result
from state.documents.action import Action
from state.documents.assessment import Assessment, new_id
from wording.actions import OURS
from wording.findings import OWN
from wording.guidance import remedy_of

_EARLIER = "（自评发现）"


@dataclass(frozen=True, slots=True)
class Drafts:
    """Makes actions of findings of one standard, in the order of the standard.

    library: where its guidance is looked up.
    """

    scheme: Scheme
    library: Library = installed

    def of_findings(self, found: Iterable[Fixable]) -> dict[str, Action]:
        """An action for each, for all of its places, under an id of its own."""
        return {new_id(): self._draft(one, None) for one in found}

    def of_plan(self, plan: Plan) -> dict[str, Action]:
        """An action for each fix of a plan, in the order of its steps, for as much as it asks."""
        fixes = [plan.fixes[place] for step in plan.steps for place in step.fixes]
        return {
            new_id(): self._draft(fix.found, fix.count if fix.count < fix.found.count else None)
            for fix in fixes
        }

    def _draft(self, found: Fixable, places: int | None) -> Action:
        condition = found.condition
        return Action(
            finding=found.key,
            item=found.item.id,
            places=places,
            problem=_problem(found, places),
            grade="major" if condition is not None and condition.major else "general",
            measure=self._measure(found.item.id),
        )

    def _measure(self, item_id: str) -> str:
        remedy = remedy_of(self.scheme, item_id, self.library)
        return f"{remedy}{OURS}" if remedy else ""


def without_action(result: Result, assessment: Assessment) -> list[Fixable]:
    """Findings that nobody has made an action of yet, in the order of the standard."""
    taken = {a.finding for a in assessment.work.actions.values() if a.verified is None}
    return [found for found in fixables(result) if found.key not in taken]


def _problem(found: Fixable, places: int | None) -> str:
    """What is wrong, and where there are several places, how many: 没有围栏，3 处中的 2 处."""
    return "".join(_parts(found, places))


def _parts(found: Fixable, places: int | None) -> Iterator[str]:
    if found.own is not None:
        yield f"{found.own.words}{OWN}"
        unit = "处"
    else:
        assert found.condition is not None  # one of both is what was found
        yield found.condition.when
        unit = found.condition.per or "处"
        if found.key.startswith("earlier:"):
            yield _EARLIER
    if places is not None:
        yield f"，{found.count} {unit}中的 {places} {unit}"
    elif found.count > 1:
        yield f"，{found.count} {unit}"
