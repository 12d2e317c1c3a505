"""Example assessments shipped in `assets/samples`, in the shape an export has."""

import json
from dataclasses import dataclass
from pathlib import Path

from schemes.paths import ASSETS
from state.documents.assessment import Assessment
from state.documents.changes import Change, set_finding, set_reviewed
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

    @property
    def first(self) -> Change:
        """Back to how it was assessed first (初评), before some findings were put right."""
        told = json.loads((self.path.parent / "before" / self.path.name).read_text("utf-8"))
        counts: dict[str, int] = {**told["found"], **dict.fromkeys(told["not_yet"], 0)}

        def change(assessment: Assessment) -> Assessment:
            for condition, count in counts.items():
                assessment = set_finding(condition, count)(assessment)
            return set_reviewed(told["reviewed"], True)(assessment)

        return change


def examples() -> list[Example]:
    """All samples, by file name."""
    files = sorted((ASSETS / "samples").glob("*.json"))
    read = [(path, import_json(path.read_bytes())) for path in files]
    return [Example(path, example.title, example.scheme or "") for path, example in read]
