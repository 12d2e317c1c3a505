"""Scales of the two usual ways to assess a risk, LEC and LS, and the levels they come to.

The values are those in general use in China (LEC after Graham and Kinney; LS as a matrix of 5 by
5); what stands beside them is in our words. No standard of this product asks for any of them.
"""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Scale:
    """One factor. values: from the highest to the lowest, each with what it means."""

    letter: str
    title: str
    values: tuple[tuple[Decimal | int, str], ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A level of risk. least: the lowest value that is still of it; below: of the level above."""

    words: str
    colour: str
    least: int
    below: int | None = None

    def range_words(self, letter: str) -> str:
        """Which values are of it: D ≥ 320, 160 ≤ D < 320."""
        if self.below is None:
            return f"{letter} ≥ {self.least}"
        return (
            f"{self.least} ≤ {letter} < {self.below}" if self.least else f"{letter} < {self.below}"
        )


LEC = (
    Scale(
        "L",
        "发生的可能性",
        (
            (10, "几乎一定会发生"),
            (6, "很可能发生"),
            (3, "可能，但不常见"),
            (1, "可能性小，出了才想不到"),
            (Decimal("0.5"), "想得到，但很不可能"),
            (Decimal("0.2"), "极不可能"),
            (Decimal("0.1"), "实际上不会发生"),
        ),
    ),
    Scale(
        "E",
        "人暴露的频繁程度",
        (
            (10, "整班都在"),
            (6, "每天都有"),
            (3, "每周一次或偶尔"),
            (2, "每月一次"),
            (1, "每年几次"),
            (Decimal("0.5"), "更少"),
        ),
    ),
    Scale(
        "C",
        "最坏的后果",
        (
            (100, "多人死亡"),
            (40, "数人死亡"),
            (15, "一人死亡"),
            (7, "重伤、致残"),
            (3, "受伤、误工"),
            (1, "轻伤，需要包扎"),
        ),
    ),
)

LEC_LEVELS = (
    Level("重大风险", "红", 320),
    Level("较大风险", "橙", 160, 320),
    Level("一般风险", "黄", 70, 160),
    Level("低风险", "蓝", 0, 70),
)

LS = (
    Scale(
        "L",
        "发生的可能性",
        (
            (5, "没有防范措施，常常发生"),
            (4, "措施不到位，发生过"),
            (3, "有措施但没有都做到"),
            (2, "措施有效，偶有疏忽"),
            (1, "措施充分、一直有效"),
        ),
    ),
    Scale(
        "S",
        "最坏的后果",
        (
            (5, "死亡，或重大财产损失"),
            (4, "致残，或停产"),
            (3, "重伤、误工"),
            (2, "轻伤"),
            (1, "没有伤害"),
        ),
    ),
)

LS_LEVELS = (
    Level("重大风险", "红", 20),
    Level("较大风险", "橙", 15, 20),
    Level("一般风险", "黄", 9, 15),
    Level("低风险", "蓝", 0, 9),
)


@dataclass(frozen=True, slots=True)
class RiskWay:
    """A way to assess. product: letter of what the scales' values come to, multiplied."""

    name: str
    scales: tuple[Scale, ...]
    levels: tuple[Level, ...]
    product: str


WAYS = (RiskWay("LEC", LEC, LEC_LEVELS, "D"), RiskWay("LS", LS, LS_LEVELS, "R"))


def level_of(value: Decimal | int, levels: tuple[Level, ...]) -> Level:
    """The level of a value."""
    return next(level for level in levels if value >= level.least)
