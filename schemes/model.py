"""The shape of a scheme folder: what may stand in `scheme.yaml` and `elements/*.yaml`.

These models mirror the files key by key; `schemes.expand` turns them into the
tree that the engine and the app use. docs/add-a-standard.md explains each key
to people who write the files.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
)

NotApplicable = Literal["exclude", "full_credit", "forbidden"]
Provenance = Literal["official", "compiled", "imported"]
Scope = Literal["item", "section", "element", "scheme"]


def _number(value: Any) -> Any:
    """Let only YAML numbers through: no text that looks like one, no booleans."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("应为数字")
    return Decimal(value)


Text = Annotated[str, StringConstraints(strict=True, min_length=1, strip_whitespace=True)]
Name = Annotated[str, StringConstraints(strict=True, pattern=r"^[A-Za-z0-9_.-]{1,40}$")]
"""What files and folders are called by."""
_PRINTED = r"[^\s\p{C}/:@\"'`<>&|\\]"
Id = Annotated[str, StringConstraints(strict=True, pattern=rf"^{_PRINTED}{{1,40}}$")]
"""A number as a standard prints it, such as 一.1 or 1.1(1).

Not in it: what parts ids from what stands beside them (space, / : @), and what would have to be
escaped in an address or a page.
"""
Points = Annotated[Decimal, BeforeValidator(_number), Field(gt=0)]
Marks = Annotated[Decimal, BeforeValidator(_number), Field(ge=0)]
Percent = Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=100)]
Count = Annotated[int, Field(strict=True, ge=0)]
_T = TypeVar("_T")
Short = Annotated[list[_T], Field(max_length=100)]
"""A list that is compared with every place where its names are used."""
AppliesWhen = dict[Id, Annotated[list[Id], Field(min_length=1)]]
Was = Short[Annotated[str, StringConstraints(strict=True, pattern=rf"^{_PRINTED}{{1,81}}$")]]
"""Ids that older versions of the standard had for the same thing; `schemes.heirs` reads them.

As long as the longest full id of a condition: two ids and a dash.
"""


class Shape(BaseModel):
    """Base of all file models: unknown keys are faults, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class AmountShape(Shape):
    """A deduction that the assessor chooses: from `least` to `most`, on the step from `least`."""

    least: Points = Field(alias="from")
    most: Points = Field(alias="to")
    step: Points


def _by_kind(value: Any) -> str:
    return "<amount>" if isinstance(value, dict | AmountShape) else "<points>"


Deduction = Annotated[
    Annotated[Points, Tag("<points>")] | Annotated[AmountShape, Tag("<amount>")],
    Discriminator(_by_kind),
]


class ConditionShape(Shape):
    """One condition (扣分情形, 加分情形) of an item; `was` names full ids.

    add: a bonus. at_most: most that the condition takes or adds, however often it was found.
    major: it is a major accident hazard (重大事故隐患), which no grade may be applied for with.
    """

    id: Id
    when: Text
    forfeit: Literal[True] | None = None
    deduct: Deduction | None = None
    add: Points | None = None
    per: Text | None = None
    at_most: Points | None = None
    scope: Scope | None = None
    extra: Points | None = None
    major: bool = False
    applies_when: AppliesWhen = {}
    was: Was = []


class CheckShape(Shape):
    """One row of an item's check list, stating what must be so.

    hint: what to look at, in words that are not the standard's; where there is guidance, there.
    was: the ids `<item id>-<check id>` of older versions.
    """

    id: Id
    text: Text
    hint: Text | None = None
    starred: bool = False
    applies_when: AppliesWhen = {}
    was: Was = []


class CheckGroupShape(Shape):
    """Checks that stand under one heading, such as the points of one machine."""

    id: Id
    group: Text
    applies_when: AppliesWhen = {}
    checks: Annotated[list[CheckShape], Field(min_length=1)]


class RuleShape(Shape):
    """What a non-conformity on a check costs; writes the conditions of the checks.

    per_place: points per place on any check that `starred` does not cover.
    starred: a non-conformity on a starred check forfeits the item instead.
    missing_material: nothing at all to show for a starred check forfeits the
    item; incomplete material still costs `per_place`.
    """

    per_place: Points | None = None
    per: Text = "处"
    starred: Literal["forfeit"] | None = None
    missing_material: Literal["forfeit"] | None = None


TAGS = ("<group>", "<check>", "<section>", "<item>", "<points>", "<amount>")
"""Names of shapes, which stand in pydantic's key paths beside the keys of the file."""


def _by_key(key: str, present: str, absent: str) -> Discriminator:
    """Tell two shapes apart by one key, so that faults speak of one shape only."""
    return Discriminator(
        lambda value: present if isinstance(value, dict) and key in value else absent
    )


CheckRow = Annotated[
    Annotated[CheckGroupShape, Tag("<group>")] | Annotated[CheckShape, Tag("<check>")],
    _by_key("checks", "<group>", "<check>"),
]


