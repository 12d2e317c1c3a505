"""What two windows did to one answer.

Changes name what they touch, so most of what is done at the same time simply adds up. A clash
is what does not: an answer that somebody else changed since it was seen, and that the change
at hand would overwrite.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from state.documents.assessment import Assessment

Path = tuple[str, ...]
Leaves = dict[Path, Any]


@dataclass(frozen=True, slots=True)
class Clash:
    """One answer with two values.

    path: the document's fields down to it, for the words it is shown with.
    mine, theirs: the values; None where it is not answered.
    """

    path: Path
    mine: Any
    theirs: Any


def clashes(
    seen: Assessment, mine: Assessment, theirs: Assessment, merged: Assessment
) -> list[Clash]:
    """Where `merged` has my value although theirs is another since `seen`.

    mine: the change applied to `seen`. merged: the change applied to `theirs`.
    Answers that only move, to the shelf, into the self-assessment or under the ids of another
    version, clash with nothing.
    """
    moved = round_of(theirs) != round_of(merged)
    before, wanted, there, result = (dict(_leaves(a, moved)) for a in (seen, mine, theirs, merged))
    return differing(before, wanted, there, result)


def differing(before: Leaves, wanted: Leaves, there: Leaves, result: Leaves) -> list[Clash]:
    """Places where the result is what I wanted, and others have changed it since I saw it."""
    return [
        Clash(path, wanted.get(path), there.get(path))
        for path in dict.fromkeys((*there, *before))
        if there.get(path) != before.get(path)
        and result.get(path) != there.get(path)
        and result.get(path) == wanted.get(path)
    ]


def contained(before: Assessment, mine: Assessment, theirs: Assessment) -> bool:
    """Whether every answer that differs between `before` and `mine` is mine in `theirs`.

    False where none differs, as with what only moves.
    """
    was, wanted, there = (dict(_leaves(a, False)) for a in (before, mine, theirs))
    changed = [p for p in {*was, *wanted} if was.get(p) != wanted.get(p)]
    return bool(changed) and all(there.get(p) == wanted.get(p) for p in changed)


def round_of(assessment: Assessment) -> tuple[str | None, str, bool]:
    """What the answers at hand are about: standard, its version, whether a self-assessment."""
    work = assessment.work
    return assessment.scheme, work.scheme_version, work.reassessment is None


def _leaves(assessment: Assessment, moved: bool) -> Iterator[tuple[Path, Any]]:
    """Every single answer; of a list, whether each member is in it. Who gave it is none."""
    fields = {"scheme", "profile", "chapters"} | (set() if moved else {"work"})
    left_out = {"work": {"touched"}}
    yield from leaves((), assessment.model_dump(mode="json", include=fields, exclude=left_out))


def leaves(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """Every single value below a path of decoded JSON."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves((*path, key), inner)
    elif isinstance(value, list):
        for member in value:
            name = member if isinstance(member, str) else json.dumps(member, ensure_ascii=False)
            yield (*path, name), True
    else:
        yield path, value
