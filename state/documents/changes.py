"""Everything a user can change, each as a function from document to document.

A change names only what it touches, so two windows on one assessment can both
save: the later one is applied to what the earlier one left.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from types import EllipsisType
from typing import Any, Literal, TypeVar

from schemes import Scheme
from scoring.wishes import Pin
from state.documents.assessment import (
    TEXT_LENGTH,
    Assessment,
    EarlierFinding,
    EffortUnit,
    Entry,
    PaperState,
    Reassessment,
    Sample,
    SavedOwnFinding,
    SavedRatio,
    Work,
    new_id,
)

Change = Callable[[Assessment], Assessment]
_T = TypeVar("_T")


def _answers(assessment: Assessment, **changes: object) -> Assessment:
    return _work(assessment, answers=assessment.work.answers.having(**changes))


def _work(assessment: Assessment, **changes: object) -> Assessment:
    return assessment.having(work=assessment.work.having(**changes))


def _with(kept: Mapping[str, _T], key: str, value: _T | None) -> dict[str, _T]:
    """What is kept with this value, which then stands last; None takes it away."""
    others = {name: one for name, one in kept.items() if name != key}
    return others if value is None else {**others, key: value}


def set_profile(field: str, value: Any) -> Change:
    """Set one field of the enterprise's profile."""
    return lambda a: a.having(profile=a.profile.having(**{field: value}))


def set_scheme(scheme: Scheme) -> Change:
    """Choose the standard, in that version where nothing was answered for it yet.

    Work for the previous one is shelved and comes back with it.
    """

    def change(assessment: Assessment) -> Assessment:
        if assessment.scheme == scheme.id:
            return assessment
        shelved = dict(assessment.shelved)
        if assessment.scheme is not None:
            shelved[assessment.scheme] = assessment.work
        work = shelved.pop(scheme.id, Work(scheme_version=scheme.version))
        return assessment.having(scheme=scheme.id, work=work, shelved=shelved)

    return change


def set_facet(facet: str, before: list[str], after: list[str]) -> Change:
    """Answer an applicability question.

    before: the options the user saw chosen. Only what differs is applied, so that
    options another window chose meanwhile stay chosen.
    """

    def change(assessment: Assessment) -> Assessment:
        kept = assessment.work.answers.facets.get(facet, [])
        options = [o for o in kept if o in after or o not in before]
        options += [o for o in after if o not in options and o not in before]
        return _answers(assessment, facets={**assessment.work.answers.facets, facet: options})

    return change


def choose_facet(facet: str, option: str | None) -> Change:
    """Answer a choose-one question; None takes the answer back."""

    def change(assessment: Assessment) -> Assessment:
        chosen = None if option is None else [option]
        return _answers(assessment, facets=_with(assessment.work.answers.facets, facet, chosen))

    return change


def set_performance(question: str, count: int | None) -> Change:
    """Answer a safety-record question; None takes the answer back."""

    def change(assessment: Assessment) -> Assessment:
        performance = _with(assessment.work.answers.performance, question, count)
        return _answers(assessment, performance=performance)

    return change


def set_requisite(requisite: str, met: Literal["yes", "no"] | None) -> Change:
    """Say whether a condition of application is met, "yes" or "no"; None takes it back."""

    def change(assessment: Assessment) -> Assessment:
        application = _with(assessment.work.answers.application, requisite, met)
        return _answers(assessment, application=application)

    return change


def set_finding(condition: str, count: int) -> Change:
    """Record a finding `count` times; 0 takes it back."""

    def change(assessment: Assessment) -> Assessment:
        findings = _with(assessment.work.answers.findings, condition, count or None)
        return _answers(assessment, findings=findings)

    return change


def set_amounts(condition: str, amounts: Sequence[str]) -> Change:
    """Record a finding with an amount for each time; none takes it back."""

    def change(assessment: Assessment) -> Assessment:
        answers = assessment.work.answers
        findings = {c: n for c, n in answers.findings.items() if c != condition}
        kept = {c: given for c, given in answers.amounts.items() if c != condition}
        if amounts:
            findings[condition], kept[condition] = len(amounts), list(amounts)
        return _answers(assessment, findings=findings, amounts=kept)

    return change


def set_level(item: str, level: str | None) -> Change:
    """Choose one of an item's levels; None takes it back."""

    def change(assessment: Assessment) -> Assessment:
        levels = {i: n for i, n in assessment.work.answers.levels.items() if i != item}
        if level is not None:
            levels[item] = level
        return _answers(assessment, levels=levels)

    return change


def set_ratio(item: str, inspected: int, failed: int) -> Change:
    """Say what was found of a sample; nothing inspected takes it back."""

    def change(assessment: Assessment) -> Assessment:
        ratios = {i: r for i, r in assessment.work.answers.ratios.items() if i != item}
        if inspected:
            ratios[item] = SavedRatio(inspected=inspected, failed=min(failed, inspected))
        return _answers(assessment, ratios=ratios)

    return change


