"""Everything that changes in a project, each as a function from document to document.

A change names only what it touches, so two windows on one project can both save; what both
changed clashes, see `project_clashes`.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from process import Process, Standing
from process.plan import Spans, work_plan
from state.documents.assessment import TEXT_LENGTH, Document
from state.documents.project import (
    MOST_FILES,
    Attachment,
    Look,
    Project,
    ProjectFault,
    Record,
    TeamMember,
    VisitRecord,
    require_forwards,
)

ProjectChange = Callable[[Project], Project]

MOST_BYTES = 200 * 2**20
"""Of all files attached to one project."""

_DATES = (("planned_start", "planned_end"), ("actual_start", "actual_end"))


def set_about(field: str, value: Any) -> ProjectChange:
    """Set one field of the project itself, such as the enterprise's name or the target grade."""
    return lambda p: p.having(**{field: value})


def set_dates(start: date | None = None, target: date | None = None) -> ProjectChange:
    """Set the first or the last day, or both. Raises, applied: ProjectFault."""

    def change(project: Project) -> Project:
        first, last = start or project.start, target or project.target
        require_forwards(first, last)
        return project.having(start=first, target=last)

    return change


def set_person(role: str, name: str) -> ProjectChange:
    """Say who has a role; an empty name takes it back."""

    def change(project: Project) -> Project:
        persons = {one: kept for one, kept in project.persons.items() if one != role}
        return project.having(persons={**persons, role: name} if name.strip() else persons)

    return change


def set_standing(
    entry: str, standing: Standing, reason: str = "", on: date | None = None
) -> ProjectChange:
    """Say what has become of a step or a deliverable.

    reason: why it is not needed, without which that cannot be said. on: today, noted as the day
    it was begun or done where none is noted yet. Raises, applied: ProjectFault.
    """

    def change(project: Project) -> Project:
        if standing is Standing.NOT_NEEDED and not reason.strip():
            raise ProjectFault("没有写不需要的原因，没有保存；写一句，以后查得到")
        record = project.records.get(entry, Record())
        dates = {"actual_start": record.actual_start, "actual_end": record.actual_end}
        if standing in (Standing.WORK, Standing.DONE):
            dates["actual_start"] = record.actual_start or on
        if standing is Standing.DONE:
            first = dates["actual_start"]
            dates["actual_end"] = record.actual_end or (max(first, on) if first and on else on)
        else:
            dates["actual_end"] = None
        if standing is Standing.OPEN:
            dates["actual_start"] = None
        why = reason.strip() if standing is Standing.NOT_NEEDED else ""
        return _recorded(project, entry, record.having(standing=standing, reason=why, **dates))

    return change


def set_record(entry: str, **fields: Any) -> ProjectChange:
    """Set dates, the person or other fields of a record. Raises, applied: ProjectFault."""

    def change(project: Project) -> Project:
        record = project.records.get(entry, Record())
        wanted = {**dict(record), **fields}
        for first, last in _DATES:
            if wanted[first] and wanted[last] and wanted[last] < wanted[first]:
                raise ProjectFault(
                    f"结束日期 {wanted[last]} 早于开始日期 {wanted[first]}，没有保存"
                )
        return _recorded(project, entry, record.having(**fields))

    return change


def set_note(entry: str, before: str, after: str) -> ProjectChange:
    """Write a note; where another window wrote there too, both are kept, one below the other.

    before: what the user saw. Where both do not fit, the user's is kept.
    """

    def change(project: Project) -> Project:
        record = project.records.get(entry, Record())
        there = record.note
        if before == after:
            return project
        both = f"{after}\n{there}".strip()
        note = after if there in (before, after) or len(both) > TEXT_LENGTH else both
        return _recorded(project, entry, record.having(note=note))

    return change


def set_plan(spans: Spans) -> ProjectChange:
    """Plan steps for these days; others stay as they are."""

    def change(project: Project) -> Project:
        for step_id, span in spans.items():
            project = set_record(step_id, planned_start=span.start, planned_end=span.end)(project)
        return project

    return change


def plan_anew(process: Process) -> ProjectChange:
    """Plan all steps between the project's first and last day."""
    return lambda p: set_plan(work_plan(process, p.start, p.target).spans)(p)


