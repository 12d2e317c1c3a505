"""The assessment that is scored, reported and clicked on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

import schemes
from scoring import Answers, score
from scoring.applicability import Status, applicability, visible_conditions
from scoring.result import Result
from state.documents.assessment import Assessment, SavedAnswers, Work, answers_of, new_assessment
from state.documents.changes import set_finding
from state.documents.examples import examples

FINDINGS = 150
_REMARK = "现场查看时发现，责任部门已拍照留存，计划本月内整改完毕。"


def full_assessment(scheme_id: str = "condiment", seed: int = 0) -> Assessment:
    """An enterprise that has everything the standard asks about, and 150 findings or all.

    seed: another one makes another sheet.
    """
    scheme = schemes.load(scheme_id)
    facets = {
        facet.id: [option.id for option in facet.options if facet.many] or [facet.options[0].id]
        for facet in scheme.facets
    }
    choices = {facet: frozenset(chosen) for facet, chosen in facets.items()}
    status = applicability(scheme, Answers(facets=choices)).status
    applicable = [item for item in scheme.items.values() if status[item.id] is Status.APPLIES]
    absent = [item.id for item in applicable[::14] if item.na != "forbidden"]
    assessed = [item for item in applicable if item.id not in absent]
    conditions = [c for item in assessed for c in visible_conditions(item, choices)]
    found = Random(seed).sample(conditions, min(FINDINGS, len(conditions)))
    sheet = SavedAnswers(
        facets=facets,
        not_applicable=absent,
        reviewed=[item.id for item in assessed[::2]],
        findings={c.id: 1 + place % 3 if c.per else 1 for place, c in enumerate(found)},
    )
    remarks = {item.id: _REMARK for item in assessed[::5]}
    work = Work(scheme_version=scheme.version, answers=sheet, remarks=remarks)
    return new_assessment().having(scheme=scheme.id, work=work)


def scored(assessment: Assessment) -> Result:
    """The assessment's result by its own standard."""
    assert assessment.scheme is not None
    scheme = schemes.load(assessment.scheme)
    return score(scheme, answers_of(scheme, assessment.work))


@dataclass(frozen=True, slots=True)
class Screen:
    """One page of 逐项自评.

    machine: the heading chosen, where checks stand under headings.
    conditions: ids of what can be ticked, in the order of the page.
    """

    assessment: Assessment
    item_id: str
    machine: str | None
    conditions: list[str]

    @property
    def query(self) -> dict[str, str]:
        """The page's address parameters."""
        query = {"a": self.assessment.id, "item": self.item_id}
        return query | ({"machine": self.machine} if self.machine else {})

    def place_that_counts(self) -> int:
        """Storage of the first condition whose tick changes the total. Raises: StopIteration."""
        total = scored(self.assessment).total
        return next(
            place
            for place, condition in enumerate(self.conditions)
            if scored(set_finding(condition, 1)(self.assessment)).total != total
        )


def largest_screen() -> Screen:
    """The page with the most checkboxes in the hazchem sample or the full assessment.

    Nothing is found yet on its item, so that a tick there has something to take.
    """
    candidates = [sample.read() for sample in examples()]
    candidates = [one for one in candidates if one.scheme == "hazchem"] + [full_assessment()]
    screens = [screen for one in candidates for screen in _screens(one)]
    largest = max(screens, key=lambda screen: len(screen.conditions))
    assessment = largest.assessment
    for condition in scored(assessment).items[largest.item_id].item.conditions:
        assessment = set_finding(condition.id, 0)(assessment)
    return replace(largest, assessment=assessment)


def _screens(assessment: Assessment) -> Iterator[Screen]:
    """Every page of an assessment that has conditions to tick."""
    choices = {name: frozenset(chosen) for name, chosen in assessment.work.answers.facets.items()}
    for item in (one.item for one in scored(assessment).items.values() if one.applicable):
        groups = item.headings
        shown = [
            (condition.id, groups.get(condition.check))
            for condition in visible_conditions(item, choices)
        ]
        machines: list[str | None] = [*dict.fromkeys(group for _, group in shown if group)]
        for machine in machines or [None]:
            ids = [name for name, group in shown if group in (None, machine)]
            yield Screen(assessment, item.id, machine, ids)