class NodeShape(Shape):
    """What sections and items share."""

    id: Id
    title: Text | None = None
    applies_when: AppliesWhen = {}
    variant_of: Id | None = None
    na: NotApplicable | None = None
    source: Text | None = None
    provenance: Provenance | None = None
    conditions_provenance: Provenance | None = None
    was: Was = []


class LevelShape(Shape):
    """One of several levels (符合、基本符合、不符合), and what is scored at it."""

    id: Id
    title: Text
    score: Marks


class RatioShape(Shape):
    """What share of a sample fails is what share of the points is lost; per: what is sampled."""

    per: Text


class ItemShape(NodeShape):
    """A scored content (考评内容).

    points: 0 of one that carries vetoes or bonuses only.
    unread: what an import could not read of the official text, word for word; somebody has to
    read it (待确认) before all of the item is scored.
    """

    points: Marks
    requirement: Text
    note: Text | None = None
    exhausted_extra: Points | None = None
    conditions: list[ConditionShape] = []
    checks: list[CheckRow] = []
    rule: RuleShape | None = None
    entries: Id | None = None
    unread: Text | None = None
    levels: Short[LevelShape] = []
    ratio: RatioShape | None = None


class SectionShape(NodeShape):
    """A heading with items or further sections below it.

    weight: its share of the section above or, of an element, of the total; see `schemes.check`.
    full: the sum the official table prints for the section, when it prints one.
    part: the part an element belongs to, in a standard that has parts.
    """

    title: Text
    weight: Points | None = None
    full: Points | None = None
    part: Id | None = None
    children: Annotated[list["Node"], Field(min_length=1)]


Node = Annotated[
    Annotated[SectionShape, Tag("<section>")] | Annotated[ItemShape, Tag("<item>")],
    _by_key("children", "<section>", "<item>"),
]


class OptionShape(Shape):
    """One answer to an applicability question.

    selects_nothing: no node names this option, and that is intended.
    was: options of the same facet or, where several became one, `<older facet>.<option>`.
    """

    id: Id
    title: Text
    help: Text | None = None
    selects_nothing: bool = False
    was: Was = []


class FacetShape(Shape):
    """One applicability question; `yes_no` stands for the options yes and no.

    asked_when: answers to earlier questions without which this one makes no sense.
    """

    id: Id
    title: Text
    help: Text | None = None
    choose: Literal["one", "many"] = "one"
    yes_no: bool = False
    options: Short[OptionShape] = []
    asked_when: AppliesWhen = {}
    was: Was = []


class PerformanceShape(Shape):
    """One question on the enterprise's safety record, answered by a count or by 1 for yes.

    years: the question is about so many years before the application.
    """

    id: Id
    title: Text
    help: Text | None = None
    type: Literal["count", "yes_no"] = "count"
    years: Annotated[int, Field(strict=True, gt=0, le=20)] | None = None


def _in_full(value: Any) -> Any:
    """A list of ids asks for all of their points."""
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value, Decimal(100))
    return value


Line = Annotated[Decimal, BeforeValidator(_number), Field(gt=0, le=100)]
Lines = Annotated[dict[Id, Line], BeforeValidator(_in_full)]
"""Lowest percentage by id."""


class GradeShape(Shape):
    """A grade and what it asks for: every gate must be met.

    total, element: lowest total and lowest element percentage.
    parts, elements, items: lowest percentage of those that are named; a list asks for all points.
    performance: highest count allowed for each safety-record question.
    not_applicable_at_most: highest percentage of the marks that facets leave which may be
    marked 不适用 by hand.
    """

    title: Text
    total: Points
    element: Points | None = None
    performance: dict[Id, Count] = {}
    not_applicable_at_most: Percent | None = None
    parts: Lines = {}
    elements: Lines = {}
    items: Lines = {}


class BonusShape(Shape):
    """What bonuses may come to.

    at_most: all of them together. above_full: whether one may lift an element above its full marks.
    """

    at_most: Points | None = None
    above_full: bool = False


class ScaledShape(Shape):
    """Parts whose marks are scaled together, so that absent elements cost nothing."""

    parts: Annotated[list[Id], Field(min_length=1)]
    to: Points


class ScoringShape(Shape):
    """How item scores become the total.

    total: `percent` = 100 × Σ score / Σ full; `weighted` = Σ weight × element
    percentage, weights of absent elements shared out; `scaled` = Σ score, that of
    the parts in `scaled` × to / full.
    compare: whether grades look at the exact total or at the rounded one.
    """

    total: Literal["percent", "weighted", "scaled"]
    scaled: ScaledShape | None = None
    decimals: Annotated[int, Field(strict=True, ge=0, le=4)]
    compare: Literal["exact", "rounded"]
    na: NotApplicable


class LinesShape(Shape):
    """Lines drawn where the standard sets no limit of its own; never a grade."""

    element: Points
    total: Points | None = None
    label: Text


class StepShape(Shape):
    """One step of a sampling table: of up to so many things this number, or this share of them.

    up_to: none for the last step. number, percent: neither means all of them.
    """

    up_to: Annotated[int, Field(strict=True, gt=0)] | None = None
    number: Annotated[int, Field(strict=True, gt=0)] | None = None
    percent: Annotated[int, Field(strict=True, gt=0, le=100)] | None = None


