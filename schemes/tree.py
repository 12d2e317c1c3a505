"""A scheme as the engine and the app see it: rules written out, inheritance resolved.

Everything here is frozen and plain; nothing knows where it was read from.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from schemes.model import (
    BonusShape,
    InterpretationShape,
    LinesShape,
    NotApplicable,
    Provenance,
    ReassessmentShape,
    RequisiteShape,
    SamplingShape,
    Scope,
    ScoringShape,
    TableShape,
)

NOT_MET = "不符合："
"""How a condition begins that says of a check only that what it asks is not met."""

_OUR_NAMES = TableShape()
"""Of a standard whose tables have no names of their own."""

Choices = Mapping[str, frozenset[str]]
"""Chosen options per facet id."""


@dataclass(frozen=True, slots=True)
class AppliesWhen:
    """For every facet named, at least one of the options must be chosen."""

    terms: tuple[tuple[str, frozenset[str]], ...] = ()

    def met(self, choices: Choices) -> bool:
        """Whether the choices let the node stand."""
        if not self.terms:  # nearly always; this runs for every node of every score
            return True
        return all(not options.isdisjoint(choices.get(facet, ())) for facet, options in self.terms)


@dataclass(frozen=True, slots=True)
class Amount:
    """What the assessor may deduct for one occurrence: from `least` on the step to `most`."""

    least: Decimal
    most: Decimal
    step: Decimal

    def allows(self, points: Decimal) -> bool:
        """Whether it may be so much."""
        return self.least <= points <= self.most and (points - self.least) % self.step == 0


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition (扣分情形, 加分情形): deduct, amount or add is set, none of them for a forfeit.

    id: full id, `<item id>-<key>`; key: id within its item.
    deduct: points per count. amount: what each occurrence may cost. add: bonus points per count.
    at_most: most that it takes or adds in all.
    per: unit counted (处, 项, 人次 …); None when it is charged once.
    extra: 追加扣除, points charged to the A-level element once.
    major: a major accident hazard (重大事故隐患).
    was: full ids of older versions, see `schemes.heirs`.
    """

    id: str
    key: str
    when: str
    deduct: Decimal | None
    per: str | None
    scope: Scope
    extra: Decimal
    check: str | None
    applies_when: AppliesWhen
    was: tuple[str, ...] = ()
    major: bool = False
    add: Decimal | None = None
    amount: Amount | None = None
    at_most: Decimal | None = None

    @property
    def forfeit(self) -> bool:
        """Whether the finding takes all points (不得分)."""
        return self.deduct is None and self.amount is None and self.add is None

    @property
    def asked(self) -> str | None:
        """What its check asks, where the finding only says that it is not met; else None."""
        says_so = self.check is not None and self.when.startswith(NOT_MET)
        return self.when.removeprefix(NOT_MET) if says_so else None

    @property
    def counted(self) -> bool:
        """Whether it costs for each time; an occurrence with an amount of its own always does."""
        return self.per is not None or self.amount is not None


@dataclass(frozen=True, slots=True)
class CheckGroup:
    """A heading that checks stand under, such as a machine."""

    id: str
    title: str
    applies_when: AppliesWhen


@dataclass(frozen=True, slots=True)
class Check:
    """One row of a check list; `group` is the id of the heading it stands under.

    hint: what to look at, of a standard without guidance and of versions frozen before there was.
    """

    id: str
    text: str
    hint: str | None
    starred: bool
    group: str | None
    applies_when: AppliesWhen
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Level:
    """One of the levels of an item, of which one is chosen; score: what the item then has."""

    id: str
    title: str
    score: Decimal


@dataclass(frozen=True)
class Item:
    """A scored content (考评内容); `points` are its full marks in the scheme's points.

    levels: those that exclude each other (符合、基本符合、不符合). ratio: what a sample is taken
    of, where the share that fails is the share of the points that is lost.
    unread: official words that an import could not read; None where everything was read.
    """

    id: str
    title: str
    requirement: str
    points: Decimal
    note: str | None
    exhausted_extra: Decimal
    conditions: tuple[Condition, ...]
    checks: tuple[Check, ...]
    entries: str | None
    na: NotApplicable
    applies_when: AppliesWhen
    variant_of: str | None
    source: str | None
    provenance: Provenance
    conditions_provenance: Provenance
    was: tuple[str, ...] = ()
    groups: tuple[CheckGroup, ...] = ()
    unread: str | None = None
    levels: tuple[Level, ...] = ()
    ratio: str | None = None

    @cached_property
    def level(self) -> dict[str, Level]:
        """Its levels by id."""
        return {level.id: level for level in self.levels}

    @cached_property
    def best_level(self) -> Level:
        """The first of the levels with most points. Raises: IndexError for an item without any."""
        return sorted(self.levels, key=lambda level: -level.score)[0]

    @cached_property
    def worst_level(self) -> Level:
        """The first of those with fewest. Raises: IndexError for an item without any."""
        return sorted(self.levels, key=lambda level: level.score)[0]

    @cached_property
    def bonuses(self) -> tuple[Condition, ...]:
        """Conditions that add points."""
        return tuple(c for c in self.conditions if c.add is not None)

    @cached_property
    def weighty(self) -> tuple[Condition, ...]:
        """Conditions that reach beyond the item: extras, vetoes, major hazards."""
        return tuple(c for c in self.conditions if c.extra or c.scope != "item" or c.major)

    @cached_property
    def reaches_beyond(self) -> bool:
        """Whether an answer on it can cost more than its own points."""
        return bool(self.exhausted_extra or self.weighty)

    @cached_property
    def headings(self) -> dict[str | None, str]:
        """The heading that each check stands under, by check id, where it has one."""
        titles = {group.id: group.title for group in self.groups}
        return {check.id: titles[check.group] for check in self.checks if check.group}


