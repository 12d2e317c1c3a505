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

    group: the one chosen, where checks stand in groups.
    conditions: ids of what can be found, in the order of the page.
    """

    assessment: Assessment
    item_id: str
    group: str | None
    conditions: list[str]

    @property
    def query(self) -> dict[str, str]:
        """The page's address parameters."""
        query = {"a": self.assessment.id, "item": self.item_id}
        return query | ({"group": self.group} if self.group else {})

    def counting(self) -> str | None:
        """The first condition that changes the total when it is found; None where none does."""
        total = scored(self.assessment).total
        changes = (
            condition
            for condition in self.conditions
            if scored(set_finding(condition, 1)(self.assessment)).total != total
        )
        return next(changes, None)


def largest_screen(scheme_id: str) -> Screen:
    """The page with the most conditions in a sample or the full assessment, where one counts.

    Nothing is found yet on its item, so that a click there has something to take.
    """
    samples = (sample.read() for sample in examples())
    candidates = [*(one for one in samples if one.scheme == scheme_id), full_assessment(scheme_id)]
    screens = [screen for one in candidates for screen in _screens(one)]
    largest = sorted(screens, key=lambda screen: len(screen.conditions), reverse=True)
    return next(screen for screen in map(_emptied, largest) if screen.counting())


def _emptied(screen: Screen) -> Screen:
    assessment = screen.assessment
    for condition in scored(assessment).items[screen.item_id].item.conditions:
        assessment = set_finding(condition.id, 0)(assessment)
    return replace(screen, assessment=assessment)


def _screens(assessment: Assessment) -> Iterator[Screen]:
    """Every page of an assessment that has conditions to be found."""
    choices = {name: frozenset(chosen) for name, chosen in assessment.work.answers.facets.items()}
    for item in (one.item for one in scored(assessment).items.values() if one.full):
        groups = {check.id: check.group for check in item.checks}
        shown = [
            (condition.id, groups.get(condition.check or ""))
            for condition in visible_conditions(item, choices)
        ]
        pages: list[str | None] = [*dict.fromkeys(group for _, group in shown if group)]
        for page in pages or [None]:
            ids = [name for name, group in shown if group in (None, page)]
            yield Screen(assessment, item.id, page, ids)
