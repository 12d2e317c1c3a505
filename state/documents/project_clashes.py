"""What two windows did to one place of a project; see `clashes`."""

from collections.abc import Iterator
from typing import Any

from state.documents.clashes import Clash, Path, differing, leaves
from state.documents.project import Project

_LEFT_OUT = {"id", "revision", "schema_version", "updated", "created", "helpers"}


def project_clashes(seen: Project, mine: Project, theirs: Project, merged: Project) -> list[Clash]:
    """Where `merged` has my value although theirs is another since `seen`.

    mine: the change applied to `seen`. merged: the change applied to `theirs`. Notes clash with
    nothing, as both are kept.
    """
    before, wanted, there, result = (dict(_leaves(p)) for p in (seen, mine, theirs, merged))
    return differing(before, wanted, there, result)


def _leaves(project: Project) -> Iterator[tuple[Path, Any]]:
    """What is noted; without what was never chosen, so that a new record clashes with nothing."""
    yield from leaves((), project.model_dump(mode="json", exclude=_LEFT_OUT, exclude_defaults=True))