@dataclass(frozen=True)
class Section:
    """A heading; those directly below a part are the scheme's A-level elements."""

    id: str
    title: str
    weight: Decimal | None
    applies_when: AppliesWhen
    variant_of: str | None
    source: str | None
    children: "tuple[Section | Item, ...]"
    was: tuple[str, ...] = ()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every item below this section, in the order of the standard."""
        return tuple(_items(self.children))

    @cached_property
    def asks(self) -> bool:
        """Whether it or anything below it hangs on the answer to a question."""
        return bool(self.applies_when.terms) or any(
            child.asks if isinstance(child, Section) else bool(child.applies_when.terms)
            for child in self.children
        )

    @cached_property
    def exact_weight(self) -> Fraction:
        """Its weight as scoring reckons with it; 0 without one."""
        return Fraction(self.weight or 0)

    @cached_property
    def weighs(self) -> bool:
        """Whether the sections right below it have weights."""
        return any(
            isinstance(child, Section) and child.weight is not None for child in self.children
        )

    @cached_property
    def has_veto(self) -> bool:
        """Whether a condition of an item right below it can forfeit all of these items."""
        return any(
            condition.scope == "section"
            for child in self.children
            if isinstance(child, Item)
            for condition in child.conditions
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A part (部分) of the standard; one without a name holds all when there are none."""

    id: str
    title: str
    applies_when: AppliesWhen
    variant_of: str | None
    sampling: SamplingShape | None
    elements: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a facet."""

    id: str
    title: str
    help: str | None
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """An applicability question; `many` tells whether several options may be chosen.

    asked_when: answers without which the question makes no sense.
    """

    id: str
    title: str
    help: str | None
    many: bool
    options: tuple[Option, ...]
    asked_when: AppliesWhen
    was: tuple[str, ...] = ()

    @property
    def yes_no(self) -> bool:
        """Whether the question is answered by yes or no."""
        return [option.id for option in self.options] == ["yes", "no"]


@dataclass(frozen=True, slots=True)
class Performance:
    """A question on the enterprise's safety record, answered by a count or by 1 for yes."""

    id: str
    title: str
    help: str | None
    type: str
    years: int | None = None

    @property
    def yes_no(self) -> bool:
        """Whether the question is answered by yes (1) or no (0)."""
        return self.type == "yes_no"


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade and its gates; see `schemes.model.GradeShape`."""

    title: str
    total: Decimal
    element: Decimal | None
    performance: tuple[tuple[str, int], ...]
    not_applicable_at_most: Decimal | None = None
    parts: tuple[tuple[str, Decimal], ...] = ()
    elements: tuple[tuple[str, Decimal], ...] = ()
    items: tuple[tuple[str, Decimal], ...] = ()

    @property
    def gates(self) -> tuple[object, ...]:
        """All that it asks for."""
        named = (self.parts, self.elements, self.items)
        return self.total, self.element, self.performance, self.not_applicable_at_most, named


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Answers that cannot both be right; see `schemes.model.ContradictionShape`."""

    performance: str | None
    when: AppliesWhen
    asks: AppliesWhen
    excludes: AppliesWhen


