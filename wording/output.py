"""The JSON shapes other programs rely on; numbers are decimal strings."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from schemes import Check, Condition, Facet, Item, Scheme, Section
from schemes.tree import Amount, AppliesWhen, Part
from scoring.numbers import text
from scoring.result import GradeResult, ItemResult, Loss, Result, SectionResult
from wording.grades import gate_words
from wording.numbers import total_number
from wording.warnings import warning_words

Json = dict[str, Any]


def result_json(result: Result) -> Json:
    """One scored assessment, as `score --json` prints it."""
    excluded = result.excluded
    return {
        "scheme": result.scheme.id,
        "version": result.scheme.version,
        "total": _total(result, result.total),
        "total_exact": _number(result.total_exact),
        "full": text(result.full),
        "grade": result.grade_name,
        "grades": [_grade(result, grade) for grade in result.grades],
        "elements": [_element(result, element) for element in result.elements],
        "items": [_item(item) for item in result.items.values()],
        "losses": [_loss(loss) for loss in result.losses],
        "reviewed": result.reviewed,
        "applicable_items": result.applicable_items,
        "low": _total(result, result.low),
        "high": _total(result, result.high),
        "excluded": {
            "by_facet": text(excluded.by_facet),
            "by_hand": text(excluded.by_hand),
            "share": text(excluded.share),
        },
        "unanswered_facets": list(result.applies.unanswered),
        "warnings": [
            {"kind": warning.kind, "subjects": list(warning.subjects), "text": words}
            for warning, words in zip(result.warnings, warning_words(result), strict=True)
        ],
    }


def _grade(result: Result, grade: GradeResult) -> Json:
    return {
        "grade": grade.title,
        "met": grade.met,
        "state": grade.state,
        "gates": [
            {
                "kind": gate.kind,
                "subject": gate.subject,
                "value": _number(gate.value),
                "low": _number(gate.low),
                "high": _number(gate.high),
                "line": _number(gate.line),
                "state": gate.state,
                "text": gate_words(result, grade, gate),
            }
            for gate in grade.gates
        ],
    }


def _total(result: Result, total: Decimal | None) -> str | None:
    """A total with the scheme's decimals; null with nothing applicable."""
    return None if total is None else total_number(result.scheme, total)


def _number(value: Fraction | None) -> str | None:
    return None if value is None else text(value)


def _element(result: Result, element: SectionResult) -> Json:
    bonus = {"bonus": text(element.bonus)} if result.scheme.has_bonus else {}
    return {
        "id": element.section.id,
        "title": element.section.title,
        "score": text(element.score),
        "low": text(element.low),
        "high": text(element.high),
        "full": text(element.full),
        "percent": None if element.percent is None else text(element.percent),
        "applicable": element.applicable,
        "extra": text(element.extra),
        **bonus,
    }


def _item(item: ItemResult) -> Json:
    return _present(
        id=item.item.id,
        score=text(item.score),
        low=text(item.low),
        high=text(item.high),
        full=text(item.full),
        applicable=item.applicable,
        reviewed=item.reviewed,
        groups=dict(item.groups) or None,
    )


def _loss(loss: Loss) -> Json:
    """`condition` is left out where the rule speaks of the item as a whole."""
    return _present(
        rule=loss.rule,
        item=loss.item.id,
        condition=None if loss.condition is None else loss.condition.id,
        own=None if loss.own is None else loss.own.id,
        level=None if loss.level is None else loss.level.id,
        ratio=None if loss.ratio is None else loss.item.id,
        count=loss.count,
        planned=loss.planned,
        charged=text(loss.charged),
        taken=text(loss.taken),
    )


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
        **_application(scheme),
        **_bonus(scheme),
        "grades": [
            _present(
                grade=grade.title,
                total=text(grade.total),
                element=_points(grade.element),
                parts=_lines(grade.parts),
                elements=_lines(grade.elements),
                items=_lines(grade.items),
                not_applicable_at_most=_points(grade.not_applicable_at_most),
                performance=dict(grade.performance),
            )
            for grade in scheme.grades
        ],
        "children": [node for part in scheme.parts for node in _part(part)],
    }


def _application(scheme: Scheme) -> Json:
    """The conditions of application, where the standard has any."""
    requisites = [
        _present(
            id=requisite.id,
            text=requisite.text,
            grades=requisite.grades or None,
            source=requisite.source,
            provenance=requisite.provenance,
        )
        for requisite in scheme.application
    ]
    return {"application": requisites} if requisites else {}


def _bonus(scheme: Scheme) -> Json:
    """What bonuses may come to, where the standard says so."""
    if scheme.bonus is None:
        return {}
    cap = _present(at_most=_points(scheme.bonus.at_most), above_full=scheme.bonus.above_full)
    return {"bonus": cap}


def _lines(lines: tuple[tuple[str, Decimal], ...]) -> dict[str, str] | None:
    """Lines by what they are asked of; None where there are none."""
    return {name: text(line) for name, line in lines} or None


def _points(value: Decimal | None) -> str | None:
    return None if value is None else text(value)


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
        options=[
            _present(id=option.id, title=option.title, was=_ids(option.was))
            for option in facet.options
        ],
        asked_when=_terms(facet.asked_when),
        was=_ids(facet.was),
    )


def _node(node: Section | Item) -> Json:
    if isinstance(node, Section):
        return _present(
            id=node.id,
            title=node.title,
            weight=_points(node.weight),
            applies_when=_terms(node.applies_when),
            variant_of=node.variant_of,
            was=_ids(node.was),
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
        was=_ids(node.was),
        exhausted_extra=text(node.exhausted_extra) if node.exhausted_extra else None,
        source=node.source,
        provenance=node.provenance,
        conditions_provenance=node.conditions_provenance,
        note=node.note,
        unread=node.unread,
        levels=[
            {"id": level.id, "title": level.title, "score": text(level.score)}
            for level in node.levels
        ]
        or None,
        ratio={"per": node.ratio} if node.ratio else None,
        groups=[{"id": group.id, "title": group.title} for group in node.groups] or None,
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
        was=_ids(check.was),
    )


def _condition(condition: Condition) -> Json:
    return _present(
        id=condition.key,
        when=condition.when,
        effect="forfeit" if condition.forfeit else "deduct" if condition.add is None else "add",
        points=_points(condition.deduct if condition.add is None else condition.add),
        **_chosen(condition.amount),
        per=condition.per,
        at_most=_points(condition.at_most),
        scope=condition.scope,
        extra=text(condition.extra) if condition.extra else None,
        major=condition.major or None,
        check=condition.check,
        applies_when=_terms(condition.applies_when),
        was=_ids(condition.was),
    )


def _chosen(amount: Amount | None) -> Json:
    """Between what the assessor chooses, and in what steps."""
    if amount is None:
        return {}
    return {"from": text(amount.least), "to": text(amount.most), "step": text(amount.step)}


def _terms(applies_when: AppliesWhen) -> dict[str, list[str]] | None:
    return {facet: sorted(options) for facet, options in applies_when.terms} or None


def _ids(was: tuple[str, ...]) -> list[str] | None:
    return list(was) or None


def _present(**values: Any) -> Json:
    """Leave out what is not there."""
    return {key: value for key, value in values.items() if value is not None}
