"""Sample assessments shipped in `assets/samples`, in the shape an export has."""

from dataclasses import dataclass
from pathlib import Path

from state.assessment import Assessment
from state.paths import ASSETS
from state.transfer import import_json


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample: its file, what to call it, and the standard it is for."""

    path: Path
    title: str
    scheme: str

    def read(self) -> Assessment:
        """A copy under a new id."""
        return import_json(self.path.read_bytes())


def samples() -> list[Sample]:
    """All samples, by file name."""
    files = sorted((ASSETS / "samples").glob("*.json"))
    read = [(path, import_json(path.read_bytes())) for path in files]
    return [Sample(path, sample.title, sample.scheme or "") for path, sample in read]
