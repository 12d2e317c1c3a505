"""What to look at, what to have ready, how to put it right: our own words beside every item.

Guidance is no part of the standard. It lies in a folder beside it, has its own version, changes no
score, and is read when somebody opens it; a standard of one's own has none until somebody writes
it. Laws and standards stand once in `schemes/laws.yaml`, in the wording of November 2026.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import Field, StringConstraints

from schemes.heirs import heirs
from schemes.library import Library, UnknownScheme, installed
from schemes.loader import read_shape
from schemes.model import Id, Shape
from schemes.problems import Problem, SchemeError
from schemes.tree import Scheme
from schemes.yaml_source import Source

FOLDER = "guidance"
"""Beside `scheme.yaml`: about.yaml, and a file for each file of elements."""

LAWS = Path(__file__).parent / "laws.yaml"

PaperKind = Literal["制度", "记录", "台账", "证书", "合同", "报告", "现场"]
Effort = Literal["小时", "天", "停产", "资质单位", "采购"]
_S = TypeVar("_S", bound=Shape)


def _words(longest: int) -> StringConstraints:
    return StringConstraints(strict=True, min_length=1, max_length=longest, pattern=r"[^。\s]$")


class Paper(Shape):
    """A paper that shows it, or with the kind 现场 something to be seen on site.

    period: how often it is made or renewed, where that is usual or set.
    """

    kind: PaperKind
    name: Annotated[str, _words(40)]
    period: Annotated[str, _words(20)] | None = None


class Remedy(Shape):
    """How a finding is usually put right: first step, what makes it last, effort of both."""

    today: Annotated[str, _words(80)]
    lasting: Annotated[str, _words(80)]
    effort: Effort


class Basis(Shape):
    """A law or standard that asks for it, by its name in `laws`; the article if certain."""

    law: Annotated[str, _words(60)]
    article: Annotated[str, _words(20)] | None = None


class Guidance(Shape):
    """One item's. checks: by the id of a check or of the heading that checks stand under."""

    id: Id
    look: Annotated[str, _words(120)]
    records: Annotated[list[Paper], Field(min_length=1, max_length=6)]
    remedy: Remedy
    basis: Annotated[tuple[Basis, ...], Field(max_length=4)] = ()
    checks: Annotated[dict[Id, Annotated[str, _words(80)]], Field(default_factory=dict)]


class About(Shape):
    """version: of the guidance; standard: the version of the standard whose ids it bears."""

    version: Annotated[str, _words(20)]
    standard: Annotated[str, _words(40)]


class Law(Shape):
    """A law or standard in force.

    law: short name, of a standard its number; number: of a law or order; since: ISO date;
    note: what is known of its end or its parts; articles: those cited, and their subject.
    """

    law: Annotated[str, _words(60)]
    title: Annotated[str, _words(80)]
    number: Annotated[str, _words(60)] | None = None
    note: Annotated[str, _words(80)] | None = None
    since: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    articles: Annotated[dict[str, Annotated[str, _words(60)]], Field(default_factory=dict)]


class _File(Shape):
    items: Annotated[list[Guidance], Field(min_length=1)]


class _Laws(Shape):
    laws: Annotated[list[Law], Field(min_length=1)]


@cache
def laws() -> Mapping[str, Law]:
    """Everything that guidance rests on, by its short name. Raises: SchemeError."""
    _, shape = _read(LAWS, _Laws)
    return {law.law: law for law in shape.laws}


def guidance(scheme: Scheme, library: Library = installed) -> Mapping[str, Guidance]:
    """The guidance for a version of a standard, by item id; empty where there is none.

    It is written for the newest; an older one has that of what its items became.
    Raises: UnknownScheme for a version that nobody has; SchemeError.
    """
    folder = library.home / scheme.id
    if not has_guidance(scheme, library):
        return {}
    written = _kept(folder)
    if scheme.version == library.get(scheme.id).version:
        return written
    history = library.history(scheme.id)
    names = [one.version for one in history]
    if scheme.version not in names:
        raise UnknownScheme(scheme.id, scheme.version)
    place = names.index(scheme.version)
    became = heirs(history[place:]).item
    return {i: written[became(i)] for i in scheme.items if became(i) in written}


def has_guidance(scheme: Scheme, library: Library = installed) -> bool:
    """Whether anything is written beside a standard; asked at every click, so kept."""
    return _is_there(library.home / scheme.id / FOLDER)


@cache
def _is_there(folder: Path) -> bool:
    return folder.is_dir()


@cache
def _kept(folder: Path) -> Mapping[str, Guidance]:
    """What is written beside the standard in `folder`; read once, as that takes a while."""
    return {one.id: one for _, shape in _files(folder) for one in shape.items}


def guidance_problems(folder: Path, scheme: Scheme) -> Iterator[Problem]:
    """What is wrong with the guidance beside a standard that is right. Raises: SchemeError."""
    if not (folder / FOLDER).is_dir():
        return
    source, about = _read(folder / FOLDER / "about.yaml", About)
    if about.standard != scheme.version:
        fault = f"这里写的是标准的 {about.standard} 版，标准已是 {scheme.version} 版"
        yield source.problem(("standard",), fault, "核对编号后改成现在的版本")
    seen: dict[str, Path] = {}
    papers: dict[str, Paper] = {}
    for source, shape in _files(folder):
        for i, one in enumerate(shape.items):
            if one.id in seen:
                yield source.problem(("items", i), f"编号 {one.id} 用了不止一次", "合并成一处")
            seen[one.id] = source.path
            yield from _problems(source, i, one, scheme, papers)
    missing = [item_id for item_id in scheme.items if item_id not in seen]
    if missing:
        fault = f"这些内容没有提示：{'、'.join(missing)}"
        yield Problem(folder / FOLDER, 1, "（文件夹）", fault, "为每条内容各写一段")


def _problems(
    source: Source, i: int, one: Guidance, scheme: Scheme, papers: dict[str, Paper]
) -> Iterator[Problem]:
    item = scheme.items.get(one.id)
    if item is None:
        yield source.problem(("items", i, "id"), f"标准里没有 {one.id}", "改成已有的编号，或删去")
        return
    rows = {check.id for check in item.checks} | {group.id for group in item.groups}
    for row in one.checks.keys() - rows:
        fault, remedy = f"{one.id} 没有检查行 {row}", "改成已有的编号，或删去"
        yield source.problem(("items", i, "checks", row), fault, remedy)
    for check in item.checks:
        if check.hint is not None:
            fault = f"{one.id} 的检查行 {check.id} 在标准文件里另有 hint"
            yield source.problem(("items", i), fault, "移到这里的 checks")
    for j, basis in enumerate(one.basis):
        law = laws().get(basis.law)
        if law is None or basis.article not in (None, *law.articles):
            fault = f"{LAWS.name} 里没有 {basis.law} {basis.article or ''}".rstrip()
            yield source.problem(("items", i, "basis", j), fault, "查证后写进去，或删去")
    for j, paper in enumerate(one.records):
        if papers.setdefault(paper.name, paper) != paper:
            fault = f"资料“{paper.name}”在别处的种类或周期不同"
            yield source.problem(("items", i, "records", j), fault, "同一份资料各处写得一样")


def _files(folder: Path) -> Iterator[tuple[Source, _File]]:
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        if path.name != "about.yaml":
            yield _read(path, _File)


def _read(path: Path, shape: type[_S]) -> tuple[Source, _S]:
    """Raises: SchemeError."""
    problems: list[Problem] = []
    found = read_shape(path, shape, problems)
    if found is None:
        raise SchemeError(problems)
    return found
