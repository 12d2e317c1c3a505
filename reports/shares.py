"""Results of standards with shares, for paper: endless fractions are rounded there, only there.

What was decided with exact numbers stays as it was: percentages, totals, grades.
"""

from dataclasses import replace

from scoring import score
from scoring.numbers import readable
from scoring.result import ItemResult, Loss, PartResult, Result, SectionResult

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
        full=readable(one.full),
        score=readable(one.score),
        low=readable(one.low),
        high=readable(one.high),
        extra=readable(one.extra),
        losses=tuple(map(_loss, one.losses)),
        children=children,
        items=tuple(items),
        bonus=readable(one.bonus),
        bonus_low=readable(one.bonus_low),
        bonus_high=readable(one.bonus_high),
        bonus_most=readable(one.bonus_most),
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
        full=readable(one.full),
        score=readable(one.score),
        low=readable(one.low),
        high=readable(one.high),
        losses=tuple(map(_loss, one.losses)),
    )


def _loss(one: Loss) -> Loss:
    return one._replace(charged=readable(one.charged), taken=readable(one.taken))
