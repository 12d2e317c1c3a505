"""The example project is in phase three, with two visits and a snapshot of each."""

from datetime import date

import process
from process.plan import late
from process.progress import progress
from state.documents.project_examples import example_titles
from state.service.assessments import AssessmentService, Key
from state.service.mode import Mode
from state.service.project_example import keep_example
from state.service.projects import ProjectService
from state.storage.repository import Repository
from tests.state.service.test_assessments import OWNER

TODAY = date(2026, 11, 26)


def test_the_example_is_in_phase_three(repository: Repository) -> None:
    assert example_titles() == {"soy-sauce": "样例：清溪酱油作坊的创建项目（第三阶段）"}
    assessments = AssessmentService(repository, Mode.LOGIN)
    projects = ProjectService(assessments)
    key = Key(keep_example(assessments, projects, OWNER, "soy-sauce", TODAY))
    project = projects.open(key, OWNER).project
    found = progress(process.load(project.process), project.standings)
    assert [phase.complete for phase in found.phases] == [7, 3, 2, 0, 0]
    assert found.current and found.current.phase.id == "implementation"
    overdue = {step.id: days for step, days in late(found, project.spans, TODAY)}
    assert overdue == {"laws": 8, "auditor-training": 8, "site-recheck": 1}
    kept = projects.snapshots(key, OWNER)
    assert [(s.name, s.figures and s.figures.total) for s in kept] == [
        ("加入项目", "79.8"),
        ("先改的几处改好以后", "82.2"),
    ]
    assert [(v.on.isoformat(), v.visit, v.snapshot) for v in project.visits] == [
        ("2026-10-14", "first", kept[0].id),
        ("2026-11-18", None, kept[1].id),
    ]
    assert {body for one in project.members for body in one.bodies} == {
        "committee",
        "leading-group",
        "group",
        "auditors",
    }