def put_own_finding(finding: SavedOwnFinding) -> Change:
    """Add what the user found beside the conditions, or replace the one with its id.

    It gets its id from whoever adds it, so that applied twice it is added once.
    """

    def change(assessment: Assessment) -> Assessment:
        kept = assessment.work.answers.own_findings
        there = any(one.id == finding.id for one in kept)
        listed = [finding if one.id == finding.id else one for one in kept]
        return _answers(assessment, own_findings=listed if there else [*kept, finding])

    return change


def drop_own_finding(own_id: str) -> Change:
    """Take an own finding back, with its effort and its pin."""

    def change(assessment: Assessment) -> Assessment:
        answers = assessment.work.answers
        key = f"own:{own_id}"
        return _answers(
            assessment,
            own_findings=[one for one in answers.own_findings if one.id != own_id],
            effort={k: effort for k, effort in answers.effort.items() if k != key},
            pins={k: pin for k, pin in answers.pins.items() if k != key},
        )

    return change


def set_effort(key: str, effort: str | None) -> Change:
    """Say what putting one place of a finding right takes; None takes it back."""
    return lambda a: _answers(a, effort=_with(a.work.answers.effort, key, effort))


def set_effort_unit(unit: EffortUnit) -> Change:
    """Say what effort is counted in; the numbers given stay as they are."""
    return lambda a: _work(a, effort_unit=unit)


def set_pin(key: str, pin: Pin | None) -> Change:
    """Say that a finding must be put right, or cannot be; None takes it back."""
    return lambda a: _answers(a, pins=_with(a.work.answers.pins, key, pin))


def set_quick(names: list[str], clean: bool) -> Change:
    """Answer items, or groups of their checks, 全部符合 in the preview, or take it back."""
    return lambda a: _answers(a, quick=_toggled(a.work.answers.quick, names, clean))


def set_unsure(items: list[str], unsure: bool) -> Change:
    """Answer items 没把握 in the preview, or take it back."""
    return lambda a: _work(a, unsure=_toggled(a.work.unsure, items, unsure))


def set_not_applicable(item: str, marked: bool) -> Change:
    """Mark an item 不适用, or take the mark back; its findings are kept either way."""
    return lambda a: _answers(
        a, not_applicable=_toggled(a.work.answers.not_applicable, [item], marked)
    )


def set_reviewed(items: list[str], reviewed: bool) -> Change:
    """Mark items 已核查, or take the mark back."""
    return lambda a: _answers(a, reviewed=_toggled(a.work.answers.reviewed, items, reviewed))


def set_marks(
    item: str,
    before: list[str],
    after: list[str],
    group: str | None = None,
    groups: Sequence[str] = (),
) -> Change:
    """Apply what differs between two sets of the marks "reviewed" and "absent".

    group: the one of its groups of checks that the mark 已核查 is of; None for the whole item.
    groups: all of them, which a mark of the whole stands for when one of them loses its own.
    """
    seen = [item if group is None else f"{item}/{group}"]

    def change(assessment: Assessment) -> Assessment:
        for mark in set(before) ^ set(after):
            there = mark in after
            if mark == "absent":
                assessment = set_not_applicable(item, there)(assessment)
                continue
            if not there and item in assessment.work.answers.reviewed:
                assessment = set_reviewed([item], False)(assessment)
                each = [f"{item}/{one}" for one in groups]
                assessment = set_reviewed(each, True)(assessment)
            assessment = set_reviewed(seen, there)(assessment)
        return assessment

    return change


def set_text(field: str, item: str, before: str, after: str) -> Change:
    """Write an item's text: `field` is "remarks", "evidence" or, why it is absent, "absence".

    before: the text the user saw. If another window changed it meanwhile, both
    texts are kept, one below the other; where they do not fit, the user's.
    """
    return lambda a: _work(a, **{field: _written(getattr(a.work, field), item, before, after)})


def set_chapter(chapter: str, before: str, after: str) -> Change:
    """Write a chapter of the self-assessment report; `before` as in `set_text`."""
    return lambda a: a.having(chapters=_written(a.chapters, chapter, before, after))


def _written(texts: dict[str, str], key: str, before: str, after: str) -> dict[str, str]:
    if before == after:
        return texts
    there = texts.get(key, "")
    both = f"{after}\n{there}".strip()
    text = after if there in (before, after) or len(both) > TEXT_LENGTH else both
    others = {name: kept for name, kept in texts.items() if name != key}
    return {**others, key: text} if text else others


