"""What scoring finds: every number with the findings and rules behind it.

All points are exact `Decimal`s in the scheme's points; percentages and totals
are exact `Fraction`s until they are rounded for display.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

from schemes import Condition, Item, Part, Scheme, Section
from scoring.answers import Answers
from scoring.applicability import Status


class Rule(StrEnum):
    """The rule by which a finding takes points."""

    DEDUCT = "deduct"  # 扣分
    FORFEIT = "forfeit"  # 不得分
    SECTION_FORFEIT = "section_forfeit"  # 本项目不得分
    ELEMENT_FORFEIT = "element_forfeit"  # A-level veto
    EXTRA = "extra"  # 追加扣除
    EXHAUSTED_EXTRA = "exhausted_extra"  # 扣满后的追加扣除


@dataclass(frozen=True, slots=True)
class Loss:
    """Points one finding took from one node by one rule.

    charged: what the rule names; taken: what was still there to take. The
    `taken` of all losses of a node add up to its full marks minus its score.
    condition: None when the rule speaks of the item as a whole.
    planned: how many of `count` were found earlier and cost only a part, having a plan.
    """

    rule: Rule
    item: Item
    condition: Condition | None
    count: int
    charged: Decimal
    taken: Decimal
    planned: int = 0


@dataclass(frozen=True, slots=True)
class ItemResult:
    """One item. full: marks that count (0 when it leaves the denominator)."""

    item: Item
    status: Status
    full: Decimal
    score: Decimal
    low: Decimal
    reviewed: bool
    losses: tuple[Loss, ...]

    @property
    def applicable(self) -> bool:
        """Whether the item is assessed at all."""
        return self.status is Status.APPLIES


@dataclass(frozen=True)
class SectionResult:
    """A section: sums of what is below it, and its own losses (extras, vetoes).

    items: results of every item below, in the order of the standard.
    """

    section: Section
    full: Decimal
    score: Decimal
    low: Decimal
    extra: Decimal
    losses: tuple[Loss, ...]
    children: "tuple[SectionResult | ItemResult, ...]"
    items: tuple[ItemResult, ...]

    @property
    def applicable(self) -> bool:
        """Whether anything below counts; if not, the section is off the radar."""
        return self.full > 0

    @cached_property
    def percent(self) -> Fraction | None:
        """100 × score / full; None when not applicable."""
        return Fraction(self.score) * 100 / Fraction(self.full) if self.full else None

    @cached_property
    def low_percent(self) -> Fraction | None:
        """The same with every unreviewed item at 0."""
        return Fraction(self.low) * 100 / Fraction(self.full) if self.full else None

    @property
    def applicable_items(self) -> int:
        """How many items below are assessed."""
        return sum(item.applicable for item in self.items)

    @property
    def reviewed(self) -> int:
        """How many of them have been reviewed."""
        return sum(item.applicable and item.reviewed for item in self.items)


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
        """100 × score / full; None when nothing applies."""
        full = sum((element.full for element in self.elements), Decimal(0))
        score = sum((element.score for element in self.elements), Decimal(0))
        return Fraction(score) * 100 / Fraction(full) if full else None


class GateKind(StrEnum):
    """What a requirement of a grade is about."""

    TOTAL = "total"
    ELEMENT = "element"
    PERFORMANCE = "performance"
    DOWNGRADE = "downgrade"
    NOTHING_APPLICABLE = "nothing_applicable"


_AT_MOST = (GateKind.PERFORMANCE, GateKind.DOWNGRADE)


@dataclass(frozen=True, slots=True)
class Gate:
    """One requirement of a grade as a fact; `wording.grades` says it.

    subject: id of the element or safety-record question it is about; None for the total.
    value: what the answers reach; low, high: the same at the bounds that unreviewed items
    leave. line: what is asked, at least or, of a record, at most; None where nothing is. After
    a downgrade the total's and the elements' gates carry the lines that are really asked.
    """

    kind: GateKind
    subject: str | None = None
    value: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    line: Fraction | None = None

    @property
    def met(self) -> bool:
        """Whether the answers as given meet it."""
        return self._meets(self.value)

    @property
    def met_low(self) -> bool:
        """Whether it holds whatever unreviewed items turn out to be."""
        return self._meets(self.low)

    @property
    def met_high(self) -> bool:
        """Whether it can still hold."""
        return self._meets(self.high)

    def _meets(self, value: Fraction | None) -> bool:
        if self.kind is GateKind.NOTHING_APPLICABLE:
            return False
        if self.line is None or value is None:
            return True
        return value <= self.line if self.kind in _AT_MOST else value >= self.line


@dataclass(frozen=True, slots=True)
class GradeResult:
    """A grade and how each of its gates stands."""

    title: str
    gates: tuple[Gate, ...]

    @property
    def met(self) -> bool:
        """Whether every gate is met."""
        return all(gate.met for gate in self.gates)

    @property
    def unmet(self) -> tuple[Gate, ...]:
        """What is in the way."""
        return tuple(gate for gate in self.gates if not gate.met)


class WarningKind(StrEnum):
    """What a result rests on that the user may not know, with what its subjects are."""

    UNKNOWN_ANSWER = "unknown_answer"  # ids that this version of the standard does not know
    UNANSWERED_FACET = "unanswered_facet"  # the facet
    UNANSWERED_PERFORMANCE = "unanswered_performance"  # the question
    IDLE_FINDING = "idle_finding"  # conditions on items that do not apply
    COUNTED_ONCE = "counted_once"  # conditions that count once, found more often
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


@dataclass(frozen=True)
class Result:
    """One assessment, scored.

    answers: what it was scored from.
    total_exact: before rounding; total, low, high: rounded by the scheme's rule.
    low scores every item not yet reviewed 0, high scores it full.
    full: marks that apply, in the scheme's points.
    """

    scheme: Scheme
    answers: Answers
    elements: tuple[SectionResult, ...]
    total_exact: Fraction
    total: Decimal
    low: Decimal
    high: Decimal
    grades: tuple[GradeResult, ...]
    warnings: tuple[ResultWarning, ...]

    @property
    def grade(self) -> str | None:
        """The best grade whose gates are all met."""
        return next((grade.title for grade in self.grades if grade.met), None)

    def is_below(self, element: SectionResult) -> bool:
        """Whether an element misses the line that is drawn."""
        line = self.scheme.drawn_line
        return line is not None and element.percent is not None and element.percent < line

    @property
    def range_open(self) -> bool:
        """Whether unreviewed items leave the total open."""
        return self.low < self.high

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
        return sum((element.full for element in self.elements), Decimal(0))

    @cached_property
    def score(self) -> Decimal:
        """Marks achieved, before the scheme's formula."""
        return sum((element.score for element in self.elements), Decimal(0))

    @cached_property
    def excluded(self) -> Excluded:
        """Marks that do not count, and why."""
        by_facet, by_hand, applicable = (
            sum((i.item.points for i in self.items.values() if i.status is status), Decimal(0))
            for status in (Status.PRUNED, Status.MARKED, Status.APPLIES)
        )
        left = by_hand + applicable
        share = Fraction(by_hand) / Fraction(left) if left else Fraction(0)
        return Excluded(by_facet, by_hand, share)

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
