"""Example assessments shipped in `assets/samples`, in the shape an export has."""

from dataclasses import dataclass
from pathlib import Path

from schemes.paths import ASSETS
from state.documents.assessment import Assessment
from state.documents.transfer import import_json


@dataclass(frozen=True, slots=True)
class Example:
    """One example: its file, what to call it, and the standard it is for."""

    path: Path
    title: str
    scheme: str

    def read(self) -> Assessment:
        """A copy under a new id."""
        return import_json(self.path.read_bytes())


def examples() -> list[Example]:
    """All samples, by file name."""
    files = sorted((ASSETS / "samples").glob("*.json"))
    read = [(path, import_json(path.read_bytes())) for path in files]
    return [Example(path, example.title, example.scheme or "") for path, example in read]
