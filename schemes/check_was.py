"""What can be wrong with the former ids (`was`) of a scheme's files."""

from collections.abc import Iterator, Sequence

from schemes.model import CheckGroupShape, ItemShape, SchemeShape, SectionShape
from schemes.problems import Problem
from schemes.yaml_source import KeyPath, Source

_Claim = tuple[str, str, Source, KeyPath]
"""Kind of node, older id, and where it is claimed."""


def check_was(
    source: Source, scheme: SchemeShape, elements: Sequence[tuple[Source, SectionShape]]
) -> Iterator[Problem]:
    """An older id that two nodes of one kind claim: it can have one heir only."""
    claimed: set[tuple[str, str]] = set()
    for kind, older, where, path in _claims(source, scheme, elements):
        if (kind, older) in claimed:
            fault = f"旧编号 {older} 已被另一处继承"
            yield where.problem(path, fault, "一个旧编号只写在一处；多个旧编号可以合成一个")
        claimed.add((kind, older))


def _claims(
    source: Source, scheme: SchemeShape, elements: Sequence[tuple[Source, SectionShape]]
) -> Iterator[_Claim]:
    for i, facet in enumerate(scheme.facets):
        yield from _of("facet", facet.was, source, ("facets", i))
        for j, option in enumerate(facet.options):
            where = ("facets", i, "options", j)
            yield from _of(f"option of {facet.id}", option.was, source, where)
    for file, element in elements:
        yield from _below(file, element, ())


def _below(source: Source, node: SectionShape | ItemShape, path: KeyPath) -> Iterator[_Claim]:
    if isinstance(node, SectionShape):
        yield from _of("section", node.was, source, path)
        for i, child in enumerate(node.children):
            yield from _below(source, child, (*path, "children", i))
        return
    yield from _of("item", node.was, source, path)
    for i, condition in enumerate(node.conditions):
        yield from _of("condition", condition.was, source, (*path, "conditions", i))
    for i, row in enumerate(node.checks):
        where: KeyPath = (*path, "checks", i)
        if isinstance(row, CheckGroupShape):
            for j, check in enumerate(row.checks):
                yield from _of("condition", check.was, source, (*where, "checks", j))
        else:
            yield from _of("condition", row.was, source, where)


def _of(kind: str, was: list[str], source: Source, path: KeyPath) -> Iterator[_Claim]:
    for older in was:
        yield kind, older, source, (*path, "was")
