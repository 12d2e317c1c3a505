"""Which questions of applicability a preview asks: those on which the most points hang."""

from decimal import Decimal

from schemes import Facet, Item, Part, Section
from scoring.result import Result


def scope_questions(result: Result, most: int) -> list[Facet]:
    """The facets asked first, at most so many, answered or not; in the order of the standard.

    A facet that is asked only after another was answered stands behind all that are asked anyway.
    """
    scheme, hanging = result.scheme, dict.fromkeys((f.id for f in result.scheme.facets), Decimal())
    for item in scheme.items.values():
        place = scheme.path(item.id)
        nodes: list[Part | Section | Item] = [place.part, *place.sections, item]
        for facet in {name for node in nodes for name, _ in node.applies_when.terms}:
            hanging[facet] += item.points
    asked = [facet for facet in scheme.facets if not facet.asked_when.terms]
    widest = sorted(asked, key=lambda facet: -hanging[facet.id])[:most]
    return [facet for facet in scheme.facets if facet in widest]
