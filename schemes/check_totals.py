"""What can be wrong between items and total: weights, named gates, bonuses, samples, full ids."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from schemes.check_beside import condition_ids, nodes_of
from schemes.model import (
    ItemShape,
    SamplingShape,
    SchemeShape,
    SectionShape,
)
from schemes.problems import Problem
from schemes.yaml_source import KeyPath, Source

_Elements = Sequence[tuple[Source, SectionShape]]


def check_totals(source: Source, scheme: SchemeShape, elements: _Elements) -> Iterator[Problem]:
    """Rules that hang on more than one item."""
    for file, element in elements:
        yield from _weights(file, element, ())
    yield from _gates(source, scheme, elements)
    yield from _bonus(source, scheme, elements)
    for i, part in enumerate(scheme.parts):
        if part.sampling:
            yield from _sampling(source, part.sampling, ("parts", i, "sampling"))
    yield from _full_ids(elements)


def _weights(source: Source, section: SectionShape, path: KeyPath) -> Iterator[Problem]:
    """Below a section all have a weight or none; together they are 1, a choose-one group once."""
    below = [child for child in section.children if isinstance(child, SectionShape)]
    given: dict[str, Decimal] = {}
    for i, child in enumerate(below):
        if child.weight is not None:
            given.setdefault(child.variant_of or f"#{i}", child.weight)
    if given:
        lacking = len(below) < len(section.children) or any(c.weight is None for c in below)
        if lacking or sum(given.values()) != 1:
            fault = f"{section.id} 之下的权重合计 {sum(given.values())}，应每个标题都有且合计为 1"
            yield source.problem((*path, "children"), fault, "核对各标题的 weight；内容不写权重")
    for i, node in enumerate(section.children):
        if isinstance(node, SectionShape):
            yield from _weights(source, node, (*path, "children", i))


def _gates(source: Source, scheme: SchemeShape, elements: _Elements) -> Iterator[Problem]:
    items = {node.id: node for node in nodes_of(elements) if isinstance(node, ItemShape)}
    known: dict[str, tuple[str, list[str]]] = {
        "parts": ("部分", [part.id for part in scheme.parts]),
        "elements": ("要素", [element.id for _, element in elements]),
        "items": ("内容", list(items)),
    }
    for i, grade in enumerate(scheme.grades):
        for key, (what, ids) in known.items():
            lines: Mapping[str, Decimal] = getattr(grade, key)
            for name in lines:
                where = ("grades", i, key, name)
                if name not in ids:
                    listed = "、".join(ids[:_LISTED]) or f"（本标准没有{what}）"
                    yield source.problem(where, f"没有{what} {name}", f"改成 {listed} 之一")
                elif name in items and key == "items" and not items[name].points:
                    yield source.problem(
                        where, f"{name} 是 0 分的内容", "改用 scope: scheme 的否决"
                    )


_LISTED = 20
"""Ids listed in one remedy."""


def _bonus(source: Source, scheme: SchemeShape, elements: _Elements) -> Iterator[Problem]:
    adding = [
        condition
        for node in nodes_of(elements)
        if isinstance(node, ItemShape)
        for condition in node.conditions
        if condition.add is not None
    ]
    bonus = scheme.bonus
    for file, element in elements:
        nodes = [node for node in nodes_of([(file, element)]) if isinstance(node, ItemShape)]
        adds = any(c.add is not None for node in nodes for c in node.conditions)
        if adds and not any(node.points for node in nodes) and not (bonus and bonus.above_full):
            fault = "要素没有分值，加分不超过满分就加不上"
            remedy = "写 bonus: {at_most: 加分合计上限, above_full: true}，或写在有分值的要素里"
            yield file.problem((), fault, remedy)
    if bonus is None:
        return
    if not adding:
        yield source.problem(("bonus",), "没有任何加分的情形", "删去 bonus，或写 add: 分值 的情形")
    if bonus.above_full and bonus.at_most is None:
        yield source.problem(
            ("bonus",), "加分可以超过满分，却没有上限", "补上 at_most: 加分合计上限"
        )


def _sampling(source: Source, rule: SamplingShape, path: KeyPath) -> Iterator[Problem]:
    both = (rule.percent is None, rule.minimum is None)
    if any(both) != all(both) or all(both) != bool(rule.steps):
        remedy = "写 percent 和 minimum，或只写 steps"
        yield source.problem(path, "抽样办法不清", remedy)
    reached = 0
    for i, step in enumerate(rule.steps):
        where = (*path, "steps", i)
        if step.number is not None and step.percent is not None:
            yield source.problem(where, "number 与 percent 不能同时写", "保留一个；全查的都不写")
        last = i == len(rule.steps) - 1
        if (step.up_to is None) != last:
            fault = "只有最后一档不写 up_to，它管其余的所有数量"
            yield source.problem(where, fault, "补上或删去 up_to")
        elif step.up_to is not None:
            if step.up_to <= reached:
                fault = f"up_to {step.up_to} 不大于前一档"
                yield source.problem((*where, "up_to"), fault, "从小到大排列")
            reached = step.up_to


def _full_ids(elements: _Elements) -> Iterator[Problem]:
    """A full id is an item's and a condition's with a dash between, and both may have dashes."""
    counts = Counter(condition_ids(elements))
    twice = {name for name, count in counts.items() if count > 1}
    if not twice:
        return
    for source, element in elements:
        for node, path in _with_paths(element, ()):
            mine = twice & set(condition_ids([(source, _around(element, node))]))
            for name in sorted(mine):
                fault = f"情形的完整编号 {name} 与另一处相同"
                yield source.problem((*path, "id"), fault, "改内容或情形的编号，使两者连起来唯一")


def _around(element: SectionShape, item: ItemShape) -> SectionShape:
    return element.model_copy(update={"children": [item]})


def _with_paths(
    node: SectionShape | ItemShape, path: KeyPath
) -> Iterator[tuple[ItemShape, KeyPath]]:
    if isinstance(node, ItemShape):
        yield node, path
        return
    for i, child in enumerate(node.children):
        yield from _with_paths(child, (*path, "children", i))
