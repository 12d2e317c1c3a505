"""What can be wrong with what a scheme says beside its points.

Conditions of application, contradictions, facts charged once, what may be absent.
"""

from collections.abc import Iterator, Sequence

from schemes.expand import written
from schemes.model import (
    AppliesWhen,
    CheckGroupShape,
    ItemShape,
    SchemeShape,
    SectionShape,
)
from schemes.problems import Problem
from schemes.yaml_source import KeyPath, Source

_Elements = Sequence[tuple[Source, SectionShape]]


def check_beside(source: Source, scheme: SchemeShape, elements: _Elements) -> Iterator[Problem]:
    """Names that stand for nothing, rules that say nothing, and groups used twice."""
    yield from _application(source, scheme)
    yield from _contradictions(source, scheme)
    nodes = {node.id for node in nodes_of(elements)}
    conditions = set(condition_ids(elements))
    for i, group in enumerate(scheme.charged_once):
        for j, name in enumerate(group):
            if name not in conditions:
                fault = f"没有扣分情形 {name}"
                yield source.problem(("charged_once", i, j), fault, "写完整编号，如 1.1.1-a")
    for i, name in enumerate(scheme.absent_allowed):
        if name not in nodes:
            fault = f"没有要素或内容 {name}"
            yield source.problem(("absent_allowed", i), fault, "改成已有的编号，或删去")
    yield from _groups(elements)


def _application(source: Source, scheme: SchemeShape) -> Iterator[Problem]:
    titles = [grade.title for grade in scheme.grades]
    seen: set[str] = set()
    for i, requisite in enumerate(scheme.application):
        where: KeyPath = ("application", i)
        if requisite.id in seen:
            yield source.problem(where, f"编号 {requisite.id} 用了不止一次", "换一个唯一的编号")
        seen.add(requisite.id)
        for title in requisite.grades:
            if title not in titles:
                fault, remedy = f"没有等级 {title}", f"改成 {'、'.join(titles)} 之一"
                yield source.problem((*where, "grades"), fault, remedy)


def _contradictions(source: Source, scheme: SchemeShape) -> Iterator[Problem]:
    asked = {question.id for question in scheme.performance}
    options = {
        facet.id: {"yes", "no"} if facet.yes_no else {option.id for option in facet.options}
        for facet in scheme.facets
    }
    for i, rule in enumerate(scheme.contradictions):
        where: KeyPath = ("contradictions", i)
        if rule.performance is not None and rule.performance not in asked:
            fault = f"没有名为 {rule.performance} 的安全绩效问题"
            yield source.problem((*where, "performance"), fault, "改成已有的问题，或删去")
        if not (rule.performance or rule.when) or not (rule.asks or rule.excludes):
            remedy = "写 performance 或 when，再写 asks 或 excludes"
            yield source.problem(where, "没有说清什么与什么矛盾", remedy)
        terms: dict[str, AppliesWhen] = {
            "when": rule.when,
            "asks": rule.asks,
            "excludes": rule.excludes,
        }
        for key, applies in terms.items():
            for facet, chosen in applies.items():
                if facet not in options or set(chosen) - options[facet]:
                    fault = f"没有问题 {facet} 或其中的选项"
                    remedy = "改成 facets 下已有的问题和选项"
                    yield source.problem((*where, key, facet), fault, remedy)


def nodes_of(elements: _Elements) -> Iterator[SectionShape | ItemShape]:
    """Every section and item."""
    waiting: list[SectionShape | ItemShape] = [element for _, element in elements]
    while waiting:
        node = waiting.pop()
        yield node
        if isinstance(node, SectionShape):
            waiting += node.children


def condition_ids(elements: _Elements) -> Iterator[str]:
    """Full ids of conditions, those that rules write among them."""
    for node in nodes_of(elements):
        if isinstance(node, SectionShape):
            continue
        yield from (f"{node.id}-{condition.id}" for condition in node.conditions)
        for row in node.checks:
            rows = row.checks if isinstance(row, CheckGroupShape) else [row]
            for check in rows:
                names = written(check.starred, node.rule) if node.rule else ()
                yield from (f"{node.id}-{check.id}{suffix}" for suffix in names)


def _groups(elements: _Elements) -> Iterator[Problem]:
    for source, element in elements:
        yield from _groups_below(source, element, ())


def _groups_below(
    source: Source, node: SectionShape | ItemShape, path: KeyPath
) -> Iterator[Problem]:
    if isinstance(node, SectionShape):
        for i, child in enumerate(node.children):
            yield from _groups_below(source, child, (*path, "children", i))
        return
    seen: set[str] = set()
    for i, row in enumerate(node.checks):
        if isinstance(row, CheckGroupShape):
            if row.id in seen:
                fault = f"小标题编号 {row.id} 用了不止一次"
                yield source.problem((*path, "checks", i), fault, "让每个编号只出现一次")
            seen.add(row.id)
