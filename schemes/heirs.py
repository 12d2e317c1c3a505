"""What became of an older version's ids: the same, another through `was`, or nothing.

A node that has `was` is the heir of what it names, and of nothing else: to be merged with others
a node names its own id too. Any other id stays while it stands for a node of its kind. An item
with one predecessor takes its conditions over by their keys, and a facet its options, unless
they say otherwise. Where several facets became one, an option names the older one's facet too.
What has no heir is marked with its version, `2.1.3-b@1.0`, so that it comes
to nothing even where a newer version uses the id again.

Versions are gone through one by one, and of each only those `was` count that its predecessor
did not have in effect already: a list of former ids may stay in the files for ever.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import Protocol

from schemes.tree import Scheme, Section

Ids = Mapping[str, str]
"""Newer id by older id; what is not in it stays."""


class Renames(Protocol):
    """Newer ids for older ones; an id that nothing is known of stays."""

    def item(self, item_id: str) -> str:
        """What an item became."""

    def condition(self, condition_id: str) -> str:
        """What a condition became, by full ids."""

    def facet(self, facet_id: str) -> str:
        """What a facet became."""

    def option(self, facet_id: str, option_id: str) -> str:
        """What an option of an older facet became, within that facet's heir."""


@dataclass(frozen=True, slots=True)
class Heirs:
    """From one version to a later one; `steps` lead from version to version."""

    steps: "tuple[_Step, ...]"

    @property
    def former(self) -> set[str]:
        """Ids of items, conditions, facets and options that became something."""
        return {
            older
            for step in self.steps
            for ids in (step.items, step.conditions, step.facets, {o for _, o in step.options})
            for older in ids
        }

    def section(self, section_id: str) -> str:
        """What a section became."""
        for step in self.steps:
            section_id = step.sections.get(section_id, section_id)
        return section_id

    def item(self, item_id: str) -> str:
        """What an item became."""
        for step in self.steps:
            item_id = step.items.get(item_id, item_id)
        return item_id

    def condition(self, condition_id: str) -> str:
        """What a condition became, by full ids."""
        for step in self.steps:
            condition_id = step.conditions.get(condition_id, condition_id)
        return condition_id

    def facet(self, facet_id: str) -> str:
        """What a facet became."""
        for step in self.steps:
            facet_id = step.facets.get(facet_id, facet_id)
        return facet_id

    def option(self, facet_id: str, option_id: str) -> str:
        """What an option of an older facet became, within that facet's heir."""
        for step in self.steps:
            option_id = step.options.get((facet_id, option_id), option_id)
            facet_id = step.facets.get(facet_id, facet_id)
        return option_id


def heirs(versions: Sequence[Scheme]) -> Heirs:
    """From the first of consecutive versions, oldest first, to the last."""
    return Heirs(tuple(_step(old, new) for old, new in pairwise(versions)))


def heirs_from_elsewhere(scheme: Scheme) -> Heirs:
    """From a version that nobody has: every `was` counts, save for ids that are known here."""
    nodes = {section.id: section for section in _sections(scheme)}
    options = {
        (name, older): heir
        for facet in scheme.facets
        for name in (facet.id, *facet.was)
        for older, heir in _without(
            _option_claims(name, facet.options), [o.id for o in facet.options]
        ).items()
    }
    step = _Step(
        _without(_claims(nodes.values()), nodes),
        _without(_claims(scheme.items.values()), scheme.items),
        _without(_taken_over(scheme) | _claims(_conditions(scheme)), scheme.conditions),
        _without(_claims(scheme.facets), scheme.facet),
        options,
    )
    return Heirs((step,))


def _taken_over(scheme: Scheme) -> dict[str, str]:
    """Conditions by the ids that they had while their item was another one."""
    return {
        f"{item.was[0]}-{condition.key}": condition.id
        for item in scheme.items.values()
        if len(item.was) == 1
        for condition in item.conditions
        if not condition.was
    }


@dataclass(frozen=True, slots=True)
class _Step:
    sections: Ids
    items: Ids
    conditions: Ids
    facets: Ids
    options: Mapping[tuple[str, str], str]


