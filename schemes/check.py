"""What the shapes alone cannot see: ids, sums, references, effects."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from schemes.check_rules import check_rules
from schemes.model import (
    AppliesWhen,
    CheckGroupShape,
    CheckShape,
    FacetShape,
    ItemShape,
    SchemeShape,
    SectionShape,
)
from schemes.problems import Problem
from schemes.yaml_source import KeyPath, Source

ElementFile = tuple[Source, SectionShape]
_LISTED = 40
"""Names listed in one remedy; more help nobody."""
Allowed = dict[str, frozenset[str]]
"""Options still possible per facet, given what the nodes above ask for."""


def check(source: Source, scheme: SchemeShape, elements: list[ElementFile]) -> list[Problem]:
    """Every problem of a scheme whose files have the right shape."""
    return list(_Checker(source, scheme, elements).problems())


class _Checker:
    def __init__(self, source: Source, scheme: SchemeShape, elements: list[ElementFile]) -> None:
        self.source = source
        self.scheme = scheme
        self.elements = elements
        self.options: Allowed = {f.id: frozenset(_option_ids(f)) for f in scheme.facets}
        self.single = {f.id for f in scheme.facets if f.choose == "one"}
        self.used: set[tuple[str, str]] = set()
        self.node_ids: set[str] = set()
        self.variants: dict[str, set[Decimal]] = defaultdict(set)

    def problems(self) -> Iterator[Problem]:
        yield from self._scheme()
        parts = {part.id: part for part in self.scheme.parts}
        for source, element in self.elements:
            above = {}
            if element.part in parts:
                above = self._narrow({}, parts[element.part].applies_when)
            elif element.part or parts:
                yield source.problem(
                    ("part",),
                    "没有指明所属部分",
                    f"写成 {_listed(parts) or '（本标准不分部分）'} 之一",
                )
            yield from self._section(source, element, (), above)
        yield from self._unused_options()
        yield from self._totals()

    # scheme.yaml ------------------------------------------------------------

    def _scheme(self) -> Iterator[Problem]:
        if self.source.path.parent.name != self.scheme.id:
            yield self.source.problem(
                ("id",),
                f"编号 {self.scheme.id} 与文件夹名 {self.source.path.parent.name} 不同",
                "让两者相同",
            )
        yield from self._repeats(self.source, ("facets",), [f.id for f in self.scheme.facets])
        asked = [p.id for p in self.scheme.performance]
        yield from self._repeats(self.source, ("performance",), asked)
        yield from self._repeats(self.source, ("grades",), [g.title for g in self.scheme.grades])
        yield from self._repeats(self.source, ("parts",), [p.id for p in self.scheme.parts])
        yield from self._parts()
        for i, facet in enumerate(self.scheme.facets):
            key: KeyPath = ("facets", i, "options")
            yield from self._repeats(self.source, key, [o.id for o in facet.options])
            yield from self._applies(self.source, facet.asked_when, ("facets", i), {}, "asked_when")
            if facet.yes_no == bool(facet.options):
                yield self.source.problem(
                    ("facets", i), "选项不清", "要么写 yes_no: true，要么在 options 下列出选项"
                )
        named: list[tuple[KeyPath, str]] = [
            (("grades", i, "performance", name), name)
            for i, grade in enumerate(self.scheme.grades)
            for name in grade.performance
        ]
        named += [(("downgrade", i), name) for i, name in enumerate(self.scheme.downgrade)]
        for where, name in named:
            if name not in asked:
                yield self.source.problem(
                    where,
                    f"没有名为 {name} 的安全绩效问题",
                    f"改成 {_listed(asked)} 之一，或在 performance 下补上",
                )

    def _parts(self) -> Iterator[Problem]:
        known = {part.id for part in self.scheme.parts}
        for i, part in enumerate(self.scheme.parts):
            where = ("parts", i)
            yield from self._applies(self.source, part.applies_when, where, {})
            full = _sum(self._elements_of(part.id))
            if not self._elements_of(part.id):
                yield self.source.problem(
                    where, f"部分 {part.id} 没有要素", f"在要素文件中写 part: {part.id}，或删去"
                )
            if part.full is not None and part.full != full:
                yield self.source.problem(
                    (*where, "full"),
                    f"下属分值合计 {full}，与声明的 {part.full} 不符",
                    "核对各要素文件与标准原文",
                )
        scaled = self.scheme.scoring.scaled
        if (scaled is not None) != (self.scheme.scoring.total == "scaled"):
            yield self.source.problem(
                ("scoring", "scaled"), "scaled 与此算法不配", "补上或删去，或改 total"
            )
        if scaled and scaled.to != _once(
            (p.variant_of, _sum(self._elements_of(p.id)))
            for p in self.scheme.parts
            if p.id in scaled.parts
        ):
            yield self.source.problem(
                ("scoring", "scaled", "to"), "与所列部分的满分合计不符", "让它等于没有删减时的满分"
            )
        for name in sorted(set(scaled.parts) - known) if scaled else ():
            yield self.source.problem(
                ("scoring", "scaled", "parts"), f"没有部分 {name}", f"改成 {_listed(known)} 之一"
            )

    def _elements_of(self, part: str) -> list[SectionShape]:
        return [element for _, element in self.elements if element.part == part]

    def _unused_options(self) -> Iterator[Problem]:
        for i, facet in enumerate(self.scheme.facets):
            for j, option in enumerate(facet.options):
                if (facet.id, option.id) not in self.used and not option.selects_nothing:
                    yield self.source.problem(
                        ("facets", i, "options", j),
                        f"选项 {option.id} 没有任何内容用到",
                        "在 applies_when 中用到它，或写 selects_nothing: true，或删去",
                    )
            if facet.yes_no and (facet.id, "yes") not in self.used:
                yield self.source.problem(
                    ("facets", i),
                    f"问题 {facet.id} 没有任何内容用到",
                    "删去，或在 applies_when 中用到它",
                )

    def _totals(self) -> Iterator[Problem]:
        if self.scheme.parts:
            by_part = [(p.variant_of, _sum(self._elements_of(p.id))) for p in self.scheme.parts]
            total = _once(by_part)
            for group, full in by_part:
                if group:
                    self.variants[group].add(full)
        else:
            total = _sum([element for _, element in self.elements])
        if total != self.scheme.full:
            yield self.source.problem(
                ("full",),
                f"各要素满分合计 {total}，与声明的 {self.scheme.full} 不符",
                "核对各条 points 与标准原文",
            )
        for group, sums in self.variants.items():
            if len(sums) > 1:
                yield self.source.problem(
                    ("full",),
                    f"多选一组 {group} 的满分不一致（{_listed(sums)}）",
                    "让各选项分值相同",
                )
        weights = [e.weight for _, e in self.elements if e.weight is not None or _full(e)]
        if self.scheme.scoring.total == "weighted":
            given = [weight for weight in weights if weight is not None]
            if len(given) < len(weights) or sum(given) != 1:
                yield self.source.problem(
                    ("scoring", "total"),
                    f"权重合计 {sum(given)}，应每个要素都有且合计为 1",
                    "核对各要素文件的 weight",
                )
        elif any(weights):
            yield self.source.problem(
                ("scoring", "total"), "此算法不用权重", "删去 weight，或改用 weighted"
            )

    # elements/*.yaml --------------------------------------------------------

    def _section(
        self, source: Source, section: SectionShape, path: KeyPath, above: Allowed
    ) -> Iterator[Problem]:
        yield from self._node_id(source, section.id, path)
        yield from self._applies(source, section.applies_when, path, above)
        allowed = self._narrow(above, section.applies_when)
        if section.variant_of:
            self.variants[section.variant_of].add(_full(section))
        if section.full is not None and section.full != _full(section):
            yield source.problem(
                (*path, "full"),
                f"下属分值合计 {_full(section)}，与声明的 {section.full} 不符",
                "核对下属各条 points 与标准原文",
            )
        for i, child in enumerate(section.children):
            below = (*path, "children", i)
            if isinstance(child, SectionShape):
                yield from self._section(source, child, below, allowed)
            else:
                yield from self._item(source, child, below, allowed)

    def _item(
        self, source: Source, item: ItemShape, path: KeyPath, above: Allowed
    ) -> Iterator[Problem]:
        yield from self._node_id(source, item.id, path)
        yield from self._applies(source, item.applies_when, path, above)
        allowed = self._narrow(above, item.applies_when)
        if item.variant_of:
            self.variants[item.variant_of].add(_full(item))
        checks = list(_check_rows(item, path))
        ids = [c.id for c in item.conditions] + [row.id for _, row in checks]
        yield from self._repeats(source, path, ids)
        if not (ids or item.unread or item.levels or item.ratio):
            remedy = "写 conditions、checks 和 rule、levels 或 ratio"
            yield source.problem(path, "没有扣分情形", remedy)
        for i, condition in enumerate(item.conditions):
            where = (*path, "conditions", i)
            yield from self._applies(source, condition.applies_when, where, allowed)
        for where, row in checks:
            yield from self._applies(source, row.applies_when, where, allowed)
        yield from check_rules(source, self.scheme, item, path, [row for _, row in checks])

    def _node_id(self, source: Source, node_id: str, path: KeyPath) -> Iterator[Problem]:
        if node_id in self.node_ids:
            yield source.problem((*path, "id"), f"编号 {node_id} 已被使用", "换一个唯一的编号")
        self.node_ids.add(node_id)

    def _applies(
        self,
        source: Source,
        terms: AppliesWhen,
        path: KeyPath,
        above: Allowed,
        key: str = "applies_when",
    ) -> Iterator[Problem]:
        for facet, options in terms.items():
            where = (*path, key, facet)
            known = self.options.get(facet)
            if known is None:
                yield source.problem(
                    where, f"没有名为 {facet} 的问题", f"改成 {_listed(self.options)} 之一"
                )
                continue
            self.used.update((facet, option) for option in options)
            for option in sorted(set(options) - known):
                yield source.problem(
                    where, f"问题 {facet} 没有选项 {option}", f"改成 {_listed(known)} 之一"
                )
            if facet in self.single and not above.get(facet, known) & set(options):
                yield source.problem(
                    where, "永远不会满足：上级只在其他选项下出现", "改正本处或上级的 applies_when"
                )

    def _narrow(self, above: Allowed, terms: AppliesWhen) -> Allowed:
        narrowed = dict(above)
        for facet in terms.keys() & self.single:
            narrowed[facet] = above.get(facet, self.options[facet]) & frozenset(terms[facet])
        return narrowed

    def _repeats(self, source: Source, path: KeyPath, ids: list[str]) -> Iterator[Problem]:
        for name, count in Counter(ids).items():
            if count > 1:
                yield source.problem(path, f"编号 {name} 用了 {count} 次", "让每个编号只出现一次")


def _check_rows(item: ItemShape, path: KeyPath) -> Iterator[tuple[KeyPath, CheckShape]]:
    for i, row in enumerate(item.checks):
        where = (*path, "checks", i)
        if isinstance(row, CheckGroupShape):
            for j, check_row in enumerate(row.checks):
                terms = row.applies_when | check_row.applies_when
                below = (*where, "checks", j)
                yield below, check_row.model_copy(update={"applies_when": terms})
        else:
            yield where, row


def _option_ids(facet: FacetShape) -> list[str]:
    return ["yes", "no"] if facet.yes_no else [option.id for option in facet.options]


def _full(node: SectionShape | ItemShape) -> Decimal:
    return _sum(node.children) if isinstance(node, SectionShape) else node.points


def _sum(nodes: Sequence[SectionShape | ItemShape]) -> Decimal:
    """Full marks of the nodes, each choose-one group counted once."""
    return _once((node.variant_of, _full(node)) for node in nodes)


def _once(sums: Iterable[tuple[str | None, Decimal]]) -> Decimal:
    """Sum of full marks, given with the choose-one group each belongs to, if any."""
    counted: dict[str, Decimal] = {}
    for i, (group, full) in enumerate(sums):
        counted.setdefault(group or f"#{i}", full)
    return sum(counted.values(), Decimal(0))


def _listed(values: Iterable[object]) -> str:
    names = sorted(map(str, values))
    return "、".join(names[:_LISTED]) + ("…" if len(names) > _LISTED else "")
