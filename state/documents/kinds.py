"""Every kind of document that is kept; a new one is a class here and nothing else in storage."""

from state.documents.assessment import Assessment, KeptDocument
from state.documents.classroom import Classroom
from state.documents.installed import InstalledScheme
from state.documents.installed_process import InstalledProcess
from state.documents.person import Person
from state.documents.project import Project
from state.documents.snapshot import Snapshot

KINDS: tuple[type[KeptDocument], ...] = (
    Assessment,
    Snapshot,
    Person,
    Project,
    InstalledProcess,
    Classroom,
    InstalledScheme,
)