def set_sample(
    item: str, owned: int | EllipsisType | None = ..., checked: int | EllipsisType | None = ...
) -> Change:
    """Write how many there are, or how many were looked at; None takes a number back."""

    def change(assessment: Assessment) -> Assessment:
        samples = dict(assessment.work.samples)
        sample = samples.pop(item, Sample())
        given = {"owned": owned, "checked": checked}
        sample = sample.having(**{name: n for name, n in given.items() if n is not ...})
        if sample != Sample():
            samples[item] = sample
        return _work(assessment, samples=samples)

    return change


def set_paper(paper: str, state: PaperState | None) -> Change:
    """Say whether a paper is there; None for not looked at. Ticks no finding."""

    def change(assessment: Assessment) -> Assessment:
        return _work(assessment, papers=_with(assessment.work.papers, paper, state))

    return change


def set_department(element: str, name: str) -> Change:
    """Say which department gets the papers of an element ready; empty takes it back."""

    def change(assessment: Assessment) -> Assessment:
        departments = _with(assessment.work.departments, element, name.strip() or None)
        return _work(assessment, departments=departments)

    return change


def start_reassessment(started: date) -> Change:
    """Go on to the re-assessment: what was found becomes earlier findings, all still open.

    Notes, the list of papers and actions stay, these for what is an earlier finding now; samples
    are drawn anew.
    """

    def change(assessment: Assessment) -> Assessment:
        work = assessment.work
        if work.reassessment is not None:
            return assessment
        earlier = {c: EarlierFinding(count=n) for c, n in work.answers.findings.items() if n}
        answers = work.answers.having(findings={}, reviewed=[], quick=[], earlier=earlier)
        begun = Reassessment(self_assessment=work, started=started)
        actions = {
            one: action.having(finding=f"earlier:{action.finding}")
            if action.finding in earlier
            else action
            for one, action in work.actions.items()
        }
        return _work(assessment, answers=answers, samples={}, reassessment=begun, actions=actions)

    return change


def drop_reassessment() -> Change:
    """Give the re-assessment up and go back to the self-assessment it started from.

    Actions stay as they have become since: what was put right is.
    """

    def change(assessment: Assessment) -> Assessment:
        begun = assessment.work.reassessment
        if begun is None:
            return assessment
        actions = {
            one: action.having(finding=action.finding.removeprefix("earlier:"))
            for one, action in assessment.work.actions.items()
        }
        return assessment.having(work=begun.self_assessment.having(actions=actions))

    return change


def set_earlier(
    condition: str,
    rectified: int | None = None,
    planned: int | None = None,
    still: int | None = None,
) -> Change:
    """Say what has become of an earlier finding; numbers beyond what was found are cut.

    still: how many are 未整改. None leaves a number as it is, as far as the others allow.
    """

    def change(assessment: Assessment) -> Assessment:
        earlier = dict(assessment.work.answers.earlier)
        if condition in earlier:
            kept = earlier[condition]
            done = min(kept.rectified if rectified is None else rectified, kept.count)
            plan = min(kept.planned if planned is None else planned, kept.count - done)
            left = min(kept.open if still is None else still, kept.count - done - plan)
            earlier[condition] = EarlierFinding(
                count=kept.count, rectified=done, planned=plan, open=left
            )
        return _answers(assessment, earlier=earlier)

    return change


def add_entry(item: str, condition: str, entry: Entry) -> Change:
    """Add a typed requirement to an item whose unmet ones are the count of `condition`.

    It gets its id here and not when it is applied: applied twice, it is added once.
    """
    added = entry if entry.id else entry.having(id=new_id())

    def change(assessment: Assessment) -> Assessment:
        kept = _listed(assessment, item)
        if any(one.id == added.id for one in kept):
            return assessment
        return _entries(assessment, item, condition, [*kept, added])

    return change


def drop_entry(item: str, condition: str, entry: str) -> Change:
    """Take the requirement with that id off the list."""

    def change(assessment: Assessment) -> Assessment:
        kept = [one for one in _listed(assessment, item) if one.id != entry]
        return _entries(assessment, item, condition, kept)

    return change


def meet_entry(item: str, condition: str, entry: str, met: bool) -> Change:
    """Say whether the requirement with that id is met."""

    def change(assessment: Assessment) -> Assessment:
        kept = [
            one.having(met=met) if one.id == entry else one for one in _listed(assessment, item)
        ]
        return _entries(assessment, item, condition, kept)

    return change


def _listed(assessment: Assessment, item: str) -> list[Entry]:
    return assessment.work.entries.get(item, [])


def _entries(assessment: Assessment, item: str, condition: str, entries: list[Entry]) -> Assessment:
    changed = _work(assessment, entries={**assessment.work.entries, item: entries})
    return set_finding(condition, sum(not entry.met for entry in entries))(changed)


def _toggled(ids: list[str], changed: list[str], there: bool) -> list[str]:
    others = [i for i in ids if i not in changed]
    return others + changed if there else others
