"""The columns of an official table: a name for each of the standard's levels."""

from reports.content.shape import Shape, names_above
from schemes import Item, Scheme


def level_names(scheme: Scheme, shape: Shape, item: Item) -> list[str]:
    """Numbers and titles of all above an item and its own, as many as `name_heads` has."""
    part = scheme.path(item.id).part
    above = [f"{part.id} {part.title}"] if part.id else []
    return [*above, *names_above(scheme, item, shape), f"{item.id} {item.title}"]
