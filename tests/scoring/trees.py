"""A standard with one item changed, for rules that no small standard has."""

from dataclasses import replace
from typing import Any

from schemes import Item, Scheme, Section


def with_item(scheme: Scheme, item_id: str, **changes: Any) -> Scheme:
    """The same standard, of which one item has other values."""

    def changed(node: Section | Item) -> Section | Item:
        if isinstance(node, Section):
            return replace(node, children=tuple(map(changed, node.children)))
        return replace(node, **changes) if node.id == item_id else node

    parts = []
    for part in scheme.parts:
        elements = (changed(element) for element in part.elements)
        parts.append(replace(part, elements=tuple(e for e in elements if isinstance(e, Section))))
    return replace(scheme, parts=tuple(parts))
