"""What a standard's own table looks like, from the standard itself."""

from dataclasses import dataclass

from schemes import Item, Scheme

_BELOW = "下级"
"""A level that is deeper than the standard has names for."""

_ELEMENT = "element"


@dataclass(frozen=True, slots=True)
class Shape:
    """A standard's table.

    above: names of the levels over an item, outermost first, parts left out; as many as the
    deepest item has. listed: each item is a list of checks, and each element has its own table.
    weighted: elements have weights. vetoes: something can take a whole element.
    sampled: things are counted of which some are looked at.
    """

    above: tuple[str, ...]
    listed: bool
    weighted: bool
    vetoes: bool
    sampled: bool

    @classmethod
    def of(cls, scheme: Scheme) -> "Shape":
        """The shape of a standard; every one that is valid has one."""
        depth = max(len(scheme.path(item_id).sections) for item_id in scheme.items)
        names = scheme.levels[1 if scheme.parts[0].id else 0 :]
        named = names[:-1] or names  # the last is the content's own
        above = tuple(named[i] if i < len(named) else _BELOW for i in range(depth))
        return cls(
            above=above,
            listed=all(item.checks for item in scheme.items.values()),
            weighted=any(element.weight for element in scheme.elements),
            vetoes=any(c.scope == _ELEMENT for _, c in scheme.conditions.values()),
            sampled=any(part.sampling for part in scheme.parts),
        )


def names_above(scheme: Scheme, item: Item, shape: Shape) -> list[str]:
    """Number and title of everything over an item; a dash where it stands higher than others."""
    sections = scheme.path(item.id).sections
    names = [f"{section.id} {section.title}" for section in sections]
    return names + ["—"] * (len(shape.above) - len(names))
