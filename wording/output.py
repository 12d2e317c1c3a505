"""The JSON shapes other programs rely on; numbers are decimal strings."""

from typing import Any

from schemes import Check, Condition, Facet, Item, Scheme, Section
from schemes.tree import AppliesWhen, Part
from scoring.numbers import fixed, text
from scoring.result import ItemResult, Result, SectionResult

Json = dict[str, Any]


def result_json(result: Result) -> Json:
    """One scored assessment, as `score --json` prints it."""
    places = result.scheme.scoring.decimals
    return {
        "scheme": result.scheme.id,
        "version": result.scheme.version,
        "total": fixed(result.total, places),
        "total_exact": text(result.total_exact),
        "full": text(result.full),
        "grade": result.grade,
        "grades": [
            {"grade": grade.title, "met": grade.met, "unmet": list(grade.unmet)}
            for grade in result.grades
        ],
        "elements": [_element(element) for element in result.elements],
        "items": [_item(item) for item in result.items.values()],
        "reviewed": result.reviewed,
        "applicable_items": result.applicable_items,
        "low": fixed(result.low, places),
        "high": fixed(result.high, places),
        "warnings": list(result.warnings),
    }


def _element(element: SectionResult) -> Json:
    return {
        "id": element.section.id,
        "title": element.section.title,
        "score": text(element.score),
        "full": text(element.full),
        "percent": None if element.percent is None else text(element.percent),
        "applicable": element.applicable,
        "extra": text(element.extra),
    }


def _item(item: ItemResult) -> Json:
    return {
        "id": item.item.id,
        "score": text(item.score),
        "full": text(item.full),
        "applicable": item.applicable,
        "reviewed": item.reviewed,
    }


def scheme_json(scheme: Scheme) -> Json:
    """A whole standard, rules written out, as `show --json` prints it."""
    return {
        "id": scheme.id,
        "version": scheme.version,
        "title": scheme.title,
        "levels": list(scheme.levels),
        "facets": [_facet(facet) for facet in scheme.facets],
        "performance": [
            {"id": question.id, "title": question.title, "type": question.type}
            for question in scheme.performance
        ],
        "grades": [
            _present(
                grade=grade.title,
                total=text(grade.total),
                element=None if grade.element is None else text(grade.element),
                performance=dict(grade.performance),
            )
            for grade in scheme.grades
        ],
        "children": [node for part in scheme.parts for node in _part(part)],
    }


def _part(part: Part) -> list[Json]:
    """The part's node; its elements where the standard has no parts."""
    elements = [_node(element) for element in part.elements]
    if not part.id:
        return elements
    node = _present(
        id=part.id,
        title=part.title,
        applies_when=_terms(part.applies_when),
        variant_of=part.variant_of,
        children=elements,
    )
    return [node]


def _facet(facet: Facet) -> Json:
    return _present(
        id=facet.id,
        title=facet.title,
        choose="many" if facet.many else "one",
        options=[{"id": option.id, "title": option.title} for option in facet.options],
        asked_when=_terms(facet.asked_when),
    )


def _node(node: Section | Item) -> Json:
    if isinstance(node, Section):
        return _present(
            id=node.id,
            title=node.title,
            weight=None if node.weight is None else text(node.weight),
            applies_when=_terms(node.applies_when),
            variant_of=node.variant_of,
            source=node.source,
            children=[_node(child) for child in node.children],
        )
    return _present(
        id=node.id,
        title=node.title,
        requirement=node.requirement,
        points=text(node.points),
        na=node.na,
        applies_when=_terms(node.applies_when),
        variant_of=node.variant_of,
        exhausted_extra=text(node.exhausted_extra) if node.exhausted_extra else None,
        source=node.source,
        provenance=node.provenance,
        conditions_provenance=node.conditions_provenance,
        note=node.note,
        checks=[_check(check) for check in node.checks],
        conditions=[_condition(condition) for condition in node.conditions],
    )


def _check(check: Check) -> Json:
    return _present(
        id=check.id,
        text=check.text,
        hint=check.hint,
        starred=check.starred,
        group=check.group,
        applies_when=_terms(check.applies_when),
    )


def _condition(condition: Condition) -> Json:
    return _present(
        id=condition.key,
        when=condition.when,
        effect="forfeit" if condition.deduct is None else "deduct",
        points=None if condition.deduct is None else text(condition.deduct),
        per=condition.per,
        scope=condition.scope,
        extra=text(condition.extra) if condition.extra else None,
        check=condition.check,
        applies_when=_terms(condition.applies_when),
    )


def _terms(applies_when: AppliesWhen) -> dict[str, list[str]] | None:
    return {facet: sorted(options) for facet, options in applies_when.terms} or None


def _present(**values: Any) -> Json:
    """Leave out what is not there."""
    return {key: value for key, value in values.items() if value is not None}
