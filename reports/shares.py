"""Results of standards with shares, for paper: endless fractions are rounded there, only there.

What was decided with exact numbers stays as it was: percentages, totals, grades.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from scoring import score
from scoring.numbers import round_half_up
from scoring.result import ItemResult, Loss, PartResult, Result, SectionResult

PLACES = 4
"""Decimals of points on paper."""

_PERCENTS = ("percent", "low_percent", "high_percent")


def in_decimals(result: Result) -> Result:
    """The result with all points as decimals, those without an end rounded to four places."""
    if not result.scheme.has_shares:
        return result
    elements = tuple(map(_section, result.elements))
    shown = replace(result, elements=elements)
    left = iter(elements)
    parts = []
    for part in result.all_parts:
        parts.append(PartResult(part.part, tuple(next(left) for _ in part.elements)))
        _keep(part, parts[-1])
    vars(shown)["all_parts"] = tuple(parts)
    return shown


def as_scored(result: Result) -> Result:
    """The result that `in_decimals` came from: what is worked out further starts there."""
    return score(result.scheme, result.answers) if result.scheme.has_shares else result


def _section(one: SectionResult) -> SectionResult:
    children = tuple(map(_child, one.children))
    items: list[ItemResult] = []
    for child in children:
        items.extend(child.items if isinstance(child, SectionResult) else (child,))
    shown = replace(
        one,
        full=_points(one.full),
        score=_points(one.score),
        low=_points(one.low),
        high=_points(one.high),
        extra=_points(one.extra),
        losses=tuple(map(_loss, one.losses)),
        children=children,
        items=tuple(items),
        bonus=_points(one.bonus),
        bonus_low=_points(one.bonus_low),
        bonus_high=_points(one.bonus_high),
        bonus_most=_points(one.bonus_most),
    )
    _keep(one, shown)
    return shown


def _child(one: SectionResult | ItemResult) -> SectionResult | ItemResult:
    return _section(one) if isinstance(one, SectionResult) else _item(one)


def _keep(exact: SectionResult | PartResult, shown: SectionResult | PartResult) -> None:
    """The percentages that were worked out before anything was rounded."""
    vars(shown).update({name: getattr(exact, name) for name in _PERCENTS})


def _item(one: ItemResult) -> ItemResult:
    return one._replace(
        full=_points(one.full),
        score=_points(one.score),
        low=_points(one.low),
        high=_points(one.high),
        losses=tuple(map(_loss, one.losses)),
    )


def _loss(one: Loss) -> Loss:
    return one._replace(charged=_points(one.charged), taken=_points(one.taken))


def _points(value: Decimal) -> Decimal:
    """Of what has an end, all of it."""
    exact = Fraction(value)
    sign = -1 if exact < 0 else 1
    return sign * round_half_up(abs(exact), PLACES).normalize() + Decimal(0)
