"""What scoring finds: every number with the findings and rules behind it.

All points are exact `Decimal`s in the scheme's points (`Fraction`s of a standard with shares, see
`scoring.case`); percentages and totals are exact `Fraction`s until they are rounded for display.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from schemes import Condition, Item, Part, Scheme, Section
from schemes.tree import Level
from scoring.answers import Answers
from scoring.applicability import Applicability, Status
from scoring.choices import Ratio
from scoring.numbers import added, at_least, percent
from scoring.wishes import OwnFinding


class Rule(StrEnum):
    """The rule by which a finding takes points."""

    DEDUCT = "deduct"  # 扣分
    FORFEIT = "forfeit"  # 不得分
    SECTION_FORFEIT = "section_forfeit"  # 本项目不得分
    ELEMENT_FORFEIT = "element_forfeit"  # A-level veto
    EXTRA = "extra"  # 追加扣除
    EXHAUSTED_EXTRA = "exhausted_extra"  # 扣满后的追加扣除
    OWN = "own"  # 自填
    SCHEME_FORFEIT = "scheme_forfeit"  # veto of the whole standard
    LEVEL = "level"  # 基本符合, 不符合
    RATIO = "ratio"  # 按比例
    BONUS = "bonus"  # 加分


class Loss(NamedTuple):
    """Points one finding took from one node by one rule; a bonus takes less than nothing.

    charged: what the rule names; taken: what was still there to take. The
    `taken` of all losses of a node add up to its full marks minus its score.
    condition: None when the rule speaks of the item as a whole, or of an own finding.
    planned: how many of `count` were found earlier and cost only a part, having a plan.
    own: what the user found beside the standard's conditions. level: the one that was chosen.
    ratio: what was found of the sample.
    """

    rule: Rule
    item: Item
    condition: Condition | None
    count: int  # type: ignore[assignment]  # of the occurrences; nobody counts in a loss
    charged: Decimal
    taken: Decimal
    planned: int = 0
    own: OwnFinding | None = None
    level: Level | None = None
    ratio: Ratio | None = None

    @property
    def key(self) -> str | None:
        """What effort and pins call what was found; None when no finding is meant."""
        if self.own is not None:
            return self.own.key
        if self.level is not None:
            return f"level:{self.item.id}"
        if self.ratio is not None:
            return f"ratio:{self.item.id}"
        if self.rule is Rule.BONUS:  # nothing to put right
            return None
        return None if self.condition is None else self.condition.id


class ItemResult(NamedTuple):
    """One item. full: marks that count (0 when it leaves the denominator).

    low, high: the least and the most that the score can be once the item is reviewed.
    groups: each group of checks that applies, with whether it has been looked at.
    """

    item: Item
    status: Status
    full: Decimal
    score: Decimal
    low: Decimal
    high: Decimal
    reviewed: bool
    losses: tuple[Loss, ...]
    groups: tuple[tuple[str, bool], ...]

    @property
    def applicable(self) -> bool:
        """Whether the item is assessed at all."""
        return self.status is Status.APPLIES

    @property
    def pending(self) -> bool:
        """Whether it is assessed and not reviewed yet."""
        return self.applicable and not self.reviewed


@dataclass(frozen=True)
class SectionResult:
    """A section: sums of what is below it, and its own losses (extras, bonuses, vetoes).

    bonus, bonus_low, bonus_high: what of score, low and high are bonuses. bonus_most: those of high
    before there was no more room for them.
    items: results of every item below, in the order of the standard.
    idle, once: of an element, ids of the conditions found in it that count for nothing, and of
    those that count once and were found more often; for warnings, so no part of what it scores.
    """

    section: Section
    full: Decimal
    score: Decimal
    low: Decimal
    high: Decimal
    extra: Decimal
    losses: tuple[Loss, ...]
    children: "tuple[SectionResult | ItemResult, ...]"
    items: tuple[ItemResult, ...]
    bonus: Decimal = Decimal(0)
    bonus_low: Decimal = Decimal(0)
    bonus_high: Decimal = Decimal(0)
    bonus_most: Decimal = Decimal(0)
    idle: tuple[str, ...] = field(default=(), compare=False)
    once: tuple[str, ...] = field(default=(), compare=False)

    @property
    def applicable(self) -> bool:
        """Whether anything below counts; if not, the section is off the radar."""
        return self.full > 0

    @cached_property
    def percent(self) -> Fraction | None:
        """100 × score / full; None when not applicable."""
        return percent(self.score, self.full) if self.full else None

    @cached_property
    def low_percent(self) -> Fraction | None:
        """The same at the worst that unreviewed items can still do."""
        if self.low == self.score:
            return self.percent
        return percent(self.low, self.full) if self.full else None

    @cached_property
    def high_percent(self) -> Fraction | None:
        """The same at the best that can still come out."""
        if self.high == self.score:
            return self.percent
        return percent(self.high, self.full) if self.full else None

    @cached_property
    def applicable_items(self) -> int:
        """How many items below are assessed."""
        return sum(item.applicable for item in self.items)

    @cached_property
    def reviewed(self) -> int:
        """How many of them have been reviewed."""
        return sum(item.applicable and item.reviewed for item in self.items)

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """Ids of those of which something was not read at the import."""
        return tuple(one.item.id for one in self.items if one.item.unread and one.applicable)

    @cached_property
    def pending(self) -> tuple[str, ...]:
        """Ids of those that are not reviewed yet."""
        return tuple(one.item.id for one in self.items if one.pending)

    @cached_property
    def points(self) -> dict[Status, Decimal]:
        """Full marks of the items below by how they stand, whatever they count."""
        points: dict[Status, Decimal] = {}
        for one in self.items:
            points[one.status] = points.get(one.status, Decimal(0)) + one.item.points
        return points


@dataclass(frozen=True)
class PartResult:
    """A part of the standard: sums of its elements."""

    part: Part
    elements: tuple[SectionResult, ...]

    @cached_property
    def applicable(self) -> tuple[SectionResult, ...]:
        """Elements of which anything counts."""
        return tuple(element for element in self.elements if element.applicable)

    @cached_property
    def percent(self) -> Fraction | None:
        """100 × score / full, by the weights of elements that have any; None if nothing applies."""
        return self._percent("score")

    @cached_property
    def low_percent(self) -> Fraction | None:
        """The same at the worst that unreviewed items can still do."""
        return self._percent("low")

    @cached_property
    def high_percent(self) -> Fraction | None:
        """The same at the best that can still come out."""
        return self._percent("high")

    def _percent(self, bound: str) -> Fraction | None:
        applicable = self.applicable
        if not applicable:
            return None
        weights = [Fraction(element.section.weight or 0) for element in applicable]
        scores = [Fraction(getattr(element, bound)) for element in self.elements]
        if not all(weights):
            return 100 * sum(scores) / Fraction(added(e.full for e in applicable))
        shares = (Fraction(getattr(e, bound)) / Fraction(e.full) for e in applicable)
        weighed = (weight * share for weight, share in zip(weights, shares, strict=True))
        return 100 * sum(weighed, Fraction(0)) / sum(weights)


class GateKind(StrEnum):
    """What a requirement of a grade is about."""

    TOTAL = "total"
    PART = "part"
    ELEMENT = "element"
    ITEM = "item"
    PERFORMANCE = "performance"
    DOWNGRADE = "downgrade"
    VETO = "veto"
    MAJOR = "major"
    NOT_APPLICABLE = "not_applicable"
    NOTHING_APPLICABLE = "nothing_applicable"


class State(StrEnum):
    """How a gate or grade stands: sure either way, or open (待定)."""

    MET = "met"
    UNMET = "unmet"
    OPEN = "open"


_AT_LEAST = (GateKind.TOTAL, GateKind.PART, GateKind.ELEMENT, GateKind.ITEM)


class Gate(NamedTuple):
    """One requirement of a grade as a fact; `wording.grades` says it.

    subject: id of the part, element, item or safety-record question it is about; None for the
    total. named: whether the standard asks for this element by name, not for each of them.
    value: what the answers reach, None while a question on the safety record is unanswered;
    low, high: the same at the worst and at the best that unreviewed items leave, None where nobody
    can tell. line: what is
    asked, of totals and elements at least, of all else at most; None where nothing is. After a
    downgrade the total's and the elements' gates carry the lines that are really asked. The gate
    `major` counts major hazards, `veto` vetoes of the whole standard, `not_applicable` is the
    percentage marked 不适用 by hand.
    """

    kind: GateKind
    subject: str | None = None
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    line: Fraction | None = None
    named: bool = False

    @property
    def met_low(self) -> bool:
        """Whether it holds whatever unreviewed items turn out to be."""
        return self._meets(self.low, unknown=False)

    @property
    def met_high(self) -> bool:
        """Whether it can still hold."""
        return self._meets(self.high, unknown=True)

    @property
    def met_value(self) -> bool:
        """Whether the answers as given meet it."""
        return self._meets(self.value, unknown=True)

    @property
    def state(self) -> State:
        """Met when it holds at the worst, unmet when it fails at the best, open in between."""
        if self.met_low:
            return State.MET
        return State.OPEN if self.met_high else State.UNMET

    def _meets(self, value: Fraction | None, unknown: bool) -> bool:
        if self.kind is GateKind.NOTHING_APPLICABLE:
            return False
        if value is None:
            return unknown
        if self.line is None:
            return True
        if self.kind in _AT_LEAST:
            return at_least(value, self.line)
        return at_least(self.line, value)


@dataclass(frozen=True)
class GradeResult:
    """A grade and how each of its gates stands.

    settled: whether every question is answered that the formula needs.
    """

    title: str
    gates: tuple[Gate, ...]
    settled: bool = True

    @cached_property
    def state(self) -> State:
        """Unmet with one gate that is, met with all of them, else open."""
        if self.unmet:
            return State.UNMET
        if self.settled and all(gate.state is State.MET for gate in self.gates):
            return State.MET
        return State.OPEN

    @property
    def met(self) -> bool:
        """Whether the grade is earned, whatever unreviewed items turn out to be."""
        return self.state is State.MET

    @cached_property
    def unmet(self) -> tuple[Gate, ...]:
        """What is in the way for certain."""
        return tuple(gate for gate in self.gates if gate.state is State.UNMET)


class WarningKind(StrEnum):
    """What a result rests on that the user may not know, with what its subjects are."""

    UNKNOWN_ANSWER = "unknown_answer"  # ids that this version of the standard does not know
    UNANSWERED_FACET = "unanswered_facet"  # the facet
    UNANSWERED_PERFORMANCE = "unanswered_performance"  # the question
    FORMULA_UNDEFINED = "formula_undefined"
    CONTRADICTION = "contradiction"  # the question on the safety record, if any, then facets
    IDLE_FINDING = "idle_finding"  # keys of what does not apply, or whose items do not
    CHARGED_TWICE = "charged_twice"  # conditions that may have charged one fact
    COUNTED_ONCE = "counted_once"  # conditions that count once, found more often
    SHARE_LEFT_OUT = "share_left_out"  # items marked 不适用 by hand
    ABSENT_ELEMENT = "absent_element"  # items that facets take away and a province may ask for
    UNREAD_ROWS = "unread_rows"  # items of which something was not read at the import
    UNREVIEWED = "unreviewed"  # items


@dataclass(frozen=True, slots=True)
class ResultWarning:
    """One thing to know beside the total. subjects: ids, see `WarningKind`."""

    kind: WarningKind
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """Marks of the standard that do not count, in its points.

    by_facet: what the enterprise does not have, variants that were not chosen apart.
    by_hand: what was marked 不适用. share: `by_hand` of the full marks that facets left.
    """

    by_facet: Decimal
    by_hand: Decimal
    share: Fraction


def points_of(elements: Sequence[SectionResult]) -> dict[Status, Decimal]:
    """Full marks of all items by how they stand, whatever they count."""
    points = dict.fromkeys(Status, Decimal(0))
    for element in elements:
        for status, some in element.points.items():
            points[status] += some
    return points


def excluded(elements: Sequence[SectionResult]) -> Excluded:
    """Marks that do not count, of all elements, and why."""
    points = points_of(elements)
    by_hand = points[Status.MARKED]
    left = by_hand + points[Status.APPLIES]
    share = Fraction(by_hand) / Fraction(left) if left else Fraction(0)
    return Excluded(points[Status.PRUNED], by_hand, share)


REACHED = "达到评分线"
"""What is reached where all grades of a standard ask for the same; a name in `score --json`."""


@dataclass(frozen=True)
class Result:
    """One assessment, scored.

    answers: what it was scored from; applies: which of the standard they leave.
    total_exact, low_exact, high_exact: before rounding; total, low, high: rounded by the scheme's
    rule; all None with nothing applicable. total scores items not yet reviewed full, low the worst
    that they can still do, with the extras and vetoes that they may bring, high the best.
    full: marks that apply, in the scheme's points.
    """

    scheme: Scheme
    answers: Answers
    applies: Applicability
    elements: tuple[SectionResult, ...]
    total_exact: Fraction | None
    total: Decimal | None
    low: Decimal | None
    high: Decimal | None
    low_exact: Fraction | None
    high_exact: Fraction | None
    grades: tuple[GradeResult, ...]
    warnings: tuple[ResultWarning, ...]

    @property
    def grade(self) -> GradeResult | None:
        """The best grade that is earned; None while a better one is open, and without one."""
        first = next((g for g in self.grades if g.state is not State.UNMET), None)
        return first if first and first.met else None

    @property
    def grade_name(self) -> str | None:
        """What that grade is called; one name for all where they ask for the same."""
        if self.grade is None:
            return None
        return REACHED if self.scheme.one_line else self.grade.title

    @property
    def grade_open(self) -> bool:
        """Whether it is open what the best grade is."""
        first = next((g for g in self.grades if g.state is not State.UNMET), None)
        return first is not None and not first.met

    @property
    def at_least(self) -> GradeResult | None:
        """The best grade that is earned whatever the open ones turn out to be."""
        return next((grade for grade in self.grades if grade.met), None)

    def is_below(self, element: SectionResult) -> bool:
        """Whether an element misses the line that is drawn, whatever is still decided."""
        line, most = self.scheme.drawn_line, element.high_percent
        return line is not None and most is not None and most < line

    @property
    def range_open(self) -> bool:
        """Whether unreviewed items leave the total open."""
        return self.low is not None and self.low != self.high

    @cached_property
    def all_parts(self) -> tuple[PartResult, ...]:
        """Every part of the standard with its elements' results."""
        left = iter(self.elements)
        return tuple(
            PartResult(p, tuple(next(left) for _ in p.elements)) for p in self.scheme.parts
        )

    @cached_property
    def parts(self) -> tuple[PartResult, ...]:
        """The parts that apply, with their elements' results."""
        return tuple(part for part in self.all_parts if part.applicable)

    @cached_property
    def items(self) -> dict[str, ItemResult]:
        """Item results by id, in the order of the standard."""
        return {item.item.id: item for element in self.elements for item in element.items}

    @cached_property
    def full(self) -> Decimal:
        """Marks that apply."""
        return added(element.full for element in self.elements)

    @cached_property
    def score(self) -> Decimal:
        """Marks achieved, before the scheme's formula."""
        return added(element.score for element in self.elements)

    @cached_property
    def excluded(self) -> Excluded:
        """Marks that do not count, and why."""
        return excluded(self.elements)

    @cached_property
    def applicable_items(self) -> int:
        """How many items are assessed."""
        return sum(element.applicable_items for element in self.elements)

    @cached_property
    def reviewed(self) -> int:
        """How many of them have been reviewed."""
        return sum(element.reviewed for element in self.elements)

    @cached_property
    def losses(self) -> tuple[Loss, ...]:
        """Every loss in the order of the standard: items first, then their element's own."""
        found: list[Loss] = []
        for element in self.elements:
            for item in element.items:
                found.extend(item.losses)
            found.extend(element.losses)
        return tuple(found)
