"""Keep an example project as a visitor's own, with its assessment and two snapshots of it."""

from datetime import date

from state.documents.project_examples import project_example
from state.service.assessments import AssessmentService, Key, Visitor
from state.service.projects import ProjectService


def keep_example(
    assessments: AssessmentService, projects: ProjectService, visitor: Visitor, name: str, on: date
) -> str:
    """Returns: the project's id. Raises: as `ProjectService.create`, `tie` and `change`."""
    example = project_example(name, on)
    assessments.create(example.assessment, visitor)
    projects.create(example.project, visitor)
    key, answers = Key(example.project.id), Key(example.assessment.id)
    projects.tie(key, visitor, example.assessment.id)
    for change in example.improved:
        assessments.change(answers, visitor, change)
    taken = projects.take_snapshot(key, visitor, example.snapshot)
    first = projects.open(key, visitor).project.snapshots[0]
    projects.change(key, visitor, lambda p: example.with_visits(p, (first, taken.id)))
    return example.project.id
