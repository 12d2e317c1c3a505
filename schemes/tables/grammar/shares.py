"""Amounts that a text says in parts: from–to, per cent of a row's points, 各扣 of several."""

import re
from collections.abc import Sequence
from decimal import Decimal

from schemes.tree import Amount

_STEPS = (Decimal("0.5"), Decimal("0.1"), Decimal("0.01"))
"""No text says the step of 扣 1–5 分; tables go down to half points, rarely below."""
_LACKS = r"(?:未|无|没有|没|不)"
_NOUN = re.compile(r"[^，、；。未无没缺不有或及和的一二两三四五各每\d]{1,8}")
_PREDICATE = re.compile(
    r"(?P<noun>[^，、；。未无没缺不有或及和的一二两三四五各每\d]{1,8})"
    r"(?P<says>不(?:符合|健全|完善|齐全|全|清|明确|到位|规范|完整)[^，、；。或及和]{0,6}|未[^，、；。或及和]{1,8}|缺失)"
)
_SINGLE = re.compile(rf"{_LACKS}[^，；。]{{1,14}}")


def amount_between(least: Decimal, most: Decimal, *, only: bool) -> Amount | None:
    """What may be chosen from least to most; None where that is no range.

    only: nothing between the two (扣 1 分或 2 分).
    """
    if not 0 < least < most:
        return None
    if only:
        return Amount(least, most, most - least)
    step = next((s for s in _STEPS if not least % s and not most % s), None)
    return Amount(least, most, step) if step else None


def part_of(points: Decimal | None, per_cent: str | None) -> Decimal | None:
    """So many per cent of the points, where they come out to hundredths."""
    if points is None or per_cent is None or not 0 < Decimal(per_cent) <= 100:
        return None
    part = points * Decimal(per_cent) / 100
    return part.normalize() + 0 if part == part.quantize(Decimal("0.01")) else None


def _lacking(parts: Sequence[str]) -> tuple[str, ...]:
    """Parts that each say what is lacking; 未经培训、考核 lacks both. None where one does not."""
    found: list[str] = []
    for part in parts:
        shared = found and found[-1].startswith("未经") and _NOUN.fullmatch(part)
        words = f"未经{part}" if shared else part
        if not _SINGLE.fullmatch(words):
            return ()
        found.append(words)
    return tuple(found)


def apart(circumstance: str) -> tuple[str, ...]:
    """The circumstances of 无台账、无记录各扣 1 分 or 内容、学时不符合要求各扣 1 分; else none."""
    each = [part.removesuffix("的") for part in re.split("[、或及和]", circumstance)]
    if 2 <= len(each) <= 4 and (lacking := _lacking(each)):
        return lacking
    parts = circumstance.removesuffix("的").split("、")
    if not 2 <= len(parts) <= 4:
        return ()
    last = _PREDICATE.fullmatch(parts[-1])
    if last and all(_NOUN.fullmatch(part) for part in parts[:-1]):
        return tuple(f"{noun}{last['says']}" for noun in (*parts[:-1], last["noun"]))
    return ()
