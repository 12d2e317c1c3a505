"""What sections and elements score: sums, weights, vetoes, extras and bonuses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import cast

from schemes import Condition, Item, Section
from scoring.case import Case, Found
from scoring.items import score_item
from scoring.result import ItemResult, Loss, Rule, SectionResult

_NOTHING: Mapping[str, ItemResult] = MappingProxyType({})


def score_element(
    case: Case, element: Section, known: Mapping[str, ItemResult] = _NOTHING
) -> SectionResult:
    """Sum of the items, less the extras, with the bonuses, or nothing after an A-level veto.

    known: results of items on which nothing else was answered since, by id.
    """
    result = _section(case, element, known)
    if case.idle or case.once:
        idle, once = _noted(element, case.idle), _noted(element, case.once)
        result = replace(result, idle=idle, once=once)
    grave = [one for one in result.items if one.item.reaches_beyond and one.applicable]
    found = [one for one in grave if one.losses and case.charges(one.item)]
    threats = [one for one in grave if not one.reviewed]
    gains = _Gains(case, result) if case.scheme.has_bonus else None
    if not found and not threats and not (gains and gains.any):
        return result
    losses = list(_extras(case, result, found))
    extra = case.sum(loss.charged for loss in losses)
    left = result.score - case.sum(loss.taken for loss in losses)
    low = max(case.zero, result.low - _worst_extras(case, found, threats))
    high = max(case.zero, result.high - _sure_extras(case, found))
    if gains:
        bonuses = list(gains.losses(left))
        losses += bonuses
        got = gains.within(left), gains.within(low, gains.low), gains.within(high, gains.high)
        left, low, high = (
            sum(pair, case.zero) for pair in zip((left, low, high), got, strict=True)
        )
    else:
        got = (case.zero, case.zero, case.zero)
    for item, condition in _vetoes(case, found, "element"):
        losses.append(Loss(Rule.ELEMENT_FORFEIT, item, condition, 1, left, left))
        left = case.zero
    for item, condition in _vetoes(case, found, "scheme"):
        losses.append(Loss(Rule.SCHEME_FORFEIT, item, condition, 1, case.zero, case.zero))
    vetoed = any(loss.rule is Rule.ELEMENT_FORFEIT for loss in losses)
    if vetoed or any(_threat(case, one.item, "element") for one in threats):
        low = case.zero
    if vetoed and any(f.condition.scope == "element" for i in found for f in case.stands(i.item)):
        high = case.zero
    bonus = tuple(min(one, bound) for one, bound in zip(got, (left, low, high), strict=True))
    return replace(
        result,
        score=left,
        low=low,
        high=high,
        extra=extra,
        losses=tuple(losses),
        bonus=bonus[0],
        bonus_low=bonus[1],
        bonus_high=bonus[2],
        bonus_most=gains.high if gains else case.zero,
    )


def _noted(element: Section, noted: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Of what is noted by item, that of an element, in the order of the standard."""
    return tuple(name for item in element.items for name in noted.get(item.id, ()))


def _extras(case: Case, result: SectionResult, found: Sequence[ItemResult]) -> Iterator[Loss]:
    """What the element is charged beyond its items, and what there is left to take."""
    left = result.score
    for rule, item, condition, points in _charges(case, found):
        charged = case.exact(points)
        taken = min(left, charged)
        yield Loss(rule, item, condition, 1, charged, taken)
        left -= taken


def _charges(
    case: Case, found: Sequence[ItemResult]
) -> Iterator[tuple[Rule, Item, Condition | None, Decimal]]:
    for one in found:
        item = one.item
        for finding in case.found(item):
            if finding.condition.extra:
                yield Rule.EXTRA, item, finding.condition, finding.condition.extra
        if item.exhausted_extra and one.score == 0:
            yield Rule.EXHAUSTED_EXTRA, item, None, item.exhausted_extra


def _vetoes(
    case: Case, found: Sequence[ItemResult], scope: str
) -> Iterator[tuple[Item, Condition]]:
    for one in found:
        for finding in case.found(one.item):
            if finding.condition.scope == scope:
                yield one.item, finding.condition


def _worst_extras(
    case: Case, found: Sequence[ItemResult], threats: Sequence[ItemResult]
) -> Decimal:
    """The extras of the findings and those that unreviewed items may still bring."""
    worst = case.zero
    for one in threats:
        worst += case.exact(one.item.exhausted_extra)
        for condition in one.item.weighty:
            if condition.extra and case.applies.counts(one.item, condition):
                worst += case.exact(condition.extra)
    for one in found:
        if not one.pending:
            for finding in case.found(one.item):
                worst += case.exact(finding.condition.extra)
            worst += case.exact(one.item.exhausted_extra) if one.low == 0 else case.zero
    return worst


def _sure_extras(case: Case, found: Sequence[ItemResult]) -> Decimal:
    """The extras that stay, whatever unreviewed items turn out to be."""
    sure = case.zero
    for one in found:
        for finding in case.stands(one.item):
            sure += case.exact(finding.condition.extra)
        if one.high == 0 and case.surely_charges(one.item):
            sure += case.exact(one.item.exhausted_extra)
    return sure


def _threat(case: Case, item: Item, scope: str) -> bool:
    """Whether a condition of the item could forfeit as much as `scope` says."""
    return any(c.scope == scope and case.applies.counts(item, c) for c in item.weighty)


