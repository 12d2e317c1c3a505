"""What a reading of a 考评办法 yields."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from schemes.model import Scope
from schemes.tree import Amount

Form = Literal[
    "range",  # 扣 1–5 分, 酌情扣分
    "levels",  # 符合得 5 分，基本符合得 3 分
    "at_most",  # 最多扣 6 分
    "ratio",  # 按比例扣
    "bonus",  # 加 2 分
    "veto",  # 否决, without a scope that a condition has
    "each",  # 各扣 1 分
    "tiers",  # 缺 1 项扣 1 分，缺 3 项以上…
    "amount",  # an amount that misses the row's points
    "bare",  # a consequence without a circumstance of its own
    "counting",  # unclear what is counted
    "scope",  # 本要素不得分 in a table that has no such level
    "unknown",
]
"""Why something was not read: a rule form that is known, or nothing that is."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One circumstance that carries a consequence.

    when: its words as the text has them, without the consequence; deduct: points; amount: points
    that the assessor chooses; add: bonus points; none of the three for a forfeit (不得分).
    per: unit counted; extra: 追加扣除, in points; at_most: most in all.
    """

    when: str
    deduct: Decimal | None = None
    per: str | None = None
    scope: Scope = "item"
    extra: Decimal = Decimal(0)
    at_most: Decimal | None = None
    amount: Amount | None = None
    add: Decimal | None = None

    @property
    def forfeit(self) -> bool:
        """Whether it takes all points."""
        return self.deduct is None and self.amount is None and self.add is None


@dataclass(frozen=True, slots=True)
class Rank:
    """One of the levels that exclude each other (符合、基本符合、不符合), and its score."""

    title: str
    score: Decimal


@dataclass(frozen=True, slots=True)
class Unread:
    """Words that were not read, and why."""

    text: str
    form: Form


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a text says: effects, what 扣满 adds, notes that cost nothing, the unread rest.

    ranks: levels of which one is chosen, best first. ratio: what is sampled, where the share that
    fails is the share of the points that is lost.
    """

    effects: tuple[Effect, ...] = ()
    exhausted_extra: Decimal = Decimal(0)
    notes: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    ranks: tuple[Rank, ...] = ()
    ratio: str | None = None

    @property
    def scores(self) -> bool:
        """Whether anything was read that takes or adds points."""
        return bool(self.effects or self.ranks or self.ratio)


@dataclass(frozen=True, slots=True)
class Rule:
    """What a non-conformity on a check row costs, as `schemes.model.RuleShape` has it.

    starred, missing_material: what marked rows (带*项) forfeit; per_place: points on the others.
    """

    per_place: Decimal | None
    starred: bool
    missing_material: bool
