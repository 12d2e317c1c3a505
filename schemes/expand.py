"""From file shapes to the tree: write out rules, hand down inherited values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from schemes.model import (
    AmountShape,
    CheckGroupShape,
    CheckShape,
    ConditionShape,
    FacetShape,
    ItemShape,
    NodeShape,
    NotApplicable,
    PartShape,
    Provenance,
    RuleShape,
    SchemeShape,
    SectionShape,
)
from schemes.model import (
    AppliesWhen as AppliesWhenShape,
)
from schemes.tree import (
    NOT_MET,
    Amount,
    AppliesWhen,
    Check,
    CheckGroup,
    Condition,
    Contradiction,
    Facet,
    Grade,
    Item,
    Level,
    Option,
    Part,
    Performance,
    Scheme,
    Section,
)

_ZERO = Decimal(0)
_YES_NO = (Option("yes", "是", None), Option("no", "否", None))


@dataclass(frozen=True, slots=True)
class _Inherited:
    na: NotApplicable
    provenance: Provenance
    conditions_provenance: Provenance

    def below(self, node: NodeShape) -> "_Inherited":
        return replace(
            self,
            na=node.na or self.na,
            provenance=node.provenance or self.provenance,
            conditions_provenance=node.conditions_provenance or self.conditions_provenance,
        )


def expand(shape: SchemeShape, elements: list[SectionShape]) -> Scheme:
    """Build the tree of a scheme from its validated files."""
    inherited = _Inherited(
        na=shape.scoring.na,
        provenance=shape.provenance,
        conditions_provenance=shape.conditions_provenance or shape.provenance,
    )
    return Scheme(
        id=shape.id,
        version=shape.version,
        title=shape.title,
        short_title=shape.short_title,
        industry=shape.industry,
        keywords=tuple(shape.keywords),
        document_no=shape.document_no,
        issuer=shape.issuer,
        dates=shape.dates,
        source_file=shape.source_file,
        provenance=shape.provenance,
        provenance_note=shape.provenance_note,
        levels=tuple(shape.levels),
        full=shape.full,
        formula=shape.formula,
        formula_math=shape.formula_math,
        facets=tuple(map(_facet, shape.facets)),
        performance=tuple(
            Performance(p.id, p.title, p.help, p.type, p.years) for p in shape.performance
        ),
        scoring=shape.scoring,
        grades=tuple(
            Grade(
                g.title,
                g.total,
                g.element,
                tuple(g.performance.items()),
                g.not_applicable_at_most,
                *(tuple(lines.items()) for lines in (g.parts, g.elements, g.items)),
            )
            for g in shape.grades
        ),
        downgrade=tuple(shape.downgrade),
        application=tuple(shape.application),
        major_source=shape.major_source,
        contradictions=tuple(
            Contradiction(c.performance, *map(_applies, (c.when, c.asks, c.excludes)))
            for c in shape.contradictions
        ),
        charged_once=tuple(map(tuple, shape.charged_once)),
        absent_allowed=tuple(shape.absent_allowed),
        notice=shape.notice,
        table=shape.table,
        reassessment=shape.reassessment,
        reference=shape.reference,
        bonus=shape.bonus,
        interpretations=tuple(shape.interpretations),
        parts=tuple(_parts(shape.parts, elements, inherited)),
    )


def _parts(
    shapes: list[PartShape], elements: list[SectionShape], inherited: _Inherited
) -> Iterator[Part]:
    if not shapes:
        sections = tuple(_section(e, inherited.below(e)) for e in elements)
        yield Part("", "", AppliesWhen(), None, None, sections)
    for shape in shapes:
        here = replace(inherited, na=shape.na or inherited.na)
        yield Part(
            id=shape.id,
            title=shape.title,
            applies_when=_applies(shape.applies_when),
            variant_of=shape.variant_of,
            sampling=shape.sampling,
            elements=tuple(_section(e, here.below(e)) for e in elements if e.part == shape.id),
        )


def _facet(shape: FacetShape) -> Facet:
    options = tuple(Option(o.id, o.title, o.help, tuple(o.was)) for o in shape.options)
    return Facet(
        shape.id,
        shape.title,
        shape.help,
        shape.choose == "many",
        _YES_NO if shape.yes_no else options,
        _applies(shape.asked_when),
        tuple(shape.was),
    )


def _section(shape: SectionShape, inherited: _Inherited) -> Section:
    return Section(
        id=shape.id,
        title=shape.title,
        weight=shape.weight,
        applies_when=_applies(shape.applies_when),
        variant_of=shape.variant_of,
        source=shape.source,
        children=tuple(
            _section(child, inherited.below(child))
            if isinstance(child, SectionShape)
            else _item(child, inherited.below(child))
            for child in shape.children
        ),
        was=tuple(shape.was),
    )


def _item(shape: ItemShape, inherited: _Inherited) -> Item:
    checks = tuple(_checks(shape))
    written = [_condition(shape.id, condition) for condition in shape.conditions]
    if shape.rule:
        for check in checks:
            written.extend(_rule_conditions(shape.id, check, shape.rule))
    return Item(
        id=shape.id,
        title=shape.title or shape.requirement,
        requirement=shape.requirement,
        points=shape.points,
        note=shape.note,
        exhausted_extra=shape.exhausted_extra or _ZERO,
        conditions=tuple(written),
        groups=tuple(
            CheckGroup(row.id, row.group, _applies(row.applies_when))
            for row in shape.checks
            if isinstance(row, CheckGroupShape)
        ),
        checks=checks,
        entries=f"{shape.id}-{shape.entries}" if shape.entries else None,
        na=inherited.na,
        applies_when=_applies(shape.applies_when),
        variant_of=shape.variant_of,
        source=shape.source,
        provenance=inherited.provenance,
        conditions_provenance=inherited.conditions_provenance,
        was=tuple(shape.was),
        unread=shape.unread,
        levels=tuple(Level(level.id, level.title, level.score) for level in shape.levels),
        ratio=shape.ratio.per if shape.ratio else None,
    )


def _condition(item_id: str, shape: ConditionShape) -> Condition:
    chosen = shape.deduct if isinstance(shape.deduct, AmountShape) else None
    return Condition(
        id=f"{item_id}-{shape.id}",
        key=shape.id,
        when=shape.when,
        deduct=None if isinstance(shape.deduct, AmountShape) else shape.deduct,
        per=shape.per,
        scope=shape.scope or "item",
        extra=shape.extra or _ZERO,
        check=None,
        applies_when=_applies(shape.applies_when),
        was=tuple(shape.was),
        major=shape.major,
        add=shape.add,
        amount=Amount(chosen.least, chosen.most, chosen.step) if chosen else None,
        at_most=shape.at_most,
    )


def _checks(shape: ItemShape) -> Iterator[Check]:
    for row in shape.checks:
        if isinstance(row, CheckGroupShape):
            for check in row.checks:
                # The group's terms come first; a facet named by both must satisfy both.
                terms = (*_applies(row.applies_when).terms, *_applies(check.applies_when).terms)
                yield _check(check, row.id, AppliesWhen(terms))
        else:
            yield _check(row, None, _applies(row.applies_when))


def _check(row: CheckShape, group: str | None, applies_when: AppliesWhen) -> Check:
    was = tuple(row.was)
    return Check(row.id, row.text, row.hint, row.starred, group, applies_when, was)


def written(starred: bool, rule: RuleShape) -> tuple[str, ...]:
    """What a rule adds to a check's id, for each condition that it writes for it."""
    if starred and rule.missing_material and not rule.starred:
        return (".none", ".place")
    forfeits = starred and rule.starred
    return ("",) if forfeits or rule.per_place is not None else ()


_FOUND = {"": NOT_MET, ".none": "无任何资料：", ".place": "不完整或未执行："}


def _rule_conditions(item_id: str, check: Check, rule: RuleShape) -> Iterator[Condition]:
    """The conditions a rule writes for one check: a forfeit, a counted deduction, or both."""
    for suffix in written(check.starred, rule):
        forfeits = suffix == ".none" or (check.starred and bool(rule.starred))
        key = f"{check.id}{suffix}"
        yield Condition(
            id=f"{item_id}-{key}",
            key=key,
            when=f"{_FOUND[suffix]}{check.text}",
            deduct=None if forfeits else rule.per_place,
            per=None if forfeits else rule.per,
            scope="item",
            extra=_ZERO,
            check=check.id,
            applies_when=check.applies_when,
            was=tuple(f"{older}{suffix}" for older in check.was),
        )


def _applies(terms: Mapping[str, list[str]] | AppliesWhenShape) -> AppliesWhen:
    return AppliesWhen(tuple((facet, frozenset(options)) for facet, options in terms.items()))
