"""What a trainer takes home of a class: who came how far, what the group found, and the answer."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from planning.distance import distance
from planning.group import is_chosen, spreads, votes, within
from reports.content.blocks import Column
from schemes import Scheme
from scoring.result import Result
from state.documents.cases import Case
from wording.classes import (
    AGREED,
    MOST_SPLIT,
    NOBODY_READ,
    REFERENCE,
    condition_words,
    distance_words,
)
from wording.grades import grade_words
from wording.labels import node_title

TITLE = "课堂报告"

Cell = str | int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Seat:
    """A participant as they are called on the screen. result: None where it cannot be read."""

    name: str
    result: Result | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A table of values. places: decimals of fractions in it. empty: said without rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    places: int = 1


@dataclass(frozen=True)
class ClassReport:
    """A class as it stands.

    elements: those it is about; empty for all. case, reference: what was assessed and what its
    reference answer scores; None for everybody their own enterprise.
    """

    name: str
    scheme: Scheme
    seats: tuple[Seat, ...]
    made_on: date
    elements: tuple[str, ...] = ()
    case: Case | None = None
    reference: Result | None = None

    @cached_property
    def results(self) -> list[Result]:
        """Of all that can be read."""
        return [seat.result for seat in self.seats if seat.result is not None]


def listings(report: ClassReport) -> list[Listing]:
    """Every table of the class: who, elements, conditions and, with a case, its answer."""
    found = [people(report), elements(report), conditions(report)]
    return [*found, answer(report)] if report.case else found


def people(report: ClassReport) -> Listing:
    """Who came how far, and how far from the reference."""
    some, reference = bool(report.elements), report.reference
    columns = [Column("姓名", 30), Column("已核查", 16, "R"), Column("应核查", 16, "R")]
    columns += [Column("最低", 14, "R"), Column("得分" if some else "总分", 14, "R")]
    columns += [
        Column("最高", 14, "R"),
        Column("满分" if some else "等级", 30, "C"),
    ]
    if reference:
        columns += [Column("与参考答案", 60), Column("分差", 14, "R")]
    rows = [tuple(_person(report, seat)) for seat in report.seats]
    places = report.scheme.scoring.decimals
    return Listing("学员", tuple(columns), tuple(rows), NOBODY_READ, places)


def _person(report: ClassReport, seat: Seat) -> Iterator[Cell]:
    yield seat.name
    result, reference = seat.result, report.reference
    if result is None:
        yield from ["读不到", *[""] * (7 if reference else 5)]
        return
    if report.elements:
        found = within(result, report.elements)
        yield from (
            found.reviewed,
            found.applicable,
            found.low,
            found.score,
            found.high,
            found.full,
        )
    else:
        yield from (result.reviewed, result.applicable_items)
        for total in (result.low, result.total, result.high):
            yield "—" if total is None else total
        yield grade_words(result)
    if reference:
        apart = distance(result, reference, report.elements)
        yield distance_words(apart, report.scheme.scoring.decimals)
        yield "—" if apart.points is None else apart.points


def elements(report: ClassReport) -> Listing:
    """Each element's percentages: of the group, and of everybody."""
    heads = [Column(report.scheme.element_level, 40)]
    heads += [Column(name, 14, "R") for name in ("下四分位", "中位数", "上四分位")]
    heads += [Column(seat.name, 14, "R") for seat in report.seats]
    percents = [
        {e.section.id: e.percent for e in seat.result.elements} if seat.result else {}
        for seat in report.seats
    ]
    rows = []
    for spread in spreads(report.results, report.elements):
        own = [one.get(spread.element.id) for one in percents]
        middle = (spread.low, spread.median, spread.high)
        shown: list[Cell] = ["—" if percent is None else percent for percent in own]
        rows.append((node_title(spread.element), *middle, *shown))
    return Listing("要素得分率", tuple(heads), tuple(rows), NOBODY_READ)


def conditions(report: ClassReport) -> Listing:
    """How many ticked each condition, the widest disagreement first."""
    columns = [Column("条目", 34), Column("问题", 60)]
    columns += [Column(name, 12, "R") for name in ("勾选", "核查过", "分歧")]
    reference = report.reference.answers.findings if report.reference else {}
    if report.reference:
        columns.append(Column("参考答案", 14, "R"))
    rows: list[tuple[Cell, ...]] = []
    for vote in votes(report.results, report.elements):
        cells: list[Cell] = [node_title(vote.item), vote.condition.when]
        cells += [vote.ticked, vote.looked, vote.split]
        if report.reference:
            cells.append(reference.get(vote.condition.id, "—"))
        rows.append(tuple(cells))
    return Listing(MOST_SPLIT, tuple(columns), tuple(rows), AGREED)


def answer(report: ClassReport) -> Listing:
    """The findings of the reference answer with reasons, clauses, and how many found them."""
    case, scheme = report.case, report.scheme
    columns = (
        Column("问题", 44),
        Column("次数", 10, "R"),
        Column("理由", 60),
        Column("条款", 30),
        Column("勾选", 10, "R"),
    )
    ticked = Counter(name for r in report.results for name, n in r.answers.findings.items() if n)
    rows = [
        (
            condition_words(scheme, scheme.conditions[one.condition][1]),
            one.count,
            one.because,
            one.clause,
            ticked[one.condition],
        )
        for one in (case.findings if case else ())
        if is_chosen(scheme, scheme.conditions[one.condition][0].id, report.elements)
    ]
    return Listing(REFERENCE, columns, tuple(rows), "")
