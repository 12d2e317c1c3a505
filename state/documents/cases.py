"""Made-up enterprises to assess in a class, with reference answers; shipped in `assets/cases`.

A case is data: a story, the enterprise, its scope, and what a reasoned assessment finds. What the
story says nothing of is as the standard asks for it. The version of the standard is named, so that
the answer stays right for ever.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from schemes import Library, Scheme, UnknownScheme
from schemes.library import installed
from schemes.loader import read_shape
from schemes.paths import ASSETS
from schemes.problems import Problem, SchemeError
from schemes.yaml_source import Source
from scoring.applicability import Status, applicability
from state.documents.assessment import Profile, SavedAnswers, Work, answers_of

HOME = ASSETS / "cases"

_Words = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]
_Count = Annotated[int, Field(strict=True, ge=1, le=999)]


class _Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Passage(_Shape):
    """A part of the story under a heading."""

    title: _Words
    text: _Words


class Found(_Shape):
    """A finding of the reference answer.

    when: the condition's words, as the standard has them. because: the reason, from the story.
    clause: where the standard, or a law, says so.
    """

    condition: _Words
    when: _Words
    count: _Count = 1
    because: _Words
    clause: _Words


class Absent(_Shape):
    """An item that does not apply, which the scope does not say, and why."""

    item: _Words
    because: _Words
    clause: _Words


class Trap(_Shape):
    """An item that looks as if something were wrong, and why nothing is."""

    item: _Words
    because: _Words


class _Enterprise(_Shape):
    name: _Words
    industry: _Words
    employees: _Count


class _File(_Shape):
    title: _Words
    scheme: _Words
    version: _Words
    told: _Words
    scope: Literal["given", "asked"]
    profile: _Enterprise
    facets: dict[str, list[str]]
    performance: dict[str, int]
    story: Annotated[tuple[Passage, ...], Field(min_length=1)]
    findings: Annotated[tuple[Found, ...], Field(min_length=1)]
    absent: tuple[Absent, ...]
    traps: tuple[Trap, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case. told: what a trainer should know of it. given: whether the scope is told.

    scheme, version: of the standard. reference: the reference answers.
    """

    id: str
    title: str
    told: str
    scheme: str
    version: str
    given: bool
    profile: Profile
    story: tuple[Passage, ...]
    findings: tuple[Found, ...]
    absent: tuple[Absent, ...]
    traps: tuple[Trap, ...]
    reference: SavedAnswers

    @property
    def begun(self) -> Work:
        """What everybody's assessment begins with: the scope and the safety record, if told."""
        if not self.given:
            return Work(scheme_version=self.version)
        told = SavedAnswers(facets=self.reference.facets, performance=self.reference.performance)
        return Work(scheme_version=self.version, answers=told)

    @property
    def work(self) -> Work:
        """The reference answers as an assessment holds them."""
        return Work(scheme_version=self.version, answers=self.reference)


@cache
def cases() -> dict[str, Case]:
    """All cases that ship, by id, in the order of their names. Raises: SchemeError."""
    return {path.stem: read_case(path) for path in sorted(HOME.glob("*.yaml"))}


def case_of(name: str) -> Case | None:
    """The case of that id; None for an empty one, and for one that this program has not."""
    return cases().get(name)


def read_case(path: Path, library: Library = installed) -> Case:
    """A case from its file, held against its standard.

    Raises: SchemeError with every fault: unknown ids, other words than the standard's, what the
    scope has pruned, counts of what is not counted, questions left open.
    """
    problems: list[Problem] = []
    read = read_shape(path, _File, problems)
    if read is None:
        raise SchemeError(problems)
    source, file = read
    try:
        scheme = library.get(file.scheme, file.version)
    except UnknownScheme:
        fault = f"没有标准 {file.scheme} {file.version}"
        raise SchemeError([source.problem(("scheme",), fault, "写已有的标准和版本")]) from None
    reference = _reference(file, scheme)
    problems += _faults(source, file, scheme, reference)
    if problems:
        raise SchemeError(problems)
    return Case(
        path.stem,
        file.title,
        file.told,
        scheme.id,
        file.version,
        file.scope == "given",
        Profile(**dict(file.profile)),
        file.story,
        file.findings,
        file.absent,
        file.traps,
        reference,
    )


def _reference(file: _File, scheme: Scheme) -> SavedAnswers:
    return SavedAnswers(
        facets=file.facets,
        performance=file.performance,
        not_applicable=[one.item for one in file.absent],
        reviewed=list(scheme.items),
        findings={one.condition: one.count for one in file.findings},
    )


def _faults(source: Source, file: _File, scheme: Scheme, reference: SavedAnswers) -> list[Problem]:
    found = []
    answers = answers_of(scheme, Work(scheme_version=file.version, answers=reference))
    for name in answers.unknown:
        found.append(source.problem((), f"标准里没有 {name}", "写标准里有的编号"))
    standing = applicability(scheme, answers)
    for name in standing.unanswered:
        found.append(source.problem(("facets",), f"适用范围没有回答 {name}", "补上回答"))
    for place, one in enumerate(file.findings):
        here = ("findings", place)
        known = scheme.conditions.get(one.condition)
        if known is None:
            continue
        item, condition = known
        if one.when != condition.when:
            found.append(source.problem((*here, "when"), "与标准的文字不同", condition.when))
        if one.count > 1 and not condition.counted:
            found.append(source.problem((*here, "count"), "这一条不计次数", "去掉 count"))
        if not standing.counts(item, condition):
            found.append(source.problem(here, "按适用范围不评这一条", "改适用范围或去掉"))
    for kind in ("absent", "traps"):
        for place, two in enumerate(getattr(file, kind)):
            if two.item not in scheme.items:
                found.append(source.problem((kind, place), f"没有 {two.item}", "写标准里的编号"))
            elif kind == "absent" and standing.status[two.item] is not Status.MARKED:
                fault = f"{two.item} 按适用范围已经不评"
                found.append(source.problem((kind, place), fault, "去掉这一条"))
    if len(reference.findings) < len(file.findings):
        found.append(source.problem(("findings",), "同一条写了两次", "合成一条"))
    return found