@dataclass(frozen=True)
class _Gains:
    """The bonuses of an element.

    They come after the extras and lift it no further than its full marks, unless the standard
    lets them. What they may be in all elements together is a matter of the total.
    """

    case: Case
    result: SectionResult

    @property
    def any(self) -> bool:
        """Whether one was found or may come."""
        return bool(self.high)

    @property
    def made(self) -> list[tuple[ItemResult, Found]]:
        """Those found, in the order of the standard."""
        return [(one, f) for one in self.result.items for f in self.case.added(one.item)]

    @property
    def low(self) -> Decimal:
        """What is sure to come."""
        sure = ((o, f) for o, f in self.made if self.case.applies.settled(o.item, f.condition))
        return self.case.sum(self._worth(found) for _, found in sure)

    @property
    def high(self) -> Decimal:
        """What may come: all bonuses of items that nobody has reviewed."""
        found = {f.condition.id: self._worth(f) for _, f in self.made}
        return self.case.sum(
            max(found.get(c.id, self.case.zero), self._most(c) if one.pending else self.case.zero)
            for one in self.result.items
            for c in one.item.bonuses
            if self.case.applies.counts(one.item, c)
        )

    def losses(self, left: Decimal) -> Iterator[Loss]:
        """Each bonus as a loss below 0. left: what the element has without them."""
        for one, found in self.made:
            worth = self._worth(found)
            got = self.within(left, worth)
            yield Loss(Rule.BONUS, one.item, found.condition, found.times, -worth, -got)
            left += got

    def within(self, left: Decimal, worth: Decimal | None = None) -> Decimal:
        """What there is room for above what the element has; of all that were found if not said."""
        worth = (
            self.case.sum(self._worth(found) for _, found in self.made) if worth is None else worth
        )
        worth = worth or self.case.zero
        return worth if self._unbounded else min(worth, max(self.case.zero, self._room(left)))

    def _room(self, left: Decimal) -> Decimal:
        return self.result.full - left

    @property
    def _unbounded(self) -> bool:
        bonus = self.case.scheme.bonus
        return bonus is not None and bonus.above_full

    def _worth(self, found: Found) -> Decimal:
        return self.case.exact(found.charged(Decimal(0), Decimal(0)))

    def _most(self, condition: Condition) -> Decimal:
        """As much as it can ever bring; without an end of its own, as much as there is room for."""
        assert condition.add is not None
        if not condition.counted:
            return self.case.exact(condition.add)
        if condition.at_most is not None:
            return self.case.exact(condition.at_most)
        bonus = self.case.scheme.bonus
        if bonus is not None and bonus.at_most is not None:
            return self.case.exact(bonus.at_most)
        return self.result.full


def _section(case: Case, section: Section, known: Mapping[str, ItemResult]) -> SectionResult:
    kept = _NOTHING if section.has_veto else known  # a veto changes its neighbours' results
    children = tuple(
        _section(case, child, known)
        if isinstance(child, Section)
        else kept.get(child.id) or score_item(case, child)
        for child in section.children
    )
    own = [c for c in children if isinstance(c, ItemResult)] if section.has_veto else []
    veto = _section_veto(case, own)
    if veto:
        children = tuple(
            _forfeited(case, child, *veto) if isinstance(child, ItemResult) else child
            for child in children
        )
    elif any(one.pending and _threat(case, one.item, "section") for one in own):
        children = tuple(
            child._replace(low=case.zero)
            if isinstance(child, ItemResult) and child.applicable
            else child
            for child in children
        )
    items: list[ItemResult] = []
    full = score = low = high = case.zero
    for child in children:
        full += child.full
        score += child.score
        low += child.low
        high += child.high
        if isinstance(child, SectionResult):
            items += child.items
        else:
            items.append(child)
    if section.weighs:
        score, low, high = (_weighed(children, full, key) for key in ("score", "low", "high"))
    return SectionResult(
        section,
        full,
        score,
        low,
        high,
        case.zero,
        (),
        children,
        tuple(items),
        case.zero,  # bonuses are an element's
        case.zero,
        case.zero,
        case.zero,
    )


def _weighed(children: Sequence[SectionResult | ItemResult], full: Decimal, bound: str) -> Decimal:
    """Full × Σ weight × score / full ÷ Σ weight, over the sections below that apply."""
    sections = [c for c in children if isinstance(c, SectionResult) and c.full]
    weights = sum((c.section.exact_weight for c in sections), Fraction(0))
    shares = (
        c.section.exact_weight * Fraction(getattr(c, bound)) / Fraction(c.full) for c in sections
    )
    gained = sum(shares, Fraction(0))
    return cast(Decimal, Fraction(full) * gained / weights if weights else Fraction(0))


def _section_veto(case: Case, own: Sequence[ItemResult]) -> tuple[Item, Condition, bool] | None:
    """The finding that forfeits the section, and whether it stays; one that does comes first."""
    vetoes = [
        (one.item, finding.condition, finding in case.stands(one.item))
        for one in own
        for finding in case.found(one.item)
        if finding.condition.scope == "section"
    ]
    return next((veto for veto in vetoes if veto[2]), vetoes[0] if vetoes else None)


def _forfeited(
    case: Case, result: ItemResult, item: Item, condition: Condition, stays: bool
) -> ItemResult:
    """The item after a section veto; what it had left is lost to that rule."""
    if not result.applicable:
        return result
    losses = result.losses
    if result.score:
        lost = Loss(Rule.SECTION_FORFEIT, item, condition, 1, result.score, result.score)
        losses = (*losses, lost)
    high = case.zero if stays else result.high
    return result._replace(score=case.zero, low=case.zero, high=high, losses=losses)
