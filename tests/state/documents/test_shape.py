"""Adding a field raises the schema version: an older program refuses what it does not know."""

import json
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

from state.documents.access import Access
from state.documents.assessment import SCHEMA_VERSION
from state.documents.classroom import SCHEMA_VERSION as CLASS_VERSION
from state.documents.classroom import Classroom
from state.documents.installed import SCHEMA_VERSION as STANDARD_VERSION
from state.documents.installed import InstalledScheme
from state.documents.installed_process import InstalledProcess
from state.documents.kinds import KINDS
from state.documents.project import SCHEMA_VERSION as PROJECT_VERSION
from state.documents.project import Project

SHAPES = Path(__file__).parent / "shapes.json"
"""Fields of everything that is kept, by schema version."""


def _models(annotation: Any) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {annotation}
    if get_origin(annotation) in (None, Union, UnionType) and not get_args(annotation):
        return set()
    return {model for inner in get_args(annotation) for model in _models(inner)}


def _fields(*kinds: type[BaseModel]) -> list[str]:
    """Every field of every model that documents of these kinds are made of."""
    left: list[type[BaseModel]] = [*kinds]
    seen: dict[type[BaseModel], list[str]] = {}
    while left:
        model = left.pop()
        if model in seen:
            continue
        seen[model] = [f"{model.__name__}.{name}" for name in model.model_fields]
        for field in model.model_fields.values():
            left += _models(field.annotation)
    return sorted(name for names in seen.values() for name in names)


OWN = {
    Project: PROJECT_VERSION,
    InstalledProcess: 1,
    Classroom: CLASS_VERSION,
    InstalledScheme: STANDARD_VERSION,
}
VERSIONED = [kind for kind in KINDS if kind not in OWN]
"""What has the one version of assessments; these have their own."""


def test_a_projects_fields_are_those_of_its_schema_version() -> None:
    shapes = json.loads(SHAPES.read_text())
    for kind, version in OWN.items():
        assert _fields(kind) == shapes[f"{kind.KIND} {version}"], (
            f"raise the schema version of {kind.KIND} and write its fields down"
        )


def test_a_classs_fields_are_those_of_its_schema_version() -> None:
    shapes = json.loads(SHAPES.read_text())
    assert _fields(Classroom) == shapes[f"class {CLASS_VERSION}"], (
        "raise SCHEMA_VERSION in state/documents/classroom.py and write its fields down"
    )


def test_a_brought_standards_fields_are_those_of_its_schema_version() -> None:
    shapes = json.loads(SHAPES.read_text())
    assert _fields(InstalledScheme) == shapes[f"scheme {STANDARD_VERSION}"], (
        "raise SCHEMA_VERSION in state/documents/installed.py and write its fields down"
    )


def test_the_fields_are_those_of_the_schema_version() -> None:
    shapes = json.loads(SHAPES.read_text())
    assert str(SCHEMA_VERSION) in shapes, "write the new version's fields down in shapes.json"
    assert _fields(*VERSIONED, Access) == shapes[str(SCHEMA_VERSION)], (
        "a field was added or taken away: raise SCHEMA_VERSION in state/documents/assessment.py,"
        " so that an older program refuses the document, and write its fields down in shapes.json"
    )


def test_fields_of_everything_nested_are_looked_at() -> None:
    assert {"Work.answers", "SavedAnswers.findings", "EarlierFinding.count", "Entry.text"} <= set(
        _fields(*VERSIONED, Access)
    )
    assert {"Figures.total", "ElementFigures.score", "Access.links", "Snapshot.work"} <= set(
        _fields(*VERSIONED, Access)
    )
