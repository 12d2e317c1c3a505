"""Answers that are more than a count: amounts that were chosen, levels, shares of a sample."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from schemes.tree import Amount
from scoring.numbers import text
from scoring.problems import ProblemKind, clipped, quoted
from scoring.wishes import NUMBER, Reader

MAX_AMOUNTS = 1000
"""Most occurrences of one condition with an amount each."""


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many of a sample were looked at, and how many of these were not as they should be."""

    inspected: int
    failed: int


def amounts(reader: Reader, key: str, asked: Amount, raw: Any) -> tuple[Decimal, ...] | None:
    """What each occurrence costs, the largest first; None after a fault.

    No occurrence may also be written as the count 0.
    """
    if type(raw) is int and raw == 0:
        return ()
    between = text(asked.least), text(asked.most), text(asked.step)
    given = raw.get("amounts") if isinstance(raw, dict) and len(raw) == 1 else None
    if not isinstance(given, list):
        reader.fault(key, ProblemKind.NO_AMOUNTS, *between)
        return None
    if len(given) > MAX_AMOUNTS:
        reader.fault(key, ProblemKind.COUNT_TOO_LARGE, str(MAX_AMOUNTS))
        return None
    sound = True
    for one in given:
        if not (isinstance(one, str) and NUMBER.fullmatch(one) and asked.allows(Decimal(one))):
            reader.fault(key, ProblemKind.WRONG_AMOUNT, quoted(one), *between)
            sound = False
    return tuple(sorted(map(Decimal, given), reverse=True)) if sound else None


def levels(reader: Reader, raw: Any) -> Iterator[tuple[str, str]]:
    """The level chosen, by item."""
    for name, chosen in reader.mapping("levels", raw):
        key = f"levels.{name}"
        item = reader.scheme.items.get(name)
        if item is None:
            reader.unknown(key, name, ProblemKind.UNKNOWN_ITEM, quoted(name))
        elif not item.levels:
            reader.fault(key, ProblemKind.NO_LEVELS)
        elif not isinstance(chosen, str) or chosen not in item.level:
            shown = clipped(chosen) if isinstance(chosen, str) else quoted(chosen)
            reader.fault(key, ProblemKind.UNKNOWN_LEVEL, shown, tuple(item.level))
        else:
            yield name, chosen


_COUNTS = ("inspected", "failed")


def ratios(reader: Reader, raw: Any) -> Iterator[tuple[str, Ratio]]:
    """How much of a sample failed, by item."""
    for name, given in reader.mapping("ratios", raw):
        key = f"ratios.{name}"
        item = reader.scheme.items.get(name)
        if item is None:
            reader.unknown(key, name, ProblemKind.UNKNOWN_ITEM, quoted(name))
        elif item.ratio is None:
            reader.fault(key, ProblemKind.NO_RATIO)
        else:
            ratio = _ratio(reader, key, given)
            if ratio is not None:
                yield name, ratio


def _ratio(reader: Reader, key: str, raw: Any) -> Ratio | None:
    if not isinstance(raw, dict):
        reader.fault(key, ProblemKind.NO_PAIRS)
        return None
    sound = True
    for name in sorted(raw.keys() - set(_COUNTS), key=str):
        reader.fault(f"{key}.{name}", ProblemKind.UNKNOWN_KEY, _COUNTS)
        sound = False
    for name in _COUNTS:
        sound = reader.counts_as(f"{key}.{name}", raw.get(name)) and sound
    if not sound:
        return None
    ratio = Ratio(raw["inspected"], raw["failed"])
    if not 0 < ratio.inspected >= ratio.failed:
        reader.fault(key, ProblemKind.RATIO_SUM)
        return None
    return ratio
