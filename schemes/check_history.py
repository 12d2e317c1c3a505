"""What only shows beside a scheme's older versions: a change without a new one, a wrong `was`."""

from collections.abc import Iterator
from pathlib import Path

from schemes.difference import changes_between
from schemes.frozen import read_frozen
from schemes.heirs import Heirs, heirs
from schemes.library import OLDER, Library
from schemes.problems import Problem
from schemes.tree import Scheme


def history_problems(folder: Path, scheme: Scheme) -> Iterator[Problem]:
    """What is wrong with a sound scheme beside its frozen versions.

    Raises: SchemeError when one of those cannot be read.
    """
    library = Library(folder.resolve().parent)
    same = folder / OLDER / f"{scheme.version}.json"
    if same.exists() and changes_between(read_frozen(same.resolve()), scheme, Heirs(())):
        fault = f"{scheme.version} 版已冻结，分值、情形或适用范围却改了"
        yield Problem(folder / "scheme.yaml", 1, "version", fault, "把 version 加大")
    older = library.history(scheme.id)[:-1]
    if not older:
        return
    known = {i for version in older for i in _ids(version)}
    for node, former in _claims(scheme):
        if former not in known:
            fault = f"{node} 的旧编号 {former} 在冻结的旧版中都没有"
            yield Problem(folder / "scheme.yaml", 1, "was", fault, "改成旧版用过的编号，或删去")


def without_heir(folder: Path, scheme: Scheme) -> list[str]:
    """Ids of the version before that came to nothing: items, and conditions of the others."""
    history = Library(folder.resolve().parent).history(scheme.id)[-2:]
    change = changes_between(history[0], scheme, heirs(history))
    ids = [item.id for item in change.items.gone]
    ids += [condition.id for condition in change.conditions.gone]
    return ids + [facet.id for facet in change.facets.gone]


def _ids(scheme: Scheme) -> Iterator[str]:
    yield from scheme.items
    yield from scheme.conditions
    yield from scheme.facet
    for item_id in scheme.items:
        yield from (section.id for section in scheme.path(item_id).sections)


def _claims(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Every former id with the node that names it."""
    nodes = {section.id: section.was for i in scheme.items for section in scheme.path(i).sections}
    nodes |= {item.id: item.was for item in scheme.items.values()}
    nodes |= {facet.id: facet.was for facet in scheme.facets}
    nodes |= {condition.id: condition.was for _, condition in scheme.conditions.values()}
    yield from ((node, former) for node, was in nodes.items() for former in was)
