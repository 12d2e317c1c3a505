"""What a trainer takes home of a class: who came how far, what the group found, and the answer."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from planning.distance import distance
from planning.group import chosen_elements, spreads, votes, within
from reports.content.blocks import (
    Axis,
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Outline,
    Radar,
    Row,
    Table,
    Text,
    Tone,
)
from reports.content.radar import CROWDED, FEWEST
from schemes import Scheme
from scoring.numbers import fixed, text
from scoring.result import Result
from state.documents.cases import Case
from wording.classes import (
    ABSENT,
    AGREED,
    MOST_SPLIT,
    NOBODY_READ,
    OWN_ENTERPRISE,
    REFERENCE,
    REFERENCE_TOLD,
    SOME_NO_GRADE,
    TRAPS,
    VOTES_TOLD,
    condition_words,
    distance_words,
    elements_words,
    spread_words,
)
from wording.grades import grade_words
from wording.labels import NOTICE, node_title
from wording.numbers import line_words

TITLE = "课堂报告"

Cell = str | int | Decimal | Fraction

_PRINTED = 30
"""Conditions that are printed; a workbook has all of them."""


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


def class_document(report: ClassReport) -> Document:
    """The class on paper."""
    return Document(
        title=f"{report.name} {TITLE}",
        head=f"{report.name}　{TITLE}",
        made_on=report.made_on,
        blocks=tuple(_blocks(report)),
        name=report.name,
        about=(report.scheme.title, report.made_on.isoformat()),
    )


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


def is_chosen(scheme: Scheme, item: str, chosen: tuple[str, ...]) -> bool:
    """Whether an item is in one of the elements, or in any where none is named."""
    return not chosen or scheme.path(item).element.id in chosen


def remarks(case: Case, scheme: Scheme, chosen: tuple[str, ...]) -> Iterator[Block]:
    """What does not apply in a case, and what only looks as if something were wrong."""
    for heading, several in ((ABSENT, case.absent), (TRAPS, case.traps)):
        told = [one for one in several if is_chosen(scheme, one.item, chosen)]
        if told:
            yield Heading(heading, 2)
            for one in told:
                yield Text(f"{node_title(scheme.items[one.item])}　{one.because}")


def table(listing: Listing, most: int | None = None) -> Table:
    """A listing as it is printed. most: rows."""
    rows = [Row(tuple(cell_words(cell, listing.places) for cell in row)) for row in listing.rows]
    return Table(listing.columns, tuple(rows[:most]), listing.empty)


def cell_words(cell: Cell, places: int) -> str:
    """A value as it is printed: fractions rounded, the rest as it is."""
    if isinstance(cell, Fraction):
        return fixed(cell, places) if cell >= 0 else f"−{fixed(-cell, places)}"
    return text(cell) if isinstance(cell, Decimal) else str(cell)


def _blocks(report: ClassReport) -> Iterator[Block]:
    yield Heading(TITLE)
    yield Facts(tuple(_facts(report)))
    yield Heading("学员")
    yield table(people(report))
    for radar in _radars(report):
        yield Heading(radar.title)
        yield radar
    yield Heading("要素得分率")
    group = elements(report)
    yield table(
        Listing(group.title, group.columns[:4], tuple(r[:4] for r in group.rows), group.empty)
    )
    yield Heading(MOST_SPLIT)
    yield Text(VOTES_TOLD, Tone.NOTE)
    yield table(conditions(report), _PRINTED)
    if report.case:
        yield Heading(REFERENCE, new_page=True)
        yield Text(REFERENCE_TOLD, Tone.NOTE)
        yield table(answer(report))
        yield from remarks(report.case, report.scheme, report.elements)
    yield Text(NOTICE, Tone.NOTE)


def _facts(report: ClassReport) -> Iterator[tuple[str, str]]:
    yield "标准", report.scheme.title
    yield "内容", elements_words(report.scheme, report.elements)
    if report.elements:
        yield "等级", SOME_NO_GRADE
    yield "评什么", report.case.title if report.case else OWN_ENTERPRISE
    yield "学员", f"{len(report.seats)} 人"


def _radars(report: ClassReport) -> Iterator[Radar]:
    """The group's radar, one for each part of the standard that has enough elements."""
    found = {s.element.id: s for s in spreads(report.results, report.elements)}
    for part in report.scheme.parts:
        shown = [found[e.id] for e in part.elements if e.id in found]
        if len(shown) < FEWEST:
            continue
        named = len(shown) <= CROWDED
        axes = [
            Axis(s.element.id, s.element.title if named else "", s.median, "", below=False)
            for s in shown
        ]
        yield Radar(
            f"{part.title}：全班雷达图" if part.title else "全班雷达图",
            tuple(axes),
            "；".join(map(spread_words, shown)),
            report.scheme.drawn_line,
            line_words(report.scheme) or "",
            required=report.scheme.element_line is not None,
            outlines=(
                Outline("中位数", tuple(s.median for s in shown)),
                Outline("下四分位", tuple(s.low for s in shown)),
                Outline("上四分位", tuple(s.high for s in shown)),
            ),
        )


def participant_document(report: ClassReport, *, revealed: bool) -> Document:
    """A participant's own paper. report: with their one seat; revealed: whether with the answer."""
    (seat,) = report.seats
    return Document(
        title=f"{report.name} {seat.name}",
        head=f"{report.name}　{seat.name}",
        made_on=report.made_on,
        blocks=tuple(_own(report, seat, revealed=revealed)),
        name=seat.name,
        about=(report.scheme.title, report.made_on.isoformat()),
    )


def _own(report: ClassReport, seat: Seat, *, revealed: bool) -> Iterator[Block]:
    result = seat.result
    yield Heading("我的自评")
    if result is None:
        yield Text(NOBODY_READ)
        return
    facts = [row for row in _facts(report) if row[0] != "学员"]
    listed = people(report if revealed else _without_reference(report))
    (row,) = listed.rows
    shown = [
        (column.head, cell_words(cell, listed.places))
        for column, cell in zip(listed.columns[1:], row[1:], strict=True)
    ]
    yield Facts((*facts, *shown))
    yield Heading("我勾选的问题")
    own = [
        Row((condition_words(report.scheme, condition), str(result.answers.findings[condition.id])))
        for element in chosen_elements(result, report.elements)
        for one in element.items
        for condition in one.item.conditions
        if result.answers.findings.get(condition.id)
    ]
    yield Table((Column("问题", 90), Column("次数", 12, "R")), tuple(own), "没有勾选问题。")
    if report.case and revealed:
        yield Heading(REFERENCE, new_page=True)
        yield Text(REFERENCE_TOLD, Tone.NOTE)
        yield table(answer(report))
        yield from remarks(report.case, report.scheme, report.elements)
    yield Text(NOTICE, Tone.NOTE)


def _without_reference(report: ClassReport) -> ClassReport:
    return ClassReport(
        report.name, report.scheme, report.seats, report.made_on, report.elements, report.case
    )
