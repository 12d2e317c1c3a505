"""Worked examples: whole projects by dates, from tests/cases/project."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

import process
from process import Standing
from process.plan import late
from process.progress import progress
from state.documents.assessment import new_id
from state.documents.project import Project, VisitRecord, new_project
from state.documents.project_changes import note_visit, plan_anew, set_standing

CASES = [
    case
    for path in sorted((Path(__file__).parents[2] / "cases" / "project").glob("*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
]


def told(project: Project, today: date) -> dict[str, Any]:
    """Everything that a case may expect."""
    read = process.load(project.process)
    found = progress(read, project.standings)
    owed: dict[str, list[str]] = {"enterprise": [], "consultant": []}
    for one in found.owed(project.consultant):
        owed[one.side].append(one.deliverable.id if one.deliverable else one.step.id)
    return {
        "phase": found.current.phase.title if found.current else None,
        "complete": sum(phase.complete for phase in found.phases),
        "ready": [state.step.id for state in found.ready],
        "blocking": [state.step.id for state in found.blocking()],
        "waits": {s.step.id: [w.id for w in s.waits_for] for s in found.steps if s.ticked},
        "late": {step.id: days for step, days in late(found, project.spans, today)},
        "owed": owed,
        "days_left": (project.target - today).days,
    }


def require(expected: dict[str, Any], project: Project, today: date) -> None:
    found = told(project, today)
    for key, value in expected.items():
        seen = found[key]
        if key == "waits":
            seen = {step: seen[step] for step in value}
        assert seen == value, (today, key)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["target"]))
def test_a_project_goes_as_the_case_says(case: dict[str, Any]) -> None:
    read = process.load(case["process"])
    project = new_project(
        read.id, read.version, case["start"], case["target"], consultant=case["consultant"]
    )
    project = plan_anew(read)(project)
    spans = {step: [span.start, span.end] for step, span in project.spans.items()}
    assert {step: spans[step] for step in case["plan"]} == case["plan"]
    assert spans.keys() == read.step.keys()
    for stop in case["walk"]:
        today = stop["day"]
        require(stop.get("before", {}), project, today)
        for entry in stop.get("done", []):
            assert entry in read.step or entry in read.deliverable
            project = set_standing(entry, Standing.DONE, on=today)(project)
            assert project.records[entry].actual_end == today
        for entry, reason in stop.get("not_needed", {}).items():
            project = set_standing(entry, Standing.NOT_NEEDED, reason)(project)
        if "visit" in stop:
            visit = VisitRecord(id=new_id(), on=today, visit=stop["visit"])
            project = note_visit(visit)(project)
        require(stop["expect"], project, today)
    again = Project.model_validate_json(project.model_dump_json())
    assert again == project