def attach(entry: str, file: Attachment) -> ProjectChange:
    """Attach a file or a link; the same one twice is attached once.

    Raises, applied: ProjectFault where there is no room for it.
    """

    def change(project: Project) -> Project:
        kept = project.attachments.get(entry, ())
        if any(one.id == file.id for one in kept):
            return project
        if len(kept) >= MOST_FILES:
            raise ProjectFault(f"这里已有 {MOST_FILES} 个附件，没有加上；请先移除不要的")
        grown = project.having(attachments={**project.attachments, entry: (*kept, file)})
        if grown.size > MOST_BYTES:
            raise ProjectFault(
                f"这个项目的附件合计超过 {MOST_BYTES // 2**20} MB，没有加上；"
                "请先移除不要的，或改贴网盘链接"
            )
        return grown

    return change


def detach(entry: str, file_id: str) -> ProjectChange:
    """Take an attachment away, that one and no other; one that is gone is no error."""

    def change(project: Project) -> Project:
        kept = tuple(one for one in project.attachments.get(entry, ()) if one.id != file_id)
        others = {name: files for name, files in project.attachments.items() if name != entry}
        return project.having(attachments={**others, entry: kept} if kept else others)

    return change


def set_members(members: Iterable[TeamMember], seen: Sequence[TeamMember] = ()) -> ProjectChange:
    """Say who is in the bodies; who has no name is left out.

    seen: whom the user saw. Whom others have added or changed since then stays, beside what the
    user wrote; whom they took away is gone unless the user changed them.
    """
    named = [one for one in members if one.name.strip()]

    def change(project: Project) -> Project:
        gone = [one for one in seen if one not in project.members]
        mine = [one for one in named if one not in gone]
        others = [one for one in project.members if one not in seen and one not in mine]
        return project.having(members=(*mine, *others))

    return change


def set_looks(looks: Mapping[str, Look]) -> ProjectChange:
    """Say who looks at which element when; the other elements stay as they are."""

    def change(project: Project) -> Project:
        after = {**project.looks, **looks}
        return project.having(looks={e: one for e, one in after.items() if one != Look()})

    return change


def note_visit(visit: VisitRecord) -> ProjectChange:
    """Add a visit, or replace the one with its id; in the order of their days."""

    def change(project: Project) -> Project:
        others = [one for one in project.visits if one.id != visit.id]
        visits = sorted([*others, visit], key=lambda one: (one.on, one.id))
        return project.having(visits=visits)

    return change


def drop_visit(visit_id: str) -> ProjectChange:
    """Take a visit off the list."""
    return lambda p: p.having(visits=[one for one in p.visits if one.id != visit_id])


def tie(assessment: str | None = None, snapshot: str | None = None) -> ProjectChange:
    """Add an assessment, a snapshot or both; those that are tied already stay where they are."""

    def change(project: Project) -> Project:
        tied = {"assessments": assessment, "snapshots": snapshot}
        joined = {
            field: (*getattr(project, field), one)
            for field, one in tied.items()
            if one is not None and one not in getattr(project, field)
        }
        return project.having(**joined)

    return change


def retie(before: str, after: str) -> ProjectChange:
    """Follow an assessment or a snapshot that has another id now."""

    def change(project: Project) -> Project:
        def same(ids: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(after if one == before else one for one in ids)

        return project.having(
            assessments=same(project.assessments), snapshots=same(project.snapshots)
        )

    return change


def touched(before: Project, after: Project) -> set[str] | None:
    """Ids of the steps and deliverables that differ, in what was noted of them or attached.

    None where something else differs: the project itself, its plan, persons or visits.
    """
    ids = _differing(before.records, after.records)
    ids |= _differing(before.attachments, after.attachments)
    same = before.having(records=after.records, attachments=after.attachments) == after
    plans = before.spans == after.spans
    return ids if same and plans else None


def _differing(one: Mapping[str, object], other: Mapping[str, object]) -> set[str]:
    return {key for key in {*one, *other} if one.get(key) != other.get(key)}


def _recorded(project: Project, entry: str, record: Document) -> Project:
    others = {one: kept for one, kept in project.records.items() if one != entry}
    return project.having(records=others if record == Record() else {**others, entry: record})
