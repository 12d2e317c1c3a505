"""Saving projects, again where somebody else was quicker."""

import contextlib
from collections.abc import Callable, Mapping

from state.documents.access import Access
from state.documents.project import Project
from state.documents.project_changes import ProjectChange, retie
from state.service.index_line import project_line
from state.service.known_processes import process_of
from state.storage.line import Line, Query
from state.storage.repository import Kept, Repository, RepositoryError, patiently

Admitted = Callable[[Project, Access, Project], None]
"""Told what is kept, whose it is, and what is to be kept; raises where that may not be."""


def anybody(_before: Project, _access: Access, _after: Project) -> None:
    """Admit every change."""


def save_project(
    repository: Repository, project_id: str, change: ProjectChange, admit: Admitted = anybody
) -> Kept[Project]:
    """Apply a change to what is kept now and save it with its line.

    Returns: what is kept then. Raises: what `change` and `admit` do; RepositoryError.
    """

    def changed(current: Project, access: Access) -> tuple[Project, Line | None]:
        result = change(current)
        admit(current, access, result)
        if result == current:
            return current, None
        result = result.stamped()
        return result, project_line(result, process_of(repository, result))

    return patiently(lambda: repository.revise(project_id, changed, Project))


def carry_projects(repository: Repository, moved: Mapping[str, str]) -> None:
    """Let projects follow an assessment and its snapshots that have other ids now.

    moved: new ids by old ones, the assessment's first. What cannot be saved is left: its page
    says that the assessment is gone, and it can be tied again.
    """
    old = next(iter(moved))

    def follow(project: Project) -> Project:
        for before, after in moved.items():
            project = retie(before, after)(project)
        return project

    with contextlib.suppress(RepositoryError):
        for line in repository.list(Query(group=old), Project).lines:
            save_project(repository, line.id, follow)