@dataclass(frozen=True, slots=True)
class Path:
    """Where an item stands: part, A-level element, and all sections above it, outermost first."""

    part: Part
    element: Section
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Scheme:
    """A whole standard; see `schemes.model.SchemeShape` for what the fields mean."""

    id: str
    version: str
    title: str
    short_title: str
    industry: str
    keywords: tuple[str, ...]
    document_no: str | None
    issuer: str
    dates: str | None
    source_file: str
    provenance: Provenance
    provenance_note: str | None
    levels: tuple[str, ...]
    full: Decimal
    formula: str
    formula_math: str | None
    facets: tuple[Facet, ...]
    performance: tuple[Performance, ...]
    scoring: ScoringShape
    grades: tuple[Grade, ...]
    downgrade: tuple[str, ...]
    reassessment: ReassessmentShape | None
    reference: LinesShape | None
    interpretations: tuple[InterpretationShape, ...]
    parts: tuple[Part, ...]
    application: tuple[RequisiteShape, ...] = ()
    major_source: str | None = None
    contradictions: tuple[Contradiction, ...] = ()
    charged_once: tuple[tuple[str, ...], ...] = ()
    absent_allowed: tuple[str, ...] = ()
    notice: str | None = None
    table: TableShape = _OUR_NAMES
    bonus: BonusShape | None = None
    _paths: dict[str, Path] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        for part in self.parts:
            for element in part.elements:
                self._register(part, element, (element,))

    def _register(self, part: Part, section: Section, above: tuple[Section, ...]) -> None:
        for child in section.children:
            if isinstance(child, Item):
                self._paths[child.id] = Path(part, above[0], above)
            else:
                self._register(part, child, (*above, child))

    @cached_property
    def elements(self) -> tuple[Section, ...]:
        """A-level elements of all parts, in official order."""
        return tuple(element for part in self.parts for element in part.elements)

    @cached_property
    def items(self) -> dict[str, Item]:
        """Items by id, in the order of the standard."""
        return {item.id: item for element in self.elements for item in element.items}

    @cached_property
    def conditions(self) -> dict[str, tuple[Item, Condition]]:
        """Each condition with its item, by full condition id."""
        return {
            condition.id: (item, condition)
            for item in self.items.values()
            for condition in item.conditions
        }

    @cached_property
    def has_former_ids(self) -> bool:
        """Whether anything says what it was called in an older version."""
        was = [facet.was for facet in self.facets]
        was += [option.was for facet in self.facets for option in facet.options]
        was += [item.was for item in self.items.values()]
        was += [condition.was for _, condition in self.conditions.values()]
        was += [s.was for item_id in self.items for s in self.path(item_id).sections]
        return any(was)

    @cached_property
    def has_major(self) -> bool:
        """Whether any condition is a major accident hazard."""
        return any(condition.major for _, condition in self.conditions.values())

    @cached_property
    def has_veto(self) -> bool:
        """Whether any condition is a veto of the whole standard."""
        return any(condition.scope == "scheme" for _, condition in self.conditions.values())

    @cached_property
    def has_bonus(self) -> bool:
        """Whether any condition adds points."""
        return any(condition.add is not None for _, condition in self.conditions.values())

    @cached_property
    def has_shares(self) -> bool:
        """Whether scores can be endless fractions: by shares of samples, weights below elements."""
        return any(item.ratio for item in self.items.values()) or self.has_weights_below

    @cached_property
    def has_weights_below(self) -> bool:
        """Whether any section below an element has a weight in the one above."""
        return any(
            section.weight is not None
            for item_id in self.items
            for section in self.path(item_id).sections[1:]
        )

    @cached_property
    def part_ids(self) -> tuple[str, ...]:
        """The part of each element, in the order of `elements`."""
        return tuple(part.id for part in self.parts for _ in part.elements)

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """Ids of the items of which something is still to be read (待确认)."""
        return tuple(item.id for item in self.items.values() if item.unread)

    @cached_property
    def position(self) -> dict[str, int]:
        """Place of each condition in the standard, by full condition id."""
        return {condition_id: place for place, condition_id in enumerate(self.conditions)}

    @cached_property
    def facet(self) -> dict[str, Facet]:
        """Facets by id."""
        return {facet.id: facet for facet in self.facets}

    @cached_property
    def markable(self) -> frozenset[str]:
        """Items that may be marked 不适用."""
        return frozenset(item.id for item in self.items.values() if item.na != "forbidden")

    @cached_property
    def with_amounts(self) -> frozenset[str]:
        """Full ids of the conditions of which each occurrence has an amount to choose."""
        return frozenset(c.id for _, c in self.conditions.values() if c.amount is not None)

    @cached_property
    def _reviewables(self) -> frozenset[str]:
        groups = (f"{i}/{group.id}" for i, item in self.items.items() for group in item.groups)
        return frozenset((*self.items, *groups))

    def is_reviewable(self, name: str) -> bool:
        """Whether a mark 已核查 may stand for this: an item, or `<item id>/<group id>`."""
        return name in self._reviewables

    def path(self, item_id: str) -> Path:
        """Where the item stands. Raises: KeyError for an unknown item."""
        return self._paths[item_id]

    @property
    def element_level(self) -> str:
        """What the standard calls an A-level element."""
        return self.levels[1 if self.parts[0].id else 0]

    @property
    def best_total(self) -> Decimal:
        """The total of an enterprise without any finding."""
        return self.full if self.scoring.total == "scaled" else Decimal(100)

    @property
    def one_line(self) -> bool:
        """Whether all grades of the standard ask for the same, so that none can be told apart."""
        return len(self.grades) > 1 and len({grade.gates for grade in self.grades}) == 1

    @property
    def element_line(self) -> Decimal | None:
        """Percentage every element must reach for some grade; None without such a gate."""
        return min((g.element for g in self.grades if g.element is not None), default=None)

    @property
    def drawn_line(self) -> Decimal | None:
        """Percentage of the line drawn for elements: the standard's own, or its reference."""
        if self.element_line is None and self.reference is not None:
            return self.reference.element
        return self.element_line


def _items(nodes: "tuple[Section | Item, ...]") -> Iterator[Item]:
    for node in nodes:
        if isinstance(node, Item):
            yield node
        else:
            yield from _items(node.children)
