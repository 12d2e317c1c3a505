"""The places that are killed and shared: this app's own, and TinyDB as it comes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tinydb import TinyDB
from tinydb.storages import JSONStorage
from tinydb.table import Document

from state.documents.access import PRIVATE, Access
from state.documents.assessment import Assessment
from state.storage.folder import TinyRepository
from state.storage.line import Line
from state.storage.repository import Conflict, Kept, RepositoryError

UNREADABLE = (RepositoryError, ValueError, LookupError, AttributeError, TypeError)
"""What a torn file may raise in either store."""

_DOCUMENT = 1


class Stock:
    """A folder of assessments, each a file that TinyDB's own JSONStorage writes, without a lock.

    Revisions are compared all the same. Every method may raise one of UNREADABLE. Only what the
    soak needs of a repository.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, assessment: Assessment) -> None:
        """Keep a new assessment."""
        with self._opened(assessment.id) as database:
            database.insert(_document(assessment))

    def load(self, assessment_id: str) -> Assessment:
        """The assessment as it is in its file."""
        with self._opened(assessment_id) as database:
            return Assessment.model_validate(database.get(doc_id=_DOCUMENT))

    def save(self, assessment: Assessment, expected_revision: int) -> None:
        """Replace what is kept. Raises: Conflict."""

        def replace(kept: Any) -> None:
            if kept["revision"] != expected_revision:
                raise Conflict("saved by someone else")
            kept.clear()
            kept.update(_document(assessment))

        with self._opened(assessment.id) as database:
            database.update(replace, doc_ids=[_DOCUMENT])

    def revise(
        self,
        assessment_id: str,
        change: Callable[[Assessment, Access], tuple[Assessment, Line | None]],
        _kind: object,
    ) -> Kept[Assessment]:
        """Read, change and save. Raises: Conflict."""
        kept = self.load(assessment_id)
        changed, _ = change(kept, PRIVATE)
        if changed != kept:
            self.save(changed, kept.revision)
        return Kept(changed, PRIVATE)

    def delete(self, assessment_id: str) -> None:
        """Remove the assessment's file."""
        (self._folder / f"{assessment_id}.json").unlink(missing_ok=True)

    def _opened(self, assessment_id: str) -> TinyDB:
        path = self._folder / f"{assessment_id}.json"
        return TinyDB(path, storage=JSONStorage, create_dirs=True)


def _document(assessment: Assessment) -> Document:
    return Document(assessment.model_dump(mode="json"), doc_id=_DOCUMENT)


STORES: dict[str, Callable[[Path], Any]] = {
    "this app": TinyRepository,
    "TinyDB's JSONStorage": Stock,
}