class _Node(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def was(self) -> tuple[str, ...]: ...


def _step(old: Scheme, new: Scheme) -> _Step:
    items = _became(old.items.values(), new.items.values(), old.version)
    facets = _became(old.facets, new.facets, old.version)
    return _Step(
        _became(_sections(old), _sections(new), old.version),
        items,
        _conditions_became(old, new, items),
        facets,
        _options_became(old, new, facets),
    )


def _became(old: Iterable[_Node], new: Iterable[_Node], version: str) -> dict[str, str]:
    """What the nodes of one kind became, marked with the version where they have no heir."""
    before = {node.id: node for node in old}
    after = {node.id: node for node in new}
    claims = _in_effect(before, after)
    stays = _by_id(before, after, claims)
    return {i: i if i in stays else f"{i}@{version}" for i in before} | claims


def _conditions_became(old: Scheme, new: Scheme, items: Ids) -> Ids:
    """As `_became`; with an item that became another one, its conditions do by their keys."""
    before = {condition.id: condition for condition in _conditions(old)}
    after = {condition.id: condition for condition in _conditions(new)}
    claims = _in_effect(before, after)
    stays = _by_id(before, after, claims)
    became = {}
    for item in old.items.values():
        heir = _only_heir(item.id, items)
        for condition in item.conditions:
            same = f"{heir}-{condition.key}"
            became[condition.id] = same if same in stays else f"{condition.id}@{old.version}"
    return became | claims


def _options_became(old: Scheme, new: Scheme, facets: Ids) -> dict[tuple[str, str], str]:
    """As `_became`, within each facet and what it became."""
    became = {}
    for facet in old.facets:
        heir = new.facet.get(facets[facet.id])
        before = {option.id: option for option in facet.options}
        after = {option.id: option for option in heir.options} if heir else {}
        claims = _in_effect(before, after, partial(_option_claims, facet.id))
        stays = _by_id(before, after, claims) if _only_heir(facet.id, facets) else set()
        for option in before:
            mark = option if option in stays else f"{option}@{old.version}"
            became[facet.id, option] = claims.get(option, mark)
    return became


def _by_id(before: Collection[str], after: Iterable[str], claims: Ids) -> set[str]:
    """Newer ids that may stand for the same older one: those of nodes that name no others."""
    return set(after) - {heir for older, heir in claims.items() if older in before}


def _only_heir(older: str, ids: Ids) -> str | None:
    """What a node became if it alone did, or if it stayed; None where others joined it."""
    heir = ids[older]
    sources = [source for source, became in ids.items() if became == heir]
    return heir if heir == older or sources == [older] else None


def _claims(nodes: Iterable[_Node]) -> dict[str, str]:
    return {older: node.id for node in nodes for older in node.was}


def _in_effect(
    before: Mapping[str, _Node],
    after: Mapping[str, _Node],
    claimed: Callable[[Iterable[_Node]], dict[str, str]] = _claims,
) -> dict[str, str]:
    """Heir by older id, of the claims that the version before had not carried out itself.

    A node's own id is always its own, so that it may be joined by more in a later version.
    """
    done, claims = claimed(before.values()), claimed(after.values())
    return {
        older: heir
        for older, heir in claims.items()
        if older == heir or older not in done or heir not in (done[older], claims.get(done[older]))
    }


def _option_claims(facet_id: str, options: Iterable[_Node]) -> dict[str, str]:
    """As `_claims`, of one older facet's options: `<facet>.<option>` names one of several."""
    claims = _claims(options)
    return {older.removeprefix(f"{facet_id}."): heir for older, heir in claims.items()}


def _without(claims: Ids, known: Collection[str]) -> Ids:
    return {older: heir for older, heir in claims.items() if older not in known}


def _conditions(scheme: Scheme) -> list[_Node]:
    return [condition for _, condition in scheme.conditions.values()]


def _sections(scheme: Scheme) -> list[Section]:
    """Every section, those above before those below."""
    found: list[Section] = []
    waiting = list(scheme.elements)
    while waiting:
        section = waiting.pop(0)
        found.append(section)
        waiting += [child for child in section.children if isinstance(child, Section)]
    return found
