"""Which process a project goes through: one that is shipped, or one that somebody brought."""

from threading import Lock

import process
from process import Process
from schemes.problems import SchemeError
from state.documents.installed_process import InstalledProcess, ProcessFault, read_process
from state.documents.project import Project
from state.storage.repository import Repository, RepositoryError

_KEPT = 64
"""Processes that are kept read; they never change, so that the id is enough."""

_read: dict[str, Process] = {}
_reading = Lock()


def process_of(repository: Repository, project: Project) -> Process | None:
    """The process that a project goes through, in its version; None where that is not there."""
    try:
        if project.installed is not None:
            return kept_process(repository, project.installed)
        return process.load(project.process, project.process_version)
    except (process.UnknownProcess, SchemeError, ProcessFault, RepositoryError):
        return None


def kept_process(repository: Repository, document_id: str) -> Process:
    """A process that was brought. Raises: RepositoryError; ProcessFault where it is damaged."""
    with _reading:
        known = _read.get(document_id)
    if known is None:
        known = read_process(repository.load(document_id, InstalledProcess).content.encode())
        with _reading:
            if len(_read) >= _KEPT:
                _read.clear()
            _read[document_id] = known
    return known