class SamplingShape(Shape):
    """How many of the things an enterprise has must be looked at.

    `percent` of them, at least `minimum` or all, or what the first of `steps` says that
    reaches so far; `self_factor` times that in a self-assessment.
    """

    percent: Annotated[int, Field(strict=True, gt=0, le=100)] | None = None
    minimum: Annotated[int, Field(strict=True, gt=0)] | None = None
    steps: Short[StepShape] = []
    self_factor: Annotated[int, Field(strict=True, gt=0)] = 1


class PartShape(Shape):
    """A part (部分) of a standard that groups its elements; their files name it.

    full: the sum the official table prints for the part.
    """

    id: Id
    title: Text
    full: Points | None = None
    applies_when: AppliesWhen = {}
    variant_of: Id | None = None
    na: NotApplicable | None = None
    sampling: SamplingShape | None = None


class ReassessmentShape(Shape):
    """How a re-assessment (复评) counts what the self-assessment had found.

    planned: share of the deduction that a finding with a plan not yet finished
    still costs; a rectified one costs nothing, any other all of it.
    """

    planned: Annotated[Decimal, BeforeValidator(_number), Field(ge=0, le=1)]
    source: Text | None = None


class InterpretationShape(Shape):
    """How this product reads a passage the standard leaves open."""

    topic: Text
    reading: Text
    source: Text | None = None


class RequisiteShape(Shape):
    """One condition of application (申请条件), beside the score and never in it.

    grades: those it is asked for; all of them if none is named.
    """

    id: Id
    text: Text
    grades: Short[Text] = []
    source: Text | None = None
    provenance: Provenance = "compiled"


class ContradictionShape(Shape):
    """Answers that cannot both be right.

    performance: a safety-record question answered by more than 0, and `when`: options chosen, of
    each facet one. Then one of `asks` must be chosen, and none of `excludes`.
    """

    performance: Id | None = None
    when: AppliesWhen = {}
    asks: AppliesWhen = {}
    excludes: AppliesWhen = {}


class TableShape(Shape):
    """What the standard's own tables are called, where it has names of its own.

    content, points, method, found, absent, score, note: columns: what is asked, its full marks,
    how it is scored, what was found, whether it does not apply, marks achieved, remarks.
    subtotal, total: sums of an element and of everything.
    title: of the table of all contents or, of a standard of check lists, of one list.
    item: the column of items in such a list; prefix: stands before its number.
    scaled: parts whose marks are scaled together.
    summary, rectification, reasons: tables of the sums, of what is put right, of deductions.
    """

    content: Text = "内容和要求"
    points: Text = "分值"
    method: Text = "评分办法"
    found: Text = "自评描述"
    absent: Text = "空项"
    score: Text = "得分"
    note: Text = "备注"
    subtotal: Text = "小计"
    total: Text = "总计"
    title: Text = "打分表"
    item: Text = "项目"
    prefix: Text | None = None
    scaled: Text | None = None
    summary: Text = "自评汇总表"
    rectification: Text = "整改情况汇总表"
    reasons: Text = "扣分点及原因说明汇总表"


class SchemeShape(Shape):
    """`scheme.yaml`: what the standard is and how it turns findings into a grade.

    notice: what whoever chooses the standard must know of it today; every document says it.
    formula_math: the formula as LaTeX. downgrade: safety-record questions of which
    any count takes the enterprise one grade down.
    major_source: what says which conditions are major accident hazards.
    charged_once: full ids of conditions of which one fact may meet only one (不重复扣分).
    absent_allowed: sections and items that may be absent; others that facets take away are
    pointed out. Empty where any may be.
    table: how documents name the standard's own tables; it changes no score, and older versions
    are shown with the newest one's.
    """

    id: Name
    version: Name
    title: Text
    short_title: Text
    industry: Text
    keywords: list[Text] = []
    document_no: Text | None = None
    issuer: Text
    dates: Text | None = None
    source_file: Text
    provenance: Provenance
    conditions_provenance: Provenance | None = None
    provenance_note: Text | None = None
    notice: Text | None = None
    levels: Annotated[list[Text], Field(min_length=2)]
    full: Points
    formula: Text
    formula_math: Text | None = None
    parts: Short[PartShape] = []
    facets: Short[FacetShape] = []
    performance: Short[PerformanceShape] = []
    scoring: ScoringShape
    grades: Short[GradeShape] = []
    downgrade: Short[Id] = []
    application: Short[RequisiteShape] = []
    major_source: Text | None = None
    contradictions: Short[ContradictionShape] = []
    charged_once: Short[Annotated[Was, Field(min_length=2)]] = []
    absent_allowed: Short[Id] = []
    reassessment: ReassessmentShape | None = None
    reference: LinesShape | None = None
    bonus: BonusShape | None = None
    interpretations: list[InterpretationShape] = []
    table: TableShape = TableShape()
