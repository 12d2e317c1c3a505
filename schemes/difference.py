"""What changed between two versions of a standard, as facts.

Only what can change a result counts: points, conditions and what they cost, applicability, the
formula and the grades. Titles, requirements and other words may change without a new version.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from schemes.heirs import Heirs
from schemes.tree import AppliesWhen, Condition, Facet, Item, Scheme, Section


class _Node(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Node)


@dataclass(frozen=True, slots=True)
class Changed(Generic[_N]):
    """Nodes of one kind. gone: of the older version, without an heir; pairs: older, newer."""

    added: tuple[_N, ...]
    gone: tuple[_N, ...]
    pairs: tuple[tuple[_N, _N], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.pairs)


@dataclass(frozen=True, slots=True)
class Difference:
    """Facts of the change, each in the order of the standard.

    conditions: without those of items that are new or gone themselves. rules: what else
    changed: "structure" (sections and parts), or the name of a field of `Scheme`.
    """

    items: Changed[Item]
    conditions: Changed[Condition]
    facets: Changed[Facet]
    rules: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.items or self.conditions or self.facets or self.rules)


def changes_between(old: Scheme, new: Scheme, heirs: Heirs) -> Difference:
    """What the newer version adds, leaves out and changes; `heirs` lead from old to new."""
    before, after = _Meaning(old, heirs), _Meaning(new, Heirs(()))
    items = _compare(
        old.items.values(), new.items.values(), heirs.item, before.of_item, after.of_item
    )
    whole = {item.id for item in items.gone}, {item.id for item in items.added}
    conditions = _compare(
        [c for i, item in old.items.items() if i not in whole[0] for c in item.conditions],
        [c for i, item in new.items.items() if i not in whole[1] for c in item.conditions],
        heirs.condition,
        before.of_condition,
        after.of_condition,
    )
    facets = _compare(old.facets, new.facets, heirs.facet, before.of_facet, after.of_facet)
    ruled = before.rules(), after.rules()
    rules = tuple(name for name, rule in ruled[0].items() if rule != ruled[1][name])
    return Difference(items, conditions, facets, rules)


def _compare(
    old: Iterable[_N],
    new: Iterable[_N],
    heir: Callable[[str], str],
    before: Callable[[_N], object],
    after: Callable[[_N], object],
) -> Changed[_N]:
    now = {node.id: node for node in new}
    pairs = [(node, now.get(heir(node.id))) for node in old]
    met = {node.id for _, node in pairs if node is not None}
    return Changed(
        added=tuple(node for node in now.values() if node.id not in met),
        gone=tuple(older for older, newer in pairs if newer is None),
        pairs=tuple((o, n) for o, n in pairs if n is not None and before(o) != after(n)),
    )


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What of a version's nodes can change a result, under the newer ids."""

    scheme: Scheme
    heirs: Heirs

    def of_item(self, item: Item) -> object:
        above = [self.heirs.section(s.id) for s in self.scheme.path(item.id).sections]
        terms = self._terms(item.applies_when)
        scored = tuple((level.id, level.score) for level in item.levels), item.ratio is None
        return above, item.points, item.exhausted_extra, item.na, terms, item.variant_of, scored

    def of_condition(self, condition: Condition) -> object:
        item, _ = self.scheme.conditions[condition.id]
        cost = (
            (condition.deduct, condition.add, condition.amount, condition.at_most),
            (condition.per is None, condition.scope, condition.extra),
        )
        return self.heirs.item(item.id), cost, self._terms(condition.applies_when)

    def of_facet(self, facet: Facet) -> object:
        options = {self.heirs.option(facet.id, option.id) for option in facet.options}
        return facet.many, options, self._terms(facet.asked_when)

    def rules(self) -> dict[str, object]:
        scheme = self.scheme
        parts = [
            (p.id, p.sampling, p.variant_of, self._terms(p.applies_when)) for p in scheme.parts
        ]
        return {
            "structure": (parts, [self._section(element) for element in scheme.elements]),
            "full": scheme.full,
            "performance": [(question.id, question.type) for question in scheme.performance],
            "scoring": scheme.scoring,
            "grades": scheme.grades,
            "bonus": scheme.bonus,
            "downgrade": scheme.downgrade,
            "reassessment": scheme.reassessment and scheme.reassessment.planned,
        }

    def _section(self, section: Section) -> object:
        below = [self._section(c) for c in section.children if isinstance(c, Section)]
        terms = self._terms(section.applies_when)
        return self.heirs.section(section.id), section.weight, terms, section.variant_of, below

    def _terms(self, applies_when: AppliesWhen) -> object:
        return {
            (self.heirs.facet(facet), frozenset(self.heirs.option(facet, o) for o in options))
            for facet, options in applies_when.terms
        }
